"""Causes round an outcome, with room for arrows between them; keys draw the arrows of the model."""

from __future__ import annotations

import string
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise, permutations
from math import hypot
from typing import Annotated, Literal

from pydantic import Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from lessonpress.diagrams.base import Diagram, finished
from lessonpress.diagrams.canvas import Bounds, Canvas
from lessonpress.diagrams.drawing import Box, DoesNotFit, Dot, Drawing, Item, Label, Point, Polygon, Trace
from lessonpress.diagrams.drawing import Line as Stroke
from lessonpress.diagrams.notes import number_radius
from lessonpress.model.sealed import Sealed
from lessonpress.model.text import Line

OUTCOME = "X"
GAP = 10.0  # mm on paper: between two columns
ROW = 15.0  # between two rows: room to draw in
SLIDE_ROW = 6.0
PAD = 2.0
HEAD = 2.6
CORNERS = 5  # of a shaft: its ends and three bends, of which some may lie in one place
CELLS: dict[int, tuple[Point, ...]] = {
    4: ((0, 0), (2, 0), (2, 2), (0, 2)),
    5: ((0, 0), (1, 0), (2, 0), (2, 2), (0, 2)),
    6: ((0, 0), (1, 0), (2, 0), (2, 2), (1, 2), (0, 2)),
    7: ((0, 0), (1, 0), (2, 0), (2, 1), (2, 2), (1, 2), (0, 2)),
    8: ((0, 0), (1, 0), (2, 0), (2, 1), (2, 2), (1, 2), (0, 2), (0, 1)),
}
"""Column and row of each cause, clockwise from the top left; the outcome stands in the middle."""

Arrow = Annotated[str, StringConstraints(pattern=r"^[A-H]-[A-HX]$")]


class CauseWeb(Diagram):
    """An outcome and its causes; arrows go from cause to cause, or to the outcome, X."""

    kind: Literal["cause-web"]
    outcome: Line
    causes: tuple[Line, ...] = Field(min_length=4, max_length=8, description="lettered from A, clockwise")
    arrows: tuple[Sealed[Arrow], ...] = Field(default=(), description="arrows of the model, such as A-C or B-X")
    given: tuple[Arrow, ...] = Field(default=(), description="arrows that are printed")

    @model_validator(mode="after")
    def _arrows_join_boxes(self) -> CauseWeb:
        known = string.ascii_uppercase[: len(self.causes)] + OUTCOME
        for arrow in self.given:
            tail, head = arrow.split("-")
            if tail == head or tail not in known or head not in known:
                raise PydanticCustomError("no_arrow", 'no arrow can go "{arrow}"', {"arrow": arrow})
        return self


@dataclass(frozen=True, slots=True)
class _Way:
    """An arrow: where it starts, bends at most three times, and meets its head, and the three corners of that."""

    shaft: tuple[Point, ...]
    head: tuple[Point, Point, Point]


def place(spec: CauseWeb, canvas: Canvas) -> Drawing:
    """The boxes of the web. Raises DoesNotFit for words that are wider than a box and for a slide too low."""
    radius = number_radius(canvas)
    width = (canvas.width_mm - 2 * radius - 0.4 - 2 * canvas.mm(GAP)) / 3
    words = [*(cause.plain for cause in spec.causes), spec.outcome.plain]
    room = width - 2 * canvas.mm(PAD)
    weights = [400] * len(spec.causes) + [700]
    texts = [canvas.wrap(text, canvas.body_pt, room, w) for text, w in zip(words, weights, strict=True)]
    if any(canvas.widest(lines, canvas.body_pt, w) > room for lines, w in zip(texts, weights, strict=True)):
        raise DoesNotFit("a word of the cause web is wider than its box; use shorter words")
    tall = max(map(len, texts)) * canvas.step(canvas.body_pt) + 2 * canvas.mm(PAD)
    between = canvas.mm(ROW)
    if canvas.height_mm is not None:
        spare = (canvas.height_mm - 3 * tall - radius - 0.8) / 2
        between = min(between, max(spare, canvas.mm(SLIDE_ROW)))
    cells = (*CELLS[len(spec.causes)], (1, 1))
    boxes = [
        Bounds(x, y, x + width, y + tall)
        for column, row in cells
        for x, y in [(radius + 0.2 + column * (width + canvas.mm(GAP)), radius + 0.2 + row * (tall + between))]
    ]
    letters = string.ascii_uppercase[: len(spec.causes)] + OUTCOME
    names = canvas.words.language.capitals
    ways = {f"{letters[a]}-{letters[b]}": way for a, b, way in _ways(boxes, canvas)}
    items = [item for arrow in spec.given for item in _given(ways[arrow], canvas)]
    items += [item for arrow in spec.arrows for item in _answered(arrow, ways, canvas)]
    for n, box in enumerate(boxes):
        items += _box(names[string.ascii_uppercase.index(letters[n])], texts[n], weights[n], box, radius, canvas)
    return finished(spec, items, canvas, boxes[-1].bottom + between + tall + 0.4, "so long causes")


def _box(letter: str, lines: Sequence[str], weight: int, box: Bounds, radius: float, canvas: Canvas) -> list[Item]:
    """A box with its text in the middle and its letter on the corner."""
    size = canvas.body_pt
    top = (box.top + box.bottom - len(lines) * canvas.step(size)) / 2
    pen = canvas.mm(0.7 if weight > 400 else 0.35)
    return [
        Box(box.left, box.top, box.right - box.left, box.bottom - box.top, "paper", "ink", pen, canvas.mm(1.2)),
        *canvas.lines(lines, (box.left + box.right) / 2, top, size, weight=weight, anchor="middle"),
        Dot(box.left, box.top, radius, "paper", "ink", canvas.mm(0.35)),
        Label(box.left, box.top + canvas.small_pt * 0.127, letter, canvas.small_pt, "ink", 700, "middle"),
    ]


