"""What a careful colleague would say of a unit that has no fault: told as warnings, never as errors."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from lessonpress.compose.checks import Places
from lessonpress.compose.statistics import AGES, age_of, models
from lessonpress.diagnostics import Diagnostic, Place, warning
from lessonpress.load.checks import place_of
from lessonpress.load.unit import LoadedUnit
from lessonpress.model.assessment import lacking
from lessonpress.model.banks import Entry, QuizItem
from lessonpress.model.base import LEVELS, Level, Model
from lessonpress.model.marking import Space
from lessonpress.model.text import plain
from lessonpress.pose import PosedLesson, Task, pose_lesson

LEAST = 4
"""So many questions with options must have the longest one right before it is told: fewer may be chance."""
ALIKE = 0.8
"""The part of their words that two questions share at the least when they are nearly the same."""
FEW_WORDS = 4
LINE_MM = 8.5
"""A ruled line of the sheet, by which an open box is counted in lines."""

_SMALL = re.compile(
    r"(?:an?|the|and|or|as|at|by|for|from|in|its?|of|on|to|with|is|was|were|did|do|does|had|has|"
    r"he|her|his|she|that|their|they|this)"
)
"""Words that tell no question from another."""
_SAYS_NOTHING = re.compile(
    r"\W*|tb[acd]|todo|to do|to be (?:added|confirmed)|n/?a|x{2,}|missing|source needed", re.IGNORECASE
)
_PROVENANCE = ("author", "date", "nature", "circumstance", "credit")


@dataclass(frozen=True)
class Asked:
    """Something that pupils are asked, where it stands, and what tells it apart: its words and its sources."""

    text: str
    place: Place
    words: frozenset[str]
    ident: str = ""
    """The id of a question of the bank, which may be planned, written and asked again on purpose."""


def advise(unit: LoadedUnit, seed: int | None = None) -> list[Diagnostic]:
    """The warnings of a unit: reading ages, options that tell, questions asked twice, little space, no provenance,
    no assessment.
    """
    if unit.unit is None:
        return []
    seed = unit.unit.seed if seed is None else seed
    found: list[Diagnostic] = []
    asked: list[Asked] = []
    for lesson in unit.lessons:
        places = Places(unit, lesson)
        posed = {level: pose_lesson(lesson, level, seed) for level in LEVELS}
        for level in LEVELS:
            found += _too_old(unit, posed[level], places)
            found += _little_space(posed[level], places)
        found += _longest(posed["core"], places)
        asked += _asked(posed["core"], places)
    found += [*_alike(asked), *_alike(_quiz(unit)), *_unproven(unit), *_unfilled(unit)]
    return list({(one.code, one.place, one.message): one for one in found}.values())


def _too_old(unit: LoadedUnit, posed: PosedLesson, places: Places) -> Iterator[Diagnostic]:
    """A reading that asks for older readers than its level is meant for, by two measures of the three."""
    age, (low, high) = age_of(unit, posed), AGES[posed.level]
    reading = next((task for task in posed.tasks if task.kind == "reading"), None)
    if age is None or reading is None or age.years < high + 1:
        return
    measures = f"Flesch-Kincaid {age.flesch_kincaid:.0f}, SMOG {age.smog:.0f}, Coleman-Liau {age.coleman_liau:.0f}"
    message = f"the reading asks for readers of {int(age.years)} at {posed.level} level; it is for {low} to {high}"
    hint = f"shorten sentences, or say long words in short ones: {', '.join(age.hard)} (ages: {measures})"
    yield warning("reading-age", message, places.of(reading.name, *_at(posed.level), "text"), hint)


def _at(level: Level) -> tuple[str, ...]:
    return () if level == "core" else (level,)


def _little_space(posed: PosedLesson, places: Places) -> Iterator[Diagnostic]:
    """Questions with less than a line for each mark."""
    for task in posed.tasks:
        for path, model in models(task.activity):
            space, marks = _space(task, path, model), getattr(model, "marks", None)
            lines = int(space.box_mm / LINE_MM) or space.lines if space is not None else 0
            if marks and 0 < lines < marks:
                message = f"{marks} marks have {lines} line{'' if lines == 1 else 's'} to answer on"
                hint = "leave answer_space: out for the usual space, or write book"
                at = (*path, "answer_space") if path else ("answer_space",)
                yield warning("answer-space", message, places.of(task.name, *_at(posed.level), *at), hint)


def _space(task: Task, path: tuple[Any, ...], model: Model) -> Space | None:
    """The space that a question or a piece of writing leaves; None for what is answered otherwise."""
    if not path:
        space = getattr(task.puzzle, "space", None)
        return space if isinstance(space, Space) else None
    space = model.space(task.level) if hasattr(model, "space") and hasattr(model, "marks") else None
    return space if isinstance(space, Space) else None


def _longest(posed: PosedLesson, places: Places) -> Iterator[Diagnostic]:
    """Questions with options of which the longest is always right: pupils learn to tick that one."""
    told = [
        (task, letters.index(True), [len(line.plain) for _, line in asked.options])
        for task in posed.tasks
        if task.kind == "multiple-choice"
        for asked, solution in zip(task.puzzle, task.solution, strict=True)
        if (letters := [answer is not None for answer in solution]).count(True) == 1
    ]
    if len(told) >= LEAST and all(sizes[at] > max([*sizes[:at], *sizes[at + 1 :]]) for _, at, sizes in told):
        message = f"in all {len(told)} questions with options the right one is the longest"
        hint = "make some wrong options longer, or some right ones shorter"
        yield warning("longest-option", message, places.of(told[0][0].name, "questions"), hint)


def _asked(posed: PosedLesson, places: Places) -> Iterator[Asked]:
    """What a lesson asks for marks, each with the sources that it is about."""
    for task in posed.tasks:
        sources = {f"source {source.id}" for source in getattr(task.activity, "sources", ())}
        for path, model in models(task.activity):
            text = getattr(model, "ask", None) or getattr(model, "statement", None)
            if text is not None and getattr(model, "marks", None) and not isinstance(model, QuizItem):
                key = "ask" if hasattr(model, "ask") else "statement"
                at = path if isinstance(model, Entry) else (*path, key)
                place = places.of(task.name, *at) if at else places.of(task.name)
                yield Asked(
                    text.plain, place, frozenset({*_words(text.plain), *sources}), getattr(model, "id", None) or ""
                )


def _quiz(unit: LoadedUnit) -> Iterator[Asked]:
    """The questions of the quiz bank; one may be near to a sheet's, since it asks for the same again."""
    for item in unit.banks.get("quiz", {}).values():
        yield Asked(item.ask.plain, bank_place(unit, "quiz", item.id), frozenset(_words(item.ask.plain)))


