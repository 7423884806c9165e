"""An account with gaps, a word bank and distractors; or a diagram whose labels are gaps."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar, Literal

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from lessonpress.diagrams import AnyDiagram
from lessonpress.model.activity import Activity, Posed
from lessonpress.model.base import Level
from lessonpress.model.dice import Dice
from lessonpress.model.gaps import Gap, GapText
from lessonpress.model.guessing import from_bank
from lessonpress.model.marking import Answer
from lessonpress.model.sealed import reveal
from lessonpress.model.text import Line

NARROW_LETTERS = 11
"""Longer answers than this need the wide gap, for all gaps of the text."""


@dataclass(frozen=True)
class Blank:
    """A numbered blank, perhaps with the first letter of its answer."""

    number: int
    first: str = ""


@dataclass(frozen=True)
class Puzzle:
    """Paragraphs of lines and blanks, and the words to choose from in alphabetical order."""

    paragraphs: tuple[tuple[Line | Blank, ...], ...]
    bank: tuple[Line, ...]
    uses: int
    wide: bool
    firsts: tuple[str, ...] = ()
    """The first letter of each answer, at levels that give it."""


class Cloze(Activity):
    """Gaps to fill."""

    example: ClassVar[str] = """
kind: cloze
title: Complete the account of the ban
minutes: 5
text: |
  The party met in congress while sailors rose against it. It was [[March]] 1921, and the revolt at
  [[Kronstadt|the Kronstadt revolt]] was being put down. Open groups with their own [[programme]] were
  forbidden. The rule outlived the emergency.
distractors: [Comintern]
support: {first_letters: true}
challenge: {word_bank: false}
"""
    shows: ClassVar[frozenset[str]] = frozenset({"text", "diagram"})

    kind: Literal["cloze"]
    text: GapText | None = None
    diagram: AnyDiagram | None = Field(default=None, description="a diagram whose labels are gaps, in place of text")
    distractors: tuple[Line, ...] = Field(default=(), description="words in the bank that fit no gap")
    word_bank: bool = True
    first_letters: bool = Field(default=False, description="print the first letter of each answer")
    marks: int | None = Field(default=None, ge=1, le=60, description="default: one a gap")

    @model_validator(mode="after")
    def _has_gaps(self) -> Cloze:
        if not self.gaps:
            raise PydanticCustomError("no_gaps", "there is no gap: write one as [[answer]]")
        return self

    @property
    def gaps(self) -> tuple[Gap, ...]:
        """The gaps of the text, then those of the diagram."""
        return (*(self.text.gaps if self.text else ()), *(self.diagram.gaps if self.diagram else ()))

    @property
    def total(self) -> int:
        """One mark a gap unless `marks` says otherwise."""
        return self.marks or len(self.gaps)

    def by_guessing(self, puzzle: Any) -> float:
        """Words of the bank put into the gaps by chance."""
        return from_bank(self.total, puzzle.bank, puzzle.uses, puzzle.firsts)

    def pose(self, level: Level, dice: Dice) -> Posed:
        """Numbered blanks; the bank is alphabetical, so that its order gives nothing away."""
        answers = [reveal(gap.answer) for gap in self.gaps]
        numbers = iter(range(1, len(answers) + 1))
        firsts = tuple(answer.plain[0] for answer in answers) if self.first_letters else ()
        paragraphs = []
        for paragraph in self.text.paragraphs if self.text else ():
            pieces: list[Line | Blank] = []
            for piece in paragraph:
                if isinstance(piece, Gap):
                    number = next(numbers)
                    pieces.append(Blank(number, firsts[number - 1] if firsts else ""))
                else:
                    pieces.append(piece.line)
            paragraphs.append(tuple(pieces))
        told = {answer.plain for answer in answers}
        words = (*answers, *(word for word in self.distractors if word.plain not in told))
        bank = tuple(sorted(words, key=lambda word: (word.plain.lower(), word.plain))) if self.word_bank else ()
        wide = any(len(answer.plain) > NARROW_LETTERS for answer in answers)
        solution: tuple[Answer, ...] = tuple(gap.answer for gap in self.gaps)
        return Posed(Puzzle(tuple(paragraphs), bank, len(answers), wide, firsts), solution)
