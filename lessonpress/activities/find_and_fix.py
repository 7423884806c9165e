"""Statements with a mistake in each: pupils strike out the words that are wrong and write what is right."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar, Literal

from pydantic import ConfigDict, Field, ValidationInfo, model_validator
from pydantic_core import PydanticCustomError

from lessonpress.model.activity import Activity, Claim, Posed
from lessonpress.model.base import Level, Model
from lessonpress.model.dice import Dice
from lessonpress.model.marking import Answer
from lessonpress.model.refs import lookup
from lessonpress.model.sealed import Sealed, reveal, seal
from lessonpress.model.text import Line, cut


class Faulty(Model):
    """One statement, the words of it that are wrong, and what is right."""

    model_config = ConfigDict(json_schema_extra={"required": ["error"]})

    statement: Line
    error: Answer = Field(description="the words that are wrong, exactly as in the statement")
    fix: Answer = Field(description="what is right")
    instead: Answer | None = Field(
        default=None, description="a few words to read in place of the wrong ones, for slides; default: `fix`"
    )
    misconception: str | None = Field(
        default=None, description="an id of banks/misconceptions.yaml, in place of statement and fix"
    )
    marks: int = Field(default=2, ge=1, le=6)
    covers: Claim | None = None
    lines: int = Field(default=2, ge=1, le=4, description="lines to write the correction on")

    @model_validator(mode="before")
    @classmethod
    def _from_bank(cls, data: Any, info: ValidationInfo) -> Any:
        if not isinstance(data, dict) or data.get("misconception") is None:
            return data
        entry = lookup("misconceptions", data["misconception"], info)
        own = {key: value for key, value in data.items() if key != "misconception"}
        return {"statement": entry.wrong, "fix": entry.fix} | own

    @model_validator(mode="after")
    def _error_stands_in_it(self) -> Faulty:
        error = reveal(self.error).plain
        if self.statement.plain.count(error) != 1:
            raise PydanticCustomError(
                "no_error",
                '"{answer}" does not stand once and word for word in "{statement}"',
                {
                    "answer": error,
                    "statement": self.statement.plain,
                    "hint": "copy it from the statement, with more words",
                },
            )
        return self


def _parts(statement: Line, error: str) -> tuple[Line, Line, Line]:
    """What stands before the error, the error, and what stands after it."""
    start = statement.plain.index(error)
    end = start + len(error)
    return cut(statement, 0, start), cut(statement, start, end), cut(statement, end, len(statement.plain))


@dataclass(frozen=True)
class Found:
    """One statement; `parts` are given where the wrong words are marked on the sheet."""

    statement: Line
    marks: int
    lines: int
    parts: tuple[Line, Line, Line] | None


@dataclass(frozen=True)
class Struck:
    """A statement with its mistake struck out; its words are those that the sheet prints."""

    parts: tuple[Line, Line, Line]

    @property
    def plain(self) -> str:
        """The words of the statement."""
        return "".join(part.plain for part in self.parts)

    def __html__(self) -> str:
        before, wrong, after = (part.__html__() for part in self.parts)
        return f'{before}<span class="a struck">{wrong}</span>{after}'


@dataclass(frozen=True)
class Mended:
    """A statement under its number with its mistake struck out, the mistake, what belongs there, and what is right."""

    number: int
    struck: Sealed[Struck]
    wrong: Answer
    instead: Answer | None
    fix: Answer


class FindAndFix(Activity):
    """Mistakes to find and to put right."""

    example: ClassVar[str] = """
kind: find-and-fix
title: Find the mistake in each statement and put it right
minutes: 6
instruction: Strike out the words that are wrong. Write the correction below.
statements:
  - {misconception: M-9, error: quick}
  - statement: The General Secretary could sack any member of the Politburo.
    error: could sack any member
    instead: could propose to remove a member
    fix: Only the Central Committee or a congress could remove a member.
support: {marked: true}
"""

    kind: Literal["find-and-fix"]
    statements: tuple[Faulty, ...] = Field(min_length=1, max_length=12)
    marked: bool = Field(default=False, description="mark the wrong words on the sheet, so that they only need mending")

    @property
    def total(self) -> int:
        """The marks of all statements."""
        return sum(statement.marks for statement in self.statements)

    @property
    def points(self) -> tuple[tuple[str, str], ...]:
        """The points that single statements cover."""
        return tuple((s.covers, str(n)) for n, s in enumerate(self.statements, 1) if s.covers)

    def pose(self, level: Level, dice: Dice) -> Posed:
        """The statements in the author's order."""
        asked = [(s, _parts(s.statement, reveal(s.error).plain)) for s in self.statements]
        found = (Found(s.statement, s.marks, s.lines, parts if self.marked else None) for s, parts in asked)
        mended = (Mended(n, seal(Struck(parts)), s.error, s.instead, s.fix) for n, (s, parts) in enumerate(asked, 1))
        return Posed(tuple(found), tuple(mended))
