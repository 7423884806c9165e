"""What rules look at, and what they give back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from lessonpress.diagnostics import Severity
from lessonpress.render.lint import names
from lessonpress.render.lint.boxes import Box, Page


@dataclass(frozen=True, slots=True)
class Print:
    """A printed document: its pages, what WeasyPrint said of it, and its fonts that are not in the file."""

    pages: tuple[Page, ...]
    log: tuple[str, ...] = ()
    missing_fonts: tuple[str, ...] = ()

    @property
    def is_key(self) -> bool:
        """Whether it is an answer key."""
        return self._is(names.KEY)

    @property
    def is_gathered(self) -> bool:
        """Whether it is gathered from papers that are held to their own pages."""
        return self._is(names.GATHERED)

    @property
    def is_large(self) -> bool:
        """Whether its type is larger than that of the standard page."""
        return self._is(names.LARGE)

    def _is(self, name: str) -> bool:
        return any(name in box.classes for page in self.pages[:1] for box in page.boxes if box.tag == "body")


@dataclass(frozen=True, slots=True)
class Finding:
    """What is wrong, in words; `box` says where, None that it is the whole file."""

    message: str
    box: Box | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: its code, how much it matters, what it finds, how to mend that, and the function that looks."""

    code: str
    severity: Severity
    about: str
    mend: str
    find: Callable[[Print], Iterator[Finding]]
