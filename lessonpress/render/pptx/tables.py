"""Tables: column widths, row heights and text size, and the native table itself."""

from __future__ import annotations

import functools
from dataclasses import dataclass, replace
from itertools import groupby
from typing import TYPE_CHECKING, Any

from pptx.enum.text import MSO_ANCHOR
from pptx.shapes.placeholder import TablePlaceholder
from pptx.util import Emu

from lessonpress.measure import wrap_spans
from lessonpress.model.slide_tokens import guid
from lessonpress.render.pptx.fit import PITCH, PT_PER_CM, WIDTH_SLACK, Typeset, ladder, spans
from lessonpress.render.pptx.ooxml import A, emu, place
from lessonpress.render.pptx.text import Writing, write_cell
from lessonpress.render.pptx.words import count_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lessonpress.model.slide_layouts import Box, TextLevel
    from lessonpress.render.pptx.content import Cell, Table

ROW = 1.85  # cm, the height of a row that has room
SHORT, SHORT_GROWTH = 3, 1.2  # a table of so few rows is set larger, to be read from the back
PADDING = 0.5  # cm above and below the text of a row together
MARGIN_LEFT, MARGIN_RIGHT = 0.3, 0.2  # cm
PARTED_FLOOR = 20.0  # points


@dataclass(frozen=True)
class TablePlan:
    """Widths of columns and heights of rows in cm, size of text in points, and whether it fits."""

    widths: tuple[float, ...]
    heights: tuple[float, ...]
    size: float
    fits: bool
    lines: int


def plan_table(table: Table, box: Box, level: TextLevel, typeset: Typeset) -> TablePlan:
    """Set a table in its box at the largest size that fits, at the smallest if none does."""
    sizes = ladder(round(level.size * SHORT_GROWTH), level.floor)
    plans = [_plan(table, box, replace(level, size=size), typeset, _row(table, size / level.size)) for size in sizes]
    fitting = [plan for plan in plans if plan.fits] or plans[-1:]
    if len(table.rows) <= SHORT:
        return fitting[0]
    # A longer table is set larger only where that breaks no further line.
    plain = next((plan for plan in fitting if plan.size <= level.size), fitting[-1])
    return next(plan for plan in fitting if plan.lines <= plain.lines)


def table_pages(table: Table, box: Box, level: TextLevel, typeset: Typeset, words: int) -> list[Table]:
    """The table, or the fewest parts of it that fit the box and hold at most `words` words, heads repeated.

    A row that is too long for a part goes on in the next, parted between the paragraphs of its longest cell.
    Rather two slides than text below PARTED_FLOOR; smaller text stands only in what cannot be parted further.
    """
    units = [(row, n) for row, cells in enumerate(table.rows) for n in range(max(_paragraphs(cells), default=1))]

    @functools.cache
    def part(start: int, end: int) -> Table:
        return replace(table, rows=_rows_of(table, units[start:end]))

    @functools.cache
    def good(start: int, end: int) -> bool:
        plan = plan_table(part(start, end), box, level, typeset)
        few = _words(part(start, end)) <= words and plan.size >= PARTED_FLOOR
        return plan.fits and (few or end - start == 1)

    # For each unit the fewest parts up to it: of equal ones those that break fewest rows, then the most even.
    best: list[tuple[int, int, int, int] | None] = [(0, 0, 0, 0)]
    for end in range(1, len(units) + 1):
        ways = []
        for start in range(end):
            before = best[start]
            if before and good(start, end):
                broken = before[1] + (start > 0 and units[start - 1][0] == units[start][0])
                ways.append((before[0] + 1, broken, max(before[2], _words(part(start, end))), start))
        best.append(min(ways, default=None))
    return [part(*cut) for cut in _cuts(best)] or [table]


def _cuts(best: Sequence[tuple[int, int, int, int] | None]) -> list[tuple[int, int]]:
    """Where the parts begin and end, found from the last one back."""
    cuts: list[tuple[int, int]] = []
    end = len(best) - 1
    while end and (last := best[end]):
        cuts.insert(0, (last[3], end))
        end = last[3]
    return cuts


def _paragraphs(cells: Sequence[Cell]) -> list[int]:
    return [len(cell.paragraphs) for cell in cells]


def _words(table: Table) -> int:
    return sum(count_words(cell.text) for row in table.rows for cell in row)


def _rows_of(table: Table, units: Sequence[tuple[int, int]]) -> tuple[tuple[Cell, ...], ...]:
    """The rows that hold some units; a cell of fewer paragraphs is repeated whole."""
    rows = []
    for row, group in groupby(units, key=lambda unit: unit[0]):
        inside = [n for _, n in group]
        cells = table.rows[row]
        longest = max(_paragraphs(cells), default=1)
        rows.append(
            tuple(
                replace(cell, paragraphs=cell.paragraphs[inside[0] : inside[-1] + 1])
                if len(cell.paragraphs) == longest
                else cell
                for cell in cells
            )
        )
    return tuple(rows)


def _row(table: Table, growth: float) -> float:
    """The height in cm of a row that has room: higher where the text is larger."""
    return ROW * (SHORT_GROWTH if len(table.rows) <= SHORT else max(1.0, growth))


