"""Colours of a made deck: names of the theme looked up, changes of lightness worked out, contrast told."""

from __future__ import annotations

import colorsys
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lxml import etree

from lessonpress.render.pptx.lint.made import UNKNOWN
from lessonpress.render.pptx.opened import NS, find

if TYPE_CHECKING:
    from collections.abc import Mapping

_FILLS = ("noFill", "solidFill", "gradFill", "blipFill", "pattFill", "grpFill")
_PRESETS = {"black": "000000", "white": "FFFFFF"}


@dataclass(frozen=True)
class Palette:
    """The colours of a theme by name, and which name each slot of a slide stands for."""

    scheme: Mapping[str, str]
    slots: Mapping[str, str]

    def colour(self, holder: etree._Element | None, own: str = "") -> str:
        """The colour inside an element, "" where there is none or it cannot be told; `own` is what phClr stands for."""
        for element in holder if holder is not None else ():
            name = etree.QName(element).localname
            value = element.get("val", "")
            if name == "schemeClr":
                base = own if value == "phClr" else self.scheme.get(self.slots.get(value, value), "")
            elif name == "sysClr":
                base = element.get("lastClr", "")
            else:
                base = {"srgbClr": value.upper(), "prstClr": _PRESETS.get(value, "")}.get(name, "")
            if base:
                return _changed(base, element)
        return ""

    def fill(self, properties: etree._Element | None) -> str | None:
        """The fill that shape properties state: a colour, "" for none, UNKNOWN for a picture, None for no word of it."""
        for element in properties if properties is not None else ():
            name = etree.QName(element).localname
            if name in _FILLS:
                if name in ("noFill", "grpFill"):
                    return ""
                return (self.colour(element) if name == "solidFill" else "") or UNKNOWN
        return None


def palette(theme: etree._Element, mapping: etree._Element | None) -> Palette:
    """The palette of a theme part with the colour map of a master, or of the slide that overrides it."""
    scheme: dict[str, str] = {}
    for element in find(theme, "//a:clrScheme/*"):
        value = element[0].get("lastClr") or element[0].get("val", "")
        scheme[etree.QName(element).localname] = value.upper()
    return Palette(scheme, dict(mapping.attrib) if mapping is not None else {})  # type: ignore[arg-type]


def contrast(one: str, other: str) -> float:
    """The contrast of two colours from 1 to 21, as WCAG 2 defines it (its term "contrast ratio")."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    """Relative luminance, as WCAG 2 defines it for sRGB."""
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in _channels(colour)]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _channels(colour: str) -> tuple[float, float, float]:
    red, green, blue = (int(colour[n : n + 2], 16) / 255 for n in (0, 2, 4))
    return red, green, blue


def _changed(colour: str, element: etree._Element) -> str:
    """A colour with the lighter and darker shades that its element asks for; opacity is passed over."""
    red, green, blue = _channels(colour)
    for change in element:
        name, share = etree.QName(change).localname, int(change.get("val", "100000")) / 100_000
        if name in ("lumMod", "lumOff"):
            hue, light, strength = colorsys.rgb_to_hls(red, green, blue)
            light = light * share if name == "lumMod" else light + share
            red, green, blue = colorsys.hls_to_rgb(hue, min(1.0, light), strength)
        elif name == "tint":
            red, green, blue = (1 - (1 - c) * share for c in (red, green, blue))
        elif name == "shade":
            red, green, blue = (c * share for c in (red, green, blue))
    return "".join(f"{round(c * 255):02X}" for c in (red, green, blue))


def background(palette: Palette, roots: tuple[etree._Element, ...], theme: etree._Element) -> str:
    """The colour of the ground: that of the slide, of its layout or of its master."""
    for root in roots:
        ground = root.find("./p:cSld/p:bg", NS)
        if ground is None:
            continue
        stated = palette.fill(ground.find("p:bgPr", NS))
        if stated is not None:
            return stated
        reference = ground.find("p:bgRef", NS)
        if reference is None:
            continue
        own = palette.colour(reference)
        fills = find(theme, "//a:bgFillStyleLst/*")
        index = int(reference.get("idx", "1001")) - 1001
        if 0 <= index < len(fills) and etree.QName(fills[index]).localname == "solidFill":
            return palette.colour(fills[index], own) or UNKNOWN
        return UNKNOWN
    return "FFFFFF"
