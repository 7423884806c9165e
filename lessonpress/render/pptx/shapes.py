"""The shapes of a drawing, placed in user units and not yet native."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterator

Point: TypeAlias = tuple[float, float]
Anchor: TypeAlias = Literal["start", "middle", "end"]


class DrawingError(ValueError):
    """A drawing that cannot become native shapes; the message names the element."""


@dataclass(frozen=True)
class Paint:
    """Colours by theme slot or as six hex digits, "" for none; the pen in user units."""

    fill: str = ""
    stroke: str = ""
    pen: float = 1.0
    dashed: bool = False


@dataclass(frozen=True)
class Frame:
    """A rectangle or an ellipse by its centre, turned clockwise by `turn` degrees."""

    centre: Point
    width: float
    height: float
    turn: float
    round: Literal["", "corners", "ellipse"]
    radius: float
    paint: Paint


@dataclass(frozen=True)
class Outline:
    """Straight segments: each subpath is its points and whether it closes."""

    subpaths: tuple[tuple[tuple[Point, ...], bool], ...]
    paint: Paint


@dataclass(frozen=True)
class Label:
    """One line of text; `at` is its anchor on the baseline, `size` in user units."""

    at: Point
    text: str
    size: float
    bold: bool
    anchor: Anchor
    lang: str
    turn: float
    colour: str


@dataclass(frozen=True)
class Cluster:
    """A group with its name, if it has one."""

    members: tuple[Shape, ...]
    name: str


Shape: TypeAlias = Frame | Outline | Label | Cluster


@dataclass(frozen=True)
class Sketch:
    """A whole drawing on a ground of `width` by `height` user units from the point 0, 0."""

    width: float
    height: float
    shapes: tuple[Shape, ...]
    title: str


def labels(shapes: tuple[Shape, ...]) -> Iterator[Label]:
    """Every text of a drawing, those in groups too."""
    for shape in shapes:
        if isinstance(shape, Label):
            yield shape
        elif isinstance(shape, Cluster):
            yield from labels(shape.members)
