"""Retrieval quizzes: one before each lesson from the second on, and one at the end; what was learned comes back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from lessonpress.compose.unit_documents.material import Material
from lessonpress.model.banks import QuizItem
from lessonpress.model.dice import Dice

QUOTAS = (4, 3, 3)
"""How many questions ask of the lesson before, of the two before that, and of all that came earlier."""
GAP = 3
"""A question that was asked comes back so many quizzes later at the earliest."""


@dataclass(frozen=True)
class Quiz:
    """The questions before a lesson, None for those at the end; each with the number of its lesson, None for prior."""

    lesson: int | None
    items: tuple[tuple[QuizItem, int | None], ...]

    @property
    def name(self) -> str:
        """How its questions are named, the same on sheet and key."""
        return f"quiz-{self.lesson if self.lesson is not None else 'end'}"


def names(material: Material, _form: str = "") -> dict[str, Any] | None:
    """The quizzes of a unit; None for one without quiz questions."""
    lessons = material.lessons
    pools = [material.loaded.quiz.get(lesson.slug, ()) for lesson in lessons]
    ids = [[item.id for item in pool] for pool in pools]
    if not any(ids):
        return None
    prior = material.unit.prior
    items = {item.id: (item, None) for item in prior} | {
        item.id: (item, lesson.number) for lesson, pool in zip(lessons, pools, strict=True) for item in pool
    }
    plan = spaced(ids, [item.id for item in prior], material.dice("retrieval-quiz"))
    before = [*(lesson.number for lesson in lessons[1:]), None]
    quizzes = [Quiz(n, tuple(items[ident] for ident in quiz)) for n, quiz in zip(before, plan, strict=True) if quiz]
    return {"quizzes": tuple(quizzes)}


def spaced(lessons: Sequence[Sequence[str]], prior: Sequence[str], dice: Dice) -> list[tuple[str, ...]]:
    """The ids of the questions of each quiz, one quiz after every lesson.

    Of the questions of one distance those come first that were never asked, then those asked longest ago; what a
    distance lacks the others give, the nearest first. None comes back within the gap. Within a quiz the order is drawn.
    """
    order = {ident: n for n, ident in enumerate(dice.shuffled([*prior, *(i for ids in lessons for i in ids)]))}
    asked: dict[str, int] = {}
    quizzes: list[tuple[str, ...]] = []
    for now, last in enumerate(lessons):
        recent = [ident for ids in lessons[max(0, now - 2) : now] for ident in ids]
        earlier = [ident for ids in lessons[: max(0, now - 2)] for ident in ids]
        quiz = _drawn([_due(ids, now, asked, order) for ids in (last, recent, earlier, prior)])
        asked |= dict.fromkeys(quiz, now)
        quizzes.append(dice.shuffled(quiz))
    return quizzes


def _due(ids: Sequence[str], now: int, asked: Mapping[str, int], order: Mapping[str, int]) -> list[str]:
    """The questions that may be asked now, those first that are most due."""
    free = [ident for ident in ids if now - asked.get(ident, -GAP) >= GAP]
    return sorted(free, key=lambda ident: (asked.get(ident, -GAP), order[ident]))


def _drawn(due: Sequence[Sequence[str]]) -> list[str]:
    """The first of each distance up to its quota; what is lacking comes from what is left."""
    last, recent, earlier, prior = due
    pools = (last, recent, [*earlier, *prior])
    quiz = [ident for pool, quota in zip(pools, QUOTAS, strict=True) for ident in pool[:quota]]
    rest = [ident for pool, quota in zip(pools, QUOTAS, strict=True) for ident in pool[quota:]]
    return [*quiz, *rest[: sum(QUOTAS) - len(quiz)]]
