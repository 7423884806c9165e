"""Nine cards to rank in a diamond: one at the top, then two, three, two and one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any, ClassVar, Literal

from pydantic import BeforeValidator, Field, GetJsonSchemaHandler, model_validator
from pydantic_core import CoreSchema, PydanticCustomError

from lessonpress.model.activity import Posed
from lessonpress.model.base import Level, Model
from lessonpress.model.cards import Card, CutOut, lettered
from lessonpress.model.dice import Dice
from lessonpress.model.marking import Answer
from lessonpress.model.sealed import reveal, seal
from lessonpress.model.text import Line

NINE = 9
ROWS = ((0,), (1, 2), (3, 4, 5), (6, 7), (8,))
"""The places of the diamond, row by row."""


class Ranked(Model):
    """A card, and why it stands where it stands."""

    card: Line
    why: Answer | None = None


def _ranked(value: Any) -> Any:
    return {"card": value} if isinstance(value, str) else value


class _OrText:
    """Shows editors that a card may be written as text alone."""

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        return {"anyOf": [{"type": "string"}, handler(schema)]}


@dataclass(frozen=True)
class Puzzle:
    """The cards under their letters in a drawn order, and the criteria where the level gives them."""

    cards: tuple[Card, ...]
    criteria: tuple[Line, ...]


@dataclass(frozen=True)
class Solution:
    """One ranking: the letter of each place from the top, and why its card stands there."""

    places: tuple[Answer, ...]
    why: tuple[Answer | None, ...]


class DiamondNine(CutOut):
    """Nine cards to rank."""

    example: ClassVar[str] = """
kind: diamond-nine
title: Rank nine reasons for the outcome of 1929
minutes: 10
cards:                        # in the order of one good ranking, the most important first
  - {card: Officials depended on the man who placed them, why: without their votes no rival could be removed}
  - Rivals joined him against one another
  - The rule of 1921 made opposition a crime
  - He seemed to stand in the middle
  - He spoke for the dead leader
  - His policy promised success at home
  - Many new members knew little of earlier quarrels
  - Rivals wrote attacks on one another
  - {card: One rival was travelling in January 1924, why: he had been condemned before that}
criteria: [how long it worked, whether others could have stopped it]
support: {show_criteria: true}
"""
    shows: ClassVar[frozenset[str]] = frozenset({"criteria"})

    kind: Literal["diamond-nine"]
    cards: tuple[Annotated[Ranked, BeforeValidator(_ranked), _OrText()], ...] = Field(
        min_length=NINE, max_length=NINE, description="in the order of one good ranking, row by row"
    )
    criteria: tuple[Answer, ...] = Field(default=(), max_length=5, description="by what to judge; for the key")
    show_criteria: bool = Field(default=False, description="print the criteria on the sheet")
    marks: int | None = Field(default=None, ge=1, le=60, description="default: none")

    @model_validator(mode="before")
    @classmethod
    def _cards_differ(cls, data: Any) -> Any:
        cards = data.get("cards") if isinstance(data, dict) else None
        seen: set[str] = set()
        for card in cards if isinstance(cards, list) else ():
            text = card.get("card") if isinstance(card, dict) else card
            if isinstance(text, str) and text.strip().lower() in seen:
                raise PydanticCustomError("same_cards", 'two cards say "{name}"', {"name": text})
            seen.add(str(text).strip().lower())
        return data

    @property
    def total(self) -> int:
        """The marks, if the ranking has any."""
        return self.marks or 0

    def pose(self, level: Level, dice: Dice) -> Posed:
        """The cards in a drawn order that is not the ranking."""
        order = dice.disordered(range(NINE))
        cards = lettered([self.cards[i].card for i in order])
        signs = {i: card.sign for i, card in zip(order, cards, strict=True)}
        criteria = tuple(reveal(one) for one in self.criteria) if self.show_criteria else ()
        return Posed(
            Puzzle(cards, criteria),
            Solution(
                tuple(seal(Line.parse(signs[i])) for i in range(NINE)),
                tuple(card.why for card in self.cards),
            ),
        )
