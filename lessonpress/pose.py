"""Pose a lesson: number its activities, draw what chance decides, letter its sources."""

from __future__ import annotations

import string
from dataclasses import dataclass
from typing import Any

from lessonpress.model.activity import PHASES, Activity
from lessonpress.model.base import Level
from lessonpress.model.dice import Dice
from lessonpress.model.lesson import ResolvedLesson

UNCOUNTED = ("optional", "homework")
"""Phases whose marks do not count for the sheet: only some do them, or all do them at home."""

FIRST = "A"
"""The version that is made where no versions are asked for; then it bears no letter."""


def letters_of(versions: int) -> tuple[str, ...]:
    """The letters of so many versions, up to 26; one alone has none."""
    return tuple(string.ascii_uppercase[:versions]) if versions > 1 else ("",)


@dataclass(frozen=True)
class Task:
    """One posed activity in its place on the sheet.

    `number` is None for what carries none; `letters` are those of its sources; `q(n)` names
    its n-th question for `data-q`.
    """

    activity: Activity
    phase: str
    number: int | None
    letters: tuple[str, ...]
    level: Level
    puzzle: Any
    solution: Any
    order: tuple[int, ...] = ()
    """The numbers of its questions in the lesson, as they stand here; empty where they stand as there."""

    @property
    def kind(self) -> str:
        """The kind of the activity."""
        return self.activity.kind

    @property
    def name(self) -> str:
        """The id of the activity."""
        return self.activity.name

    @property
    def marks(self) -> int:
        """The marks of the activity."""
        return self.activity.total

    def q(self, part: object = "") -> str:
        """The name of a question, the same on sheet and key, and in every version; `part` counts as the sheet does."""
        if self.order and isinstance(part, int):
            part = self.order[part - 1]
        return f"{self.name}.{part}" if part != "" else self.name


@dataclass(frozen=True)
class PosedLesson:
    """A lesson at one level, ready to compose."""

    lesson: ResolvedLesson
    level: Level
    seed: int
    tasks: tuple[Task, ...]
    version: str = ""
    """The letter of the version; empty where there is only one."""

    def phase(self, *names: str) -> tuple[Task, ...]:
        """The tasks of the named phases, in order."""
        return tuple(task for task in self.tasks if task.phase in names)

    @property
    def marks(self) -> int:
        """The total of the sheet: numbered tasks, without what only some do or what is done at home."""
        return sum(t.marks for t in self.tasks if t.number is not None and t.phase not in UNCOUNTED)


def pose_lesson(lesson: ResolvedLesson, level: Level, seed: int, version: str = "") -> PosedLesson:
    """The lesson as it is put at a level, in a version. Level and place never change what the dice give.

    Version A is what is made where no versions are asked for. What is cut out is printed once for all versions, and
    what the class does together from a slide is drawn once: both are as in A.
    """
    tasks: list[Task] = []
    number, letter = 0, 0
    for phase in PHASES:
        for place, activity in enumerate(getattr(lesson.levels[level], phase)):
            forms = _forms(lesson, phase, place)
            own: int | None = None
            if phase != "homework" and any(form.numbered for form in forms):
                number += 1
                own = number if activity.numbered else None
            letters = tuple(string.ascii_uppercase[letter : letter + activity.exhibits])
            letter += max(form.exhibits for form in forms)
            if level not in activity.levels:
                continue
            posed = activity.pose(level, dice_of(lesson, activity, seed, version))
            tasks.append(Task(activity, phase, own, letters, level, posed.puzzle, posed.solution, posed.order))
    return PosedLesson(lesson, level, seed, tuple(tasks), version)


def dice_of(lesson: ResolvedLesson, activity: Activity, seed: int, version: str = "") -> Dice:
    """The dice of an activity: the same wherever it stands and whatever else its lesson holds.

    The first version is that of a build without versions, and so is what is cut out or drawn once.
    """
    is_first = version in ("", FIRST) or activity.cut_out or activity.drawn_once
    return Dice(seed, lesson.unit_slug, lesson.slug, activity.name, "" if is_first else version)


def _forms(lesson: ResolvedLesson, phase: str, place: int) -> list[Activity]:
    """An activity in its form at every level: `instead:` may put one of another kind in its place."""
    lists = [getattr(form, phase) for form in lesson.levels.values()]
    return [activities[place] for activities in lists if place < len(activities)]
