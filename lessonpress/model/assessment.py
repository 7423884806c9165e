"""An assessment: exam questions of a bank in the question types of a board's paper, with what they come to."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from lessonpress.model.banks import ExamQuestion
from lessonpress.model.base import Course
from lessonpress.model.boards import Board, ExamPaper, ExamType, Unsure

CHOSEN_MINUTES = 5
"""The time of chosen questions is rounded up to whole steps of so many minutes."""


@dataclass(frozen=True)
class Asked:
    """A question as it is asked: its number on the paper, its type, and the paper of the board that has this type.

    `choice` is how many of how many are answered; it stands with the first question of those.
    """

    number: str
    question: ExamQuestion
    kind: ExamType
    paper: ExamPaper
    choice: tuple[int, int] | None = None

    @property
    def unsure(self) -> tuple[Unsure, ...]:
        """What of the question's type and its paper must be checked with the board."""
        return tuple(dict.fromkeys((*self.paper.check, *self.kind.check)))


@dataclass(frozen=True)
class Lack:
    """So many questions of a type that a bank does not have."""

    kind: ExamType
    count: int


@dataclass(frozen=True)
class Assessment:
    """Questions to answer; `paper` is the one that they fill wholly, None where teachers chose some of several."""

    board: Board
    asked: tuple[Asked, ...]
    paper: ExamPaper | None = None

    @property
    def answered(self) -> tuple[tuple[ExamType, int], ...]:
        """Each type with how many questions of it are answered: of a paper those that it wants, else all."""
        if self.paper is not None:
            return tuple((kind, kind.answer) for kind in self.paper.questions)
        return tuple((asked.kind, 1) for asked in self.asked)

    @property
    def marks(self) -> int:
        """The marks of all that is answered, those for spelling included."""
        return sum(count * (kind.marks + kind.spelling) for kind, count in self.answered)

    @property
    def spelling(self) -> int:
        """The marks for spelling, punctuation and grammar."""
        return sum(count * kind.spelling for kind, count in self.answered)

    @property
    def minutes(self) -> int:
        """The time of the paper; of chosen questions the sum of theirs, by their marks where the board gives none."""
        if self.paper is not None:
            return self.paper.minutes
        return math.ceil(sum(map(_minutes, self.asked)) / CHOSEN_MINUTES) * CHOSEN_MINUTES

    @property
    def chooses(self) -> bool:
        """Whether some questions may be left out."""
        return any(asked.choice for asked in self.asked)

    @property
    def shares(self) -> tuple[tuple[str, tuple[str, ...], int], ...]:
        """The marks by assessment objective: skill, objectives, marks; without objectives by the skill alone.

        Skills with the same objectives stand together and then have no name; marks for spelling are in none.
        """
        marks: Counter[tuple[str, tuple[str, ...]]] = Counter()
        for kind, count in self.answered:
            objectives = self.board.ao_of(kind.skill)
            marks["" if objectives else kind.skill, objectives] += count * kind.marks
        by_objective = sorted(marks.items(), key=lambda share: share[0][1])
        return tuple((skill, objectives, count) for (skill, objectives), count in by_objective)


def fill(paper: ExamPaper, questions: Iterable[ExamQuestion]) -> tuple[tuple[Asked, ...], tuple[Lack, ...]]:
    """A paper filled with the first questions that fit each of its types, none twice, and what they lack for it."""
    left = list(questions)
    asked: list[Asked] = []
    lacks: list[Lack] = []
    for kind in paper.questions:
        fitting = [question for question in left if kind.fits(question)][: kind.printed]
        taken = {question.id for question in fitting}
        left = [question for question in left if question.id not in taken]
        if len(fitting) < kind.printed:
            lacks.append(Lack(kind, kind.printed - len(fitting)))
        choice = (kind.answer, kind.printed) if kind.answer < kind.printed else None
        for n, question in enumerate(fitting):
            asked.append(Asked(kind.number(n), question, kind, paper, None if n else choice))
    return tuple(_in_order(asked)), tuple(lacks)


def first_whole(board: Board, questions: Iterable[ExamQuestion], course: Course) -> Assessment | None:
    """The first paper of a board that the questions for a course fill wholly; None where there is none."""
    fitting = for_course(questions, course)
    for paper in board.papers:
        asked, lacks = fill(paper, fitting)
        if not lacks:
            return Assessment(board, asked, paper)
    return None


def chosen(board: Board, questions: Sequence[ExamQuestion]) -> Assessment | None:
    """Just these questions: a paper of the board where they fill one, else in this order, numbered from 1.

    None where one of them is of no type that the board has.
    """
    for paper in board.papers:
        asked, lacks = fill(paper, questions)
        if not lacks and len(asked) == len(questions):
            return Assessment(board, asked, paper)
    out: list[Asked] = []
    for number, question in enumerate(questions, 1):
        fitting = [(paper, kind) for paper, kind in board.types() if kind.fits(question)]
        if not fitting:
            return None
        free = [(paper, kind) for paper, kind in fitting if sum(a.kind is kind for a in out) < kind.printed]
        paper, kind = (free or fitting)[0]
        out.append(Asked(str(number), question, kind, paper))
    return Assessment(board, tuple(out))


def lacking(
    board: Board, questions: Iterable[ExamQuestion], course: Course
) -> tuple[ExamPaper, tuple[Lack, ...]] | None:
    """The paper that the questions for a course come nearest to filling, with what they lack; None without papers."""
    fitting = for_course(questions, course)
    tried = [(paper, fill(paper, fitting)[1]) for paper in board.papers]
    return min(tried, key=lambda one: sum(lack.count for lack in one[1]), default=None)


def for_course(questions: Iterable[ExamQuestion], course: Course) -> list[ExamQuestion]:
    """The questions that are for a course, or for every one."""
    return [question for question in questions if course in (question.courses or (course,))]


def _minutes(asked: Asked) -> float:
    """The time for a question; where the board gives none, its part of the paper's by its marks."""
    if asked.kind.minutes is not None:
        return asked.kind.minutes
    return asked.paper.minutes * (asked.kind.marks + asked.kind.spelling) / asked.paper.marks


def _in_order(asked: Sequence[Asked]) -> Sequence[Asked]:
    """Questions whose numbers all begin with a figure, in the order of those: 1(a), 1(b), 2(a)."""
    figures = [re.match(r"\d+", one.number) for one in asked]
    if not all(figures):
        return asked
    return [one for _, one in sorted(zip(figures, asked, strict=True), key=lambda pair: int(pair[0].group()))]  # type: ignore[union-attr]
