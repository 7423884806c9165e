"""One unit: its settings, banks, specification and lessons, each checked against the others."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import yaml
from pydantic import TypeAdapter, ValidationError

from lessonpress.activities import discover
from lessonpress.diagnostics import Diagnostic, Place, did_you_mean
from lessonpress.load.checks import check_lesson
from lessonpress.load.messages import diagnose
from lessonpress.load.overlays import at_level, check_overlays
from lessonpress.model.banks import Point, QuizItem
from lessonpress.model.base import LEVELS, Context, Course, Level, Model
from lessonpress.model.lesson import Lesson, ResolvedLesson, Unit
from lessonpress.model.question import Prompt, Question
from lessonpress.schema import BANKS, FORMAT, OVERLAYS, lesson_type
from lessonpress.source import Document, read
from lessonpress.source import Mapping as Node

CORE_FIRST: tuple[Level, ...] = ("core", *(level for level in LEVELS if level != "core"))
"""Core is read first: what is wrong there is told at the core value, not at an overlay."""

_STEM = re.compile(r"(\d{2,3})-([a-z0-9]+(?:-[a-z0-9]+)*)")


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


def load_unit(
    folder: Path,
    templates: Path,
    glyphs: Callable[[Unit], frozenset[int] | None],
    course: Course,
    name: Callable[[Path], str],
) -> LoadedUnit:
    """The unit of a folder. Errors outside its lessons leave it without lessons."""
    problems: list[Diagnostic] = []
    document = _document(folder / "unit.yaml", name, problems)
    newer = _newer(document)
    unit = None if newer else validate(document, document.root, TypeAdapter(Unit), Context(), problems, _fields(Unit))
    problems += newer
    if unit is None:
        return LoadedUnit(folder.name, None, diagnostics=tuple(problems))
    base = Context(
        scripts=unit.scripts,
        glyphs=glyphs(unit),
        course=course,
        boards=_boards(templates, unit.board),
        images=folder / "images",
    )
    unit = validate(document, document.root, TypeAdapter(Unit), base, problems, _fields(Unit)) or unit
    frames = _frames(templates)
    base = replace(base, frames=frames)
    banks = _banks(folder, base, problems, name)
    points = _specification(folder, base, problems, name)
    context = replace(base, banks=banks)
    if any(d.is_error for d in problems):
        return LoadedUnit(
            folder.name,
            unit,
            points=points,
            banks=banks,
            diagnostics=tuple(problems),
            broken=tuple(p.stem for p in _files(folder)),
        )
    return _lessons(folder, unit, context, banks, points, problems, name)


def _document(path: Path, name: Callable[[Path], str], problems: list[Diagnostic]) -> Document:
    try:
        data = path.read_bytes()
    except OSError:
        return Document(name(path), None, (), ())
    document = read(name(path), data)
    problems += document.diagnostics
    return document


def _newer(document: Document) -> list[Diagnostic]:
    """A file of a later format is refused whole: what it says cannot be known here."""
    root = document.root
    value = root.get("format") if isinstance(root, Node) else None
    if isinstance(value, str) and value.isdigit() and int(value) > FORMAT:
        hint = f"this program reads format {FORMAT}; update lessonpress"
        return [Diagnostic("newer-format", f"this file is written in format {value}", document.place(value.mark), hint)]  # type: ignore[attr-defined]
    return []


def validate(
    document: Document,
    root: Any,
    adapter: TypeAdapter[Any],
    context: Context,
    problems: list[Diagnostic],
    known: Callable[[tuple[Any, ...]], Iterable[str]],
) -> Any:
    """The value of a tree, or None with the problems noted."""
    if root is None:
        if not document.diagnostics:
            problems.append(Diagnostic("missing-file", "this file is missing", Place(document.file)))
        return None
    try:
        return adapter.validate_python(root, context=context)
    except ValidationError as error:
        problems += diagnose(document, root, error.errors(include_url=False), known)
        return None


def _fields(model: type[Model]) -> Callable[[tuple[Any, ...]], Iterable[str]]:
    names = _names(model)
    return lambda loc: names


def _names(model: type[Model]) -> set[str]:
    return {info.alias or name for name, info in model.model_fields.items() if not (info.exclude and not info.alias)}


def _known(loc: tuple[Any, ...]) -> set[str]:
    """The keys that may stand where an unknown one was found in a lesson."""
    kinds = discover()
    kind = next((step for step in loc if isinstance(step, str) and step in kinds), None)
    if kind is None:
        return _names(Lesson) if len(loc) <= 1 else {"layout", "after", "title", "notes", "points", "table", "diagram"}
    depth = len(loc) - loc.index(kind)
    if depth == 2:
        return {*_names(kinds[kind]), *OVERLAYS}
    return {*_names(Question), *OVERLAYS} if "questions" in loc or "check" in loc else _names(Prompt)


def _banks(
    folder: Path, base: Context, problems: list[Diagnostic], name: Callable[[Path], str]
) -> dict[str, dict[str, Any]]:
    """Every bank, its entries by lower-case id; the quiz bank also tells the lesson of each item."""
    banks: dict[str, dict[str, Any]] = {}
    for bank in BANKS:
        path = folder / "banks" / f"{bank}.yaml"
        banks[bank] = {}
        if path.is_file():
            document = _document(path, name, problems)
            if isinstance(document.root, Node):
                entries = _quiz_entries(document, problems) if bank == "quiz" else document.root.items()
                for key, value in entries:
                    _entry(document, bank, key, value, base, banks[bank], problems)
            elif not document.diagnostics:
                problems.append(
                    Diagnostic(
                        "bank-shape",
                        "a bank is entries by id",
                        Place(document.file),
                        "write id: {...}, one entry after the other",
                    )
                )
    for path in sorted((folder / "banks").glob("*.yaml")):
        if path.stem not in BANKS:
            problems.append(
                Diagnostic(
                    "unknown-bank",
                    f'no bank is called "{path.stem}"',
                    Place(name(path)),
                    did_you_mean(path.stem, BANKS),
                )
            )
    return banks


def _quiz_entries(document: Document, problems: list[Diagnostic]) -> Iterable[tuple[str, Any]]:
    for slug, items in document.root.items():
        if not isinstance(items, list):
            problems.append(
                Diagnostic(
                    "list-type",
                    "this must be a list",
                    document.place(document.root.key_marks[slug]),
                    "write a line with - for each question",
                )
            )
            continue
        for item in items:
            yield (str(item.get("id", "")) if isinstance(item, Node) else "", item)


def _entry(
    document: Document, bank: str, key: str, value: Any, base: Context, into: dict[str, Any], problems: list[Diagnostic]
) -> None:
    if key.lower() in into:
        place = document.place(getattr(value, "mark", None))
        problems.append(
            Diagnostic(
                "duplicate-id", f'the id "{key}" stands in this bank twice', place, "give one of the two another id"
            )
        )
        return
    model = BANKS[bank]
    if isinstance(value, Node) and bank != "quiz":
        value = _with_id(value, key)
    entry = validate(
        document, value if value is not None else Node(), TypeAdapter(model), base, problems, _fields(model)
    )
    if entry is not None:
        into[key.lower()] = entry


def _with_id(value: Node, key: str) -> Node:
    out = Node({**value, "id": key})
    out.mark, out.key_marks = value.mark, {**value.key_marks, "id": value.mark}
    return out


def _specification(
    folder: Path, base: Context, problems: list[Diagnostic], name: Callable[[Path], str]
) -> dict[str, Point]:
    path = folder / "specification.yaml"
    points: dict[str, Point] = {}
    if path.is_file():
        document = _document(path, name, problems)
        for key, value in document.root.items() if isinstance(document.root, Node) else ():
            node = _with_id(value, key) if isinstance(value, Node) else Node()
            point = validate(document, node, TypeAdapter(Point), base, problems, _fields(Point))
            if point is not None:
                points[key.upper()] = point
    return points


def _plain(path: Path) -> Any:
    """A data file of the templates; teachers may change it, so it is read as data and never trusted to be there."""
    return yaml.load(path.read_text("utf-8"), Loader=yaml.CSafeLoader) if path.is_file() else {}


def _boards(templates: Path, board: str) -> dict[str, dict[int, Any]]:
    levels = (_plain(templates / "boards" / f"{board}.yaml") or {}).get("levels", {})
    return {skill: {int(marks): scheme for marks, scheme in by_marks.items()} for skill, by_marks in levels.items()}


def _frames(templates: Path) -> dict[str, Any]:
    return {path.stem: _plain(path) for path in sorted((templates / "frames").glob("*.yaml"))}


def _files(folder: Path) -> list[Path]:
    return sorted((folder / "lessons").glob("*.yaml"))


def _lessons(
    folder: Path,
    unit: Unit,
    context: Context,
    banks: dict[str, dict[str, Any]],
    points: dict[str, Point],
    problems: list[Diagnostic],
    name: Callable[[Path], str],
) -> LoadedUnit:
    quiz = _quiz_by_lesson(folder, banks, name)
    slugs: list[str] = []
    lessons, broken, documents = [], [], {}
    for path in _files(folder):
        mine: list[Diagnostic] = []
        found = _STEM.fullmatch(path.stem)
        if not found:
            hint = "call it NN-slug.yaml: two digits, then small letters and hyphens"
            mine.append(Diagnostic("file-name", "this lesson has no number", Place(name(path)), hint))
        slug = found.group(2) if found else path.stem
        document = _document(path, name, mine)
        documents[path.stem] = document
        pool = (
            quiz.get(slugs[-1], ()) if slugs else (),
            tuple(q for s in slugs[:-1] for q in quiz.get(s, ())),
            unit.prior,
        )
        levels = _levels(document, replace(context, pool=pool, banks=_with_prior(banks, unit)), mine)
        slugs.append(slug)
        if levels and found:
            lesson = ResolvedLesson(
                unit, folder.name, int(found.group(1)), slug, path.stem, levels, tuple(points.values())
            )
            mine += check_lesson(document, lesson, points, banks)
            if not any(d.is_error for d in mine):
                lessons.append(lesson)
        if not lessons or lessons[-1].stem != path.stem:
            broken.append(path.stem)
        problems += mine
    return LoadedUnit(
        folder.name, unit, tuple(lessons), tuple(broken), points, banks, documents, tuple(problems), folder / "images"
    )


def _with_prior(banks: dict[str, dict[str, Any]], unit: Unit) -> dict[str, dict[str, Any]]:
    """Prior questions can be picked by id as those of the bank can."""
    return {**banks, "quiz": {**banks["quiz"], **{item.id.lower(): item for item in unit.prior}}}


def _quiz_by_lesson(
    folder: Path, banks: dict[str, dict[str, Any]], name: Callable[[Path], str]
) -> dict[str, tuple[QuizItem, ...]]:
    path = folder / "banks" / "quiz.yaml"
    root = _document(path, name, []).root if path.is_file() else None
    if not isinstance(root, Node):
        return {}
    return {
        slug: tuple(
            banks["quiz"][str(item["id"]).lower()]
            for item in items
            if isinstance(item, Node) and str(item.get("id", "")).lower() in banks["quiz"]
        )
        for slug, items in root.items()
        if isinstance(items, list)
    }


def _levels(document: Document, context: Context, problems: list[Diagnostic]) -> dict[Any, Lesson[Any, Any]]:
    """The lesson at each level, or nothing where any level is broken; a problem is told once."""
    if document.root is None:
        if not document.diagnostics:
            problems.append(
                Diagnostic(
                    "empty-file", "this file is empty", Place(document.file), "write the lesson, or delete the file"
                )
            )
        return {}
    newer = _newer(document)
    if newer:
        problems += newer
        return {}
    if not isinstance(document.root, Node):
        problems.append(
            Diagnostic("lesson-shape", "a lesson is keys with values", Place(document.file, 1, 1), "start with title:")
        )
        return {}
    found: list[Diagnostic] = check_overlays(document, document.root)
    adapter = TypeAdapter(lesson_type())
    levels = {}
    for level in CORE_FIRST:
        levels[level] = validate(document, at_level(document.root, level), adapter, context, found, _known)
    seen: set[tuple[Any, ...]] = set()
    for diagnostic in found:
        key = (diagnostic.code, diagnostic.place, diagnostic.message)
        if key not in seen:
            seen.add(key)
            problems.append(diagnostic)
    return levels if not any(d.is_error for d in found) and not any(d.is_error for d in document.diagnostics) else {}
