"""Problems told to teachers: where, what, and how to mend it."""

from __future__ import annotations

import difflib
import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable


class Severity(StrEnum):
    """How much a problem matters: an error stops the lesson, a warning does not."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A stretch of one line of a file; line and column count from 1, width in characters.

    In a table they are row and column, `cell` is the name of the cell and `text` what it holds.
    """

    file: str
    line: int = 0
    column: int = 0
    width: int = 1
    text: str = ""
    cell: str = ""

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}" if self.line else self.file


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One problem. `code` is a stable kebab-case name for tests and scripts."""

    code: str
    message: str
    place: Place
    hint: str = ""
    severity: Severity = Severity.ERROR

    @property
    def is_error(self) -> bool:
        """Whether the problem stops what it stands in."""
        return self.severity is Severity.ERROR

    def as_dict(self) -> dict[str, Any]:
        """The diagnostic as plain data, for JSON."""
        return {
            "code": self.code,
            "severity": str(self.severity),
            "file": self.place.file,
            "line": self.place.line,
            "column": self.place.column,
            "message": self.message,
            "hint": self.hint,
        }


def warning(code: str, message: str, place: Place, hint: str = "") -> Diagnostic:
    """A diagnostic that does not stop the build."""
    return Diagnostic(code, message, place, hint, Severity.WARNING)


def did_you_mean(word: str, choices: Iterable[str]) -> str:
    """A hint that names the nearest of `choices`, or an empty string when none is near."""
    by_lower = {choice.lower(): choice for choice in choices}
    near = difflib.get_close_matches(word.lower(), by_lower, n=1, cutoff=0.6)
    return f'did you mean "{by_lower[near[0]]}"?' if near else ""


def render(diagnostic: Diagnostic) -> str:
    """The diagnostic as plain text: one line, a frame of the source line, a hint."""
    place = diagnostic.place
    out = [f"{place}: {diagnostic.severity}: {diagnostic.message}"]
    if place.cell:
        out += [f"   {place.cell} | {' '.join(place.text.split())[:FRAME_WIDTH]}"]
    elif place.line and place.text:
        out += _frame(place)
    if diagnostic.hint:
        indent = " " * (len(place.cell or str(place.line)) + 3)
        first, *rest = diagnostic.hint.splitlines()
        out += [f"{indent}= help: {first}", *(f"{indent}          {line}" for line in rest)]
    return "\n".join(_UNSEEN.sub("\N{REPLACEMENT CHARACTER}", line) for line in out)


_UNSEEN = re.compile("[\\x00-\\x1f\\x7f-\\x9f\\u2028-\\u202e\\u2066-\\u2069\\ufeff\\ufffe\\uffff\\ud800-\\udfff]")
"""Signs that would move a terminal's cursor, change its colours or turn its text round."""


def _columns(text: str) -> int:
    """How many columns a terminal gives to a text."""
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


FRAME_WIDTH = 100


def _frame(place: Place) -> list[str]:
    """The source line with a caret under it; a very long line is cut round the place."""
    start = max(0, place.column - 1 - FRAME_WIDTH // 2) if place.column > FRAME_WIDTH else 0
    shown = place.text[start : start + FRAME_WIDTH].replace("\t", " ")
    at = min(max(0, place.column - 1 - start), len(shown))
    caret = " " * _columns(shown[:at]) + "^" * max(1, _columns(shown[at : at + place.width]))
    gutter = " " * len(str(place.line))
    return [f"   {place.line} | {shown}", f"   {gutter} | {caret}"]
