"""Bingo of terms: cards that all differ, and the caller's list of clues; or one card to fill alone, from the clues."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import comb
from typing import Annotated, Any, ClassVar, Literal

from pydantic import BeforeValidator, Field, GetJsonSchemaHandler, ValidationInfo, model_validator
from pydantic_core import CoreSchema, PydanticCustomError

from lessonpress.model.activity import Posed
from lessonpress.model.base import Level, Model
from lessonpress.model.cards import CutOut
from lessonpress.model.dice import Dice
from lessonpress.model.marking import Answer
from lessonpress.model.refs import lookup
from lessonpress.model.sealed import reveal, seal
from lessonpress.model.text import Line

MAX_TRIES = 40
"""So many draws in a row that give a card again: the cards that are left are then taken one by one."""
SPARE_CLUES = 3
"""Clues that fit no cell, where a card is filled alone."""


class Called(Model):
    """A word, and the clue that the caller reads out."""

    word: Answer
    clue: Line


def _words(value: Any, info: ValidationInfo) -> Any:
    """`word: clue`, one to a line, or a list of ids of terms, whose definitions are the clues."""
    if isinstance(value, dict):
        return [{"word": word, "clue": clue} for word, clue in value.items()]
    if not isinstance(value, list | tuple):
        return value
    terms = [lookup("terms", item, info) if isinstance(item, str) else None for item in value]
    return [
        item if term is None else {"word": seal(term.term), "clue": term.definition}
        for item, term in zip(value, terms, strict=True)
    ]


class _AsWritten:
    """Shows editors what `_words` reads."""

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        words = {"type": "object", "additionalProperties": {"type": ["string", "number"]}}
        return {"anyOf": [words, {"type": "array", "items": {"type": "string"}}]}


@dataclass(frozen=True)
class Puzzle:
    """The cards, row by row, each with as many words as it has cells; the numbered clues of a card filled alone."""

    cards: tuple[tuple[Line, ...], ...]
    size: int
    clues: tuple[Line, ...]


@dataclass(frozen=True)
class Solution:
    """What the caller reads, word and clue, in order; the cards that are full first, and after how many words.

    `row` is a row of such a card with its clues, `numbers` the number of the clue of each cell of a card
    that is filled alone.
    """

    calls: tuple[tuple[Answer, Line], ...]
    first: tuple[int, ...]
    after: int
    row: tuple[tuple[Answer, Answer], ...]
    numbers: tuple[Answer, ...]


class Bingo(CutOut):
    """Bingo of terms."""

    example: ClassVar[str] = """
kind: bingo
title: Listen for the word
minutes: 6
cards: 12
words:
  Kulak: a peasant better off than most
  Nepman: a private trader of the twenties
  Plenum: a full meeting of the Central Committee
  Vozhd: a word for leader
  Krupskaya: Lenin's wife
  Frunze: he followed Trotsky at the War Commissariat
  Uglanov: he led Moscow until 1928
  Kirov: he took over from Zinoviev in 1926
  Sukhum: where Trotsky was going when Lenin died
  Tomsky: he led the trade unions
  Komsomol: the party's organisation for the young
  Orgburo: it placed people in posts
"""
    shows: ClassVar[frozenset[str]] = frozenset({"words"})
    answers_elsewhere: ClassVar[bool] = True

    kind: Literal["bingo"]
    words: Annotated[tuple[Called, ...], BeforeValidator(_words), _AsWritten()] = Field(
        min_length=9, max_length=60, description="word: clue, or ids of banks/terms.yaml"
    )
    size: int = Field(default=3, ge=3, le=4, description="cells across and down")
    cards: int = Field(default=30, ge=1, le=40, description="how many different cards")
    marks: int | None = Field(default=None, ge=1, le=60, description="default: one a place to write")

    @model_validator(mode="after")
    def _enough_words(self) -> Bingo:
        clues = [called.clue.plain for called in self.words]
        twice = next((clue for clue in clues if clues.count(clue) > 1), None)
        if twice is not None:
            raise PydanticCustomError("same_clue", 'two words have the clue "{name}"', {"name": twice})
        needed = self.size**2
        while comb(needed, self.size**2) < self.cards:
            needed += 1
        if len(clues) < needed:
            raise PydanticCustomError(
                "few_words",
                "{cards} cards of {cells} words need at least {needed} words to differ; there are {count}",
                {"cards": self.cards, "cells": self.size**2, "needed": needed, "count": len(clues)},
            )
        return self

    @property
    def total(self) -> int:
        """One mark a row of the record or a cell of the card unless `marks` says otherwise."""
        return self.marks or (self.size if self.cut_out else self.size**2)

    @property
    def links(self) -> tuple[tuple[Line, Answer], ...]:
        """Each clue with its word."""
        return tuple((called.clue, called.word) for called in self.words)

    def by_guessing(self, puzzle: Any) -> float:
        """One of the numbered clues for each word, on a card that is filled alone."""
        return self.total / len(puzzle.clues) if puzzle.clues else 0.0

    def pose(self, level: Level, dice: Dice) -> Posed:
        """Cards of which no two have the same words, and a drawn order of calls."""
        words = [reveal(called.word) for called in self.words]
        cells = self.size**2
        count = self.cards if self.cut_out else 1
        cards = tuple(dice.shuffled(card) for card in drawn_sets(len(words), cells, count, dice))
        calls = dice.shuffled(range(len(words)))
        full = [max(calls.index(word) for word in card) + 1 for card in cards]
        clues: tuple[int, ...] = ()
        if not self.cut_out:
            spare = [i for i in range(len(words)) if i not in cards[0]][:SPARE_CLUES]
            clues = dice.shuffled((*sorted(cards[0]), *spare))
        solution = Solution(
            tuple((self.words[i].word, self.words[i].clue) for i in calls),
            tuple(number for number, after in enumerate(full, 1) if after == min(full)),
            min(full),
            tuple((self.words[i].word, seal(self.words[i].clue)) for i in cards[full.index(min(full))][: self.size]),
            tuple(seal(Line.parse(str(clues.index(word) + 1))) for word in cards[0]) if clues else (),
        )
        shown = tuple(tuple(words[i] for i in card) for card in cards)
        return Posed(Puzzle(shown, self.size, tuple(self.words[i].clue for i in clues)), solution)


def drawn_sets(items: int, size: int, count: int, dice: Dice) -> Sequence[tuple[int, ...]]:
    """`count` different sets of `size` of the numbers below `items`; there must be so many."""
    found: dict[tuple[int, ...], None] = {}
    tries = 0
    while len(found) < count and tries < MAX_TRIES:
        drawn = dice.sample(range(items), size)
        tries = tries + 1 if drawn in found else 0
        found.setdefault(drawn)
    rest: Iterator[tuple[int, ...]] = combinations(range(items), size)
    while len(found) < count:
        found.setdefault(next(rest))
    return tuple(found)
