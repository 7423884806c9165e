"""Checks of a made .pptx that need neither PowerPoint nor .NET.

Many faults that make PowerPoint offer a "repair" pass Microsoft's own schema validator;
these checks and that validator together see all that we know of.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lxml import etree

from lessonpress.render.pptx.opened import NS, Opened, find, repeated
from lessonpress.render.pptx.slide_checks import EACH_SLIDE, PART, title_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_GUID = re.compile(r"\{[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}\}")


def check(blob: bytes) -> list[str]:
    """Every fault found in a .pptx file, each named by its part."""
    opened = Opened(blob)
    package = [fault for one in _PACKAGE for fault in one(opened)]
    parts = [f"{name}: {fault}" for name, root in opened.xml.items() for one in PART for fault in one(root)]
    slides = [f"{name}: {fault}" for name in opened.slides for one in EACH_SLIDE for fault in one(opened, name)]
    return package + parts + slides


# The package


def _names(opened: Opened) -> Iterator[str]:
    for name in sorted(repeated(opened.names)):
        yield f"{name}: stands twice in the zip"


def _content_types(opened: Opened) -> Iterator[str]:
    types = opened.xml["[Content_Types].xml"]
    named = {element.get("PartName") for element in types}
    extensions = {element.get("Extension") for element in types}
    for name in opened.parts:
        needs_own = name.startswith(("ppt/", "docProps/")) and name.endswith(".xml")
        if f"/{name}" not in named and (needs_own or name.rsplit(".", 1)[-1] not in extensions):
            yield f"{name}: has no content type"


def _targets(opened: Opened) -> Iterator[str]:
    for name, links in opened.links.items():
        for rid, link in links.items():
            if not link.external and link.target not in opened.parts:
                yield f"{name}: {rid} points to {link.target}, which is not there"


def _references(opened: Opened) -> Iterator[str]:
    for name, root in opened.xml.items():
        for rid in find(root, "//@r:id | //@r:embed | //@r:link"):
            if rid and rid not in opened.links[name]:
                yield f"{name}: {rid} is no relationship"


def _themes(opened: Opened) -> Iterator[str]:
    """Masters may not share a theme part, and a theme must be whole."""
    masters = [links for name, links in opened.links.items() if "Masters/" in name]
    owned = [link.target for links in masters for link in links.values() if link.kind == "theme"]
    for target in sorted(repeated(owned)):
        yield f"{target}: is shared by two masters"
    for name, root in opened.xml.items():
        if name.startswith("ppt/theme/"):
            yield from _theme(name, root)


def _theme(name: str, root: etree._Element) -> Iterator[str]:
    scheme = find(root, "//a:fmtScheme")
    if not scheme:
        yield f"{name}: has no fmtScheme"
    for child in scheme[0] if scheme else ():
        if len(child) < 3:
            yield f"{name}: {etree.QName(child).localname} has {len(child)} entries, it needs three"


def _masters(opened: Opened) -> Iterator[str]:
    kinds = {link.kind for link in opened.links["ppt/presentation.xml"].values()}
    for kind in ("notesMaster", "handoutMaster"):
        if kind in kinds and opened.presentation.find(f"p:{kind}IdLst", NS) is None:
            yield f"ppt/presentation.xml: {kind}IdLst is missing"
    ids = [i for root in opened.xml.values() for i in find(root, "//p:sldMasterId/@id | //p:sldLayoutId/@id")]
    if repeated(ids):
        yield "ppt/presentation.xml: masters and layouts share an id"


def _slide_ids(opened: Opened) -> Iterator[str]:
    ids = find(opened.presentation, "//p:sldIdLst/p:sldId/@id")
    if any(not 256 <= int(i) < 2**31 for i in ids):
        yield "ppt/presentation.xml: slide id out of range"
    listed = find(opened.presentation, "//p14:sldId/@id")
    if find(opened.presentation, "//p14:sectionLst") and sorted(listed) != sorted(ids):
        yield "ppt/presentation.xml: the sections do not list every slide once"
    if not all(map(_GUID.fullmatch, find(opened.presentation, "//p14:section/@id"))):
        yield "ppt/presentation.xml: a section id is no GUID"


def _titles(opened: Opened) -> Iterator[str]:
    titles = [title_of(opened.xml[name]) for name in opened.slides]
    for title in sorted(repeated(titles) - {""}):
        yield f"ppt/presentation.xml: two slides have the title {title!r}"


def _properties(opened: Opened) -> Iterator[str]:
    core = opened.xml["docProps/core.xml"]
    for name in ("title", "language"):
        if not (core.findtext(f"{{http://purl.org/dc/elements/1.1/}}{name}") or "").strip():
            yield f"docProps/core.xml: no {name}"


_PACKAGE: tuple[Callable[[Opened], Iterator[str]], ...] = (
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
