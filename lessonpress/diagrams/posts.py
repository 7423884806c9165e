"""Who held which posts at a date: leaders against bodies, with drawn marks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from lessonpress.diagrams.base import Diagram, finished
from lessonpress.diagrams.canvas import Canvas
from lessonpress.diagrams.drawing import Dot, Drawing, Item
from lessonpress.diagrams.drawing import Line as Stroke
from lessonpress.model.base import Model
from lessonpress.model.refs import PersonRef
from lessonpress.model.text import Line

NAMES = 25.0  # mm on paper: the column of the names
ROW = 6.4
MARK = 1.7
PAD = 2.0  # left and right of a head, together


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
    holders: Annotated[tuple[Holder, ...], BeforeValidator(_holders, json_schema_input_type=dict[str, list[str]])] = (
        Field(min_length=1)
    )

    @model_validator(mode="after")
    def _bodies_are_listed(self) -> Posts:
        for holder in self.holders:
            for body in holder.bodies:
                if body not in self.bodies:
                    raise PydanticCustomError("unknown_body", '"{body}" is not in bodies', {"body": body.plain})
        return self


def place(spec: Posts, canvas: Canvas) -> Drawing:
    """The table. Raises DoesNotFit where a slide has no room for the rows."""
    heads = [body.plain for body in spec.bodies]
    names = _names(spec, canvas)
    size, legend = _head_size(spec, heads, canvas), list[str]()
    if size is None:
        # Large print: the columns are numbered, and a line below says what the numbers mean.
        legend, heads, size = heads, [str(n) for n in range(1, len(heads) + 1)], canvas.body_pt
    edges = _edges(heads, size, canvas, names)
    texts = [canvas.wrap(h, size, edges[n + 1] - edges[n] - canvas.mm(PAD) / 2, 700) for n, h in enumerate(heads)]
    top = max(map(len, texts)) * canvas.step(size) + canvas.mm(2.4)
    items: list[Item] = []
    for n, lines in enumerate(texts):
        start = top - canvas.mm(1.2) - len(lines) * canvas.step(size)
        items += canvas.lines(lines, (edges[n] + edges[n + 1]) / 2, start, size, weight=700, anchor="middle")
    items += canvas.lines([spec.date.plain], 0.0, top - canvas.mm(1.2) - canvas.step(size), size, weight=700)
    rows, bottom = _rows(spec, canvas, edges, top)
    rules: list[Item] = [Stroke(((0.0, y), (canvas.width_mm, y)), "ink", canvas.mm(0.35)) for y in (top, bottom)]
    below, bottom = _legend(legend, canvas, bottom)
    return finished(spec, [*items, *rows, *rules, *below], canvas, bottom, "so many leaders")


def _legend(heads: list[str], canvas: Canvas, top: float) -> tuple[list[Item], float]:
    """What the numbers of the columns mean, and the foot of the drawing."""
    if not heads:
        return [], top + canvas.mm(0.2)
    entries = [f"{n}\u00a0{head}".replace(" ", "\u00a0") for n, head in enumerate(heads, 1)]
    lines = canvas.wrap("; ".join(entries), canvas.body_pt, canvas.width_mm, even=False)
    items = canvas.lines(lines, 0.0, top + canvas.mm(1.4), canvas.body_pt)
    return list(items), top + canvas.mm(1.4) + len(lines) * canvas.step(canvas.body_pt)


def _names(spec: Posts, canvas: Canvas) -> float:
    shorts = [holder.person.short.plain for holder in spec.holders]
    wide = canvas.widest(shorts, canvas.body_pt, 600)
    return max(wide, canvas.width(spec.date.plain, canvas.small_pt, 700)) + canvas.mm(3)


def _words(head: str, size: float, canvas: Canvas) -> float:
    return canvas.widest(head.split(" "), size, 700) + canvas.mm(PAD)


def _head_size(spec: Posts, heads: list[str], canvas: Canvas) -> float | None:
    """The larger size at which the heads fit equal columns, else columns of their own width, else None."""
    room = canvas.width_mm - _names(spec, canvas)
    sizes = (canvas.body_pt, canvas.small_pt)
    needs = {size: [_words(head, size, canvas) for head in heads] for size in sizes}
    for size in sizes:
        if max(needs[size]) * len(heads) <= room:
            return size
    for size in sizes:
        if sum(needs[size]) <= room:
            return size
    return None


def _edges(heads: list[str], size: float, canvas: Canvas, names: float) -> list[float]:
    """The edges of the columns in mm: equal where every head fits so, else the long heads get more."""
    need = [_words(head, size, canvas) for head in heads]
    # The names give way to equal columns, but keep the width that they need.
    first = max(names, min(canvas.mm(NAMES), canvas.width_mm - len(heads) * max(need)))
    equal = (canvas.width_mm - first) / len(heads)
    if max(need) > equal:
        spare = (canvas.width_mm - first - sum(need)) / len(heads)
        widths = [width + spare for width in need]
    else:
        widths = [equal] * len(heads)
    return [first + sum(widths[:n]) for n in range(len(heads) + 1)]


def _rows(spec: Posts, canvas: Canvas, edges: list[float], top: float) -> tuple[list[Item], float]:
    row, items, y = canvas.mm(ROW), list[Item](), top
    if canvas.height_mm is not None:
        row = min(row, max(canvas.step(canvas.body_pt), (canvas.height_mm - canvas.mm(0.2) - top) / len(spec.holders)))
    for holder in spec.holders:
        if y > top:
            items.append(Stroke(((0.0, y), (canvas.width_mm, y)), "hair", canvas.mm(0.18)))
        start = y + (row - canvas.step(canvas.body_pt)) / 2
        items += canvas.lines([holder.person.short.plain], 0.0, start, canvas.body_pt, weight=600)
        for n, body in enumerate(spec.bodies):
            if body in holder.bodies:
                items.append(Dot((edges[n] + edges[n + 1]) / 2, y + row / 2, canvas.mm(MARK), "ink"))
        y += row
    return items, y
