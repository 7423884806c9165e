"""Files to a `Library`: everything checked and resolved, all problems of all files in one run."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from lessonpress.diagnostics import Diagnostic, Place
from lessonpress.load.unit import LoadedUnit, load_unit
from lessonpress.model.base import Course
from lessonpress.model.lesson import Unit
from lessonpress.state import units_of


@dataclass(frozen=True)
class Library:
    """All units of a content folder, and what is wrong with them."""

    units: tuple[LoadedUnit, ...]
    diagnostics: tuple[Diagnostic, ...] = ()

    @property
    def has_errors(self) -> bool:
        """Whether anything in the content stops a lesson."""
        return any(d.is_error for d in self.diagnostics)


def load(
    content: Path,
    templates: Path,
    glyphs: Callable[[Unit], frozenset[int] | None],
    course: Course = "gcse",
    name: Callable[[Path], str] = str,
) -> Library:
    """Read every unit below `content`, or the one unit that `content` is.

    `glyphs` gives the code points of the fonts of a unit's theme; `name` is how a file is called
    in messages. Nothing is raised for bad content: it becomes diagnostics.
    """
    folders = units_of(content).values()
    units = [load_unit(folder, templates, glyphs, course, name) for folder in folders]
    diagnostics = stray(content, list(folders), name)
    for unit in units:
        diagnostics += unit.diagnostics
    return Library(tuple(units), tuple(diagnostics))


def stray(content: Path, folders: list[Path], name: Callable[[Path], str] = str) -> list[Diagnostic]:
    """Folders with lessons that no unit.yaml names, and a content folder without units."""
    hint = "generate.py new unit NAME writes one"
    out = []
    for lessons in sorted([*content.glob("lessons"), *content.glob("*/lessons")]) if content.is_dir() else []:
        if lessons.parent not in folders and content not in folders:
            place = Place(name(lessons.parent / "unit.yaml"))
            out.append(Diagnostic("no-unit", "this folder has lessons and no unit.yaml", place, hint))
    if not folders and not out:
        message = "there is no unit here" if content.is_dir() else "there is no such folder"
        place = Place(name(content))
        out.append(Diagnostic("no-content", message, place, f"a unit is a folder with a unit.yaml; {hint}"))
    return out
