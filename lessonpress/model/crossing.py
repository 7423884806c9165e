"""Words that cross in a grid, as in a crossword: many drawn attempts, of which the densest is kept."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from lessonpress.model.dice import Dice

SIDE = 17
"""The most squares across and down: as many as a page has room for at 8 mm and more."""
ATTEMPTS = 32
"""How many grids are drawn before the densest is kept."""
WORTH = 20
"""How many squares of ground a crossing is worth when two grids are compared."""

Square = tuple[int, int]
"""Column and row."""


class Slot(NamedTuple):
    """Where a word lies: its place among the words, its first square, and whether it goes down."""

    word: int
    column: int
    row: int
    down: bool

    def squares(self, count: int) -> list[Square]:
        """The squares of its letters."""
        if self.down:
            return [(self.column, self.row + n) for n in range(count)]
        return [(self.column + n, self.row) for n in range(count)]


class Box(NamedTuple):
    """The ground of a grid: its outermost columns and rows."""

    left: int
    top: int
    right: int
    bottom: int

    @property
    def columns(self) -> int:
        """How many columns it has."""
        return self.right - self.left + 1

    @property
    def rows(self) -> int:
        """How many rows it has."""
        return self.bottom - self.top + 1

    def with_(self, squares: Sequence[Square]) -> Box:
        """The ground with a run of squares, of which the first and the last are its ends."""
        (left, top), (right, bottom) = squares[0], squares[-1]
        return Box(min(self.left, left), min(self.top, top), max(self.right, right), max(self.bottom, bottom))


@dataclass
class Grid:
    """Words laid out so far: the letter of each square, and which ways words run through it."""

    letters: dict[Square, str] = field(default_factory=dict)
    ways: dict[Square, set[bool]] = field(default_factory=lambda: defaultdict(set))
    slots: list[Slot] = field(default_factory=list)
    crossings: int = 0
    box: Box = field(default_factory=lambda: Box(0, 0, 0, 0))

    def put(self, word: str, slot: Slot) -> None:
        """Write a word that fits."""
        squares = slot.squares(len(word))
        for square, letter in zip(squares, word, strict=True):
            self.crossings += square in self.letters
            self.letters[square] = letter
            self.ways[square].add(slot.down)
        self.slots.append(slot)
        self.box = self.box.with_(squares)

    def crossed(self, word: str, slot: Slot) -> int:
        """How many words a word would cross in a slot; 0 where it does not fit."""
        squares = slot.squares(len(word))
        if any(end in self.letters for end in _ends(squares, down=slot.down)):
            return 0
        found = 0
        for square, letter in zip(squares, word, strict=True):
            there = self.letters.get(square)
            if there is None:
                if any(side in self.letters for side in _beside(*square, down=slot.down)):
                    return 0
            elif there != letter or slot.down in self.ways[square]:
                return 0
            else:
                found += 1
        return found

    @property
    def worth(self) -> tuple[int, int]:
        """The more words, then the more crossings on less ground, the better."""
        return len(self.slots), WORTH * self.crossings - self.box.columns * self.box.rows


def _ends(squares: Sequence[Square], *, down: bool) -> tuple[Square, Square]:
    """The squares before the first letter of a word and after its last."""
    (column, row), (far_column, far_row) = squares[0], squares[-1]
    return ((column, row - 1), (far_column, far_row + 1)) if down else ((column - 1, row), (far_column + 1, far_row))


def _beside(column: int, row: int, *, down: bool) -> tuple[Square, Square]:
    """The squares at both sides of a letter of a word."""
    return ((column - 1, row), (column + 1, row)) if down else ((column, row - 1), (column, row + 1))


def lay_out(words: Sequence[str], dice: Dice, attempts: int = ATTEMPTS, *, first: bool = False) -> Grid:
    """The densest of the grids that so many attempts give, or the `first` that holds all words.

    All words of a grid are joined: each crosses another. Where no attempt places all words the
    grid has fewer slots than there are words.
    """
    best = _attempt(words, dice)
    for _ in range(attempts - 1):
        if first and len(best.slots) == len(words):
            break
        best = max(best, _attempt(words, dice), key=lambda grid: grid.worth)
    return best


def sure(words: Sequence[str]) -> Grid:
    """A grid that does not depend on the draw: words that are checked with it can always be posed."""
    return lay_out(words, Dice("crossing"), 4 * ATTEMPTS, first=True)


def _attempt(words: Sequence[str], dice: Dice) -> Grid:
    """One grid: long words first, more or less; a word that crosses nothing yet waits for the others."""
    haste = [len(word) + dice.below(4) for word in words]
    waiting = sorted(range(len(words)), key=lambda at: (-haste[at], at))
    grid = Grid()
    start = waiting.pop(0)
    grid.put(words[start], Slot(start, 0, 0, down=False))
    before = 0
    while before < len(grid.slots):
        before = len(grid.slots)
        for at in tuple(waiting):
            slot = _best(grid, words[at], at, dice)
            if slot is not None:
                grid.put(words[at], slot)
                waiting.remove(at)
    return grid


def _best(grid: Grid, word: str, at: int, dice: Dice) -> Slot | None:
    """The slot where a word crosses most and spreads least; None where it crosses nothing."""
    best, found = (0, 0, 0), None
    for slot in _slots(grid, word, at):
        crossed = grid.crossed(word, slot)
        box = grid.box.with_(slot.squares(len(word)))
        if crossed and max(box.columns, box.rows) <= SIDE:
            worth = (crossed, -box.columns * box.rows, dice.below(1000))
            if found is None or worth > best:
                best, found = worth, slot
    return found


def _slots(grid: Grid, word: str, at: int) -> Iterable[Slot]:
    """Every slot in which a letter of a word lies on the same letter of the grid, each once."""
    found: dict[Slot, None] = {}
    for (column, row), there in grid.letters.items():
        for place, letter in enumerate(word):
            if letter == there:
                for down in {False, True} - grid.ways[column, row]:
                    across, along = (0, place) if down else (place, 0)
                    found[Slot(at, column - across, row - along, down)] = None
    return found


def upright(grid: Grid) -> Grid:
    """The grid moved to begin at 0, 0 and turned where it stands, since a page has more room for one that lies."""
    turned = grid.box.rows > grid.box.columns

    def moved(column: int, row: int) -> Square:
        column, row = column - grid.box.left, row - grid.box.top
        return (row, column) if turned else (column, row)

    return Grid(
        {moved(*square): letter for square, letter in grid.letters.items()},
        {moved(*square): {way != turned for way in ways} for square, ways in grid.ways.items()},
        [Slot(slot.word, *moved(slot.column, slot.row), slot.down != turned) for slot in grid.slots],
        grid.crossings,
        Box(0, 0, max(grid.box.columns, grid.box.rows) - 1, min(grid.box.columns, grid.box.rows) - 1),
    )
