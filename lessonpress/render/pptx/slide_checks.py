"""Checks of single parts and of single slides; each yields what is wrong in words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lxml import etree

from lessonpress.render.pptx.opened import NS, Opened, find, repeated

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ORDER = {
    "sld": ("cSld", "clrMapOvr", "transition", "timing", "extLst"),
    "presentation": ("sldMasterIdLst", "notesMasterIdLst", "handoutMasterIdLst", "sldIdLst", "sldSz", "notesSz"),
    "fmtScheme": ("fillStyleLst", "lnStyleLst", "effectStyleLst", "bgFillStyleLst"),
}
FLOOR = 1800  # hundredths of a point
_LANG = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_CONTROL = re.compile(r"_x00[01][0-9A-F]_")
_TOLERANCE = 3_600  # EMU, a hundredth of a centimetre


# Any part


def _order(root: etree._Element) -> Iterator[str]:
    for name, wanted in ORDER.items():
        for element in [root, *find(root, f"//a:{name}")]:
            if etree.QName(element).localname == name:
                names = [etree.QName(child).localname for child in element]
                places = [wanted.index(child) for child in names if child in wanted]
                if places != sorted(places):
                    yield f"the children of {name} are out of order"


def _bodies(root: etree._Element) -> Iterator[str]:
    if any(body.find("a:p", NS) is None for body in find(root, "//p:txBody | //a:txBody")):
        yield "text body without a paragraph"


def _shape_ids(root: etree._Element) -> Iterator[str]:
    for value in sorted(repeated(find(root, "//p:cNvPr/@id"))):
        yield f"shape id {value} stands twice"


def _colours(root: etree._Element) -> Iterator[str]:
    for value in find(root, "//a:srgbClr/@val"):
        if not re.fullmatch("[0-9A-Fa-f]{6}", value):
            yield f"colour {value!r} is not six hex digits"


def _control(root: etree._Element) -> Iterator[str]:
    if _CONTROL.search("".join(map(str, root.itertext()))):
        yield "control character in the text"


def _languages(root: etree._Element) -> Iterator[str]:
    for value in find(root, "//@lang"):
        if not _LANG.fullmatch(value):
            yield f"{value!r} is no language"


def _axes(root: etree._Element) -> Iterator[str]:
    for value in find(root, "//c:axId/@val | //c:crossAx/@val"):
        if not value.isdigit():
            yield f"axis id {value} is not a number from 0 up"


# Every slide


def title_of(root: etree._Element) -> str:
    """The text of a slide's title placeholder."""
    path = "//p:sp[.//p:ph[@type='title' or @type='ctrTitle']]//a:t/text()"
    return "".join(find(root, path)).strip()


def _has_title(opened: Opened, name: str) -> Iterator[str]:
    if not title_of(opened.xml[name]):
        yield "no title"


def _known_placeholders(opened: Opened, name: str) -> Iterator[str]:
    layout = opened.layout_of(name)
    known = {place.get("idx", "0") for place in find(layout, "//p:ph")} if layout is not None else set()
    for place in find(opened.xml[name], "//p:ph"):
        if place.get("idx", "0") not in known:
            yield f"placeholder {place.get('idx')} is not on the layout"


def _filled_placeholders(opened: Opened, name: str) -> Iterator[str]:
    for shape in find(opened.xml[name], "//p:sp[.//p:ph]"):
        if not find(shape, ".//a:t/text() | .//a:fld"):
            yield f"placeholder {find(shape, './/p:cNvPr/@name')[0]!r} is empty"


def _animations(opened: Opened, name: str) -> Iterator[str]:
    root = opened.xml[name]
    shapes = set(find(root, "//p:cNvPr/@id"))
    for target in find(root, "//p:spTgt/@spid | //p:bldP/@spid"):
        if target not in shapes:
            yield f"an animation moves shape {target}, which is not there"
    if repeated(find(root, "//p:cTn/@id")):
        yield "an animation id stands twice"


def _alt_texts(opened: Opened, name: str) -> Iterator[str]:
    path = "/p:sld/p:cSld/p:spTree/*[self::p:pic or self::p:graphicFrame or self::p:grpSp]"
    for shape in find(opened.xml[name], path):
        properties = find(shape, "./*[1]/p:cNvPr")[0]
        if not properties.get("descr") and not find(properties, ".//adec:decorative[@val='1']"):
            yield f"{properties.get('name')!r} has no alternative text"


