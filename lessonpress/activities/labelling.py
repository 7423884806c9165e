"""A diagram some of whose words are numbers: pupils write beside each number what stands there."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, ClassVar, Literal

from pydantic import Field, model_validator
from pydantic.json_schema import SkipJsonSchema
from pydantic_core import PydanticCustomError

from lessonpress.diagrams import AnyDiagram
from lessonpress.model.activity import Activity, Posed
from lessonpress.model.base import Level, Model
from lessonpress.model.dice import Dice
from lessonpress.model.guessing import from_bank
from lessonpress.model.marking import Answer
from lessonpress.model.sealed import reveal
from lessonpress.model.text import Line, plain

MOST = 12
"""The most blanks of a diagram."""
_BLANK = re.compile(r"\[\[(.*?)\]\]")


class Blank(Model):
    """What belongs to a number, and what else is right."""

    answer: Answer
    accept: tuple[Answer, ...] = ()


@dataclass(frozen=True)
class Puzzle:
    """The diagram with its numbers, the words to choose from, and first letters where a level gives them."""

    diagram: AnyDiagram
    count: int
    bank: tuple[Line, ...]
    firsts: tuple[str, ...]


class Labelling(Activity):
    """A diagram to label."""

    example: ClassVar[str] = """
kind: labelling
title: Label the flow of power
minutes: 6
instruction: Write beside each number what stands at that place.
diagram:
  kind: circular-flow
  steps:
    - "[[Uchraspred]] sends members to posts in the regions"
    - They serve there as [[local secretaries]]
    - These manage who goes to the congress
    - There the leaders have a [[majority]] and keep their posts
  alt: Four steps in a ring, from a party office down to the regions and back up.
distractors: [Rabkrin]
support: {first_letters: true}
challenge: {word_bank: false}
"""
    shows: ClassVar[frozenset[str]] = frozenset({"diagram"})

    kind: Literal["labelling"]
    diagram: AnyDiagram = Field(description="a diagram of any kind, with [[answer]] in its texts where numbers print")
    distractors: tuple[Line, ...] = Field(default=(), description="words in the bank that belong to no number")
    word_bank: bool = True
    first_letters: bool = Field(default=False, description="print the first letter of each answer")
    marks: int | None = Field(default=None, ge=1, le=60, description="default: one a number")
    blanks: SkipJsonSchema[tuple[Blank, ...]] = Field(default=(), exclude=True)

    @model_validator(mode="before")
    @classmethod
    def _take_answers_out(cls, data: Any) -> Any:
        """The diagram with numbers, so that no part of it holds an answer, and the answers by themselves."""
        if not isinstance(data, dict) or not isinstance(data.get("diagram"), dict):
            return data
        if "blanks" in data:
            raise PydanticCustomError(
                "labels_inside",
                "blanks are written in the diagram",
                {"hint": "delete blanks: and write [[answer]] in the texts of the diagram"},
            )
        found: dict[str, int] = {}
        diagram = _numbered(data["diagram"], found)
        if not 1 <= len(found) <= MOST:
            raise PydanticCustomError(
                "label_count",
                "the diagram has {count} blanks; write 1 to {most} as [[answer]]",
                {"count": len(found), "most": MOST, "hint": "put the words that pupils are to write in [[ ]]"},
            )
        blanks = ([word.strip() for word in inside.split("|") if word.strip()] for inside in found)
        return {**data, "diagram": diagram, "blanks": [{"answer": words[0], "accept": words[1:]} for words in blanks]}

    @model_validator(mode="after")
    def _nothing_tells(self) -> Labelling:
        """The words that describe the diagram are read out to those who cannot see it: they may not tell."""
        about = " ".join(plain(text).lower() for text in (self.diagram.alt, self.diagram.caption) if text is not None)
        for blank in self.blanks:
            answer = reveal(blank.answer).plain
            if re.search(rf"(?<!\w){re.escape(plain(answer).lower())}(?!\w)", about):
                raise PydanticCustomError(
                    "label_told",
                    'alt or caption of the diagram names "{answer}", which is asked for',
                    {"answer": answer, "hint": "describe what is seen without naming it"},
                )
        return self

    @property
    def total(self) -> int:
        """One mark a number unless `marks` says otherwise."""
        return self.marks or len(self.blanks)

    def by_guessing(self, puzzle: Any) -> float:
        """Words of the bank put to the numbers by chance."""
        return from_bank(self.total, puzzle.bank, puzzle.count, puzzle.firsts)

    def pose(self, level: Level, dice: Dice) -> Posed:
        """The numbers in the order of the diagram; the bank is alphabetical, so that its order tells nothing."""
        answers = [reveal(blank.answer) for blank in self.blanks]
        words = {word.plain: word for word in (*answers, *self.distractors)} if self.word_bank else {}
        bank = tuple(words[name] for name in sorted(words, key=lambda name: (name.lower(), name)))
        firsts = tuple(answer.plain[0] for answer in answers) if self.first_letters else ()
        solution: tuple[Answer, ...] = tuple(blank.answer for blank in self.blanks)
        return Posed(Puzzle(self.diagram, len(answers), bank, firsts), solution)


def _numbered(value: Any, found: dict[str, int]) -> Any:
    """A tree of YAML with `(1)` in place of each `[[answer]]`; the same answer has the same number."""
    if isinstance(value, str):
        return _BLANK.sub(lambda blank: f"({_number(blank[1].strip(), found)})", value)
    if isinstance(value, list):
        return [_numbered(item, found) for item in value]
    if isinstance(value, dict):
        return {_numbered(key, found): _numbered(item, found) for key, item in value.items()}
    return value


def _number(answer: str, found: dict[str, int]) -> int:
    if not answer.strip("| "):
        raise PydanticCustomError("gap_empty", "a gap has no answer: write it between the brackets, [[answer]]")
    return found.setdefault(answer, len(found) + 1)
