"""Timelines: true dates, labels that never overlap, spans."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from lessonpress.diagrams import place
from lessonpress.diagrams.axis import Scale, ends, ticks
from lessonpress.diagrams.canvas import Canvas
from lessonpress.diagrams.drawing import Box, DoesNotFit, Dot, Drawing, Label, Line, Polygon
from lessonpress.model.dates import PartialDate
from tests.diagrams.samples import CROWDED, TIMELINE_L2, clashes, faces, outside, paper, read, slide

WORDS = st.lists(
    st.sampled_from(["Lenin", "dies", "party", "congress", "opposition", "declares", "conference", "votes"]),
    min_size=1,
    max_size=7,
)
DAYS = st.dates(dt.date(1922, 1, 1), dt.date(1929, 12, 31))


def timeline(**more: Any) -> Any:
    """A timeline of 1922 to 1929."""
    return read({"kind": "timeline", "alt": "-", "from": "1922", "to": "1929", **more})


def event(label: str, date: str, **more: str) -> dict[str, str]:
    """An event of the lesson's own."""
    return {"label": label, "date": date, **more}


def dots(drawing: Drawing) -> list[float]:
    """Where the dots of days stand, in mm."""
    return sorted(round(item.x, 2) for item in drawing.items if isinstance(item, Dot) and item.role == "ink")


def texts(drawing: Drawing) -> list[str]:
    """The texts of all labels."""
    return [item.text for item in drawing.items if isinstance(item, Label)]


def test_dots_stand_on_their_dates() -> None:
    """A dot is as far along the axis as its day is along the years."""
    drawing = place(timeline(events=[event("a", "1924-01-21"), event("b", "1926-07-02")]), paper())
    # axis: 2 mm edges, 167.5 - 4 = 163.5 mm for 8 years = 20.4375 mm a year
    # 21 January 1924: 2 + (2 + 20/366) * 20.4375 = 43.99; 2 July 1926: 2 + (4 + 182/365) * 20.4375 = 93.94
    assert dots(drawing) == [43.99, 93.94]


def test_dots_do_not_move_when_labels_do() -> None:
    """Two events within a day keep their dots; only their leaders part."""
    near = place(timeline(events=[event("a", "1924-05-21"), event("b", "1924-05-22")]), paper())
    first, second = dots(near)
    assert second - first == pytest.approx(20.4375 / 366, abs=0.011)
    leaders = [i.points for i in near.items if isinstance(i, Line) and len(i.points) == 3]
    tops = sorted(points[-1][0] for points in leaders)
    assert tops[1] - tops[0] == pytest.approx(2.4)  # POLE_GAP


def test_a_long_time_is_a_bar() -> None:
    """A year without a month is drawn as that whole year, pointed at in its middle."""
    drawing = place(timeline(events=[event("a", "1923", end="1924")]), paper())
    bar = next(item for item in drawing.items if isinstance(item, Box))
    assert bar.x == pytest.approx(2 + 20.4375)
    assert bar.width == pytest.approx(2 * 20.4375)
    assert "1923–1924" in texts(drawing)


@pytest.mark.parametrize(
    ("date", "end", "words"),
    [
        ("1924-04", "1924-05", "April–May 1924"),
        ("1924-04-17", "1924-05-02", "17 April – 2 May 1924"),
        ("1924-12", "1925-01", "December 1924 – January 1925"),
        ("1924-04-17", "", "17 April 1924"),
    ],
)
def test_dates_are_written_out(date: str, end: str, words: str) -> None:
    """An event of the lesson's own has its date written from its numbers."""
    more = {"end": end} if end else {}
    assert words in [
        text.replace("\u00a0", " ") for text in texts(place(timeline(events=[event("a", date, **more)]), paper()))
    ]


def test_wording_of_a_date_wins() -> None:
    """`when` replaces the date that would be written."""
    assert "spring" in texts(place(timeline(events=[event("a", "1924-04", when="spring")]), paper()))


def test_crowded_events_become_numbers() -> None:
    """Where flags would be too high, numbers in circles and a list take their place."""
    drawing = place(read(CROWDED), paper())
    circles = [item for item in drawing.items if isinstance(item, Dot) and item.role == "paper"]
    assert len(circles) == 16
    gaps = [b.x - a.x for a, b in pairwise(circles)]
    assert min(gaps) >= 2 * circles[0].radius
    assert {str(n) for n in range(1, 17)} <= set(texts(drawing))


def test_events_stand_on_both_sides_of_a_low_slide() -> None:
    """Two sides are used where one is too high; the scale is then repeated above the spans."""
    drawing = place(read(TIMELINE_L2), slide())
    axis = next(item.y for item in drawing.items if isinstance(item, Label) and item.text == "1921")
    whens = [item.y for item in drawing.items if isinstance(item, Label) and item.weight == 700 and "May" in item.text]
    assert min(whens) < axis < max(whens)


def test_two_sides_without_spans() -> None:
    """Flags on both sides need no second scale when there are no spans."""
    drawing = place(read({**TIMELINE_L2, "spans": []}), Canvas(306.7, 95.0, 20.0, 18.0, faces()))
    assert drawing.height < 95
    assert clashes(drawing, slide()) == []


def test_too_many_events() -> None:
    """More numbers than the width holds are refused."""
    many = [event(f"an event of the year with long words {n}", f"1924-{n // 2 + 1:02d}") for n in range(24)]
    with pytest.raises(DoesNotFit, match="24 events"):
        place(timeline(events=many), Canvas(50.0, None, 10.5, 9.5, faces()))


