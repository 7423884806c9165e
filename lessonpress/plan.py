"""What is stale, and what stands out of place: pure comparison of what is to be made with what was made."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
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


@dataclass(frozen=True)
class Plan:
    """What to render, what stands as it is, and what belongs to nothing any more."""

    stale: tuple[tuple[Artefact, str], ...]
    fresh: tuple[Artefact, ...]
    orphans: tuple[str, ...]


def job_key(artefact: Artefact, tools: Mapping[str, str]) -> str:
    """The hash of everything that decides the bytes of a file: what is composed, assets, tools."""
    text = json.dumps(
        {"job": asdict(artefact.job), "kind": type(artefact.job).__name__, "tools": dict(tools)},
        sort_keys=True,
        ensure_ascii=False,
    )
    return hashlib.sha256(text.encode()).hexdigest()


def besides(artefact: Artefact) -> list[str]:
    """The paths of the files that are made with an artefact."""
    folder = artefact.path.rpartition("/")[0]
    return [f"{folder}/{name}" for name in artefact.beside]


def make_plan(
    artefacts: Iterable[Artefact],
    made: Mapping[str, Made],
    present: Mapping[str, int],
    tools: Mapping[str, str],
    living: Iterable[str],
    gone: Iterable[str] = (),
) -> Plan:
    """The plan for these artefacts.

    `present` gives the sizes of the files that are there; `living` are the lessons that the content
    still has: a manifest entry of any other is an orphan, whatever this call selected. So is a
    file that is `gone`: asked for, and not made of its lesson any more.
    """
    stale, fresh = [], []
    wanted = set()
    for artefact in artefacts:
        key = job_key(artefact, tools)
        paths = [artefact.path, *besides(artefact)]
        wanted.update(paths)
        if all((old := made.get(path)) and old.key == key and present.get(path) == old.size for path in paths):
            fresh.append(artefact)
        else:
            stale.append((artefact, key))
    alive, lost = set(living), set(gone)
    orphans = tuple(
        sorted(
            path for path, entry in made.items() if path not in wanted and (entry.lesson not in alive or path in lost)
        )
    )
    return Plan(tuple(stale), tuple(fresh), orphans)


@dataclass(frozen=True)
class Shift:
    """How far a question of a key stands from its place on the sheet, in mm; another page counts as a page."""

    path: str
    name: str
    mm: float


def shifts(artefacts: Sequence[Artefact], made: Mapping[str, Made]) -> Iterator[Shift]:
    """The shift of every question of every key that has a sheet beside it."""
    by_name = {(a.lesson, a.document, a.level, a.version): a for a in artefacts}
    for artefact in artefacts:
        document = BY_NAME.get(artefact.document)  # a class set is none of a lesson's own documents
        if document is None or not document.answers:
            continue
        sheet = by_name.get((artefact.lesson, document.template, artefact.level, artefact.version))
        if sheet is None or sheet.path not in made or artefact.path not in made:
            continue
        there = {name: place for name, *place in made[artefact.path].anchors}
        for name, page, x, y in made[sheet.path].anchors:
            key = there.get(name)
            if key is None or key[0] != page:
                yield Shift(artefact.path, name, PAGE_MM)
            else:
                yield Shift(artefact.path, name, max(abs(key[1] - x), abs(key[2] - y)))
