"""The exceptions of lessonpress, drawn whole.

LessonpressError
├── ContentError    the content has errors; carries the diagnostics     exit 1
├── UsageError      the command or its options are wrong                exit 2
└── Fault           a fault of ours: a broken promise between stages    exit 3
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lessonpress.diagnostics import Diagnostic


class LessonpressError(Exception):
    """Anything that lessonpress raises on purpose."""


class ContentError(LessonpressError):
    """The content cannot be built; `diagnostics` say where, what and how to mend it."""

    def __init__(self, diagnostics: Sequence[Diagnostic]) -> None:
        super().__init__(f"{len(diagnostics)} problems in the content")
        self.diagnostics = tuple(diagnostics)


class UsageError(LessonpressError):
    """The command line asks for something that cannot be done."""


class Fault(LessonpressError):
    """A stage was handed something that an earlier stage promised never to hand on."""
