"""Events at an axis: as flags with their full text, or as numbers with a list.

A dot is a day; a bar on the axis is a longer time. Both stay on their dates, whatever becomes
of their labels.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from lessonpress.diagrams.axis import TICK, Scale
from lessonpress.diagrams.canvas import Canvas
from lessonpress.diagrams.drawing import Anchor, Box, Dot, Item, Label, Line
from lessonpress.diagrams.flags import Flag, Planted, apart, plant

WIDTHS = (52.0, 44.0, 37.0, 31.0, 26.0)  # mm on paper: how wide a flag may be
DATES = (1.0, 1.7)  # a date may be so many times wider than the label before it is broken
POLE_GAP = 2.4  # between two poles
BEND = 3.0  # the height in which a leader may bend
CLOTH = 1.1  # from a pole to its text
AIR = 1.8  # after a text, and between rows
BAND = TICK + 0.6
BLANK = 50.0  # mm on paper: the length of a line to write on, its number included
ONE_LINE = 1.7  # an answer of two such lines stands on one that is so many times as long
WRITTEN = 8.0  # between two lines to write on, whatever the type


@dataclass(frozen=True, slots=True)
class Note:
    """An event: a time from `start` to `end` in years, pointed at by `at`, and its words.

    With `lines` it is a flag to fill: `answer` whole and in `lines`, under seal, and its `number`.
    """

    at: float
    start: float
    end: float
    when: str
    label: str
    number: int = 0
    answer: object = field(default=None, compare=False, repr=False)
    lines: tuple[object, ...] = field(default=(), compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Form:
    """How flags are set: the size of their labels in pt, and how wide labels and dates may be in mm."""

    size: float
    width: float
    date: float


@dataclass(frozen=True, slots=True)
class Cloth:
    """The lines of a flag's label and date, whether its words fit the form, and its width and height in mm."""

    text: tuple[str, ...]
    when: tuple[str, ...]
    fits: bool
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Side:
    """The flags on one side of the axis, with their poles in mm and the size of their labels in pt."""

    notes: tuple[Note, ...]
    cloths: tuple[Cloth, ...]
    poles: tuple[float, ...]
    planted: tuple[Planted, ...]
    size: float
    when_size: float

    def rows(self) -> list[float]:
        """The heights of the rows in mm, from the axis outwards."""
        return _rows(self.planted, self.cloths)

    def height(self, canvas: Canvas) -> float:
        """The height in mm from the axis to the outer end of the flags."""
        return _height(self.rows(), canvas)


@dataclass(frozen=True, slots=True)
class Layout:
    """Flags above the axis, and below it where one side is too small."""

    above: Side
    below: Side | None

    def height(self, canvas: Canvas) -> float:
        """The height in mm with the strip of the axis."""
        below = self.below.height(canvas) + canvas.mm(BAND) if self.below else canvas.mm(TICK)
        return self.above.height(canvas) + below


def arrange(notes: Sequence[Note], scale: Scale, canvas: Canvas, one: float, two: float) -> Layout | None:
    """The best layout of flags on one side at most `one` mm high, or on two sides at most `two` mm.

    None where there is none.
    """
    found: list[tuple[float, int, Layout]] = []
    for form in _forms(canvas):
        for layout in _layouts(notes, scale, canvas, form):
            height = layout.height(canvas)
            # Larger text and a single side are worth some height.
            cost = height + canvas.mm((6 if form.size < canvas.body_pt else 0) + (14 if layout.below else 0))
            if height <= (two if layout.below else one):
                found.append((round(cost, 3), len(found), layout))
    return min(found)[2] if found else None


def _forms(canvas: Canvas) -> list[Form]:
    """The forms that are tried: two sizes, several widths, dates broken like labels or left longer."""
    sizes = dict.fromkeys((canvas.body_pt, canvas.small_pt))
    return [
        Form(size, canvas.mm(width), canvas.mm(width) * date) for size in sizes for width in WIDTHS for date in DATES
    ]


def _layouts(notes: Sequence[Note], scale: Scale, canvas: Canvas, form: Form) -> list[Layout]:
    cloths = [_cut(note, form, canvas) for note in notes]
    whole = _side(notes, cloths, scale, canvas, form)
    out = [Layout(whole, None)] if whole else []
    if len(notes) > 3:
        upper, lower = (_side(notes[n::2], cloths[n::2], scale, canvas, form) for n in (0, 1))
        if upper and lower:
            out.append(Layout(upper, lower))
    return out


