"""What rendering gives back."""

from __future__ import annotations

from dataclasses import dataclass, field

from lessonpress.diagnostics import Diagnostic


@dataclass(frozen=True)
class Anchor:
    """Where a question stands: its name, its page from 1, and the left and top of its box in mm."""

    name: str
    page: int
    x: float
    y: float


@dataclass(frozen=True)
class Beside:
    """A file that was made with another, by its name below the folder of that one; a `private` one is named for a pupil."""

    name: str
    data: bytes
    pages: int = 0
    private: bool = False


@dataclass(frozen=True)
class Rendered:
    """The bytes of a file, how many pages or slides it has, where its questions stand, its problems, its companions,
    and the seconds that it took.
    """

    data: bytes
    pages: int
    anchors: tuple[Anchor, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    beside: tuple[Beside, ...] = ()
    seconds: float = field(default=0.0, compare=False)
