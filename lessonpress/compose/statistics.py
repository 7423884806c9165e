"""A lesson in figures: marks, minutes, guessing, reading age, words, and when its questions are asked again."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from lessonpress.activities.reading import word_pattern
from lessonpress.compose.answers import all_text
from lessonpress.compose.readability import ReadingAge, reading_age
from lessonpress.load.unit import LoadedUnit
from lessonpress.model.activity import TIMED, Activity
from lessonpress.model.base import LEVELS, Level, Model
from lessonpress.model.lesson import ResolvedLesson
from lessonpress.model.text import plain
from lessonpress.pose import UNCOUNTED, PosedLesson, dice_of

AGES: Mapping[Level, tuple[int, int]] = {"support": (9, 11), "core": (12, 13), "challenge": (14, 16)}
"""The youngest and the oldest reader that a reading is meant for, at each level."""


@dataclass(frozen=True)
class Figures:
    """What a posed lesson comes to.

    `skills` and `objectives` are marks by name, in falling order; marks of tasks that name no skill stand
    under an empty name. `guessed` is how many marks chance gives. `asked_again` has the number of each later
    lesson with how many questions of this lesson's quiz it asks; `never` is how many none asks.
    """

    level: Level
    marks: int
    skills: tuple[tuple[str, int], ...]
    objectives: tuple[tuple[str, int], ...]
    minutes: int
    of_minutes: int
    guessed: float
    age: ReadingAge | None
    words: tuple[str, ...]
    unused: tuple[str, ...]
    asked_again: tuple[tuple[int, int], ...] = ()
    never: int = 0

    @property
    def aim(self) -> tuple[int, int]:
        """The ages that a reading of this level is meant for."""
        return AGES[self.level]


def lesson_figures(unit: LoadedUnit, posed: PosedLesson) -> Figures:
    """The figures of a posed lesson among the lessons of its unit."""
    lesson, sheet = posed.lesson, posed.lesson.levels[posed.level]
    counted = [task for task in posed.tasks if task.number is not None and task.phase not in UNCOUNTED]
    marks = Counter[str]()
    for task in counted:
        marks.update(skill_marks(task.activity))
    by_objective = Counter[str]()
    for skill, count in marks.items():
        by_objective[" + ".join(lesson.ao_of(skill))] += count
    text = plain("\n".join(all_text(task.activity) for task in posed.tasks)).lower()
    words = tuple(term.term.plain for term in sheet.terms)
    again = asked_again(unit, lesson, posed.seed)
    times = Counter(number for numbers in again.values() for number in numbers)
    return Figures(
        posed.level,
        posed.marks,
        _falling(marks),
        _falling(by_objective) if set(by_objective) - {""} else (),
        sum(task.activity.minutes for task in posed.tasks if task.phase in TIMED),
        sheet.minutes,
        sum(task.activity.by_guessing(task.puzzle) for task in counted),
        age_of(unit, posed),
        words,
        tuple(word for word in words if not stands(word, text)),
        tuple(sorted(times.items())),
        sum(not numbers for numbers in again.values()),
    )


def _falling(marks: Counter[str]) -> tuple[tuple[str, int], ...]:
    """Marks by name, most first; what has no name comes last."""
    return tuple(sorted(((k, n) for k, n in marks.items() if n), key=lambda one: (not one[0], -one[1], one[0])))


def skill_marks(activity: Activity) -> dict[str, int]:
    """The marks of an activity by the skill that its questions name; the rest under an empty name."""
    found = Counter[str]()
    for _, model in models(activity):
        skill, marks = getattr(model, "skill", None), getattr(model, "marks", None)
        if skill and marks:
            found[skill] += marks
    if found.total() > activity.total:  # a planner gives its own marks, and names an essay that has more
        return {max(found, key=lambda skill: found[skill]): activity.total}
    return {**found, "": activity.total - found.total()}


def models(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[tuple[Any, ...], Model]]:
    """A model and all that it holds, answers left closed, each with the keys and numbers that lead to it."""
    if isinstance(value, Model):
        yield path, value
        for name in type(value).model_fields:
            yield from models(getattr(value, name), (*path, name))
    elif isinstance(value, tuple):
        for index, part in enumerate(value):
            yield from models(part, (*path, index))


def stands(word: str, text: str) -> bool:
    """Whether a term stands in plain text of small letters, in whatever number."""
    return re.search(word_pattern(word.lower()), text) is not None


def age_of(unit: LoadedUnit, posed: PosedLesson) -> ReadingAge | None:
    """The reading age of what a lesson gives to read, without the words that it explains and without names."""
    readings: list[Any] = [task.activity for task in posed.tasks if task.kind == "reading"]
    text = "\n".join(line.plain for activity in readings for line in activity.text.paragraphs)
    terms = [term.term.plain for term in unit.banks.get("terms", {}).values()]
    people = [name.plain for person in unit.banks.get("people", {}).values() for name in (person.name, person.short)]
    glossed = [gloss.word for activity in readings for gloss in activity.gloss]
    return reading_age(text, posed.lesson.unit.lang, [*terms, *people, *glossed])


def asked_again(unit: LoadedUnit, lesson: ResolvedLesson, seed: int) -> dict[str, tuple[int, ...]]:
    """For each question of a lesson's quiz the numbers of the later lessons that ask it, at core level."""
    asked = {other.number: _drawn(other, seed) for other in unit.lessons if other.number > lesson.number}
    items = unit.quiz.get(lesson.slug, ())
    return {item.id: tuple(n for n in sorted(asked) if item.id.lower() in asked[n]) for item in items}


def _drawn(lesson: ResolvedLesson, seed: int) -> set[str]:
    """The ids of the questions that a lesson asks from memory."""
    found: set[str] = set()
    for _, activity in lesson.core.activities():
        if activity.kind == "retrieval" and "core" in activity.levels:
            puzzle = activity.pose("core", dice_of(lesson, activity, seed)).puzzle
            pool = (*activity.pool.last, *activity.pool.earlier, *activity.pool.prior)
            found |= {item.id.lower() for item in pool if item.ask in puzzle}
    return found


def never_taught(unit: LoadedUnit) -> tuple[str, ...]:
    """The terms of the bank that stand in no lesson at any level."""
    sheets = [lesson.levels[level] for lesson in unit.lessons for level in LEVELS]
    text = plain("\n".join(all_text(sheet) for sheet in sheets)).lower()
    terms = [term.term.plain for term in unit.banks.get("terms", {}).values()]
    return tuple(term for term in terms if not stands(term, text))
