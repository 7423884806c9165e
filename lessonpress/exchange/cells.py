"""A table that a spreadsheet saved as text: its separator found out, each cell with its place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

SEPARATORS = (",", ";", "\t")
_SEP_LINE = re.compile(r"sep=(.)\r?\n?")
"""The first line by which a spreadsheet is told the separator."""


@dataclass(frozen=True, slots=True)
class Cell:
    """The text of a cell, spaces at its ends left out, and where it begins; line and column count from 1."""

    text: str
    line: int
    column: int


def table(text: str) -> Iterator[list[Cell]]:
    """The rows of a table in which anything stands; the separator is the commonest of the first row."""
    line = 1
    if told := _SEP_LINE.match(text):
        text, line, separator = text[told.end() :], 2, told[1]
    else:
        head = re.sub(r'"[^"]*"', "", text.split("\n", 1)[0])
        separator = max(SEPARATORS, key=head.count)
    for row in _rows(text, separator, line):
        if any(cell.text for cell in row):
            yield row


def _rows(text: str, separator: str, line: int) -> Iterator[list[Cell]]:
    """All rows; a quoted cell may hold separators, doubled quotation marks and line ends."""
    row: list[Cell] = []
    at, begun = 0, 0
    pattern = re.compile(
        rf'[^\S\n\t]*"((?:[^"]|"")*)"[^\S\n\t]*(?={re.escape(separator)}|\r?\n|\Z)|([^\n{re.escape(separator)}]*)'
    )
    while at <= len(text):
        found = pattern.match(text, at)
        assert found is not None  # the second form takes any text, and none
        value = found[1].replace('""', '"') if found[1] is not None else found[2]
        lead = len(value) - len(value.lstrip())
        row.append(Cell(" ".join(value.split()), line, at - begun + 1 + (lead if found[1] is None else 1)))
        line += found[0].count("\n")
        if "\n" in found[0]:
            begun = at + found[0].rindex("\n") + 1
        at = found.end()
        if text[at : at + 1] == separator:
            at += 1
            continue
        yield row
        row = []
        at = text.find("\n", at) + 1
        if not at:
            return
        line, begun = line + 1, at
