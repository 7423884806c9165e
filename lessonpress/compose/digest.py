"""The second look: what a lesson is composed of, as a hash. Where it is the same, composing it gives the same."""

from __future__ import annotations

import hashlib
import io
import pickle
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from lessonpress.compose.statistics import asked_again
from lessonpress.load.unit import LoadedUnit
from lessonpress.model.lesson import ResolvedLesson


@dataclass(frozen=True)
class Base:
    """What all lessons of a call share: its options, and the hashes of templates, program and tools."""

    parts: tuple[Any, ...] = ()


def common(templates: Path) -> tuple[list[tuple[str, str]], ...]:
    """The hashes of the files by which every lesson is composed: those of the templates and of this program."""
    return file_hashes(templates), file_hashes(Path(__file__).parents[1])


def lesson_digest(base: Base, unit: LoadedUnit, lesson: ResolvedLesson, seed: int) -> str:
    """The hash of a lesson, of what its papers tell of the unit and its other lessons, and of the base."""
    events, terms, people = (unit.banks.get(name, {}) for name in ("events", "terms", "people"))
    names = [term.term for term in terms.values()], [(person.name, person.short) for person in people.values()]
    dates = [event.dates for event in events.values()]
    again = asked_again(unit, lesson, seed)
    return _hash(base.parts, unit.slug, seed, lesson, unit.points, names, dates, again, _pictures(unit))


def unit_digest(base: Base, unit: LoadedUnit, lessons: Sequence[ResolvedLesson], seed: int) -> str:
    """The hash of all that the documents of a unit are made of."""
    return _hash(base.parts, unit.slug, seed, lessons, unit.points, unit.banks, unit.quiz, _pictures(unit))


def _pictures(unit: LoadedUnit) -> list[tuple[str, str]]:
    return file_hashes(unit.images) if unit.images is not None else []


def file_hashes(folder: Path) -> list[tuple[str, str]]:
    """The files below a folder by their paths in it, each with the hash of its content."""
    files = sorted(path for path in folder.rglob("*") if path.is_file() and path.parent.name != "__pycache__")
    return [(path.relative_to(folder).as_posix(), hashlib.sha256(path.read_bytes()).hexdigest()) for path in files]


class _Canonical(pickle.Pickler):
    """Writes values by what they hold: a model by its fields, and nothing by whether it is the same object."""

    def __init__(self, file: io.BytesIO) -> None:
        super().__init__(file, protocol=5)
        self.fast = True

    def reducer_override(self, value: Any) -> Any:
        if isinstance(value, BaseModel):
            fields = type(value).model_fields
            return _model, (type(value).__name__, *(getattr(value, name) for name in fields))
        return NotImplemented


def _model(*parts: Any) -> None:
    """Stands for a model in what is hashed; nothing is ever read back."""


def _hash(*values: Any) -> str:
    found = hashlib.sha256()
    for value in values:
        file = io.BytesIO()
        _Canonical(file).dump(value)
        found.update(file.getbuffer())
    return found.hexdigest()
