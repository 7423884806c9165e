"""A time axis to scale: dates to places, and its ticks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lessonpress.diagrams.canvas import Canvas
from lessonpress.diagrams.drawing import Item, Label, Line
from lessonpress.model.dates import PartialDate

YEAR_STEPS = (1, 2, 5, 10, 20, 25, 50, 100)
MONTH_STEPS = (1, 3, 6, 12)
SHORT_YEARS = 3.0  # a range up to this long is ticked by months
TICK = 5.2  # mm on paper: the long tick, and the height of the strip of labels
PAD = 1.2  # mm on paper: between a tick and its label


def ends(date: PartialDate) -> float:
    """Where a month or year ends, in years; of a day, where it begins."""
    if date.month is None:
        return float(date.year + 1)
    if date.day is None:
        return float(date.year + 1) if date.month == 12 else PartialDate(date.year, date.month + 1, 1).ordinal
    return date.ordinal


@dataclass(frozen=True, slots=True)
class Scale:
    """From `start` to `end` in years, drawn from `left` to `right` in mm."""

    start: float
    end: float
    left: float
    right: float

    @property
    def a_year(self) -> float:
        """How many mm a year takes."""
        return (self.right - self.left) / (self.end - self.start)

    def x(self, years: float) -> float:
        """The place of a date, in mm, held inside the axis."""
        return self.left + (min(max(years, self.start), self.end) - self.start) * self.a_year

    def holds(self, years: float) -> bool:
        """Whether a date lies on the axis."""
        return self.start - 1e-6 <= years <= self.end + 1e-6


@dataclass(frozen=True, slots=True)
class Tick:
    """A mark on the axis; `text` is empty for one without a label."""

    years: float
    text: str
    strong: bool


def ticks(scale: Scale, canvas: Canvas) -> list[Tick]:
    """The ticks that the axis has room for: months and their quarters, or years and their quarters."""
    if scale.end - scale.start <= SHORT_YEARS and scale.a_year / 12 >= canvas.mm(1.6):
        return _months(scale, canvas)
    return _years(scale, canvas)


def _months(scale: Scale, canvas: Canvas) -> list[Tick]:
    names = canvas.words.months
    room = canvas.widest([f"{name} 2000" for name in names], canvas.small_pt, 700) + canvas.mm(2 * PAD)
    step = next((s for s in MONTH_STEPS if s * scale.a_year / 12 >= room), MONTH_STEPS[-1])
    out: list[Tick] = []
    for year, month in _month_starts(scale):
        labelled = (month - 1) % step == 0
        name = names[month - 1]
        full = month == 1 or not any(t.text for t in out)
        text = (f"{name} {year}" if full else name) if labelled else ""
        out.append(Tick(PartialDate(year, month, 1).ordinal, text, (month - 1) % 3 == 0))
    return out


def _month_starts(scale: Scale) -> Iterator[tuple[int, int]]:
    for year in range(int(scale.start), int(scale.end) + 1):
        for month in range(1, 13):
            if scale.holds(PartialDate(year, month, 1).ordinal):
                yield year, month


def _years(scale: Scale, canvas: Canvas) -> list[Tick]:
    room = canvas.width("2000", canvas.body_pt, 700) + canvas.mm(2 * PAD)
    step = next((s for s in YEAR_STEPS if s * scale.a_year >= room), YEAR_STEPS[-1])
    quarters = (0, 3, 6, 9) if scale.a_year / 4 >= canvas.mm(1.6) else (0,)
    out: list[Tick] = []
    for year in range(int(scale.start), int(scale.end) + 1):
        for month in quarters:
            at = PartialDate(year, month + 1, 1).ordinal
            if scale.holds(at):
                out.append(Tick(at, str(year) if month == 0 and year % step == 0 else "", month == 0))
    return _with_first(out, scale, room)


def _with_first(marks: list[Tick], scale: Scale, room: float) -> list[Tick]:
    """Name the year that the axis begins in, when it begins inside it and there is room."""
    first = next((t.years for t in marks if t.text), scale.end)
    if first > scale.start + 1e-6 and (first - scale.start) * scale.a_year >= room:
        return [Tick(scale.start, str(int(scale.start)), True), *marks]
    return marks


def ruler(scale: Scale, canvas: Canvas, y: float, *, labels: bool = True) -> list[Item]:
    """The axis at height y with ticks hanging from it, and their labels right of the ticks."""
    out: list[Item] = [Line(((scale.left, y), (scale.right, y)), "ink", canvas.mm(0.7))]
    out += [
        Line(((scale.x(t.years), y), (scale.x(t.years), y + _length(t, canvas, labels))), "ink", _pen(t, canvas))
        for t in marks_of(scale, canvas)
    ]
    return out + (tick_labels(scale, canvas, y + canvas.mm(TICK - 0.9)) if labels else [])


def band(scale: Scale, canvas: Canvas, top: float) -> list[Item]:
    """The axis as a strip with its labels inside, for events on both sides."""
    bottom = top + canvas.mm(TICK + 0.6)
    out: list[Item] = [Line(((scale.left, y), (scale.right, y)), "ink", canvas.mm(0.5)) for y in (top, bottom)]
    for tick in marks_of(scale, canvas):
        x, short = scale.x(tick.years), canvas.mm(1.1)
        ends_ = [(top, bottom)] if tick.text else [(top, top + short), (bottom - short, bottom)]
        out += [Line(((x, a), (x, b)), "ink", _pen(tick, canvas)) for a, b in ends_]
    return out + tick_labels(scale, canvas, bottom - canvas.mm(1.5))


def marks_of(scale: Scale, canvas: Canvas) -> list[Tick]:
    """The ticks, and one at the end where there is none, so that the last period is closed."""
    marks = ticks(scale, canvas)
    closed = any(abs(t.years - scale.end) < 1e-6 for t in marks)
    return marks if closed else [*marks, Tick(scale.end, "", True)]


def tick_labels(scale: Scale, canvas: Canvas, baseline: float) -> list[Item]:
    """The labels of the ticks that have room before the end of the axis."""
    size = canvas.body_pt if scale.end - scale.start > SHORT_YEARS else canvas.small_pt
    out: list[Item] = []
    for tick in ticks(scale, canvas):
        x = scale.x(tick.years) + canvas.mm(PAD)
        room = scale.right - x
        # "Jan 1925" becomes "1925" where the axis soon ends; any other month needs its name.
        short = tick.text.rpartition(" ")[2] if tick.years == int(tick.years) else tick.text
        text = next((t for t in (tick.text, short) if t and canvas.width(t, size, 700) <= room), "")
        if text:
            out.append(Label(x, baseline, text, size, "ink", 700))
    return out


def _length(tick: Tick, canvas: Canvas, labels: bool) -> float:
    if tick.text and labels:
        return canvas.mm(TICK)
    return canvas.mm(2.4 if tick.strong else 1.5)


def _pen(tick: Tick, canvas: Canvas) -> float:
    return canvas.mm(0.35 if tick.strong else 0.2)
