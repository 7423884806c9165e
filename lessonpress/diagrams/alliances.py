"""Who stood with whom, phase by phase; an empty phase has lines to write on."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from lessonpress.diagrams.base import Diagram, finished
from lessonpress.diagrams.canvas import Canvas
from lessonpress.diagrams.drawing import Box, Drawing, Item, Polygon
from lessonpress.diagrams.drawing import Line as Stroke
from lessonpress.model.base import Model
from lessonpress.model.refs import PersonRef
from lessonpress.model.text import Line

PHASE = 25.0  # mm on paper: the column of the phases
ARROW = 10.0
PAD = 2.0
WRITE = 7.4  # between two lines to write on
GAP = 2.8
SLIDE_GAP = 1.3


class Phase(Model):
    """A phase of the struggle; one with nothing but its name is left for pupils to fill."""

    phase: Line
    together: tuple[PersonRef, ...] = Field(default=(), alias="with")
    against: tuple[PersonRef, ...] = ()
    issue: Line | None = None

    @model_validator(mode="after")
    def _whole_or_empty(self) -> Phase:
        given = [bool(self.together), bool(self.against), self.issue is not None]
        if any(given) and not all(given):
            raise PydanticCustomError("half_panel", "a panel has with, against and issue, or only its phase")
        return self

    @property
    def empty(self) -> bool:
        """Whether pupils fill this panel."""
        return self.issue is None


class Alliances(Diagram):
    """Alliances as panels below each other, one a phase."""

    kind: Literal["alliances"]
    panels: tuple[Phase, ...] = Field(min_length=1, max_length=6)


def place(spec: Alliances, canvas: Canvas) -> Drawing:
    """The panels under their heads. Raises DoesNotFit where a slide has no room for them."""
    columns = _columns(spec, canvas)
    items: list[Item] = []
    words = canvas.words
    for n, word in enumerate((words.together, words.against, words.issue)):
        items += canvas.lines([word], columns[n][0], 0.0, canvas.small_pt, weight=700, role="ink2")
    y = canvas.step(canvas.small_pt) + canvas.mm(0.8)
    gap = canvas.mm(SLIDE_GAP if canvas.tight else GAP)
    for panel in spec.panels:
        drawn, height = _panel(panel, columns, canvas, y)
        items += drawn
        y += height + gap
    y += canvas.mm(0.4) - gap
    return finished(spec, items, canvas, y, "so many panels")


def _columns(spec: Alliances, canvas: Canvas) -> list[tuple[float, float]]:
    """Left edge and width in mm of: with, against, issue."""
    phases = [word for panel in spec.panels for word in panel.phase.plain.split(" ")]
    first = max(canvas.mm(PHASE), canvas.widest(phases, canvas.body_pt, 700) + canvas.mm(2))
    arrow, gap = canvas.mm(ARROW), canvas.mm(4)
    room = canvas.width_mm - first - arrow - gap
    box, issue = room * 0.345, room * 0.31
    return [(first, box), (first + box + arrow, box), (first + 2 * box + arrow + gap, issue)]


def _panel(panel: Phase, columns: list[tuple[float, float]], canvas: Canvas, top: float) -> tuple[list[Item], float]:
    """One panel and its height in mm."""
    size, pad = canvas.body_pt, canvas.mm(PAD)
    texts = [
        ", ".join(p.short.plain for p in panel.together),
        ", ".join(p.short.plain for p in panel.against),
        panel.issue.plain if panel.issue else "",
    ]
    insets = (pad, pad, 0.0)
    lines = [
        canvas.wrap(t, size, w - 2 * i, _weight(n)) if t else []
        for n, (t, (_, w), i) in enumerate(zip(texts, columns, insets, strict=True))
    ]
    name = canvas.wrap(panel.phase.plain, size, columns[0][0] - canvas.mm(1), 700)
    air = canvas.mm(1.9 if canvas.tight else PAD)
    rows = max(2, *map(len, [*lines, name]))
    height = rows * canvas.step(size) + air
    if panel.empty and not canvas.tight:
        height = max(height, canvas.mm(2 * WRITE + 2.6))
    items = _boxes(columns, canvas, top, height, empty=panel.empty)
    items += canvas.lines(name, 0.0, _middle(name, size, canvas, top, height), size, weight=700)
    for n, (text, (left, width), inset) in enumerate(zip(lines, columns, insets, strict=True)):
        if panel.empty:
            items += _writing(left + inset, width - 2 * inset, canvas, top, height)
        start = _middle(text, size, canvas, top, height)
        items += canvas.lines(text, left + inset, start, size, weight=_weight(n))
    return items, height


def _weight(column: int) -> int:
    return 600 if column == 0 else 400


def _middle(lines: list[str], size: float, canvas: Canvas, top: float, height: float) -> float:
    return top + (height - len(lines) * canvas.step(size)) / 2


def _boxes(columns: list[tuple[float, float]], canvas: Canvas, top: float, height: float, *, empty: bool) -> list[Item]:
    """A heavy frame for those together, a thin one with tint for the others, an arrow with two heads between."""
    (left, width), (right, _) = columns[:2]
    y, head, air = top + height / 2, canvas.mm(2.4), canvas.mm(1.3)
    a, b = left + width + air, right - air
    half = head * 0.55
    return [
        Box(left, top, width, height, "paper", "ink", canvas.mm(0.6)),
        Box(right, top, width, height, "paper" if empty else "tint", "ink", canvas.mm(0.25)),
        Stroke(((a + head, y), (b - head, y)), "ink", canvas.mm(0.6)),
        Polygon(((a, y), (a + head, y - half), (a + head, y + half))),
        Polygon(((b, y), (b - head, y - half), (b - head, y + half))),
    ]


def _writing(left: float, width: float, canvas: Canvas, top: float, height: float) -> list[Item]:
    rows = [top + height * part for part in (0.425, 0.85)]
    return [Stroke(((left, y), (left + width, y)), "rule", canvas.mm(0.18)) for y in rows]
