"""What must hold within a lesson once each of its parts is sound."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from lessonpress.diagnostics import Diagnostic, Place, did_you_mean, warning
from lessonpress.load.messages import locate
from lessonpress.model.activity import PHASES, TIMED, Activity
from lessonpress.model.banks import Point
from lessonpress.model.base import LEVELS
from lessonpress.model.lesson import Lesson, ResolvedLesson
from lessonpress.source import Document


def check_lesson(
    document: Document, lesson: ResolvedLesson, points: Mapping[str, Point], banks: Mapping[str, Any]
) -> list[Diagnostic]:
    """The problems of a lesson whose every field is right by itself."""
    core = lesson.core
    return [
        *_minutes(document, core),
        *_names(document, core),
        *_covers(document, core, points),
        *_same_marks(document, lesson),
        *_deck(document, core),
    ]


def place_of(document: Document, *loc: Any) -> Place:
    """The place of a value of the lesson file by its path."""
    return locate(document, document.root, loc)[1]


def _each(lesson: Lesson[Any, Any]) -> Iterable[tuple[str, int, Activity]]:
    for phase in PHASES:
        for index, activity in enumerate(getattr(lesson, phase)):
            yield phase, index, activity


def _minutes(document: Document, lesson: Lesson[Any, Any]) -> Iterable[Diagnostic]:
    total = sum(activity.minutes for phase, _, activity in _each(lesson) if phase in TIMED)
    if total > lesson.minutes:
        hint = "shorten an activity, or move one to optional: or homework:"
        message = f"the activities take {total} minutes, the lesson has {lesson.minutes}"
        yield Diagnostic("minutes", message, place_of(document, "minutes"), hint)


def _names(document: Document, lesson: Lesson[Any, Any]) -> Iterable[Diagnostic]:
    seen: dict[str, str] = {}
    for phase, index, activity in _each(lesson):
        if activity.name in seen:
            hint = "give one of them another title, or an id: of its own"
            yield Diagnostic(
                "duplicate-id",
                f'two activities are called "{activity.name}"',
                place_of(document, phase, index, "title"),
                hint,
            )
        seen[activity.name] = phase


def _covers(document: Document, lesson: Lesson[Any, Any], points: Mapping[str, Point]) -> Iterable[Diagnostic]:
    for phase, index, activity in _each(lesson):
        for claim in (*activity.covers, *(claim for claim, _ in activity.points)):
            if claim not in points:
                message = f'no point "{claim}" in specification.yaml'
                yield Diagnostic(
                    "unknown-point",
                    message,
                    place_of(document, phase, index, "covers"),
                    did_you_mean(claim.upper(), points),
                )


def _same_marks(document: Document, lesson: ResolvedLesson) -> Iterable[Diagnostic]:
    """The same numbers and the same marks at every level."""
    core = {(phase, index): activity for phase, index, activity in _each(lesson.core)}
    for level in LEVELS:
        for phase, index, activity in _each(lesson.levels[level]):
            expected = core[phase, index].total
            if activity.total != expected:
                message = f"at {level} level the activity has {activity.total} marks, at core level {expected}"
                yield Diagnostic(
                    "marks-differ",
                    message,
                    place_of(document, phase, index),
                    "set marks: on the activity, or change the overlay",
                )


def _deck(document: Document, lesson: Lesson[Any, Any]) -> Iterable[Diagnostic]:
    places = {*PHASES, *(activity.name for _, _, activity in _each(lesson))}
    titles = Counter(item.title.plain for item in lesson.deck)
    for index, item in enumerate(lesson.deck):
        if item.after not in places:
            message = f'after: names no phase and no activity: "{item.after}"'
            yield Diagnostic(
                "deck-after", message, place_of(document, "deck", index, "after"), did_you_mean(item.after, places)
            )
        if titles[item.title.plain] > 1:
            message = f'two slides have the title "{item.title.plain}"'
            yield Diagnostic(
                "slide-title", message, place_of(document, "deck", index, "title"), "give each slide a title of its own"
            )
        words = len(" ".join(_body(item)).split())
        if words > 60:
            yield warning(
                "slide-words",
                f"the slide holds {words} words",
                place_of(document, "deck", index),
                "40 words are enough for one slide",
            )


def _body(item: Any) -> Iterable[str]:
    for point in getattr(item, "points", ()):
        yield point.plain
    for side in (getattr(item, "left", None), getattr(item, "right", None)):
        if side is not None:
            yield from (point.plain for point in side.points)
