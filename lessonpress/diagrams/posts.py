"""Who held which posts at a date: leaders against bodies, with drawn marks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from lessonpress.diagrams.base import Diagram, finished
from lessonpress.diagrams.canvas import Canvas
from lessonpress.diagrams.drawing import DoesNotFit, Dot, Drawing, Item, Line as Stroke
from lessonpress.model.base import Model
from lessonpress.model.refs import PersonRef
from lessonpress.model.text import Line

NAMES = 25.0  # mm on paper: the column of the names
ROW = 6.4
MARK = 1.7
PAD = 2.2  # left and right of a head, together


class Holder(Model):
    """A leader and the bodies that he sat on."""

    person: PersonRef
    bodies: tuple[Line, ...]


def _holders(value: Any) -> Any:
    if isinstance(value, Mapping):
        return [{"person": person, "bodies": bodies} for person, bodies in value.items()]
    return value


class Posts(Diagram):
    """A table of leaders and bodies at a date; a mark shows who sat where."""

    kind: Literal["posts"]
    date: Line
    bodies: tuple[Line, ...] = Field(min_length=1, max_length=9)
    holders: Annotated[tuple[Holder, ...], BeforeValidator(_holders, json_schema_input_type=dict[str, list[str]])] = Field(min_length=1)

    @model_validator(mode="after")
    def _bodies_are_listed(self) -> Posts:
        known = {body.plain for body in self.bodies}
        for holder in self.holders:
            for body in holder.bodies:
                if body.plain not in known:
                    raise PydanticCustomError("unknown_body", '"{body}" is not in bodies', {"body": body.plain})
        return self


def place(spec: Posts, canvas: Canvas) -> Drawing:
    """The table. Raises DoesNotFit where a head is wider than its column or the rows are too many."""
    heads = [body.plain for body in spec.bodies]
    size = _head_size(spec, heads, canvas)
    names = _names(spec, canvas)
    edges = _edges(heads, size, canvas, names)
    texts = [canvas.wrap(h, size, edges[n + 1] - edges[n] - canvas.mm(PAD) / 2, 700) for n, h in enumerate(heads)]
    top = max(map(len, texts)) * canvas.step(size) + canvas.mm(2.4)
    items: list[Item] = []
    for n, lines in enumerate(texts):
        start = top - canvas.mm(1.2) - len(lines) * canvas.step(size)
        items += canvas.lines(lines, (edges[n] + edges[n + 1]) / 2, start, size, weight=700, anchor="middle")
    items += canvas.lines([spec.date.plain], 0.0, top - canvas.mm(1.2) - canvas.step(size), size, weight=700)
    rows, bottom = _rows(spec, heads, canvas, edges, top)
    if canvas.height_mm is not None and bottom > canvas.height_mm:
        raise DoesNotFit("the table of posts has too many leaders for a slide; leave some out")
    rules: list[Item] = [Stroke(((0.0, y), (canvas.width_mm, y)), "ink", canvas.mm(0.35)) for y in (top, bottom)]
    return finished(spec, [*items, *rows, *rules], canvas.width_mm, bottom + canvas.mm(0.2))


def _names(spec: Posts, canvas: Canvas) -> float:
    shorts = [holder.person.short.plain for holder in spec.holders]
    wide = canvas.widest(shorts, canvas.body_pt, 600)
    return max(wide, canvas.width(spec.date.plain, canvas.small_pt, 700)) + canvas.mm(3)


def _words(head: str, size: float, canvas: Canvas) -> float:
    return canvas.widest(head.split(" "), size, 700) + canvas.mm(PAD)


def _head_size(spec: Posts, heads: list[str], canvas: Canvas) -> float:
    """The larger of the two sizes at which every word of the heads fits its column."""
    room = canvas.width_mm - _names(spec, canvas)
    for size in (canvas.body_pt, canvas.small_pt):
        if sum(_words(h, size, canvas) for h in heads) <= room:
            return size
    raise DoesNotFit("the names of the bodies are too long for the columns; shorten them or leave one out")


def _edges(heads: list[str], size: float, canvas: Canvas, names: float) -> list[float]:
    """The edges of the columns in mm: equal where every head fits so, else the long heads get more."""
    need = [_words(head, size, canvas) for head in heads]
    first = max(names, min(canvas.mm(NAMES), canvas.width_mm - sum(need)))
    equal = (canvas.width_mm - first) / len(heads)
    if max(need) > equal:
        spare = (canvas.width_mm - first - sum(need)) / len(heads)
        widths = [width + spare for width in need]
    else:
        widths = [equal] * len(heads)
    return [first + sum(widths[:n]) for n in range(len(heads) + 1)]


def _rows(
    spec: Posts, heads: list[str], canvas: Canvas, edges: list[float], top: float
) -> tuple[list[Item], float]:
    row, items, y = canvas.mm(ROW), list[Item](), top
    for holder in spec.holders:
        if y > top:
            items.append(Stroke(((0.0, y), (canvas.width_mm, y)), "hair", canvas.mm(0.18)))
        start = y + (row - canvas.step(canvas.body_pt)) / 2
        items += canvas.lines([holder.person.short.plain], 0.0, start, canvas.body_pt, weight=600)
        for n, head in enumerate(heads):
            if any(body.plain == head for body in holder.bodies):
                items.append(Dot((edges[n] + edges[n + 1]) / 2, y + row / 2, canvas.mm(MARK), "ink"))
        y += row
    return items, y
