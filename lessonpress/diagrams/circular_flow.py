"""Steps that lead round in a ring; one arrow may be broken, and steps may hold gaps."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from lessonpress.diagrams.base import Diagram, finished
from lessonpress.diagrams.canvas import Canvas
from lessonpress.diagrams.drawing import Box, DoesNotFit, Drawing, Item, Label, Line as Stroke, Point, Polygon
from lessonpress.model.base import Model
from lessonpress.model.gaps import Gap, GapText
from lessonpress.model.text import Line

BLANK = 36.0  # mm on paper: the length of every blank, its number included
BETWEEN = 11.0  # between two boxes beside each other
MIDDLE = 15.0  # between the two rows
PAD = 2.2
HEAD = 3.0
BREAK = 3.4


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
class _Word:
    """A word or a blank of a step, and its width in mm."""

    text: str
    width: float
    glued: bool  # no space before it
    gap: int | None = None
    answer: object = None


@dataclass(frozen=True, slots=True)
class _Step:
    lines: tuple[tuple[_Word, ...], ...]
    height: float


@dataclass(frozen=True, slots=True)
class _Arrow:
    start: Point
    end: Point


def place(spec: CircularFlow, canvas: Canvas) -> Drawing:
    """The ring in two rows, the first step at the top left. Raises DoesNotFit for steps that are too long."""
    columns = (len(spec.steps) + 1) // 2
    width = (canvas.width_mm - canvas.mm(0.6) - (columns - 1) * canvas.mm(BETWEEN)) / columns
    steps = _steps(spec, canvas, width - 2 * canvas.mm(PAD))
    height = max(step.height for step in steps) + 2 * canvas.mm(PAD)
    middle = _middle(spec, canvas, width)
    corners = _corners(len(steps), columns, width, height, middle, canvas)
    items: list[Item] = []
    for n, arrow in enumerate(_arrows(corners, columns, width, height, canvas), 1):
        broken = spec.broken is not None and spec.broken.after == n
        items += _broken(arrow, canvas) if broken else _whole(arrow, canvas)
        if spec.broken and broken:
            items += _break_label(spec.broken.label.plain, arrow, canvas, height, middle)
    for step, (x, y) in zip(steps, corners, strict=True):
        items.append(Box(x, y, width, height, "paper", "ink", canvas.mm(0.6), canvas.mm(1.6)))
        items += _text(step, x, y, width, height, canvas)
    total = 2 * height + middle + canvas.mm(0.6)
    if canvas.height_mm is not None and total > canvas.height_mm:
        raise DoesNotFit("the steps of the circular flow are too long for a slide; shorten them")
    return finished(spec, items, canvas.width_mm, total)


def _middle(spec: CircularFlow, canvas: Canvas, width: float) -> float:
    """The height between the rows, with room for the label of the break."""
    if spec.broken is None:
        return canvas.mm(MIDDLE)
    lines = canvas.wrap(spec.broken.label.plain, canvas.body_pt, _label_width(canvas), 700)
    return max(canvas.mm(MIDDLE), len(lines) * canvas.step(canvas.body_pt) + canvas.mm(5))


def _label_width(canvas: Canvas) -> float:
    return canvas.mm(46)


def _corners(count: int, columns: int, width: float, height: float, middle: float, canvas: Canvas) -> list[Point]:
    """The top left corners of the boxes: the first half runs right, the second half back below."""
    edge = canvas.mm(0.3)
    pitch = width + canvas.mm(BETWEEN)
    top = [(edge + n * pitch, edge) for n in range(columns)]
    below = count - columns
    # Fewer boxes below than above still stand under the two ends, so that the ring stays closed.
    stride = (columns - 1) * pitch / (below - 1)
    return top + [(edge + (columns - 1) * pitch - n * stride, edge + height + middle) for n in range(below)]


def _arrows(corners: list[Point], columns: int, width: float, height: float, canvas: Canvas) -> list[_Arrow]:
    """From each box to the next, the last to the first, with a little air at both ends."""
    air, out = canvas.mm(0.9), []
    for n, (x, y) in enumerate(corners):
        nx, ny = corners[(n + 1) % len(corners)]
        if y == ny:
            way = 1 if nx > x else -1
            start, end = (x + width, nx) if way > 0 else (x, nx + width)
            out.append(_Arrow((start + way * air, y + height / 2), (end - way * air, y + height / 2)))
        else:
            way = 1 if ny > y else -1
            start, end = (y + height, ny) if way > 0 else (y, ny + height)
            out.append(_Arrow((x + width / 2, start + way * air), (nx + width / 2, end - way * air)))
    return out


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
    cx, cy, half = (x1 + base[0]) / 2, (y1 + base[1]) / 2, canvas.mm(0.9)
    before, after = (cx - dx * half, cy - dy * half), (cx + dx * half, cy + dy * half)
    pen, r = canvas.mm(0.9), canvas.mm(BREAK / 2)
    slant = [
        Stroke(((x - dy * r - dx * r / 2, y - dx * r - dy * r / 2), (x + dy * r + dx * r / 2, y + dx * r + dy * r / 2)), "accent", pen)
        for x, y in (before, after)
    ]
    return [Stroke((arrow.start, before), "ink", pen), Stroke((after, base), "ink", pen), head, *slant]


def _break_label(label: str, arrow: _Arrow, canvas: Canvas, height: float, middle: float) -> list[Item]:
    """The label of the break, inside the ring beside its arrow."""
    size, air = canvas.body_pt, canvas.mm(3.4)
    lines = canvas.wrap(label, size, _label_width(canvas), 700)
    tall = len(lines) * canvas.step(size)
    (x, _), centre = arrow.start, height + canvas.mm(0.3) + middle / 2
    if arrow.start[1] == arrow.end[1]:
        x = (arrow.start[0] + arrow.end[0]) / 2
        return list(canvas.lines(lines, x, centre - tall / 2, size, weight=700, role="accent", anchor="middle"))
    left = x < canvas.width_mm / 2
    return list(
        canvas.lines(lines, x + (air if left else -air), centre - tall / 2, size, weight=700, role="accent", anchor="start" if left else "end")
    )


def _steps(spec: CircularFlow, canvas: Canvas, width: float) -> list[_Step]:
    """The steps broken into lines, their blanks numbered through the ring."""
    out, number = [], 0
    for step in spec.steps:
        words = _words(step, canvas, number)
        number += len(step.gaps)
        if any(word.width > width for word in words):
            raise DoesNotFit("a word or blank of the circular flow is wider than its box; use fewer or shorter steps")
        lines = _fill(words, canvas, width)
        out.append(_Step(lines, sum(_pitch(line, canvas) for line in lines)))
    return out


def _words(step: GapText, canvas: Canvas, number: int) -> list[_Word]:
    out: list[_Word] = []
    glued = False
    for piece in (piece for paragraph in step.paragraphs for piece in paragraph):
        if isinstance(piece, Gap):
            number += 1
            out.append(_Word(str(number), canvas.mm(BLANK), glued, number, piece.answer))
            glued = True
            continue
        text = piece.line.plain
        for n, word in enumerate(text.split(" ")):
            if word:
                out.append(_Word(word, canvas.width(word, canvas.body_pt), glued and n == 0))
        glued = not text.endswith(" ")
    return out


def _fill(words: list[_Word], canvas: Canvas, width: float) -> tuple[tuple[_Word, ...], ...]:
    """Lines of at most `width` mm; what is glued to a word stays beside it."""
    lines: list[list[_Word]] = [[]]
    for group in _groups(words):
        if lines[-1] and _length([*lines[-1], *group], canvas) > width:
            lines.append([])
        lines[-1] += group
    return tuple(tuple(line) for line in lines)


def _groups(words: list[_Word]) -> list[list[_Word]]:
    out: list[list[_Word]] = []
    for word in words:
        if word.glued and out:
            out[-1].append(word)
        else:
            out.append([word])
    return out


def _length(line: list[_Word] | tuple[_Word, ...], canvas: Canvas) -> float:
    spaces = sum(not word.glued for word in line[1:])
    return sum(word.width for word in line) + spaces * _space(canvas)


def _space(canvas: Canvas) -> float:
    return canvas.width(" ", canvas.body_pt)


def _pitch(line: tuple[_Word, ...], canvas: Canvas) -> float:
    """A line with a blank is as high as one handwritten word needs."""
    return canvas.mm(7.08) if any(word.gap for word in line) else canvas.step(canvas.body_pt)


def _text(step: _Step, x: float, y: float, width: float, height: float, canvas: Canvas) -> list[Item]:
    out: list[Item] = []
    size, top = canvas.body_pt, y + (height - step.height) / 2
    for line in step.lines:
        pitch = _pitch(line, canvas)
        baseline = top + pitch - canvas.step(size) + canvas.drop(size)
        left = x + (width - _length(line, canvas)) / 2
        for n, word in enumerate(line):
            left += _space(canvas) if n and not word.glued else 0.0
            out.append(_label(word, left, baseline, canvas))
            left += word.width
        top += pitch
    return out


def _label(word: _Word, x: float, y: float, canvas: Canvas) -> Label:
    if word.gap is None:
        return Label(x, y, word.text, canvas.body_pt)
    return Label(x, y, word.text, canvas.body_pt, "ink", 700, gap=word.gap, width=word.width, answer=word.answer)
