"""A plan of an essay: factors with evidence, explanation, links and weights, then a judgement."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar, Literal, get_args

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from lessonpress.model.activity import Activity, Posed
from lessonpress.model.base import Level, Model
from lessonpress.model.dice import Dice
from lessonpress.model.marking import Answer, MarkScheme
from lessonpress.model.refs import QuestionRef
from lessonpress.model.sealed import Sealed, reveal, seal
from lessonpress.model.text import Line

PartName = Literal["point", "evidence", "explain", "link"]
PARTS: tuple[PartName, ...] = get_args(PartName)
SIDES = ("for", "against")
LINES: dict[PartName, int] = {"point": 1, "evidence": 2, "explain": 2, "link": 1}
"""As many for every factor: nothing tells how much the model has to say."""


class Factor(Model):
    """One factor of the model plan: on which side it stands, its four parts, and its weight."""

    side: Sealed[Literal["for", "against"]]
    point: Answer
    evidence: tuple[Answer, ...] = Field(min_length=1, max_length=2)
    explain: Answer
    link: Answer = Field(description="to the question, or to another factor")
    weight: Sealed[Annotated[int, Field(ge=1, le=5)]] = Field(description="1 counts little, 5 most")

    def part(self, name: PartName) -> tuple[Answer, ...]:
        """What stands in a part of the plan."""
        return {"point": (self.point,), "evidence": self.evidence, "explain": (self.explain,), "link": (self.link,)}[
            name
        ]


class Piece(Model):
    """A sentence or two of the model paragraph, and what it does there."""

    part: Line
    text: Answer


@dataclass(frozen=True)
class Box:
    """One part of a factor: lines to write on, or what a level prints there."""

    name: PartName
    lines: int
    given: tuple[Line, ...]


@dataclass(frozen=True)
class Puzzle:
    """The question, and the parts of each factor."""

    ask: Line
    statement: Line | None
    factors: tuple[tuple[Box, ...], ...]
    starters: tuple[Line, ...]
    lines: int


@dataclass(frozen=True)
class Filled:
    """A factor of the model: a tick for each side, its weight, and the answers of each part."""

    sides: tuple[Sealed[bool] | None, ...]
    weight: Answer
    parts: tuple[tuple[Answer, ...], ...]


@dataclass(frozen=True)
class Solution:
    """The model plan with its judgement, a model paragraph, and how the essay is marked."""

    factors: tuple[Filled, ...]
    judgement: Answer
    paragraph: tuple[Piece, ...]
    scheme: MarkScheme | None
    indicative: tuple[Answer, ...]


class EssayPlanner(Activity):
    """An essay to plan before it is written."""

    example: ClassVar[str] = """
kind: essay-planner
title: Plan your essay
minutes: 15
statement: Stalin won because he held the post of General Secretary.
ask: How far do you agree?
factors:
  - side: for
    point: The post placed his appointees
    evidence: [Over 10 000 placements in 1922, The vote of 559 to 65]
    explain: Officials who owed him their posts chose the delegates
    link: It worked only because factions were banned
    weight: 5
  - side: against
    point: Rivals made mistakes
    evidence: [Trotsky's silence of May 1924]
    explain: The one document that could hurt him stayed hidden
    link: Mistakes explain who lost and not who won
    weight: 3
judgement: "To a large extent, for the post outlasted every ally"
paragraph:
  - {part: Point, text: The post let Stalin place his appointees.}
  - {part: Evidence, text: In 1922 alone there were over 10 000 placements.}
support: {give: [point], starters: ["I agree to a ... extent because ..."]}
"""
    shows: ClassVar[frozenset[str]] = frozenset({"factors"})

    kind: Literal["essay-planner"]
    question: QuestionRef | None = Field(default=None, description="the essay, from the bank; or write ask:")
    ask: Line | None = None
    statement: Line | None = Field(default=None, description="the claim that the essay judges, printed in a box")
    factors: tuple[Factor, ...] = Field(min_length=2, max_length=5)
    judgement: Answer
    lines: int = Field(default=3, ge=1, le=8, description="lines for the judgement")
    give: tuple[PartName, ...] = Field(default=(), description="parts that are printed filled")
    starters: tuple[Line, ...] = Field(default=(), description="sentence starters, printed above the judgement")
    paragraph: tuple[Piece, ...] = Field(default=(), description="a model paragraph by its parts, for the key")
    mark_scheme: MarkScheme | None = Field(default=None, description="of the essay; default: that of the question")
    marks: int = Field(default=0, ge=0, le=60, description="for the plan itself")

    @model_validator(mode="after")
    def _one_question(self) -> EssayPlanner:
        if (self.question is None) == (self.ask is None):
            raise PydanticCustomError(
                "which_essay", "write either question: with an id, or ask:", {"hint": "one of the two, not both"}
            )
        return self

    @property
    def total(self) -> int:
        """The marks for the plan."""
        return self.marks

    def pose(self, level: Level, dice: Dice) -> Posed:
        """Empty boxes, but for the parts that a level gives; factors stand in the author's order."""
        boxes: list[tuple[Box, ...]] = []
        filled: list[Filled] = []
        for factor in self.factors:
            given = {name: tuple(reveal(answer) for answer in factor.part(name)) for name in self.give}
            boxes.append(tuple(Box(name, LINES[name], given.get(name, ())) for name in PARTS))
            side, weight = reveal(factor.side), reveal(factor.weight)
            ticks = tuple(seal(True) if name == side else None for name in SIDES)
            parts = tuple(factor.part(name) for name in PARTS)
            filled.append(Filled(ticks, seal(Line.parse(str(weight))), parts))
        bank = self.question
        ask = self.ask if bank is None else bank.ask
        puzzle = Puzzle(ask or Line(()), self.statement, tuple(boxes), self.starters, self.lines)
        scheme = self.mark_scheme or (bank.mark_scheme if bank else None)
        indicative = (bank.indicative if bank else ()) or (scheme.indicative if scheme else ())
        return Posed(puzzle, Solution(tuple(filled), self.judgement, self.paragraph, scheme, indicative))
