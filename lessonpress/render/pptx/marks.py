"""Where the lines, bars and slanted ends of a filled placeholder stand, in cm."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeAlias

from lessonpress.model.slide_layouts import Box
from lessonpress.render.pptx.fit import PT_PER_CM

if TYPE_CHECKING:
    from lessonpress.model.slide_layouts import Mark, Placeholder

Corner: TypeAlias = tuple[tuple[float, float], ...]
OVERLAP = 0.2  # cm that an end reaches under its box, so that no seam shows


@dataclass(frozen=True)
class Ends:
    """A box with slanted ends: the rectangle that holds the text and the polygons beside it."""

    middle: Box
    corners: tuple[Corner, ...]


def slanted_ends(place: Placeholder, box: Box, skew: float) -> Ends:
    """Part a slanted box: LibreOffice draws a placeholder as a rectangle whatever its outline."""
    run = box.h * skew
    if not place.slant or not run:
        return Ends(box, ())
    left = run if place.slant == "both" else 0.0
    middle = replace(box, x=box.x + left, w=box.w - left - run)
    inner = middle.right - OVERLAP
    corners: list[Corner] = [
        ((inner, box.y), (middle.right + run, box.y), (middle.right, box.bottom), (inner, box.bottom))
    ]
    if left:
        inner = middle.x + OVERLAP
        corners.append(((middle.x, box.y), (inner, box.y), (inner, box.bottom), (box.x, box.bottom)))
    return Ends(middle, tuple(corners))


def mark_box(mark: Mark, box: Box) -> Box:
    """The place of a line or a bar at an edge of a placeholder."""
    thick = mark.weight / PT_PER_CM
    if mark.edge == "left":
        return replace(box, w=thick)
    y = box.y if mark.edge == "top" else box.bottom
    return Box(box.x + mark.indent, y - thick / 2, (mark.width or box.w) - mark.indent, thick)
