"""What only the composed text can show: leaked answers, missing evidence, dates that no bank knows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from unicodedata import category

from lxml import html

from lessonpress.compose.answers import all_text
from lessonpress.compose.kit import Kit
from lessonpress.compose.paper import Drawings, task_html
from lessonpress.diagnostics import Diagnostic, Place, warning
from lessonpress.load.checks import place_of
from lessonpress.load.unit import LoadedUnit
from lessonpress.model.activity import PHASES, Activity
from lessonpress.model.base import Level
from lessonpress.model.dates import PartialDate
from lessonpress.model.language import Language
from lessonpress.model.lesson import ResolvedLesson
from lessonpress.model.text import plain
from lessonpress.pose import PosedLesson, Task

READING_WORDS: dict[Level, tuple[int, int]] = {"support": (140, 180), "core": (220, 300), "challenge": (300, 380)}
MAX_ANSWER_WORDS = 6
"""Longer answers are sentences of the key: they stand nowhere else word for word."""


@dataclass(frozen=True)
class TaskText:
    """What pupils read in a task, and the short answers that its key gives."""

    task: Task
    sheet: str
    answers: tuple[str, ...]
    pairs: tuple[tuple[str, str], ...] = ()
    reading: str = ""
    """The text of a reading, which stands on its own paper."""


def check_composed(
    kit: Kit,
    unit: LoadedUnit,
    lesson: ResolvedLesson,
    posed: Mapping[Level, PosedLesson],
    drawn: Drawings | None = None,
) -> list[Diagnostic]:
    """The problems of a lesson's text, each told once, at the activity that holds it; tasks are `drawn` once."""
    found: dict[tuple[str, Place], Diagnostic] = {}
    places = Places(unit, lesson)
    for level, sheet in posed.items():
        texts = [_text(kit, unit, sheet, task, drawn) for task in sheet.tasks if task.activity.on_paper]
        for diagnostic in (*_leaks(texts, places), *_words(sheet, level, places)):
            found.setdefault((diagnostic.message, diagnostic.place), diagnostic)
    for diagnostic in (*_dates(unit, lesson, places, kit.labels.language), *_evidence(unit, lesson, places)):
        found.setdefault((diagnostic.message, diagnostic.place), diagnostic)
    return list(found.values())


class Places:
    """Finds the place of an activity in its lesson file."""

    def __init__(self, unit: LoadedUnit, lesson: ResolvedLesson) -> None:
        self._document = unit.documents.get(lesson.stem)
        self._where = {
            activity.name: (phase, index)
            for phase in PHASES
            for index, activity in enumerate(getattr(lesson.core, phase))
        }
        self._fallback = Place(lesson.stem)

    def of(self, name: str, *rest: Any) -> Place:
        """The place of an activity, or of a value in it."""
        if self._document is None or name not in self._where:
            return self._fallback
        return place_of(self._document, *self._where[name], *(rest or ("title",)))

    def of_lesson(self, *loc: Any) -> Place:
        """The place of a value of the lesson itself."""
        return place_of(self._document, *loc) if self._document is not None else self._fallback


def _text(kit: Kit, unit: LoadedUnit, posed: PosedLesson, task: Task, drawn: Drawings | None) -> TaskText:
    sheet, _ = task_html(kit, posed, task, images=unit.images, drawn=drawn)
    _, written = task_html(kit, posed, task, key=True, images=unit.images, drawn=drawn)
    verdicts = {normal(kit.labels("true")), normal(kit.labels("false"))}
    answers = tuple(dict.fromkeys(text for w in written if (text := normal(w.text)) not in verdicts))
    pairs = tuple((normal(left.plain), normal(all_text(right))) for left, right in task.activity.links)
    reading = normal(all_text(getattr(task.activity, "text", ""))) if task.kind == "reading" else ""
    return TaskText(task, normal(_strip(sheet)), answers, pairs, reading)


def _strip(markup: str) -> str:
    """The text of a piece of HTML, style sheets left out."""
    if not markup.strip():
        return ""
    tree = html.fragment_fromstring(markup, create_parent="div")
    for node in tree.xpath(".//style"):
        node.getparent().remove(node)
    return " ".join(" ".join(tree.itertext()).split())


def normal(text: str) -> str:
    """Text for comparing: plain signs, single spaces, small letters, no marks such as the vowels of Arabic."""
    small = plain(text).lower()
    return " ".join((small if small.isascii() else "".join(c for c in small if category(c) != "Mn")).split())


def _leaks(texts: list[TaskText], places: Places) -> Iterator[Diagnostic]:
    """Answers and pairs that may be read off another activity of the sheet."""
    for here in texts:
        others = [other for other in texts if other.task.name != here.task.name and other.task.phase != "homework"]
        for other in others:
            for found in (*_answers_in(here, other), *_pairs_in(here, other)):
                message = f'"{found}", an answer of "{here.task.activity.title}", stands printed in "{other.task.activity.title}"'
                hint = "say it in other words there, or ask for something else"
                yield Diagnostic("leaked-answer", message, places.of(other.task.name), hint)


