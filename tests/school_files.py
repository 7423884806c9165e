"""Files of schools for tests: python-pptx's own template, and what may be wrong with one."""

from __future__ import annotations

import functools
import io
import re
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import pptx
from PIL import Image

from lessonpress.compose.school.clean import clean
from lessonpress.compose.school.places import School, read_school
from lessonpress.theme.office import open_package

DEFAULT = Path(pptx.__file__).parent / "templates" / "default.pptx"
MASTER = "ppt/slideMasters/slideMaster1.xml"
MAIN = "ppt/presentation.xml"
TYPES = "[Content_Types].xml"
Change = Callable[[str], str] | str | bytes | None
"""What a part becomes: its text changed, another text, or nothing."""


def file(changes: Mapping[str, Change] | None = None) -> bytes:
    """python-pptx's template with some parts changed, added or left out."""
    with zipfile.ZipFile(DEFAULT) as archive:
        parts: dict[str, str | bytes] = {name: archive.read(name) for name in archive.namelist()}
    for name, change in (changes or {}).items():
        if change is None:
            del parts[name]
        elif callable(change):
            old = parts[name]
            assert isinstance(old, bytes)
            new = change(old.decode())
            assert new != old.decode(), name
            parts[name] = new
        else:
            parts[name] = change
    return zipped(parts)


def zipped(parts: Mapping[str, str | bytes]) -> bytes:
    """Parts as a file."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()


def swap(old: str, new: str) -> Callable[[str], str]:
    """A change that replaces every match of a pattern."""
    return lambda text: re.sub(old, new, text, flags=re.DOTALL)


def layout(n: int) -> str:
    """The name of a layout's part."""
    return f"ppt/slideLayouts/slideLayout{n}.xml"


@functools.cache
def default_school() -> School:
    """What python-pptx's template holds."""
    return school()


def school(changes: Mapping[str, Change] | None = None) -> School:
    """What a changed template holds."""
    return read_school(clean(open_package(file(changes))))


def picture(kind: str = "PNG", size: tuple[int, int] = (200, 100)) -> bytes:
    """A picture of one colour."""
    out = io.BytesIO()
    Image.new("RGB", size, "#7A1F3D").save(out, kind)
    return out.getvalue()


PIC = (
    '<p:pic><p:nvPicPr><p:cNvPr id="99" name="Crest" descr="Crest of the school"/><p:cNvPicPr/><p:nvPr/></p:nvPicPr>'
    '<p:blipFill><a:blip r:embed="rIdPic"/><a:stretch><a:fillRect/></a:stretch></p:blipFill><p:spPr><a:xfrm>'
    '<a:off x="100" y="100"/><a:ext cx="{w}" cy="{h}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></p:spPr></p:pic>'
)
_IMAGE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"


def with_logo(data: bytes, suffix: str = "png", width: int = 1_800_000, height: int = 900_000) -> dict[str, Change]:
    """The changes that put a picture on the master."""
    link = f'<Relationship Id="rIdPic" Type="{_IMAGE}" Target="../media/crest.{suffix}"/></Relationships>'
    return {
        f"ppt/media/crest.{suffix}": data,
        MASTER: swap("</p:spTree>", PIC.format(w=width, h=height) + "</p:spTree>"),
        "ppt/slideMasters/_rels/slideMaster1.xml.rels": swap("</Relationships>", link),
        TYPES: swap(
            "<Default ",
            f'<Default Extension="{suffix}" ContentType="image/{suffix}"/><Default ',
        ),
    }
