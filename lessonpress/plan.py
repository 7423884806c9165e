"""What is stale, and what stands out of place: pure comparison of what is to be made with what was made."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from lessonpress.compose.documents import BY_NAME
from lessonpress.compose.jobs import Artefact

PAGE_MM = 297.0
"""The shift of a question that stands on another page, or nowhere."""


@dataclass(frozen=True)
class Made:
    """One file of the manifest: the key of the job that made it, its content's hash and size, what was said."""

    key: str
    sha256: str
    size: int
    pages: int
    lesson: str
    document: str
    level: str = ""
    anchors: tuple[Any, ...] = ()
    diagnostics: tuple[Any, ...] = ()
    version: str = ""
    roster: str = ""


def job_key(artefact: Artefact, tools: Mapping[str, str]) -> str:
    """The hash of everything that decides the bytes of a file: what is composed, assets, tools."""
    # Where things lie decides nothing: files that a job names are known by their hashes.
    job = asdict(artefact.job, dict_factory=lambda items: {k: v for k, v in items if k not in ("root", "path")})
    parts = {"job": job, "kind": type(artefact.job).__name__, "tools": dict(tools)}
    text = json.dumps(parts, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def paths_of(artefact: Artefact) -> list[str]:
    """The path of an artefact, and those of the files that are made with it."""
    folder = artefact.path.rpartition("/")[0]
    return [artefact.path, *(f"{folder}/{name}" for name in artefact.beside)]


def is_fresh(artefact: Artefact, key: str, made: Mapping[str, Made], is_whole: Callable[[str], bool]) -> bool:
    """Whether the files of an artefact were made by a job of this key, and stand as they were made."""
    return all((old := made.get(path)) is not None and old.key == key and is_whole(path) for path in paths_of(artefact))


def find_orphans(
    made: Mapping[str, Made], wanted: Iterable[str], living: Iterable[str], gone: Iterable[str] = ()
) -> tuple[str, ...]:
    """The files that belong to nothing any more: of lessons that are not among the `living`, whatever this call
    selected; and those that are `gone`: asked for, and not made of their lesson any more. What is `wanted` stays.
    """
    kept, alive, lost = set(wanted), set(living), set(gone)
    return tuple(
        sorted(path for path, entry in made.items() if path not in kept and (entry.lesson not in alive or path in lost))
    )


@dataclass(frozen=True)
class Shift:
    """How far a question of a key stands from its place on the sheet, in mm; another page counts as a page."""

    path: str
    name: str
    mm: float


def shifts(paths: Iterable[str], made: Mapping[str, Made]) -> Iterator[Shift]:
    """The shift of every question of every key among some files that has its sheet among them."""
    entries = {path: made[path] for path in paths if path in made}
    sheets = {(e.lesson, e.document, e.level, e.version, _folder(path)): e for path, e in entries.items()}
    for path, entry in entries.items():
        document = BY_NAME.get(entry.document)  # a class set is none of a lesson's own documents
        if document is None or not document.answers:
            continue
        sheet = sheets.get((entry.lesson, document.template, entry.level, entry.version, _folder(path)))
        there = {name: place for name, *place in entry.anchors}
        for name, page, x, y in sheet.anchors if sheet is not None else ():
            key = there.get(name)
            if key is None or key[0] != page:
                yield Shift(path, name, PAGE_MM)
            else:
                yield Shift(path, name, max(abs(key[1] - x), abs(key[2] - y)))


def _folder(path: str) -> str:
    """The folder of a file without its tree: the same for a key and its sheet."""
    unit, _, *rest = path.split("/")
    return "/".join([unit, *rest[:-1]])
