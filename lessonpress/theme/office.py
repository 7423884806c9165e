"""A PowerPoint file of a school, opened with care: it comes from colleagues and may be anything."""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from lxml import etree

from lessonpress.errors import LessonpressError

MAX_FILE = 100 * 2**20
"""The largest file that is opened, in bytes."""
MAX_WHOLE = 400 * 2**20
"""The largest sum of its parts, unpacked."""
MAX_PART = 100 * 2**20
"""The largest single part, unpacked; an XML part may have a tenth of it."""
MAX_PARTS = 4000

NS = {
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "p": "http://schemas.openxmlformats.org/presentationml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
}
TYPES = "[Content_Types].xml"
_SAVE_AS = "in PowerPoint choose Save As and the type PowerPoint Template (.potx) or PowerPoint Presentation (.pptx)"
_STRICT = b"purl.oclc.org/ooxml"
_OLD = b"\xd0\xcf\x11\xe0"  # the first bytes of .ppt, and of any file with a password to open it


class Refused(LessonpressError):
    """A file that cannot be the base of a deck; `hint` says how to save it so that it can."""

    def __init__(self, message: str, hint: str = _SAVE_AS) -> None:
        super().__init__(message)
        self.hint = hint


@dataclass(frozen=True)
class Link:
    """A relationship: its kind, and the part it points to."""

    kind: str
    target: str
    external: bool


@dataclass(frozen=True)
class Package:
    """The parts of an Office file by name, each of them well-formed; `main` names the presentation."""

    parts: Mapping[str, bytes]
    main: str

    def xml(self, name: str) -> etree._Element:
        """One part parsed; every call gives a tree of its own."""
        return parse(self.parts[name])

    def links(self, name: str) -> dict[str, Link]:
        """The relationships of a part by id."""
        return links(self.parts, name)

    def target(self, name: str, kind: str) -> str | None:
        """The first part that a part points to by a relationship of this kind, or None."""
        return next((link.target for link in self.links(name).values() if link.kind == kind), None)


def find(element: etree._Element, path: str) -> list[Any]:
    """XPath with the prefixes of NS; a list, whatever it finds."""
    found = element.xpath(path, namespaces=NS)
    return found if isinstance(found, list) else []


def parse(data: bytes) -> etree._Element:
    """XML without entities, external files or a network; raises XMLSyntaxError."""
    return etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))


def rels_name(owner: str) -> str:
    """The part that holds the relationships of a part; "" owns those of the package."""
    folder, leaf = posixpath.split(owner)
    return posixpath.join(folder, "_rels", leaf + ".rels")


def links(parts: Mapping[str, bytes], name: str) -> dict[str, Link]:
    """The relationships of a part by id, their targets as names of parts."""
    path, found = rels_name(name), {}
    for element in parse(parts[path]) if path in parts else ():
        external = element.get("TargetMode") == "External"
        target = element.get("Target", "")
        if not external:
            target = posixpath.normpath(posixpath.join("/" + posixpath.dirname(name), target)).lstrip("/")
        found[element.get("Id", "")] = Link(element.get("Type", "").rsplit("/", 1)[-1], target, external)
    return found


def open_package(data: bytes) -> Package:
    """The parts of a .pptx or .potx file.

    Raises Refused for what is too large, damaged, protected or of another format, and for
    macros, controls and Strict Open XML.
    """
    parts = _unpack(data)
    if TYPES not in parts or rels_name("") not in parts:
        raise Refused("this is not a PowerPoint file", _other_format(parts))
    for name, content in parts.items():
        if name.endswith((".xml", ".rels", ".vml")):
            _check_xml(name, content)
    _check_macros(parts)
    if _STRICT in parts[rels_name("")]:
        raise Refused(
            "this file is Strict Open XML, which few programs read",
            "in PowerPoint choose Save As and PowerPoint Presentation (.pptx), not the Strict type",
        )
    main = next((link.target for link in links(parts, "").values() if link.kind == "officeDocument"), "")
    root = parse(parts[main]) if main in parts and main.endswith(".xml") else None
    if root is None or root.tag != f"{{{NS['p']}}}presentation":
        raise Refused("this Office file holds no presentation")
    return Package(parts, main)


def _unpack(data: bytes) -> dict[str, bytes]:
    if len(data) > MAX_FILE:
        raise Refused(f"this file is larger than {MAX_FILE >> 20} MB", "compress its pictures, or delete its slides")
    if data.startswith(_OLD):
        raise Refused("this is an old .ppt file, or one with a password")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = [entry for entry in archive.infolist() if not entry.is_dir()]
            _check_entries(entries)
            return {entry.filename: archive.read(entry) for entry in entries}
    except (zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError, OSError) as error:
        raise Refused("this is not a PowerPoint file, or it is damaged") from error


def _check_entries(entries: list[zipfile.ZipInfo]) -> None:
    """Sizes as the zip declares them; zipfile reads no byte more than it declares."""
    names = [entry.filename for entry in entries]
    if len(set(names)) != len(names):
        raise Refused("this file holds a part twice")
    if any(name.startswith(("/", "\\")) or ".." in name.split("/") for name in names):
        raise Refused("this file names parts outside itself")
    too_large = any(e.file_size > (MAX_PART if not e.filename.endswith(".xml") else MAX_PART // 10) for e in entries)
    if too_large or len(entries) > MAX_PARTS or sum(entry.file_size for entry in entries) > MAX_WHOLE:
        raise Refused("this file unpacks to far more than a template holds", "delete its slides and large pictures")


def _check_xml(name: str, content: bytes) -> None:
    try:
        root: Any = parse(content)
    except etree.XMLSyntaxError as error:
        raise Refused(f"this file is damaged: {name} cannot be read") from error
    # No Office program writes one; it could grow without end when it is read.
    if root.getroottree().docinfo.doctype:
        raise Refused(f"this file is damaged: {name} declares a document type")


def _check_macros(parts: Mapping[str, bytes]) -> None:
    if b"macroEnabled" in parts[TYPES] or any(name.lower().endswith("vbaproject.bin") for name in parts):
        raise Refused("this file holds macros, which a deck must not carry")
    if any("/activeX/" in name for name in parts):
        raise Refused(
            "this file holds ActiveX controls, which a deck must not carry", "delete them, then save it again"
        )


def _other_format(parts: Mapping[str, bytes]) -> str:
    is_odf = b"opendocument" in parts.get("mimetype", b"")
    return "open it in LibreOffice and save it as PowerPoint (.pptx)" if is_odf else _SAVE_AS
