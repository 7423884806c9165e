"""Words on hexagons to lay side by side; where two touch, pupils say how they are linked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar, Literal

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from lessonpress.model.activity import Posed
from lessonpress.model.base import Level, Model
from lessonpress.model.cards import CutOut
from lessonpress.model.dice import Dice
from lessonpress.model.marking import Answer
from lessonpress.model.sealed import reveal
from lessonpress.model.text import Line


class Link(Model):
    """Two words that may touch, and what links them."""

    join: tuple[Answer, Answer] = Field(description="two of the words")
    because: Answer


@dataclass(frozen=True)
class Row:
    """A row of the record: the words that are printed, else none, and a sample link where there is one."""

    words: tuple[Line | None, Line | None]
    join: tuple[Answer | None, Answer | None]
    because: Answer | None


@dataclass(frozen=True)
class Puzzle:
    """The words in a drawn order and by the alphabet, and which words of each row are printed."""

    words: tuple[Line, ...]
    bank: tuple[Line, ...]


class Hexagons(CutOut):
    """Words to link."""

    example: ClassVar[str] = """
kind: hexagons
title: Link the words of the struggle
minutes: 10
words: [Testament, cult of Lenin, oath speech, grain, towns, trade, emergency measures, war scare]
samples:
  - {join: [oath speech, cult of Lenin], because: the oath made its speaker the keeper of a saint}
  - {join: [grain, emergency measures], because: the state took by force what it could not buy}
  - {join: [war scare, grain], because: peasants held back what they feared to need}
rows: 3
support: {given: 2}
"""
    answers_elsewhere: ClassVar[bool] = True

    kind: Literal["hexagons"]
    words: tuple[Line, ...] = Field(min_length=6, max_length=30)
    samples: tuple[Link, ...] = Field(min_length=1, max_length=12, description="sample links, for the key")
    rows: int = Field(default=4, ge=1, le=10, description="links to write down")
    given: int = Field(default=0, ge=0, le=10, description="rows in which the two words are printed")
    marks: int | None = Field(default=None, ge=1, le=60, description="default: one a row")

    @model_validator(mode="before")
    @classmethod
    def _links_join_words(cls, data: Any) -> Any:
        if not isinstance(data, dict) or not isinstance(data.get("words"), list):
            return data
        words = [str(word).strip().lower() for word in data["words"]]
        twice = next((word for word in data["words"] if words.count(str(word).strip().lower()) > 1), None)
        if twice is not None:
            raise PydanticCustomError("same_cards", 'two cards say "{name}"', {"name": str(twice)})
        for link in data["samples"] if isinstance(data.get("samples"), list) else ():
            joined = link.get("join") if isinstance(link, dict) else None
            for word in joined if isinstance(joined, list) else ():
                if str(word).strip().lower() not in words:
                    raise PydanticCustomError("unknown_word", '"{name}" is none of the words', {"name": str(word)})
        return data

    @model_validator(mode="after")
    def _given_are_linked(self) -> Hexagons:
        if self.given > min(self.rows, len(self.samples)):
            raise PydanticCustomError(
                "given_links",
                "given: {given}, but there are {rows} rows and {samples} samples",
                {"given": self.given, "rows": self.rows, "samples": len(self.samples)},
            )
        return self

    @property
    def total(self) -> int:
        """One mark a row unless `marks` says otherwise."""
        return self.marks or self.rows

    def pose(self, level: Level, dice: Dice) -> Posed:
        """The words in a drawn order; the words of the first links are printed where the level gives them."""
        bank = tuple(sorted(self.words, key=lambda word: (word.plain.lower(), word.plain)))
        rows = []
        for number in range(self.rows):
            link = self.samples[number] if number < len(self.samples) else None
            if link is None:
                rows.append(Row((None, None), (None, None), None))
            elif number < self.given:
                rows.append(Row((reveal(link.join[0]), reveal(link.join[1])), (None, None), link.because))
            else:
                rows.append(Row((None, None), link.join, link.because))
        return Posed(Puzzle(dice.shuffled(self.words), bank), tuple(rows))
