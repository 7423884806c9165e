"""A word search: the word is known from its meaning first, then found among the letters."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar, Literal

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from lessonpress.model.activity import Posed
from lessonpress.model.base import Level
from lessonpress.model.clues import Clue, OfClues, OrTerm, check_words, lengths, letters, typed
from lessonpress.model.dice import Dice
from lessonpress.model.hiding import SLANTING, STRAIGHT, Run, Way, hide, sure
from lessonpress.model.marking import Answer
from lessonpress.model.sealed import Sealed, reveal, seal
from lessonpress.model.text import Line


@dataclass(frozen=True)
class Entry:
    """One word to find: its clue, how many letters it has, and its first letter where that is given."""

    clue: Line
    lengths: str
    first: str = ""


@dataclass(frozen=True)
class Puzzle:
    """The letters row by row, and what is to be found among them."""

    rows: tuple[str, ...]
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class Solution:
    """The words, and where each lies."""

    words: tuple[Answer, ...]
    rings: tuple[Sealed[Run], ...]


class WordSearch(OfClues):
    """Words to know from their meaning and to find among letters."""

    example: ClassVar[str] = """
kind: word-search
title: Name each body, then find its name
minutes: 8
instruction: Write the word beside its meaning, then ring it among the letters.
words:
  - politburo
  - {word: congress, clue: "the party's highest meeting, with delegates from every region"}
  - {word: Orgburo, clue: the party committee for staffing and organisation}
  - {word: Comintern, clue: "union of the world's communist parties, directed from Moscow"}
  - {word: plenum, clue: a meeting of the whole Central Committee}
  - {word: Sovnarkom, clue: the Soviet government}
support: {slanting: false, first_letters: true}
challenge: {backwards: true}
"""

    kind: Literal["word-search"]
    words: tuple[Annotated[Clue, OrTerm()], ...] = Field(
        min_length=4, max_length=12, description="ids of terms, or words with clues"
    )
    slanting: bool = Field(default=True, description="words may lie on a slant, not only across and down")
    backwards: bool = Field(default=False, description="words may run backwards too")
    first_letters: bool = Field(default=False, description="print the first letter of each word beside its clue")

    @model_validator(mode="after")
    def _can_be_hidden(self) -> WordSearch:
        words = check_words(self.words)
        for at, word in enumerate(words):
            for other in words:
                if other != word and (word in other or word[::-1] in other):
                    raise PydanticCustomError(
                        "word_inside",
                        '"{word}" would be found twice: it stands inside another word',
                        {"word": typed(self.words[at]), "hint": "take one of the two out"},
                    )
        if sure(words, self.ways) is None:
            raise PydanticCustomError(
                "no_room", "there is no room for so many letters", {"hint": "take out a few of the long words"}
            )
        return self

    @property
    def ways(self) -> tuple[Way, ...]:
        """The ways in which words may lie."""
        ways = STRAIGHT + SLANTING if self.slanting else STRAIGHT
        return ways + tuple((-x, -y) for x, y in ways) if self.backwards else ways

    def pose(self, level: Level, dice: Dice) -> Posed:
        """The words hidden by this draw; where it finds no room, as checking hid them."""
        words = check_words(self.words)
        hidden = hide(words, self.ways, dice) or sure(words, self.ways)
        assert hidden is not None
        entries = tuple(
            Entry(clue.clue, lengths(answer), letters(answer)[0] if self.first_letters else "")
            for clue, answer in ((clue, reveal(clue.word).plain) for clue in self.words)
        )
        solution = Solution(tuple(clue.word for clue in self.words), tuple(map(seal, hidden.runs)))
        return Posed(Puzzle(hidden.rows, entries), solution)
