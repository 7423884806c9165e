"""Ranking: never printed in the order of the model, one measure ticked on the key, reasons under seal."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lessonpress.model.base import LEVELS
from lessonpress.model.dice import Dice
from lessonpress.model.sealed import reveal
from tests.activities.bench import both, html, lesson_of, make, pose, puzzle, refused


def items(count: int) -> list[dict[str, str]]:
    return [{"item": f"item {n}", "why": f"whyzim{n}"} for n in range(1, count + 1)]


@given(count=st.integers(3, 10), seed=st.integers())
def test_items_are_shuffled_and_never_in_the_order_of_the_model(count: int, seed: int) -> None:
    """The items are a permutation other than the model's, and the solution tells the place of each."""
    posed = make("ranking", items=items(count)).pose("core", Dice(seed))
    found = [line.plain for line in posed.puzzle.items]
    wanted = [one["item"] for one in items(count)]
    assert sorted(found) == sorted(wanted)
    assert found != wanted
    assert [wanted[int(reveal(place).plain) - 1] for place in posed.solution.places] == found


@given(count=st.integers(1, 4), seed=st.integers())
def test_measures_are_shuffled_and_the_first_is_the_model(count: int, seed: int) -> None:
    """Every measure is printed once, and the key ticks the one that stands first in the lesson."""
    posed = make("ranking", criteria=[f"by {n}" for n in range(count)]).pose("core", Dice(seed))
    ticked = [m.plain for m, by in zip(posed.puzzle.criteria, posed.solution.by, strict=True) if by is not None]
    assert sorted(m.plain for m in posed.puzzle.criteria) == [f"by {n}" for n in range(count)]
    assert ticked == ["by 0"]


def test_places_of_the_model_measure_are_even() -> None:
    """Over many seeds the measure of the model stands at every place about equally often."""
    activity = make("ranking", criteria=["a", "b", "c"])
    places = [0, 0, 0]
    for seed in range(600):
        places[[m.plain for m in puzzle(activity, seed).criteria].index("a")] += 1
    assert all(150 < count < 250 for count in places)


@pytest.mark.parametrize("level", LEVELS)
def test_reasons_of_the_first_and_the_last_stand_on_the_key_alone(level: Any) -> None:
    """The key fills the lines of the first and the last; its notes hold every reason."""
    sheet, key = both("ranking", level, items=items(4))
    assert "whyzim" not in sheet
    assert "Number the boxes" in sheet
    for n in range(1, 5):
        assert key.count(f"whyzim{n}") == (2 if n in (1, 4) else 1)


def test_a_single_measure_needs_no_tick() -> None:
    """One measure is named, without a box; of several one is ticked on the key."""
    one = pose(lesson_of("ranking", criteria=["only this"]))
    assert "box mini" not in html(one)
    assert "Judge by" in html(one)
    several = pose(lesson_of("ranking"))
    assert html(several).count("box mini") == 3
    assert html(several, key=True).count("box mini on") == 1


def test_challenge_adds_an_item_of_ones_own() -> None:
    """At challenge level a row is left for another item, and the scale counts it; its marks are the same."""
    core, challenge = pose(lesson_of("ranking")), pose(lesson_of("ranking"), "challenge")
    assert "My own" not in html(core)
    assert "My own" in html(challenge)
    assert "4 counts least" in html(challenge)
    assert "3 counts least" in html(core)
    assert core.marks == challenge.marks == 4


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"items": items(2)}, "too_short"),
        ({"items": items(11)}, "too_long"),
        ({"criteria": ["by this", "By this"]}, "same_item"),
        ({"items": [*items(3), {"item": "Item 2", "why": "x"}]}, "same_item"),
        ({"mark_scheme": {"credit": ["one"]}}, "scheme_sum"),
    ],
)
def test_refusals(changes: dict[str, Any], code: str) -> None:
    """Too few or too many items, things named twice and schemes that cannot give the marks are refused."""
    assert code in refused("ranking", **changes)
