"""Sheets of cells: CSV of any usual encoding and separator, and the first sheet of an Excel file.

Nothing is calculated: a formula is a fault, since nobody knows what it gives elsewhere. Only this
module knows openpyxl.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
import warnings
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

MAX_BYTES = 5_000_000
MAX_UNPACKED = 40_000_000
MAX_PARTS = 500
MAX_ROWS = 5_000
MAX_COLUMNS = 50
WIDTHS = {True: 60, False: 22}
"""The widths of the columns of a written sheet, in letters: of those that hold sentences, and of others."""

_OLD = b"\xd0\xcf\x11\xe0"  # the first bytes of .xls, and of any file with a password to open it
_AGAIN = "open it in Excel or LibreOffice and save it as Excel Workbook (.xlsx)"
_CSV_AGAIN = "save it as CSV UTF-8"


class Unreadable(Exception):
    """A sheet that cannot be read at all; `hint` says how to mend it, `row` counts from 1 where one is known."""

    def __init__(self, message: str, hint: str, row: int = 0) -> None:
        super().__init__(message)
        self.hint, self.row = hint, row


@dataclass(frozen=True)
class Cell:
    """The text of a cell as typed; `fault` says why there is none."""

    text: str = ""
    fault: str = ""


@dataclass(frozen=True)
class Sheet:
    """Rows of cells; `doubt` is what the reader had to guess."""

    rows: tuple[tuple[Cell, ...], ...]
    doubt: str = ""


def read_csv(data: bytes, heads: Sequence[str] = ()) -> Sheet:
    """The rows of a CSV file; `heads` are the words by which its separator is told. Raises Unreadable."""
    if len(data) > MAX_BYTES:
        raise Unreadable(f"this file holds {len(data):,} bytes; the limit is {MAX_BYTES:,}", "split it")
    text, doubt = decoded(data)
    told = re.match(r"sep=(.)\r?\n", text)
    separator = told[1] if told else max(",;\t", key=lambda sign: _heads_found(text, sign, heads))
    # The line that names the separator is a row to Excel too: the numbers of rows stay.
    lines = io.StringIO(text[told.end() :] if told else text, newline="")
    reader = csv.reader(lines, delimiter=separator, strict=True, skipinitialspace=True)
    rows: list[tuple[Cell, ...]] = [()] if told else []
    try:
        for row in reader:
            _check_size(rows, row)
            rows.append(tuple(Cell(value.strip()) for value in row))
    except csv.Error as error:
        hint = 'a quotation mark within a text is written twice, ""; ' + _CSV_AGAIN
        raise Unreadable(f"this row is not CSV: {error}", hint, len(rows) + 1) from None
    return Sheet(tuple(rows), doubt)


def decoded(data: bytes) -> tuple[str, str]:
    """The text of a CSV file, and a doubt where its encoding had to be guessed. Raises Unreadable."""
    encodings: tuple[str, ...] = ("utf-8-sig", "cp1252")
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encodings = ("utf-16",)
    elif b"\0" in data:  # UTF-16 that does not say so: no text of one byte a letter holds a nought
        encodings = ("utf-16-be" if data[:1] == b"\0" else "utf-16-le",)
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        return text, "this is not UTF-8 text; it was read as Windows-1252" if encoding == "cp1252" else ""
    raise Unreadable("the letters of this file cannot be read", _CSV_AGAIN)


def _heads_found(text: str, separator: str, heads: Sequence[str]) -> int:
    """How many known heads the first line has when it is parted by a sign."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    return sum(part.strip(' "').lower() in heads for part in first.split(separator))


def _check_size(rows: Sequence[Any], row: Sequence[Any]) -> None:
    if len(rows) >= MAX_ROWS:
        raise Unreadable(f"this sheet has more than {MAX_ROWS:,} rows", "split it, or delete the rows below the last")
    if len(row) > MAX_COLUMNS and any(row[MAX_COLUMNS:]):
        raise Unreadable(
            f"this row has more than {MAX_COLUMNS} cells", "delete what stands at its right", len(rows) + 1
        )


