"""Statements to judge, and to correct in writing where they are wrong."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar, Literal

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from lessonpress.model.activity import AnyOrder, Claim, Posed
from lessonpress.model.base import Level, Model
from lessonpress.model.dice import Dice
from lessonpress.model.marking import Answer
from lessonpress.model.sealed import Sealed
from lessonpress.model.text import Line

WRONG = frozenset({"false", "no", "off", "f", "n", "0"})
"""The words that YAML and pydantic read as false."""


class Statement(Model):
    """One statement, its verdict and, where it is wrong, the correction."""

    statement: Line
    verdict: Sealed[bool]
    correction: Answer | None = None
    why: Answer | None = None
    marks: int = Field(default=1, ge=1, le=6)
    covers: Claim | None = None
    lines: int = Field(default=2, ge=1, le=4, description="lines to write the correction on")

    @model_validator(mode="before")
    @classmethod
    def _wrong_ones_are_corrected(cls, data: object) -> object:
        if isinstance(data, dict) and str(data.get("verdict")).lower() in WRONG and not data.get("correction"):
            raise PydanticCustomError("no_correction", "the statement is false and has no correction")
        return data


@dataclass(frozen=True)
class Solution:
    """The verdict of each statement, and its correction where it needs one."""

    verdicts: tuple[Sealed[bool], ...]
    corrections: tuple[Answer | None, ...]


class TrueFalse(AnyOrder):
    """True or false, with the correction written out."""

    example: ClassVar[str] = """
kind: true-false
title: Judge each statement, then mend the false ones
minutes: 6
statements:
  - statement: In June 1924 Zinoviev and Trotsky were allies.
    verdict: false
    correction: Zinoviev led the attack on Trotsky until 1925.
  - statement: The Politburo of June 1924 had seven full members.
    verdict: true
    why: The seven were elected on 2 June 1924.
"""

    kind: Literal["true-false"]
    correct: bool = Field(default=True, description="pupils write the correction")
    statements: tuple[Statement, ...] = Field(min_length=1)

    @property
    def total(self) -> int:
        """The marks of all statements."""
        return sum(statement.marks for statement in self.statements)

    @property
    def points(self) -> tuple[tuple[str, str], ...]:
        """The points that single statements cover."""
        return tuple((s.covers, str(n)) for n, s in enumerate(self.statements, 1) if s.covers)

    def by_guessing(self, puzzle: Any) -> float:
        """Half the marks, but for the false ones where the correction is written out."""
        return sum(s.marks / 2 for s in self.statements if s.correction is None or not self.correct)

    def pose(self, level: Level, dice: Dice) -> Posed:
        """The statements in the author's order, or in a drawn one."""
        order = self.drawn_order(len(self.statements), dice)
        put = tuple(self.statements[number - 1] for number in order)
        corrections = tuple(s.why if s.correction is None else s.correction for s in put)
        return Posed(put, Solution(tuple(s.verdict for s in put), corrections), order)
