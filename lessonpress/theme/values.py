"""A theme as a value: colours, lengths and fonts, and the CSS that they make."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fontTools.ttLib import TTFont

MM: Mapping[str, float] = {"mm": 1.0, "pt": 25.4 / 72, "": 1.0}
LENGTH = re.compile(r"(-?(?:\d+\.?\d*|\.\d+))(mm|pt|em)|(0)")


@dataclass(frozen=True, slots=True)
class Font:
    """One font file: the family, weight and style under which the CSS knows it.

    `url` is relative to the templates folder, so that a page is the same on every computer.
    """

    family: str
    weight: int
    italic: bool
    file: Path
    url: str


@dataclass(frozen=True)
class Theme:
    """A checked theme; it holds values and text, and knows the folder of its fonts only by path.

    `colours`, `lengths` and `fonts` have every name of the base. `fonts` maps a face such as
    `text`, `text-bold`, `text-italic` or `source-600` to its file. `lean` is in degrees.
    """

    name: str
    title: str
    colours: Mapping[str, str]
    lengths: Mapping[str, str]
    families: Mapping[str, tuple[str, int]]
    fonts: Mapping[str, Font]
    lean: float
    slides: Mapping[str, Any]
    styles: tuple[str, ...]

    @property
    def family(self) -> str:
        """The family of running text."""
        return self.families["text"][0]

    @property
    def faces(self) -> dict[str, Path]:
        """The font file of each face, by role."""
        return {face: font.file for face, font in self.fonts.items()}

    def css_variables(self) -> str:
        """The tokens as custom properties of `:root`."""
        pairs = {**self.colours, **self.lengths}
        for role, (family, weight) in self.families.items():
            pairs |= {role: f'"{family}"', f"{role}-w": str(weight)}
        pairs["lean"] = f"skewX(-{self.lean:g}deg)" if self.lean else "none"
        return ":root{" + ";".join(f"--{name}:{value}" for name, value in pairs.items()) + "}"

    def font_faces(self) -> str:
        """One `@font-face` for each file; a file in two roles is told once."""
        rules = {
            f'@font-face{{font-family:"{font.family}";font-weight:{font.weight};'
            f'font-style:{"italic" if font.italic else "normal"};src:url("{font.url}")}}'
            for font in self.fonts.values()
        }
        return "\n".join(sorted(rules))

    def stylesheet(self) -> str:
        """The whole style sheet: fonts, tokens, structure, ornament."""
        return "\n".join((self.font_faces(), self.css_variables(), *self.styles))

    def svg_style(self) -> dict[str, str]:
        """What each class of a figure paints: `ink` fills with ink, `line-ink` strokes with it."""
        fills = {name: f"fill:{value}" for name, value in self.colours.items()}
        return fills | {f"line-{name}": f"stroke:{value}" for name, value in self.colours.items()}

    def coverage(self) -> frozenset[int]:
        """The code points that every print font can set."""
        return frozenset.intersection(*map(_code_points, {font.file for font in self.fonts.values()}))

    def mm(self, length: str) -> float:
        """A length in millimetres; KeyError for a name that no theme has or a length in ems."""
        value, unit = measure(self.lengths[length])
        return value * MM[unit]

    def title_pt(self, letters: int, width_mm: float) -> float:
        """The size of a title whose longest line has so many letters: smaller than the theme's where it must be."""
        letter, _ = measure(self.lengths["h1-letter"])
        fits = width_mm / (max(1, letters) * letter * MM["pt"])
        return round(min(self.mm("h1-size") / MM["pt"], fits), 1)

    @property
    def measure_mm(self) -> float:
        """The width between the margins."""
        return self.mm("page-width") - 2 * self.mm("margin-side")

    @property
    def text_mm(self) -> float:
        """The width of the text column: the measure less the hang of the numbers."""
        return self.measure_mm - self.mm("hang")


def _code_points(file: Path) -> frozenset[int]:
    with TTFont(file, lazy=True) as font:
        return frozenset(font.getBestCmap())


def measure(length: str) -> tuple[float, str]:
    """The number and the unit of a length; 0 without a unit for anything else."""
    found = LENGTH.fullmatch(length)
    return (float(found[1]), found[2]) if found and found[1] else (0.0, "")
