"""Read a theme: base ← extends ← theme ← profile ← paper, every value checked, every problem told."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import yaml

from lessonpress import source
from lessonpress.diagnostics import Diagnostic, Place, did_you_mean
from lessonpress.errors import ContentError, UsageError
from lessonpress.options import A4, STANDARD
from lessonpress.theme.contrast import contrast
from lessonpress.theme.deck_base import read_deck_base
from lessonpress.theme.fonts import FontReader
from lessonpress.theme.school import read_school
from lessonpress.theme.values import LENGTH, Profile, Theme

BASE = "base"
FILE = "theme.yaml"
STYLES = "theme.css"
GROUPS = ("colours", "lengths", "fonts")
SETTINGS: Mapping[str, tuple[str, str]] = {
    "lean": (r"[0-3]?\d|4[0-5]", "write 0 to 45, in degrees"),
    "scale": (r"[12](\.\d+)?", "write 1 to 2.9: how many times the standard spaces"),
    "flow": ("table|list", "write table or list"),
    "lines_factor": (r"[123](\.\d+)?", "write 1 to 3.9: how many times the lines to write on"),
    "italics": ("true|false", "write true or false"),
    "hyphens": ("true|false", "write true or false"),
    "ornament": ("true|false", "write true or false"),
}
"""Single values that any file of the fold may set: how each is written, and what to say of another."""
KEYS = {
    "themes": frozenset({"title", "extends", "school", "slides", "deck_base", *SETTINGS, *GROUPS}),
    "profiles": frozenset({"title", *SETTINGS, *GROUPS}),
    "papers": frozenset({"title", "lengths", "punched"}),
}
WHITE = "#FFFFFF"

CONTRASTS = (
    # Text needs 4.5 to 1; what pupils write on needs 3 (WCAG 1.4.3 and 1.4.11).
    *((name, "", 4.5) for name in ("ink", "ink2", "accent", "key")),
    ("rule", "", 3.0),
    ("ink", "tint", 7.0),
    ("strip-ink", "strip", 4.5),
)

T = TypeVar("T")
_Reader = Callable[[Any, Path, Callable[[Any], Place]], tuple[T | None, list[Diagnostic]]]
_HEX = re.compile(r"#[0-9A-Fa-f]{6}")


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


def profiles(templates: Path) -> list[str]:
    """The names of the access profiles, `standard` first."""
    return _stems(templates / "profiles", STANDARD)


def papers(templates: Path) -> list[str]:
    """The names of the papers, `a4` first."""
    return _stems(templates / "papers", A4)


def _stems(folder: Path, first: str) -> list[str]:
    return sorted((path.stem for path in folder.glob("*.yaml")), key=lambda name: (name != first, name))


def load_theme(templates: Path, name: str, profile: str = STANDARD, paper: str = A4, *, punched: bool = False) -> Theme:
    """The theme of that name, as a profile and a paper want it; `punched` leaves room for holes at the inner edge.

    Raises UsageError where no theme, profile or paper has the name, ContentError with every problem
    of the files.
    """
    for what, word, known in (
        ("theme", name, [BASE, *themes(templates)]),
        ("profile", profile, profiles(templates)),
        ("paper", paper, papers(templates)),
    ):
        if word not in known:
            hint = did_you_mean(word, known) or f"there are {', '.join(n for n in known if n != BASE)}"
            raise UsageError(f'no {what} is called "{word}": {hint}')
    return _Loader(templates).load(name, profile, paper, punched=punched)


class _Loader:
    """Reads and checks one theme, noting every problem."""

    def __init__(self, templates: Path) -> None:
        self.templates = templates
        self.problems: list[Diagnostic] = []

    def complain(self, code: str, message: str, place: Place, hint: str) -> None:
        self.problems.append(Diagnostic(f"theme-{code}", message, place, hint))

    def load(self, name: str, profile: str, paper: str, *, punched: bool) -> Theme:
        own = self.chain(name)
        wanted, sheet = self.read("profiles", profile), self.read("papers", paper)
        layers = [sheet, wanted, *own]
        tokens = self.fold(layers, punched=punched)
        colours, lengths, fonts = (tokens[group] for group in GROUPS)
        self.check(colours, _HEX, 'a colour is written with six digits in quotation marks: "#1F3A5F"')
        self.check(lengths, LENGTH, "a length is a number with mm, pt or em, or 0")
        reader = FontReader(self.templates, self.complain)
        written = {role: (token.value, token.place) for role, token in fonts.items()}
        families, faces = reader.fonts(written)
        settings = self.settings(layers)
        school = self.nearest(own, "school", read_school)
        deck_base = self.nearest(own, "deck_base", read_deck_base)
        scripts = reader.scripts(written)
        if not self.problems:
            self.check_contrast(colours)
        if self.problems:
            raise ContentError(self.problems)
        shown = own if settings["ornament"] == "true" else own[-1:]
        return Theme(
            name=name,
            title=str(_first(own, "title") or name),
            colours={n: str(v.value).upper() for n, v in colours.items()},
            lengths={n: str(v.value) for n, v in lengths.items()},
            families=families,
            fonts=faces,
            lean=float(settings["lean"]),
            profile=Profile(
                profile,
                str(wanted.root.get("title") or profile),
                "list" if settings["flow"] == "list" else "table",
                float(settings["lines_factor"]),
                float(settings["scale"]),
                italics=settings["italics"] == "true",
                hyphens=settings["hyphens"] == "true",
                ornament=settings["ornament"] == "true",
            ),
            slides=_slides(own),
            styles=tuple(_styles(shown)),
            school=school,
            deck_base=deck_base,
            scripts=scripts,
        )

    def settings(self, layers: list[_Layer]) -> dict[str, str]:
        """The single values, each of the nearest file that sets it."""
        found: dict[str, str] = {}
        for key, (pattern, hint) in SETTINGS.items():
            layer = next(layer for layer in layers if key in layer.root)
            token = _Value(layer.root[key], layer.place(layer.root[key]))
            self.check({key: token}, re.compile(pattern), hint)
            found[key] = str(token.value)
        return found

    def chain(self, name: str) -> list[_Layer]:
        """The files of a theme, the nearest first and the base last."""
        layers: list[_Layer] = []
        while name != BASE:
            layer = self.read("themes", name)
            layers.append(layer)
            name = str(layer.root.get("extends") or BASE)
            if not (self.templates / "themes" / name / FILE).is_file() or name in {each.name for each in layers}:
                place = layer.place(layer.root["extends"])
                self.complain("extends", f'the theme cannot extend "{name}"', place, "name another theme, or none")
                name = BASE
        return [*layers, self.read("themes", BASE)]

    def read(self, group: str, name: str) -> _Layer:
        folder = self.templates / group / (name if group == "themes" else "")
        file = folder / (FILE if group == "themes" else f"{name}.yaml")
        document = source.read(str(file), file.read_bytes())
        self.problems += document.diagnostics
        root = document.root if isinstance(document.root, source.Mapping) else source.Mapping()
        for key in root:
            if key not in KEYS[group]:
                self.unknown(key, KEYS[group], document.place(root.key_marks[key]), group[:-1])
        return _Layer(name, folder, document, root)

    def unknown(self, name: str, known: Iterable[str], place: Place, what: str = "theme") -> None:
        self.complain("name", f'a {what} has no "{name}"', place, did_you_mean(name, known))

    def fold(self, layers: list[_Layer], *, punched: bool) -> dict[str, dict[str, _Value]]:
        """The tokens of every group; names that the base lacks are problems."""
        tokens: dict[str, dict[str, _Value]] = {group: {} for group in GROUPS}
        for is_base, group, name, value in _entries(layers, punched=punched):
            if is_base or name in tokens.get(group, {}):
                tokens[group][name] = _with_scripts(value, tokens[group].get(name)) if group == "fonts" else value
            else:
                self.unknown(name, tokens.get(group, {}), value.place)
        return tokens

    def check(self, tokens: Mapping[str, _Value], pattern: re.Pattern[str], hint: str) -> None:
        for name, token in tokens.items():
            if not pattern.fullmatch(str(token.value)):
                self.complain("value", f'"{token.value}" cannot stand for {name}', token.place, hint)

    def nearest(self, layers: list[_Layer], key: str, read: _Reader[T]) -> T | None:
        """What the nearest theme says under a key, read by its reader, if any says it."""
        layer = next((layer for layer in layers if key in layer.root), None)
        found, problems = read(layer.root[key], layer.folder, layer.place) if layer else (None, [])
        self.problems += problems
        return found

    def check_contrast(self, colours: Mapping[str, _Value]) -> None:
        for front, back, least in CONTRASTS:
            ratio = contrast(str(colours[front].value), str(colours[back].value) if back else WHITE)
            if ratio < least:
                message = f"{front} on {back or 'white'} has a contrast of {ratio:.1f} to 1; it needs {least:g}"
                self.complain("contrast", message, colours[front].place, "choose a darker colour, or a lighter ground")


def _entries(layers: list[_Layer], *, punched: bool) -> Iterator[tuple[bool, str, str, _Value]]:
    """Every token of every file from the base up; where holes are punched, the paper's margins for them last."""
    for layer in reversed(layers):
        for group in (*GROUPS, "punched") if punched else GROUPS:
            values = layer.root.get(group)
            for name, value in values.items() if isinstance(values, dict) else ():
                place = layer.place(value)
                yield layer.name == BASE, "lengths" if group == "punched" else group, name, _Value(value, place)


