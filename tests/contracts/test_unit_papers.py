"""The contracts of kinds, held to every lesson of the unit that we ship."""

from __future__ import annotations

import functools

import pytest

from lessonpress.load import load
from lessonpress.load.unit import LoadedUnit
from lessonpress.model.base import LEVELS, Level
from lessonpress.model.lesson import ResolvedLesson
from lessonpress.pose import PosedLesson
from tests.activities.bench import KINDS, ROOT, TEMPLATES, html, page, pose
from tests.contracts.sealing import trapped
from tests.contracts.test_every_kind import names, shown, skeleton

STEMS = sorted(path.stem for path in (ROOT / "content" / "power-struggle" / "lessons").glob("*.yaml"))
every_lesson = pytest.mark.parametrize("stem", STEMS)
every_level = pytest.mark.parametrize("level", LEVELS)


@functools.cache
def unit() -> LoadedUnit:
    """The unit that we ship."""
    return load(ROOT / "content" / "power-struggle", TEMPLATES, lambda _: None).units[0]


@functools.cache
def lessons() -> dict[str, ResolvedLesson]:
    return {lesson.stem: lesson for lesson in unit().lessons}


def posed(stem: str, level: Level) -> PosedLesson:
    return pose(lessons()[stem], level, 1922)


def test_every_lesson_is_sound() -> None:
    """The unit has its lessons, none of them broken, and shows twelve kinds of activity or more."""
    assert len(STEMS) >= 8
    assert sorted(lessons()) == STEMS
    used = {activity.kind for lesson in lessons().values() for _, activity in lesson.core.activities()}
    assert used <= set(KINDS)
    assert len(used) >= 12


@every_lesson
@every_level
def test_papers_do_not_look_at_answers(stem: str, level: Level) -> None:
    """No byte of a pupil's paper depends on an answer that can be opened."""
    lesson = posed(stem, level)
    blind = trapped(lesson)
    for document in ("worksheet", "reading"):
        assert page(blind, document) == page(lesson, document)


@every_lesson
@every_level
def test_keys_are_their_sheets_with_ink(stem: str, level: Level) -> None:
    """Each task of the key has the elements, the questions and the marks of its sheet."""
    lesson = posed(stem, level)
    sheet, key = names(page(lesson)), names(page(lesson, key=True))
    assert sheet == key
    assert len(sheet) == len(set(sheet)) > 10
    for task in lesson.tasks:
        if task.activity.on_paper:
            paper, inked = html(lesson, task), html(lesson, task, key=True)
            assert skeleton(inked) == skeleton(paper), task.name
            assert sum(shown(paper)) == sum(shown(inked)) == task.marks, task.name


@every_lesson
def test_levels_have_one_set_of_numbers_and_marks(stem: str) -> None:
    """A task has its number, marks and letters at every level that has it; shuffles agree."""
    core = {task.name: task for task in posed(stem, "core").tasks}
    for level in ("support", "challenge"):
        for task in posed(stem, level).tasks:
            if task.name in core:
                other = core[task.name]
                assert (task.number, task.marks, task.letters) == (other.number, other.marks, other.letters)
                if task.kind == "matching" and len(task.puzzle.right) == len(other.puzzle.right):
                    assert task.puzzle == other.puzzle
