"""A table as the bank that it stands for: the same tree that YAML gives, with cells for places."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property

from lessonpress.diagnostics import Diagnostic, Place, Severity, did_you_mean
from lessonpress.source.reader import CONTROL
from lessonpress.source.sheets import Cell, Sheet, Unreadable, read_csv, read_xlsx
from lessonpress.source.tree import Document, Mapping, Mark, Scalar, Sequence

NOTE = "#"
"""A row whose first cell starts so is a note to people."""


@dataclass(frozen=True)
class Shape:
    """The columns of a table: which must be there, which hold several things, and by which rows are grouped."""

    columns: tuple[str, ...]
    needed: frozenset[str] = frozenset()
    lists: frozenset[str] = frozenset()
    group: str = ""


@dataclass(frozen=True)
class Table(Document):
    """A document whose marks are rows and columns; `cells` is what they hold."""

    cells: tuple[tuple[str, ...], ...] = ()

    def place(self, mark: Mark | None) -> Place:
        """The place of a cell, with its name as spreadsheets show it."""
        if mark is None:
            return Place(self.file)
        row = self.cells[mark.line] if mark.line < len(self.cells) else ()
        text = row[mark.column] if mark.column < len(row) else ""
        return Place(self.file, mark.line + 1, mark.column + 1, 1, text, f"{letters(mark.column)}{mark.line + 1}")


def letters(column: int) -> str:
    """The letters of a column, counted from 0: A to Z, AA and so on."""
    return (letters(column // 26 - 1) if column >= 26 else "") + chr(ord("A") + column % 26)


def read_table(file: str, data: bytes, shape: Shape) -> Table:
    """The document of a .csv or .xlsx file; problems become diagnostics and never exceptions."""
    try:
        sheet = read_xlsx(data) if file.lower().endswith(".xlsx") else read_csv(data, shape.columns)
    except Unreadable as error:
        place = Place(file, error.row, 1) if error.row else Place(file)
        return Table(file, None, (), (Diagnostic("unreadable-table", str(error), place, error.hint),))
    return _Reader(file, sheet, shape).table()


@dataclass
class _Reader:
    """Builds the tree of one table."""

    file: str
    sheet: Sheet
    shape: Shape
    problems: list[Diagnostic] = field(default_factory=list)
    ids: set[str] = field(default_factory=set)

    def table(self) -> Table:
        if self.sheet.doubt:
            hint = "look at letters with accents; if they are wrong, save the file as CSV UTF-8"
            self.problems.append(Diagnostic("encoding", self.sheet.doubt, Place(self.file), hint, Severity.WARNING))
        rows = iter(self._rows())
        number, heads = next(rows, (0, ()))
        columns = self._heads(number, heads)
        root = None if columns is None else self._tree(rows, columns)
        return replace(self._cells, root=root, diagnostics=tuple(self.problems))

    @cached_property
    def _cells(self) -> Table:
        """The table without its tree: it knows the place of each cell."""
        return Table(self.file, None, cells=tuple(tuple(cell.text for cell in row) for row in self.sheet.rows))

    def _rows(self) -> Iterator[tuple[int, tuple[Cell, ...]]]:
        """The rows that hold something, counted from 0; notes are passed over."""
        for number, row in enumerate(self.sheet.rows):
            first = next((cell.text for cell in row if cell.text), "")
            if any(cell.text or cell.fault for cell in row) and not first.startswith(NOTE):
                yield number, row

    def _complain(self, code: str, message: str, row: int, column: int, hint: str = "") -> None:
        self.problems.append(Diagnostic(code, message, self._cells.place(Mark(row, column)), hint))

    def _heads(self, number: int, row: tuple[Cell, ...]) -> dict[int, str] | None:
        """The name of each column; None where the first row is no row of heads."""
        known, found = self.shape.columns, dict[int, str]()
        hint = "the first row names the columns: " + ", ".join(known)
        names = {at: re.sub(r"[\s-]+", "_", cell.text.lower()) for at, cell in enumerate(row) if cell.text}
        if not set(names.values()) & set(known):
            self._complain("no-heads", "this table has no row of column heads", number, 0, hint)
            return None
        for at, name in names.items():
            if name not in known:
                self._complain(
                    "unknown-key", f'no column is called "{name}"', number, at, did_you_mean(name, known) or hint
                )
            elif name in found.values():
                self._complain("duplicate-key", f'two columns are called "{name}"', number, at, "keep one of them")
            else:
                found[at] = name
        for name in sorted(self.shape.needed - set(found.values())):
            # One with a name near to it was told already.
            if not any(did_you_mean(other, [name]) for other in set(names.values()) - set(known)):
                self._complain("missing-key", f'the column "{name}" is missing', number, 0, hint)
        return None if self.problems and any(one.is_error for one in self.problems) else found

    def _tree(self, rows: Iterator[tuple[int, tuple[Cell, ...]]], columns: dict[int, str]) -> Mapping:
        root = _mapping(Mark(0, 0))
        for number, row in rows:
            entry, marks = self._entry(number, row, columns)
            if self.shape.group:
                self._into_group(root, entry, number, marks)
            else:
                self._under_id(root, entry, number, marks)
        return root

    def _entry(self, number: int, row: tuple[Cell, ...], columns: dict[int, str]) -> tuple[Mapping, dict[str, Mark]]:
        """The values of a row by column; an empty cell is as if its column were not there."""
        marks = {name: Mark(number, at) for at, name in columns.items()}
        entry = _mapping(marks.get("id", Mark(number, 0)))
        for at, cell in enumerate(row):
            name, mark = columns.get(at), Mark(number, at)
            if cell.fault:
                self._complain("formula", cell.fault, number, at, "type the text in its place")
            elif cell.text and name is None:
                self._complain(
                    "no-head", "a text stands in a column without a head", number, at, "delete it, or name its column"
                )
            elif cell.text and name is not None:
                if CONTROL.search(cell.text):
                    self._complain("control-character", "this cell holds an invisible sign", number, at, "type it anew")
                entry[name] = _list(cell.text, mark) if name in self.shape.lists else _scalar(cell.text, mark)
                entry.key_marks[name] = mark
        return entry, marks

    def _under_id(self, root: Mapping, entry: Mapping, number: int, marks: dict[str, Mark]) -> None:
        key, mark = entry.pop("id", None), marks.get("id", Mark(number, 0))
        if key is None:
            self._complain("missing-key", "this row has no id", number, mark.column, "give it a short name of its own")
        elif key.lower() in self.ids:
            hint = "ids are the same whatever their case: give one of the two another"
            self._complain("duplicate-id", f'the id "{key}" stands in this file twice', number, mark.column, hint)
        else:
            self.ids.add(key.lower())
            root[str(key)], root.key_marks[str(key)] = entry, mark

    def _into_group(self, root: Mapping, entry: Mapping, number: int, marks: dict[str, Mark]) -> None:
        name = self.shape.group
        key, mark = entry.pop(name, None), marks.get(name, Mark(number, 0))
        if key is None:
            message, hint = f"this row has no {name}", f"write the slug of its {name}, as in the name of its file"
            self._complain("missing-key", message, number, mark.column, hint)
            return
        if key not in root:
            group = Sequence()
            group.mark, group.item_marks = mark, []
            root[str(key)], root.key_marks[str(key)] = group, mark
        root[key].append(entry)
        root[key].item_marks.append(entry.mark)


def _mapping(mark: Mark) -> Mapping:
    mapping = Mapping()
    mapping.mark, mapping.key_marks = mark, {}
    return mapping


def _scalar(text: str, mark: Mark) -> Scalar:
    scalar = Scalar(text)
    scalar.mark, scalar.plain = mark, False
    return scalar


def _list(text: str, mark: Mark) -> Sequence:
    """The things of a cell, parted by semicolons or ends of lines."""
    out = Sequence(_scalar(part.strip(), mark) for part in re.split(r"[;\n]", text) if part.strip())
    out.mark, out.item_marks = mark, [mark] * len(out)
    return out
