"""Positions on a line between two poles, one panel a date.

A person who stands elsewhere in another panel is drawn with a diamond, bold and in the accent.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from lessonpress.diagrams.base import Diagram, finished
from lessonpress.diagrams.canvas import Canvas
from lessonpress.diagrams.drawing import DoesNotFit, Dot, Drawing, Item, Label, Polygon, Role
from lessonpress.diagrams.drawing import Line as Stroke
from lessonpress.diagrams.flags import Flag, Planted, plant
from lessonpress.model.base import Model
from lessonpress.model.refs import PersonRef
from lessonpress.model.text import Line

FAR = 10  # the right end of the line; the left end is 0
DATE = 25.0  # mm on paper: the column of the dates
ROW = 5.0  # between two names above each other
RADIUS = 1.2


class Standing(Model):
    """Where a person stands, from 0 at the left to 10 at the right."""

    person: PersonRef
    at: float = Field(ge=0, le=FAR)


def _standings(value: Any) -> Any:
    if isinstance(value, Mapping):
        return [{"person": person, "at": at} for person, at in value.items()]
    return value


class Panel(Model):
    """The positions at one date."""

    date: Line
    places: Annotated[tuple[Standing, ...], BeforeValidator(_standings, json_schema_input_type=dict[str, float])]


class Spectrum(Diagram):
    """People on a line between two positions, at one date or several."""

    kind: Literal["spectrum"]
    left: Line
    right: Line
    panels: tuple[Panel, ...] = Field(min_length=1, max_length=6)

    def moved(self) -> frozenset[str]:
        """The short names of those who stand elsewhere in another panel."""
        seen: dict[str, set[float]] = {}
        for panel in self.panels:
            for standing in panel.places:
                seen.setdefault(standing.person.short.plain, set()).add(standing.at)
        return frozenset(name for name, places in seen.items() if len(places) > 1)


def place(spec: Spectrum, canvas: Canvas) -> Drawing:
    """The panels below each other under the two poles. Raises DoesNotFit where names have no room."""
    left = max(canvas.mm(DATE), canvas.widest([p.date.plain for p in spec.panels], canvas.body_pt, 700) + canvas.mm(3))
    right = canvas.width_mm - canvas.mm(2)
    items, y = _poles(spec, canvas, left, right)
    moved = spec.moved()
    for panel in spec.panels:
        drawn, y = _panel(panel, moved, canvas, left + canvas.mm(2), right, y)
        items += drawn
    return finished(spec, items, canvas, y, "so many panels")


def _poles(spec: Spectrum, canvas: Canvas, left: float, right: float) -> tuple[list[Item], float]:
    """The names of the two ends with arrowheads, and where the panels begin."""
    head, half = canvas.mm(2.6), (right - left) / 2 - canvas.mm(6)
    texts = [canvas.wrap(pole.plain, canvas.body_pt, half - head, 700) for pole in (spec.left, spec.right)]
    middle = canvas.step(canvas.body_pt) / 2
    items: list[Item] = [_arrow(left, middle, -head), _arrow(canvas.width_mm, middle, head)]
    items += canvas.lines(texts[0], left + head + canvas.mm(1.6), 0.0, canvas.body_pt, weight=700)
    items += canvas.lines(
        texts[1], canvas.width_mm - head - canvas.mm(1.6), 0.0, canvas.body_pt, weight=700, anchor="end"
    )
    return items, max(map(len, texts)) * canvas.step(canvas.body_pt) + canvas.mm(1.5)


def _arrow(tip: float, y: float, length: float) -> Polygon:
    """An arrowhead whose point is at the tip (left of its base for a negative length)."""
    base, half = (tip + abs(length) if length < 0 else tip - length), abs(length) * 0.55
    return Polygon(((tip, y), (base, y - half), (base, y + half)))


@dataclass(frozen=True, slots=True)
class _Group:
    """People at one place who are drawn alike."""

    at: float
    moved: bool
    names: str


def _singles(groups: list[_Group]) -> list[_Group]:
    return [_Group(g.at, g.moved, name) for g in groups for name in g.names.split(", ")]


def _groups(panel: Panel, moved: frozenset[str]) -> list[_Group]:
    found: dict[tuple[float, bool], list[str]] = {}
    for standing in panel.places:
        name = standing.person.short.plain
        found.setdefault((standing.at, name in moved), []).append(name)
    return [_Group(at, is_moved, ", ".join(found[at, is_moved])) for at, is_moved in sorted(found)]


def _panel(
    panel: Panel, moved: frozenset[str], canvas: Canvas, left: float, right: float, top: float
) -> tuple[list[Item], float]:
    """One panel and the height at which the next begins."""
    groups = _groups(panel, moved)
    planted = _plant(groups, canvas, left, right)
    if planted is None:
        # Large print: names that have no room beside each other stand above each other.
        groups = _singles(groups)
        planted = _plant(groups, canvas, left, right)
    if planted is None:
        raise DoesNotFit("the names of the spectrum have no room beside each other; place fewer people")
    row = canvas.step(canvas.body_pt) if canvas.tight else canvas.mm(ROW)
    base = top + (max((p.row for p in planted), default=0) + 1) * row + canvas.mm(1.6)
    items = _line(panel.date.plain, canvas, left, right, base)
    marks: list[Item] = []
    for group, spot in zip(groups, planted, strict=True):
        x = left + (right - left) * group.at / FAR
        y = base - row * (spot.row + 0.5) - canvas.mm(1.2)
        items.append(Stroke(((x, base), (x, y)), "ink", canvas.mm(0.25)))
        marks += _people(group, x, y, spot.left, canvas)
    return items + marks, base + canvas.mm(4.0 if canvas.tight else 4.4)


def _line(date: str, canvas: Canvas, left: float, right: float, y: float) -> list[Item]:
    """The line from 0 to 10 with its ticks, and its date at the text edge."""
    items: list[Item] = [Stroke(((left, y), (right, y)), "ink", canvas.mm(0.7))]
    for n in range(FAR + 1):
        x, tall = left + (right - left) * n / FAR, canvas.mm(1.6 if n in (0, FAR // 2, FAR) else 0.9)
        items.append(Stroke(((x, y - tall), (x, y + tall)), "ink", canvas.mm(0.35)))
    return [*items, Label(0.0, y + canvas.body_pt * 0.127, date, canvas.body_pt, "ink", 700)]


def _plant(groups: list[_Group], canvas: Canvas, left: float, right: float) -> list[Planted] | None:
    step, extra = (right - left) / FAR, canvas.mm(2 * RADIUS + 2)
    flags = [
        Flag(left + step * g.at, canvas.width(g.names, canvas.body_pt, 700 if g.moved else 400) + extra) for g in groups
    ]
    return plant(flags, canvas.width_mm, lambda placed: max((p.row for p in placed), default=0))


def _people(group: _Group, x: float, y: float, left: bool, canvas: Canvas) -> list[Item]:
    r = canvas.mm(RADIUS)
    d = r * 1.35
    mark: Item = Polygon(((x, y - d), (x + d, y), (x, y + d), (x - d, y)), "accent", "paper", canvas.mm(0.2))
    if not group.moved:
        mark = Dot(x, y, r, "ink", "paper", canvas.mm(0.2))
    text_x = x + (-1 if left else 1) * (d + canvas.mm(0.9))
    baseline = y + canvas.body_pt * 0.12
    anchor: Literal["start", "end"] = "end" if left else "start"
    role: Role = "accent" if group.moved else "ink"
    return [mark, Label(text_x, baseline, group.names, canvas.body_pt, role, 700 if group.moved else 400, anchor)]
