"""A school's colours, fonts and logo on our own layouts: its file read into slide tokens."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace

from lxml import etree
from PIL import Image, UnidentifiedImageError

from lessonpress.compose.school.colours import ratio, readable
from lessonpress.compose.school.places import School
from lessonpress.model.slide_tokens import Logo, SlideColours, SlideFonts, SlideTokens
from lessonpress.theme.office import NS, find

LARGE = 0.4
"""A picture that covers more of the slide than this is its ground, not a logo."""
MAX_PIXELS = 40_000_000
_EMBED = f"{{{NS['r']}}}embed"
# What each colour is read on, and the contrast that it needs there: text 4.5, rules and bars 3 (WCAG 2.2).
_ON = (
    ("dk1", ("lt1",), 7.0),
    ("lt2", ("dk1",), 4.5),
    ("dk2", ("lt1", "lt2"), 4.5),
    *((name, ("lt1",), 4.5) for name in ("accent1", "hlink", "folHlink")),
    *((f"accent{n}", ("lt1",), 3.0) for n in range(2, 7)),
)
_SLOTS = {"dk1": "tx1", "lt1": "bg1", "dk2": "tx2", "lt2": "bg2"}


def school_tokens(tokens: SlideTokens, school: School) -> tuple[SlideTokens, list[str]]:
    """Our tokens with the school's colours, fonts and logo, and what had to be changed, in words.

    A logo that the tokens have already stays.
    """
    colours, changed = school_colours(school)
    logo, why = (tokens.logo, "") if tokens.logo else find_logo(school)
    major, minor = school.fonts
    fonts = SlideFonts(major=major, minor=minor, numeral=minor, lesson_numeral=major, extract=major)
    said = changed if logo else [*changed, f"no logo was taken: {why}"]
    return replace(tokens, colours=colours, fonts=fonts, logo=logo), said


def school_colours(school: School) -> tuple[SlideColours, list[str]]:
    """The twelve colours; where one is too faint for its use, the nearest shade that is not."""
    found = {name: school.palette.of(_SLOTS.get(name, name)) for name in SlideColours.__dataclass_fields__}
    said = []
    for name, on, least in _ON:
        grounds = tuple(found[ground] for ground in on)
        shade = readable(found[name], grounds, least)
        if shade != found[name]:
            was = ratio(found[name], grounds)
            said.append(
                f"{name} #{found[name]} has a contrast of {was:.1f} to 1, it needs {least:g}: #{shade} is taken"
            )
        found[name] = shade
    return SlideColours(**found), said


def find_logo(school: School) -> tuple[Logo | None, str]:
    """The first picture of a master or of a title layout that is no ground, or why there is none."""
    why = "its master and its title layout hold no picture"
    for part, picture in _pictures(school):
        targets = school.package.links(part)
        target = targets.get(str(picture.get(_EMBED, "")))
        if target is None or _is_ground(school, picture):
            continue
        logo = read_logo(school.package.parts[target.target], _alt(picture))
        if logo is not None:
            return logo, ""
        why = f"its picture {target.target.rsplit('/', 1)[-1]} is neither PNG nor JPEG"
    return None, why


def read_logo(data: bytes, alt: str) -> Logo | None:
    """A PNG or JPEG picture as a logo; None for anything else, and for one of far too many pixels."""
    try:
        with Image.open(io.BytesIO(data), formats=("PNG", "JPEG")) as image:
            kind, (width, height) = str(image.format), image.size
    except (UnidentifiedImageError, OSError, Image.DecompressionBombError):
        return None
    if width * height > MAX_PIXELS:
        return None
    return Logo(data=data, kind="png" if kind == "PNG" else "jpeg", width=width, height=height, alt=alt)


def _pictures(school: School) -> Iterator[tuple[str, etree._Element]]:
    titles = [layout.part for layout in school.layouts if layout.kind == "title"][:1]
    for part in (*school.masters[:1], *(titles or [layout.part for layout in school.layouts[:1]])):
        for blip in find(school.package.xml(part), "./p:cSld/p:spTree//p:pic/p:blipFill/a:blip"):
            yield part, blip


def _shape(blip: etree._Element) -> etree._Element:
    shape: etree._Element = find(blip, "ancestor::p:pic")[0]
    return shape


def _is_ground(school: School, blip: etree._Element) -> bool:
    size = find(_shape(blip), "./p:spPr/a:xfrm/a:ext")
    cm = [int(size[0].get(side, "0")) / 360_000 for side in ("cx", "cy")] if size else [0.0, 0.0]
    return cm[0] * cm[1] > LARGE * school.width * school.height


def _alt(blip: etree._Element) -> str:
    properties = find(_shape(blip), "./p:nvPicPr/p:cNvPr")[0]
    return properties.get("descr") or "School logo"
