"""A timeline to true scale: events on their dates, stretches of time below.

Dots never move. Labels hang from the leaders like flags; leaders that would touch are bent
apart. Where the labels do not fit they become numbers with a list.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import count
from typing import Annotated, Any, Literal

from pydantic import Discriminator, Field, Tag, model_validator
from pydantic_core import PydanticCustomError

from lessonpress.diagrams.axis import TICK, Scale, band, ends, ruler
from lessonpress.diagrams.base import Diagram, finished
from lessonpress.diagrams.canvas import Canvas
from lessonpress.diagrams.drawing import DoesNotFit, Drawing, Item
from lessonpress.diagrams.notes import BAND, Layout, Note, arrange, draw_numbers, draw_side, list_below, number_radius
from lessonpress.diagrams.spans import Bar, Style, draw_spans
from lessonpress.model.banks import Event
from lessonpress.model.base import Model
from lessonpress.model.dates import PartialDate
from lessonpress.model.gaps import Gap
from lessonpress.model.language import BRITISH, Language
from lessonpress.model.marking import Answer
from lessonpress.model.refs import EventRef
from lessonpress.model.text import Line

PAPER_ROOM = 92.0  # mm: flags that would take more are numbered instead
WRITING_ROOM = 150.0  # mm: the same for flags that are written on
PAGE_ROOM = 225.0  # mm: what a page has for a list to write on
EDGE = 2.0  # mm on paper, left and right of the axis
GAP = 2.4  # between axis, spans and list


class Moment(Model):
    """An event that is in no bank."""

    label: Line
    date: PartialDate
    end: PartialDate | None = None
    when: Line | None = None


class Blank(Model):
    """A flag to fill: pupils write what happened then."""

    answer: Answer
    lines: tuple[Answer, ...] = Field(default=(), max_length=2, description="the answer in two lines, where it is long")
    date: PartialDate
    end: PartialDate | None = None
    when: Line | None = Field(default=None, description="the date, where it is printed")


class Span(Model):
    """A stretch of time; it may begin before the timeline or run on past it."""

    label: Line
    from_: PartialDate = Field(alias="from")
    to: PartialDate
    style: Style = "tint"

    @model_validator(mode="after")
    def _forward(self) -> Span:
        if ends(self.to) <= self.from_.ordinal:
            raise PydanticCustomError("span_backwards", "the span ends before it begins")
        return self


def _shape(value: Any) -> str:
    if isinstance(value, Blank) or (isinstance(value, dict) and "answer" in value):
        return "blank"
    return "moment" if isinstance(value, dict | Moment) else "bank"


Entry = Annotated[
    Annotated[EventRef, Tag("bank")] | Annotated[Moment, Tag("moment")] | Annotated[Blank, Tag("blank")],
    Discriminator(_shape),
]


class Timeline(Diagram):
    """Events and spans between two years or dates, to scale."""

    kind: Literal["timeline"]
    from_: PartialDate = Field(alias="from")
    to: PartialDate
    events: tuple[Entry, ...] = Field(min_length=1, max_length=24)
    spans: tuple[Span, ...] = ()

    @model_validator(mode="after")
    def _inside(self) -> Timeline:
        start, end = self.from_.ordinal, ends(self.to)
        if end <= start:
            raise PydanticCustomError("timeline_backwards", "the timeline ends before it begins")
        outside = [_name(e) for e in self.events if not start <= e.date.ordinal <= end]
        outside += [s.label.plain for s in self.spans if ends(s.to) <= start or s.from_.ordinal >= end]
        if outside:
            raise PydanticCustomError("outside", '"{label}" lies outside the timeline', {"label": outside[0]})
        return self

    @property
    def gaps(self) -> tuple[Gap, ...]:
        """The flags to fill, in the order of their dates."""
        blanks = [event for event in self.events if isinstance(event, Blank)]
        return tuple(Gap(blank.answer) for blank in sorted(blanks, key=lambda blank: _note(blank, BRITISH).at))


def _name(event: Event | Moment | Blank) -> str:
    return str(event.date) if isinstance(event, Blank) else event.label.plain


def place(spec: Timeline, canvas: Canvas) -> Drawing:
    """The timeline on a canvas. Raises DoesNotFit where even numbers and a list are too much."""
    drawing = with_flags(spec, canvas)
    return drawing if drawing is not None else _numbered(spec, *_placed(spec, canvas), canvas)


def with_flags(spec: Timeline, canvas: Canvas) -> Drawing | None:
    """The timeline with every event on a flag; None where the flags have no room."""
    events, bars, scale = _placed(spec, canvas)
    below = draw_spans(bars, scale, canvas, 0.0)[1]
    most = WRITING_ROOM if spec.gaps else PAPER_ROOM
    room = (canvas.height_mm or most) - (below + canvas.air(GAP / 2) + canvas.mm(0.4) if bars else 0.0)
    layout = arrange(events, scale, canvas, room, room - (canvas.air(2 * GAP) if bars else 0.0))
    return _flagged(spec, layout, bars, scale, canvas) if layout is not None else None


def _placed(spec: Timeline, canvas: Canvas) -> tuple[list[Note], list[Bar], Scale]:
    edge = canvas.mm(EDGE)
    scale = Scale(spec.from_.ordinal, ends(spec.to), edge, canvas.width_mm - edge)
    bars = [Bar(s.label.plain, s.from_.ordinal, ends(s.to), s.style) for s in spec.spans]
    return _notes(spec, canvas.words.language), bars, scale


def _flagged(spec: Timeline, layout: Layout, bars: list[Bar], scale: Scale, canvas: Canvas) -> Drawing:
    axis = layout.above.height(canvas)
    items: list[Item]
    if layout.below:
        foot = axis + canvas.mm(BAND)
        items = band(scale, canvas, axis)
        items += draw_side(layout.above, scale, canvas, axis, -1) + draw_side(layout.below, scale, canvas, foot, 1)
    else:
        items = ruler(scale, canvas, axis) + draw_side(layout.above, scale, canvas, axis, -1)
    bottom = layout.height(canvas)
    if bars and layout.below:
        # The spans stand far from the axis here: its ticks are repeated above them.
        items += ruler(scale, canvas, bottom + canvas.air(GAP), labels=False)
        bottom += canvas.air(2 * GAP)
    return _with_spans(spec, items, bars, scale, canvas, bottom)


def _numbered(spec: Timeline, events: list[Note], bars: list[Bar], scale: Scale, canvas: Canvas) -> Drawing:
    if 2 * len(events) * (number_radius(canvas) + canvas.mm(0.4)) > canvas.width_mm:
        raise DoesNotFit(f"{len(events)} events are too many for one timeline; divide it")
    axis = 2 * number_radius(canvas) + canvas.air(5.6) + canvas.mm(0.2)
    items = ruler(scale, canvas, axis) + draw_numbers(events, scale, canvas, axis)
    spans, height = draw_spans(bars, scale, canvas, axis + canvas.mm(TICK) + canvas.air(GAP / 2))
    top = axis + canvas.mm(TICK) + canvas.air(GAP) + height + (canvas.air(GAP) if bars else 0.0)
    listed, length = list_below(events, canvas, top)
    if spec.gaps and top + length > PAGE_ROOM:
        raise DoesNotFit("so many flags to fill are more than a page has room for; divide the timeline")
    return finished(spec, [*items, *spans, *listed], canvas, top + length, "so many events")


def _with_spans(
    spec: Timeline, items: list[Item], bars: list[Bar], scale: Scale, canvas: Canvas, bottom: float
) -> Drawing:
    if not bars:
        return finished(spec, items, canvas, bottom, "so many events")
    top = bottom + canvas.air(GAP / 2)
    spans, height = draw_spans(bars, scale, canvas, top)
    return finished(spec, items + spans, canvas, top + height + canvas.mm(0.4), "so many events")


def _notes(spec: Timeline, language: Language) -> list[Note]:
    """The events in the order of their dates; the flags to fill are numbered."""
    notes = sorted((_note(event, language) for event in spec.events), key=lambda n: (n.at, n.end, n.label))
    numbers = count(1)
    return [replace(note, number=next(numbers)) if note.lines else note for note in notes]


def _note(event: Event | Moment | Blank, language: Language) -> Note:
    """A day, and a time that begins on a day, is pointed at where it begins; another time, in its middle."""
    start, end = event.date.ordinal, ends(event.end or event.date)
    at = start if event.date.day else (start + end) / 2
    if isinstance(event, Blank):
        # Two lines at every flag: nothing tells a short answer from a long one.
        lines = (*(event.lines or (event.answer,)), None)[:2]
        return Note(at, start, end, event.when.plain if event.when else "", "", answer=event.answer, lines=lines)
    return Note(at, start, end, _when(event, language), event.label.plain)


def _when(event: Event | Moment, language: Language) -> str:
    """The date as the bank or the lesson words it, else written out: "April–May 1924"."""
    return event.when.plain if event.when is not None else in_words(event.date, event.end, language)


def in_words(date: PartialDate, end: PartialDate | None, language: Language) -> str:
    """A date, or the time until its end, as a language writes it."""
    if end is None or end == date:
        return language.date(date)
    once = bool(date.month and end.month and date.year == end.year)
    first, last = language.date(date, year=not once), language.date(end)
    return f"{first}–{last}" if first.isalnum() else f"{first} – {last}"
