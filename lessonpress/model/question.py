"""A question: what is asked, for how many marks, and what is accepted."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BeforeValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from lessonpress.model.banks import Skill, check_scheme, with_board
from lessonpress.model.base import Level, Model
from lessonpress.model.marking import Answer, AnswerSpace, MarkScheme, Space, space_for
from lessonpress.model.sealed import Sealed
from lessonpress.model.text import Line, Prose


def _rows(value: Any) -> Any:
    """A single answer as a table of one row with one cell."""
    if isinstance(value, list) and value and all(isinstance(row, list) for row in value):
        return value
    return [[value]] if not isinstance(value, list) else [[item] for item in value]


class Question(Model):
    """One question with its space, answer and mark scheme."""

    ask: Prose
    marks: int = Field(default=1, ge=0, le=60)
    skill: Skill | None = None
    answer_space: AnswerSpace | None = None
    answer: Annotated[tuple[tuple[Answer, ...], ...], BeforeValidator(_rows)] | None = None
    model: Sealed[Prose] | None = None
    mark_scheme: MarkScheme | None = None
    indicative: tuple[Answer, ...] = ()
    starters: tuple[Line, ...] = ()
    notes: Prose | None = None

    _board = model_validator(mode="before")(with_board)

    @model_validator(mode="after")
    def _marks_agree(self) -> Question:
        check_scheme(self.mark_scheme, self.marks)
        if self.answer is not None and self.model is not None:
            raise PydanticCustomError("two_answers", "a question has an answer or a model, not both")
        if self.answer is None and self.model is None and self.mark_scheme is None:
            raise PydanticCustomError("no_answer", "the question has no answer: write answer, model or mark_scheme")
        return self

    def space(self, level: Level, factor: float = 1.0) -> Space:
        """The space to answer in at a level."""
        space: Space = space_for(self.answer_space, self.marks, level, factor)
        return space


class Prompt(Model):
    """What is asked without marks, as on an exit ticket."""

    ask: Prose
    answer_space: AnswerSpace | None = None
    answer: Answer | None = None

    def space(self, level: Level, factor: float = 1.0) -> Space:
        """The space to answer in; two lines where none is said."""
        space: Space = self.answer_space or Space(lines=2)
        return space