def _tables(opened: Opened, name: str) -> Iterator[str]:
    for table in find(opened.xml[name], "//a:tbl"):
        if not find(table, "./a:tblPr[@firstRow='1']"):
            yield "table without a header row"
        columns = len(find(table, "./a:tblGrid/a:gridCol"))
        if any(len(find(row, "./a:tc")) != columns for row in find(table, "./a:tr")):
            yield "a table row has more or fewer cells than the grid"


def _sizes(opened: Opened, name: str) -> Iterator[str]:
    """No text of a slide, none that falls back to its layout and no text of a chart under 18 pt; footers may be."""
    slide, layout = opened.xml[name], opened.layout_of(name)
    charts = [opened.xml.get(link.target) for link in opened.links[name].values() if link.kind == "chart"]
    own = "//a:rPr/@sz | //a:defRPr/@sz | //a:endParaRPr/@sz"
    found = [size for root in charts if root is not None for size in find(root, own)]
    for shape in find(slide, "/p:sld/p:cSld/p:spTree/*[not(p:nvSpPr/p:nvPr/p:ph[@type='ftr' or @type='sldNum'])]"):
        found += find(shape, f".{own.replace(' //', ' .//')}")
        found += _inherited(shape, layout) if layout is not None else ()
    for size in found:
        if int(size) < FLOOR:
            yield f"text of {int(size) / 100:g} pt"


def _inherited(shape: etree._Element, layout: etree._Element) -> Iterator[str]:
    """The sizes that the layout gives to those paragraphs of a placeholder that have none of their own."""
    for place in find(shape, "./p:nvSpPr/p:nvPr/p:ph"):
        same = f"@idx='{place.get('idx')}'" if place.get("idx") else "not(@idx)"
        for paragraph in find(shape, "./p:txBody/a:p[a:r[not(a:rPr/@sz)]]"):
            level = int((find(paragraph, "./a:pPr/@lvl") or ["0"])[0]) + 1
            style = f"p:txBody/a:lstStyle/a:lvl{level}pPr/a:defRPr/@sz"
            yield from find(layout, f"//p:sp[p:nvSpPr/p:nvPr/p:ph[{same}]]/{style}")


def _run_languages(opened: Opened, name: str) -> Iterator[str]:
    if find(opened.xml[name], "//a:r[not(a:rPr/@lang)]"):
        yield "text without a language"


def _inside(opened: Opened, name: str) -> Iterator[str]:
    """Every shape within the slide."""
    size = find(opened.presentation, "./p:sldSz")[0]
    width, height = int(size.get("cx")), int(size.get("cy"))
    for transform in find(opened.xml[name], "//a:xfrm | //p:xfrm"):
        off, ext = transform.find("a:off", NS), transform.find("a:ext", NS)
        if off is None or ext is None or transform.getparent().getparent().tag == f"{{{NS['p']}}}spTree":
            continue
        left, top, right, bottom = _extent(off, ext, int(transform.get("rot", 0)))
        if min(left, top) < -_TOLERANCE or right > width + _TOLERANCE or bottom > height + _TOLERANCE:
            shape = find(transform, "ancestor::*[./*[1]/p:cNvPr][1]/*[1]/p:cNvPr/@name")
            yield f"{shape[0] if shape else 'a shape'!r} stands off the slide"


def _extent(off: etree._Element, ext: etree._Element, rotation: int) -> tuple[float, float, float, float]:
    """The sides of a shape in EMU; a quarter turn swaps width and height about the centre."""
    x, y, w, h = (int(element.get(key, 0)) for element, key in ((off, "x"), (off, "y"), (ext, "cx"), (ext, "cy")))
    if 45 <= (rotation / 60_000) % 180 < 135:
        x, y, w, h = x + (w - h) // 2, y + (h - w) // 2, h, w
    return x, y, x + w, y + h


def _notes(opened: Opened, name: str) -> Iterator[str]:
    for link in opened.links[name].values():
        if link.kind == "notesSlide" and not "".join(find(opened.xml[link.target], "//a:t/text()")).strip():
            yield "its notes are empty"


PART: tuple[Callable[[etree._Element], Iterator[str]], ...] = (
    _order,
    _bodies,
    _shape_ids,
    _colours,
    _control,
    _languages,
    _axes,
)
EACH_SLIDE: tuple[Callable[[Opened, str], Iterator[str]], ...] = (
    _has_title,
    _known_placeholders,
    _filled_placeholders,
    _animations,
    _alt_texts,
    _tables,
    _sizes,
    _run_languages,
    _inside,
    _notes,
)
