"""Questions with options, one or several right; each wrong option is a misconception."""

from __future__ import annotations

import string
from dataclasses import dataclass
from math import comb
from typing import Annotated, Any, ClassVar, Literal

from pydantic import BeforeValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from lessonpress.model.activity import AnyOrder, Posed
from lessonpress.model.base import Level, Model
from lessonpress.model.deck import as_text
from lessonpress.model.dice import Dice
from lessonpress.model.marking import Answer
from lessonpress.model.sealed import reveal, seal
from lessonpress.model.text import Line, Prose


class Choice(Model):
    """One question with its options."""

    ask: Prose
    options: tuple[Line, ...] = Field(min_length=2, max_length=6)
    answer: Annotated[tuple[Answer, ...], BeforeValidator(as_text)] = Field(
        min_length=1, description="exactly as in options"
    )
    why: dict[str, Answer] = Field(default={}, description="the misconception behind a wrong option")
    marks: int = Field(default=1, ge=1, le=20)
    lock_last: bool = Field(default=False, description="the last option keeps its place")

    @model_validator(mode="before")
    @classmethod
    def _right_ones_are_options(cls, data: Any) -> Any:
        if not isinstance(data, dict) or "answer" not in data or not isinstance(data.get("options"), list):
            return data
        right = [_same(text) for text in as_text(data["answer"])]
        options = [_same(text) for text in data["options"]]
        for text in right:
            if text not in options:
                raise PydanticCustomError(
                    "no_right_option",
                    'the answer "{answer}" is not one of the options, word for word',
                    {"answer": text},
                )
        if len(set(options)) < len(options):
            raise PydanticCustomError("same_options", "two options are the same")
        if len(set(right)) == len(options):
            raise PydanticCustomError("all_right", "every option is right: nothing is left to choose")
        for text in data["why"] if isinstance(data.get("why"), dict) else ():
            if _same(text) not in set(options) - set(right):
                raise PydanticCustomError(
                    "no_wrong_option",
                    'why: "{option}" is not one of the wrong options, word for word',
                    {"option": text},
                )
        return data


def _same(text: Any) -> str:
    """An option as it is printed, for comparing."""
    return Line.parse(str(text)).plain


@dataclass(frozen=True)
class Posing:
    """One question with its lettered options; `several` when more than one is right."""

    ask: Prose
    options: tuple[tuple[str, Line], ...]
    marks: int
    several: int


class MultipleChoice(AnyOrder):
    """Questions to tick."""

    example: ClassVar[str] = """
kind: multiple-choice
title: Choose the best answer
minutes: 3
questions:
  - ask: Which body could remove a member of the Politburo?
    options: [the General Secretary, the Central Committee, the secret police, none of these]
    answer: the Central Committee
    why: {the General Secretary: he placed officials but could not sack leaders}
    lock_last: true
"""
    shows: ClassVar[frozenset[str]] = frozenset({"questions"})

    kind: Literal["multiple-choice"]
    questions: tuple[Choice, ...] = Field(min_length=1)

    @property
    def total(self) -> int:
        """The marks of all questions."""
        return sum(question.marks for question in self.questions)

    def by_guessing(self, puzzle: Any) -> float:
        """As many options as are right, ticked by chance: all of them must be."""
        return float(sum(asked.marks / comb(len(asked.options), asked.several or 1) for asked in puzzle))

    def pose(self, level: Level, dice: Dice) -> Posed:
        """Options shuffled, the last one kept in place where it is locked; where it is asked for the questions too."""
        posings, answers = [], []
        for question in self.questions:
            loose = question.options[:-1] if question.lock_last else question.options
            order = (*dice.shuffled(loose), *question.options[len(loose) :])
            letters = {line.plain: string.ascii_uppercase[i] for i, line in enumerate(order)}
            right = [reveal(answer).plain for answer in question.answer]
            several = len(right) if len(right) > 1 else 0
            options = tuple((letters[line.plain], line) for line in order)
            posings.append(Posing(question.ask, options, question.marks, several))
            answers.append(
                tuple(
                    seal(letter) if (letter := letters[line.plain]) and line.plain in right else None for line in order
                )
            )
        asked = self.drawn_order(len(posings), dice)
        return Posed(tuple(posings[n - 1] for n in asked), tuple(answers[n - 1] for n in asked), asked)
