"""A school's PowerPoint file: what is opened, and what is refused with a way out."""

from __future__ import annotations

import io
import zipfile

import pytest

from lessonpress.theme import office
from lessonpress.theme.office import Refused, links, open_package
from tests.school_files import MAIN, TYPES, Change, file, layout, swap, zipped

MAIN_TYPE = "presentationml.presentation.main"
BOMB = '<!DOCTYPE p [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><p>&b;</p>'


def test_a_template_is_opened() -> None:
    """Every part is there, and the presentation is found by its relationship."""
    package = open_package(file())
    assert package.main == MAIN
    assert layout(2) in package.parts
    assert package.target(layout(2), "slideMaster") == "ppt/slideMasters/slideMaster1.xml"


@pytest.mark.parametrize(
    ("changes", "message", "hint"),
    [
        ({TYPES: swap(MAIN_TYPE, "presentation.macroEnabled.main")}, "macros", "Save As"),
        ({"ppt/vbaProject.bin": b"x"}, "macros", "Save As"),
        ({"ppt/activeX/activeX1.xml": "<x/>"}, "ActiveX", "delete them"),
        ({"_rels/.rels": swap("http://schemas.openxmlformats.org/officeDocument", "http://purl.oclc.org/ooxml/x")},
         "Strict", "not the Strict type"),
        ({TYPES: None}, "not a PowerPoint file", "Save As"),
        ({"mimetype": "application/vnd.oasis.opendocument.presentation", TYPES: None}, "not a PowerPoint", "LibreOffice"),
        ({"_rels/.rels": swap("ppt/presentation.xml", "word/document.xml")}, "no presentation", "Save As"),
        ({MAIN: "<p:x"}, "damaged: ppt/presentation.xml cannot be read", "Save As"),
        ({"ppt/bomb.xml": BOMB}, "declares a document type", "Save As"),
        ({"../outside.xml": "<x/>"}, "parts outside itself", "Save As"),
        ({"/outside.xml": "<x/>"}, "parts outside itself", "Save As"),
    ],
)  # fmt: skip
def test_what_cannot_be_a_base_is_refused(changes: dict[str, Change], message: str, hint: str) -> None:
    """With what is wrong, and how to save the file so that it is not."""
    with pytest.raises(Refused, match=message) as caught:
        open_package(file(changes))
    assert hint in caught.value.hint


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 broken", b"plain text", file()[:-200]])
def test_what_is_no_zip_is_refused(data: bytes) -> None:
    """Damaged files and files of other programs say so."""
    with pytest.raises(Refused, match="not a PowerPoint file"):
        open_package(data)


def test_old_and_locked_files_are_refused() -> None:
    """A .ppt file and one with a password begin alike."""
    with pytest.raises(Refused, match=r"old \.ppt file, or one with a password"):
        open_package(b"\xd0\xcf\x11\xe0 and so on")


@pytest.mark.parametrize(("limit", "value"), [("MAX_PARTS", 5), ("MAX_WHOLE", 10_000), ("MAX_PART", 50_000)])
def test_bombs_are_not_unpacked(limit: str, value: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Too many parts, too much in all, or one part too large: refused before anything is read."""
    data = file()
    monkeypatch.setattr(office, limit, value)
    monkeypatch.setattr(zipfile.ZipFile, "read", lambda *_: pytest.fail("a part was read"))
    with pytest.raises(Refused, match="unpacks to far more"):
        open_package(data)


def test_a_real_bomb_is_refused() -> None:
    """A hundred megabytes of nothing in a small file."""
    data = zipped({"ppt/media/image1.png": b"\0" * (office.MAX_PART + 1)})
    assert len(data) < 200_000
    with pytest.raises(Refused, match="unpacks to far more"):
        open_package(data)


def test_large_files_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """The file itself has a limit too."""
    monkeypatch.setattr(office, "MAX_FILE", 1000)
    with pytest.raises(Refused, match="larger than"):
        open_package(file())


def test_repeated_parts_are_refused() -> None:
    """Programs differ in which of the two they read."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("a.xml", "<x/>")
        with pytest.warns(UserWarning, match="Duplicate name"):
            archive.writestr("a.xml", "<y/>")
    with pytest.raises(Refused, match="twice"):
        open_package(out.getvalue())


def test_links_name_parts() -> None:
    """Relative, absolute and outer targets are told apart."""
    head = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    rels = (
        f'{head}<Relationship Id="a" Type="x/slide" Target="../slides/one.xml"/>'
        '<Relationship Id="b" Type="x/image" Target="/ppt/media/two.png"/>'
        '<Relationship Id="c" Type="x/image" Target="http://example.org/three.png" TargetMode="External"/></Relationships>'
    )
    found = links({"ppt/x/_rels/y.xml.rels": rels.encode()}, "ppt/x/y.xml")
    assert [(link.kind, link.target, link.external) for link in found.values()] == [
        ("slide", "ppt/slides/one.xml", False),
        ("image", "ppt/media/two.png", False),
        ("image", "http://example.org/three.png", True),
    ]
    assert links({}, "ppt/x/y.xml") == {}
