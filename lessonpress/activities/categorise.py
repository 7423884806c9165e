"""Things to sort into categories by ticks in a table; nothing is cut out."""

from __future__ import annotations

import string
from dataclasses import dataclass
from typing import Annotated, Any, ClassVar, Literal

from pydantic import BeforeValidator, Field, ValidationInfo, model_validator
from pydantic_core import PydanticCustomError

from lessonpress.model.activity import Activity, Posed
from lessonpress.model.base import Level, Model, context
from lessonpress.model.dice import Dice
from lessonpress.model.marking import Answer
from lessonpress.model.sealed import reveal, seal
from lessonpress.model.text import Line

MOST = 16
"""The most items: more would not stand on a page with their categories."""


class Category(Model):
    """A category and what belongs to it."""

    name: Answer
    items: tuple[Answer, ...] = Field(min_length=1)


def _categories(value: Any) -> Any:
    """`name: [items]`, one to a line."""
    if isinstance(value, dict):
        return [{"name": name, "items": items} for name, items in value.items()]
    return value


@dataclass(frozen=True)
class Puzzle:
    """The categories, nameless where pupils name them; the items shuffled, and of each the category that is given."""

    names: tuple[Line | None, ...]
    items: tuple[Line, ...]
    given: tuple[int | None, ...]

    @property
    def letters(self) -> str:
        """The letters of the categories, where they have no columns."""
        return string.ascii_uppercase[: len(self.names)]


@dataclass(frozen=True)
class Solution:
    """The name of each category; for each item its ticks by category, and the letter of the right one."""

    names: tuple[Answer, ...]
    ticks: tuple[tuple[Answer | None, ...], ...]
    letters: tuple[Answer, ...]


class Categorise(Activity):
    """Things to sort."""

    example: ClassVar[str] = """
kind: categorise
title: Sort the bodies of 1924
minutes: 5
categories:
  A party body: [Politburo, Orgburo, Secretariat, Comintern]
  A state body: [Sovnarkom, the War Commissariat]
debatable: {Comintern: "In name it was a union of many parties; it was directed from Moscow."}
support: {give: [Politburo]}
challenge: {named: false}
"""
    shows: ClassVar[frozenset[str]] = frozenset({"categories"})

    kind: Literal["categorise"]
    categories: Annotated[tuple[Category, ...], BeforeValidator(_categories)] = Field(
        min_length=2,
        max_length=4,
        description="each with its items",
        json_schema_extra={"type": "object", "additionalProperties": {"type": "array"}},
    )
    named: bool = Field(default=True, description="print the names of the categories; else pupils name them")
    give: tuple[Line, ...] = Field(default=(), description="items that are printed sorted at this level")
    debatable: dict[str, Answer] = Field(default={}, description="items that may stand elsewhere too, and why")
    marks: int | None = Field(default=None, ge=1, le=60, description="default: one an item")

    @model_validator(mode="after")
    def _items_are_told_apart(self, info: ValidationInfo) -> Categorise:
        items = [reveal(item).plain for category in self.categories for item in category.items]
        if len(items) > MOST:
            raise PydanticCustomError(
                "many_items",
                "there are {count} items; a table has room for {most}",
                {"count": len(items), "most": MOST, "hint": "take some out, or make two activities"},
            )
        again = next((item for at, item in enumerate(items) if item in items[:at]), None)
        if again is not None:
            raise PydanticCustomError(
                "item_twice",
                '"{name}" stands in two categories, or twice in one',
                {"name": again, "hint": "leave it in one and tell the other under debatable:"},
            )
        here = context(info)
        debatable = [Line.parse(name, here.scripts, here.language).plain for name in self.debatable]
        strange = next((name for name in (*(line.plain for line in self.give), *debatable) if name not in items), None)
        if strange is not None:
            raise PydanticCustomError(
                "no_such_item",
                '"{name}" is not one of the items, word for word',
                {"name": strange, "hint": "copy it from categories:"},
            )
        return self

    @property
    def total(self) -> int:
        """One mark an item unless `marks` says otherwise."""
        return self.marks or sum(len(category.items) for category in self.categories)

    def by_guessing(self, puzzle: Any) -> float:
        """One of the categories, where their names are printed."""
        return self.total / len(puzzle.names) if self.named else 0.0

    def pose(self, level: Level, dice: Dice) -> Posed:
        """The items shuffled, never in the order of their categories."""
        sorted_items = [(n, item) for n, category in enumerate(self.categories) for item in category.items]
        order = dice.disordered(sorted_items)
        items = tuple(reveal(item) for _, item in order)
        give = {line.plain for line in self.give}
        names = tuple(category.name for category in self.categories)
        puzzle = Puzzle(
            tuple(reveal(name) if self.named else None for name in names),
            items,
            tuple(n if item.plain in give else None for item, (n, _) in zip(items, order, strict=True)),
        )
        ticks = tuple(tuple(item if n == at else None for at in range(len(names))) for n, item in order)
        letters = tuple(seal(Line.parse(puzzle.letters[n])) for n, _ in order)
        return Posed(puzzle, Solution(names, ticks, letters))
