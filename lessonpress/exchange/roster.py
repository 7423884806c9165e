"""Rosters: who is in a class, and which sheet each pupil gets.

Pupils' names stay out of every message: a message names the line.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import cast

from lessonpress.diagnostics import Diagnostic, Place, did_you_mean, warning
from lessonpress.errors import ContentError, UsageError
from lessonpress.exchange.cells import Cell, table
from lessonpress.model.activity import slug
from lessonpress.model.base import LEVELS, Level
from lessonpress.model.pupil import Pupil, Roster
from lessonpress.source.sheets import Unreadable, decoded

REQUIRED = ("name", "class")
COLUMNS = (*REQUIRED, "level", "version", "profile")
LONGEST = 60
"""Letters of the longest name."""
SAVE = "save it as CSV UTF-8, with commas, semicolons or tabs"


@dataclass(frozen=True)
class Allowed:
    """What the cells of a roster may say: letters of versions (one empty where there is only one), profiles, signs."""

    versions: Sequence[str]
    profiles: Sequence[str]
    profile: str
    signs: Collection[int]


def open_roster(path: Path, allowed: Allowed) -> Roster:
    """The roster at a path. Raises UsageError where it cannot be read, ContentError where it has errors."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror}") from error
    roster = read_roster(data, path.name, allowed)
    if any(one.is_error for one in roster.diagnostics):
        raise ContentError(roster.diagnostics)
    return roster


def read_roster(data: bytes, file: str, allowed: Allowed) -> Roster:
    """The roster in a file called `file` in messages; every fault is told in one run."""
    reader = _Reader(file, allowed)
    pupils = reader.read(data)
    return Roster(
        tuple(pupils), tuple(sorted(reader.said, key=lambda one: one.place)), hashlib.sha256(data).hexdigest()
    )


