"""Themes: colours, lengths and fonts as checked tokens, folded base ← extends ← theme ← overrides."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
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
ROLES = ("text", "display", "source", "numeral")
GROUPS = ("colours", "lengths", "fonts")
PAPER = "#FFFFFF"

MM: Mapping[str, float] = {"mm": 1.0, "pt": 25.4 / 72, "": 1.0}
CONTRASTS = (
    # Text needs 4.5 to 1; what pupils write on needs 3 (WCAG 1.4.3 and 1.4.11).
    *((name, PAPER, 4.5) for name in ("ink", "ink2", "accent", "key")),
    ("rule", PAPER, 3.0),
    ("ink", "tint", 7.0),
    ("strip-ink", "strip", 4.5),
)

_HEX = re.compile(r"#[0-9A-Fa-f]{6}")
_LENGTH = re.compile(r"(-?(?:\d+\.?\d*|\.\d+))(mm|pt|em)|(0)")
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
        tables = (TTFont(file, lazy=True).getBestCmap() for file in {font.file for font in self.fonts.values()})
        return frozenset.intersection(*(frozenset(table) for table in tables))

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


def themes(templates: Path) -> list[str]:
    """The names of the themes below a templates folder; the base is none."""
    return sorted(path.parent.name for path in (templates / "themes").glob(f"*/{FILE}") if path.parent.name != BASE)


def load_theme(templates: Path, name: str, overrides: Mapping[str, Mapping[str, str]] | None = None) -> Theme:
    """The theme of that name; `overrides` holds tokens by group, as a profile or a paper gives them.

    Raises UsageError where no theme has the name, ContentError with every problem of its files.
    """
    if name != BASE and name not in (known := themes(templates)):
        hint = did_you_mean(name, known) or f"there are {', '.join(known)}"
        raise UsageError(f'no theme is called "{name}": {hint}')
    problems: list[Diagnostic] = []
    layers = _chain(templates, name, problems)
    tokens = _fold(layers, overrides or {}, problems)
    colours, lengths, fonts = ({n: v for n, v in tokens[group].items()} for group in GROUPS)
    _check_values(colours, _HEX, "a colour is written with six digits, as #1F3A5F", problems)
    _check_values(lengths, _LENGTH, "a length is a number with mm, pt or em, or 0", problems)
    families, faces = _fonts(templates, fonts, problems)
    if not problems:
        _check_contrast(colours, problems)
    if problems:
        raise ContentError(problems)
    return Theme(
        name=name,
        title=str(_first(layers, "title") or name),
        colours={n: str(v.value).upper() for n, v in colours.items()},
        lengths={n: str(v.value) for n, v in lengths.items()},
        families=families,
        fonts=faces,
        lean=float(_first(layers, "lean") or 0),
        slides=_slides(templates, layers),
        styles=tuple(_styles(layers)),
    )


def _chain(templates: Path, name: str, problems: list[Diagnostic]) -> list[_Layer]:
    """The files of a theme, the nearest first and the base last."""
    layers: list[_Layer] = []
    wanted: str | None = name
    while wanted is not None:
        folder = templates / "themes" / wanted
        file = folder / FILE
        document = source.read(str(file), file.read_bytes())
        problems += document.diagnostics
        root = document.root if isinstance(document.root, source.Mapping) else source.Mapping()
        layers.append(_Layer(wanted, folder, document, root))
        wanted = None if wanted == BASE else str(root.get("extends") or BASE)
        if wanted is not None and not (templates / "themes" / wanted / FILE).is_file() or wanted in {la.name for la in layers}:
            place = document.place(getattr(root.get("extends"), "mark", None))
            problems.append(Diagnostic("theme-extends", f'the theme cannot extend "{wanted}"', place, "name another theme, or leave extends out"))
            wanted = BASE
            if any(layer.name == BASE for layer in layers):
                break
    return layers


_KEYS = frozenset({"title", "extends", "lean", "slides", *GROUPS})


def _fold(layers: list[_Layer], overrides: Mapping[str, Mapping[str, str]], problems: list[Diagnostic]) -> dict[str, dict[str, _Value]]:
    """The tokens of every group; names that the base lacks are problems."""
    tokens: dict[str, dict[str, _Value]] = {group: {} for group in GROUPS}
    for layer in reversed(layers):
        unknown = [(layer.document.place(layer.root.key_marks.get(key)), key) for key in layer.root if key not in _KEYS]
        problems += [_unknown(place, key, _KEYS) for place, key in unknown]
        for group, name, value in _entries(layer):
            if layer.name != BASE and name not in tokens[group]:
                problems.append(_unknown(value.place, name, tokens[group]))
            tokens[group][name] = value
    for group, values in overrides.items():
        for name, text in values.items():
            value = _Value(text, Place("(overrides)"))
            if name not in tokens.get(group, {}):
                problems.append(_unknown(value.place, name, tokens.get(group, {})))
            else:
                tokens[group][name] = value
    return tokens


def _entries(layer: _Layer) -> Iterator[tuple[str, str, _Value]]:
    for group in GROUPS:
        values = layer.root.get(group)
        for name, value in values.items() if isinstance(values, source.Mapping) else ():
            mark = getattr(value, "mark", None) or values.key_marks.get(name)
            yield group, name, _Value(value, layer.document.place(mark))


def _unknown(place: Place, name: str, known: Any) -> Diagnostic:
    return Diagnostic("theme-name", f'a theme has no "{name}"', place, did_you_mean(name, known))


def _check_values(tokens: Mapping[str, _Value], pattern: re.Pattern[str], hint: str, problems: list[Diagnostic]) -> None:
    for name, token in tokens.items():
        if not pattern.fullmatch(str(token.value)):
            problems.append(Diagnostic("theme-value", f'"{token.value}" cannot stand for {name}', token.place, hint))


def _fonts(templates: Path, tokens: Mapping[str, _Value], problems: list[Diagnostic]) -> tuple[dict[str, tuple[str, int]], dict[str, Font]]:
    """The family and weight of each role, and the font of each face."""
    families: dict[str, tuple[str, int]] = {}
    faces: dict[str, Font] = {}
    for role in ROLES:
        token = tokens.get(role)
        spec = token.value if token and isinstance(token.value, dict) else {}
        files, family, weight = spec.get("files"), str(spec.get("family", "")), str(spec.get("weight") or 400)
        if token is None or not isinstance(files, dict) or weight not in files or not _FAMILY.fullmatch(family):
            place = token.place if token else Place(FILE)
            problems.append(Diagnostic("theme-font", f"the font {role} is not complete", place, "write family:, weight: and files: with that weight"))
            continue
        families[role] = (family, int(weight))
        for key, file in files.items():
            found, url = _WEIGHT.fullmatch(key), f"themes/{file}"
            if not found or ".." in url or not (templates / url).is_file():
                hint = "weights are 400, 400-italic, 700 ...; files are named from the folder themes/"
                problems.append(Diagnostic("theme-font", f'there is no font "{file}" for the weight {key}', token.place, hint))
                continue
            faces[_face(role, int(weight), found)] = Font(family, int(found[1]), bool(found[2]), templates / url, url)
    return families, faces


def _face(role: str, main: int, found: re.Match[str]) -> str:
    """The name of a face: the role, then what sets it apart from the role's own weight."""
    weight = int(found[1])
    apart = "" if weight == main else "-bold" if weight == 700 else f"-{weight}"  # noqa: PLR2004
    return f"{role}{apart}{'-italic' if found[2] else ''}"


