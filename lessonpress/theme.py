"""Themes: colours, lengths and fonts as checked tokens, folded base ← extends ← theme ← overrides."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from fontTools.ttLib import TTFont

from lessonpress import source
from lessonpress.diagnostics import Diagnostic, Place, did_you_mean
from lessonpress.errors import ContentError, UsageError

BASE = "base"
FILE = "theme.yaml"
STYLES = "theme.css"
GROUPS = ("colours", "lengths", "fonts")
KEYS = frozenset({"title", "extends", "lean", "slides", *GROUPS})
WHITE = "#FFFFFF"
BOLD = 700
Overrides = Mapping[str, Mapping[str, str]]

MM: Mapping[str, float] = {"mm": 1.0, "pt": 25.4 / 72, "": 1.0}
CONTRASTS = (
    # Text needs 4.5 to 1; what pupils write on needs 3 (WCAG 1.4.3 and 1.4.11).
    *((name, "", 4.5) for name in ("ink", "ink2", "accent", "key")),
    ("rule", "", 3.0),
    ("ink", "tint", 7.0),
    ("strip-ink", "strip", 4.5),
)

_HEX = re.compile(r"#[0-9A-Fa-f]{6}")
_LENGTH = re.compile(r"(-?(?:\d+\.?\d*|\.\d+))(mm|pt|em)|(0)")
_LEAN = re.compile(r"[0-3]?\d|4[0-5]")
_FAMILY = re.compile(r"[A-Za-z][A-Za-z0-9 ]*")
_WEIGHT = re.compile(r"([1-9]00)(?:-(italic))?")


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
        value, unit = _measure(self.lengths[length])
        return value * MM[unit]

    def title_pt(self, letters: int, width_mm: float) -> float:
        """The size of a title whose longest line has so many letters: smaller than the theme's where it must be."""
        letter, _ = _measure(self.lengths["h1-letter"])
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


@dataclass(frozen=True, slots=True)
class _Value:
    """A token as it is written, and where."""

    value: Any
    place: Place


@dataclass(frozen=True)
class _Layer:
    """One theme file, read but not checked."""

    name: str
    folder: Path
    document: source.Document
    root: source.Mapping

    def place(self, value: Any) -> Place:
        """Where a value of the file stands."""
        return self.document.place(getattr(value, "mark", None))


def themes(templates: Path) -> list[str]:
    """The names of the themes below a templates folder; the base is none."""
    return sorted(path.parent.name for path in (templates / "themes").glob(f"*/{FILE}") if path.parent.name != BASE)


def load_theme(templates: Path, name: str, overrides: Overrides | None = None) -> Theme:
    """The theme of that name; `overrides` holds tokens by group, as a profile or a paper gives them.

    Raises UsageError where no theme has the name, ContentError with every problem of its files.
    """
    if name != BASE and name not in (known := themes(templates)):
        hint = did_you_mean(name, known) or f"there are {', '.join(known)}"
        raise UsageError(f'no theme is called "{name}": {hint}')
    return _Loader(templates).load(name, overrides or {})