def _cut(note: Note, form: Form, canvas: Canvas) -> Cloth:
    """The cloth of a flag in a form."""
    size, small = form.size, canvas.small_pt
    text = canvas.wrap(note.label, size, form.width) if note.label else []
    when = canvas.wrap(note.when, small, form.date, 700) if note.when else []
    narrow = canvas.widest(text, size)
    width = max(narrow, canvas.widest(when, small, 700), canvas.mm(BLANK) if note.lines else 0.0)
    words = len(text) * canvas.step(size) + len(note.lines) * pitch(canvas)
    height = len(when) * canvas.step(small) + words
    return Cloth(tuple(text), tuple(when), narrow <= form.width, width, height)


def _side(notes: Sequence[Note], cloths: Sequence[Cloth], scale: Scale, canvas: Canvas, form: Form) -> Side | None:
    """The flags of one side; None where they do not fit."""
    if not all(cloth.fits for cloth in cloths) or len(notes) * canvas.mm(POLE_GAP) > canvas.width_mm:
        return None
    edge = canvas.mm(0.4)
    poles = apart([scale.x(note.at) for note in notes], canvas.mm(POLE_GAP), edge, canvas.width_mm - edge)
    extra = canvas.mm(CLOTH + AIR)
    flags = [Flag(pole, cloth.width + extra) for pole, cloth in zip(poles, cloths, strict=True)]
    planted = plant(flags, canvas.width_mm, lambda placed: _height(_rows(placed, cloths), canvas))
    return (
        Side(tuple(notes), tuple(cloths), tuple(poles), tuple(planted), form.size, canvas.small_pt) if planted else None
    )


def _rows(planted: Sequence[Planted], cloths: Sequence[Cloth]) -> list[float]:
    """Each row as high as the highest flag in it."""
    rows = [0.0] * (1 + max((p.row for p in planted), default=-1))
    for flag, cloth in zip(planted, cloths, strict=True):
        rows[flag.row] = max(rows[flag.row], cloth.height)
    return rows


def _height(rows: Sequence[float], canvas: Canvas) -> float:
    return sum(rows) + canvas.air(AIR) * (len(rows) - 1) + canvas.air(BEND) if rows else 0.0


def pitch(canvas: Canvas) -> float:
    """The distance in mm between two lines to write on; on a slide nobody writes by hand."""
    least = canvas.step(canvas.body_pt) * 1.25
    return least if canvas.tight else max(least, WRITTEN)


def draw_side(side: Side, scale: Scale, canvas: Canvas, axis: float, way: int) -> list[Item]:
    """The flags of one side from the height `axis`, up (way -1) or down (way 1)."""
    rows, out = side.rows(), list[Item]()
    texts: list[Item] = []
    for n, note in enumerate(side.notes):
        row = side.planted[n].row
        near = canvas.air(BEND) + sum(rows[:row]) + row * canvas.air(AIR)
        top = axis - near - rows[row] if way < 0 else axis + near
        end = top if way < 0 else top + side.cloths[n].height
        x, pole, pen = scale.x(note.at), side.poles[n], canvas.mm(0.25)
        bent = ((x, axis), (pole, axis + way * canvas.air(BEND)), (pole, end))
        out.append(Line(((pole, axis), (pole, end)) if abs(x - pole) < 1e-6 else bent, "ink", pen))
        texts += _cloth(side, n, canvas, top)
    return [*out, *_marks(side.notes, scale, canvas, axis), *texts]


def _cloth(side: Side, n: int, canvas: Canvas, top: float) -> list[Label]:
    left = side.planted[n].left
    x = side.poles[n] + canvas.mm(-CLOTH if left else CLOTH)
    anchor: Anchor = "end" if left else "start"
    head = canvas.lines(side.cloths[n].when, x, top, side.when_size, weight=700, anchor=anchor)
    below = top + len(head) * canvas.step(side.when_size)
    note = side.notes[n]
    if note.lines:
        start = x - canvas.mm(BLANK) if left else x
        return head + blank(note, str(note.number), note.lines, start, below, canvas.mm(BLANK), canvas)
    return head + canvas.lines(side.cloths[n].text, x, below, side.size, anchor=anchor)