def _with_scripts(value: _Value, under: _Value | None) -> _Value:
    """A font with the fonts of other scripts that it stands over, where it names none of its own."""
    kept = under.value.get("scripts") if under and isinstance(under.value, dict) else None
    if kept is None or not isinstance(value.value, dict) or "scripts" in value.value:
        return value
    return _Value({**value.value, "scripts": kept}, value.place)


def _first(layers: list[_Layer], key: str) -> Any:
    return next((layer.root[key] for layer in layers if key in layer.root), None)


def _slides(layers: list[_Layer]) -> Mapping[str, Any]:
    """The tokens of the deck, those of a theme over those of what it extends; plain YAML, checked by the deck's model."""
    slides: Mapping[str, Any] = {}
    for layer in reversed(layers):
        loaded = yaml.load((layer.folder / FILE).read_text("utf-8"), Loader=yaml.CSafeLoader)
        slides = _merged(slides, (loaded if isinstance(loaded, dict) else {}).get("slides") or {})
    return slides


def _merged(under: Mapping[str, Any], over: Mapping[str, Any]) -> dict[str, Any]:
    """Mappings are merged key by key; everything else is replaced whole."""
    merged = dict(under)
    for key, value in over.items():
        old = merged.get(key)
        merged[key] = _merged(old, value) if isinstance(old, dict) and isinstance(value, dict) else value
    return merged


def _styles(layers: list[_Layer]) -> Iterator[str]:
    for layer in reversed(layers):
        if (layer.folder / STYLES).is_file():
            yield (layer.folder / STYLES).read_text(encoding="utf-8")
