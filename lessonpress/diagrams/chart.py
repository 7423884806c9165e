"""A bar or column chart to scale, from zero, with its values written out."""

from __future__ import annotations

import math
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from lessonpress.diagrams.base import Diagram, finished
from lessonpress.diagrams.canvas import Canvas
from lessonpress.diagrams.drawing import Box, DoesNotFit, Drawing, Item, Label
from lessonpress.diagrams.drawing import Line as Stroke
from lessonpress.model.text import Line

BAR = 8.0  # mm on paper: the thickness of a bar
BETWEEN = 4.0
COLUMN = 20.0  # the width of a column
COLUMNS_HIGH = 48.0
STEPS = (Decimal(1), Decimal(2), Decimal("2.5"), Decimal(5), Decimal(10))


def _typed(value: Any) -> Any:
    """Values keep the decimals that were typed: 1.0 stays 1.0."""
    if isinstance(value, dict):
        return {
            Line.parse(str(key)).plain: Decimal(v.replace(",", "")) if isinstance(v, str) and _number(v) else v
            for key, v in value.items()
        }
    return value


def _number(text: str) -> bool:
    return text.replace(",", "").replace(".", "", 1).isdigit()


class Chart(Diagram):
    """A few numbers as bars (`bar`, lying) or columns (`column`, standing)."""

    kind: Literal["chart"]
    form: Literal["bar", "column"] = "bar"
    unit: Line
    data: Annotated[dict[str, Decimal], BeforeValidator(_typed)] = Field(min_length=1, max_length=8)
    note: Line | None = None

    @model_validator(mode="after")
    def _has_height(self) -> Chart:
        if min(self.data.values()) < 0 or max(self.data.values()) == 0:
            raise PydanticCustomError("chart_values", "the values of a chart are 0 or more, and not all 0")
        return self


def scale_of(largest: Decimal) -> tuple[Decimal, Decimal]:
    """The step and the end of a zero-based axis with two to four steps over the largest value."""
    power = Decimal(10) ** (largest.adjusted() - 1)
    for factor in [power * s for s in STEPS] + [power * 10 * s for s in STEPS[1:]]:
        steps = math.ceil(largest / factor)
        if steps <= 4:
            break
    return factor, factor * steps


def place(spec: Chart, canvas: Canvas) -> Drawing:
    """The chart with its note below. Raises DoesNotFit where a slide has no room for it."""
    items, bottom = _bars(spec, canvas) if spec.form == "bar" else _columns(spec, canvas)
    if spec.note:
        lines = canvas.wrap(spec.note.plain, canvas.small_pt, canvas.width_mm)
        items += canvas.lines(lines, 0.0, bottom + canvas.mm(1.6), canvas.small_pt, role="ink2")
        bottom += canvas.mm(1.6) + len(lines) * canvas.step(canvas.small_pt)
    return finished(spec, items, canvas, bottom, "so many bars")


def _ticks(largest: Decimal) -> list[Decimal]:
    step, end = scale_of(largest)
    return [step * n for n in range(int(end / step) + 1)]


def _plain(value: Decimal, marks: list[Decimal]) -> str:
    """A number of the scale, with as many decimals as its fellows need."""
    places = max(0, -min(int(mark.normalize().as_tuple().exponent) for mark in marks))
    return f"{value:,.{places}f}" if value else "0"


