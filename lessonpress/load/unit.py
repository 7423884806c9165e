"""One unit: its settings, banks, specification and lessons, each checked against the others."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from lessonpress.diagnostics import Diagnostic, Place, did_you_mean, warning
from lessonpress.load.assessment import assessment_of, check_assessment
from lessonpress.load.banks import Banks, check_quiz, read_banks, read_specification
from lessonpress.load.boards import read_board, unknown_boards
from lessonpress.load.checks import check_lesson, place_of
from lessonpress.load.files import Name, known_of, newer, read_file, validate
from lessonpress.load.overlays import at_level, check_overlays
from lessonpress.model.assessment import Assessment
from lessonpress.model.banks import Point, QuizItem
from lessonpress.model.base import Context, Course, Level
from lessonpress.model.boards import Board
from lessonpress.model.language import read_labels
from lessonpress.model.lesson import Lesson, ResolvedLesson, Unit
from lessonpress.model.refs import BROKEN, UnreadBank
from lessonpress.schema import lesson_type
from lessonpress.source import Document
from lessonpress.source import Mapping as Node
from lessonpress.theme import themes

_STEM = re.compile(r"([0-9]{2,3})-([a-z0-9]+(?:-[a-z0-9]+)*)")


@dataclass(frozen=True)
class LoadedUnit:
    """A unit: `lessons` holds the sound ones, `broken` the stems of the others."""

    slug: str
    unit: Unit | None
    lessons: tuple[ResolvedLesson, ...] = ()
    broken: tuple[str, ...] = ()
    points: Mapping[str, Point] = field(default_factory=dict)
    banks: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    documents: Mapping[str, Document] = field(default_factory=dict)
    diagnostics: tuple[Diagnostic, ...] = ()
    images: Path | None = None
    board: Board | None = None
    course: Course = "gcse"
    quiz: Mapping[str, tuple[QuizItem, ...]] = field(default_factory=dict)
    """The questions of the quiz bank by the slug of their lesson."""
    bank_files: Mapping[str, tuple[Document, ...]] = field(default_factory=dict)
    """The files of each bank."""

    @property
    def assessment(self) -> Assessment | None:
        """What the assessment of this unit asks; None where there is nothing that makes one."""
        if self.unit is None or self.board is None:
            return None
        return assessment_of(self.unit, self.board, self.banks.get("questions", {}), self.course)


def load_unit(
    folder: Path,
    templates: Path,
    glyphs: Callable[[Unit], frozenset[int] | None],
    course: Course,
    name: Name,
) -> LoadedUnit:
    """The unit of a folder. Errors outside its lessons leave it without lessons; these are checked all the same."""
    problems: list[Diagnostic] = []
    document = read_file(folder / "unit.yaml", name, problems)
    too_new = newer(document)
    stems = tuple(stems_of(folder))
    if too_new:
        return LoadedUnit(folder.name, None, broken=stems, diagnostics=tuple(problems + too_new))
    unit = _unit(document, Context(images=folder / "images"), problems)

    def told(path: Path) -> str:
        return f"{templates.name}/{path.relative_to(templates).as_posix()}"

    board = read_board(templates, unit, course, told, problems)
    base = Context(course=course, frames=_frames(templates, told, problems), images=folder / "images")
    base = replace(base, boards=board.levels)
    if unit is not None:
        problems += _check_templates(document, unit, templates)
        _, language, _ = read_labels(templates, unit.lang)
        base = replace(base, scripts=unit.scripts, language=language)
        base = replace(base, glyphs=glyphs(unit) if unit.theme in themes(templates) else None)
        unit = _unit(document, base, problems) or unit
    banks = read_banks(folder, base, problems, name)
    points = read_specification(folder, base, problems, name)
    if unit is not None:
        problems += check_assessment(document, unit, board, banks.entries["questions"], course)
    return replace(_lessons(folder, unit, base, banks, points, problems, name, board), board=board, course=course)


def _unit(document: Document, context: Context, problems: list[Diagnostic]) -> Unit | None:
    if document.root is None:
        return None
    unit: Unit | None = validate(document, document.root, TypeAdapter(Unit), context, problems, known_of(Unit))
    return unit


def _check_templates(document: Document, unit: Unit, templates: Path) -> list[Diagnostic]:
    """The theme and the boards that a unit names, among those that there are."""
    known, found = themes(templates), unknown_boards(document, unit, templates)
    if unit.theme not in known:
        hint = did_you_mean(unit.theme, known) or "known: " + ", ".join(known)
        place = place_of(document, "theme")
        found.insert(0, Diagnostic("unknown-theme", f'no theme is called "{unit.theme}"', place, hint))
    return found


def _data(path: Path, name: Name, problems: list[Diagnostic]) -> Node:
    """A data file of the templates; teachers may change it, so it is never trusted to be there or to be sound."""
    if not path.is_file():
        return Node()
    document = read_file(path, name, problems)
    if isinstance(document.root, Node):
        return document.root
    if not document.diagnostics:
        problems.append(Diagnostic("not-keys", "this file must hold keys with values", Place(document.file)))
    return Node()


def _frames(templates: Path, name: Name, problems: list[Diagnostic]) -> dict[str, Any]:
    return {path.stem.lower(): _data(path, name, problems) for path in sorted((templates / "frames").glob("*.yaml"))}


def stems_of(folder: Path) -> list[str]:
    """The stems of the lessons of a unit, sound or not, in order."""
    return [path.stem for path in _files(folder)]


def _files(folder: Path) -> list[Path]:
    return sorted((folder / "lessons").glob("*.yaml"))


def _lessons(
    folder: Path,
    unit: Unit | None,
    base: Context,
    banks: Banks,
    points: dict[str, Any] | None,
    problems: list[Diagnostic],
    name: Name,
    board: Board,
) -> LoadedUnit:
    outside = any(d.is_error for d in problems)
    misnamed = _names(folder, name)
    in_order = not outside and not any(d.is_error for d in misnamed)
    problems += misnamed
    sound_points = {key: point for key, point in (points or {}).items() if point is not BROKEN}
    context = replace(base, banks=_with_prior(banks, unit))
    model = lesson_type()
    slugs: list[str] = []
    lessons, documents = [], {}
    for path in _files(folder):
        mine: list[Diagnostic] = []
        number, slug = _number_and_slug(path)
        document = documents[path.stem] = read_file(path, name, mine)
        pool = _pool(banks, slugs, unit) if unit is not None and in_order else None
        levels = _levels(document, model, replace(context, pool=pool, texts={}), mine)
        slugs.append(slug)
        if levels and unit is not None:
            resolved = tuple(sound_points.values())
            lesson = ResolvedLesson(unit, folder.name, number or 0, slug, path.stem, levels, resolved, board=board)
            mine += check_lesson(document, lesson, points)
            lessons.append(lesson)
        problems += mine
    check_quiz(banks, slugs, problems)
    bad = {d.place.file for d in problems if d.is_error}
    sound = tuple(x for x in lessons if not outside and name(folder / "lessons" / f"{x.stem}.yaml") not in bad)
    broken = tuple(path.stem for path in _files(folder) if path.stem not in {x.stem for x in sound})
    images = folder / "images"
    checked = (unit, sound, broken, sound_points, banks.sound, documents, tuple(problems), images)
    return LoadedUnit(folder.name, *checked, quiz=banks.quiz, bank_files=banks.documents)


def _number_and_slug(path: Path) -> tuple[int | None, str]:
    found = _STEM.fullmatch(path.stem)
    return (int(found.group(1)), found.group(2)) if found else (None, path.stem)


def _names(folder: Path, name: Name) -> list[Diagnostic]:
    """Files of lessons whose names cannot be: without number, with the number or the slug of another, not .yaml."""
    out: list[Diagnostic] = []
    numbers: dict[int, str] = {}
    slugs: dict[str, str] = {}
    for path in _files(folder):
        number, slug = _number_and_slug(path)
        place = Place(name(path))
        if number is None:
            hint = "call it NN-slug.yaml: two digits, then small letters and hyphens"
            out.append(Diagnostic("file-name", "this lesson has no number", place, hint))
        elif number in numbers:
            hint = f"{numbers[number]} has it too: give one of them another"
            out.append(Diagnostic("file-name", f"two lessons have the number {number}", place, hint))
        elif slug in slugs:
            hint = f"{slugs[slug]} has it too: give one of them another"
            out.append(Diagnostic("file-name", f'two lessons have the slug "{slug}"', place, hint))
        else:
            numbers[number], slugs[slug] = path.name, path.name
    for path in sorted([*(folder / "lessons").glob("*.yml"), *(folder / "banks").glob("*.yml"), *folder.glob("*.yml")]):
        hint = f"call it {path.stem}.yaml"
        out.append(warning("file-name", "this file is not read: its name must end in .yaml", Place(name(path)), hint))
    return out


def _pool(banks: Banks, slugs: list[str], unit: Unit) -> tuple[Any, ...]:
    """The retrieval questions of the lesson before, of those before that, and of what came before the unit."""
    last = banks.quiz.get(slugs[-1], ()) if slugs else ()
    return last, tuple(item for slug in slugs[:-1] for item in banks.quiz.get(slug, ())), unit.prior


def _with_prior(banks: Banks, unit: Unit | None) -> dict[str, dict[str, Any]]:
    """Prior questions can be picked by id as those of the bank can; without a unit nobody knows which there are."""
    quiz = UnreadBank(banks.entries["quiz"]) if unit is None else banks.entries["quiz"]
    for item in unit.prior if unit is not None else ():
        quiz = quiz | {item.id.lower(): item} if not isinstance(quiz, UnreadBank) else quiz
    return {**banks.entries, "quiz": quiz}


def _levels(
    document: Document, model: Any, context: Context, problems: list[Diagnostic]
) -> dict[Any, Lesson[Any, Any]]:
    """The lesson at each level, or nothing where any level is broken; a problem is told once."""
    if document.root is None:
        return {}
    found = newer(document)
    if not found and not isinstance(document.root, Node):
        place = document.place(getattr(document.root, "mark", None))
        found.append(Diagnostic("not-keys", "a lesson is keys with values", place, "start with title:"))
    if found:
        problems += found
        return {}
    found = check_overlays(document, document.root)
    adapter, known = TypeAdapter(model), known_of(model)
    order: tuple[Level, ...] = ("core", "support", "challenge")
    levels = {}
    for level in order:
        levels[level] = validate(document, at_level(document.root, level), adapter, context, found, known)
    told = {(diagnostic.code, diagnostic.place, diagnostic.message): diagnostic for diagnostic in reversed(found)}
    problems += reversed(told.values())
    return levels if not any(d.is_error for d in (*found, *document.diagnostics)) and all(levels.values()) else {}
