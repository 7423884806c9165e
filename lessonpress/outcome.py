"""What a build did, and who is told while it goes on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lessonpress.diagnostics import Diagnostic


@dataclass(frozen=True)
class Plan:
    """The paths of what was to be made, of what stood as it was, and of what belonged to nothing any more.

    `composed` names the lessons and units that were composed to find out; of all others a look was enough.
    """

    stale: tuple[str, ...] = ()
    fresh: tuple[str, ...] = ()
    orphans: tuple[str, ...] = ()
    composed: tuple[str, ...] = ()


@dataclass(frozen=True)
class Outcome:
    """What a build did: the plan, the paths written, removed and failed, all that was said, the seconds of each file."""

    plan: Plan = Plan()
    written: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    failed: tuple[str, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    seeds: tuple[int, ...] = ()
    seconds: tuple[tuple[str, float], ...] = ()

    @property
    def ok(self) -> bool:
        """Whether nothing was skipped and nothing failed."""
        return not self.failed and not any(d.is_error for d in self.diagnostics)


@dataclass(frozen=True)
class Watch:
    """Who is told how a build goes on: each stage as it begins, what is planned so far, each file as it is done.

    `planned` is told how many files are stale and how many fresh, as far as is known, and whether that is all; `done`
    the path of a file, its pages, the seconds that it took, and whether it was made.
    """

    stage: Callable[[str], None] = lambda name: None
    planned: Callable[[int, int, bool], None] = lambda stale, fresh, is_all: None
    done: Callable[[str, int, float, bool], None] = lambda path, pages, seconds, made: None
    note: Callable[[str], None] = lambda text: None
