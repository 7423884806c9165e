"""The XML that python-pptx has no API for; each function edits one element in place."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any

from lxml import etree

from lessonpress.model.slide_layouts import Box
from lessonpress.model.slide_tokens import guid

if TYPE_CHECKING:
    from collections.abc import Sequence

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
NAMESPACES = {"a": A[1:-1], "p": P[1:-1], "r": R[1:-1], "c": C[1:-1]}
_P14 = "http://schemas.microsoft.com/office/powerpoint/2010/main"
_DECORATIVE = "http://schemas.microsoft.com/office/drawing/2017/decorative"
_SECTIONS_URI = "{521415D9-36F7-43E2-AB2F-B90AF26B5E84}"
_DECORATIVE_URI = "{C183D7F6-B498-43B3-948B-1728B52AA6E4}"
EMU_PER_CM = 360_000
EMU_PER_PT = 12_700
PANEL = 0.25
"""How far a panel reaches over what lies on it, in cm."""
_SIDES = {"x": "off/@x", "y": "off/@y", "cx": "ext/@cx", "cy": "ext/@cy"}


def emu(cm: float) -> int:
    """Centimetres as English Metric Units."""
    return round(cm * EMU_PER_CM)


def find(element: etree._Element, path: str) -> list[Any]:
    """XPath with the usual prefixes."""
    found = etree.XPath(path, namespaces=NAMESPACES)(element)
    return found if isinstance(found, list) else []


def properties_of(shape: etree._Element) -> etree._Element:
    """The p:cNvPr of a shape, picture, group, connector or graphic frame."""
    found: etree._Element = find(shape, "./*[1]/p:cNvPr")[0]
    return found


def describe(shape: etree._Element, name: str, alt: str = "") -> None:
    """Give a shape its name and, where it has any, its alternative text."""
    properties = properties_of(shape)
    properties.set("name", name)
    properties.set("descr", alt)
    if not alt:
        del properties.attrib["descr"]


def mark_decorative(shape: etree._Element) -> None:
    """Tell screen readers to pass a shape over."""
    properties = properties_of(shape)
    extensions = properties.find(A + "extLst")
    if extensions is None:
        extensions = etree.SubElement(properties, A + "extLst")
    extension = etree.SubElement(extensions, A + "ext", uri=_DECORATIVE_URI)
    mark = etree.SubElement(extension, f"{{{_DECORATIVE}}}decorative", nsmap={"adec": _DECORATIVE})
    mark.set("val", "1")


def next_id(tree: etree._Element) -> int:
    """A shape id that is still free on the slide."""
    return max(int(value) for value in find(tree, "//p:cNvPr/@id")) + 1


def add_shape(tree: etree._Element, points: Sequence[tuple[float, float]], colour: str, name: str) -> int:
    """A filled polygon without outline, marked as decorative; points in cm. The id of the shape."""
    number = next_id(tree)
    shape = etree.SubElement(tree, P + "sp")
    outer = etree.SubElement(shape, P + "nvSpPr")
    etree.SubElement(outer, P + "cNvPr", id=str(number), name=name)
    etree.SubElement(outer, P + "cNvSpPr")
    etree.SubElement(outer, P + "nvPr")
    properties = etree.SubElement(shape, P + "spPr")
    left, top = min(x for x, _ in points), min(y for _, y in points)
    box = Box(left, top, max(x for x, _ in points) - left, max(y for _, y in points) - top)
    place(etree.SubElement(properties, A + "xfrm"), box)
    add_outline(properties, [([(emu(x - left), emu(y - top)) for x, y in points], True)], emu(box.w), emu(box.h))
    fill = etree.SubElement(properties, A + "solidFill")
    etree.SubElement(fill, A + "schemeClr", val=colour)
    etree.SubElement(etree.SubElement(properties, A + "ln"), A + "noFill")
    mark_decorative(shape)
    return number


def add_bar(tree: etree._Element, box: Box, colour: str, name: str) -> int:
    """A filled rectangle without outline, marked as decorative: a line or a bar. The id of the shape."""
    return add_shape(
        tree, [(box.x, box.y), (box.right, box.y), (box.right, box.bottom), (box.x, box.bottom)], colour, name
    )


def add_outline(
    properties: etree._Element, subpaths: Sequence[tuple[Sequence[tuple[int, int]], bool]], width: int, height: int
) -> None:
    """A custom geometry of straight segments, in EMU from the shape's corner; True closes a subpath."""
    geometry = etree.SubElement(properties, A + "custGeom")
    for name in ("avLst", "gdLst", "ahLst", "cxnLst"):
        etree.SubElement(geometry, A + name)
    etree.SubElement(geometry, A + "rect", l="l", t="t", r="r", b="b")
    path = etree.SubElement(etree.SubElement(geometry, A + "pathLst"), A + "path", w=str(width), h=str(height))
    for points, closed in subpaths:
        for n, (x, y) in enumerate(points):
            segment = etree.SubElement(path, A + ("lnTo" if n else "moveTo"))
            etree.SubElement(segment, A + "pt", x=str(x), y=str(y))
        if closed:
            etree.SubElement(path, A + "close")


def place(transform: etree._Element, box: Box) -> None:
    """Write a box into an a:xfrm or a p:xfrm."""
    for child in list(transform):
        transform.remove(child)
    etree.SubElement(transform, A + "off", x=str(emu(box.x)), y=str(emu(box.y)))
    etree.SubElement(transform, A + "ext", cx=str(emu(box.w)), cy=str(emu(box.h)))


def square(properties: etree._Element) -> None:
    """Give a placeholder a plain rectangle in place of its layout's outline."""
    geometry = etree.SubElement(properties, A + "prstGeom", prst="rect")
    etree.SubElement(geometry, A + "avLst")


