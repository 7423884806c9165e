"""The entries of the banks: what stands in one place and is named by id everywhere."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, Field, ValidationInfo, model_validator
from pydantic_core import PydanticCustomError

from lessonpress.model.base import Context, Course, Model, context
from lessonpress.model.dates import PartialDate
from lessonpress.model.image import Image
from lessonpress.model.marking import Answer, MarkScheme
from lessonpress.model.sealed import Sealed
from lessonpress.model.text import Line, Prose, plain

GLOSS_WORDS = 12
DEFINITION_WORDS = 35
SLIDE_WORDS = 40
INTERPRETATION_WORDS = 120

Skill = Literal[
    "recall", "describe", "explain", "judgement", "inference", "utility", "compare", "interpretation", "essay", "value"
]


def _at_most(limit: int) -> Callable[[Line], Line]:
    def check(value: Line) -> Line:
        words = len(value.plain.split())
        if words > limit:
            raise PydanticCustomError(
                "too_many_words", "{words} words stand here; the limit is {limit}", {"words": words, "limit": limit}
            )
        return value

    return check


class Entry(Model):
    """What every bank entry has: the id under which it stands."""

    id: str = Field(default="", exclude=True, json_schema_extra={"hidden": True})


class Term(Entry):
    """A word that pupils learn."""

    code: str = ""
    term: Line
    definition: Annotated[Line, AfterValidator(_at_most(DEFINITION_WORDS))]
    gloss: Annotated[Line, AfterValidator(_at_most(GLOSS_WORDS))] | None = None
    translations: dict[str, Line] = Field(
        default_factory=dict, description="the word in other languages, by their tags, such as pl or uk"
    )


class Positions(Model):
    """What a person held on the issues of the struggle."""

    leadership: Line | None = None
    economy: Line | None = None
    world_revolution: Line | None = None


class Person(Entry):
    """Somebody who takes part."""

    code: str = ""
    name: Line
    short: Line
    russian: Line | None = None
    born: Line | None = None
    died: Line | None = None
    offices: tuple[Line, ...] = ()
    base: Line | None = None
    strengths: tuple[Line, ...] = ()
    weaknesses: tuple[Line, ...] = ()
    positions: Positions | None = None
    fate: Line | None = None


class Event(Entry):
    """Something that happened, with every date that texts may name for it."""

    date: PartialDate
    end: PartialDate | None = None
    also: tuple[PartialDate, ...] = ()
    when: Line
    event: Line
    label: Line
    why: Line | None = None

    @property
    def dates(self) -> tuple[PartialDate, ...]:
        """All dates of the event."""
        return (self.date, *((self.end,) if self.end else ()), *self.also)


class Source(Entry):
    """A text from the time, with its provenance and rights."""

    title: Line
    author: Line
    date: Line
    nature: Line
    audience: Line
    circumstance: Line
    text: Prose
    extension: Prose | None = None
    slide_text: Line | None = None
    image: Image | None = None
    gloss: dict[str, Line] = Field(default_factory=dict)
    rights: Literal["PT", "PD-MIA", "PD-US", "PD"]
    credit: Line
    purpose: Line
    value: Line
    limitation: Line

    @model_validator(mode="after")
    def _slide_text_stands_in_text(self) -> Source:
        if self.slide_text is None:
            return self
        if len(self.slide_text.plain.split()) > SLIDE_WORDS:
            raise PydanticCustomError("slide_words", "slide_text holds more than {limit} words", {"limit": SLIDE_WORDS})
        bare = [
            " ".join(plain(t.plain).replace('"', "").replace("'", "").split()) for t in (self.slide_text, self.text)
        ]
        if bare[0].strip(" .") not in bare[1]:
            raise PydanticCustomError("slide_text", "slide_text is not a part of text, word for word")
        return self


def _short(text: Prose) -> Prose:
    if text.words > INTERPRETATION_WORDS:
        raise PydanticCustomError(
            "too_many_words",
            "{words} words stand here; the limit is {limit}",
            {"words": text.words, "limit": INTERPRETATION_WORDS},
        )
    return text


ShortProse = Annotated[Prose, AfterValidator(_short)]
"""An interpretation as it is put before pupils."""


class Interpretation(Entry):
    """What some historians argue, paraphrased."""

    title: Line
    argument: Line
    text: ShortProse | None = Field(
        default=None, description="the argument as pupils read it, at most 120 words; default: the argument"
    )
    historians: tuple[Line, ...]
    evidence_for: tuple[Line, ...]
    evidence_against: tuple[Line, ...]

    @property
    def read(self) -> Line | Prose:
        """What pupils read of it."""
        return self.text if self.text is not None else self.argument


class Misconception(Entry):
    """A common wrong idea and what is right."""

    wrong: Line
    fix: Line
    date: Line | None = None


class QuizItem(Entry):
    """A short retrieval question."""

    id: str
    ask: Line
    answer: Answer
    accept: tuple[Answer, ...] = ()


def with_board(data: Any, info: ValidationInfo) -> Any:
    """`mark_scheme: board` replaced by the levels of the board file for that skill and those marks."""
    if not isinstance(data, dict) or str(data.get("mark_scheme")) != "board":
        return data
    skill, marks = str(data.get("skill") or ""), str(data.get("marks") or "")
    by_marks = context(info).boards.get(skill, {})
    levels = by_marks.get(int(marks) if marks.isdecimal() else 0)
    if levels is None and context(info) != Context():
        if not skill:
            raise PydanticCustomError(
                "no_skill", "mark_scheme: board needs a skill", {"hint": "add skill:, such as explain"}
            )
        known = ", ".join(map(str, by_marks)) or "none"
        raise PydanticCustomError(
            "no_board",
            "the board file has no levels for the skill {skill} at {marks} marks",
            {"skill": skill, "marks": marks or "no", "hint": f"for {skill} it has marks: {known}"},
        )
    scheme = {
        "levels": levels or [{"marks": "2", "descriptor": "-"}, {"marks": "1", "descriptor": "-"}],
        "indicative": data.get("indicative") or [],
    }
    return {**data, "mark_scheme": scheme}


class ExamQuestion(Entry):
    """A question in the form of an examination, with its mark scheme and a model answer."""

    ask: Line
    marks: int = Field(ge=1, le=60)
    skill: Skill
    courses: tuple[Course, ...] = ()
    stimulus: tuple[Line, ...] = ()
    sources: tuple[str, ...] = ()
    interpretations: tuple[str, ...] = ()
    mark_scheme: MarkScheme | None = None
    indicative: tuple[Answer, ...] = ()
    model: Sealed[Prose] | None = None

    _board = model_validator(mode="before")(with_board)

    @model_validator(mode="after")
    def _marks_agree(self) -> ExamQuestion:
        check_scheme(self.mark_scheme, self.marks)
        return self


def check_scheme(scheme: MarkScheme | None, marks: int) -> None:
    """Raise where a mark scheme cannot give exactly the marks of its question."""
    if scheme is None:
        return
    if scheme.levels and scheme.top != marks:
        raise PydanticCustomError(
            "scheme_top", "the levels end at {top} marks, the question has {marks}", {"top": scheme.top, "marks": marks}
        )
    if scheme.credit and scheme.top < marks:
        raise PydanticCustomError(
            "scheme_sum",
            "{count} points at {each} each give {top} marks, the question has {marks}",
            {"count": len(scheme.credit), "each": scheme.each, "top": scheme.top, "marks": marks},
        )


class Point(Entry):
    """One point of the specification: a claim that must be taught, judged."""

    claim: Line
    verdict: Literal["correct", "imprecise", "wrong", "contested"]
    accurate: Line
    evidence: Annotated[tuple[str, ...], BeforeValidator(lambda v: v if isinstance(v, list | tuple) else [v])] = Field(
        min_length=1
    )
