"""Cards to sort into groups; some of them may stand in more than one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Annotated, Any, ClassVar, Literal

from pydantic import BeforeValidator, Field, GetJsonSchemaHandler, model_validator
from pydantic_core import CoreSchema, PydanticCustomError

from lessonpress.model.activity import Posed
from lessonpress.model.base import Level, Model
from lessonpress.model.cards import Card, CutOut, lettered, mixed
from lessonpress.model.deck import as_text
from lessonpress.model.dice import Dice
from lessonpress.model.marking import Answer
from lessonpress.model.sealed import reveal, seal
from lessonpress.model.text import Line, plain

MAX_CARDS = 20


class _OneOrMore:
    """Shows editors that the only group of a card may be written as text alone."""

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        return {"anyOf": [{"type": "string"}, handler(schema)]}


class SortCard(Model):
    """A card, the group it belongs to, and why."""

    card: Line
    category: Annotated[tuple[Answer, ...], BeforeValidator(as_text), _OneOrMore()] = Field(
        min_length=1, description="word for word as in categories; a card with more than one is debatable"
    )
    why: Answer | None = None


@dataclass(frozen=True)
class Puzzle:
    """The groups and their heading cards, the cards under their letters, and what is printed in place.

    `given` has the letters of the cards placed in each group, `places` the number of the group of
    each placed card, None for all others.
    """

    categories: tuple[Line, ...]
    heads: tuple[Card, ...]
    cards: tuple[Card, ...]
    given: tuple[tuple[str, ...], ...]
    places: tuple[int | None, ...]


@dataclass(frozen=True)
class Sorted:
    """Where a card belongs, for the notes."""

    card: Card
    category: Answer
    why: Answer | None
    debatable: bool


@dataclass(frozen=True)
class Solution:
    """The letters of each group, the number of the group of each card, and the cards with their reasons.

    A letter stands with whether its card is debatable; those that are printed in place are left out.
    """

    letters: tuple[tuple[tuple[Answer, bool], ...], ...]
    numbers: tuple[Answer, ...]
    cards: tuple[Sorted, ...]


class CardSort(CutOut):
    """Cards to sort."""

    example: ClassVar[str] = """
kind: card-sort
title: Sort the reasons why Trotsky lost
minutes: 8
categories: [What he did, What others did, Chance]
cards:
  - {card: He said nothing when the Testament was heard, category: What he did, why: it was his best chance}
  - {card: He attacked two leaders over 1917, category: What he did}
  - {card: Three men joined against him, category: What others did}
  - {card: Secretaries chose the delegates, category: What others did}
  - {card: He was far away when Lenin died, category: [Chance, What others did], why: how much he was misled is disputed}
  - {card: He fell ill at bad moments, category: Chance}
support: {given: 1}
"""

    kind: Literal["card-sort"]
    categories: tuple[Line, ...] = Field(min_length=2, max_length=6)
    cards: tuple[SortCard, ...] = Field(min_length=4, max_length=MAX_CARDS, description="printed in a drawn order")
    given: int = Field(default=0, ge=0, le=2, description="cards of each group that are printed in place")
    marks: int | None = Field(default=None, ge=1, le=60, description="default: one a card")

    @model_validator(mode="before")
    @classmethod
    def _groups_are_known(cls, data: Any) -> Any:
        if not isinstance(data, dict) or not isinstance(data.get("categories"), list):
            return data
        names = [_same(name) for name in data["categories"]]
        cards = data["cards"] if isinstance(data.get("cards"), list) else []
        cards = [card for card in cards if isinstance(card, dict)]
        used = {_same(name): name for card in cards for name in as_text(card.get("category", ""))}
        for name, written in used.items():
            if name and name not in names:
                raise PydanticCustomError("unknown_group", 'no category is called "{name}"', {"name": str(written)})
        for name, written in zip(names, data["categories"], strict=True):
            if cards and name not in used:
                raise PydanticCustomError("empty_group", 'no card belongs to "{name}"', {"name": str(written)})
        return data

    @property
    def total(self) -> int:
        """One mark a card unless `marks` says otherwise."""
        return self.marks or len(self.cards)

    def by_guessing(self, puzzle: Any) -> float:
        """One of the groups for each card."""
        return self.total / len(puzzle.categories)

    def pose(self, level: Level, dice: Dice) -> Posed:
        """The cards in an order in which those of a group do not stand together; debatable ones are never placed."""
        names = [_same(name.plain) for name in self.categories]
        groups = [[names.index(_same(reveal(name).plain)) for name in card.category] for card in self.cards]
        order = mixed(range(len(self.cards)), lambda order: _in_runs([groups[i] for i in order]), dice)
        cards = lettered([self.cards[i].card for i in order])
        firsts = [
            [i for i, group in enumerate(groups) if group == [number]][: self.given] for number in range(len(names))
        ]
        placed = {i for group in firsts for i in group}
        signs = {i: card.sign for i, card in zip(order, cards, strict=True)}
        letters = [
            tuple(
                (seal(Line.parse(signs[i])), len(groups[i]) > 1)
                for i in order
                if number in groups[i] and i not in placed
            )
            for number in range(len(names))
        ]
        return Posed(
            Puzzle(
                self.categories,
                tuple(Card("", (), name) for name in self.categories),
                cards,
                tuple(tuple(sorted(signs[i] for i in group)) for group in firsts),
                tuple(groups[i][0] + 1 if i in placed else None for i in order),
            ),
            Solution(
                tuple(letters),
                tuple(seal(Line.parse(" / ".join(str(n + 1) for n in groups[i]))) for i in order),
                tuple(
                    Sorted(
                        card,
                        _joined([reveal(name) for name in self.cards[i].category]),
                        self.cards[i].why,
                        len(groups[i]) > 1,
                    )
                    for i, card in zip(order, cards, strict=True)
                ),
            ),
        )


def _in_runs(groups: Sequence[list[int]]) -> bool:
    """Whether the cards of every group stand together, which would tell where one ends."""
    runs = [group for group, _ in groupby(group[0] for group in groups)]
    return len(runs) == len(set(runs))


def _joined(names: list[Line]) -> Answer:
    return seal(Line.parse(" / ".join(name.plain for name in names)))


def _same(name: Any) -> str:
    return plain(Line.parse(str(name)).plain).strip().lower()
