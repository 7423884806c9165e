"""Questions and answers on cards that make one closed loop: each card answers the one before it."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Annotated, Any, ClassVar, Literal

from pydantic import BeforeValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from lessonpress.model.activity import Posed
from lessonpress.model.base import Level, Model
from lessonpress.model.cards import CutOut, LoopCard, mixed
from lessonpress.model.dice import Dice
from lessonpress.model.marking import Answer
from lessonpress.model.sealed import reveal, seal
from lessonpress.model.text import Line, plain

_CARDS_SCHEMA: dict[str, Any] = {"type": "object", "additionalProperties": {"type": ["string", "number"]}}


class Link(Model):
    """A question, and what the next card says to it."""

    ask: Line
    answer: Answer


def _links(value: Any) -> Any:
    """`question: answer`, one to a line."""
    if isinstance(value, dict):
        return [{"ask": ask, "answer": answer} for ask, answer in value.items()]
    return value


@dataclass(frozen=True)
class Puzzle:
    """The cards by their numbers, in a drawn order; and the numbers at the start of the loop that are printed.

    `following` has for each card the number of the one after it where that is printed, else none.
    """

    cards: tuple[LoopCard, ...]
    given: tuple[str, ...]
    following: tuple[str | None, ...]


@dataclass(frozen=True)
class Solution:
    """The numbers of the whole loop from card 1 on, the number that follows each card, and the cards in loop order."""

    loop: tuple[Answer, ...]
    following: tuple[Answer, ...]
    cards: tuple[tuple[str, Line, Answer], ...]


class LoopCards(CutOut):
    """A loop of questions and answers."""

    example: ClassVar[str] = """
kind: loop-cards
title: Close the loop of names and places
minutes: 6
cards:
  Which paper did Bukharin edit?: Pravda
  Which city backed Zinoviev?: Leningrad
  Where was Trotsky sent in January 1928?: Alma-Ata
  Which policy let peasants sell their grain?: NEP
  When did Lenin die?: January 1924
  Which body did Zinoviev lead for the world's communists?: Comintern
support: {given: 3}
"""
    shows: ClassVar[frozenset[str]] = frozenset({"cards"})

    kind: Literal["loop-cards"]
    cards: Annotated[tuple[Link, ...], BeforeValidator(_links)] = Field(
        min_length=4, max_length=36, json_schema_extra=_CARDS_SCHEMA, description="question: answer, each answer once"
    )
    given: int = Field(default=1, ge=1, le=10, description="cards of the loop that are printed, from its start")
    marks: int | None = Field(default=None, ge=1, le=60, description="default: one a card, but for the first of a loop")

    @model_validator(mode="before")
    @classmethod
    def _answers_are_unique(cls, data: Any) -> Any:
        links = _links(data.get("cards")) if isinstance(data, dict) else None
        seen: set[str] = set()
        for link in links if isinstance(links, list) else ():
            answer = link.get("answer") if isinstance(link, dict) else None
            if answer is not None and (told := _same(answer)) in seen:
                raise PydanticCustomError(
                    "same_answer",
                    '"{answer}" answers two questions: the loop would part in two',
                    {"answer": str(answer)},
                )
            if answer is not None:
                seen.add(told)
        return data

    @property
    def total(self) -> int:
        """One mark a blank at core level unless `marks` says otherwise: the first card of a loop is printed."""
        return self.marks or len(self.cards) - (1 if self.cut_out else 0)

    @property
    def links(self) -> tuple[tuple[Line, Answer], ...]:
        """Each question with its answer."""
        return tuple((link.ask, link.answer) for link in self.cards)

    def by_guessing(self, puzzle: Any) -> float:
        """For each card one of the others."""
        return self.total / (len(puzzle.cards) - 1)

    def pose(self, level: Level, dice: Dice) -> Posed:
        """The links in a drawn loop, its cards numbered in another drawn order; the loop begins at card 1."""
        count = len(self.cards)
        loop = dice.shuffled(self.cards)
        numbers = (1, *mixed(range(2, count + 1), lambda order: _climbs((1, *order)), dice))
        # The card at a place of the loop has the answer to the question of the card before it.
        cards = [
            LoopCard(str(number), reveal(loop[place - 1].answer), loop[place].ask)
            for place, number in enumerate(numbers)
        ]
        after = {cards[place].sign: cards[(place + 1) % count].sign for place in range(count)}
        given = tuple(card.sign for card in cards[: self.given])
        printed = sorted(cards, key=lambda card: int(card.sign))
        following = tuple(after[card.sign] if card.sign in given[:-1] else None for card in printed)
        solution = Solution(
            tuple(seal(Line.parse(card.sign)) for card in cards),
            tuple(seal(Line.parse(after[card.sign])) for card in printed),
            tuple((card.sign, link.ask, link.answer) for card, link in zip(cards, loop, strict=True)),
        )
        return Posed(Puzzle(tuple(printed), given, following), solution)


def _climbs(numbers: tuple[int, ...]) -> bool:
    """Whether a card is followed by the next number, as if the cards lay in the order of the loop."""
    return any(after == before + 1 for before, after in pairwise(numbers))


def _same(answer: Any) -> str:
    return plain(Line.parse(str(answer)).plain).strip(" .").lower()
