"""What composing needs, built once and passed as a value: templates, theme, labels, faces."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import jinja2
from jinja2.sandbox import ImmutableSandboxedEnvironment

from lessonpress.compose.deck_kit import DeckKit, deck_kit
from lessonpress.compose.labels import Labels, load_labels
from lessonpress.compose.mirror import mirrored
from lessonpress.diagrams.canvas import Words
from lessonpress.measure import Face
from lessonpress.theme import Theme

HYPHENATED = "p,li,td{hyphens:auto;hyphenate-limit-chars:7 3 3;hyphenate-limit-zone:12%}th,.k,.q,.q p,.do,.stim td,.opts li,.bank li{hyphens:manual}\n"
"""Long words part at syllables in columns and readings, not in questions or where a word stands by itself."""
JOINED = "\n*{letter-spacing:0!important}em,i{font-style:normal}em{font-weight:600}.q .let{font-size:.86em}"
"""Arabic letters are joined: they are neither spaced nor slanted; alone they are wide."""


@dataclass(frozen=True)
class Kit:
    """The templates' environment, a theme, the labels of a language, and the theme's faces for measuring.

    `css` is the whole style sheet of paper, `fonts` names the theme's font files and its logo with the hash of each.
    """

    templates: Path
    env: jinja2.Environment
    theme: Theme
    labels: Labels
    faces: dict[str, Face]
    css: str
    fonts: tuple[tuple[str, str], ...]

    @cached_property
    def deck(self) -> DeckKit:
        """What the decks of the theme need; raises ContentError where a school's file cannot be their base."""
        return deck_kit(self.templates, self.theme.slides, self.theme.deck_base, self.theme.school)

    def drawing_faces(self) -> dict[int, Face]:
        """The faces that diagrams on paper are measured with, by weight."""
        return {400: self.faces["text"], 700: self.faces["text-bold"]}

    def words(self) -> Words:
        """The words that diagrams print by themselves."""
        label = self.labels
        months = tuple(label("months_short").split())
        return Words(months, label("together"), label("against"), label("issue"), label.language)


class _Sandbox(ImmutableSandboxedEnvironment):
    """The sandbox, which asks once whether an attribute of a type is safe: types decide it, and templates ask often."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._safe: dict[tuple[type, str], bool] = {}

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        key = type(obj), attr
        if key not in self._safe:
            self._safe[key] = super().is_safe_attribute(obj, attr, value)
        return self._safe[key]


def environment(templates: Path) -> jinja2.Environment:
    """The environment of all templates: sandboxed, autoescaping, strict about what is undefined.

    It reads each template once: a change is seen by the next kit.
    """
    env = _Sandbox(
        loader=jinja2.FileSystemLoader(templates),
        auto_reload=False,
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    env.globals.clear()
    env.globals.update(range=range, dict=dict, namespace=jinja2.utils.Namespace)
    return env


def make_kit(templates: Path, theme: Theme, lang: str, env: jinja2.Environment | None = None) -> Kit:
    """The kit for a theme and a language; an environment that is given is shared with its compiled templates."""
    track, word_space = theme.em("track"), theme.em("word-space")
    others = {font.file: Face(font.file, word_space=word_space) for fonts in theme.also.values() for font in fonts}
    faces = {
        role: Face(path, track=track, word_space=word_space, fallback=_other(theme, role, others))
        for role, path in theme.faces.items()
    }
    fonts = hashes(templates, sorted(theme.files))
    labels = load_labels(templates, lang)
    return Kit(templates, env or environment(templates), theme, labels, faces, _styles(theme, labels), fonts)


def _styles(theme: Theme, labels: Labels) -> str:
    """The style sheet of a theme for a language: hyphens and direction are the language's."""
    language = labels.language
    css = (HYPHENATED if language.hyphenate and theme.profile.hyphens else "") + theme.stylesheet()
    return mirrored(css) + JOINED if language.is_rtl else css


def _other(theme: Theme, role: str, faces: Mapping[Path, Face]) -> Face | None:
    """The face that measures what a face of the theme lacks."""
    return next((faces[font.file] for font in theme.also.get(role, ())), None)


def hashes(templates: Path, files: Iterable[Path]) -> tuple[tuple[str, str], ...]:
    """Files of the templates by their path below it, each with the hash of its content."""
    return tuple((path.relative_to(templates).as_posix(), file_hash(path)) for path in files)


def file_hash(path: Path) -> str:
    """The SHA-256 of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()
