"""Living graph: events by letter, heights and reasons for the key alone, help by level."""

from __future__ import annotations

from typing import Any

import pytest

from lessonpress.model.base import LEVELS
from lessonpress.model.sealed import reveal
from tests.activities.bench import both, make, puzzle, refused

THREE = [{"label": f"Event {n}", "date": str(1922 + n), "height": str(n + 3), "why": f"whyzim{n}"} for n in range(3)]


def test_events_bear_letters_and_dates_in_words() -> None:
    """An event of the bank is printed with its label and date, one's own with what it says."""
    put = puzzle(make("living-graph")).events
    assert [one.letter for one in put] == ["A", "B", "C", "D"]
    assert (put[0].label.plain, put[0].when.plain) == ("General Secretary", "3\u00a0April\u00a01922")
    assert put[1].when.plain == "25\u00a0October\u00a01923"


@pytest.mark.parametrize("level", LEVELS)
def test_line_and_reasons_are_on_the_key_alone(level: Any) -> None:
    """The sheet is an empty graph and empty cells; the key has line, band and every reason."""
    sheet, key = both("living-graph", level, events=THREE)
    assert "whyzim" not in sheet
    assert all(f"whyzim{n}" in key for n in range(3))
    assert "<polygon" not in sheet
    # the band and three diamonds
    assert key.count("<polygon") == 4


def test_levels_are_given_marks_or_no_letters() -> None:
    """Support has the first mark; challenge has no letters and is told so."""
    support = puzzle(make("living-graph", "support"), level="support").diagram
    assert [mark.given for mark in support.marks] == [8, None, None, None]
    assert [mark.given for mark in puzzle(make("living-graph")).diagram.marks] == [None] * 4
    assert not puzzle(make("living-graph", "challenge"), level="challenge").diagram.letters
    assert "above its date" in both("living-graph", "challenge")[0]
    assert "below each letter" in both("living-graph")[0]


def test_bands_reach_the_graph() -> None:
    """A band that is written is that of the graph; any other reaches one up and one down."""
    bands = [tuple(reveal(end) for end in mark.between) for mark in puzzle(make("living-graph")).diagram.marks]
    assert bands == [(7, 9), (4, 6), (2, 5), (0, 2)]


def test_marks_default_to_two_an_event() -> None:
    """One for the place and one for the reason, unless `marks` says otherwise."""
    assert make("living-graph").total == make("living-graph", "support").total == 8
    assert make("living-graph", marks=5).total == 5


def test_reasons_may_be_told_instead_of_written() -> None:
    """Without cells for reasons the events are a list, an event has one mark, and the key keeps every reason."""
    told = make("living-graph", events=THREE, reasons="false")
    assert told.total == len(THREE)
    sheet, key = both("living-graph", events=THREE, reasons="false")
    assert 'class="cmp' not in sheet
    assert all(f"Event {n}" in sheet and f"whyzim{n}" in key for n in range(3))
    assert "whyzim" not in sheet


def test_drawing_says_what_it_shows() -> None:
    """The drawing is described by title and years, or by `alt`."""
    assert puzzle(make("living-graph")).diagram.alt.plain.endswith("position was (1922–1925)")
    assert puzzle(make("living-graph", alt="Four dates.")).diagram.alt.plain == "Four dates."


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"events": THREE[:2]}, "too_short"),
        ({"events": THREE[::-1]}, "not_in_order"),
        ({"events": [{**THREE[0], "height": "12"}, *THREE[1:]]}, "less_than_equal"),
        ({"events": [{**THREE[0], "between": ["7", "9"]}, *THREE[1:]]}, "band_of_height"),
        ({"events": [{"label": "x", "height": "1", "why": "y"}, *THREE[1:]]}, "dated"),
        ({"events": [{"event": "T-99", "height": "1", "why": "y"}, *THREE[1:]]}, "unknown_id"),
        ({"events": THREE, "to": "1923"}, "outside"),
        ({"give": ["5"]}, "give_place"),
    ],
)
def test_refusals(changes: dict[str, Any], code: str) -> None:
    """Heights beyond the axis or their band, dates off it or out of order, and unknown places are refused."""
    assert code in refused("living-graph", support=None, **changes)
