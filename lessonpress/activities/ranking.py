"""Reasons or people to rank by a measure; pupils argue for the first and the last."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from lessonpress.model.activity import Activity, Posed
from lessonpress.model.banks import check_scheme
from lessonpress.model.base import Level, Model
from lessonpress.model.dice import Dice
from lessonpress.model.marking import Answer, MarkScheme
from lessonpress.model.sealed import Sealed, seal
from lessonpress.model.text import Line


class Ranked(Model):
    """One thing to rank, and why it has its place in the model ranking."""

    item: Line
    why: Answer


@dataclass(frozen=True)
class Puzzle:
    """The items and the measures, each in a shuffled order; `own` asks for one more item."""

    items: tuple[Line, ...]
    criteria: tuple[Line, ...]
    own: bool
    lines: int
    starters: tuple[Line, ...]


@dataclass(frozen=True)
class Solution:
    """The place of each shuffled item in the model, which measure it uses, and its reasons from first to last."""

    places: tuple[Answer, ...]
    by: tuple[Sealed[bool] | None, ...]
    reasons: tuple[Answer, ...]
    scheme: MarkScheme | None


class Ranking(Activity):
    """Items to rank, with a measure and reasons; no one order is right."""

    example: ClassVar[str] = """
kind: ranking
title: Rank the reasons why Trotsky lost
minutes: 10
marks: 4
criteria: [Without it he could have won, It lasted longest, It moved most people]
items:
  - {item: "The ban on factions", why: "It made any answer to the leaders an offence against the party"}
  - {item: "His silence of May 1924", why: "He let the one document pass that could have hurt Stalin"}
  - {item: "Missing the funeral", why: "He was beaten at the 13th Conference before Lenin died"}
support: {starters: ["It comes first because without it ...", "It comes last because ..."]}
challenge: {own: true}
"""

    kind: Literal["ranking"]
    criteria: tuple[Line, ...] = Field(
        min_length=1,
        max_length=4,
        description="measures to judge by, of which pupils tick one; the model ranking uses the first",
    )
    items: tuple[Ranked, ...] = Field(min_length=3, max_length=10, description="in the order of the model ranking")
    own: bool = Field(default=False, description="leave a row for an item of the pupil's own")
    lines: int = Field(default=2, ge=1, le=8, description="lines for each of the two reasons")
    starters: tuple[Line, ...] = Field(default=(), description="sentence starters, printed above the reasons")
    marks: int = Field(default=4, ge=1, le=60, description="for the reasons, whatever the order")
    mark_scheme: MarkScheme | None = None

    @model_validator(mode="after")
    def _differ(self) -> Ranking:
        for name, texts in (("criteria", self.criteria), ("items", tuple(one.item for one in self.items))):
            words = [text.plain.strip().lower() for text in texts]
            again = next((text for text, word in zip(texts, words, strict=True) if words.count(word) > 1), None)
            if again is not None:
                raise PydanticCustomError(
                    "same_item",
                    '"{text}" stands twice in {name}',
                    {"text": again.plain, "name": name, "hint": "take one of them out, or tell them apart"},
                )
        check_scheme(self.mark_scheme, self.marks)
        return self

    @property
    def total(self) -> int:
        """The marks for the reasons."""
        return self.marks

    def pose(self, level: Level, dice: Dice) -> Posed:
        """The items shuffled, never in the order of the model; the measures shuffled too."""
        order = dice.disordered(range(len(self.items)))
        measures = dice.shuffled(range(len(self.criteria)))
        puzzle = Puzzle(
            tuple(self.items[i].item for i in order),
            tuple(self.criteria[i] for i in measures),
            self.own,
            self.lines,
            self.starters,
        )
        solution = Solution(
            tuple(seal(Line.parse(str(i + 1))) for i in order),
            tuple(seal(True) if i == 0 else None for i in measures),
            tuple(one.why for one in self.items),
            self.mark_scheme,
        )
        return Posed(puzzle, solution)
