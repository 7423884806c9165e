"""Steps that lead round in a ring; one arrow may be broken, and steps may hold gaps."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from lessonpress.diagrams.base import Diagram, finished
from lessonpress.diagrams.canvas import Canvas
from lessonpress.diagrams.drawing import Anchor, Box, DoesNotFit, Drawing, Item, Label, Point, Polygon
from lessonpress.diagrams.drawing import Line as Stroke
from lessonpress.diagrams.steps import Step, steps_of, text_items
from lessonpress.model.base import Model
from lessonpress.model.gaps import Gap, GapText
from lessonpress.model.text import Line

BETWEEN = 11.0  # between two boxes beside each other
MIDDLE = 15.0  # between the two rows
SLIDE_MIDDLE = 11.0
PAD = 2.2
HEAD = 3.0
BREAK = 3.4
LABEL = 50.0  # the width of the label of the break


class Broken(Model):
    """The arrow that was broken: the one after a step, counted from 1."""

    after: int = Field(ge=1)
    label: Line


class CircularFlow(Diagram):
    """A ring of steps with arrows; a step may hold `[[gaps]]`."""

    kind: Literal["circular-flow"]
    steps: tuple[GapText, ...] = Field(min_length=4, max_length=8)
    broken: Broken | None = None

    @model_validator(mode="after")
    def _break_is_in_the_ring(self) -> CircularFlow:
        if self.broken and self.broken.after > len(self.steps):
            raise PydanticCustomError("no_step", "broken: there is no step {after}", {"after": self.broken.after})
        return self

    @property
    def gaps(self) -> tuple[Gap, ...]:
        """The blanks round the ring."""
        return tuple(gap for step in self.steps for gap in step.gaps)


@dataclass(frozen=True, slots=True)
class _Arrow:
    start: Point
    end: Point


@dataclass(frozen=True, slots=True)
class _Ring:
    """Boxes of one size on the edge of a grid, in the order of the steps."""

    columns: int
    rows: int
    width: float
    height: float
    between: float
    middle: float
    edge: float
    cells: tuple[Point, ...]

    def corner(self, n: int) -> Point:
        """The top left corner of a box."""
        column, row = self.cells[n % len(self.cells)]
        return self.edge + column * (self.width + self.between), self.edge + row * (self.height + self.middle)

    @property
    def total(self) -> float:
        """The height of the whole ring."""
        return self.rows * self.height + (self.rows - 1) * self.middle + 2 * self.edge


def place(spec: CircularFlow, canvas: Canvas) -> Drawing:
    """The ring, clockwise from the top left. Raises DoesNotFit for steps that are too long.

    It lies in two rows; where its boxes would be too narrow, as in large print, it stands in
    two columns.
    """
    ring, steps = _fitted(spec, canvas)
    items: list[Item] = []
    for n in range(len(steps)):
        arrow = _arrow(ring, n, canvas)
        if spec.broken and spec.broken.after == n + 1:
            items += [*_broken(arrow, canvas), *_break_label(spec.broken.label.plain, arrow, ring, canvas)]
        else:
            items += _whole(arrow, canvas)
    for n, step in enumerate(steps):
        x, y = ring.corner(n)
        box = Box(x, y, ring.width, ring.height, "paper", "ink", canvas.mm(0.6), canvas.mm(1.6))
        items += [box, *text_items(step, box, canvas)]
    return finished(spec, items, canvas, ring.total, "so long steps")


def _fitted(spec: CircularFlow, canvas: Canvas) -> tuple[_Ring, list[Step]]:
    """The first form of the ring whose boxes hold every word, and the steps in lines."""
    count = len(spec.steps)
    half = (count + 1) // 2
    for columns, rows in ((half, 2), (2, half)):
        edge, between = canvas.mm(0.3), canvas.mm(BETWEEN)
        width = (canvas.width_mm - 2 * edge - (columns - 1) * between) / columns
        steps = steps_of(spec.steps, canvas, width - 2 * canvas.mm(PAD))
        if steps is not None:
            height = max(step.height for step in steps) + 2 * canvas.mm(PAD)
            cells = _cells(count, columns, rows)
            return _Ring(columns, rows, width, height, between, _middle(spec, canvas), edge, cells), steps
    raise DoesNotFit("a word or blank of the circular flow is wider than its box; use shorter words")


def _cells(count: int, columns: int, rows: int) -> tuple[Point, ...]:
    """Columns and rows of the boxes. With an odd count one side has a box fewer, evenly spaced."""
    if rows == 2:
        below = count - columns
        stride = (columns - 1) / (below - 1)
        return tuple((n, 0) for n in range(columns)) + tuple((columns - 1 - n * stride, 1) for n in range(below))
    left = count - rows
    stride = (rows - 1) / (left - 1)
    return ((0, 0), *((1, n) for n in range(rows)), *((0, rows - 1 - n * stride) for n in range(left - 1)))


def _middle(spec: CircularFlow, canvas: Canvas) -> float:
    """The height between the rows, with room for the label of the break."""
    least = canvas.mm(SLIDE_MIDDLE if canvas.tight else MIDDLE)
    if spec.broken is None:
        return least
    lines = canvas.wrap(spec.broken.label.plain, canvas.body_pt, canvas.mm(LABEL), 700)
    return max(least, len(lines) * canvas.step(canvas.body_pt) + canvas.mm(2 if canvas.tight else 5))


def _arrow(ring: _Ring, n: int, canvas: Canvas) -> _Arrow:
    """From a box to the next, the last to the first, with a little air at both ends."""
    air, (x, y), (nx, ny) = canvas.mm(0.9), ring.corner(n), ring.corner(n + 1)
    if abs(y - ny) < 1e-6:
        way = 1 if nx > x else -1
        start, end = (x + ring.width, nx) if way > 0 else (x, nx + ring.width)
        return _Arrow((start + way * air, y + ring.height / 2), (end - way * air, y + ring.height / 2))
    way = 1 if ny > y else -1
    start, end = (y + ring.height, ny) if way > 0 else (y, ny + ring.height)
    return _Arrow((x + ring.width / 2, start + way * air), (nx + ring.width / 2, end - way * air))


def _way(arrow: _Arrow) -> Point:
    """The direction of an arrow, which lies or stands."""
    (x1, y1), (x2, y2) = arrow.start, arrow.end
    length = abs(x2 - x1) + abs(y2 - y1)
    return (x2 - x1) / length, (y2 - y1) / length


def _head(arrow: _Arrow, canvas: Canvas) -> tuple[Polygon, Point]:
    """The arrowhead, and where its shaft ends."""
    (dx, dy), (x, y), length = _way(arrow), arrow.end, canvas.mm(HEAD)
    base, half = (x - dx * length, y - dy * length), length * 0.55
    sides = ((base[0] + dy * half, base[1] - dx * half), (base[0] - dy * half, base[1] + dx * half))
    return Polygon((arrow.end, *sides)), base


def _whole(arrow: _Arrow, canvas: Canvas) -> list[Item]:
    head, base = _head(arrow, canvas)
    return [Stroke((arrow.start, base), "ink", canvas.mm(0.9)), head]


def _broken(arrow: _Arrow, canvas: Canvas) -> list[Item]:
    """A shaft with a gap in it between two slanting strokes."""
    head, base = _head(arrow, canvas)
    (dx, dy), (x1, y1) = _way(arrow), arrow.start
    cx, cy, half = (x1 + base[0]) / 2, (y1 + base[1]) / 2, canvas.mm(1.1)
    before, after = (cx - dx * half, cy - dy * half), (cx + dx * half, cy + dy * half)
    pen, r = canvas.mm(0.9), canvas.mm(BREAK / 2)
    slant = [
        Stroke(
            ((x - dy * r - dx * r / 2, y - dx * r - dy * r / 2), (x + dy * r + dx * r / 2, y + dx * r + dy * r / 2)),
            "accent",
            pen,
        )
        for x, y in (before, after)
    ]
    return [Stroke((arrow.start, before), "ink", pen), Stroke((after, base), "ink", pen), head, *slant]


def _break_label(label: str, arrow: _Arrow, ring: _Ring, canvas: Canvas) -> list[Label]:
    """The label of the break, inside the ring beside its arrow."""
    size = canvas.body_pt
    lines = canvas.wrap(label, size, canvas.mm(LABEL), 700)
    tall, (x, y), (x2, y2) = len(lines) * canvas.step(size), arrow.start, arrow.end
    if y == y2:
        below = (ring.height + ring.middle) / 2
        centre = y + (below if y < ring.total / 2 else -below)
        return canvas.lines(lines, (x + x2) / 2, centre - tall / 2, size, weight=700, role="accent", anchor="middle")
    left, air = x < canvas.width_mm / 2, canvas.mm(3.4)
    anchor: Anchor = "start" if left else "end"
    aside = x + (air if left else -air)
    return canvas.lines(lines, aside, (y + y2 - tall) / 2, size, weight=700, role="accent", anchor=anchor)
