"""What every diagram carries."""

from __future__ import annotations

from collections.abc import Sequence

from lessonpress.diagrams.canvas import Canvas
from lessonpress.diagrams.drawing import DoesNotFit, Drawing, Item
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


def finished(spec: Diagram, items: Sequence[Item], canvas: Canvas, height: float, too_much: str) -> Drawing:
    """The drawing of placed items, as wide as the canvas and `height` mm high.

    The caption names it, the alternative text describes it. Raises DoesNotFit, saying that a
    slide has no room for `too_much`, where it is higher than the canvas.
    """
    if canvas.height_mm is not None and height > canvas.height_mm + 0.01:
        raise DoesNotFit(f"a slide has no room for {too_much}; shorten the texts or divide the diagram")
    title = (spec.caption or spec.alt).plain
    return Drawing(canvas.width_mm, round(height, 2), tuple(items), title, spec.alt.plain)
