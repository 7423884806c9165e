"""Timeline: flags in their places, a bank that gives no order away, dates and given flags by level."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lessonpress.activities.timeline import LINE_LETTERS, two_lines
from lessonpress.compose.answers import all_text
from lessonpress.compose.kit import make_kit
from lessonpress.compose.paper import compose_paper
from lessonpress.diagrams.timeline import Blank, Moment
from lessonpress.model.sealed import reveal
from lessonpress.theme import load_theme, profiles
from tests.activities.bench import TEMPLATES, both, html, lesson_of, make, page, pose, puzzle, refused

PROFILES = profiles(TEMPLATES)
TEN = [{"label": f"Something happens {n}", "date": str(1914 + n)} for n in range(10)]


def drawn(markup: str) -> str:
    """The drawing of a task alone."""
    return markup[markup.index("<svg xmlns") : markup.index("</svg>", markup.index("<svg xmlns"))]


@given(text=st.lists(st.text("abcdefgh", min_size=1, max_size=9), min_size=1, max_size=6).map(" ".join))
def test_two_lines_hold_every_word_in_order(text: str) -> None:
    """A text is cut at one space at most, and no other cut has a shorter longer line."""
    lines = two_lines(text)
    words = text.split(" ")
    assert " ".join(lines) == text
    assert len(lines) <= 2
    if len(lines) == 2:
        cuts = [max(len(" ".join(words[:n])), len(" ".join(words[n:]))) for n in range(1, len(words))]
        assert max(map(len, lines)) == min(cuts)
    else:
        assert len(text) <= LINE_LETTERS or len(words) == 1


def test_bank_is_alphabetical_and_holds_what_is_asked() -> None:
    """The bank names every event that has to be placed, by the alphabet and not by time."""
    bank = [line.plain for line in puzzle(make("timeline")).bank]
    assert bank == sorted(bank, key=str.lower)
    assert len(bank) == 6
    given_ = [line.plain for line in puzzle(make("timeline", "support"), level="support").bank]
    assert sorted({*bank} - {*given_}) == ["Factions banned"]
    assert puzzle(make("timeline", "challenge"), level="challenge").bank == ()


def test_flags_show_dates_and_events_where_a_level_gives_them() -> None:
    """At core level flags are bare; at support level they have dates, and the first is filled."""
    core = puzzle(make("timeline")).diagram.events
    support = puzzle(make("timeline", "support"), level="support").diagram.events
    assert all(isinstance(event, Blank) and event.when is None for event in core)
    assert isinstance(support[0], Moment)
    assert [event.when.plain for event in support[1:3]] == ["3\u00a0April\u00a01922", "March\u00a01923"]


def test_without_a_bank_no_event_is_named() -> None:
    """At challenge level the sheet has neither events nor dates; the key has both."""
    sheet, key = both("timeline", "challenge")
    for words in ("Factions banned", "major stroke", "Testament is read", "3\u00a0April\u00a01922"):
        assert words not in sheet
        assert words in key
    assert "General Secretary" not in sheet


def test_key_fills_the_flags_of_the_sheet() -> None:
    """Every number and line of the sheet stands in the same place on the key, with the event written on it."""
    posed = pose(lesson_of("timeline"))
    sheet, key = (drawn(html(posed, key=is_key)) for is_key in (False, True))
    assert sheet.count("<line ") == key.count("<line ") == 12
    assert "Factions" not in sheet
    assert ">Factions banned</text>" in key
    assert ">General Secretary</text>" in key
    kept = [line for line in sheet.splitlines() if "<line" not in line]
    assert len(kept) > 20
    assert all(line in key for line in kept)


def test_completed_timeline_is_for_keys_and_slides() -> None:
    """The solution holds the whole timeline under seal, and each date with its event in the order of time."""
    solution = make("timeline").pose("core", None).solution
    whole = reveal(solution.diagram)
    assert [event.label.plain for event in whole.events][1] == "Stalin becomes General Secretary"
    assert all_text(solution.events[0]) == "16\u00a0March\u00a01921\nFactions banned"


@pytest.mark.parametrize("profile", PROFILES)
@pytest.mark.parametrize("dates", [True, False])
def test_ten_flags_have_room_in_every_profile(profile: str, *, dates: bool) -> None:
    """Ten events are drawn in type of any size, on sheet and key, in no more height than a page has."""
    kit = make_kit(TEMPLATES, load_theme(TEMPLATES, "classic", profile, "letter"), "en-GB")
    posed = pose(lesson_of("timeline", events=TEN, to=None, dates=dates, support=None, **{"from": None}))
    for key in (False, True):
        figure = drawn(compose_paper(kit, posed, "worksheet", key=key).document.html)
        assert float(figure.split('height="')[1].split("mm")[0]) < 231
        assert figure.count("<line ") in (10, 20)


def test_years_of_the_axis_default_to_those_of_the_events() -> None:
    """Without from: and to: the axis runs from the first event's year to the last one's; the drawing says so."""
    activity = make("timeline", to=None, **{"from": None})
    diagram = puzzle(activity).diagram
    assert (diagram.from_.year, diagram.to.year) == (1921, 1925)
    assert diagram.alt.plain.endswith("(1921–1925)")
    assert puzzle(make("timeline", alt="Six dates.")).diagram.alt.plain == "Six dates."
    assert "Six dates." in page(pose(lesson_of("timeline", alt="Six dates.")))


def test_marks_default_to_one_an_event() -> None:
    """A given flag counts too, so that the marks are the same at every level."""
    assert make("timeline").total == make("timeline", "support").total == 6
    assert make("timeline", marks=3).total == 3


def test_an_end_is_written_out() -> None:
    """An event with an end and no date in words has both dates on its flag."""
    event = {"label": "A congress", "date": "1921-03-08", "end": "1921-03-16"}
    events = [event, *TEN[8:]]
    posed = replace(make("timeline", events=events, support=None, dates=True).pose("core", None))
    assert posed.puzzle.diagram.events[0].when.plain == "8\u00a0March – 16\u00a0March\u00a01921"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"events": TEN[:2]}, "too_short"),
        ({"events": [*TEN, {"label": "x", "date": "1925"}]}, "too_long"),
        ({"events": [TEN[0], TEN[2], TEN[1]]}, "not_in_order"),
        ({"events": [{"label": "only words"}, *TEN[:2]]}, "dated"),
        ({"events": [{"label": "w" * 30, "date": "1921"}, *TEN[8:]]}, "flag_long"),
        ({"events": ["T-99", *TEN[:2]]}, "unknown_id"),
        ({"give": ["7"]}, "give_place"),
        ({"from": "1922"}, "outside"),
        ({"to": "1920"}, "timeline_backwards"),
    ],
)
def test_refusals(changes: dict[str, Any], code: str) -> None:
    """Events out of order or off the axis, words that fit no flag, and places that do not exist are refused."""
    assert code in refused("timeline", support=None, **changes)
