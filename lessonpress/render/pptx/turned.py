"""Turn a finished deck round for a language that is written from right to left.

Slides are arranged as for English; here every shape takes the mirrored place, text begins at the
right and tables run from the right. A base that is written from right to left already keeps its
layouts. Drawings were turned when they were placed, so here they only move.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lxml import etree

from lessonpress.render.pptx.ooxml import A, P, find
from lessonpress.render.pptx.package import read_zip, write_zip

if TYPE_CHECKING:
    from collections.abc import Iterator

C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
ARABIC = "Arial"
"""What PowerPoint takes for letters of a complex script where the theme names no font for them."""
_PART = re.compile(
    r"ppt/(slides|slideLayouts|slideMasters|notesSlides|notesMasters|handoutMasters|charts|theme)/[^/]+\.xml"
)
_MASTER = "ppt/slideMasters/slideMaster1.xml"
_LEVEL = re.compile(r"lvl\dpPr|defPPr")
_SIDES = {"l": "r", "r": "l"}
_BEFORE_CS = ("latin", "ea")


def turned(data: bytes) -> bytes:
    """The package of a deck for a language that is written from right to left."""
    parts = read_zip(data)
    presentation = etree.fromstring(parts["ppt/presentation.xml"])
    width = int(find(presentation, "./p:sldSz/@cx")[0])
    is_turned = bool(find(etree.fromstring(parts[_MASTER]), "./p:txStyles/p:bodyStyle/a:lvl1pPr[@rtl='1']"))
    presentation.set("rtl", "1")
    _text(presentation, moved=False)
    parts["ppt/presentation.xml"] = _written(presentation)
    for name in list(parts):
        kind = found[1] if (found := _PART.fullmatch(name)) else ""
        if kind and not (is_turned and kind.startswith("slide") and kind != "slides"):
            root = etree.fromstring(parts[name])
            _part(root, kind, width, places=not is_turned)
            parts[name] = _written(root)
    return write_zip(parts)


def _part(root: etree._Element, kind: str, width: int, *, places: bool) -> None:
    if kind == "theme":
        for font in find(root, ".//a:fontScheme/*/a:cs[@typeface='']"):
            font.set("typeface", ARABIC)
    elif kind == "charts":
        _axes(root)
    else:
        if kind.startswith("slide") and places:
            for shape in find(root, "./p:cSld/p:spTree/*"):
                _move(shape, width, is_drawn=kind == "slides")
        _text(root, moved=kind.startswith("slide"))


def _move(shape: etree._Element, width: int, *, is_drawn: bool) -> None:
    """Put a shape into the mirrored place; one that is not the same on both sides is flipped."""
    for transform in find(shape, "./p:spPr/a:xfrm | ./p:grpSpPr/a:xfrm | ./p:xfrm"):
        off, ext = transform.find(A + "off"), transform.find(A + "ext")
        if off is None or ext is None or shape.tag == P + "grpSpPr":
            continue
        off.set("x", str(width - int(off.get("x", "0")) - int(ext.get("cx", "0"))))
        is_group = shape.tag == P + "grpSp"
        if (is_group and not is_drawn) or find(shape, "./p:spPr/a:custGeom | ./p:spPr/a:prstGeom[@prst!='rect']"):
            transform.set("flipH", "0" if transform.get("flipH") == "1" else "1")


def _text(root: etree._Element, *, moved: bool) -> None:
    """Text that begins at the right: bodies, levels, paragraphs, cells."""
    for body in root.iter(A + "bodyPr"):
        body.set("rtlCol", "1")
        if moved:
            _swap(body, "lIns", "rIns")
    for level in (element for element in root.iter(A + "*") if _LEVEL.fullmatch(etree.QName(element).localname)):
        _begin(level, level.get("algn") or ("l" if level.tag != A + "defPPr" else ""))
    for paragraph in root.iter(A + "p"):
        _paragraph(paragraph)
    for table in root.iter(A + "tblPr"):
        table.set("rtl", "1")
    for cell in root.iter(A + "tcPr"):
        _swap(cell, "marL", "marR")
    for properties in _runs(root):
        _complex(properties)


def _begin(element: etree._Element, align: str) -> None:
    element.set("rtl", "1")
    if align:
        element.set("algn", _SIDES.get(align, align))


def _paragraph(paragraph: etree._Element) -> None:
    properties = paragraph.find(A + "pPr")
    if properties is None:
        properties = etree.Element(A + "pPr")
        paragraph.insert(0, properties)
    properties.set("rtl", "1")
    # A label of a drawing says its side, and is turned; what has no placeholder above it says none.
    inherits = any(
        ancestor.find(f"./{P}nvSpPr/{P}nvPr/{P}ph") is not None for ancestor in paragraph.iterancestors(P + "sp")
    )
    if not inherits and properties.get("algn") is None:
        properties.set("algn", "r")
    _number(paragraph, properties)


def _number(paragraph: etree._Element, properties: etree._Element) -> None:
    """The number before a tab becomes a real list marker: LibreOffice gives tabs from the right no width."""
    runs = paragraph.findall(A + "r")
    texts = [run.findtext(A + "t") or "" for run in runs]
    if len(runs) > 2 and texts[1] == "\t":
        text, gone = texts[0], runs[:2]
    elif texts and texts[0].endswith("\t"):
        text, gone = texts[0].rstrip("\t."), runs[:1]
    else:
        return
    for none in properties.findall(A + "buNone"):
        properties.remove(none)
    style = runs[0].find(A + "rPr")
    if style is not None:
        _marker_style(style, properties)
    if text.isdecimal():
        marker = etree.SubElement(properties, A + "buAutoNum", type="arabicPlain")
        if text != "1":
            marker.set("startAt", text)
    else:
        etree.SubElement(properties, A + "buChar", char=text[0])
    for run in gone:
        paragraph.remove(run)


def _marker_style(style: etree._Element, properties: etree._Element) -> None:
    """Colour, size and font of a marker as of the run that it was."""
    for colour in style.iterfind(f"{A}solidFill/*"):
        etree.SubElement(properties, A + "buClr").append(colour)
    if size := style.get("sz"):
        etree.SubElement(properties, A + "buSzPts", val=size)
    for font in style.findall(A + "latin"):
        etree.SubElement(properties, A + "buFont", typeface=font.get("typeface", "+mn-lt"))


def _runs(root: etree._Element) -> Iterator[etree._Element]:
    for name in ("defRPr", "rPr"):
        yield from root.iter(A + name)


def _complex(properties: etree._Element) -> None:
    """A font of its own for Latin letters says nothing of Arabic ones: these take the theme's."""
    if properties.find(A + "latin") is None or properties.find(A + "cs") is not None:
        return
    last = [child for child in properties if etree.QName(child).localname in _BEFORE_CS][-1]
    last.addnext(etree.Element(A + "cs", typeface="+mn-cs"))


def _axes(chart: etree._Element) -> None:
    """A chart that begins at the right: the axis that lies runs to the left."""
    lying = "valAx" if find(chart, ".//c:barDir[@val='bar']") else "catAx"
    for scaling in chart.iterfind(f".//{C}{lying}/{C}scaling"):
        orientation = scaling.find(C + "orientation")
        if orientation is None:
            orientation = etree.Element(C + "orientation")
            scaling.insert(0, orientation)
        orientation.set("val", "maxMin")


def _swap(element: etree._Element, left: str, right: str) -> None:
    values = element.get(left), element.get(right)
    for name, value in zip((right, left), values, strict=True):
        if value is not None:
            element.set(name, value)
        elif name in element.attrib:
            del element.attrib[name]


def _written(root: etree._Element) -> bytes:
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