def copy_footers(slide: etree._Element, layout: etree._Element, master: etree._Element, text: str, lang: str) -> None:
    """Give a slide the footer and number of its layout, which python-pptx leaves out."""
    tree = find(slide, "./p:cSld/p:spTree")[0]
    for shape in find(layout, "./p:cSld/p:spTree/p:sp[p:nvSpPr/p:nvPr/p:ph[@type='ftr' or @type='sldNum']]"):
        new = copy.deepcopy(shape)
        is_footer = find(new, ".//p:ph/@type")[0] == "ftr"
        first, *others = find(new, "./p:txBody/a:p")
        if is_footer and not text:
            continue
        properties_of(new).set("id", str(next_id(tree)))
        _inherit_style(new, master)
        for other in [*others, *find(new, "./p:nvSpPr/p:cNvPr/a:extLst")]:
            other.getparent().remove(other)
        if is_footer or not find(first, "./a:fld"):
            _only_words(first, text if is_footer else "")
        for properties in find(new, ".//*[@lang]"):
            properties.set("lang", lang)
        tree.append(new)


def _inherit_style(shape: etree._Element, master: etree._Element) -> None:
    """Give a footer whose layout says nothing the style of its master: LibreOffice does not look so far."""
    kind = find(shape, ".//p:ph/@type")[0]
    theirs = find(master, f"./p:cSld/p:spTree/p:sp[p:nvSpPr/p:nvPr/p:ph[@type='{kind}']]/p:txBody/a:lstStyle[*]")
    for empty in find(shape, "./p:txBody/a:lstStyle[not(*)]") if theirs else ():
        empty.getparent().replace(empty, copy.deepcopy(theirs[0]))


def _only_words(paragraph: etree._Element, text: str) -> None:
    """Put text, or without any the number of the slide, where the prompt of a footer stands; keep its look."""
    looks = find(paragraph, "./*/a:rPr | ./a:endParaRPr")
    look = copy.deepcopy(looks[0]) if looks else etree.Element(A + "rPr")
    look.tag = A + "rPr"
    look.set("lang", "")
    for old in find(paragraph, "./a:r | ./a:br | ./a:fld"):
        paragraph.remove(old)
    words = etree.Element(A + "r") if text else etree.Element(A + "fld", id=guid("slide-number"), type="slidenum")
    words.append(look)
    etree.SubElement(words, A + "t").text = text or "‹#›"
    paragraph.insert(len(find(paragraph, "./a:pPr")), words)


def beside(placeholder: Any) -> Any:
    """A second placeholder before another, of the same place: what is put into it must then leave_place."""
    element = copy.deepcopy(placeholder._element)
    properties_of(element).set("id", str(next_id(placeholder._element)))
    placeholder._element.addprevious(element)
    return type(placeholder)(element, placeholder._parent)


def leave_place(shape: etree._Element) -> None:
    """Make a shape free of its placeholder where text has that place, or where only text may have it."""
    for place in find(shape, "./*[1]/p:nvPr/p:ph"):
        idx = place.get("idx", "0")
        shared = len(find(shape, f"..//p:ph[@idx='{idx}' or (not(@idx) and '{idx}'='0')]")) > 1
        if shared or place.get("type") in ("body", "subTitle"):
            place.getparent().remove(place)


def add_panel(shape: etree._Element, colour: str) -> None:
    """Lay a filled rectangle under a shape, a little larger than it."""
    transform = find(shape, "./p:xfrm | ./p:grpSpPr/a:xfrm | ./p:spPr/a:xfrm")[0]
    numbers = {name: int(find(transform, f"./a:{path}")[0]) for name, path in _SIDES.items()}
    left, top = (max(0.0, numbers[side] / EMU_PER_CM - PANEL) for side in ("x", "y"))
    width, height = (numbers[side] / EMU_PER_CM + 2 * PANEL for side in ("cx", "cy"))
    tree = shape.getparent()
    assert tree is not None
    add_bar(tree, Box(left, top, width, height), colour, "Panel")
    shape.addprevious(tree[-1])


def list_notes_master(part: Any) -> None:
    """Name the notes master in the presentation, which python-pptx leaves out and PowerPoint repairs."""
    root = part._element
    for relation in part.rels.values():
        if relation.reltype.endswith("/notesMaster") and root.find(P + "notesMasterIdLst") is None:
            listing = etree.Element(P + "notesMasterIdLst")
            etree.SubElement(listing, P + "notesMasterId").set(R + "id", relation.rId)
            root.find(P + "sldMasterIdLst").addnext(listing)


def add_sections(presentation: etree._Element, groups: Sequence[tuple[str, Sequence[int]]]) -> None:
    """Group slides, given by their ids, under names; every slide belongs to one group."""
    extensions = presentation.find(P + "extLst")
    if extensions is None:
        extensions = etree.SubElement(presentation, P + "extLst")
    extension = etree.SubElement(extensions, P + "ext", uri=_SECTIONS_URI)
    listing = etree.SubElement(extension, f"{{{_P14}}}sectionLst", nsmap={"p14": _P14})
    for n, (name, ids) in enumerate(groups):
        section = etree.SubElement(listing, f"{{{_P14}}}section", name=name, id=guid(f"section/{n}/{name}"))
        members = etree.SubElement(section, f"{{{_P14}}}sldIdLst")
        for slide_id in ids:
            etree.SubElement(members, f"{{{_P14}}}sldId", id=str(slide_id))


def mend_axis_ids(chart_space: etree._Element) -> None:
    """python-pptx writes negative axis ids; the schema wants numbers from 0 up."""
    known: dict[str, str] = {}
    for element in find(chart_space, ".//c:axId | .//c:crossAx"):
        element.set("val", known.setdefault(element.get("val"), str(111_111_101 + len(known))))
