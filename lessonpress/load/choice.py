"""Which lessons of a library a call asks for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from lessonpress.diagnostics import did_you_mean
from lessonpress.errors import UsageError
from lessonpress.load import Library
from lessonpress.load.unit import LoadedUnit
from lessonpress.model.lesson import ResolvedLesson


def select(library: Library, wanted: Sequence[str]) -> list[tuple[LoadedUnit, ResolvedLesson]]:
    """The sound lessons that a call asks for, by stem or number. Raises UsageError for one that does not exist."""
    sound = [(unit, lesson) for unit in library.units for lesson in unit.lessons]
    names = {stem for unit in library.units for stem in (*(x.stem for x in unit.lessons), *unit.broken)}
    hits = named(names, wanted)
    # In the order in which they were asked for.
    return [pair for stem in hits for pair in sound if pair[1].stem == stem] if wanted else sound


def named(stems: Iterable[str], wanted: Sequence[str]) -> tuple[str, ...]:
    """The stems that words mean, each a stem, a number or a path; all where there is no word. Raises UsageError."""
    names = sorted(set(stems))
    if not wanted:
        return tuple(names)
    found: dict[str, None] = {}
    for word in wanted:
        stem = Path(word).stem
        hits = [name for name in names if name == stem or _is_number_of(word, name)]
        if not hits:
            raise UsageError(
                f'no lesson is called "{word}"; {did_you_mean(word, names) or "known: " + ", ".join(names)}'
            )
        found |= dict.fromkeys(hits)
    return tuple(found)


def _is_number_of(word: str, stem: str) -> bool:
    return word.isdigit() and stem.split("-", maxsplit=1)[0].lstrip("0") == word.lstrip("0")
