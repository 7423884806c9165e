"""A theme as a value: colours, lengths and fonts, and the CSS that they make."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Literal

from fontTools.ttLib import TTFont

from lessonpress.theme.deck_base import DeckBase

MM: Mapping[str, float] = {"mm": 1.0, "pt": 25.4 / 72, "": 1.0}
LOGO_MM = (28.0, 7.0)
"""How wide and high the logo of a school is printed at most: it stands between the name of the lesson and its number."""
TEXT_LETTER = 0.49
"""How wide a letter of running text is on average, in ems, capitals counted in."""
_MM = re.compile(r"(?<![\w.])(-?(?:\d+\.?\d*|\.\d+))mm\b")
HEADINGS = ("h1-size", "h2-size", "strip-size")
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


@dataclass(frozen=True, slots=True)
class Letters:
    """The fonts of one role for another script, and how large they are set beside the family's own sizes."""

    fonts: tuple[Font, ...]
    scale: float = 1.0


@dataclass(frozen=True, slots=True)
class Profile:
    """How a page is made readable for its pupil: tables or lists, and how much space beside the standard.

    `lines` is how many times the standard number of ruled lines an answer gets, `scale` how many times
    the standard spaces and boxes.
    """

    name: str
    title: str
    flow: Literal["table", "list"]
    lines: float
    scale: float
    italics: bool = True
    hyphens: bool = True
    ornament: bool = True

    @property
    def large(self) -> bool:
        """Whether its type is larger than that of the standard page."""
        return self.scale > 1

    def ruled(self, lines: int) -> int:
        """So many lines of the standard sheet, as many as they are here; one stays one."""
        return lines if lines == 1 else math.floor(lines * self.lines + 0.5)


@dataclass(frozen=True, slots=True)
class School:
    """Whose sheets these are: the name, and a logo that is checked, an SVG, PNG or JPEG below the templates folder.

    `alt` is what is said of the logo to those who cannot see it, `ratio` its width over its height,
    `url` its address relative to the templates folder.
    """

    name: str
    logo: Path | None
    alt: str
    ratio: float = 1.0
    url: str = ""

    @property
    def logo_mm(self) -> tuple[float, float]:
        """How wide and high the logo is printed, in millimetres."""
        return logo_mm(self.ratio)


def logo_mm(ratio: float) -> tuple[float, float]:
    """How wide and high a logo so many times as wide as high is printed, in millimetres."""
    high = min(LOGO_MM[1], LOGO_MM[0] / ratio)
    return round(high * ratio, 2), round(high, 2)


