"""The rows and cells of a made table, with what its style says of them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from lessonpress.render.pptx.lint.inherit import EMU_PER_PT, Setting, Usual
from lessonpress.render.pptx.lint.made import UNKNOWN, Part, Rect, Row
from lessonpress.render.pptx.opened import NS, find

if TYPE_CHECKING:
    from lxml import etree

_MARGINS = (("marL", 91_440), ("marT", 45_720), ("marR", 91_440), ("marB", 45_720))
_ANCHORS = {"ctr": "ctr", "b": "b"}


@dataclass(frozen=True)
class _Style:
    """A table style and which parts of it the table asks for; without it a fill cannot be told."""

    element: etree._Element | None
    flags: frozenset[str]
    size: tuple[int, int]
    """Rows and columns."""

    def regions(self, row: int, column: int) -> list[etree._Element]:
        """What the style says of a cell, the strongest first."""
        rows, columns = self.size
        bands = (("band1H", "band2H"), ("band1V", "band2V"))
        heads = "firstRow" in self.flags, "firstCol" in self.flags
        wanted = [
            ("firstRow", row == 0),
            ("lastRow", row == rows - 1),
            ("firstCol", column == 0),
            ("lastCol", column == columns - 1),
        ]
        names = [name for name, here in wanted if here and name in self.flags]
        for flag, index, head, pair in (("bandRow", row, heads[0], bands[0]), ("bandCol", column, heads[1], bands[1])):
            if flag in self.flags and not (head and index == 0):
                names.append(pair[(index - head) % 2])
        names.append("wholeTbl")
        element = self.element
        found = [element.find(f"a:{name}", NS) for name in names] if element is not None else []
        return [region for region in found if region is not None]


def read_table(table: etree._Element, rect: Rect, setting: Setting, styles: etree._Element | None) -> tuple[Row, ...]:
    """The rows of a table from the top of its box; `setting` is what its text inherits from."""
    widths = [int(width) / EMU_PER_PT for width in find(table, "./a:tblGrid/a:gridCol/@w")]
    lines = table.findall("a:tr", NS)
    style = _style(table, styles, (len(lines), len(widths)))
    rows = []
    top = rect.y
    for n, line in enumerate(lines):
        height = int(line.get("h", "0")) / EMU_PER_PT
        cells = []
        for column, cell in enumerate(line.findall("a:tc", NS)):
            if cell.get("hMerge") is None and cell.get("vMerge") is None:
                span = int(cell.get("gridSpan", "1"))
                box = Rect(rect.x + sum(widths[:column]), top, sum(widths[column : column + span]), height)
                cells.append(_cell(cell, box, setting, style, style.regions(n, column)))
        rows.append(Row(height, tuple(cells), head=n == 0 and "firstRow" in style.flags))
        top += height
    return tuple(rows)


def _style(table: etree._Element, styles: etree._Element | None, size: tuple[int, int]) -> _Style:
    properties = table.find("a:tblPr", NS)
    wanted = table.findtext("a:tblPr/a:tableStyleId", "", NS)
    known = find(styles, "./a:tblStyle") if styles is not None else []
    element = next((one for one in known if one.get("styleId") == wanted), None)
    flags = properties.attrib.items() if properties is not None else ()
    return _Style(element, frozenset(str(name) for name, value in flags if value in ("1", "true")), size)


def _cell(cell: etree._Element, box: Rect, setting: Setting, style: _Style, regions: list[etree._Element]) -> Part:
    properties = cell.find("a:tcPr", NS)
    fill = setting.palette.fill(properties)
    if fill is None:
        stated = (_fill(setting, region) for region in regions)
        fill = next((one for one in stated if one is not None), "" if style.element is not None else UNKNOWN)
    body = cell.find("a:txBody", NS)
    if body is None:
        return Part(box, fill=fill)
    margins = [
        int(properties.get(name, str(usual)) if properties is not None else usual) / EMU_PER_PT
        for name, usual in _MARGINS
    ]
    left, top, right, bottom = margins
    text = replace(setting, bodies=(body,), usual=_usual(setting, regions)).text(box)
    room = Rect(box.x + left, box.y + top, box.w - left - right, box.h - top - bottom)
    anchor = _ANCHORS.get(properties.get("anchor", "") if properties is not None else "", "t")
    return Part(box, fill=fill, text=replace(text, room=room, anchor=anchor, wraps=True))


def _fill(setting: Setting, region: etree._Element) -> str | None:
    """The fill of a part of a table style, None where it says nothing."""
    stated = setting.palette.fill(region.find("a:tcStyle/a:fill", NS))
    if stated is not None:
        return stated
    reference = region.find("a:tcStyle/a:fillRef", NS)
    return setting.palette.colour(reference) or UNKNOWN if reference is not None else None


def _usual(setting: Setting, regions: list[etree._Element]) -> Usual:
    """Weight and colour of text by the table style."""
    styles = [style for region in regions if (style := region.find("a:tcTxStyle", NS)) is not None]
    colour = next((c for style in styles if (c := setting.palette.colour(style))), "")
    return Usual(next((style.get("b") == "on" for style in styles if style.get("b")), False), colour)
