"""Whose sheets these are: a school's name and logo, checked before anything is printed with them."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from lxml import etree
from PIL import Image

from lessonpress.diagnostics import Diagnostic, Place, did_you_mean
from lessonpress.theme.contrast import contrast
from lessonpress.theme.values import School, logo_mm

KEYS = ("name", "logo", "alt")
MAX_NAME = 36
"""How many letters of 9.5 pt stand beside the kind of the sheet."""
MAX_BYTES = 1_000_000
MAX_PIXELS = 10_000_000
MIN_DPI = 150
WIDEST, HIGHEST = 8.0, 0.5
"""How much wider than high a logo may be, and how narrow."""
SEEN = 3.0
"""The contrast with white below which a shape may be lost on a copier (WCAG 1.4.11 asks as much for the eye)."""

_SVG = "{http://www.w3.org/2000/svg}"
_SHAPES = {"path", "rect", "circle", "ellipse", "line", "polyline", "polygon"}
_QUIET = {"title", "desc", "metadata"}
_ELEMENTS = {"svg", "g", "defs"} | _SHAPES | _QUIET
_COLOURLESS = {"none", "transparent", "white", "#fff", "#ffffff"}
_HEX = re.compile(r"#([0-9a-fA-F]{3}|[0-9a-fA-F]{6})")
_PLAIN_SVG = "save the drawing as plain SVG with shapes in flat colours (text as paths), or as a PNG"
Placing = Callable[[Any], Place]


class LogoError(Exception):
    """Why a logo cannot be printed, and how to mend it."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.hint = hint


def read_school(value: Any, folder: Path, place: Placing) -> tuple[School | None, list[Diagnostic]]:
    """The school that a theme's `school:` tells of, and every problem in it.

    `folder` is the theme's own, `place` says where a value of its file stands.
    """
    if not isinstance(value, Mapping):
        return None, [
            _problem("the school is not complete", place(value), "write name: and, where there is one, logo:")
        ]
    problems = [
        _problem(
            f'a school has no "{key}"', place(value[key]), did_you_mean(key, KEYS) or f"there are {', '.join(KEYS)}"
        )
        for key in value
        if key not in KEYS
    ]
    name = str(value.get("name") or "").strip()
    if not name:
        problems.append(_problem("the school has no name", place(value), "write name: with the name of the school"))
    elif len(name) > MAX_NAME:
        message = f"the name of the school has {len(name)} letters; there is room for {MAX_NAME}"
        problems.append(_problem(message, place(value["name"]), "write the short form that the school uses"))
    logo, ratio = None, 1.0
    if value.get("logo"):
        try:
            logo, ratio = _logo(folder, str(value["logo"]))
        except LogoError as error:
            problems.append(Diagnostic("theme-logo", str(error), place(value["logo"]), error.hint))
    if problems:
        return None, problems
    url = f"themes/{folder.name}/{value['logo']}" if logo else ""
    return School(name, logo, str(value.get("alt") or name), ratio, url), []


def _problem(message: str, place: Place, hint: str) -> Diagnostic:
    return Diagnostic("theme-school", message, place, hint)


def _logo(folder: Path, file: str) -> tuple[Path, float]:
    """The path of a logo and its width over its height. Raises LogoError where it cannot be printed."""
    path = (folder / file).resolve()
    if not path.is_relative_to(folder.resolve()) or not path.is_file():
        raise LogoError(f'there is no logo "{file}" in the folder of the theme', "put the file beside theme.yaml")
    if path.stat().st_size > MAX_BYTES:
        raise LogoError(f'the logo "{file}" holds more than 1 MB', "save a smaller one; it is printed a few mm high")
    data = path.read_bytes()
    wide, high = _drawn(data) if file.lower().endswith(".svg") else _pixels(data, file)
    ratio = wide / high
    if not HIGHEST <= ratio <= WIDEST:
        message = f"the logo is {ratio:.1f} times as wide as high; {HIGHEST:g} to {WIDEST:g} can be printed"
        raise LogoError(message, "crop it, or leave out the words: the name is printed too")
    return folder / file, ratio


