"""Things to put in order: pupils number the boxes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any, ClassVar, Literal

from pydantic import BeforeValidator, Field, GetJsonSchemaHandler, model_validator
from pydantic_core import CoreSchema, PydanticCustomError

from lessonpress.model.activity import Activity, Posed
from lessonpress.model.base import Level, Model
from lessonpress.model.dice import Dice
from lessonpress.model.marking import Answer
from lessonpress.model.refs import EventRef
from lessonpress.model.sealed import Sealed, seal
from lessonpress.model.text import Line


class Step(Model):
    """One item, with the date that the key prints."""

    item: Line
    event: EventRef | None = None
    when: Answer | None = None

    @property
    def date(self) -> Answer | None:
        """When it happened, under seal."""
        return seal(self.event.when) if self.event else self.when


def _step(value: Any) -> Any:
    return {"item": value} if isinstance(value, str) else value


class _OrText:
    """Shows editors that an item may be written as text alone."""

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        return {"anyOf": [{"type": "string"}, handler(schema)]}


@dataclass(frozen=True)
class Puzzle:
    """The items in a shuffled order; `places` holds the number of an anchored one, else None."""

    items: tuple[Line, ...]
    places: tuple[int | None, ...]


@dataclass(frozen=True)
class Solution:
    """The right place of each shuffled item, and its date where one is known."""

    places: tuple[Sealed[Line], ...]
    dates: tuple[Answer | None, ...]


class Ordering(Activity):
    """Items to number in order."""

    example: ClassVar[str] = """
kind: ordering
title: Number the steps in order of time
minutes: 4
items:
  - {item: Factions are banned, when: March 1921}
  - {item: Stalin becomes General Secretary, when: 3 April 1922}
  - {item: The Testament is heard by the Central Committee, when: 21 May 1924}
support: {anchors: [1]}
"""

    kind: Literal["ordering"]
    items: tuple[Annotated[Step, BeforeValidator(_step), _OrText()], ...] = Field(
        min_length=3, max_length=12, description="in the right order"
    )
    anchors: tuple[int, ...] = Field(default=(), description="places of items that are printed in place")
    marks: int | None = Field(default=None, ge=1, le=60, description="default: one an item")

    @model_validator(mode="after")
    def _anchors_are_places(self) -> Ordering:
        for place in self.anchors:
            if not 1 <= place <= len(self.items):
                raise PydanticCustomError(
                    "anchor",
                    "there is no place {place}: the list has {count} items",
                    {"place": place, "count": len(self.items)},
                )
        return self

    @property
    def total(self) -> int:
        """One mark an item unless `marks` says otherwise."""
        return self.marks or len(self.items)

    def by_guessing(self, puzzle: Any) -> float:
        """One of the free places by chance, whatever their number."""
        places: tuple[int | None, ...] = puzzle.places
        return self.total / max(1, places.count(None))

    def pose(self, level: Level, dice: Dice) -> Posed:
        """The items shuffled, never in their right order."""
        order = dice.disordered(range(len(self.items)))
        items = tuple(self.items[i].item for i in order)
        places = tuple(i + 1 if i + 1 in self.anchors else None for i in order)
        solution = Solution(
            tuple(seal(Line.parse(str(i + 1))) for i in order), tuple(self.items[i].date for i in order)
        )
        return Posed(Puzzle(items, places), solution)
