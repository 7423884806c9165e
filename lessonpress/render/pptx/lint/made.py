"""What a made deck shows, as frozen values: slides, shapes, and the painted parts of each shape.

Lengths are points, from the top left corner of the slide; colours are six hex digits.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterator

Point: TypeAlias = tuple[float, float]
Kind: TypeAlias = Literal["text", "table", "chart", "picture", "group", "line"]
UNKNOWN: Final = "?"
"""A fill that covers what lies below and whose colour cannot be told: a picture, for example."""
FOOTERS = frozenset({"dt", "ftr", "sldNum"})
TITLES = frozenset({"title", "ctrTitle"})


@dataclass(frozen=True)
class Rect:
    """A place on the slide."""

    x: float
    y: float
    w: float
    h: float

    @property
    def right(self) -> float:
        """The right edge."""
        return self.x + self.w

    @property
    def bottom(self) -> float:
        """The lower edge."""
        return self.y + self.h

    @property
    def centre(self) -> Point:
        """The point in the middle."""
        return self.x + self.w / 2, self.y + self.h / 2

    def corners(self) -> tuple[Point, ...]:
        """The four corners, clockwise."""
        return (self.x, self.y), (self.right, self.y), (self.right, self.bottom), (self.x, self.bottom)


@dataclass(frozen=True)
class Run:
    """Text set in one way; an empty colour is one that cannot be told."""

    text: str
    size: float
    bold: bool
    font: str
    colour: str


@dataclass(frozen=True)
class Paragraph:
    """One paragraph: where its lines begin, the line pitch as a share of the font's own, the space before and after.

    A pitch that is set in points stands in `exact`.
    """

    runs: tuple[Run, ...]
    margin: float
    indent: float
    pitch: float
    exact: float
    before: float
    after: float
    align: str

    @property
    def text(self) -> str:
        """The words without their marks."""
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True)
class Text:
    """A text body in its room: the box less its insets; `wraps` tells whether lines are broken at its edge."""

    paragraphs: tuple[Paragraph, ...]
    room: Rect
    anchor: str
    wraps: bool

    def runs(self) -> Iterator[Run]:
        """Every run that shows something."""
        return (run for paragraph in self.paragraphs for run in paragraph.runs if run.text.strip())

    @property
    def words(self) -> str:
        """All of the text, paragraph below paragraph."""
        return "\n".join(paragraph.text for paragraph in self.paragraphs)


@dataclass(frozen=True)
class Part:
    """Something painted: its box, turned clockwise by `turn` degrees, its fill ("" for none) and its text.

    `outline` is the polygon that is filled where that is not the whole box, `round` says that it is an ellipse.
    """

    rect: Rect
    turn: float = 0.0
    fill: str = ""
    outline: tuple[Point, ...] = ()
    round: bool = False
    text: Text | None = None

    def covers(self, point: Point) -> bool:
        """Whether the filled shape lies under a point."""
        x, y = turned(point, self.rect.centre, -self.turn)
        if self.round and self.rect.w and self.rect.h:
            cx, cy = self.rect.centre
            return ((x - cx) * 2 / self.rect.w) ** 2 + ((y - cy) * 2 / self.rect.h) ** 2 <= 1
        if self.outline:
            return _inside((x, y), self.outline)
        return self.rect.x <= x <= self.rect.right and self.rect.y <= y <= self.rect.bottom


@dataclass(frozen=True)
class Row:
    """A row of a table: its height as written, and its cells."""

    height: float
    cells: tuple[Part, ...]
    head: bool = False


@dataclass(frozen=True)
class Shape:
    """A shape of the slide itself, in reading order. `role` is the type of placeholder that it fills, "" for none."""

    name: str
    kind: Kind
    role: str
    rect: Rect
    parts: tuple[Part, ...]
    alt: str = ""
    decorative: bool = False
    rows: tuple[Row, ...] = ()
    sizes: tuple[float, ...] = ()
    """The sizes of text that stands in a part of its own, as a chart's does."""
    labels: tuple[str, ...] = ()
    """The words of that text."""

    def texts(self) -> Iterator[Text]:
        """Every text of the shape that shows something."""
        return (part.text for part in self.parts if part.text is not None and part.text.words.strip())

    @property
    def words(self) -> str:
        """All of its text."""
        return "\n".join(text.words for text in self.texts())


@dataclass(frozen=True)
class Slide:
    """One slide: its shapes, what its layout and master paint below them, the colour of the ground, its direction."""

    number: int
    shapes: tuple[Shape, ...]
    under: tuple[Part, ...]
    ground: str
    width: float
    height: float
    is_rtl: bool = False

    @property
    def title(self) -> str:
        """The text of the title placeholder."""
        return " ".join(" ".join(shape.words.split()) for shape in self.shapes if shape.role in TITLES)


def turned(point: Point, centre: Point, degrees: float) -> Point:
    """A point turned clockwise about a centre."""
    if not degrees:
        return point
    x, y = point[0] - centre[0], point[1] - centre[1]
    sin, cos = math.sin(math.radians(degrees)), math.cos(math.radians(degrees))
    return centre[0] + x * cos - y * sin, centre[1] + x * sin + y * cos


def _inside(point: Point, outline: tuple[Point, ...]) -> bool:
    """Whether a polygon holds a point: a ray from it crosses the edge an odd number of times."""
    x, y = point
    inside = False
    for (x1, y1), (x2, y2) in zip(outline, (*outline[1:], outline[0]), strict=True):
        if (y1 > y) != (y2 > y) and x < x1 + (y - y1) / (y2 - y1) * (x2 - x1):
            inside = not inside
    return inside