def _given(way: _Way, canvas: Canvas) -> list[Item]:
    return [Stroke(way.shaft, "ink", canvas.mm(0.6)), Polygon(way.head)]


def _answered(arrow: object, ways: dict[str, _Way], canvas: Canvas) -> list[Item]:
    """An arrow of the model: every way that it may go, of which a key draws one."""
    shaft = tuple({name: way.shaft[n] for name, way in ways.items()} for n in range(CORNERS))
    head = tuple({name: way.head[n] for name, way in ways.items()} for n in range(3))
    return [
        Trace(shaft, (arrow,) * CORNERS, None, "accent", canvas.mm(0.6)),
        Trace(head, (arrow,) * 3, "accent", "accent", canvas.mm(0.1)),
    ]


def _ways(boxes: Sequence[Bounds], canvas: Canvas) -> Iterator[tuple[int, int, _Way]]:
    """The arrow from every box to every other, by their numbers."""
    for a, tail in enumerate(boxes):
        for b, head in enumerate(boxes):
            if a != b:
                others = [box for n, box in enumerate(boxes) if n not in (a, b)]
                yield a, b, _way(tail, head, others, canvas)


def _way(tail: Bounds, head: Bounds, others: Sequence[Bounds], canvas: Canvas) -> _Way:
    """The shortest arrow with three bends at most that crosses no other box; a straight one where there is none."""
    start, end, straight = _centre(tail), _centre(head), _middle(tail, head)
    corners = [corner for box in others if _meets(box, start, end) for corner in _corners(box, others, canvas)]
    bends = [(straight,) * 3, *((c, c, c) for c in corners)]
    bends += [(a, b, b) for a, b in permutations(corners, 2)] + [(a, b, c) for a, b, c in permutations(corners[:8], 3)]
    routes = [(start, *bend, end) for bend in bends]
    free = [route for route in routes if not any(_meets(box, p, q) for p, q in pairwise(route) for box in others)]
    _, *between, _ = min(free, key=_length) if free else routes[0]
    last = between[-1]
    leave, tip = _edge(tail, between[0], start, canvas), _edge(head, last, end, canvas)
    long, away = canvas.mm(HEAD), hypot(tip[0] - last[0], tip[1] - last[1]) or 1.0
    dx, dy = (tip[0] - last[0]) / away, (tip[1] - last[1]) / away
    base = (tip[0] - dx * long, tip[1] - dy * long)
    sides = ((base[0] + dy * long / 2, base[1] - dx * long / 2), (base[0] - dy * long / 2, base[1] + dx * long / 2))
    return _Way((leave, *between, base), (tip, *sides))


def _length(route: Sequence[Point]) -> float:
    return sum(hypot(q[0] - p[0], q[1] - p[1]) for p, q in pairwise(route))


def _centre(box: Bounds) -> Point:
    return (box.left + box.right) / 2, (box.top + box.bottom) / 2


def _middle(one: Bounds, other: Bounds) -> Point:
    """The middle of the straight line between two boxes."""
    (x1, y1), (x2, y2) = _centre(one), _centre(other)
    (x3, y3), (x4, y4) = _leaves(one, (x1, y1), (x2, y2)), _leaves(other, (x2, y2), (x1, y1))
    return (x3 + x4) / 2, (y3 + y4) / 2


def _leaves(box: Bounds, inside: Point, outside: Point) -> Point:
    """Where a line from the middle of a box to a point beyond it leaves the box."""
    (x, y), (dx, dy) = inside, (outside[0] - inside[0], outside[1] - inside[1])
    parts = [1.0]
    if dx:
        parts.append(((box.right if dx > 0 else box.left) - x) / dx)
    if dy:
        parts.append(((box.bottom if dy > 0 else box.top) - y) / dy)
    part = min(parts)
    return x + dx * part, y + dy * part


def _edge(box: Bounds, bend: Point, centre: Point, canvas: Canvas) -> Point:
    """Where an arrow meets a box, with a little air."""
    x, y = _leaves(box, centre, bend)
    length = hypot(bend[0] - x, bend[1] - y) or 1.0
    air = min(canvas.mm(0.8), length / 3)
    return x + (bend[0] - x) / length * air, y + (bend[1] - y) / length * air


def _corners(box: Bounds, others: Sequence[Bounds], canvas: Canvas) -> Iterator[Point]:
    """Points in the gaps beside the corners of a box, between the outer edges of the others."""
    out = canvas.mm(3.4)
    top, bottom = min(other.top for other in others), max(other.bottom for other in others)
    for x in (box.left - out, box.right + out):
        for y in (box.top - out, box.bottom + out):
            if 0 < x < canvas.width_mm and top <= y <= bottom:
                yield x, y


def _meets(box: Bounds, start: Point, end: Point) -> bool:
    """Whether a straight line comes into a box."""
    low, high = 0.0, 1.0
    for p, d, least, most in (
        (start[0], end[0] - start[0], box.left, box.right),
        (start[1], end[1] - start[1], box.top, box.bottom),
    ):
        if abs(d) < 1e-9:
            if not least < p < most:
                return False
            continue
        near, far = sorted(((least - p) / d, (most - p) / d))
        low, high = max(low, near), min(high, far)
    return low < high - 1e-9
