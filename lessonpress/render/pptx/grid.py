"""Tables of slide markup: cells for a native table, numbers for a native chart."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal, cast

from lessonpress.render.pptx.content import Cell, Chart, Paragraph, Table

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from lxml import etree

CHARTS = ("bar", "column", "line")
_NUMBER = re.compile(r"-?\d[\d,]*(\.\d+)?")


class GridError(ValueError):
    """A table that cannot be printed; the message says why."""


def read_table(table: etree._Element, read: Callable[[etree._Element], tuple[Paragraph, ...]]) -> Table | Chart:
    """A <table> as a table or, with `data-chart`, as a chart; `read` reads the text of a cell."""
    parts = {str(child.tag): child for child in table}
    if set(parts) - {"caption", "thead", "tbody"} or len(parts) != len(table):
        raise GridError("holds one <caption>, one <thead> and one <tbody>")
    if "thead" not in parts or "tbody" not in parts:
        raise GridError("needs <thead> and <tbody>")
    alt = " ".join("".join(map(str, parts["caption"].itertext())).split()) if "caption" in parts else ""
    if not alt:
        raise GridError("needs a <caption>: its alternative text")
    header = _rows(parts["thead"], read, head=True)
    rows = _rows(parts["tbody"], read)
    _check_shape(header, rows)
    if "data-chart" in table.attrib:
        return _chart(table, header[0], rows, alt)
    return Table(header[0], rows, alt, _widths(table, len(header[0])))


def _rows(
    part: etree._Element, read: Callable[[etree._Element], tuple[Paragraph, ...]], *, head: bool = False
) -> tuple[tuple[Cell, ...], ...]:
    rows = []
    for row in part:
        if row.tag != "tr" or any(cell.tag not in ("th", "td") for cell in row):
            raise GridError("rows are <tr> with <th> and <td>")
        rows.append(tuple(Cell(read(cell), head or cell.tag == "th") for cell in row))
    return tuple(rows)


def _check_shape(header: Sequence[Sequence[Cell]], rows: Sequence[Sequence[Cell]]) -> None:
    if len(header) != 1:
        raise GridError(f"has {len(header)} header rows; it needs one")
    if not rows:
        raise GridError("has no rows")
    for n, row in enumerate(rows, start=1):
        if len(row) != len(header[0]):
            raise GridError(f"row {n} has {len(row)} cells, the header has {len(header[0])}")


def _widths(table: etree._Element, columns: int) -> tuple[float, ...]:
    """Column widths in cm, or relative: the printer scales them to the box."""
    text = table.get("data-widths", "")
    if not text:
        return ()
    try:
        widths = tuple(float(word) for word in text.split())
    except ValueError as error:
        raise GridError(f"data-widths={text!r} are not numbers") from error
    if len(widths) != columns or min(widths) <= 0:
        raise GridError(f"data-widths={text!r} must be {columns} widths above 0")
    return widths


def _chart(table: etree._Element, header: Sequence[Cell], rows: Sequence[Sequence[Cell]], alt: str) -> Chart:
    form = table.get("data-chart", "")
    if form not in CHARTS:
        raise GridError(f"data-chart={form!r} is not one of {', '.join(CHARTS)}")
    if len(header) < 2:
        raise GridError("a chart needs a column of names and one of numbers")
    columns = list(zip(*rows, strict=True))
    series = tuple(
        (name.text, tuple(_value(cell) for cell in column))
        for name, column in zip(header[1:], columns[1:], strict=True)
    )
    return Chart(
        form=cast('Literal["bar", "column", "line"]', form),
        unit=table.get("data-unit", ""),
        categories=tuple(cell.text for cell in columns[0]),
        series=series,
        alt=alt,
    )


def _value(cell: Cell) -> float:
    text = cell.text.strip().replace("−", "-")
    if not _NUMBER.fullmatch(text):
        raise GridError(f"{text!r} is not a number")
    return float(text.replace(",", ""))
