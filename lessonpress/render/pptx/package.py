"""The zip of a deck: content types and relationships of the base, and bytes that never vary."""

from __future__ import annotations

import base64
import io
import re
import zipfile
from itertools import filterfalse
from typing import TYPE_CHECKING

from lxml import etree

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/"
_CORE_RELATION = _PACKAGE + "relationships/metadata/core-properties"
_PML = "application/vnd.openxmlformats-officedocument.presentationml."
_ODF = "application/vnd.openxmlformats-officedocument."

# What a part is, by the file name of the part without its number.
_TYPES = {
    "presentation": _PML + "presentation.main+xml",
    "slideMaster": _PML + "slideMaster+xml",
    "slideLayout": _PML + "slideLayout+xml",
    "notesMaster": _PML + "notesMaster+xml",
    "handoutMaster": _PML + "handoutMaster+xml",
    "presProps": _PML + "presProps+xml",
    "viewProps": _PML + "viewProps+xml",
    "tableStyles": _PML + "tableStyles+xml",
    "theme": _ODF + "theme+xml",
    "core": "application/vnd.openxmlformats-package.core-properties+xml",
    "app": _ODF + "extended-properties+xml",
}
LOGO_ID = "rIdLogo"
"""The relationship of a layout to the school's logo."""
_FIRST = ("[Content_Types].xml", "_rels/.rels")
_ZIP_DATE = (1980, 1, 1, 0, 0, 0)  # the earliest that a zip can hold
_CORE_DATE = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*(<)")


def assemble(parts: Mapping[str, bytes | str]) -> bytes:
    """Zip the parts of a base, pictures in base64, with the content types and relationships that their names imply."""
    files = {name: base64.b64decode(text) if _is_media(name) else _canonical(text) for name, text in parts.items()}
    files.update({_rels_name(owner): _rels(targets) for owner, targets in _relations(parts).items()})
    files["[Content_Types].xml"] = _content_types(parts)
    return write_zip(files)


def freeze(blob: bytes, revised: str) -> bytes:
    """The same package with its dates set to `revised` (YYYY-MM-DD), those of its workbooks too."""
    parts = read_zip(blob)
    stamp = f"{revised}T00:00:00Z".encode()
    for name, data in parts.items():
        if name.endswith(".xlsx"):
            parts[name] = freeze(data, revised)
        elif name == "docProps/core.xml":
            parts[name] = _CORE_DATE.sub(rb"\g<1>" + stamp + rb"\g<2>", data)
    return write_zip(parts)


def write_zip(parts: Mapping[str, bytes]) -> bytes:
    """Zip parts in one order, with one date, without attributes or a host system."""
    names = [name for name in _FIRST if name in parts] + sorted(set(parts) - set(_FIRST))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in names:
            info = zipfile.ZipInfo(name, _ZIP_DATE)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.create_system = 0
            info.external_attr = 0
            archive.writestr(info, parts[name], compresslevel=6)
    return out.getvalue()


def read_zip(blob: bytes) -> dict[str, bytes]:
    """The parts of a package by name; raises ValueError when a name stands twice."""
    with zipfile.ZipFile(io.BytesIO(blob)) as archive:
        names = archive.namelist()
        if len(names) != len(set(names)):
            raise ValueError("a part stands twice in the package")
        return {name: archive.read(name) for name in names}


def _canonical(text: bytes | str) -> bytes:
    """Parsed, so that a broken template fails here, and without the template's white space."""
    data = text.encode() if isinstance(text, str) else text
    root = etree.fromstring(data, etree.XMLParser(remove_blank_text=True, resolve_entities=False))
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _relations(parts: Iterable[str]) -> dict[str, list[tuple[str, str]]]:
    """Who refers to whom: owner to (kind, target). The order gives rId1, rId2..."""
    layouts = sorted((name for name in parts if "/slideLayouts/" in name), key=_number)
    relations = {
        "": [
            ("officeDocument", "ppt/presentation.xml"),
            (_CORE_RELATION, "docProps/core.xml"),
            ("extended-properties", "docProps/app.xml"),
        ],
        "ppt/presentation.xml": [
            ("slideMaster", "slideMasters/slideMaster1.xml"),
            ("notesMaster", "notesMasters/notesMaster1.xml"),
            ("handoutMaster", "handoutMasters/handoutMaster1.xml"),
            ("presProps", "presProps.xml"),
            ("viewProps", "viewProps.xml"),
            ("theme", "theme/theme1.xml"),
            ("tableStyles", "tableStyles.xml"),
        ],
        "ppt/slideMasters/slideMaster1.xml": [
            *(("slideLayout", f"../slideLayouts/{_leaf(name)}") for name in layouts),
            ("theme", "../theme/theme1.xml"),
        ],
        "ppt/notesMasters/notesMaster1.xml": [("theme", "../theme/theme2.xml")],
        "ppt/handoutMasters/handoutMaster1.xml": [("theme", "../theme/theme3.xml")],
    }
    master = [("slideMaster", "../slideMasters/slideMaster1.xml")]
    logos = [("image", f"../media/{_leaf(name)}") for name in parts if _is_media(name)]
    return relations | dict.fromkeys(layouts, master + logos)


def _rels(targets: Iterable[tuple[str, str]]) -> bytes:
    namespace = _PACKAGE + "relationships"
    root = _root(namespace, "Relationships")
    for n, (kind, target) in enumerate(targets, start=1):
        reltype = kind if kind.startswith("http") else _OFFICE + kind
        rid = LOGO_ID if kind == "image" else f"rId{n}"
        etree.SubElement(root, f"{{{namespace}}}Relationship", Id=rid, Type=reltype, Target=target)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _content_types(parts: Iterable[str]) -> bytes:
    namespace = _PACKAGE + "content-types"
    root = _root(namespace, "Types")
    rels = "application/vnd.openxmlformats-package.relationships+xml"
    pictures = [(name.rsplit(".", 1)[-1], f"image/{name.rsplit('.', 1)[-1]}") for name in parts if _is_media(name)]
    for extension, content_type in (("rels", rels), ("xml", "application/xml"), *pictures):
        etree.SubElement(root, f"{{{namespace}}}Default", Extension=extension, ContentType=content_type)
    for name in sorted(filterfalse(_is_media, parts)):
        kind = re.sub(r"\d*\.xml$", "", _leaf(name))
        etree.SubElement(root, f"{{{namespace}}}Override", PartName=f"/{name}", ContentType=_TYPES[kind])
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _root(namespace: str, name: str) -> etree._Element:
    """An element in a default namespace, which lxml's stubs do not know how to write."""
    return etree.fromstring(f'<{name} xmlns="{namespace}"/>')


def _is_media(name: str) -> bool:
    return name.startswith("ppt/media/")


def _leaf(name: str) -> str:
    return name.rsplit("/", 1)[-1]


def _number(name: str) -> int:
    return int(re.sub(r"\D", "", _leaf(name)))


def _rels_name(owner: str) -> str:
    folder, _, leaf = owner.rpartition("/")
    return f"{folder}/_rels/{leaf}.rels".lstrip("/")