def _bars(spec: Chart, canvas: Canvas) -> tuple[list[Item], float]:
    """Lying bars: names left, values right of the bars, the scale below."""
    size = canvas.body_pt
    marks = _ticks(max(spec.data.values()))
    names = [canvas.wrap(name, size, canvas.width_mm * 0.3) for name in spec.data]
    left = max(canvas.widest(lines, size) for lines in names) + canvas.mm(2.4)
    values = canvas.widest([canvas.words.language.number(v) for v in spec.data.values()], size, 700) + canvas.mm(2.4)
    per = (canvas.width_mm - left - values) / float(marks[-1])
    pitch, thick = canvas.mm(BAR + BETWEEN), canvas.mm(BAR)
    if max(map(len, names)) * canvas.step(size) > pitch:
        raise DoesNotFit("a name in the chart is too long; shorten it")
    foot = canvas.mm(BETWEEN / 2) + len(names) * pitch - canvas.mm(BETWEEN / 2)
    items: list[Item] = []
    for mark in marks[1:]:
        x = left + float(mark) * per
        items.append(Stroke(((x, 0.0), (x, foot)), "hair", canvas.mm(0.18)))
    for n, (name, value) in enumerate(zip(names, spec.data.values(), strict=True)):
        y = canvas.mm(BETWEEN / 2) + n * pitch
        items.append(Box(left, y, float(value) * per, thick, "accent"))
        middle = y + thick / 2
        items += canvas.lines(
            name, left - canvas.mm(2.4), middle - len(name) * canvas.step(size) / 2, size, anchor="end"
        )
        items += _value(value, left + float(value) * per + canvas.mm(1.4), middle, canvas)
    items.append(Stroke(((left, 0.0), (left, foot)), "ink", canvas.mm(0.5)))
    return items + _scale_below(spec, marks, canvas, left, per, foot), foot + 2.1 * canvas.step(canvas.small_pt)


def _value(value: Decimal, x: float, middle: float, canvas: Canvas) -> list[Item]:
    """A value on paper, so that no line of the scale runs through it."""
    text, step = canvas.words.language.number(value), canvas.step(canvas.body_pt)
    width = canvas.width(text, canvas.body_pt, 700)
    ground = Box(x - canvas.mm(0.4), middle - step / 2, width + canvas.mm(0.8), step, "paper")
    return [ground, *canvas.lines([text], x, middle - step / 2, canvas.body_pt, weight=700)]


def _scale_below(spec: Chart, marks: list[Decimal], canvas: Canvas, left: float, per: float, foot: float) -> list[Item]:
    size = canvas.small_pt
    items: list[Item] = []
    for mark in marks:
        x = left + float(mark) * per
        items += canvas.lines([_plain(mark, marks)], x, foot, size, role="ink2", anchor="middle")
    unit = canvas.lines([spec.unit.plain], left, foot + canvas.step(size), size, role="ink2", weight=600)
    return [*items, *unit]


def _columns(spec: Chart, canvas: Canvas) -> tuple[list[Item], float]:
    """Standing columns: values on top, names below, the scale at the left."""
    size, small = canvas.body_pt, canvas.small_pt
    marks = _ticks(max(spec.data.values()))
    left = canvas.widest([_plain(m, marks) for m in marks], small) + canvas.mm(1.6)
    pitch = min((canvas.width_mm - left) / len(spec.data), canvas.mm(2 * COLUMN))
    names = [canvas.wrap(name, size, pitch - canvas.mm(2)) for name in spec.data]
    head = canvas.step(small) + canvas.mm(1.6)
    rows = max(map(len, names)) * canvas.step(size)
    note = canvas.step(small) * 2 + canvas.mm(2) if spec.note else 0.0
    high = canvas.height_mm - head - rows - note - canvas.mm(2) if canvas.height_mm else canvas.mm(COLUMNS_HIGH)
    foot, per, right = head + high, high / float(marks[-1]), left + pitch * len(names)
    items: list[Item] = list(canvas.lines([spec.unit.plain], 0.0, 0.0, small, weight=600, role="ink2"))
    for mark in marks:
        y = foot - float(mark) * per
        items.append(Stroke(((left, y), (right, y)), "hair", canvas.mm(0.18)))
        items.append(Label(left - canvas.mm(1.6), y + small * 0.12, _plain(mark, marks), small, "ink2", 400, "end"))
    for n, (name, value) in enumerate(zip(names, spec.data.values(), strict=True)):
        x = left + pitch * (n + 0.5)
        wide = min(canvas.mm(COLUMN), pitch * 0.6)
        items.append(Box(x - wide / 2, foot - float(value) * per, wide, float(value) * per, "accent"))
        width = canvas.width(canvas.words.language.number(value), size, 700)
        items += _value(value, x - width / 2, foot - float(value) * per - canvas.step(size) / 2, canvas)
        items += canvas.lines(name, x, foot + canvas.mm(1), size, anchor="middle")
    items.append(Stroke(((left, foot), (right, foot)), "ink", canvas.mm(0.5)))
    return items, foot + canvas.mm(1) + rows