def _words(text: str) -> set[str]:
    return {word for word in re.findall(r"\w+", plain(text).lower()) if not _SMALL.fullmatch(word)}


def _alike(asked: Iterable[Asked]) -> Iterator[Diagnostic]:
    """Questions that ask in nearly the same words what another one asks before them; one from a bank is itself."""
    before: list[Asked] = []
    for here in asked:
        twin = next((one for one in before if _near(one, here)), None)
        if twin is not None:
            message = f'nearly the same is asked in {twin.place}: "{_short(twin.text)}"'
            yield warning("asked-twice", message, here.place, "ask for something else, or name the same question by id")
        before.append(here)


def _near(one: Asked, other: Asked) -> bool:
    if one.place == other.place or (one.ident and one.ident == other.ident):
        return False
    least = min(len(one.words), len(other.words))
    return least >= FEW_WORDS and len(one.words & other.words) >= ALIKE * len(one.words | other.words)


def _short(text: str) -> str:
    return text if len(text) <= 70 else text[:67] + "..."


def _unproven(unit: LoadedUnit) -> Iterator[Diagnostic]:
    """Sources whose provenance is a placeholder, and interpretations that no historian is named for."""
    for source in unit.banks.get("sources", {}).values():
        for name in _PROVENANCE:
            said = getattr(source, name).plain.strip()
            if _SAYS_NOTHING.fullmatch(said):
                message = f'the {name} of source {source.id} says nothing: "{said}"'
                hint = "say where the source comes from; what nobody knows is unknown, with a reason"
                yield warning("no-provenance", message, bank_place(unit, "sources", source.id, name), hint)
    for view in unit.banks.get("interpretations", {}).values():
        if not view.historians:
            message, hint = f"no historian is named for {view.id}", "name at least one under historians:"
            yield warning("no-provenance", message, bank_place(unit, "interpretations", view.id, "historians"), hint)


def _unfilled(unit: LoadedUnit) -> Iterator[Diagnostic]:
    """A bank of exam questions that fills no paper of the unit's board, so that there is no assessment."""
    questions = unit.banks.get("questions", {})
    if not questions or unit.board is None or unit.assessment is not None:
        return
    nearest = lacking(unit.board, questions.values(), unit.course)
    if nearest is not None:
        paper, lacks = nearest
        counts = Counter[tuple[str, int]]()
        for lack in lacks:
            counts[lack.kind.skill, lack.kind.marks] += lack.count
        missing = ", ".join(f"{count} of {skill} for {marks} marks" for (skill, marks), count in counts.items())
        message = f'there is no assessment: for "{paper.name}" of {unit.board.name} the bank lacks {missing}'
        hint = "write them into the bank, or name the questions to ask under assessment: in unit.yaml"
        files = unit.bank_files["questions"]
        yield warning("no-assessment", message, Place(files[0].file), hint)


def bank_place(unit: LoadedUnit, bank: str, ident: str, *loc: str) -> Place:
    """The place of an entry of a bank, or of a value in it."""
    for document in unit.bank_files.get(bank, ()):
        for key, value in document.root.items() if isinstance(document.root, Mapping) else ():
            if key.lower() == ident.lower():
                return place_of(document, key, *loc)
            for index, item in enumerate(value if isinstance(value, list) else ()):
                if isinstance(item, Mapping) and str(item.get("id", "")).lower() == ident.lower():
                    return place_of(document, key, index, *(loc or ("ask",)))
    return Place(f"banks/{bank}.yaml")
