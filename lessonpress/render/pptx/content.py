"""What slide markup says, as frozen values: a deck of slides, slots, blocks and runs."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:
    from lxml import etree


@dataclass(frozen=True)
class Run:
    """A stretch of text set in one way; a newline in it is a line break."""

    text: str
    lang: str = ""
    bold: bool = False
    italic: bool = False
    key: bool = False
    struck: bool = False
    link: str = ""


@dataclass(frozen=True)
class Paragraph:
    """One paragraph. `kind` is the class it carries: "", "key" (an answer) or "hint".

    `level` counts from 0. `inside` names the kind of list that it stands in; only an item's first
    paragraph has a `marker`, with `number` its place in a list that has numbers of `digits` figures;
    `sign` is the marker in words, where PowerPoint has no such letters.
    """

    runs: tuple[Run, ...]
    kind: Literal["", "key", "hint"] = ""
    marker: Literal["", "bullet", "1", "A", "a"] = ""
    number: int = 0
    digits: int = 1
    inside: Literal["", "bullet", "number"] = ""
    level: int = 0
    quote: bool = False
    sign: str = ""

    @property
    def text(self) -> str:
        """The words without their marks."""
        return "".join(run.text for run in self.runs)

    def marked(self) -> Paragraph:
        """The same paragraph as an answer."""
        return replace(self, kind="key", runs=tuple(replace(run, key=True) for run in self.runs))


@dataclass(frozen=True)
class Item:
    """One entry of a list: its paragraphs, those of lists inside it too, one level deeper."""

    paragraphs: tuple[Paragraph, ...]


@dataclass(frozen=True)
class Listing:
    """A list of items; `style` is "bullet" or how its numbers are written, `letters` those of another alphabet."""

    style: Literal["bullet", "1", "A", "a"]
    start: int
    items: tuple[Item, ...]
    letters: tuple[str, ...] = ()

    def paragraphs(self) -> tuple[Paragraph, ...]:
        """The list as text: each item's first paragraph carries the marker."""
        out: list[Paragraph] = []
        digits = len(str(self.start + len(self.items) - 1)) if self.style == "1" else 1
        for n, item in enumerate(self.items, start=self.start):
            first, *rest = item.paragraphs
            sign = f"{self.label(n - self.start)}." if self.letters else ""
            out.append(replace(first, marker=self.style, number=n, digits=digits, sign=sign))
            out += [replace(p, digits=digits) if p.level == first.level else p for p in rest]
        return tuple(out)

    def label(self, index: int) -> str:
        """The number or letter of an item, counted from 0."""
        number = self.start + index
        if self.letters:
            return self.letters[number - 1]
        return str(number) if self.style in ("1", "bullet") else chr(ord(self.style) + number - 1)


@dataclass(frozen=True)
class Cell:
    """One cell of a table."""

    paragraphs: tuple[Paragraph, ...]
    head: bool = False

    @property
    def text(self) -> str:
        """The words of the cell, paragraph below paragraph."""
        return "\n".join(paragraph.text for paragraph in self.paragraphs)


@dataclass(frozen=True)
class Table:
    """A table with a header row; every row has as many cells as the header."""

    header: tuple[Cell, ...]
    rows: tuple[tuple[Cell, ...], ...]
    alt: str
    widths: tuple[float, ...] = ()


@dataclass(frozen=True)
class Chart:
    """Numbers to draw: one category a row, one series a column."""

    form: Literal["bar", "column", "line"]
    unit: str
    categories: tuple[str, ...]
    series: tuple[tuple[str, tuple[float, ...]], ...]
    alt: str


@dataclass(frozen=True)
class Figure:
    """An SVG drawing, still as its element."""

    svg: etree._Element
    alt: str


@dataclass(frozen=True)
class Picture:
    """A picture by the name under which its bytes are handed to the printer."""

    src: str
    alt: str


Object: TypeAlias = Table | Chart | Figure | Picture
Block: TypeAlias = Paragraph | Listing | Object


@dataclass(frozen=True)
class Slot:
    """What a slide puts into the placeholder of one role: text, or one object."""

    role: str
    blocks: tuple[Block, ...]

    @property
    def object(self) -> Object | None:
        """The table, chart, drawing or picture that the slot holds, if it holds one."""
        first = self.blocks[0] if self.blocks else None
        return first if isinstance(first, Table | Chart | Figure | Picture) else None

    @property
    def listing(self) -> Listing | None:
        """The list that the slot holds, when it holds nothing else."""
        only = self.blocks[0] if len(self.blocks) == 1 else None
        return only if isinstance(only, Listing) else None

    def paragraphs(self) -> tuple[Paragraph, ...]:
        """All text of the slot, lists written out."""
        out: list[Paragraph] = []
        for block in self.blocks:
            if isinstance(block, Listing):
                out += block.paragraphs()
            elif isinstance(block, Paragraph):
                out.append(block)
        return tuple(out)


@dataclass(frozen=True)
class Slide:
    """One slide as its author wrote it; it may print as several. `reveal` shows its answers click by click."""

    id: str
    layout: str
    section: str
    title: Paragraph
    slots: tuple[Slot, ...]
    notes: tuple[Paragraph, ...]
    reveal: bool = False

    def slot(self, role: str) -> Slot | None:
        """The slot of a role, or None."""
        return next((slot for slot in self.slots if slot.role == role), None)


@dataclass(frozen=True)
class Deck:
    """A whole deck. `part` is the text after the title of a slide that is one of several, `is_rtl` its direction."""

    lang: str
    title: str
    footer: str
    revised: str
    part: str
    slides: tuple[Slide, ...]
    is_rtl: bool = False
