"""A placed drawing: plain items in millimetres, which a template only has to draw.

A `role` names a colour of the theme. Closed shapes are filled with their `role` and outlined
with their `edge`; either may be missing. Nothing here knows paper from slide.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import ClassVar, Literal, TypeAlias

Role: TypeAlias = Literal["ink", "ink2", "rule", "hair", "tint", "paper", "accent"]
Anchor: TypeAlias = Literal["start", "middle", "end"]
TURNED: Mapping[Anchor, Anchor] = {"start": "end", "middle": "middle", "end": "start"}
Point: TypeAlias = tuple[float, float]

MM_PER_PT = 25.4 / 72
ASCENT = 0.76  # parts of the size: above the baseline, capitals and figures included
DESCENT = 0.24  # below it
LARGE_PRINT = 18.0  # points: the smallest type of large print


class DoesNotFit(ValueError):
    """A diagram that cannot be drawn legibly in the room it has; the message says what to change."""


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle; x and y are its top left corner."""

    kind: ClassVar[str] = "box"
    x: float
    y: float
    width: float
    height: float
    role: Role | None = None
    edge: Role | None = None
    pen: float = 0.0
    radius: float = 0.0


@dataclass(frozen=True, slots=True)
class Line:
    """A stroke through two or more points."""

    kind: ClassVar[str] = "line"
    points: tuple[Point, ...]
    role: Role = "ink"
    pen: float = 0.25


@dataclass(frozen=True, slots=True)
class Dot:
    """A circle round x and y."""

    kind: ClassVar[str] = "dot"
    x: float
    y: float
    radius: float
    role: Role | None = "ink"
    edge: Role | None = None
    pen: float = 0.0


@dataclass(frozen=True, slots=True)
class Polygon:
    """A closed shape of straight sides."""

    kind: ClassVar[str] = "polygon"
    points: tuple[Point, ...]
    role: Role | None = "ink"
    edge: Role | None = None
    pen: float = 0.0


@dataclass(frozen=True, slots=True)
class Label:
    """One line of text; y is its baseline, `size` is in points.

    With a `gap` it is a numbered blank `width` mm long: `text` is the number, and `answer`
    is what the key prints on the line, under seal and never read here.
    """

    kind: ClassVar[str] = "label"
    x: float
    y: float
    text: str
    size: float
    role: Role = "ink"
    weight: int = 400
    anchor: Anchor = "start"
    lang: str = ""
    gap: int | None = None
    width: float = 0.0
    answer: object = field(default=None, compare=False, repr=False)
    dir: Literal["ltr", "rtl"] = "ltr"

    @property
    def text_anchor(self) -> Anchor:
        """The anchor as SVG counts it, along the text: from the right in text that runs to the left."""
        return TURNED[self.anchor] if self.dir == "rtl" else self.anchor

    @property
    def size_mm(self) -> float:
        """The size of the text in millimetres."""
        return self.size * MM_PER_PT

    @property
    def number_mm(self) -> float:
        """The size of the number of a blank: a tenth smaller than the text, where that is not large print."""
        return self.size_mm * (0.9 if self.size < LARGE_PRINT else 1)

    @property
    def rule_y(self) -> float:
        """The height of the line of a blank, under the descenders of what is written on it."""
        return self.y + self.size_mm * 0.38

    @property
    def rule_x(self) -> float:
        """The left end of the line of a blank."""
        return self.x - self.width if self.anchor == "end" else self.x

    @property
    def answer_x(self) -> float:
        """Where the answer of a blank begins, beside a number of two figures."""
        return self.x + self.size_mm * (-1.3 if self.anchor == "end" else 1.3)


@dataclass(frozen=True, slots=True)
class Trace:
    """A stroke or a closed shape whose course is an answer: keys draw it, sheets do not.

    Each corner has the places where it may be, by the text of its answer, which is under seal and never read here.
    """

    kind: ClassVar[str] = "trace"
    places: tuple[Mapping[str, Point], ...]
    answers: tuple[object, ...] = field(compare=False, repr=False)
    role: Role | None = None
    edge: Role | None = "accent"
    pen: float = 0.5

    @property
    def points(self) -> tuple[Point, ...]:
        """Every place where a corner may be."""
        return tuple(point for corner in self.places for point in corner.values())


Item: TypeAlias = Box | Line | Dot | Polygon | Label | Trace


@dataclass(frozen=True, slots=True)
class Drawing:
    """The items of a diagram on a ground of `width` by `height` mm."""

    width: float
    height: float
    items: tuple[Item, ...]
    title: str
    desc: str

    def mirrored(self) -> Drawing:
        """The drawing for a language that is written from right to left: time runs that way too."""
        return replace(self, items=tuple(_mirrored(item, self.width) for item in self.items))

    @property
    def gaps(self) -> tuple[Label, ...]:
        """The numbered blanks, in the order of their numbers."""
        return tuple(sorted((i for i in self.items if isinstance(i, Label) and i.gap), key=lambda i: i.gap or 0))


def _mirrored(item: Item, width: float) -> Item:
    if isinstance(item, Label):
        return replace(item, x=width - item.x, anchor=TURNED[item.anchor], dir="rtl")
    if isinstance(item, Box):
        return replace(item, x=width - item.x - item.width)
    if isinstance(item, Dot):
        return replace(item, x=width - item.x)
    if isinstance(item, Trace):
        turned = tuple({text: (width - x, y) for text, (x, y) in corner.items()} for corner in item.places)
        return replace(item, places=turned)
    return replace(item, points=tuple((width - x, y) for x, y in item.points))
