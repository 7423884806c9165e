"""Examination boards: papers, types of question, marks, minutes, levels and assessment objectives, as data."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from lessonpress.model.banks import ExamQuestion, Skill
from lessonpress.model.base import Course, Model
from lessonpress.model.marking import LevelOfMarks, MarkScheme
from lessonpress.model.text import Line

Unsure = Literal["questions", "marks", "minutes", "aos"]
"""What nobody has seen in a page of the board's own: a teacher must check it."""


def _several(value: Any) -> Any:
    return value if isinstance(value, list | tuple) else [value]


def _by_marks(value: Any) -> Any:
    """The levels of a skill stand under numbers of marks, and end at them."""
    if not isinstance(value, dict) or not all(str(marks).isdecimal() for marks in value):
        raise PydanticCustomError("board_levels", "the levels of a skill must stand under numbers of marks")
    return value


LevelsByMarks = Annotated[dict[int, tuple[LevelOfMarks, ...]], BeforeValidator(_by_marks)]


class ExamType(Model):
    """A type of question: `answer` of the `of` that are printed are answered, each for `marks` in `minutes`."""

    name: Line
    stem: Line
    skill: Skill
    marks: int = Field(ge=1, le=60)
    minutes: int | None = Field(default=None, ge=1, le=240)
    spelling: int = Field(default=0, ge=0, le=10, description="marks for spelling, punctuation and grammar")
    answer: int = Field(default=1, ge=1, le=6)
    of: int | None = Field(default=None, ge=1, le=6)
    numbers: tuple[str, ...] = Field(default=(), description="the number of each question, where several are printed")
    check: tuple[Unsure, ...] = ()

    @model_validator(mode="after")
    def _each_has_a_number(self) -> ExamType:
        if self.numbers and len(self.numbers) != self.printed:
            raise PydanticCustomError(
                "type_numbers",
                "{count} numbers stand here, the paper prints {printed} of these questions",
                {"count": len(self.numbers), "printed": self.printed},
            )
        return self

    @property
    def total(self) -> int:
        """The marks of all the answers of this type."""
        return self.answer * (self.marks + self.spelling)

    @property
    def printed(self) -> int:
        """How many questions of this type a paper prints."""
        return max(self.answer, self.of or 0)

    def number(self, index: int) -> str:
        """The number of a question of this type, counted from 0: its own, or the name of the type."""
        if self.numbers:
            return self.numbers[index]
        return self.name.plain if self.printed == 1 else f"{self.name.plain}{index + 1}"

    def fits(self, question: ExamQuestion) -> bool:
        """Whether a question of the bank is of this type."""
        return (question.skill, question.marks) == (self.skill, self.marks)


class ExamPaper(Model):
    """A paper, or a section that is set by itself: its types of question give its marks, exactly."""

    name: Line
    marks: int = Field(ge=1, le=200)
    minutes: int = Field(ge=5, le=300)
    note: Line | None = Field(default=None, description="printed on the assessment")
    questions: tuple[ExamType, ...] = Field(min_length=1)
    check: tuple[Unsure, ...] = ()

    @model_validator(mode="after")
    def _totals_agree(self) -> ExamPaper:
        total = sum(kind.total for kind in self.questions)
        if total != self.marks:
            raise PydanticCustomError(
                "paper_marks",
                "the questions of the paper give {total} marks, the paper has {marks}",
                {"total": total, "marks": self.marks},
            )
        minutes = [kind.answer * kind.minutes for kind in self.questions if kind.minutes is not None]
        if sum(minutes) > self.minutes:
            raise PydanticCustomError(
                "paper_minutes",
                "the questions of the paper take {total} minutes, the paper has {minutes}",
                {"total": sum(minutes), "minutes": self.minutes},
            )
        return self


class Board(Model):
    """One board for one course; without a course it has levels only, and every course takes them."""

    name: Line
    course: Course | None = None
    note: Line | None = Field(default=None, description="for teachers")
    papers: tuple[ExamPaper, ...] = ()
    aos: dict[Skill, Annotated[tuple[str, ...], BeforeValidator(_several)]] = Field(default_factory=dict)
    levels: dict[Skill, LevelsByMarks] = Field(default_factory=dict)
    check: tuple[Unsure, ...] = ()

    @model_validator(mode="after")
    def _levels_give_their_marks(self) -> Board:
        for skill, by_marks in self.levels.items():
            for marks, levels in by_marks.items():
                if MarkScheme(levels=levels).top != marks:
                    raise PydanticCustomError(
                        "board_top",
                        "the levels of {skill} do not end at {marks} marks",
                        {"skill": skill, "marks": marks},
                    )
        return self

    def ao_of(self, skill: str | None) -> tuple[str, ...]:
        """The assessment objectives of a skill; none where the board names none."""
        return self.aos.get(skill, ()) if skill else ()  # type: ignore[call-overload]

    def types(self) -> Iterator[tuple[ExamPaper, ExamType]]:
        """Every type of question with its paper, in order."""
        for paper in self.papers:
            for kind in paper.questions:
                yield paper, kind

    def type_of(self, skill: str | None, marks: int) -> tuple[ExamPaper, ExamType] | None:
        """The first type of question with a skill and its marks."""
        return next((pair for pair in self.types() if (pair[1].skill, pair[1].marks) == (skill, marks)), None)

    def unsure(self, skill: str | None, marks: int) -> tuple[Unsure, ...]:
        """What must be checked with the board of the type of such a question and of its paper."""
        found = self.type_of(skill, marks)
        return tuple(dict.fromkeys((*found[0].check, *found[1].check))) if found else ()
