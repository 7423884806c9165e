"""Categorise: items shuffled, ticks on the key alone, and what each level is given."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lessonpress.model.base import LEVELS, Level
from lessonpress.model.dice import Dice
from lessonpress.model.sealed import reveal
from tests.activities.bench import both, html, lesson_of, make, pose, puzzle, refused

PLAIN: dict[str, Any] = {"debatable": None, "support": None, "challenge": None}


def categories(*counts: int) -> dict[str, list[str]]:
    return {f"category {n}": [f"item {m} of {n}" for m in range(count)] for n, count in enumerate(counts)}


@given(counts=st.lists(st.integers(1, 4), min_size=2, max_size=4), seed=st.integers())
def test_items_are_shuffled_and_ticked_in_their_column(counts: list[int], seed: int) -> None:
    """Every item stands once, not in the order of the categories, and has one tick and letter: those of its own."""
    there = categories(*counts)
    posed = make("categorise", **PLAIN, categories=there).pose("core", Dice(seed))
    items = [item.plain for item in posed.puzzle.items]
    given_order = [item for items in there.values() for item in items]
    assert sorted(items) == sorted(given_order)
    assert items != given_order
    names = [reveal(name).plain for name in posed.solution.names]
    for item, ticks, letter in zip(items, posed.solution.ticks, posed.solution.letters, strict=True):
        ticked = [names[n] for n, tick in enumerate(ticks) if tick is not None]
        assert ticked == [name for name, inside in there.items() if item in inside]
        assert names[posed.puzzle.letters.index(reveal(letter).plain)] == ticked[0]


def test_items_stand_everywhere() -> None:
    """Over 600 seeds the first item stands in each row about equally often."""
    activity = make("categorise", **PLAIN, categories=categories(3, 2))
    rows = (
        [item.plain for item in activity.pose("core", Dice(seed)).puzzle.items].index("item 0 of 0")
        for seed in range(600)
    )
    seen = Counter(rows)
    assert set(seen) == set(range(5))
    assert all(80 <= times <= 160 for times in seen.values()), seen


@pytest.mark.parametrize("level", LEVELS)
def test_a_mark_an_item(level: Level) -> None:
    """An item is a mark, also where a level is given it, unless `marks` says otherwise."""
    assert make("categorise", level).total == 6
    assert make("categorise", level, marks=3).total == 3


def test_support_is_given_an_item() -> None:
    """A given item stands in its category on the sheet of its level, in the row that it has at every level."""
    core, support = puzzle(make("categorise")), puzzle(make("categorise", "support"), level="support")
    assert core.items == support.items
    assert set(core.given) == {None}
    assert [support.given[n] for n, item in enumerate(support.items) if item.plain == "Politburo"] == [0]
    assert html(pose(lesson_of("categorise"), "support")).count("×") == 1


def test_challenge_names_the_categories() -> None:
    """At challenge level the columns have blanks for their names, which only the key fills."""
    assert [name.plain for name in puzzle(make("categorise")).names] == ["A party body", "A state body"]
    assert puzzle(make("categorise", "challenge"), level="challenge").names == (None, None)
    sheet, key = both("categorise", "challenge")
    assert "A party body" not in sheet
    assert "A party body" in key


def test_only_the_key_is_ticked() -> None:
    """A sheet has empty boxes, its key one tick in each row."""
    posed = pose(lesson_of("categorise"))
    assert html(posed).count('class="box mini"') == 12
    assert "tick" not in html(posed)
    assert html(posed, key=True).count('class="box mini on"') == 6


def test_debatable_items_are_told_on_the_key() -> None:
    """Why an item may stand elsewhere is read after the key, and on no sheet."""
    sheet, key = both("categorise")
    assert "union of many parties" in key
    assert "union of many parties" not in sheet


def test_pupils_read_what_to_do_unless_the_lesson_says_it() -> None:
    """The sheet says to tick; an instruction of the lesson's own stands in its place."""
    assert "Tick one box in each row." in html(pose(lesson_of("categorise")))
    own = html(pose(lesson_of("categorise", instruction="Think twice.")))
    assert "Think twice." in own
    assert "Tick one box" not in own


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"categories": categories(3)}, "too_short"),
        ({"categories": categories(1, 1, 1, 1, 1)}, "too_long"),
        ({"categories": categories(9, 8)}, "many_items"),
        ({"categories": {"one": ["a", "b"], "two": ["a"]}}, "item_twice"),
        ({"categories": {"one": ["a", "b"], "two": []}}, "too_short"),
        ({"categories": ["a", "b"]}, "model_type"),
        ({"give": ["nobody"]}, "no_such_item"),
        ({"debatable": {"nobody": "x"}}, "no_such_item"),
    ],
)
def test_refusals(changes: dict[str, Any], code: str) -> None:
    """Too many or too few categories and items, items twice, and names of none are refused."""
    there = {"categories": categories(2, 2), **PLAIN}
    assert code in refused("categorise", **{**there, **changes})