@dataclass(frozen=True)
class Theme:
    """A checked theme; it holds values and text, and knows the folder of its fonts only by path.

    `colours`, `lengths` and `fonts` have every name of the base. `fonts` maps a face such as
    `text`, `text-bold`, `text-italic` or `source-600` to its file. `lean` is in degrees. `scripts` holds
    the fonts of other scripts by role, `also` those that stand in for what a face lacks.
    """

    name: str
    title: str
    colours: Mapping[str, str]
    lengths: Mapping[str, str]
    families: Mapping[str, tuple[str, int]]
    fonts: Mapping[str, Font]
    lean: float
    profile: Profile
    slides: Mapping[str, Any]
    styles: tuple[str, ...]
    deck_base: DeckBase | None = None
    school: School | None = None
    scripts: Mapping[str, Mapping[str, Letters]] = field(default_factory=dict)
    also: Mapping[str, tuple[Font, ...]] = field(default_factory=dict)

    @property
    def family(self) -> str:
        """The families of running text, the first that has a letter for it."""
        return ", ".join([self.families["text"][0], *(font.family for font in self.also.get("text", ()))])

    def written_in(self, scripts: Iterable[str]) -> Theme:
        """The theme with the fonts of scripts that its own lack, the headings in the size of the first.

        A script that no font is named for adds none.
        """
        known = [self.scripts[script] for script in scripts if script in self.scripts]
        also = {
            face: tuple(_nearest(_of(letters, face).fonts, font.weight) for letters in known)
            for face, font in self.fonts.items()
        }
        scale = _of(known[0], "display").scale if known else 1.0
        sizes = {name: f"{round(self.pt(name) * scale, 1):g}pt" for name in HEADINGS if scale != 1}
        return replace(self, also=also, lengths={**self.lengths, **sizes})

    def _all_fonts(self) -> list[Font]:
        return [*self.fonts.values(), *(font for fonts in self.also.values() for font in fonts)]

    @property
    def faces(self) -> dict[str, Path]:
        """The font file of each face, by role."""
        return {face: font.file for face, font in self.fonts.items()}

    @property
    def files(self) -> frozenset[Path]:
        """Every file that a page may name: the fonts, and the logo of the school."""
        logo = self.school.logo if self.school else None
        return frozenset(font.file for font in self._all_fonts()) | ({logo} if logo else set())

    def css_variables(self) -> str:
        """The tokens as custom properties of `:root`."""
        pairs = {**self.colours, **self.lengths}
        for role, (family, weight) in self.families.items():
            stack = ",".join(f'"{name}"' for name in (family, *(font.family for font in self.also.get(role, ()))))
            pairs |= {role: stack, f"{role}-w": str(weight)}
        pairs["lean"] = f"skewX(-{self.lean:g}deg)" if self.lean else "none"
        return ":root{" + ";".join(f"--{name}:{value}" for name, value in pairs.items()) + "}"

    def font_faces(self) -> str:
        """One `@font-face` for each file; a file in two roles is told once."""
        rules = {
            f'@font-face{{font-family:"{font.family}";font-weight:{font.weight};'
            f'font-style:{"italic" if font.italic else "normal"};src:url("{font.url}")}}'
            for font in self._all_fonts()
        }
        return "\n".join(sorted(rules))

    def stylesheet(self) -> str:
        """The whole style sheet: fonts, tokens, structure, ornament."""
        rules = (grown(style, self.profile.scale) for style in self.styles)
        return "\n".join((self.font_faces(), self.css_variables(), *rules))

    def svg_style(self) -> dict[str, str]:
        """What each class of a figure paints: `ink` fills with ink, `line-ink` strokes with it."""
        fills = {name: f"fill:{value}" for name, value in self.colours.items()}
        return fills | {f"line-{name}": f"stroke:{value}" for name, value in self.colours.items()}

    def coverage(self) -> frozenset[int]:
        """The code points that every print font can set, with those that stand in for it."""
        stacks = {(font.file, *(other.file for other in self.also.get(face, ()))) for face, font in self.fonts.items()}
        points = {font.file: _code_points(font.file) for font in self._all_fonts()}
        return frozenset.intersection(*(frozenset().union(*map(points.__getitem__, stack)) for stack in stacks))

    def mm(self, length: str) -> float:
        """A length in millimetres; KeyError for a name that no theme has or a length in ems."""
        value, unit = measure(self.lengths[length])
        return value * MM[unit]

    def pt(self, length: str) -> float:
        """A length in points, as sizes of type are given."""
        return round(self.mm(length) / MM["pt"], 6)

    def em(self, length: str) -> float:
        """A length in ems; 0 for one in another unit."""
        value, unit = measure(self.lengths[length])
        return value if unit == "em" else 0.0

    def scaled(self, mm: float) -> float:
        """A space or box of the standard page, in mm, as wide or high as the profile wants it."""
        return round(mm * self.profile.scale, 2)

    @property
    def title_mm(self) -> float:
        """The width of the title, beside the lesson mark."""
        return self.measure_mm - 38

    def title_pt(self, letters: int) -> float:
        """The size of a title whose longest line has so many letters: smaller than the theme's where it must be."""
        return self._fitted("h1-size", letters * self.em("h1-letter"), self.title_mm)

    def school_pt(self, width_mm: float) -> float:
        """The size of the school's name on one line of that width: small, or smaller where it must be."""
        return self._fitted("small", len(self.school.name) * TEXT_LETTER if self.school else 0, width_mm)

    def _fitted(self, size: str, ems: float, width_mm: float) -> float:
        """A size of the theme in points, made smaller where so many ems would not fit the width."""
        fits = width_mm / (max(ems, 0.1) * MM["pt"])
        return round(min(self.pt(size), fits), 1)

    @property
    def measure_mm(self) -> float:
        """The width between the margins."""
        return self.mm("page-width") - self.mm("margin-inner") - self.mm("margin-outer")

    @property
    def text_mm(self) -> float:
        """The width of the text column: the measure less the hang of the numbers."""
        return self.measure_mm - self.mm("hang")


def grown(css: str, scale: float) -> str:
    """A style sheet with every length in mm that is written in it so many times as long."""
    if scale == 1:
        return css
    return _MM.sub(lambda found: f"{round(float(found[1]) * scale, 3):g}mm", css)


def _of(letters: Mapping[str, Letters], face: str) -> Letters:
    """What a script has for a face; what it has for running text where the role has nothing of its own."""
    return letters.get(face.partition("-")[0]) or letters["text"]


def _nearest(fonts: tuple[Font, ...], weight: int) -> Font:
    """The font whose weight is nearest, the heavier of two."""
    return min(fonts, key=lambda font: (abs(font.weight - weight), -font.weight))


def _code_points(file: Path) -> frozenset[int]:
    with TTFont(file, lazy=True) as font:
        return frozenset(font.getBestCmap())


def measure(length: str) -> tuple[float, str]:
    """The number and the unit of a length; 0 without a unit for anything else."""
    found = LENGTH.fullmatch(length)
    return (float(found[1]), found[2]) if found and found[1] else (0.0, "")