def test_spans_past_the_end_have_a_point() -> None:
    """A span that begins before or ends after the axis is a polygon with a point there."""
    spans = [
        {"label": "before", "from": "1919", "to": "1923"},
        {"label": "after", "from": "1928", "to": "1931", "style": "open"},
        {"label": "inside", "from": "1924", "to": "1926", "style": "solid"},
    ]
    drawing = place(timeline(events=[event("a", "1924")], spans=spans), paper())
    corners = [len(item.points) for item in drawing.items if isinstance(item, Polygon)]
    assert corners == [5, 5, 4]
    # 1924 to the end of 1926: three years
    inside = next(item for item in drawing.items if isinstance(item, Polygon) and item.role == "ink")
    across = [x for x, _ in inside.points]
    assert max(across) - min(across) == pytest.approx(3 * 20.4375)


def test_span_labels_stand_where_there_is_room() -> None:
    """A label goes inside its bar, else right of it, else left of it, else it is refused."""
    spans = [
        {"label": "a label that is longer", "from": "1923", "to": "1923-02"},
        {"label": "a label that is longer too", "from": "1929-06", "to": "1929"},
    ]
    drawing = place(timeline(events=[event("a", "1924")], spans=spans), paper())
    anchors = [item.anchor for item in drawing.items if isinstance(item, Label) and "longer" in item.text]
    assert anchors == ["start", "end"]
    with pytest.raises(DoesNotFit, match="shorten"):
        place(
            timeline(events=[event("a", "1924")], spans=[{"label": "very long " * 12, "from": "1924", "to": "1925"}]),
            paper(),
        )


def test_spans_that_meet_share_a_row() -> None:
    """One span may begin where another ends."""
    spans = [
        {"label": "one", "from": "1922", "to": "1924"},
        {"label": "two", "from": "1925", "to": "1926"},
        {"label": "three", "from": "1923", "to": "1926"},
    ]
    drawing = place(timeline(events=[event("a", "1924")], spans=spans), paper())
    tops = [item.points[1][1] for item in drawing.items if isinstance(item, Polygon)]
    assert tops[0] == tops[1] < tops[2]


@pytest.mark.parametrize(
    "more",
    [
        {"from": "1930"},
        {"events": [event("a", "1921")]},
        {"spans": [{"label": "a", "from": "1930", "to": "1931"}]},
        {"spans": [{"label": "a", "from": "1925", "to": "1924"}]},
        {"events": []},
    ],
)
def test_impossible_timelines_are_refused(more: dict[str, Any]) -> None:
    """Dates outside the timeline and times that run backwards are errors of the content."""
    with pytest.raises(ValidationError):
        timeline(**{"events": [event("a", "1924")], **more})


def test_ends_of_dates() -> None:
    """A year ends with it, December with its year, a day where it begins."""
    assert ends(PartialDate(1922)) == 1923
    assert ends(PartialDate(1922, 12)) == 1923
    assert ends(PartialDate(1922, 1)) == pytest.approx(1922 + 31 / 365)
    assert ends(PartialDate(1922, 1, 1)) == 1922


def test_ticks_follow_the_length() -> None:
    """Short ranges are ticked by months, long ones by years, very long ones name some years only."""
    months = ticks(Scale(PartialDate(1924, 4).ordinal, ends(PartialDate(1925, 4)), 2, 165.5), paper())
    assert [t.text for t in months if t.text] == ["Apr 1924", "Jul", "Oct", "Jan 1925", "Apr"]
    years = ticks(Scale(1922, 1930, 2, 165.5), paper())
    assert [t.text for t in years if t.text][:2] == ["1922", "1923"]
    assert len(years) == 8 * 4 + 1
    century = ticks(Scale(1861, 1991, 2, 165.5), paper())
    assert [t.text for t in century if t.text][:3] == ["1861", "1870", "1880"]


def test_first_year_is_named_when_the_axis_begins_inside_it() -> None:
    """An axis from April 1922 still says 1922 where there is room."""
    named = ticks(Scale(1922.25, 1930, 2, 165.5), paper())
    assert next(t.text for t in named if t.text) == "1922"
    crowded = ticks(Scale(1922.9, 1930, 2, 165.5), paper())
    assert next(t.text for t in crowded if t.text) == "1923"


def test_last_label_gives_way() -> None:
    """ "Jan 1925" becomes "1925" where the axis soon ends, and nothing where even that has no room."""
    short = place(timeline(**{"from": "1923-10", "to": "1925-01"}, events=[event("a", "1924")]), paper())
    assert "1925" in texts(short)
    none = place(timeline(**{"from": "1923-10", "to": "1925-01-04"}, events=[event("a", "1924")]), paper())
    assert "1925" not in texts(none)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(DAYS, WORDS), min_size=1, max_size=14), st.sampled_from([paper(), slide()]))
def test_labels_never_overlap(events: list[tuple[dt.date, list[str]]], canvas: Canvas) -> None:
    """Whatever the events, no two labels overlap and everything stays on the drawing, or it is refused."""
    spec = timeline(events=[event(" ".join(words), day.isoformat()) for day, words in events])
    try:
        drawing = place(spec, canvas)
    except DoesNotFit:
        assert canvas.tight
        return
    assert clashes(drawing, canvas) == []
    assert outside(drawing, canvas) == []