def blank(
    note: Note, number: str, answers: Sequence[object], x: float, top: float, width: float, canvas: Canvas
) -> list[Label]:
    """Lines to write on, `width` mm long, the first with the number by which the event is known here."""
    size, extra = canvas.body_pt, pitch(canvas) - canvas.step(canvas.body_pt)
    # A little of the pitch stays below a line, so that its rule is clear of what follows.
    first = top + extra - min(extra, canvas.mm(1.0)) + canvas.drop(size)
    return [
        Label(
            x,
            first + n * pitch(canvas),
            "" if n else number,
            size,
            "ink",
            700,
            gap=note.number,
            width=width,
            answer=answer,
        )
        for n, answer in enumerate(answers)
    ]


def _marks(notes: Sequence[Note], scale: Scale, canvas: Canvas, axis: float) -> list[Item]:
    """A dot for a day, a bar on the axis for a time that is longer than a dot is wide."""
    bars: list[Item] = []
    dots: list[Item] = []
    radius = canvas.mm(0.95)
    for note in notes:
        left, right = scale.x(note.start), scale.x(note.end)
        if right - left > 2 * radius:
            bars.append(Box(left, axis - radius, right - left, 2 * radius, "ink", "paper", canvas.mm(0.2)))
        else:
            dots.append(Dot(scale.x(note.at), axis, radius, "ink", "paper", canvas.mm(0.2)))
    return bars + dots


def draw_numbers(notes: Sequence[Note], scale: Scale, canvas: Canvas, axis: float) -> list[Item]:
    """Numbered circles above the axis, pushed apart, with bent leaders to the true dates."""
    radius, gap = number_radius(canvas), canvas.mm(0.8)
    wanted = [scale.x(note.at) for note in notes]
    places = apart(wanted, 2 * radius + gap, radius + 0.2, canvas.width_mm - radius - 0.2)
    y = axis - canvas.air(5.6) - radius
    out: list[Item] = []
    for x, place in zip(wanted, places, strict=True):
        points = ((x, axis), (place, axis - canvas.air(BEND)), (place, y + radius))
        out.append(Line(points, "ink", canvas.mm(0.25)))
    out += _marks(notes, scale, canvas, axis)
    for n, place in enumerate(places, 1):
        out.append(Dot(place, y, radius, "paper", "ink", canvas.mm(0.35)))
        out.append(Label(place, y + canvas.small_pt * 0.127, str(n), canvas.small_pt, "ink", 700, "middle"))
    return out


def number_radius(canvas: Canvas) -> float:
    """The radius of a numbered circle in mm: two figures fit."""
    return canvas.width("00", canvas.small_pt, 700) / 2 + canvas.mm(0.9)


def list_below(notes: Sequence[Note], canvas: Canvas, top: float) -> tuple[list[Item], float]:
    """The numbered list, in two columns where lines to write on have room in them, and its height in mm."""
    size, gutter = canvas.small_pt, canvas.mm(6)
    hang = canvas.width("00", size, 700) + canvas.mm(2)
    column = (canvas.width_mm - gutter) / 2
    if column < canvas.mm(BLANK) and any(note.lines for note in notes):
        column = canvas.width_mm
    half = (len(notes) + 1) // 2 if column < canvas.width_mm else len(notes)
    out: list[Item] = []
    lowest = top
    for start in range(0, len(notes), half):
        y, left = top, (column + gutter) * (start // half)
        for n, note in enumerate(notes[start : start + half], start + 1):
            items, height = _entry(note, n, left, y, column, hang, canvas)
            out += items
            y += height + canvas.air(0.8)
        lowest = max(lowest, y)
    return out, lowest - top


def _entry(
    note: Note, number: int, left: float, top: float, column: float, hang: float, canvas: Canvas
) -> tuple[list[Label], float]:
    """One event of the list, or a line to write it on, and the height in mm that it takes."""
    size = canvas.small_pt
    if note.lines:
        head = canvas.lines([str(number)], left, top, size, weight=700) if note.when else []
        head += canvas.lines([note.when], left + hang, top, size, weight=700) if note.when else []
        below, room = (canvas.step(size), column - hang) if note.when else (0.0, column)
        answers = (note.answer,) if room >= ONE_LINE * canvas.mm(BLANK) else note.lines
        words = blank(note, "" if note.when else str(number), answers, left + column - room, top + below, room, canvas)
        return head + words, below + len(answers) * pitch(canvas)
    lines = canvas.wrap(f"{note.when}: {note.label}", size, column - hang, even=False)
    items = canvas.lines([str(number)], left, top, size, weight=700) + canvas.lines(lines, left + hang, top, size)
    return items, len(lines) * canvas.step(size)
