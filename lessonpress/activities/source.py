"""One or two sources of the time, with provenance, numbered lines, glosses, rights and questions."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Literal

from pydantic import BeforeValidator, Field, ValidationInfo, model_validator
from pydantic_core import PydanticCustomError

from lessonpress.diagnostics import did_you_mean
from lessonpress.model.activity import Activity
from lessonpress.model.base import Model, context
from lessonpress.model.deck import as_text
from lessonpress.model.question import Question
from lessonpress.model.refs import SourceRef
from lessonpress.model.text import Line


class FrameBox(Model):
    """One part of a frame: a letter or label, what to think about, and lines to write on."""

    label: Line
    prompt: Line
    lines: int = Field(ge=1, le=12)


class Frame(Model):
    """A way of reading a source, such as NOP or OPVL; a file of `templates/frames/`."""

    name: Line
    title: Line
    boxes: tuple[FrameBox, ...] = Field(min_length=1)
    judgement: Line | None = None


def _frame(value: Any, info: ValidationInfo) -> Any:
    if not isinstance(value, str):
        return value
    frames = context(info).frames
    if value.lower() not in frames:
        raise PydanticCustomError(
            "unknown_frame",
            'no frame is called "{name}" in templates/frames',
            {"name": value, "hint": did_you_mean(value, frames)},
        )
    return frames[value.lower()]


class SourceActivity(Activity):
    """Sources to read and questions on them."""

    example: ClassVar[str] = """
kind: source
title: Read what Lenin feared
minutes: 8
sources: [PS-03]
questions:
  - ask: Give two things you can infer from Source A about Lenin's worries.
    skill: inference
    marks: 4
    answer_space: {rows: 2, labels: [I can infer, Detail]}
    answer: [[He feared how Stalin used his post, "unbearable in the post"], [He wanted him replaced, "appoint another man"]]
    mark_scheme: {each: 2, credit: [fear of how he used the post, a wish to replace him]}
"""

    kind: Literal["source"]
    sources: Annotated[tuple[SourceRef, ...], BeforeValidator(as_text)] = Field(min_length=1, max_length=2)
    frame: Annotated[Frame, BeforeValidator(_frame)] | None = Field(
        default=None, json_schema_extra={"anyOf": [{"type": "string"}, {"type": "null"}]}
    )
    extended: bool = Field(default=False, description="print the extension of the source")
    questions: tuple[Question, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _two_sources_differ(self) -> SourceActivity:
        if len({source.id for source in self.sources}) < len(self.sources):
            raise PydanticCustomError("same_source", "the same source stands here twice")
        return self

    @property
    def total(self) -> int:
        """The marks of all questions."""
        return sum(question.marks for question in self.questions)

    @property
    def exhibits(self) -> int:
        """A letter for each source."""
        return len(self.sources)
