"""What must hold within a lesson once each of its parts is sound."""

from __future__ import annotations

from collections.abc import Container, Iterable
from typing import Any

from lessonpress.diagnostics import Diagnostic, Place, did_you_mean, warning
from lessonpress.load.places import locate, place_of_text
from lessonpress.model.activity import PHASES, TIMED, Activity
from lessonpress.model.base import LEVELS, Level
from lessonpress.model.lesson import Lesson, ResolvedLesson
from lessonpress.source import Document

MAX_SLIDE_WORDS = 60


def check_lesson(document: Document, lesson: ResolvedLesson, points: Container[str] | None) -> list[Diagnostic]:
    """The problems of a lesson whose every field is right by itself; without points none is looked up."""
    found = [*_same_for_all(document, lesson), *_deck(document, lesson.core)]
    for level in ("core", *LEVELS):
        mine = lesson.levels[level]
        found += [*_minutes(document, mine, level), *_names(document, mine)]
        found += _covers(document, mine, points) if points is not None else []
    return list({(d.code, d.place): d for d in reversed(found)}.values())[::-1]


def place_of(document: Document, *loc: Any) -> Place:
    """The place of a value of the file by its path."""
    return locate(document, document.root, loc)[1]


def _each(lesson: Lesson[Any, Any]) -> Iterable[tuple[str, int, Activity]]:
    for phase in PHASES:
        for index, activity in enumerate(getattr(lesson, phase)):
            yield phase, index, activity


def _minutes(document: Document, lesson: Lesson[Any, Any], level: Level) -> Iterable[Diagnostic]:
    timed = [activity for phase, _, activity in _each(lesson) if phase in TIMED and level in activity.levels]
    total = sum(activity.minutes for activity in timed)
    if total > lesson.minutes:
        hint = "shorten an activity, or move one to optional: or homework:"
        where = "" if level == "core" else f"at {level} level "
        message = f"{where}the activities take {total} minutes, the lesson has {lesson.minutes}"
        yield Diagnostic("minutes", message, place_of(document, "minutes"), hint)


def _names(document: Document, lesson: Lesson[Any, Any]) -> Iterable[Diagnostic]:
    seen: set[str] = set()
    for phase, index, activity in _each(lesson):
        if activity.name in seen:
            hint = "give one of them another title, or an id: of its own"
            place = place_of(document, phase, index, "id" if activity.id else "title")
            yield Diagnostic("duplicate-id", f'two activities are called "{activity.name}"', place, hint)
        seen.add(activity.name)


def _covers(document: Document, lesson: Lesson[Any, Any], points: Any) -> Iterable[Diagnostic]:
    for phase, index, activity in _each(lesson):
        for claim in dict.fromkeys((*activity.covers, *(claim for claim, _ in activity.points))):
            if claim not in points:
                node = document.root[phase][index]
                place = place_of_text(document, node, claim) or place_of(document, phase, index)
                hint = did_you_mean(claim, points) or "write the point into the file, or name another"
                yield Diagnostic("unknown-point", f'no point "{claim}" in specification.yaml', place, hint)


def _same_for_all(document: Document, lesson: ResolvedLesson) -> Iterable[Diagnostic]:
    """The same numbers, letters and marks at every level."""
    core = {(phase, index): activity for phase, index, activity in _each(lesson.core)}
    for level in LEVELS:
        for phase, index, activity in _each(lesson.levels[level]):
            expected = core[phase, index]
            place = place_of(document, phase, index, level)
            if activity.total != expected.total:
                count = f"{activity.total} mark{'' if activity.total == 1 else 's'}"
                message = f"at {level} level the activity has {count}, at core level {expected.total}"
                yield Diagnostic("marks-differ", message, place, "set marks: on the activity, or change the overlay")
            if activity.numbered != expected.numbered or activity.exhibits != expected.exhibits:
                message = f"at {level} level the activity changes the numbers or letters of those after it"
                hint = "put an activity in its place that takes a number, and as many sources"
                yield Diagnostic("numbers-differ", message, place, hint)


def _deck(document: Document, lesson: Lesson[Any, Any]) -> Iterable[Diagnostic]:
    places = {*PHASES, *(activity.name for _, _, activity in _each(lesson))}
    titles: set[str] = set()
    for index, item in enumerate(lesson.deck):
        if item.after not in places:
            message = f'after: names no phase and no activity: "{item.after}"'
            hint = did_you_mean(item.after, places) or "known: " + ", ".join(sorted(places))
            yield Diagnostic("deck-after", message, place_of(document, "deck", index, "after"), hint)
        if item.title.plain in titles:
            message = f'two slides have the title "{item.title.plain}"'
            place = place_of(document, "deck", index, "title")
            yield Diagnostic("slide-title", message, place, "give each slide a title of its own")
        titles.add(item.title.plain)
        words = len(" ".join(_body(item)).split())
        if words > MAX_SLIDE_WORDS:
            place = place_of(document, "deck", index, "points")
            yield warning("slide-words", f"the slide holds {words} words", place, "40 words are enough for one slide")


def _body(item: Any) -> Iterable[str]:
    for point in getattr(item, "points", ()):
        yield point.plain
    for side in (getattr(item, "left", None), getattr(item, "right", None)):
        if side is not None:
            yield from (point.plain for point in side.points)