def _pixels(data: bytes, file: str) -> tuple[float, float]:
    """The size of a PNG or JPEG in pixels, once it is sharp and dark enough."""
    try:
        with Image.open(io.BytesIO(data), formats=("PNG", "JPEG")) as opened:
            opened.verify()  # beside WeasyPrint, Pillow reads half a file without a word
        with Image.open(io.BytesIO(data), formats=("PNG", "JPEG")) as opened:
            wide, high = opened.size
            if wide * high > MAX_PIXELS:
                raise LogoError("the logo has more than 10 million pixels", "save a smaller one")
            picture = opened.convert("RGBA")
    except (OSError, SyntaxError, ValueError) as error:
        raise LogoError(f'"{file}" is no SVG, PNG or JPEG that can be read', "save the logo again as PNG") from error
    wide_mm, high_mm = logo_mm(wide / high)
    dpi = min(wide / wide_mm, high / high_mm) * 25.4
    if dpi < MIN_DPI:
        least = f"{wide_mm / 25.4 * MIN_DPI:.0f} by {high_mm / 25.4 * MIN_DPI:.0f}"
        raise LogoError(f"the logo would be printed with {dpi:.0f} dots an inch", f"it needs at least {least} pixels")
    page = Image.new("RGBA", picture.size, "white")
    page.alpha_composite(picture)
    # Mid grey, 3 to 1 on white, is what a copier still takes for black.
    if page.convert("L").point(lambda value: value < 148).getextrema()[1] == 0:
        raise LogoError("the logo has nothing dark enough to be copied", "use the version for white paper")
    return wide, high


def _drawn(data: bytes) -> tuple[float, float]:
    """The size of an SVG in its own units, once it holds nothing but dark enough shapes."""
    try:
        root = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))
    except etree.XMLSyntaxError as error:
        raise LogoError("the logo is no SVG that can be read", _PLAIN_SVG) from error
    if root.tag != f"{_SVG}svg":
        raise LogoError("the logo is no SVG that can be read", _PLAIN_SVG)
    for element in root.iter(f"{_SVG}*"):
        _plain(element)
    if not any(_dark(colour) for colour in _colours(root, {"fill": "black", "stroke": "none"})):
        raise LogoError("the logo has nothing dark enough to be copied", "use the version for white paper")
    return _size(root)


def _plain(element: Any) -> None:
    """Raise LogoError for what the printers cannot draw alike, and for what reaches out of the file."""
    name = etree.QName(element).localname
    if name not in _ELEMENTS:
        raise LogoError(f"the logo holds <{name}>, which is not printed", _PLAIN_SVG)
    for key, value in element.attrib.items():
        local = etree.QName(key).localname.lower()
        if local.startswith("on") or local in {"href", "class"} or "url(" in value:
            raise LogoError(f'the logo holds {local}="{value[:20]}", which is not printed', _PLAIN_SVG)


def _colours(element: Any, inherited: Mapping[str, str]) -> Iterator[str]:
    """What every shape is filled and stroked with."""
    parts = (part.partition(":") for part in element.get("style", "").split(";"))
    own = {key.strip(): value.strip() for key, _, value in parts}
    paint = {key: own.get(key) or element.get(key) or value for key, value in inherited.items()}
    name = etree.QName(element).localname if isinstance(element.tag, str) else ""
    if name in _SHAPES:
        yield from paint.values()
    for child in element if name in {"svg", "g"} else ():
        yield from _colours(child, paint)


def _dark(colour: str) -> bool:
    """Whether a colour stands out from white; a name that is not known counts as if it did."""
    if colour.lower() in _COLOURLESS:
        return False
    if not (found := _HEX.fullmatch(colour)):
        return True
    digits = found[1] if len(found[1]) == 6 else "".join(c * 2 for c in found[1])
    return contrast(f"#{digits}", "#FFFFFF") >= SEEN


def _size(root: Any) -> tuple[float, float]:
    """The width and height of the drawing, by its viewBox."""
    try:
        _, _, wide, high = (float(part) for part in re.split(r"[\s,]+", root.get("viewBox", "").strip()))
    except ValueError:
        wide = high = 0.0
    if wide <= 0 or high <= 0:
        raise LogoError("the logo has no viewBox, so that its shape is not known", _PLAIN_SVG)
    return wide, high
