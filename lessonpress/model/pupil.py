"""The pupils of a class, and what is printed for each."""

from __future__ import annotations

from dataclasses import dataclass

from lessonpress.diagnostics import Diagnostic
from lessonpress.model.base import Level


@dataclass(frozen=True)
class Pupil:
    """A pupil as a roster has them: name, class, and the level, version and access profile of the sheet."""

    name: str
    group: str
    level: Level
    version: str
    profile: str


@dataclass(frozen=True)
class Roster:
    """The pupils in hand-out order, what is wrong with the file, and the hash of its bytes."""

    pupils: tuple[Pupil, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    sha256: str = ""

    def classes(self) -> dict[str, list[Pupil]]:
        """The pupils of each class, in the order of the roster."""
        found: dict[str, list[Pupil]] = {}
        for pupil in self.pupils:
            found.setdefault(pupil.group, []).append(pupil)
        return found


NOBODY = Roster()