def _check_contrast(colours: Mapping[str, _Value], problems: list[Diagnostic]) -> None:
    for front, back, least in CONTRASTS:
        ground = str(colours[back].value) if back in colours else back
        ratio = contrast(str(colours[front].value), ground)
        if ratio < least:
            message = f"{front} on {back if back in colours else 'white'} has a contrast of {ratio:.1f} to 1; it needs {least:g}"
            problems.append(Diagnostic("theme-contrast", message, colours[front].place, "choose a darker colour, or a lighter ground"))


def contrast(one: str, other: str) -> float:
    """The contrast of two colours by the WCAG formula, 1 to 21."""
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    parts = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)  # noqa: PLR2004
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _measure(length: str) -> tuple[float, str]:
    found = _LENGTH.fullmatch(length)
    return (float(found[1]), found[2]) if found and found[1] else (0.0, "")


def _first(layers: list[_Layer], key: str) -> Any:
    return next((layer.root[key] for layer in layers if key in layer.root), None)


def _slides(templates: Path, layers: list[_Layer]) -> Mapping[str, Any]:
    """The tokens of the deck, of the nearest theme that has any."""
    for layer in layers:
        for file in (layer.folder / FILE, templates / "deck" / f"tokens-{layer.name}.yaml"):
            # Read as YAML's own types: the deck's tokens are numbers and lists, not text as typed.
            own = (yaml.load(file.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader) or {}) if file.is_file() else {}
            if "slides" in own:
                return dict(own["slides"])
    return {}


def _styles(layers: list[_Layer]) -> Iterator[str]:
    for layer in reversed(layers):
        if (layer.folder / STYLES).is_file():
            yield (layer.folder / STYLES).read_text(encoding="utf-8")
