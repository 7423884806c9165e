"""Checks of a made .pptx that need neither PowerPoint nor .NET.

Many faults that make PowerPoint offer a "repair" pass Microsoft's own schema validator;
these checks and that validator together see all that we know of.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from lxml import etree

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

NS = {
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "p": "http://schemas.openxmlformats.org/presentationml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "c": "http://schemas.openxmlformats.org/drawingml/2006/chart",
    "p14": "http://schemas.microsoft.com/office/powerpoint/2010/main",
    "adec": "http://schemas.microsoft.com/office/drawing/2017/decorative",
}
ORDER = {
    "sld": ("cSld", "clrMapOvr", "transition", "timing", "extLst"),
    "presentation": ("sldMasterIdLst", "notesMasterIdLst", "handoutMasterIdLst", "sldIdLst", "sldSz", "notesSz"),
    "fmtScheme": ("fillStyleLst", "lnStyleLst", "effectStyleLst", "bgFillStyleLst"),
}
FLOOR = 1800  # hundredths of a point
_GUID = re.compile(r"\{[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}\}")
_LANG = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_CONTROL = re.compile(r"_x00[01][0-9A-F]_")
_SLIDE = re.compile(r"ppt/slides/slide\d+\.xml")
_TOLERANCE = 3_600  # EMU, a hundredth of a centimetre


@dataclass(frozen=True)
class _Link:
    kind: str
    target: str
    external: bool


class _Opened:
    """A package with its parts parsed and its relationships resolved."""

    def __init__(self, blob: bytes) -> None:
        with zipfile.ZipFile(io.BytesIO(blob)) as archive:
            self.names = archive.namelist()
            self.parts = {name: archive.read(name) for name in self.names}
        self.xml = {name: etree.fromstring(data) for name, data in self.parts.items() if name.endswith(".xml")}
        self.links = {name: self._read_links(name) for name in self.parts}
        self.slides = sorted(filter(_SLIDE.fullmatch, self.parts))
        self.presentation = self.xml["ppt/presentation.xml"]

    def _read_links(self, name: str) -> dict[str, _Link]:
        folder, leaf = posixpath.split(name)
        path = posixpath.join(folder, "_rels", leaf + ".rels")
        found: dict[str, _Link] = {}
        for element in etree.fromstring(self.parts[path]) if path in self.parts else ():
            external = element.get("TargetMode") == "External"
            target = element.get("Target", "")
            if not external:
                target = posixpath.normpath(posixpath.join("/" + folder, target)).lstrip("/")
            found[element.get("Id", "")] = _Link(element.get("Type", "").rsplit("/", 1)[-1], target, external)
        return found

    def layout_of(self, slide: str) -> etree._Element | None:
        """The layout part of a slide, or None."""
        names = (link.target for link in self.links[slide].values() if link.kind == "slideLayout")
        return self.xml.get(next(names, ""))


def check(blob: bytes) -> list[str]:
    """Every fault found in a .pptx file, each named by its part."""
    opened = _Opened(blob)
    package = [fault for one in _PACKAGE for fault in one(opened)]
    parts = [f"{name}: {fault}" for name, root in opened.xml.items() for one in _PART for fault in one(root)]
    slides = [f"{name}: {fault}" for name in opened.slides for one in _EACH_SLIDE for fault in one(opened, name)]
    return package + parts + slides


def _find(element: etree._Element, path: str) -> list[Any]:
    found = element.xpath(path, namespaces=NS)
    return found if isinstance(found, list) else []


def _repeated(values: Sequence[str]) -> set[str]:
    return {value for value in values if values.count(value) > 1}


# The package


def _names(opened: _Opened) -> Iterator[str]:
    for name in sorted(_repeated(opened.names)):
        yield f"{name}: stands twice in the zip"


def _content_types(opened: _Opened) -> Iterator[str]:
    types = opened.xml["[Content_Types].xml"]
    named = {element.get("PartName") for element in types}
    extensions = {element.get("Extension") for element in types}
    for name in opened.parts:
        needs_own = name.startswith(("ppt/", "docProps/")) and name.endswith(".xml")
        if f"/{name}" not in named and (needs_own or name.rsplit(".", 1)[-1] not in extensions):
            yield f"{name}: has no content type"


def _targets(opened: _Opened) -> Iterator[str]:
    for name, links in opened.links.items():
        for rid, link in links.items():
            if not link.external and link.target not in opened.parts:
                yield f"{name}: {rid} points to {link.target}, which is not there"


def _references(opened: _Opened) -> Iterator[str]:
    for name, root in opened.xml.items():
        for rid in _find(root, "//@r:id | //@r:embed | //@r:link"):
            if rid and rid not in opened.links[name]:
                yield f"{name}: {rid} is no relationship"


def _themes(opened: _Opened) -> Iterator[str]:
    """Masters may not share a theme part, and a theme must be whole."""
    masters = [links for name, links in opened.links.items() if "Masters/" in name]
    owned = [link.target for links in masters for link in links.values() if link.kind == "theme"]
    for target in sorted(_repeated(owned)):
        yield f"{target}: is shared by two masters"
    for name, root in opened.xml.items():
        if name.startswith("ppt/theme/"):
            yield from _theme(name, root)


def _theme(name: str, root: etree._Element) -> Iterator[str]:
    scheme = _find(root, "//a:fmtScheme")
    if not scheme:
        yield f"{name}: has no fmtScheme"
    for child in scheme[0] if scheme else ():
        if len(child) < 3:
            yield f"{name}: {etree.QName(child).localname} has {len(child)} entries, it needs three"


def _masters(opened: _Opened) -> Iterator[str]:
    kinds = {link.kind for link in opened.links["ppt/presentation.xml"].values()}
    for kind in ("notesMaster", "handoutMaster"):
        if kind in kinds and opened.presentation.find(f"p:{kind}IdLst", NS) is None:
            yield f"ppt/presentation.xml: {kind}IdLst is missing"
    ids = [i for root in opened.xml.values() for i in _find(root, "//p:sldMasterId/@id | //p:sldLayoutId/@id")]
    if _repeated(ids):
        yield "ppt/presentation.xml: masters and layouts share an id"


def _slide_ids(opened: _Opened) -> Iterator[str]:
    ids = _find(opened.presentation, "//p:sldIdLst/p:sldId/@id")
    if any(not 256 <= int(i) < 2**31 for i in ids):
        yield "ppt/presentation.xml: slide id out of range"
    listed = _find(opened.presentation, "//p14:sldId/@id")
    if _find(opened.presentation, "//p14:sectionLst") and sorted(listed) != sorted(ids):
        yield "ppt/presentation.xml: the sections do not list every slide once"
    if not all(map(_GUID.fullmatch, _find(opened.presentation, "//p14:section/@id"))):
        yield "ppt/presentation.xml: a section id is no GUID"


def _titles(opened: _Opened) -> Iterator[str]:
    titles = [_title(opened.xml[name]) for name in opened.slides]
    for title in sorted(_repeated(titles) - {""}):
        yield f"ppt/presentation.xml: two slides have the title {title!r}"


def _properties(opened: _Opened) -> Iterator[str]:
    core = opened.xml["docProps/core.xml"]
    for name in ("title", "language"):
        if not (core.findtext(f"{{http://purl.org/dc/elements/1.1/}}{name}") or "").strip():
            yield f"docProps/core.xml: no {name}"


# Any part


def _order(root: etree._Element) -> Iterator[str]:
    for name, wanted in ORDER.items():
        for element in [root, *_find(root, f"//a:{name}")]:
            if etree.QName(element).localname == name:
                names = [etree.QName(child).localname for child in element]
                places = [wanted.index(child) for child in names if child in wanted]
                if places != sorted(places):
                    yield f"the children of {name} are out of order"


def _bodies(root: etree._Element) -> Iterator[str]:
    if any(body.find("a:p", NS) is None for body in _find(root, "//p:txBody | //a:txBody")):
        yield "text body without a paragraph"


def _shape_ids(root: etree._Element) -> Iterator[str]:
    for value in sorted(_repeated(_find(root, "//p:cNvPr/@id"))):
        yield f"shape id {value} stands twice"


def _colours(root: etree._Element) -> Iterator[str]:
    for value in _find(root, "//a:srgbClr/@val"):
        if not re.fullmatch("[0-9A-Fa-f]{6}", value):
            yield f"colour {value!r} is not six hex digits"


def _control(root: etree._Element) -> Iterator[str]:
    if _CONTROL.search("".join(map(str, root.itertext()))):
        yield "control character in the text"


def _languages(root: etree._Element) -> Iterator[str]:
    for value in _find(root, "//@lang"):
        if not _LANG.fullmatch(value):
            yield f"{value!r} is no language"


def _axes(root: etree._Element) -> Iterator[str]:
    for value in _find(root, "//c:axId/@val | //c:crossAx/@val"):
        if not value.isdigit():
            yield f"axis id {value} is not a number from 0 up"


# Every slide


def _title(root: etree._Element) -> str:
    path = "//p:sp[.//p:ph[@type='title' or @type='ctrTitle']]//a:t/text()"
    return "".join(_find(root, path)).strip()


def _has_title(opened: _Opened, name: str) -> Iterator[str]:
    if not _title(opened.xml[name]):
        yield "no title"


def _known_placeholders(opened: _Opened, name: str) -> Iterator[str]:
    layout = opened.layout_of(name)
    known = {place.get("idx", "0") for place in _find(layout, "//p:ph")} if layout is not None else set()
    for place in _find(opened.xml[name], "//p:ph"):
        if place.get("idx", "0") not in known:
            yield f"placeholder {place.get('idx')} is not on the layout"


def _filled_placeholders(opened: _Opened, name: str) -> Iterator[str]:
    for shape in _find(opened.xml[name], "//p:sp[.//p:ph]"):
        if not _find(shape, ".//a:t/text() | .//a:fld"):
            yield f"placeholder {_find(shape, './/p:cNvPr/@name')[0]!r} is empty"


def _animations(opened: _Opened, name: str) -> Iterator[str]:
    root = opened.xml[name]
    shapes = set(_find(root, "//p:cNvPr/@id"))
    for target in _find(root, "//p:spTgt/@spid | //p:bldP/@spid"):
        if target not in shapes:
            yield f"an animation moves shape {target}, which is not there"
    if _repeated(_find(root, "//p:cTn/@id")):
        yield "an animation id stands twice"


def _alt_texts(opened: _Opened, name: str) -> Iterator[str]:
    path = "/p:sld/p:cSld/p:spTree/*[self::p:pic or self::p:graphicFrame or self::p:grpSp]"
    for shape in _find(opened.xml[name], path):
        properties = _find(shape, "./*[1]/p:cNvPr")[0]
        if not properties.get("descr") and not _find(properties, ".//adec:decorative[@val='1']"):
            yield f"{properties.get('name')!r} has no alternative text"


def _tables(opened: _Opened, name: str) -> Iterator[str]:
    for table in _find(opened.xml[name], "//a:tbl"):
        if not _find(table, "./a:tblPr[@firstRow='1']"):
            yield "table without a header row"
        columns = len(_find(table, "./a:tblGrid/a:gridCol"))
        if any(len(_find(row, "./a:tc")) != columns for row in _find(table, "./a:tr")):
            yield "a table row has more or fewer cells than the grid"


def _sizes(opened: _Opened, name: str) -> Iterator[str]:
    """No run, no level of the layout it falls back to and no chart text under 18 pt."""
    parts = [opened.xml[name], opened.layout_of(name)]
    parts += [opened.xml.get(link.target) for link in opened.links[name].values() if link.kind == "chart"]
    for root in parts:
        for size in _find(root, "//a:rPr/@sz | //a:defRPr/@sz | //a:endParaRPr/@sz") if root is not None else ():
            if int(size) < FLOOR:
                yield f"text of {int(size) / 100:g} pt"


def _run_languages(opened: _Opened, name: str) -> Iterator[str]:
    if _find(opened.xml[name], "//a:r[not(a:rPr/@lang)]"):
        yield "text without a language"


def _inside(opened: _Opened, name: str) -> Iterator[str]:
    """Every shape within the slide."""
    size = _find(opened.presentation, "./p:sldSz")[0]
    width, height = int(size.get("cx")), int(size.get("cy"))
    for transform in _find(opened.xml[name], "//a:xfrm[not(ancestor::p:cSld/p:spTree/p:grpSpPr)] | //p:xfrm"):
        off, ext = transform.find("a:off", NS), transform.find("a:ext", NS)
        if off is None or ext is None or transform.getparent().getparent().tag == f"{{{NS['p']}}}spTree":
            continue
        left, top, right, bottom = _extent(off, ext, int(transform.get("rot", 0)))
        if min(left, top) < -_TOLERANCE or right > width + _TOLERANCE or bottom > height + _TOLERANCE:
            shape = _find(transform, "ancestor::*[./*[1]/p:cNvPr][1]/*[1]/p:cNvPr/@name")
            yield f"{shape[0] if shape else 'a shape'!r} stands off the slide"


def _extent(off: etree._Element, ext: etree._Element, rotation: int) -> tuple[float, float, float, float]:
    """The sides of a shape in EMU; a quarter turn swaps width and height about the centre."""
    x, y, w, h = (int(element.get(key, 0)) for element, key in ((off, "x"), (off, "y"), (ext, "cx"), (ext, "cy")))
    if 45 <= (rotation / 60_000) % 180 < 135:
        x, y, w, h = x + (w - h) // 2, y + (h - w) // 2, h, w
    return x, y, x + w, y + h


def _notes(opened: _Opened, name: str) -> Iterator[str]:
    for link in opened.links[name].values():
        if link.kind == "notesSlide" and not "".join(_find(opened.xml[link.target], "//a:t/text()")).strip():
            yield "its notes are empty"


_PACKAGE: tuple[Callable[[_Opened], Iterator[str]], ...] = (
    _names,
    _content_types,
    _targets,
    _references,
    _themes,
    _masters,
    _slide_ids,
    _titles,
    _properties,
)
_PART: tuple[Callable[[etree._Element], Iterator[str]], ...] = (
    _order,
    _bodies,
    _shape_ids,
    _colours,
    _control,
    _languages,
    _axes,
)
_EACH_SLIDE: tuple[Callable[[_Opened, str], Iterator[str]], ...] = (
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
