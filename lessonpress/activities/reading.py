"""The text that pupils learn from, in three lengths; it prints as a class set of its own.

Paragraphs are numbered, hard words explained in the margin. Its check questions are a
numbered task on the worksheet.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Annotated, Any, ClassVar, Literal

from pydantic import BeforeValidator, Field, ValidationInfo, model_validator
from pydantic_core import PydanticCustomError

from lessonpress.diagrams import AnyDiagram
from lessonpress.model.activity import Activity, Posed
from lessonpress.model.banks import Term
from lessonpress.model.base import Level, context
from lessonpress.model.dice import Dice
from lessonpress.model.image import Image
from lessonpress.model.question import Question
from lessonpress.model.refs import lookup
from lessonpress.model.text import Line, Prose, plain


@dataclass(frozen=True, slots=True)
class Gloss:
    """A word of the text and its explanation in the margin."""

    word: str
    meaning: Line


def _gloss(value: Any, info: ValidationInfo) -> Any:
    if isinstance(value, Gloss):
        return value
    if isinstance(value, dict):
        if len(value) != 1:
            raise PydanticCustomError("gloss", "a gloss explains one word: word: explanation")
        word, meaning = next(iter(value.items()))
        return Gloss(str(word), Line.parse(str(meaning), context(info).scripts, context(info).language))
    term: Term = lookup("terms", value, info)
    return Gloss(term.term.plain, term.gloss or term.definition)


@dataclass(frozen=True)
class Puzzle:
    """The numbered paragraphs, each with the glosses of words that first stand in it."""

    paragraphs: tuple[tuple[Line, tuple[Gloss, ...]], ...]
    questions: tuple[Question, ...]


class Reading(Activity):
    """A text with check questions."""

    example: ClassVar[str] = """
kind: reading
title: Inside the Secretariat
minutes: 7
text: |
  On 3 April 1922 Stalin became General Secretary. The post looked dull.

  Its department Uchraspred kept the files on party officials and placed over 10,000 of them in 1922 alone.
gloss:
  - Uchraspred: the department that kept records and placed officials
check:
  - {ask: Which department placed officials?, answer: the records department, marks: 1}
"""

    kind: Literal["reading"]
    text: Prose
    gloss: tuple[Annotated[Any, BeforeValidator(_gloss)], ...] = Field(
        default=(), json_schema_extra={"items": {"type": ["string", "object"]}}
    )
    diagram: AnyDiagram | None = None
    image: Image | None = None
    check: tuple[Question, ...] = Field(default=(), description="two questions, a numbered task on the sheet")

    @model_validator(mode="after")
    def _glossed_words_stand_in_the_text(self) -> Reading:
        for gloss in self.gloss:
            if not _found(gloss.word, self.text.plain):
                raise PydanticCustomError(
                    "gloss_word", 'the glossed word "{word}" does not stand in the text', {"word": gloss.word}
                )
        return self

    @property
    def total(self) -> int:
        """The marks of the check questions."""
        return sum(question.marks for question in self.check)

    def pose(self, level: Level, dice: Dice) -> Posed:
        """Each gloss beside the first paragraph that holds its word."""
        left = list(self.gloss)
        paragraphs = []
        for line in self.text.paragraphs:
            here = tuple(gloss for gloss in left if _found(gloss.word, line.plain))
            left = [gloss for gloss in left if gloss not in here]
            paragraphs.append((line, here))
        return Posed(Puzzle(tuple(paragraphs), self.check))


def word_pattern(word: str) -> str:
    """A pattern for a word and its plural, whatever its case."""
    return rf"\b{re.escape(plain(word))}(?:s|es|’s|'s)?\b"


def _found(word: str, text: str) -> bool:
    return re.search(word_pattern(word), plain(text), re.IGNORECASE) is not None