def _answers_in(here: TaskText, other: TaskText) -> Iterator[str]:
    """The short answers of an activity that another one prints; a do-now's may not stand in the reading either."""
    if here.task.activity.answers_elsewhere:
        return
    text = f"{other.sheet}\n{other.reading}" if here.task.kind == "retrieval" else other.sheet
    for answer in here.answers:
        words = answer.strip(" .,;:!?\"'()")
        if _tells(words) and _stands(words, text):
            yield words


def _pairs_in(here: TaskText, other: TaskText) -> Iterator[str]:
    """The pairs of an activity whose two sides another one joins in a sentence."""
    sentences = re.split(r"[.?!؟\n]", other.sheet)
    for left, right in here.pairs:
        if any(_stands(left, sentence) and _stands(right, sentence) for sentence in sentences):
            yield f"{left}: {right}"


def _stands(words: str, text: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(words)}(?!\w)", text) is not None


def _tells(answer: str) -> bool:
    """Whether an answer is one that could be read off: not a letter, a number or a whole sentence."""
    return len(answer) > 3 and len(answer.split()) <= MAX_ANSWER_WORDS and bool(re.search(r"[^\W\d]|\d{4}", answer))


def _words(posed: PosedLesson, level: Level, places: Places) -> Iterator[Diagnostic]:
    """Readings that are too short or too long for their level."""
    low, high = READING_WORDS[level]
    for task in posed.tasks:
        if task.kind == "reading":
            words = task.activity.text.words  # type: ignore[attr-defined]
            if not low * 0.95 <= words <= high * 1.05:
                rest = ("text",) if level == "core" else (level, "text")
                yield warning(
                    "reading-length",
                    f"the reading has {words} words at {level} level; {low} to {high} fit it",
                    places.of(task.name, *rest),
                )


def known_dates(unit: LoadedUnit) -> tuple[PartialDate, ...]:
    """All dates of the events bank."""
    return tuple(date for event in unit.banks.get("events", {}).values() for date in event.dates)


def _dates(unit: LoadedUnit, lesson: ResolvedLesson, places: Places, language: Language) -> Iterator[Diagnostic]:
    """Dates to the month or day that no event of the bank bears."""
    if not unit.banks.get("events"):
        return
    known = {less for date in known_dates(unit) for less in date.rounded}
    activities = (activity for level in lesson.levels.values() for _, activity in level.activities())
    # Most activities say the same at every level.
    for name, said in dict.fromkeys((a.name, all_text(a)) for a in activities if a.date_ok is None):
        for text, date in _unknown(said, known, language):
            yield _unknown_date(text, date, places.of(name))
    for index, item in enumerate(lesson.core.deck):
        for text, date in _unknown(all_text(item), known, language):
            yield _unknown_date(text, date, places.of_lesson("deck", index, "title"))


def _unknown(text: str, known: set[PartialDate], language: Language) -> Iterator[tuple[str, PartialDate]]:
    for printed, date in language.printed_dates(plain(text)):
        if date not in known:
            yield printed, date


def _unknown_date(text: str, date: PartialDate, place: Place) -> Diagnostic:
    hint = "correct it, add it to an event (also:), or say on the activity why it is right: date_ok: ..."
    return Diagnostic("unknown-date", f'no event of banks/events.yaml bears the date "{date}" ({text})', place, hint)


def _evidence(unit: LoadedUnit, lesson: ResolvedLesson, places: Places) -> Iterator[Diagnostic]:
    """Activities that claim to teach a point whose evidence does not stand in any that covers it."""
    for claim, activities in covering(lesson).items():
        point = unit.points.get(claim)
        if point is None:
            continue
        missing = missing_evidence(point.evidence, activities)
        if missing:
            message = f'{claim} is covered here, but its evidence does not stand in the text or the key: "{missing[0]}"'
            yield Diagnostic(
                "no-evidence",
                message,
                places.of(activities[0].name),
                "teach it in so many words, or correct evidence: in specification.yaml",
            )


def covering(lesson: ResolvedLesson) -> dict[str, list[Activity]]:
    """The activities of a lesson at core level by the points that they cover."""
    found: dict[str, list[Activity]] = {}
    for _, activity in lesson.core.activities():
        for claim in dict.fromkeys((*activity.covers, *(claim for claim, _ in activity.points))):
            found.setdefault(claim, []).append(activity)
    return found


def missing_evidence(evidence: tuple[str, ...], activities: list[Activity]) -> list[str]:
    """The phrases that stand in none of the activities that cover a point."""
    text = normal("\n".join(all_text(activity) for activity in activities))
    return [phrase for phrase in evidence if normal(phrase) not in text]
