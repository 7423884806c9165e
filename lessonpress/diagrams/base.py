"""What every diagram carries."""

from __future__ import annotations

from lessonpress.diagrams.drawing import Drawing, Item
from lessonpress.model.base import Model
from lessonpress.model.gaps import Gap
from lessonpress.model.text import Line


class Diagram(Model):
    """A drawing that a lesson describes; `alt` says in a sentence or two what it shows."""

    kind: str
    alt: Line
    caption: Line | None = None

    @property
    def gaps(self) -> tuple[Gap, ...]:
        """The blanks of the drawing in the order of their numbers."""
        return ()


def finished(spec: Diagram, items: list[Item], width: float, height: float) -> Drawing:
    """The drawing of placed items, named by the caption and described by the alternative text."""
    title = (spec.caption or spec.alt).plain
    return Drawing(round(width, 2), round(height, 2), tuple(items), title, spec.alt.plain)
