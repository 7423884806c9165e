"""A .pptx file laid open for checks: parts parsed, relationships resolved."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from lxml import etree

if TYPE_CHECKING:
    from collections.abc import Sequence

NS = {
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "p": "http://schemas.openxmlformats.org/presentationml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "c": "http://schemas.openxmlformats.org/drawingml/2006/chart",
    "p14": "http://schemas.microsoft.com/office/powerpoint/2010/main",
    "adec": "http://schemas.microsoft.com/office/drawing/2017/decorative",
}
_SLIDE = re.compile(r"ppt/slides/slide\d+\.xml")


@dataclass(frozen=True)
class Link:
    """A relationship: its kind, and the part it points to."""

    kind: str
    target: str
    external: bool


class Opened:
    """A package with its parts parsed and its relationships resolved."""

    def __init__(self, blob: bytes) -> None:
        with zipfile.ZipFile(io.BytesIO(blob)) as archive:
            self.names = archive.namelist()
            self.parts = {name: archive.read(name) for name in self.names}
        self.xml = {name: etree.fromstring(data) for name, data in self.parts.items() if name.endswith(".xml")}
        self.links = {name: self._read_links(name) for name in self.parts}
        self.slides = sorted(filter(_SLIDE.fullmatch, self.parts))
        self.presentation = self.xml["ppt/presentation.xml"]

    def _read_links(self, name: str) -> dict[str, Link]:
        folder, leaf = posixpath.split(name)
        path = posixpath.join(folder, "_rels", leaf + ".rels")
        found: dict[str, Link] = {}
        for element in etree.fromstring(self.parts[path]) if path in self.parts else ():
            external = element.get("TargetMode") == "External"
            target = element.get("Target", "")
            if not external:
                target = posixpath.normpath(posixpath.join("/" + folder, target)).lstrip("/")
            found[element.get("Id", "")] = Link(element.get("Type", "").rsplit("/", 1)[-1], target, external)
        return found

    def in_order(self) -> list[str]:
        """The slides as they are shown, which their names need not tell."""
        links = self.links["ppt/presentation.xml"]
        return [links[rid].target for rid in find(self.presentation, "//p:sldIdLst/p:sldId/@r:id")]

    def linked(self, name: str, kind: str) -> str:
        """The name of the first part of a kind that a part refers to, or an empty string."""
        return next((link.target for link in self.links.get(name, {}).values() if link.kind == kind), "")

    def layout_of(self, slide: str) -> etree._Element | None:
        """The layout part of a slide, or None."""
        return self.xml.get(self.linked(slide, "slideLayout"))


def find(element: etree._Element, path: str) -> list[Any]:
    """XPath with the prefixes of NS; a list, whatever it finds."""
    found = element.xpath(path, namespaces=NS)
    return found if isinstance(found, list) else []


def repeated(values: Sequence[str]) -> set[str]:
    """The values that stand more than once."""
    return {value for value in values if values.count(value) > 1}
