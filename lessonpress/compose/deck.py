"""Compose the deck of a lesson: slide markup from the lesson, its tasks at core level and its own slides."""

from __future__ import annotations

import json
import string
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import yaml
from markupsafe import Markup

from lessonpress.compose.answers import Ink, all_text
from lessonpress.compose.deck_base import compose_base
from lessonpress.compose.jobs import Deck
from lessonpress.compose.kit import Kit, hashes
from lessonpress.diagrams import Diagram, DoesNotFit, place, template
from lessonpress.diagrams.canvas import Canvas
from lessonpress.measure import Family, load_families
from lessonpress.model.activity import PHASES
from lessonpress.model.deck import Hinge
from lessonpress.model.slide_layouts import slide_layouts
from lessonpress.model.slide_tokens import slide_tokens
from lessonpress.model.text import plain
from lessonpress.pose import PosedLesson, Task

LAYOUTS, FACES = "deck/layouts.yaml", "fonts/slides/families.yaml"
SLIDE_BODY, SLIDE_SMALL = 24.0, 20.0
"""The text of a diagram on a slide, in points; one too crowded for it is set in CROWDED."""
CROWDED = 20.0, 18.0
FIGURE_MM = (306.7, 112.0)
"""The room of a figure that has a slide to itself, in mm."""
SHORT_FIGURE_MM = (306.7, 84.0)
"""The room of a figure above text."""


class Show:
    """The names that the deck's templates see."""

    def __init__(self, kit: Kit, posed: PosedLesson, family: Family) -> None:
        self.kit, self.posed = kit, posed
        self.ink = Ink(is_key=True, face=kit.faces["text-bold"], word=kit.labels, size=kit.theme.pt("write"))
        self._faces = {400: family.regular, 700: family.bold}

    def names(self) -> dict[str, Any]:
        """The context of the deck template."""
        lesson = self.posed.lesson
        return {
            "lesson": lesson,
            "sheet": lesson.core,
            "unit": lesson.unit,
            "posed": self.posed,
            "tasks": self.posed.phase,
            "phases": PHASES,
            "label": self.kit.labels,
            "ink": self.ink,
            "own": self.own,
            "slides_of": self.slides_of,
            "answers_of": self.answers_of,
            "asides_of": self.asides_of,
            "numbered": self.numbered,
            "drawing": self.drawing,
            "short": self.short,
            "is_hinge": lambda item: isinstance(item, Hinge),
            "wrong_options": wrong_options,
            "sources": list(self.sources()),
        }

    def own(self, after: str) -> list[Any]:
        """The lesson's own slides that stand after a phase or an activity."""
        return [item for item in self.posed.lesson.core.deck if item.after == after]

    def slides_of(self, task: Task) -> Markup:
        """The slides of a task, as its kind's template writes them."""
        return self._macro(task, "slides")

    def answers_of(self, task: Task) -> Markup:
        """The short answers of a task in words, for the slide after the task slide."""
        return self._macro(task, "answers")

    def asides_of(self, task: Task) -> Markup:
        """What the notes say beside those short answers: corrections, and answers in full."""
        return self._macro(task, "asides")

    def _macro(self, task: Task, name: str) -> Markup:
        self.ink.task = task.name
        module = self.kit.env.get_template(f"activities/{task.kind}.html.j2").make_module(self.names())
        macro: Callable[[Task], str] | None = getattr(module, name, None)
        return Markup(macro(task) if macro is not None else "")  # noqa: S704 - the macro's own markup

    def numbered(self, numbers: Iterable[int]) -> list[Task]:
        """The tasks that bear these numbers on the sheet."""
        wanted = set(numbers)
        return [task for task in self.posed.tasks if task.number in wanted]

    def drawing(self, diagram: Diagram, *, short: bool = False) -> Markup:
        """A diagram as SVG for a slide, in the classes of the theme."""
        width, height = SHORT_FIGURE_MM if short else FIGURE_MM
        try:
            drawn = place(diagram, Canvas(width, height, SLIDE_BODY, SLIDE_SMALL, self._faces, self.kit.words()))
        except DoesNotFit:
            drawn = place(diagram, Canvas(width, height, *CROWDED, self._faces, self.kit.words()))
        names = {"drawing": drawn, "ink": self.ink.plain, "colours": None, "family": ""}
        return Markup(self.kit.env.get_template(template(diagram)).render(names))  # noqa: S704 - our own template

    def short(self, question: Any, limit: int = 2, words: int = 40) -> list[Any]:
        """What a question is answered with, in a few lines: its answer, or the first points of its mark scheme.

        Of an answer with more than `words` words only the points stand here; the key has it whole.
        """
        cells = [cell for row in question.answer or () for cell in row][: limit * 2]
        scheme = question.mark_scheme
        points = (scheme.credit or scheme.indicative) if scheme is not None else ()
        points = (points or question.indicative)[:limit]
        if cells and (not points or len(all_text(cells).split()) <= words):
            return [self.ink(cell) for cell in cells]
        return [self.ink(point) for point in points]

    def sources(self) -> Iterable[Any]:
        """The sources of the lesson, each once, in order."""
        seen = set()
        for task in self.posed.tasks:
            for source in getattr(task.activity, "sources", ()):
                if source.id not in seen:
                    seen.add(source.id)
                    yield source


def wrong_options(hinge: Hinge) -> list[tuple[str, Any, Any]]:
    """The letter, the option and what is wrong with it, for each wrong option that says so."""
    why = {_folded(option): reason for option, reason in hinge.why.items()}
    lettered = zip(string.ascii_uppercase, hinge.options, strict=False)
    return [(letter, option, why[key]) for letter, option in lettered if (key := _folded(option.plain)) in why]


def _folded(text: str) -> str:
    """A text as it was typed, with straight quotation marks and plain hyphens."""
    return plain(text).strip()


def compose_deck(kit: Kit, posed: PosedLesson) -> Deck:
    """The deck of a posed lesson. Raises DoesNotFit where a diagram is too crowded for a slide."""
    tokens = slide_tokens(kit.theme.slides)
    layouts = slide_layouts(read_data(kit.templates / LAYOUTS), tokens)
    families = slide_families(kit.templates)
    show = Show(kit, posed, families[tokens.fonts.minor])
    markup = kit.env.get_template("deck/deck.html.j2").render(show.names())
    base = compose_base(tokens, layouts, kit.env, posed.lesson.unit.lang)
    files = [kit.templates / LAYOUTS, *sorted((kit.templates / FACES).parent.rglob("*.ttf"))]
    slides = json.dumps(dict(kit.theme.slides), sort_keys=True, default=dict)
    return Deck(markup, base, slides, str(kit.templates), hashes(kit.templates, files))


def slide_families(templates: Path) -> dict[str, Family]:
    """The faces that slides are measured with, by font name."""
    path = templates / FACES
    return load_families(path.parent, read_data(path))


def read_data(path: Path) -> Any:
    """A YAML file of the templates as plain data."""
    return yaml.load(path.read_text("utf-8"), Loader=yaml.CSafeLoader)
