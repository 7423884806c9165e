"""A living graph: events on a time axis, each at a height that pupils judge; the key draws a model line in its band."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from lessonpress.diagrams.axis import TICK, Scale, ends, ruler
from lessonpress.diagrams.base import Diagram, finished
from lessonpress.diagrams.canvas import Canvas
from lessonpress.diagrams.drawing import DoesNotFit, Dot, Drawing, Item, Label, Point, Trace
from lessonpress.diagrams.drawing import Line as Stroke
from lessonpress.diagrams.flags import apart
from lessonpress.diagrams.notes import number_radius
from lessonpress.model.base import Model
from lessonpress.model.dates import PartialDate
from lessonpress.model.sealed import Sealed
from lessonpress.model.text import Line

TOP = 10  # the height of the axis; its foot is 0
HEIGHT = 62.0  # mm on paper
LEAST = 45.0  # mm on a slide, below which no line can be read
WORDS = 24.0  # mm on paper: the column of the words at the ends of the upright axis
LEADER = 3.0  # the height in which a leader from a letter to its date may bend

Height = Annotated[int, Field(ge=0, le=TOP)]


class Mark(Model):
    """An event on the graph: its date, and under seal the height of the model and the band that is as good."""

    date: PartialDate
    end: PartialDate | None = None
    height: Sealed[Height]
    between: tuple[Sealed[Height], Sealed[Height]] | None = Field(
        default=None, description="the band; default: one below to one above"
    )
    given: Height | None = Field(default=None, description="a height that is printed")

    @model_validator(mode="before")
    @classmethod
    def _band(cls, data: Any) -> Any:
        return with_band(data)

    @property
    def at(self) -> float:
        """The date in years: of a time, its middle."""
        return self.date.ordinal if self.date.day else (self.date.ordinal + ends(self.end or self.date)) / 2


def with_band(data: Any) -> Any:
    """A height and its band as they are written, before anything is sealed: a band must hold its height."""
    value = _number(data.get("height")) if isinstance(data, Mapping) else None
    if value is None or value > TOP:
        return data
    band = data.get("between")
    if band is None:
        return {**data, "between": (max(0, value - 1), min(TOP, value + 1))}
    if isinstance(band, list | tuple) and len(band) == 2:
        low, high = (_number(end) for end in band)
        if low is not None and high is not None and not low <= value <= high:
            raise PydanticCustomError(
                "band_of_height",
                "the height {height} lies outside its band, {low} to {high}",
                {"height": value, "low": low, "high": high, "hint": "write between: [lowest, highest]"},
            )
    return data


def _number(value: Any) -> int | None:
    return int(value) if isinstance(value, str | int) and str(value).isdecimal() else None


class LivingGraph(Diagram):
    """Dates along the foot, a height from 0 to 10, and a letter above each date."""

    kind: Literal["living-graph"]
    from_: PartialDate = Field(alias="from")
    to: PartialDate
    high: Line = Field(description="what 10 means")
    low: Line = Field(description="what 0 means")
    marks: tuple[Mark, ...] = Field(min_length=3, max_length=12, description="in the order of time")
    letters: bool = Field(default=True, description="print the letters of the events above their dates")

    @model_validator(mode="after")
    def _inside(self) -> LivingGraph:
        start, end = self.from_.ordinal, ends(self.to)
        if end <= start:
            raise PydanticCustomError("timeline_backwards", "the graph ends before it begins")
        outside = [str(mark.date) for mark in self.marks if not start <= mark.at <= end]
        if outside:
            raise PydanticCustomError("outside", '"{label}" lies outside the graph', {"label": outside[0]})
        return self


def place(spec: LivingGraph, canvas: Canvas) -> Drawing:
    """The graph with its letters, ready to be marked. Raises DoesNotFit where letters or heights have no room."""
    left = _column(spec, canvas)
    scale = Scale(spec.from_.ordinal, ends(spec.to), left, canvas.width_mm - canvas.mm(2))
    radius = number_radius(canvas)
    top = 2 * radius + canvas.mm(LEADER) + 0.2 if spec.letters else canvas.mm(1)
    tall = canvas.mm(HEIGHT)
    if canvas.height_mm is not None:
        tall = canvas.height_mm - top - canvas.mm(TICK) - 0.2
        if tall < LEAST:
            raise DoesNotFit("a slide has no room for the heights of the graph")
    places = _letters(spec, scale, canvas, radius) if spec.letters else []
    heights = {str(n): top + tall * (1 - n / TOP) for n in range(TOP + 1)}
    columns = [scale.x(mark.at) for mark in spec.marks]
    items = [
        _band(spec, columns, heights, canvas),
        *_grid(scale, heights, canvas),
        *_upright(spec, left, heights, canvas),
        *ruler(scale, canvas, top + tall),
        *_model(spec, columns, heights, canvas),
    ]
    for n, x in enumerate(places):
        items += _letter(n, x, columns[n], radius, top, top + tall, canvas)
    for mark, x in zip(spec.marks, columns, strict=True):
        if mark.given is not None:
            items.append(Dot(x, heights[str(mark.given)], canvas.mm(1.3), "ink", "paper", canvas.mm(0.2)))
    return finished(spec, items, canvas, top + tall + canvas.mm(TICK) + 0.2, "so high a graph")


def _column(spec: LivingGraph, canvas: Canvas) -> float:
    """Where the plot begins: right of the words at the ends of its upright axis and of their figures."""
    words = [word for line in (spec.high, spec.low) for word in line.plain.split(" ")]
    column = max(canvas.mm(WORDS), canvas.widest(words, canvas.small_pt, 700))
    return column + canvas.width("10", canvas.small_pt, 700) + canvas.mm(4)


def _letters(spec: LivingGraph, scale: Scale, canvas: Canvas, radius: float) -> list[float]:
    """The places of the letters, as near to their dates as can be. Raises DoesNotFit where they have no room."""
    step = 2 * radius + canvas.mm(0.8)
    if len(spec.marks) * step > scale.right - scale.left + 2 * radius:
        raise DoesNotFit(f"{len(spec.marks)} letters have no room above one graph; take fewer events")
    return apart([scale.x(m.at) for m in spec.marks], step, scale.left, canvas.width_mm - radius - 0.2)


def _grid(scale: Scale, heights: dict[str, float], canvas: Canvas) -> list[Item]:
    return [Stroke(((scale.left, y), (scale.right, y)), "hair", canvas.mm(0.12)) for y in heights.values()]


def _upright(spec: LivingGraph, left: float, heights: dict[str, float], canvas: Canvas) -> list[Item]:
    """The upright axis with its figures, and what its ends mean."""
    top, foot, size = heights[str(TOP)], heights["0"], canvas.small_pt
    items: list[Item] = [Stroke(((left, top), (left, foot)), "ink", canvas.mm(0.5))]
    for n in (0, TOP // 2, TOP):
        y = heights[str(n)]
        items.append(Stroke(((left - canvas.mm(1.2), y), (left, y)), "ink", canvas.mm(0.35)))
        items.append(Label(left - canvas.mm(2), y + size * 0.127, str(n), size, "ink", 700, "end"))
    room = left - canvas.width("10", size, 700) - canvas.mm(4)
    for words, y in ((spec.high, top), (spec.low, foot)):
        lines = canvas.wrap(words.plain, size, room)
        middle = len(lines) * canvas.step(size) / 2
        start = min(max(y - middle, 0.0), foot + canvas.mm(TICK) - 2 * middle)
        items += canvas.lines(lines, 0.0, start, size)
    return items


def _letter(n: int, x: float, at: float, radius: float, top: float, foot: float, canvas: Canvas) -> list[Item]:
    """A letter in its circle, and the line below it on which the event is marked."""
    name = canvas.words.language.capitals[n]
    bent = ((x, 2 * radius + 0.2), (at, top), (at, foot))
    return [
        Stroke(bent, "rule", canvas.mm(0.2)),
        Dot(x, radius + 0.2, radius, "paper", "ink", canvas.mm(0.35)),
        Label(x, radius + 0.2 + canvas.small_pt * 0.127, name, canvas.small_pt, "ink", 700, "middle"),
    ]


def _at(x: float, heights: dict[str, float], across: float = 0.0, down: float = 0.0) -> dict[str, Point]:
    return {text: (x + across, y + down) for text, y in heights.items()}


def _band(spec: LivingGraph, columns: list[float], heights: dict[str, float], canvas: Canvas) -> Trace:
    """The band in which a line is as good as the model's."""
    forth = [_at(x, heights) for x in columns]
    bands = [mark.between or (mark.height, mark.height) for mark in spec.marks]
    answers = [low for low, _ in bands] + [high for _, high in reversed(bands)]
    return Trace((*forth, *reversed(forth)), tuple(answers), "tint", "accent", canvas.mm(0.2))


def _model(spec: LivingGraph, columns: list[float], heights: dict[str, float], canvas: Canvas) -> list[Item]:
    """The model line with a diamond for each event."""
    r = canvas.mm(1.5)
    line = Trace(
        tuple(_at(x, heights) for x in columns), tuple(m.height for m in spec.marks), None, "accent", canvas.mm(0.7)
    )
    corners = ((0.0, -r), (r, 0.0), (0.0, r), (-r, 0.0))
    return [
        line,
        *(
            Trace(tuple(_at(x, heights, *c) for c in corners), (mark.height,) * 4, "accent", "paper", canvas.mm(0.2))
            for mark, x in zip(spec.marks, columns, strict=True)
        ),
    ]
