"""Odd one out: items shuffled, the odd one ticked on the key alone, hints for support."""

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

ITEMS = ["quokka", "zim", "velp", "trunt", "morg"]


def sets(count: int = 4, **changes: Any) -> list[dict[str, Any]]:
    whole = {"items": ITEMS[:count], "odd": "quokka", "why": "It is not a velp.", **changes}
    return [{key: value for key, value in whole.items() if value is not None}]


def place(activity: Any, seed: object) -> int:
    """Where the odd one of the first set stands."""
    odd = activity.pose("core", Dice(seed)).solution[0].odd
    return next(n for n, answer in enumerate(odd) if answer is not None)


@given(count=st.integers(3, 5), seed=st.integers())
def test_items_are_a_permutation(count: int, seed: int) -> None:
    """Every item stands once, and the solution marks the odd one and no other."""
    posed = make("odd-one-out", sets=sets(count)).pose("core", Dice(seed))
    items = [item.plain for item in posed.puzzle[0].items]
    assert sorted(items) == sorted(ITEMS[:count])
    marked = {item: reveal(a).plain for item, a in zip(items, posed.solution[0].odd, strict=True) if a is not None}
    assert marked == {"quokka": "quokka"}


@pytest.mark.parametrize("count", [3, 4, 5])
def test_the_odd_one_stands_everywhere_equally_often(count: int) -> None:
    """Over 600 seeds it stands in each place about as often as in any other."""
    activity = make("odd-one-out", sets=sets(count))
    seen = Counter(place(activity, seed) for seed in range(600))
    assert set(seen) == set(range(count))
    assert all(0.75 < times * count / 600 < 1.25 for times in seen.values()), seen


@pytest.mark.parametrize("level", LEVELS)
def test_two_marks_a_set(level: Level) -> None:
    """The choice and the reason are a mark each unless `marks` says otherwise."""
    assert make("odd-one-out", level).total == 4
    assert make("odd-one-out", level, marks=6).total == 6


def test_hints_are_for_support() -> None:
    """Support reads a hint under each set that has one, in the order that all levels share."""
    core, support = puzzle(make("odd-one-out")), puzzle(make("odd-one-out", "support"), level="support")
    assert [posing.hint for posing in core] == [None, None]
    assert [posing.hint.plain for posing in support] == ["Think of 1923–25.", "Think of the quarrel of 1928–29."]
    assert [posing.items for posing in core] == [posing.items for posing in support]


def test_the_key_ticks_and_gives_the_reason() -> None:
    """One box of each set is ticked on the key, its reason stands on the lines; a sheet has neither."""
    posed = pose(lesson_of("odd-one-out", sets=sets()))
    sheet, key = html(posed), html(posed, key=True)
    assert "tick" not in sheet
    assert key.count('class="box mini on"') == 1
    assert "It is not a velp." in key
    assert "It is not a velp." not in sheet


def test_other_right_choices_are_on_the_key() -> None:
    """What is right too stands in the notes after the key, under the number of its set."""
    sheet, key = both("odd-one-out", sets=[*sets(accept={"zim": "It has no legs."}), *sets()])
    assert "It has no legs." in key
    assert "It has no legs." not in sheet


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"odd": "nobody"}, "no_such_item"),
        ({"items": ["quokka", "zim", "zim"]}, "same_items"),
        ({"items": ["quokka", "zim"]}, "too_short"),
        ({"items": [*ITEMS, "six"]}, "too_long"),
        ({"items": "quokka"}, "tuple_type"),
        ({"accept": {"quokka": "x"}}, "no_such_item"),
        ({"accept": {"nobody": "x"}}, "no_such_item"),
        ({"why": None}, "missing"),
        ({"odd": None}, "missing"),
    ],
)
def test_refusals(changes: dict[str, Any], code: str) -> None:
    """An odd one that is no item, items that are alike, and a missing reason are refused."""
    assert code in refused("odd-one-out", sets=sets(**changes))