class _Loader:
    """Reads and checks one theme, noting every problem."""

    def __init__(self, templates: Path) -> None:
        self.templates = templates
        self.problems: list[Diagnostic] = []

    def complain(self, code: str, message: str, place: Place, hint: str) -> None:
        self.problems.append(Diagnostic(f"theme-{code}", message, place, hint))

    def load(self, name: str, overrides: Overrides) -> Theme:
        layers = self.chain(name)
        tokens = self.fold(layers, overrides)
        colours, lengths, fonts = (tokens[group] for group in GROUPS)
        self.check(colours, _HEX, 'a colour is written with six digits in quotation marks: "#1F3A5F"')
        self.check(lengths, _LENGTH, "a length is a number with mm, pt or em, or 0")
        families, faces = self.fonts(fonts)
        lean = _Value(_first(layers, "lean") or "0", layers[0].place(_first(layers, "lean")))
        self.check({"lean": lean}, _LEAN, "write 0 to 45, in degrees")
        if not self.problems:
            self.check_contrast(colours)
        if self.problems:
            raise ContentError(self.problems)
        return Theme(
            name=name,
            title=str(_first(layers, "title") or name),
            colours={n: str(v.value).upper() for n, v in colours.items()},
            lengths={n: str(v.value) for n, v in lengths.items()},
            families=families,
            fonts=faces,
            lean=float(lean.value),
            slides=_slides(self.templates, layers),
            styles=tuple(_styles(layers)),
        )

    def chain(self, name: str) -> list[_Layer]:
        """The files of a theme, the nearest first and the base last."""
        layers: list[_Layer] = []
        while name != BASE:
            layer = self.read(name)
            layers.append(layer)
            name = str(layer.root.get("extends") or BASE)
            if not (self.templates / "themes" / name / FILE).is_file() or name in {each.name for each in layers}:
                place = layer.place(layer.root["extends"])
                self.complain("extends", f'the theme cannot extend "{name}"', place, "name another theme, or none")
                name = BASE
        return [*layers, self.read(BASE)]

    def read(self, name: str) -> _Layer:
        folder = self.templates / "themes" / name
        document = source.read(str(folder / FILE), (folder / FILE).read_bytes())
        self.problems += document.diagnostics
        root = document.root if isinstance(document.root, source.Mapping) else source.Mapping()
        for key in root:
            if key not in KEYS:
                self.unknown(key, KEYS, document.place(root.key_marks[key]))
        return _Layer(name, folder, document, root)

    def unknown(self, name: str, known: Iterable[str], place: Place) -> None:
        self.complain("name", f'a theme has no "{name}"', place, did_you_mean(name, known))

    def fold(self, layers: list[_Layer], overrides: Overrides) -> dict[str, dict[str, _Value]]:
        """The tokens of every group; names that the base lacks are problems."""
        tokens: dict[str, dict[str, _Value]] = {group: {} for group in GROUPS}
        for is_base, group, name, value in _entries(layers, overrides):
            if is_base or name in tokens.get(group, {}):
                tokens[group][name] = value
            else:
                self.unknown(name, tokens.get(group, {}), value.place)
        return tokens

    def check(self, tokens: Mapping[str, _Value], pattern: re.Pattern[str], hint: str) -> None:
        for name, token in tokens.items():
            if not pattern.fullmatch(str(token.value)):
                self.complain("value", f'"{token.value}" cannot stand for {name}', token.place, hint)

    def fonts(self, tokens: Mapping[str, _Value]) -> tuple[dict[str, tuple[str, int]], dict[str, Font]]:
        """The family and weight of each role, and the font of each face."""
        families: dict[str, tuple[str, int]] = {}
        faces: dict[str, Font] = {}
        for role, token in tokens.items():
            spec = token.value if isinstance(token.value, dict) else {}
            files, family, weight = spec.get("files"), str(spec.get("family")), str(spec.get("weight") or 400)
            if not isinstance(files, dict) or weight not in files or not _FAMILY.fullmatch(family):
                hint = "write family:, weight: and files: with that weight"
                self.complain("font", f"the font {role} is not complete", token.place, hint)
                continue
            families[role] = (family, int(weight))
            for key, file in files.items():
                found, url = _WEIGHT.fullmatch(key), f"themes/{file}"
                if found and ".." not in url and (path := self.templates / url).is_file():
                    font = Font(family, int(found[1]), bool(found[2]), path, url)
                    faces[_face(role, int(weight), font)] = font
                else:
                    hint = "weights are 400, 400-italic, 700 ...; files are named from the folder themes/"
                    self.complain("font", f'there is no font "{file}" for the weight {key}', token.place, hint)
        return families, faces

    def check_contrast(self, colours: Mapping[str, _Value]) -> None:
        for front, back, least in CONTRASTS:
            ratio = contrast(str(colours[front].value), str(colours[back].value) if back else WHITE)
            if ratio < least:
                message = f"{front} on {back or 'white'} has a contrast of {ratio:.1f} to 1; it needs {least:g}"
                self.complain("contrast", message, colours[front].place, "choose a darker colour, or a lighter ground")


def _entries(layers: list[_Layer], overrides: Overrides) -> Iterator[tuple[bool, str, str, _Value]]:
    """Every token of every file from the base up, then those of the overrides."""
    for layer in reversed(layers):
        for group in GROUPS:
            values = layer.root.get(group)
            for name, value in values.items() if isinstance(values, dict) else ():
                yield layer.name == BASE, group, name, _Value(value, layer.place(value))
    for group, given in overrides.items():
        for name, text in given.items():
            yield False, group, name, _Value(text, Place("(overrides)"))


def _face(role: str, main: int, font: Font) -> str:
    """The name of a face: the role, then what sets it apart from the role's own weight."""
    apart = "" if font.weight == main else "-bold" if font.weight == BOLD else f"-{font.weight}"
    return f"{role}{apart}{'-italic' if font.italic else ''}"


def contrast(one: str, other: str) -> float:
    """The contrast of two colours by the WCAG formula, 1 to 21."""
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    parts = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _code_points(file: Path) -> frozenset[int]:
    with TTFont(file, lazy=True) as font:
        return frozenset(font.getBestCmap())


def _measure(length: str) -> tuple[float, str]:
    found = _LENGTH.fullmatch(length)
    return (float(found[1]), found[2]) if found and found[1] else (0.0, "")


def _first(layers: list[_Layer], key: str) -> Any:
    return next((layer.root[key] for layer in layers if key in layer.root), None)


def _slides(templates: Path, layers: list[_Layer]) -> Mapping[str, Any]:
    """The tokens of the deck, of the nearest theme that has any; plain YAML, checked by the deck's own model."""
    for layer in layers:
        for file in (layer.folder / FILE, templates / "deck" / f"tokens-{layer.name}.yaml"):
            loaded = yaml.load(file.read_text("utf-8"), Loader=yaml.CSafeLoader) if file.is_file() else None
            if loaded and loaded.get("slides"):
                return dict(loaded["slides"])
    return {}


def _styles(layers: list[_Layer]) -> Iterator[str]:
    for layer in reversed(layers):
        if (layer.folder / STYLES).is_file():
            yield (layer.folder / STYLES).read_text(encoding="utf-8")
