"""What a call asks for, in words and values that cost nothing to import."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

Level = Literal["support", "core", "challenge"]
LEVELS: tuple[Level, ...] = ("support", "core", "challenge")
Course = Literal["gcse", "alevel", "ib"]
STANDARD, A4 = "standard", "a4"
"""The access profile and the paper of a call that names none."""


@dataclass(frozen=True)
class Options:
    """What a build is asked for; `None` means what the unit says, an empty tuple all.

    With no `jobs` documents are printed in this process, one after the other; else in so many processes of their own,
    or on the machines of a `cluster`.
    """

    content: Path
    output: Path
    templates: Path
    lessons: tuple[str, ...] = ()
    only: tuple[str, ...] = ()
    levels: tuple[Level, ...] = LEVELS
    course: Course = "gcse"
    seed: int | None = None
    paper: str = A4
    punched: bool = False
    profile: str = STANDARD
    theme: str | None = None
    jobs: int = 0
    strict: bool = False
    revised: str | None = None
    """A date that stands in for the content's own, from SOURCE_DATE_EPOCH."""
    versions: int = 1
    roster: Path | None = None
    each: bool = False
    cluster: str | None = None
    """The address of a Dask scheduler, or `local:N`."""
