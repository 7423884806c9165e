"""Ordering: never printed in order, anchors, dates for the key."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lessonpress.model.dice import Dice
from lessonpress.model.sealed import reveal
from tests.activities.bench import both, html, lesson_of, make, pose, puzzle, refused


def items(count: int) -> list[str]:
    return [f"item {n}" for n in range(1, count + 1)]


@given(count=st.integers(3, 12), seed=st.integers())
def test_items_are_shuffled_and_never_in_order(count: int, seed: int) -> None:
    """The items are a permutation, never the right one, and the solution tells the place of each."""
    posed = make("ordering", items=items(count), support=None).pose("core", Dice(seed))
    found = [line.plain for line in posed.puzzle.items]
    assert sorted(found) == sorted(items(count))
    assert found != items(count)
    assert [items(count)[int(reveal(place).plain) - 1] for place in posed.solution.places] == found


def test_example_gives_a_mark_an_item() -> None:
    """An item is a mark unless `marks` says otherwise, at every level."""
    assert make("ordering").total == make("ordering", "support").total == 3
    assert make("ordering", marks=5).total == 5


@pytest.mark.parametrize("seed", range(8))
def test_anchors_print_the_place_of_their_items(seed: int) -> None:
    """The number of an anchored item is printed, that of no other; the order is that of the other levels."""
    core, support = puzzle(make("ordering"), seed), puzzle(make("ordering", "support"), seed, "support")
    assert core.items == support.items
    assert core.places == (None, None, None)
    assert [line.plain for line, place in zip(support.items, support.places, strict=True) if place == 1] == [
        "Factions are banned"
    ]
    assert sorted(place or 0 for place in support.places) == [0, 0, 1]


def test_anchored_place_stands_on_the_sheet() -> None:
    """At support level the box of the anchored item is filled on the sheet, the others are empty."""
    sheet = html(pose(lesson_of("ordering"), "support"))
    assert sheet.count('<span class="box">1</span>') == 1
    assert sheet.count('<span class="box"></span>') == 2


def test_dates_are_printed_on_the_key_alone() -> None:
    """The date of an event of the bank, or of an item, stands on the key and on no sheet."""
    changes = {
        "items": [{"item": "one", "event": "T-05"}, {"item": "two", "when": "quokkazim"}, "three"],
        "support": None,
    }
    sheet, key = both("ordering", **changes)
    assert "1922" not in sheet
    assert "3\u00a0April\u00a01922" in key
    assert "quokkazim" not in sheet
    assert "quokkazim" in key
    steps = make("ordering", **changes).items
    assert reveal(steps[0].date).plain == "3\u00a0April\u00a01922"
    assert steps[2].date is None


def test_dates_follow_their_items() -> None:
    """Shuffled items keep their dates."""
    posed = make("ordering").pose("core", Dice(4))
    found = {
        line.plain: reveal(date).plain for line, date in zip(posed.puzzle.items, posed.solution.dates, strict=True)
    }
    assert found["Factions are banned"] == "March\u00a01921"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"items": ["one", "two"]}, "too_short"),
        ({"items": items(13)}, "too_long"),
        ({"anchors": ["4"]}, "anchor"),
        ({"anchors": ["0"]}, "anchor"),
        ({"items": [{"item": "one", "event": "T-99"}, "two", "three"]}, "unknown_id"),
        ({"items": [{"item": "one", "event": ["T-05"]}, "two", "three"]}, "id_type"),
    ],
)
def test_refusals(changes: dict[str, Any], code: str) -> None:
    """Too few items, places that do not exist, and events of no bank are refused."""
    assert code in refused("ordering", support=None, **changes)
