"""Stretches of time as bars under an axis: solid, tint with a thin line, or open with a heavy line."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from lessonpress.diagrams.axis import Scale
from lessonpress.diagrams.canvas import Canvas
from lessonpress.diagrams.drawing import DoesNotFit, Item, Label, Polygon, Role

Style: TypeAlias = Literal["solid", "tint", "open"]

BAR = 4.8  # mm on paper
PITCH = 5.9
INSET = 1.6
FILLS: dict[Style, tuple[Role, Role, float]] = {
    "solid": ("ink", "ink", 0.25),
    "tint": ("tint", "ink", 0.25),
    "open": ("paper", "ink", 0.6),
}


@dataclass(frozen=True, slots=True)
class Bar:
    """A stretch of time in years; it may begin before or end after its axis."""

    label: str
    start: float
    end: float
    style: Style


@dataclass(frozen=True, slots=True)
class _Laid:
    bar: Bar
    left: float
    right: float
    text_x: float
    anchor: Literal["start", "end"]
    inside: bool
    low: float
    high: float


def draw_spans(bars: list[Bar], scale: Scale, canvas: Canvas, top: float) -> tuple[list[Item], float]:
    """The bars in rows from `top` down, and the height in mm that they take."""
    rows: list[list[_Laid]] = []
    items: list[Item] = []
    for bar in bars:
        laid = _lay(bar, scale, canvas)
        row = next((r for r in rows if all(_clear(laid, other, canvas) for other in r)), None)
        if row is None:
            rows.append(row := [])
        row.append(laid)
        items += _draw(laid, scale, canvas, top + next(n for n, r in enumerate(rows) if r is row) * canvas.mm(PITCH))
    return items, canvas.mm((len(rows) - 1) * PITCH + BAR) if rows else 0.0


def _clear(one: _Laid, other: _Laid, canvas: Canvas) -> bool:
    gap = canvas.mm(0.8)
    touching = one.left == other.right or other.left == one.right  # periods may meet
    return one.low >= other.high + gap or other.low >= one.high + gap or (touching and one.inside and other.inside)


def _lay(bar: Bar, scale: Scale, canvas: Canvas) -> _Laid:
    """A bar with its label inside, else right of it, else left of it."""
    left, right = scale.x(bar.start), scale.x(bar.end)
    inset = canvas.mm(INSET)
    width = canvas.width(bar.label, canvas.small_pt, _weight(bar))
    tip = canvas.mm(BAR / 2) if bar.end > scale.end else 0.0
    lead = canvas.mm(BAR / 2) if bar.start < scale.start else 0.0
    if lead + width + 2 * inset + tip <= right - left:
        return _Laid(bar, left, right, left + lead + inset, "start", True, left, right)
    if right + inset + width <= canvas.width_mm:
        return _Laid(bar, left, right, right + inset, "start", False, left, right + inset + width)
    if left - inset - width >= 0:
        return _Laid(bar, left, right, left - inset, "end", False, left - inset - width, right)
    raise DoesNotFit(f'the label of the span "{bar.label}" is wider than the timeline; shorten it')


def _weight(bar: Bar) -> int:
    return 700 if bar.style == "solid" else 600


def _draw(laid: _Laid, scale: Scale, canvas: Canvas, top: float) -> list[Item]:
    role, edge, pen = FILLS[laid.bar.style]
    height = canvas.mm(BAR)
    points = _outline(laid, scale, top, height)
    ink: Role = "paper" if laid.inside and laid.bar.style == "solid" else "ink"
    baseline = top + (height - canvas.step(canvas.small_pt)) / 2 + canvas.drop(canvas.small_pt)
    return [
        Polygon(points, role, edge, canvas.mm(pen)),
        Label(laid.text_x, baseline, laid.bar.label, canvas.small_pt, ink, _weight(laid.bar), laid.anchor),
    ]


def _outline(laid: _Laid, scale: Scale, top: float, height: float) -> tuple[tuple[float, float], ...]:
    """A rectangle, with a point at an end that lies beyond the axis."""
    tip = min(height / 2, (laid.right - laid.left) / 2)
    middle, bottom = top + height / 2, top + height
    left, right = laid.left, laid.right
    head = (
        ((left + tip, bottom), (left, middle), (left + tip, top))
        if laid.bar.start < scale.start
        else ((left, bottom), (left, top))
    )
    tail = (
        ((right - tip, top), (right, middle), (right - tip, bottom))
        if laid.bar.end > scale.end
        else ((right, top), (right, bottom))
    )
    return (*head, *tail)