def _plan(table: Table, box: Box, level: TextLevel, typeset: Typeset, row_height: float) -> TablePlan:
    widths = _widths(table, box.w, level, typeset)
    rows = (table.header, *table.rows)
    natural = [_row_height(row, widths, level, typeset) for row in rows]
    whole = all(_word_width(cell, level, typeset) <= w for row in rows for cell, w in zip(row, widths, strict=True))
    # Rows with room are equally high: as SPEC asks, or what the box leaves to each.
    even = min(row_height, max(box.h / len(rows), *natural))
    heights = tuple(max(height, even) for height in natural)
    if sum(heights) > box.h:
        heights = tuple(natural)
    lines = sum(_row_lines(row, widths, level, typeset) for row in rows)
    return TablePlan(widths, heights, level.size, whole and sum(heights) <= box.h, lines)


def _widths(table: Table, total: float, level: TextLevel, typeset: Typeset) -> tuple[float, ...]:
    """The columns in cm: those of the markup, or shared out by how much text each holds."""
    columns = list(zip(*(table.header, *table.rows), strict=True))
    least = [max(_word_width(cell, level, typeset) for cell in column) for column in columns]
    if sum(least) >= total:
        wanted = table.widths or tuple(least)
        return tuple(width * total / sum(wanted) for width in wanted)
    if table.widths:
        return _no_less([width * total / sum(table.widths) for width in table.widths], least)
    full = [max(_line_width(cell, level, typeset) for cell in column) for column in columns]
    # Each column gets its longest word, and of the rest a share by the text beyond that.
    more = [max(f - w, 0.1) for f, w in zip(full, least, strict=True)]
    rest = total - sum(least)
    return tuple(w + rest * m / sum(more) for w, m in zip(least, more, strict=True))


def _no_less(widths: Sequence[float], least: Sequence[float]) -> tuple[float, ...]:
    """Widths of which none breaks a word: a column that has too little takes it from what the others can spare."""
    lack = sum(max(0.0, low - width) for width, low in zip(widths, least, strict=True))
    spare = [max(0.0, width - low) for width, low in zip(widths, least, strict=True)]
    given = lack / sum(spare) if lack else 0.0
    return tuple(max(width, low) - own * given for width, low, own in zip(widths, least, spare, strict=True))


def _row_height(row: Sequence[Cell], widths: Sequence[float], level: TextLevel, typeset: Typeset) -> float:
    return _row_lines(row, widths, level, typeset) * level.size * PITCH / PT_PER_CM + PADDING


def _row_lines(row: Sequence[Cell], widths: Sequence[float], level: TextLevel, typeset: Typeset) -> int:
    return max(_lines(cell, width, level, typeset) for cell, width in zip(row, widths, strict=True))


def _lines(cell: Cell, width: float, level: TextLevel, typeset: Typeset) -> int:
    room = (width - MARGIN_LEFT - MARGIN_RIGHT) * PT_PER_CM * WIDTH_SLACK
    style = _style(cell, level)
    return sum(len(wrap_spans(spans(p, style, typeset), level.size, room)) for p in cell.paragraphs)


def _word_width(cell: Cell, level: TextLevel, typeset: Typeset) -> float:
    """The width in cm that the longest word of a cell needs, margins included."""
    face = typeset.family(level.font).face(bold=_style(cell, level).bold)
    # Only at these: a no-break space holds "December 1927" together.
    words = (face.width(word, level.size) for word in cell.text.replace("\n", " ").split(" "))
    return _with_margins(max(words, default=0))


def _line_width(cell: Cell, level: TextLevel, typeset: Typeset) -> float:
    """The width in cm that a cell needs to stand on one line, margins included."""
    face = typeset.family(level.font).face(bold=_style(cell, level).bold)
    return _with_margins(max(face.width(line, level.size) for line in cell.text.split("\n")))


def _with_margins(points: float) -> float:
    return points / PT_PER_CM / WIDTH_SLACK + MARGIN_LEFT + MARGIN_RIGHT


def _style(cell: Cell, level: TextLevel) -> TextLevel:
    return replace(level, bold=True) if cell.head else level


def print_table(placeholder: Any, table: Table, box: Box, plan: TablePlan, writing: Writing) -> Any:
    """Turn a placeholder into a native table of the planned measures and return its frame."""
    rows = (table.header, *table.rows)
    native: Any = TablePlaceholder(placeholder._element, placeholder._parent)
    frame = native.insert_table(len(rows), len(table.header))
    place(frame._element.xfrm, replace(box, h=sum(plan.heights)))
    _set_style(frame.table._tbl, heads=all(row[0].head for row in table.rows))
    for column, width in zip(frame.table.columns, plan.widths, strict=True):
        column.width = Emu(emu(width))
    for native_row, height, row in zip(frame.table.rows, plan.heights, rows, strict=True):
        native_row.height = Emu(emu(height))
        for native_cell, cell in zip(native_row.cells, row, strict=True):
            _print_cell(native_cell, cell, plan.size, writing)
    return frame


def _set_style(table: Any, *, heads: bool) -> None:
    properties = table.tblPr
    properties.set("firstRow", "1")
    properties.set("bandRow", "0")
    properties.set("firstCol", "1" if heads else "0")
    properties.find(A + "tableStyleId").text = guid("table-style")


def _print_cell(native: Any, cell: Cell, size: float, writing: Writing) -> None:
    native.vertical_anchor = MSO_ANCHOR.MIDDLE
    native.margin_left, native.margin_right = Emu(emu(MARGIN_LEFT)), Emu(emu(MARGIN_RIGHT))
    native.margin_top = native.margin_bottom = Emu(emu(PADDING / 4))
    write_cell(native._tc.txBody, cell.paragraphs, size, writing)
