"""A school's file made into an empty deck: no slides, no links to the outside, everything in its place."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable

from lxml import etree

from lessonpress.compose.school.prompts import lift_prompts
from lessonpress.theme.office import NS, TYPES, Link, Package, find, parse, rels_name

A, P, R = (f"{{{NS[prefix]}}}" for prefix in "apr")
_MAIN = "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"
_TABLES = "application/vnd.openxmlformats-officedocument.presentationml.tableStyles+xml"
_OFFICE = NS["r"] + "/"
_RELATIONS = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_CONTENT = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_SECTIONS = "{521415D9-36F7-43E2-AB2F-B90AF26B5E84}"
_KEPT = {
    "": {"officeDocument", "core-properties"},
    "presentation": {
        *("slideMaster", "notesMaster", "handoutMaster", "theme"),
        *("presProps", "viewProps", "tableStyles", "font"),
    },
}
_INSIDE = frozenset({"slideLayout", "slideMaster", "theme", "image", "hdphoto"})
"""What masters and layouts may point to; objects, sounds and custom data stay behind."""
_FREE_IDX = range(20, 1000)


def clean(package: Package) -> Package:
    """The package without slides, sections, shows, links to the outside and properties of its author.

    Every placeholder of a layout gets a number of its own, and prompts that carry the look become styles.
    """
    parts = dict(package.parts)
    main = package.main
    _keep(parts, "", _KEPT[""])
    _keep(parts, main, _KEPT["presentation"])
    _clean_presentation(parts, main)
    lifted = _needs_lifting(Package(parts, main))
    for name in list(parts):
        folder = posixpath.dirname(name)
        if folder.endswith(("slideMasters", "slideLayouts", "notesMasters", "handoutMasters", "theme")):
            _keep(parts, name, _INSIDE)
        if folder.endswith("slideLayouts"):
            root = parse(parts[name])
            _renumber(root)
            if lifted:
                lift_prompts(root, _master_of(parts, name))
            parts[name] = _written(root)
        if folder.endswith("slideMasters"):
            parts[name] = _one_of_each(parts[name])
        if folder.endswith(("slideMasters", "slideLayouts")):
            parts[name] = _unique_ids(parts[name])
    parts[TYPES] = _content_types(parts, {main: _MAIN})
    return Package(parts, main)


def _needs_lifting(package: Package) -> bool:
    """Whether the masters have no text styles, as in files that LibreOffice wrote."""
    masters = [package.xml(link.target) for link in package.links(package.main).values() if link.kind == "slideMaster"]
    return not any(find(master, "./p:txStyles//a:defRPr/@sz") for master in masters)


def _master_of(parts: dict[str, bytes], layout: str) -> etree._Element:
    name = Package(parts, "").target(layout, "slideMaster")
    return parse(parts[name or ""])


def _keep(parts: dict[str, bytes], name: str, kinds: Iterable[str]) -> None:
    """Drop the relationships of a part that are of no other kind, with whatever refers to them."""
    path = rels_name(name)
    if path not in parts:
        return
    root, known = parse(parts[path]), Package(parts, "").links(name)
    gone = {rid for rid, link in known.items() if not _may_stay(link, kinds, parts)}
    for element in root:
        if element.get("Id") in gone:
            root.remove(element)
    parts[path] = _written(root)
    if gone and name:
        owner = parse(parts[name])
        _unlink(owner, gone)
        parts[name] = _written(owner)


def _may_stay(link: Link, kinds: Iterable[str], parts: dict[str, bytes]) -> bool:
    return not link.external and link.kind in kinds and link.target in parts


def _unlink(root: etree._Element, gone: set[str]) -> None:
    """Take out what names a dropped relationship: a picture loses its link, all else goes whole."""
    for element in list(root.iter()):
        names = [name for name, value in element.attrib.items() if str(name).startswith(R) and value in gone]
        if names and etree.QName(element).localname == "blip":
            for name in names:
                del element.attrib[name]
        elif names:
            frames = find(element, "ancestor-or-self::p:graphicFrame | ancestor-or-self::p:controls")
            target = frames[0] if frames else element
            parent = target.getparent()
            if parent is not None:
                parent.remove(target)


def _clean_presentation(parts: dict[str, bytes], main: str) -> None:
    root = parse(parts[main])
    for name in ("sldIdLst", "custShowLst", "custDataLst", "modifyVerifier", "photoAlbum"):
        for element in root.findall(P + name):
            root.remove(element)
    for extension in find(root, f"./p:extLst/p:ext[@uri='{_SECTIONS}']"):
        extension.getparent().remove(extension)
    for empty in find(root, "./p:extLst[not(*)]"):
        root.remove(empty)
    parts[main] = _written(root)


def _renumber(layout: etree._Element) -> None:
    """LibreOffice numbers every placeholder 0; with no slides left each may have a number of its own."""
    seen: set[int] = set()
    for place in find(layout, "./p:cSld/p:spTree//p:nvPr/p:ph"):
        idx = int(place.get("idx", "0"))
        if idx in seen:
            idx = next(free for free in _FREE_IDX if free not in seen)
            place.set("idx", str(idx))
        seen.add(idx)


def _one_of_each(master: bytes) -> bytes:
    """A master has one place of each type; LibreOffice may write a second one, for text that stands upright."""
    root = parse(master)
    seen: set[str] = set()
    for shape in find(root, "./p:cSld/p:spTree/p:sp[p:nvSpPr/p:nvPr/p:ph/@type]"):
        kind = find(shape, "./p:nvSpPr/p:nvPr/p:ph/@type")[0]
        if kind in seen:
            shape.getparent().remove(shape)
        seen.add(kind)
    return _written(root)


def _unique_ids(part: bytes) -> bytes:
    """LibreOffice also repeats the ids of shapes; PowerPoint wants each once in a part."""
    root = parse(part)
    seen: set[int] = set()
    properties = find(root, "//p:cNvPr")
    last = max((int(one.get("id", "0")) for one in properties), default=0)
    for one in properties:
        if int(one.get("id", "0")) in seen:
            last += 1
            one.set("id", str(last))
        seen.add(int(one.get("id", "0")))
    return _written(root)


def with_table_style(package: Package, style: str) -> Package:
    """The package with our table style, XML of a tableStyles part, among its own."""
    parts, main, ours = dict(package.parts), package.main, parse(style.encode())
    name = package.target(main, "tableStyles")
    if name is not None:
        root = parse(parts[name])
        known = {style.get("styleId") for style in root}
        root.extend(style for style in list(ours) if style.get("styleId") not in known)
        parts[name] = _written(root)
        return Package(parts, main)
    name = posixpath.join(posixpath.dirname(main), "tableStyles.xml")
    parts[name] = _written(ours)
    root = parse(parts[rels_name(main)])
    attributes = {"Id": "rIdTables", "Type": _OFFICE + "tableStyles", "Target": "/" + name}
    etree.SubElement(root, _RELATIONS + "Relationship", attributes)
    parts[rels_name(main)] = _written(root)
    parts[TYPES] = _content_types(parts, {name: _TABLES})
    return Package(parts, main)


def _content_types(parts: dict[str, bytes], types: dict[str, str]) -> bytes:
    """The content types with those of some parts set anew: a template becomes a presentation."""
    root = parse(parts[TYPES])
    for element in root.findall(_CONTENT + "Override"):
        if element.get("PartName", "")[1:] in types:
            root.remove(element)
    for name, kind in types.items():
        etree.SubElement(root, _CONTENT + "Override", PartName=f"/{name}", ContentType=kind)
    return _written(root)


def _written(root: etree._Element) -> bytes:
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
