"""A crossword: words to write into a grid from their clues.

The grid is searched for by many drawn attempts, and the densest one is kept.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar, Literal

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from lessonpress.model.activity import Posed
from lessonpress.model.base import Level
from lessonpress.model.clues import Clue, OfClues, OrTerm, check_words, lengths, typed
from lessonpress.model.crossing import Slot, lay_out, sure, upright
from lessonpress.model.dice import Dice
from lessonpress.model.marking import Answer
from lessonpress.model.sealed import reveal, seal
from lessonpress.model.text import Line


@dataclass(frozen=True)
class Cell:
    """One square as pupils see it: its place from 0, its number where a word begins, a letter that is given."""

    column: int
    row: int
    number: int | None = None
    given: str = ""


@dataclass(frozen=True)
class Entry:
    """One word to find: its number, its clue, how many letters it has, and its cells in the order of its letters."""

    number: int
    clue: Line
    lengths: str
    cells: tuple[int, ...]


@dataclass(frozen=True)
class Puzzle:
    """The grid, row by row, and the clues of both directions in the order of their numbers."""

    columns: int
    rows: int
    cells: tuple[Cell, ...]
    across: tuple[Entry, ...]
    down: tuple[Entry, ...]


@dataclass(frozen=True)
class Solution:
    """The letter of each cell, and the words of both directions."""

    letters: tuple[Answer, ...]
    across: tuple[Answer, ...]
    down: tuple[Answer, ...]


class Crossword(OfClues):
    """Words to find from their clues, crossing one another."""

    example: ClassVar[str] = """
kind: crossword
title: Fill in the words of the party
minutes: 10
instruction: Write one letter in each square.
words:
  - politburo
  - {word: congress, clue: "the party's highest meeting, with delegates from every region"}
  - {word: Orgburo, clue: the party committee for staffing and organisation}
  - {word: Comintern, clue: "union of the world's communist parties, directed from Moscow"}
  - {word: plenum, clue: a meeting of the whole Central Committee}
  - {word: Sovnarkom, clue: the Soviet government}
  - {word: triumvirate, clue: "the alliance of Zinoviev, Kamenev and Stalin, about 1923-25"}
support: {first_letters: true}
"""

    kind: Literal["crossword"]
    words: tuple[Annotated[Clue, OrTerm()], ...] = Field(
        min_length=4, max_length=16, description="ids of terms, or words with clues"
    )
    first_letters: bool = Field(default=False, description="print the first letter of each word in the grid")

    @model_validator(mode="after")
    def _can_be_laid_out(self) -> Crossword:
        words = check_words(self.words)
        grid = sure(words)
        if len(grid.slots) < len(words):
            left = set(range(len(words))) - {slot.word for slot in grid.slots}
            raise PydanticCustomError(
                "no_grid",
                'no grid was found that holds "{word}" with the other words',
                {
                    "word": typed(self.words[min(left)]),
                    "hint": "it must share a letter with others: change it, or take out long words",
                },
            )
        return self

    def pose(self, level: Level, dice: Dice) -> Posed:
        """The densest grid of this draw; where none holds all words, the one that checking found."""
        words = check_words(self.words)
        grid = lay_out(words, dice)
        grid = upright(grid if len(grid.slots) == len(words) else sure(words))
        order = sorted(grid.letters, key=lambda square: (square[1], square[0]))
        starts = sorted({(slot.row, slot.column) for slot in grid.slots})
        numbers = {(column, row): number for number, (row, column) in enumerate(starts, 1)}
        slots = sorted(grid.slots, key=lambda slot: numbers[slot.column, slot.row])
        given = set(numbers) if self.first_letters else set()
        cells = tuple(Cell(*at, numbers.get(at), grid.letters[at] if at in given else "") for at in order)
        place = {square: n for n, square in enumerate(order)}

        def entry(slot: Slot) -> Entry:
            word = self.words[slot.word]
            squares = tuple(place[square] for square in slot.squares(len(words[slot.word])))
            return Entry(numbers[slot.column, slot.row], word.clue, lengths(reveal(word.word).plain), squares)

        across, down = ([slot for slot in slots if slot.down == way] for way in (False, True))
        return Posed(
            Puzzle(grid.box.columns, grid.box.rows, cells, tuple(map(entry, across)), tuple(map(entry, down))),
            Solution(
                tuple(seal(Line.parse(grid.letters[square])) for square in order),
                tuple(self.words[slot.word].word for slot in across),
                tuple(self.words[slot.word].word for slot in down),
            ),
        )
