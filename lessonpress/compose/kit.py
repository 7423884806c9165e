"""What composing needs, built once and passed as a value: templates, theme, labels, faces."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

import jinja2
from jinja2.sandbox import ImmutableSandboxedEnvironment

from lessonpress.compose.labels import Labels, load_labels
from lessonpress.diagrams.canvas import Words
from lessonpress.measure import Face
from lessonpress.theme import Theme


@dataclass(frozen=True)
class Kit:
    """The templates' environment, a theme, the labels of a language, and the theme's faces for measuring."""

    templates: Path
    env: jinja2.Environment
    theme: Theme
    labels: Labels
    faces: dict[str, Face]
    paper: str = "a4"

    def drawing_faces(self) -> dict[int, Face]:
        """The faces that diagrams on paper are measured with, by weight."""
        return {400: self.faces["text"], 700: self.faces["text-bold"]}

    def words(self) -> Words:
        """The words that diagrams print by themselves."""
        label = self.labels
        return Words(tuple(label("months_short").split()), label("together"), label("against"), label("issue"))


def environment(templates: Path) -> jinja2.Environment:
    """The environment of all templates: sandboxed, autoescaping, strict about what is undefined."""
    env = ImmutableSandboxedEnvironment(
        loader=jinja2.FileSystemLoader(templates),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    env.globals.clear()
    env.globals.update(range=range, dict=dict, namespace=jinja2.utils.Namespace)
    return env


def make_kit(templates: Path, theme: Theme, lang: str, paper: str = "a4") -> Kit:
    """The kit for a theme and a language."""
    faces = {role: Face(path) for role, path in theme.faces.items()}
    return Kit(templates, environment(templates), theme, load_labels(templates, lang), faces, paper)


def file_hash(path: Path) -> str:
    """The SHA-256 of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()
