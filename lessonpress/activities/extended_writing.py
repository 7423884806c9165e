"""A question in the form of an examination: stimulus, planner, lines, levels of marks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any, ClassVar, Literal

from pydantic import BeforeValidator, Field, PrivateAttr, ValidationInfo, model_validator
from pydantic_core import PydanticCustomError

from lessonpress.model.activity import Activity, Posed
from lessonpress.model.banks import ExamQuestion, Skill
from lessonpress.model.base import Level, Model, context
from lessonpress.model.dice import Dice
from lessonpress.model.marking import Answer, AnswerSpace, MarkScheme, Space, space_for
from lessonpress.model.refs import lookup
from lessonpress.model.sealed import Sealed
from lessonpress.model.text import Line, Prose

Shape = Literal["reasons", "for-against-judgement", "factors", "paragraphs"]


class Planner(Model):
    """Boxes to plan in before writing."""

    shape: Shape
    boxes: int = Field(default=3, ge=1, le=6)
    minutes: int | None = Field(default=None, ge=1, le=60)
    criterion: bool = Field(default=False, description="ask for the measure by which the judgement is made")


def _question(value: Any, info: ValidationInfo) -> Any:
    """One id, or an id for each course; the build's course chooses."""
    if isinstance(value, dict):
        unknown = set(value) - {"gcse", "alevel", "ib"}
        if unknown:
            raise PydanticCustomError(
                "course", 'no course is called "{name}": write gcse, alevel or ib', {"name": min(unknown)}
            )
        if not value:
            raise PydanticCustomError(
                "which_question", "write either question: with an id, or ask: with marks: and skill:"
            )
        found = {course: lookup("questions", ref, info) for course, ref in value.items()}
        return found.get(context(info).course) or next(iter(found.values()))
    return lookup("questions", value, info)


_QUESTION_SCHEMA: dict[str, Any] = {
    "anyOf": [{"type": "string"}, {"type": "object", "additionalProperties": {"type": "string"}}]
}


@dataclass(frozen=True)
class Puzzle:
    """The question as it is put."""

    ask: Line
    marks: int
    stimulus: tuple[Line, ...]
    planner: Planner | None
    starters: tuple[Line, ...]
    space: Space


@dataclass(frozen=True)
class Solution:
    """The model answer and how marks are given."""

    skill: Skill
    model: Sealed[Prose] | None
    scheme: MarkScheme | None
    indicative: tuple[Answer, ...]


class ExtendedWriting(Activity):
    """A long answer, planned and written."""

    example: ClassVar[str] = """
kind: extended-writing
title: Explain why no heir was clear
minutes: 10
ask: Explain why it was not clear in June 1924 who would follow Lenin.
marks: 8
skill: explain
planner: {shape: reasons, boxes: 2}
answer_space: 12
stimulus: [Lenin's Testament, the Politburo of 2 June 1924]
support: {starters: ["One reason was ...", "This mattered because ..."]}
model: |
  Lenin left no clear heir. His Testament judged the leaders and settled nothing.
mark_scheme:
  levels:
    - {marks: 5-8, descriptor: "Reasons explained, linked and ranked"}
    - {marks: 1-4, descriptor: "Says something true without explaining"}
  indicative: [The Testament was not published, Seven members with different bases]
"""
    answers_elsewhere: ClassVar[bool] = True

    kind: Literal["extended-writing"]
    question: Annotated[ExamQuestion, BeforeValidator(_question)] | None = Field(
        default=None, json_schema_extra=_QUESTION_SCHEMA
    )
    ask: Line | None = None
    marks: int | None = Field(default=None, ge=1, le=60)
    skill: Skill | None = None
    planner: Planner | None = None
    answer_space: AnswerSpace | None = None
    stimulus: tuple[Line, ...] | None = None
    starters: tuple[Line, ...] = Field(default=(), description="sentence starters, printed above the lines")
    model: Sealed[Prose] | None = None
    mark_scheme: Any = Field(default=None, json_schema_extra={"anyOf": [{"const": "board"}, {"type": "object"}]})
    indicative: tuple[Answer, ...] = ()
    _asked: ExamQuestion = PrivateAttr()

    @model_validator(mode="after")
    def _one_question(self, info: ValidationInfo) -> ExtendedWriting:
        if (self.question is None) == (self.ask is None):
            raise PydanticCustomError(
                "which_question", "write either question: with an id, or ask: with marks: and skill:"
            )
        if self.ask is not None and self.marks is None:
            raise PydanticCustomError("no_marks", "a question written out needs its marks:")
        if self.question is not None and (self.marks is not None or self.skill is not None):
            raise PydanticCustomError("fixed_marks", "marks and skill come from the question bank")
        self._asked = self._merged(info)
        return self

    def _merged(self, info: ValidationInfo) -> ExamQuestion:
        """The question with what this activity says in place of the bank's."""
        bank = self.question
        data: dict[str, Any] = {} if bank is None else {name: getattr(bank, name) for name in ExamQuestion.model_fields}
        own = {
            "ask": self.ask,
            "marks": self.marks,
            "skill": self.skill,
            "stimulus": self.stimulus,
            "model": self.model,
            "mark_scheme": self.mark_scheme,
        }
        data |= {name: value for name, value in own.items() if value is not None}
        if self.indicative:
            data["indicative"] = self.indicative
        if bank is None:
            data.setdefault("skill", "explain")
        return ExamQuestion.model_validate(data, context=info.context)

    @property
    def total(self) -> int:
        """The marks of the question."""
        return self._asked.marks

    def pose(self, level: Level, dice: Dice) -> Posed:
        """The question with its stimulus, planner and space."""
        asked = self._asked
        space = space_for(self.answer_space, asked.marks, level)
        puzzle = Puzzle(asked.ask, asked.marks, asked.stimulus, self.planner, self.starters, space)
        indicative = asked.indicative or (asked.mark_scheme.indicative if asked.mark_scheme else ())
        return Posed(puzzle, Solution(asked.skill, asked.model, asked.mark_scheme, indicative))
