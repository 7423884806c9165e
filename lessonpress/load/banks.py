"""The banks and the specification of a unit."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from lessonpress.diagnostics import Diagnostic, Place, did_you_mean, warning
from lessonpress.load.files import Name, known_of, read_file, validate
from lessonpress.load.tables import SHAPES, TABLES
from lessonpress.model.banks import ExamQuestion, Point, QuizItem
from lessonpress.model.base import Context, Model
from lessonpress.model.refs import BROKEN, UnreadBank
from lessonpress.schema import BANKS
from lessonpress.source import Document, Mapping, Scalar, Table

NAMED = ("sources", "interpretations")
"""The banks whose entries an exam question names."""


@dataclass(frozen=True)
class Banks:
    """Every bank, its entries by lower-case id; the quiz items of each lesson; the files of each bank."""

    entries: dict[str, dict[str, Any]] = field(default_factory=dict)
    quiz: dict[str, tuple[QuizItem, ...]] = field(default_factory=dict)
    documents: dict[str, tuple[Document, ...]] = field(default_factory=dict)

    @property
    def sound(self) -> dict[str, dict[str, Any]]:
        """The entries without those that are broken."""
        return {bank: {k: v for k, v in entries.items() if v is not BROKEN} for bank, entries in self.entries.items()}


def read_banks(folder: Path, base: Context, problems: list[Diagnostic], name: Name) -> Banks:
    """The banks of a unit. A broken entry stays known by its id, so that lessons are not blamed for it."""
    banks = Banks()
    for bank, model in BANKS.items():
        found: dict[str, Any] = {}
        origin: dict[str, str] = {}
        whole = True
        documents = [_read(path, bank, name, problems) for path in bank_files(folder, bank)]
        for document in documents:
            before = len(problems)
            if not isinstance(document.root, Mapping):
                problems += _shape(document)
                whole = False
                continue
            quiz = bank == "quiz"
            # Which entries a table with a broken row should have, nobody knows.
            whole = whole and not (isinstance(document, Table) and document.diagnostics)
            for key, key_place, value in _quiz_items(document, problems) if quiz else _items(document):
                node = value if quiz else _with_id(value, key)
                _entry(document, key, key_place, node, model, base, found, problems, origin)
            whole = whole and not (quiz and len(problems) > before)
        banks.documents[bank] = tuple(documents)
        banks.entries[bank] = found if whole else UnreadBank(found)
    banks.quiz.update(_by_lesson(banks))
    _check_files(folder / "banks", problems, name)
    _check_questions(banks, problems)
    return banks


def bank_files(folder: Path, bank: str) -> list[Path]:
    """The files of a bank: YAML, and a table beside it or in its place where the bank is flat enough for one."""
    kinds = (".yaml", *(TABLES if bank in SHAPES else ()))
    return [path for kind in kinds if (path := folder / "banks" / f"{bank}{kind}").is_file()]


def _read(path: Path, bank: str, name: Name, problems: list[Diagnostic]) -> Document:
    return read_file(path, name, problems, None if path.suffix == ".yaml" else SHAPES[bank])


def _check_files(folder: Path, problems: list[Diagnostic], name: Name) -> None:
    """Files that belong to no bank, or to one that cannot stand in a table."""
    for path in sorted(folder.glob("*.*")):
        if path.suffix not in (".yaml", *TABLES, ".xls", ".ods") or path.name.startswith(("~$", ".")):
            continue
        if path.stem not in BANKS:
            hint = did_you_mean(path.stem, BANKS) or "known: " + ", ".join(BANKS)
            problems.append(Diagnostic("unknown-bank", f'no bank is called "{path.stem}"', Place(name(path)), hint))
        elif path.suffix in (".xls", ".ods"):
            hint = f"save it as {path.stem}.xlsx or {path.stem}.csv"
            problems.append(Diagnostic("file-name", "this kind of spreadsheet is not read", Place(name(path)), hint))
        elif path.suffix in TABLES and path.stem not in SHAPES:
            hint = f"write {path.stem}.yaml; tables may be: {', '.join(SHAPES)}"
            message = f"the bank {path.stem} has no table: its entries hold more than a row can"
            problems.append(Diagnostic("no-table", message, Place(name(path)), hint))


def read_specification(folder: Path, base: Context, problems: list[Diagnostic], name: Name) -> dict[str, Any] | None:
    """The points by upper-case id; None where the file cannot be read."""
    path = folder / "specification.yaml"
    found: dict[str, Any] = {}
    origin: dict[str, str] = {}
    if not path.is_file():
        return found
    document = read_file(path, name, problems)
    if not isinstance(document.root, Mapping):
        problems += _shape(document)
        return None
    for key, key_place, value in _items(document):
        _entry(document, key, key_place, _with_id(value, key), Point, base, found, problems, origin)
    return {key.upper(): point for key, point in found.items()}


def check_quiz(banks: Banks, slugs: Iterable[str], problems: list[Diagnostic]) -> None:
    """Warn of quiz questions under the slug of no lesson: nobody would ever be asked them."""
    slugs = list(slugs)
    for document, slug in _quiz_slugs(banks):
        if slug not in slugs:
            place = document.place(document.root.key_marks[slug])
            hint = did_you_mean(slug, slugs) or "lessons: " + ", ".join(slugs)
            problems.append(warning("unknown-lesson", f'no lesson has the slug "{slug}"', place, hint))


def _shape(document: Document) -> list[Diagnostic]:
    if document.diagnostics:
        return []
    hint = "write id: {...}, one entry after the other"
    place = document.place(getattr(document.root, "mark", None))
    return [Diagnostic("not-keys", "this file must hold entries by id", place, hint)]


def _items(document: Document) -> Iterable[tuple[str, Place, Any]]:
    for key, value in document.root.items():
        yield key, document.place(document.root.key_marks[key]), value


def _quiz_items(document: Document, problems: list[Diagnostic]) -> Iterable[tuple[str, Place, Any]]:
    for _, place, items in _items(document):
        if not isinstance(items, list):
            hint = "write a line with - for each question"
            problems.append(Diagnostic("not-a-list", "this must be a list", place, hint))
            continue
        for index, item in enumerate(items):
            mark = items.item_marks[index]  # type: ignore[attr-defined]
            key = item.get("id") if isinstance(item, Mapping) else None
            yield str(key or ""), document.place(getattr(key, "mark", mark)), item


def _entry(
    document: Document,
    key: str,
    place: Place,
    value: Any,
    model: type[Model],
    base: Context,
    into: dict[str, Any],
    problems: list[Diagnostic],
    origin: dict[str, str],
) -> None:
    if key and key.lower() in into:
        hint = "ids are the same whatever their case: give one of the two another"
        other = origin[key.lower()]
        where = "this file twice" if other == document.file else f"{other} too"
        problems.append(Diagnostic("duplicate-id", f'the id "{key}" stands in {where}', place, hint))
        return
    origin[key.lower()] = document.file
    if value is None:
        hint = "write the entry, or delete its id"
        problems.append(Diagnostic("no-value", f'"{key}" has no value' if key else "nothing stands here", place, hint))
        into[key.lower()] = BROKEN
    else:
        entry = validate(document, value, TypeAdapter(model), base, problems, known_of(model))
        into[key.lower()] = BROKEN if entry is None else entry


def _with_id(value: Any, key: str) -> Any:
    if not isinstance(value, Mapping):
        return value
    ident = Scalar(key)
    ident.mark, ident.plain = value.mark, True
    out = Mapping({**value, "id": ident})
    out.mark, out.key_marks = value.mark, {**value.key_marks, "id": value.mark}
    return out


def _quiz_slugs(banks: Banks) -> Iterable[tuple[Document, str]]:
    """The slugs of lessons in each file of the quiz bank."""
    for document in banks.documents.get("quiz", ()):
        for slug in document.root if isinstance(document.root, Mapping) else ():
            yield document, slug


def _by_lesson(banks: Banks) -> dict[str, tuple[QuizItem, ...]]:
    found: dict[str, tuple[QuizItem, ...]] = {}
    for document, slug in _quiz_slugs(banks):
        items = document.root[slug]
        ids = [str(item.get("id", "")).lower() for item in items or () if isinstance(item, Mapping)]
        entries = [banks.entries["quiz"].get(ident) for ident in dict.fromkeys(ids)]
        found[slug] = (*found.get(slug, ()), *(entry for entry in entries if isinstance(entry, QuizItem)))
    return found


def _check_questions(banks: Banks, problems: list[Diagnostic]) -> None:
    """The sources and interpretations that an exam question names must stand in their bank."""
    for key, question in banks.entries["questions"].items():
        for bank in NAMED if isinstance(question, ExamQuestion) else ():
            entries = banks.entries[bank]
            for index, name in enumerate(getattr(question, bank)):
                if entries.get(name.lower()) is None:
                    document = banks.documents["questions"][0]
                    node = next(value for name, value in document.root.items() if name.lower() == key)
                    place = document.place(node[bank].item_marks[index])
                    hint = did_you_mean(name, [entry.id for entry in entries.values() if entry is not BROKEN])
                    message = f'no entry "{name}" in banks/{bank}.yaml'
                    problems.append(Diagnostic("unknown-id", message, place, hint or "write it in the bank"))
