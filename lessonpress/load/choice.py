"""Which lessons of a library a call asks for."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from lessonpress.diagnostics import did_you_mean
from lessonpress.errors import UsageError
from lessonpress.load import Library
from lessonpress.load.unit import LoadedUnit
from lessonpress.model.lesson import ResolvedLesson


def select(library: Library, wanted: Sequence[str]) -> list[tuple[LoadedUnit, ResolvedLesson]]:
    """The sound lessons that a call asks for, by stem or number. Raises UsageError for one that does not exist."""
    sound = [(unit, lesson) for unit in library.units for lesson in unit.lessons]
    if not wanted:
        return sound
    names = {stem for unit in library.units for stem in (*(x.stem for x in unit.lessons), *unit.broken)}
    chosen = []
    for word in wanted:
        stem = Path(word).stem
        hits = [
            name
            for name in names
            if name == stem or (word.isdigit() and name.split("-")[0].lstrip("0") == word.lstrip("0"))
        ]
        if not hits:
            raise UsageError(
                f'no lesson is called "{word}"; {did_you_mean(word, names) or "known: " + ", ".join(sorted(names))}'
            )
        chosen += [pair for pair in sound if pair[1].stem in hits and pair not in chosen]
    return chosen
