"""Two lists to join: a letter is written in the box beside each left-hand item."""

from __future__ import annotations

import string
from dataclasses import dataclass
from typing import Annotated, Any, ClassVar, Literal

from pydantic import BeforeValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from lessonpress.model.activity import Activity, Posed
from lessonpress.model.base import Level, Model
from lessonpress.model.dice import Dice
from lessonpress.model.marking import Answer
from lessonpress.model.sealed import reveal, seal
from lessonpress.model.text import Line


class Pair(Model):
    """A left-hand item and what it belongs to."""

    left: Line
    right: Answer


class Given(Model):
    """A pair that is printed as an example."""

    left: Line
    right: Line


def _pairs(value: Any) -> Any:
    """`left: right`, one to a line."""
    if isinstance(value, dict):
        return [{"left": left, "right": right} for left, right in value.items()]
    return value


MAX_DRAWS = 20
"""After so many draws in the order of the answers the list is turned round."""
_PAIRS_SCHEMA: dict[str, Any] = {"type": "object", "additionalProperties": {"type": ["string", "number"]}}


@dataclass(frozen=True)
class Puzzle:
    """The left items in the author's order, the right ones shuffled under their letters."""

    left: tuple[Line, ...]
    right: tuple[tuple[str, Line], ...]
    example: Given | None
    example_letter: str


class Matching(Activity):
    """Pairs to match."""

    example: ClassVar[str] = """
kind: matching
title: Match each leader to a post of June 1924
minutes: 4
left: Leader
right: Post
pairs:
  Trotsky: People's Commissar for War
  Rykov: chairman of Sovnarkom
  Bukharin: editor of the party newspaper
distractors: [head of the secret police]
"""
    shows: ClassVar[frozenset[str]] = frozenset({"pairs"})

    kind: Literal["matching"]
    left: Line | None = Field(default=None, description="the head of the left column")
    right: Line | None = Field(default=None, description="the head of the right column")
    pairs: Annotated[tuple[Pair, ...], BeforeValidator(_pairs)] = Field(json_schema_extra=_PAIRS_SCHEMA)
    given: Annotated[tuple[Given, ...], BeforeValidator(_pairs)] = Field(
        default=(), alias="example", json_schema_extra=_PAIRS_SCHEMA, description="a pair printed as an example"
    )
    distractors: tuple[Line, ...] = Field(default=(), description="right-hand items that belong to none")
    marks: int | None = Field(default=None, ge=1, le=60, description="default: one a pair")

    @model_validator(mode="after")
    def _enough_pairs(self) -> Matching:
        if len(self.pairs) < 2:
            raise PydanticCustomError("few_pairs", "a matching needs at least two pairs")
        if len(self.pairs) + len(self.distractors) + len(self.given) > len(string.ascii_uppercase):
            raise PydanticCustomError("many_pairs", "a matching has at most 26 right-hand items")
        return self

    @property
    def total(self) -> int:
        """One mark a pair unless `marks` says otherwise."""
        return self.marks or len(self.pairs)

    @property
    def links(self) -> tuple[tuple[Line, Answer], ...]:
        """Each left-hand item with what belongs to it."""
        return tuple((pair.left, pair.right) for pair in self.pairs)

    def by_guessing(self, puzzle: Any) -> float:
        """Each item has one letter out of those that are not printed as an example."""
        return self.total / max(1, len(puzzle.right) - (puzzle.example is not None))

    def pose(self, level: Level, dice: Dice) -> Posed:
        """The right-hand items shuffled until their letters do not run in the order of the answers."""
        answers = [reveal(pair.right) for pair in self.pairs]
        unique = list(
            {line.plain: line for line in (*answers, *(g.right for g in self.given), *self.distractors)}.values()
        )
        shuffled = _shuffled(unique, [answer.plain for answer in answers], dice)
        letters = {line.plain: string.ascii_uppercase[i] for i, line in enumerate(shuffled)}
        right = tuple((string.ascii_uppercase[i], line) for i, line in enumerate(shuffled))
        example = self.given[0] if self.given else None
        puzzle = Puzzle(
            tuple(p.left for p in self.pairs), right, example, letters[example.right.plain] if example else ""
        )
        solution: tuple[Answer, ...] = tuple(seal(Line.parse(letters[answer.plain])) for answer in answers)
        return Posed(puzzle, solution)


def _shuffled(items: list[Line], answers: list[str], dice: Dice) -> tuple[Line, ...]:
    """The items in a drawn order in which the answers do not stand one after the other as they are asked for."""
    asked = list(dict.fromkeys(answers))
    for _ in range(MAX_DRAWS):
        order = dice.shuffled(items)
        if len(asked) < 2 or [line.plain for line in order if line.plain in asked] != asked:
            return order
    return tuple(reversed(items))
