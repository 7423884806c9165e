"""A lesson, generic in the kinds of activity and diagram that were found."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, Any, Generic, Literal, TypeVar, get_args

from pydantic import AfterValidator, BeforeValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from lessonpress.model.activity import PHASES
from lessonpress.model.banks import Point, QuizItem
from lessonpress.model.base import Course, Level, Model
from lessonpress.model.boards import Board
from lessonpress.model.dates import PartialDate
from lessonpress.model.deck import (
    Comparison,
    Hinge,
    ModelAnswer,
    SectionSlide,
    TaskSlide,
    TimelineSlide,
    TitleBody,
    TwoContent,
)
from lessonpress.model.refs import MisconceptionRef, TermRef
from lessonpress.model.text import Line, Prose, Verse

A = TypeVar("A")
D = TypeVar("D")

MAX_KEY_WORDS = 5


def _real_day(value: str) -> str:
    try:
        date = PartialDate.parse(value)
    except ValueError:
        date = None
    if date is None or date.day is None:
        raise PydanticCustomError("day", '"{value}" is not a day: write it as 2026-11-01', {"value": value})
    return date.iso


Day = Annotated[str, AfterValidator(_real_day)]
"""A day, yyyy-mm-dd."""


Tag = Annotated[str, Field(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$")]
"""The tag of a language, such as en-GB."""


def _by_course(value: Any) -> Any:
    return _courses(value) if isinstance(value, dict) else dict.fromkeys(get_args(Course), value)


def _courses(value: Any) -> Any:
    for name in value if isinstance(value, dict) else ():
        if name not in get_args(Course):
            raise PydanticCustomError("board_course", 'no course is called "{name}"', {"name": str(name)})
    return value


Boards = Annotated[dict[Course, str], BeforeValidator(_by_course)]
"""The name of a board for each course; one name stands for all."""

Chosen = Annotated[
    dict[Course, Annotated[tuple[str, ...], Field(min_length=1, max_length=40)]], BeforeValidator(_courses)
]
"""The ids of exam questions for each course."""


class Lesson(Model, Generic[A, D]):
    """One taught session; one YAML file."""

    format: int = Field(default=1, ge=1, description="the version of this format")
    title: Line
    enquiry: Verse = Field(description="the question of the lesson; two lines at most, broken by sense")
    minutes: int = Field(default=60, ge=1, le=300)
    objectives: tuple[Line, ...] = Field(min_length=1, max_length=5)
    terms: tuple[TermRef, ...] = Field(default=(), max_length=MAX_KEY_WORDS)
    misconceptions: tuple[MisconceptionRef, ...] = ()
    notes: Prose | None = None
    revised: Day | None = Field(
        default=None, description="the date of this lesson's edition, where it is not the unit's"
    )
    starter: tuple[A, ...] = ()
    input: tuple[A, ...] = ()
    main: tuple[A, ...] = ()
    optional: tuple[A, ...] = ()
    plenary: tuple[A, ...] = ()
    homework: tuple[A, ...] = ()
    deck: tuple[
        Annotated[
            TitleBody[D] | TwoContent | Comparison | Hinge | ModelAnswer | TimelineSlide[D] | TaskSlide | SectionSlide,
            Field(discriminator="layout"),
        ],
        ...,
    ] = ()

    @model_validator(mode="after")
    def _enquiry_fits(self) -> Lesson[A, D]:
        if len(self.enquiry.lines) > 2:
            raise PydanticCustomError("enquiry_lines", "the enquiry question has more than two lines")
        return self

    @property
    def question(self) -> Line:
        """The enquiry question on one line."""
        return self.enquiry.joined

    @property
    def question_lines(self) -> tuple[Line, ...]:
        """The enquiry question as the author breaks it."""
        return self.enquiry.lines

    def activities(self) -> Iterator[tuple[str, Any]]:
        """Every activity with its phase, in order."""
        for phase in PHASES:
            for activity in getattr(self, phase):
                yield phase, activity


class Unit(Model):
    """An ordered run of lessons on one topic."""

    format: int = Field(default=1, ge=1, description="the version of this format")
    title: Line
    code: str = Field(pattern=r"^[A-Z0-9]{2,8}$")
    subject: Line
    lang: Tag = "en-GB"
    seed: int = Field(ge=0)
    edition: str
    revised: Day = Field(description="the date of this edition, as 2026-11-01")
    theme: str = "classic"
    board: Boards = Field(default_factory=dict, description="a file of templates/boards, or one for each course")
    assessment: Chosen = Field(
        default_factory=dict,
        description="exam questions of the assessment by course, as ids of the bank; default: the first paper of the board that the bank fills",
    )
    reveal: Literal["slide", "click"] = Field(
        default="slide", description="answers of a slide: on the slide after it, or on the same one, click by click"
    )
    scripts: dict[str, str] = Field(default_factory=dict)
    translations: tuple[Tag, ...] = Field(
        default=(), max_length=3, description="languages that the vocabulary shows beside its words, such as pl and uk"
    )
    licence: Line
    about: Prose | None = None
    prior: tuple[QuizItem, ...] = ()


@dataclass(frozen=True)
class ResolvedLesson:
    """A lesson that needs nothing else: its unit, its number, its form at each level."""

    unit: Unit
    unit_slug: str
    number: int
    slug: str
    stem: str
    levels: dict[Level, Lesson[Any, Any]]
    points: tuple[Point, ...] = ()
    board: Board | None = None
    as_of: str | None = None
    """A date that stands in for the content's own."""

    @property
    def core(self) -> Lesson[Any, Any]:
        """The lesson at core level."""
        return self.levels["core"]

    @property
    def revised(self) -> str:
        """The date of the lesson's edition, yyyy-mm-dd."""
        return self.as_of or self.core.revised or self.unit.revised

    def ao_of(self, skill: str | None) -> tuple[str, ...]:
        """The assessment objectives that the board of the build names for a skill."""
        return self.board.ao_of(skill) if self.board is not None else ()

    @property
    def sheet_id(self) -> str:
        """The id printed in the footer, such as SRP-L1."""
        return f"{self.unit.code}-L{self.number}"
