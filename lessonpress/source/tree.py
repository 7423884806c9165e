"""The tree of a file: text, mappings and lists that know where they stand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from lessonpress.diagnostics import Diagnostic, Place


@dataclass(frozen=True, slots=True)
class Mark:
    """Where a value starts and, on the same line, ends; counted from 0."""

    line: int
    column: int
    width: int = 1


class Scalar(str):
    """Text as typed, with its place."""

    __slots__ = ("mark", "plain")
    mark: Mark
    plain: bool


class Mapping(dict[str, Any]):
    """A mapping with its place and the places of its keys."""

    mark: Mark
    key_marks: dict[str, Mark]


class Sequence(list[Any]):
    """A list with its place and the places of its items."""

    mark: Mark
    item_marks: list[Mark]


@dataclass(frozen=True)
class Document:
    """One file of content: its name for messages, its tree (None when unreadable), its lines."""

    file: str
    root: Any
    lines: tuple[str, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()

    def place(self, mark: Mark | None) -> Place:
        """The place of a mark in this file; the file itself without one."""
        if mark is None:
            return Place(self.file)
        text = self.lines[mark.line] if mark.line < len(self.lines) else ""
        return Place(self.file, mark.line + 1, mark.column + 1, mark.width, text)


def short(value: Any) -> str:
    """A value as a message quotes it."""
    text = " ".join(str(value).split())
    return text if len(text) <= 40 else text[:37] + "..."
