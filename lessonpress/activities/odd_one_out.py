"""Sets of things of which one does not belong: pupils tick it and give their reason."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar, Literal

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from lessonpress.model.activity import AnyOrder, Posed
from lessonpress.model.base import Level, Model
from lessonpress.model.dice import Dice
from lessonpress.model.marking import Answer
from lessonpress.model.sealed import reveal
from lessonpress.model.text import Line


class Group(Model):
    """One set: its items, the one that does not belong, and why."""

    items: tuple[Line, ...] = Field(min_length=3, max_length=5)
    odd: Answer = Field(description="exactly as in items")
    why: Answer
    accept: dict[str, Answer] = Field(default={}, description="another item, with a reason that is right too")
    hint: Line | None = Field(default=None, description="what to think of; printed where `hints` says so")
    lines: int = Field(default=2, ge=1, le=4, description="lines to write the reason on")

    @model_validator(mode="before")
    @classmethod
    def _named_ones_are_items(cls, data: Any) -> Any:
        if not isinstance(data, dict) or "odd" not in data or not isinstance(data.get("items"), list):
            return data
        items, odd = [_same(text) for text in data["items"]], _same(data["odd"])
        if len(set(items)) < len(items):
            raise PydanticCustomError("same_items", "two items are the same", {"hint": "change one of them"})
        if odd not in items:
            raise PydanticCustomError(
                "no_such_item",
                '"{answer}" is not one of the items, word for word',
                {"answer": odd, "hint": "copy it from items:"},
            )
        for text in data["accept"] if isinstance(data.get("accept"), dict) else ():
            if _same(text) not in set(items) - {odd}:
                raise PydanticCustomError(
                    "no_such_item",
                    'accept: "{answer}" is not one of the other items, word for word',
                    {"answer": str(text), "hint": "copy it from items:"},
                )
        return data


def _same(text: Any) -> str:
    """An item as it is printed, for comparing."""
    return Line.parse(str(text)).plain


@dataclass(frozen=True)
class Posing:
    """One set as pupils see it."""

    items: tuple[Line, ...]
    hint: Line | None
    lines: int


@dataclass(frozen=True)
class Solution:
    """For each item of a set the answer where it is the odd one, else nothing; and the reason."""

    odd: tuple[Answer | None, ...]
    why: Answer


class OddOneOut(AnyOrder):
    """Sets with one thing that does not belong."""

    example: ClassVar[str] = """
kind: odd-one-out
title: Find the odd one out, and say why
minutes: 6
instruction: Tick one name in each set and give your reason.
sets:
  - items: [Zinoviev, Kamenev, Stalin, Trotsky]
    odd: Trotsky
    why: The other three were the triumvirate, which worked against him.
    accept: {Stalin: "The other three were in opposition together in 1926-27."}
    hint: Think of 1923-25.
  - items: [Bukharin, Rykov, Zinoviev, Tomsky]
    odd: Zinoviev
    why: The others defended NEP until 1929; he was beaten by 1927.
    hint: Think of the quarrel of 1928-29.
support: {hints: true}
"""

    kind: Literal["odd-one-out"]
    sets: tuple[Group, ...] = Field(min_length=1, max_length=8)
    hints: bool = Field(default=False, description="print the hint of each set")
    marks: int | None = Field(default=None, ge=1, le=60, description="default: two a set, one of them for the reason")

    @property
    def total(self) -> int:
        """Two marks a set unless `marks` says otherwise."""
        return self.marks or 2 * len(self.sets)

    def by_guessing(self, puzzle: Any) -> float:
        """One thing of each set; half of its marks are for the reason."""
        return sum(self.total / len(puzzle) / 2 / len(posing.items) for posing in puzzle)

    def pose(self, level: Level, dice: Dice) -> Posed:
        """The items of each set shuffled, and where it is asked for the sets."""
        posings, solutions = [], []
        for group in self.sets:
            items = dice.shuffled(group.items)
            odd = reveal(group.odd).plain
            posings.append(Posing(items, group.hint if self.hints else None, group.lines))
            solutions.append(Solution(tuple(group.odd if i.plain == odd else None for i in items), group.why))
        order = self.drawn_order(len(posings), dice)
        return Posed(tuple(posings[n - 1] for n in order), tuple(solutions[n - 1] for n in order), order)
