"""The colours of a school's file: its theme, what a name stands for, and the ground under a place."""

from __future__ import annotations

import colorsys
from collections.abc import Mapping
from dataclasses import dataclass

from lxml import etree

from lessonpress.theme.contrast import contrast
from lessonpress.theme.office import NS, find

A = f"{{{NS['a']}}}"
SCHEME = ("dk1", "lt1", "dk2", "lt2", *(f"accent{n}" for n in range(1, 7)), "hlink", "folHlink")
_MAPPED = {"tx1": "dk1", "bg1": "lt1", "tx2": "dk2", "bg2": "lt2"}
_PRESETS = {"black": "000000", "white": "FFFFFF"}
STEP = 0.01


@dataclass(frozen=True)
class Palette:
    """The twelve colours of a theme as six hex digits, and the names that a master gives them."""

    scheme: Mapping[str, str]
    names: Mapping[str, str]

    def of(self, slot: str) -> str:
        """The colour of a slot such as tx1 or accent1, or of a name of the scheme."""
        return self.scheme[self.names.get(slot, _MAPPED.get(slot, slot))]

    def resolve(self, fill: etree._Element | None) -> str | None:
        """The colour of an a:solidFill or a colour list; None where it is none that is known."""
        for colour in fill if fill is not None else ():
            plain = self._plain(colour)
            return _changed(plain, colour) if plain else None
        return None

    def _plain(self, colour: etree._Element) -> str | None:
        kind, value = etree.QName(colour).localname, colour.get("val", "")
        if kind == "srgbClr":
            return value.upper()
        if kind == "sysClr":
            return (colour.get("lastClr") or ("FFFFFF" if value == "window" else "000000")).upper()
        if kind == "schemeClr" and (value in _MAPPED or value in self.scheme or value in self.names):
            return self.of(value)
        return _PRESETS.get(value) if kind == "prstClr" else None


def palette(theme: etree._Element, master: etree._Element) -> Palette:
    """The colours of a theme part as a master names them; black and white where the theme lacks one."""
    scheme = {name: "FFFFFF" if name.startswith("lt") else "000000" for name in SCHEME}
    plain = Palette({}, {})
    for name in SCHEME:
        for element in find(theme, f"./a:themeElements/a:clrScheme/a:{name}"):
            scheme[name] = plain.resolve(element) or scheme[name]
    names = {str(key): str(value) for mapping in find(master, "./p:clrMap") for key, value in mapping.attrib.items()}
    return Palette(scheme, {key: value for key, value in names.items() if value in scheme})


def _changed(colour: str, element: etree._Element) -> str:
    """The colour after its children: lumMod and lumOff, shade and tint; others are passed over."""
    hue, light, strength = colorsys.rgb_to_hls(*_parts(colour))
    for change in element:
        share = int(change.get("val", "100000")) / 100_000 if change.get("val", "").lstrip("-").isdigit() else 1
        kind = etree.QName(change).localname
        if kind in ("lumMod", "shade"):
            light *= share
        elif kind == "lumOff":
            light += share
        elif kind == "tint":
            light = 1 - (1 - light) * share
    return _hex(colorsys.hls_to_rgb(hue, min(1.0, max(0.0, light)), strength))


def readable(colour: str, grounds: tuple[str, ...], least: float) -> str:
    """The nearest shade of a colour that has this contrast on every ground: darker, or lighter on dark ground.

    Black or white, whichever does better, where no shade is enough.
    """
    hue, light, strength = colorsys.rgb_to_hls(*_parts(colour))
    for step in range(round(1 / STEP) + 1):
        for moved in (light - step * STEP, light + step * STEP):
            if 0 <= moved <= 1:
                shade = _hex(colorsys.hls_to_rgb(hue, moved, strength)) if step else colour
                if ratio(shade, grounds) >= least:
                    return shade
    return max("000000", "FFFFFF", key=lambda extreme: ratio(extreme, grounds))


def ratio(colour: str, grounds: tuple[str, ...]) -> float:
    """The least contrast of a colour on several grounds."""
    return min(contrast(f"#{colour}", f"#{ground}") for ground in grounds)


def _parts(colour: str) -> tuple[float, float, float]:
    red, green, blue = (int(colour[n : n + 2], 16) / 255 for n in (0, 2, 4))
    return red, green, blue


def _hex(parts: tuple[float, float, float]) -> str:
    return "".join(f"{round(part * 255):02X}" for part in parts)