@dataclass
class _Reader:
    """Reads one roster, and gathers what is wrong with it."""

    file: str
    allowed: Allowed
    said: list[Diagnostic] = field(default_factory=list)
    _lines: dict[tuple[str, str], int] = field(default_factory=dict)
    _folders: dict[str, Cell] = field(default_factory=dict)
    _sizes: dict[str, int] = field(default_factory=dict)

    def read(self, data: bytes) -> list[Pupil]:
        """The pupils of the rows that are sound."""
        if data.startswith(b"PK"):
            self._tell("roster-encoding", "this is a workbook, not a table as text", None, SAVE)
            return []
        try:
            rows = list(table(decoded(data)[0]))
        except Unreadable:
            self._tell("roster-encoding", "the letters of this file cannot be read", None, SAVE)
            return []
        if len(rows) < 2:
            self._tell(
                "roster-empty", "there is no pupil in this file", None, "the first row names the columns: name, class"
            )
            return []
        columns = self._columns(rows[0])
        if columns is None:
            return []
        return [pupil for row in rows[1:] if (pupil := self._pupil(row, columns, len(rows[0]))) is not None]

    def _columns(self, row: list[Cell]) -> dict[str, int] | None:
        """Where each column stands; None where one is missing without which nothing can be read."""
        columns: dict[str, int] = {}
        for number, cell in enumerate(row):
            name = cell.text.lower()
            if name in columns:
                self._tell("roster-column", f"a second column is called {name}", cell, "take one of them out")
            elif name in COLUMNS:
                columns[name] = number
            elif name:
                hint = did_you_mean(name, COLUMNS) or "known: " + ", ".join(COLUMNS)
                self.said.append(
                    warning(
                        "roster-column-unknown",
                        "this column is passed over: its name is not one of ours",
                        self._place(cell),
                        hint,
                    )
                )
        for name in REQUIRED:
            if name not in columns:
                hint = "the first row names the columns: " + ", ".join(COLUMNS)
                self._tell("roster-column", f"there is no column called {name}", row[0], hint)
        return columns if set(columns) >= set(REQUIRED) else None

    def _pupil(self, row: list[Cell], columns: dict[str, int], width: int) -> Pupil | None:
        """The pupil of a row; None where the row has an error."""
        before = len(self.said)
        over = next((cell for cell in row[width:] if cell.text), None)
        if over is not None:
            hint = 'a cell that holds the separator stands between "quotation marks"'
            self._tell("roster-cells", "this row has more cells than there are columns", over, hint)
        nothing = Cell("", row[0].line, row[0].column)
        cells = {name: row[at] if at < len(row) else nothing for name, at in columns.items()}
        name, group = self._name(cells["name"]), self._group(cells["class"])
        self._once(cells["name"], name, group)
        level = self._one_of(cells.get("level"), "level", LEVELS, "core")
        profile = self._one_of(cells.get("profile"), "profile", self.allowed.profiles, self.allowed.profile)
        version = self._version(cells.get("version"), group)
        if any(one.is_error for one in self.said[before:]):
            return None
        return Pupil(name, group, cast("Level", level), version, profile)

    def _name(self, cell: Cell) -> str:
        name = unicodedata.normalize("NFC", cell.text)
        if not name:
            self._tell("roster-name", "this row has no name", cell, "write one, or take the row out")
        elif len(name) > LONGEST:
            self._tell("roster-name", f"this name has more than {LONGEST} letters", cell, "shorten it: it has one line")
        elif strange := sorted({sign for sign in name if ord(sign) not in self.allowed.signs}):
            listed = ", ".join(f"U+{ord(sign):04X}" for sign in strange)
            self._tell(
                "roster-letters",
                f"no font of the theme has a sign of this name ({listed})",
                cell,
                "write it in other letters",
            )
        return name

    def _group(self, cell: Cell) -> str:
        if not cell.text:
            self._tell("roster-class", "this row has no class", cell, "write one: each class gets a folder")
            return ""
        first = self._folders.setdefault(slug(cell.text), cell)
        if first.text != cell.text:
            message = f"this class would have the same folder as that of line {first.line}"
            self._tell("roster-class", message, cell, "write the class in one way, or give them other names")
        return cell.text

    def _once(self, cell: Cell, name: str, group: str) -> None:
        """A name stands once in a class, however it is spelt."""
        line = self._lines.setdefault((name.casefold(), group), cell.line)
        if name and line != cell.line:
            hint = "add a letter by which they can be told apart, or take one out"
            self._tell("roster-twice", f"this name stands in line {line} already", cell, hint)

    def _one_of(self, cell: Cell | None, what: str, choices: Sequence[str], default: str) -> str:
        if cell is None or not cell.text:
            return default
        if cell.text.lower() in choices:
            return cell.text.lower()
        hint = did_you_mean(cell.text, choices) or "there are " + ", ".join(choices)
        self._tell(f"roster-{what}", f"this is no {what}", cell, hint)
        return default

    def _version(self, cell: Cell | None, group: str) -> str:
        """The letter of a cell; without the column letters are dealt in turn, class by class."""
        letters = self.allowed.versions
        if cell is None:
            dealt = self._sizes[group] = self._sizes.get(group, -1) + 1
            return letters[dealt % len(letters)]
        if not cell.text or cell.text.upper() in letters or (letters == ("",) and cell.text.upper() == "A"):
            return cell.text.upper() if cell.text.upper() in letters else letters[0]
        made = (
            f"--versions makes {letters[0]} to {letters[-1]}" if len(letters) > 1 else "build with --versions 2 or more"
        )
        self._tell("roster-version", "this is no version", cell, made)
        return letters[0]

    def _tell(self, code: str, message: str, cell: Cell | None, hint: str) -> None:
        self.said.append(Diagnostic(code, message, self._place(cell), hint))

    def _place(self, cell: Cell | None) -> Place:
        return (
            Place(self.file, cell.line, cell.column, max(len(cell.text), 1)) if cell is not None else Place(self.file)
        )
