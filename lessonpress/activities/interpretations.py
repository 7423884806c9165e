"""Two readings of one question, written for the lesson: how they differ, why, and which convinces."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any, ClassVar, Literal

from pydantic import BeforeValidator, Field, GetJsonSchemaHandler, model_validator
from pydantic_core import CoreSchema, PydanticCustomError

from lessonpress.model.activity import Activity, Posed
from lessonpress.model.banks import ShortProse
from lessonpress.model.base import Level, Model
from lessonpress.model.dice import Dice
from lessonpress.model.marking import Answer
from lessonpress.model.question import Question
from lessonpress.model.refs import InterpretationRef
from lessonpress.model.sealed import reveal, seal
from lessonpress.model.text import Line


class Reading(Model):
    """One interpretation: of the bank, or written here in the lesson's own words."""

    interpretation: InterpretationRef | None = None
    text: ShortProse | None = Field(
        default=None, description="at most 120 words; default: the text or the argument of the bank"
    )
    after: tuple[Line, ...] = Field(default=(), description="the historians whose view it puts in other words")
    claim: Answer | None = Field(default=None, description="its view in a sentence; default: the title of the bank")
    evidence_for: tuple[Answer, ...] = ()
    evidence_against: tuple[Answer, ...] = ()

    @model_validator(mode="after")
    def _one_text(self) -> Reading:
        if self.interpretation is None and (self.text is None or self.claim is None):
            raise PydanticCustomError(
                "reading",
                "a reading needs its text and its claim, or the id of an interpretation of the bank",
                {"hint": "write H-1, {interpretation: H-1, text: ...} or {text: ..., claim: ...}"},
            )
        return self

    @property
    def historians(self) -> tuple[Line, ...]:
        """Whose view it puts in other words."""
        return self.after or (self.interpretation.historians if self.interpretation else ())

    @property
    def view(self) -> Answer:
        """Its view in a sentence."""
        return self.claim if self.claim is not None else seal(getattr(self.interpretation, "title", Line(())))

    def facts(self, side: Literal["evidence_for", "evidence_against"]) -> tuple[Answer, ...]:
        """The evidence on one side: its own, else the bank's."""
        own: tuple[Answer, ...] = getattr(self, side)
        return own or tuple(seal(fact) for fact in getattr(self.interpretation, side, ()))


def _reading(value: Any) -> Any:
    return {"interpretation": value} if isinstance(value, str) else value


class _OrId:
    """Shows editors that a reading may be written as an id alone."""

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        return {"anyOf": [{"type": "string"}, handler(schema)]}


@dataclass(frozen=True)
class Put:
    """A reading as it is put: its text, and whose view it is."""

    text: Any
    historians: tuple[Line, ...]


@dataclass(frozen=True)
class Puzzle:
    """The two readings, and where a level gives them the facts of both sides, shuffled."""

    readings: tuple[Put, ...]
    facts: tuple[Line, ...]
    questions: tuple[Question, ...]


@dataclass(frozen=True)
class Sides:
    """What a reading claims, what speaks for it and against it."""

    claim: Answer
    supports: tuple[Answer, ...]
    limits: tuple[Answer, ...]


class Interpretations(Activity):
    """Two interpretations, and questions on their difference."""

    example: ClassVar[str] = """
kind: interpretations
title: Weigh two views of why Stalin won
minutes: 15
readings:
  - text: |
      The post of General Secretary decided the struggle. Whoever placed the officials could count on the
      delegates, and the delegates chose the leaders.
    after: [Carr, Daniels]
    claim: Appointments decided who won.
    evidence_for: ["The vote of December 1925 was 559 to 65"]
    evidence_against: ["The whole delegation of Leningrad voted against the leaders"]
  - text: Stalin was the better politician. He looked moderate, waited for others to attack, and changed allies.
    after: [Deutscher, Service]
    claim: Skill decided who won.
    evidence_for: ["In October 1923 he opposed calls to expel Trotsky"]
    evidence_against: ["Without the party machine skill had little to work with"]
differ:
  ask: What is the main difference between the two interpretations?
  marks: 4
  answer_space: {rows: 1, labels: [Interpretation 1, Interpretation 2]}
  answer: [["The post and its appointments decided", "The person and his timing decided"]]
reasons: {ask: Give one reason why they may differ., marks: 4, model: "One follows the offices, the other the man."}
convinces: {ask: Which convinces you more?, marks: 8, model: "The first, for votes followed appointments."}
support: {facts: true}
"""
    shows: ClassVar[frozenset[str]] = frozenset({"readings"})

    kind: Literal["interpretations"]
    readings: tuple[Annotated[Reading, BeforeValidator(_reading), _OrId()], ...] = Field(min_length=2, max_length=2)
    differ: Question = Field(description="how the two differ")
    reasons: Question | None = Field(default=None, description="why they may differ")
    convinces: Question = Field(description="which of them convinces")
    facts: bool = Field(default=False, description="print the facts for and against both, shuffled, to test them with")

    @model_validator(mode="after")
    def _two_views(self) -> Interpretations:
        ids = [reading.interpretation.id for reading in self.readings if reading.interpretation is not None]
        if len(ids) == 2 and ids[0] == ids[1]:
            raise PydanticCustomError(
                "same_reading", "both readings are {id}", {"id": ids[0], "hint": "name another interpretation"}
            )
        return self

    @property
    def questions(self) -> tuple[Question, ...]:
        """The questions in their order."""
        return tuple(one for one in (self.differ, self.reasons, self.convinces) if one is not None)

    @property
    def total(self) -> int:
        """The marks of the questions."""
        return sum(question.marks for question in self.questions)

    def pose(self, level: Level, dice: Dice) -> Posed:
        """The readings in the author's order; facts are shuffled, so that nothing tells whose they are."""
        sides = tuple(Sides(r.view, r.facts("evidence_for"), r.facts("evidence_against")) for r in self.readings)
        known = [reveal(fact) for side in sides for fact in (*side.supports, *side.limits)]
        facts = dice.shuffled(known) if self.facts else ()
        readings = tuple(
            Put(r.text if r.text is not None else getattr(r.interpretation, "read", None), r.historians)
            for r in self.readings
        )
        return Posed(Puzzle(readings, facts, self.questions), sides)