def read_xlsx(data: bytes) -> Sheet:
    """The rows of the first sheet of an Excel file, dates as yyyy-mm-dd. Raises Unreadable."""
    _check_package(data)
    from openpyxl import load_workbook

    try:
        with warnings.catch_warnings():
            # What openpyxl passes over (validations, pictures) holds no text of a bank.
            warnings.simplefilter("ignore")
            book = load_workbook(io.BytesIO(data), read_only=True, keep_links=False)
            sheet = book.worksheets[0]
            sheet.reset_dimensions()  # a sheet may lie about its size
            rows: list[tuple[Cell, ...]] = []
            for row in sheet.iter_rows(max_row=MAX_ROWS + 1, max_col=MAX_COLUMNS + 1):
                cells = tuple(_cell(cell) for cell in row)
                if any(cell.text or cell.fault for cell in cells):
                    _check_size(rows, [cell.text for cell in cells])
                rows.append(cells)
    except Unreadable:
        raise
    except Exception as error:  # openpyxl raises whatever a damaged part brings about
        raise Unreadable(f"this Excel file is damaged: {type(error).__name__}", _AGAIN) from error
    while rows and not any(cell.text or cell.fault for cell in rows[-1]):
        rows.pop()
    return Sheet(tuple(rows))


def _check_package(data: bytes) -> None:
    """Refuse what is no Excel file, and one that would unpack to more than a bank can hold."""
    if len(data) > MAX_BYTES:
        raise Unreadable(f"this file holds {len(data):,} bytes; the limit is {MAX_BYTES:,}", "split it")
    if data.startswith(_OLD):
        raise Unreadable("this Excel file is an old one, or has a password", _AGAIN + ", without a password")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            parts = package.infolist()
            if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED:
                raise Unreadable("this Excel file unpacks to more than a bank can hold", "copy its cells to a new file")
            if any(b"<!DOCTYPE" in package.read(part)[:2000] for part in parts if part.filename.endswith(".xml")):
                raise Unreadable("this Excel file declares entities, which no spreadsheet writes", _AGAIN)
    # What zipfile raises for a file that is damaged, locked by a password, or packed in a way that it does not know.
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError, ValueError):
        raise Unreadable("this is not an Excel file", _AGAIN) from None


def _cell(cell: Any) -> Cell:
    """A cell as text: whole numbers without a point, dates as far as they are shown."""
    value = cell.value
    if value is None:
        return Cell()
    if cell.data_type == "f":
        return Cell(fault="a formula stands here, and formulas are not calculated")
    if cell.data_type == "e":
        return Cell(fault=f"the spreadsheet shows an error here: {value}")
    if hasattr(value, "isoformat"):
        return Cell(_date(value, str(cell.number_format)))
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return Cell(str(value).lower() if isinstance(value, bool) else str(value).strip())


def _date(value: Any, shown: str) -> str:
    """A date to the day, or to the month where the cell shows no day; a time of day as it is."""
    if not hasattr(value, "year"):
        return str(value)
    bare = re.sub(r'\[[^\]]*\]|"[^"]*"|\\.', "", shown).lower()
    return str(value.isoformat())[: 10 if "d" in bare else 7]


def write_csv(heads: Sequence[str], notes: Sequence[str]) -> bytes:
    """An empty CSV file: its heads, and a row of notes that is passed over; Excel knows the encoding by its mark."""
    out = io.StringIO(newline="")
    csv.writer(out).writerows([heads, notes])
    return out.getvalue().encode("utf-8-sig")


def write_xlsx(title: str, heads: Sequence[str], notes: Sequence[str], wide: Sequence[str]) -> bytes:
    """An empty Excel file: heads that stay in sight, a row of notes that is passed over, every cell text as typed."""
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter

    book = Workbook()
    sheet = book.active
    sheet.title = title
    sheet.append(list(heads))
    sheet.append(list(notes))
    sheet.freeze_panes = "A2"
    for number, head in enumerate(heads, 1):
        column = sheet.column_dimensions[get_column_letter(number)]
        column.width = WIDTHS[head in wide]
        # Text as typed: 1922-04 stays that, and is not made a day.
        column.number_format = "@"
        column.alignment = Alignment(wrap_text=True, vertical="top")
        sheet.cell(1, number).font = Font(bold=True)
        sheet.cell(1, number).fill = PatternFill("solid", fgColor="DDDDDD")
        sheet.cell(2, number).font = Font(italic=True, color="595959")
        sheet.cell(2, number).alignment = Alignment(wrap_text=True, vertical="top")
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()
