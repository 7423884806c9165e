"""How cards are laid on a page: as many as leave the longest of them readable, all in one size of type."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from lessonpress.compose.kit import Kit
from lessonpress.measure import wrap
from lessonpress.model.cards import Card, LoopCard
from lessonpress.model.text import Line

PT_PER_MM = 72 / 25.4
SLACK = 0.97
"""Lines are filled to this part: bold words are wider than measured, and kerning is left out."""
STEP_PT = 0.5
LARGEST = 2.0
"""Cards are read across a table: their type is up to so many times that of running text."""
PAD_MM = 5.0
"""From the cut to the text: copies shift by two or three mm, and scissors by one."""
HEAD_MM = 2.0
"""Between the head of a set and its first row."""
DISPLAY = 1.12
"""How much wider a heading may be set than bold text of its size."""
CELL_PAD_MM = 2.0
BULLET_MM = 4.0

Shape = tuple[int, int]
"""Columns and rows of a page."""


@dataclass(frozen=True, slots=True)
class Grid:
    """A page of cards: how many, how large in mm, the size of their type in points and its line in mm."""

    columns: int
    rows: int
    width: float
    height: float
    size: float
    lead: float

    @property
    def count(self) -> int:
        """How many cards stand on a page."""
        return self.columns * self.rows


@dataclass(frozen=True, slots=True)
class Hexagons:
    """Hexagons with flat tops on a page: their side in mm, the text that fits in one, and where each stands."""

    side: float
    height: float
    text_width: float
    text_height: float
    size: float
    lead: float
    places: tuple[tuple[float, float], ...]

    @property
    def count(self) -> int:
        """How many hexagons stand on a page."""
        return len(self.places)

    @property
    def page_height(self) -> float:
        """The height that they take together, in mm."""
        return max(top for _, top in self.places) + self.height


class CardRuler:
    """Measures cards in the type of a kit's theme; the smallest type is that of running text.

    The first page of a set has `title` and `under` above its cards, and its other pages leave as much free.
    """

    def __init__(self, kit: Kit, title: Line, under: str) -> None:
        theme = self._theme = kit.theme
        self._face, self._bold = kit.faces["text"], kit.faces["text-bold"]
        self.width = theme.measure_mm
        page = theme.mm("page-height") - theme.mm("margin-top") - theme.mm("margin-bottom")
        self.height = math.floor(page - self._head(title, under))
        self.pad = theme.scaled(PAD_MM)
        self.least = theme.pt("body")
        self._line = theme.mm("lead") / theme.pt("body")

    def _head(self, title: Line, under: str) -> float:
        """The height of the head of a set, in mm."""
        theme, room = self._theme, self._theme.text_mm * PT_PER_MM * SLACK
        titles = len(wrap(self._bold, title.plain, theme.pt("h2-size") * DISPLAY, room))
        unders = len(wrap(self._face, under, theme.pt("small"), room))
        return max(titles * theme.mm("lead"), theme.scaled(8)) + unders * theme.mm("small-lead") + theme.scaled(HEAD_MM)

    def grid(self, cards: Sequence[Card], shapes: Sequence[Shape]) -> Grid:
        """The first of the shapes, the densest first, in which every card can be read; else the last."""
        return self._best(shapes, lambda wide, high, size: all(self.fits(card, wide, high, size) for card in cards))

    def loops(self, cards: Sequence[LoopCard], shapes: Sequence[Shape]) -> Grid:
        """Cards that have an answer and ask a question in bold, each led by a small line of ours."""
        leads = 2 * self._theme.mm("small-lead")
        all_ = [Card(card.sign, (card.has,), card.asks) for card in cards]
        return self._best(
            shapes, lambda wide, high, size: all(self.fits(card, wide, high - leads, size) for card in all_)
        )

    def boards(self, words: Sequence[Line], side: int, shapes: Sequence[Shape]) -> Grid:
        """Cards that are boards of `side` by `side` words, below a sign."""
        cards = [Card("", (word,)) for word in words]

        def fits(wide: float, high: float, size: float) -> bool:
            cell_wide, cell_high = self._cell(wide, high, side)
            return all(self._inside(card, cell_wide - CELL_PAD_MM, cell_high - CELL_PAD_MM, size) for card in cards)

        return self._best(shapes, fits)

    def cell(self, grid: Grid, side: int) -> tuple[float, float]:
        """How wide and high a cell of a board is, in mm."""
        return self._cell(grid.width, grid.height, side)

    def _cell(self, width: float, height: float, side: int) -> tuple[float, float]:
        head = self._theme.mm("small-lead") + self._theme.scaled(CELL_PAD_MM)
        return (width - 2 * self.pad) / side, (height - 2 * self.pad - head) / side

    def hexagons(self, words: Sequence[Line]) -> Hexagons:
        """Hexagons in as many columns, up to four, as leave every word readable."""
        cards = [Card("", (word,)) for word in words]
        found = self._hexagons(2, self.least)
        for columns in (4, 3, 2):
            for size in self._sizes():
                found = self._hexagons(columns, size)
                if all(self._inside(card, found.text_width, found.text_height, size) for card in cards):
                    return found
        return found

    def _hexagons(self, columns: int, size: float) -> Hexagons:
        side = self.width / (1.5 * columns + 0.5)
        height = math.sqrt(3) * side
        text_height = 0.55 * height
        rows = int(self.height // height)
        places = [
            (1.5 * side * column, height * (row + column % 2 / 2))
            for row in range(rows)
            for column in range(columns)
            if height * (row + 1 + column % 2 / 2) <= self.height
        ]
        # A hexagon narrows to its side above and below: the text keeps to the width at its first and last line.
        width = 2 * side - text_height / math.sqrt(3) - 2
        return Hexagons(side, height, width, text_height, size, self._line * size, tuple(places))

    def _best(self, shapes: Sequence[Shape], fits: Callable[[float, float, float], bool]) -> Grid:
        for columns, rows in shapes:
            wide, high = self.width / columns, self.height / rows
            for size in self._sizes():
                if fits(wide, high, size):
                    return self._grid(columns, rows, size)
        return self._grid(*shapes[-1], self.least)

    def _grid(self, columns: int, rows: int, size: float) -> Grid:
        width, height = self.width / columns, self.height / rows
        return Grid(columns, rows, round(width, 3), round(height, 3), size, round(self._line * size, 3))

    def _sizes(self) -> Iterator[float]:
        """Sizes of type from the largest to that of running text."""
        most = self.least if self._theme.profile.flow == "list" else math.floor(self.least * LARGEST)
        for step in range(int((most - self.least) / STEP_PT) + 1):
            yield most - step * STEP_PT

    def fits(self, card: Card, width: float, height: float, size: float) -> bool:
        """Whether a card of so many mm holds its text in a size of type, within its padding."""
        sign = self._theme.mm("small-lead") if card.sign else 0.0
        return self._inside(card, width - 2 * self.pad, height - 2 * self.pad - sign, size)

    def _inside(self, card: Card, width: float, height: float, size: float) -> bool:
        lines = [self._lines(line, width, size) for line in card.text]
        lines += [self._lines(line, width - self._theme.scaled(BULLET_MM), size) for line in card.points]
        lines += [self._lines(line, width, size, bold=True) for line in ([card.head] if card.head else [])]
        gaps = 0.25 * (len(lines) - 1)
        return None not in lines and (sum(filter(None, lines)) + gaps) * self._line * size <= height

    def _lines(self, line: Line, width: float, size: float, *, bold: bool = False) -> int | None:
        """How many lines a paragraph takes; None where a word is wider than the line."""
        face = self._bold if bold or any(run.strong for run in line.runs) else self._face
        room = width * PT_PER_MM * SLACK
        if any(face.width(word, size) > room for word in _words([line])):
            return None
        return len(wrap(face, line.plain, size, room))


def _words(lines: Iterable[Line]) -> Iterator[str]:
    for line in lines:
        for word in line.plain.split(" "):
            yield from word.replace("-", "- ").replace("–", "– ").split(" ")
