"""Compose the deck of a lesson: slide markup from the lesson, its tasks at core level and its own slides."""

from __future__ import annotations

import json
import string
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, replace
from typing import Any

from markupsafe import Markup

from lessonpress.compose.answers import Ink, all_text
from lessonpress.compose.deck_base import TABLES, compose_base
from lessonpress.compose.deck_kit import FACES, FIGURE_MM, LAYOUTS
from lessonpress.compose.jobs import Deck, SchoolFile
from lessonpress.compose.kit import Kit, file_hash, hashes
from lessonpress.compose.school.forms import FILE as FORMS
from lessonpress.diagrams import Diagram, DoesNotFit, Drawing, place, template
from lessonpress.diagrams.canvas import Canvas
from lessonpress.measure import Family
from lessonpress.model.activity import PHASES
from lessonpress.model.deck import Hinge
from lessonpress.model.text import plain
from lessonpress.pose import PosedLesson, Task

SLIDE_BODY, SLIDE_SMALL = 24.0, 20.0
"""The text of a diagram on a slide, in points; one too crowded for it is set in CROWDED."""
CROWDED = 20.0, 18.0
TIGHT = 18.0, 18.0
"""The least of all, for the smaller slides of a school's own file."""


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
            "reasons": reasons,
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
        drawn = self._placed(diagram, short=short)
        names = {"drawing": drawn, "ink": self.ink.plain, "colours": None, "family": ""}
        return Markup(self.kit.env.get_template(template(diagram)).render(names))  # noqa: S704 - our own template

    def _placed(self, diagram: Diagram, *, short: bool) -> Drawing:
        """A diagram at the largest sizes of text that it has room for."""
        deck, words = self.kit.deck, self.kit.words()
        room, usual = deck.figure_mm(short=short), (SLIDE_BODY, SLIDE_SMALL)
        if deck.school is None:
            tries = [(room, usual), (room, CROWDED)]
        else:
            # A drawing without room above its text has a slide to itself; the last is scaled, and that is said.
            whole = deck.figure_mm(short=False)
            tries = [(room, usual), (room, CROWDED), (whole, usual), (whole, CROWDED), (whole, TIGHT)]
            tries.append((FIGURE_MM, CROWDED))
        for mm, size in tries[:-1]:
            with suppress(DoesNotFit):
                return place(diagram, Canvas(*mm, *size, self._faces, words))
        mm, size = tries[-1]
        return place(diagram, Canvas(*mm, *size, self._faces, words))

    def short(self, question: Any, limit: int = 2, words: int = 40) -> list[Any]:
        """What a question is answered with, in a few lines: its answer, or the first points of its mark scheme.

        Of an answer with more than `words` words only the points stand here; the key has it whole.
        """
        rows = _first_cells(question.answer or (), limit * 2)
        scheme = question.mark_scheme
        points = (scheme.credit or scheme.indicative) if scheme is not None else ()
        points = (points or question.indicative)[:limit]
        if rows and (not points or sum(len(all_text(row).split()) for row in rows) <= words):
            together = self._pair if len(rows) > 1 else self._apart
            return [text for row in rows for text in together(row)]
        return [self.ink(point) for point in points]

    def _apart(self, row: Sequence[Any]) -> list[Any]:
        return [self.ink(cell) for cell in row]

    def _pair(self, row: Sequence[Any]) -> list[Any]:
        """The cells of one of several rows; a pair stands on one line: what is inferred, then the detail that shows it."""
        cells = self._apart(row)
        if len(cells) != 2:
            return cells
        first = Markup(str(cells[0]).removesuffix("."))  # noqa: S704 - ink escapes
        return [Markup("{}: {}").format(first, cells[1])]

    def sources(self) -> Iterable[Any]:
        """The sources of the lesson, each once, in order."""
        seen = set()
        for task in self.posed.tasks:
            for source in getattr(task.activity, "sources", ()):
                if source.id not in seen:
                    seen.add(source.id)
                    yield source


def _first_cells(answer: Iterable[Sequence[Any]], count: int) -> list[Sequence[Any]]:
    """The rows of an answer, cut off after so many cells."""
    rows: list[Sequence[Any]] = []
    for row in answer:
        rows.append(row[: count - sum(map(len, rows))])
    return [row for row in rows if row]


def wrong_options(hinge: Hinge) -> list[tuple[str, Any, Any]]:
    """The letter, the option and what is wrong with it, for each wrong option that says so."""
    return reasons(list(zip(string.ascii_uppercase, hinge.options, strict=False)), hinge.why)


def reasons(options: Iterable[tuple[str, Any]], why: Mapping[str, Any]) -> list[tuple[str, Any, Any]]:
    """Of lettered options those that have a reason, each with its letter and the reason."""
    folded = {_folded(option): reason for option, reason in why.items()}
    return [(letter, option, folded[key]) for letter, option in options if (key := _folded(option.plain)) in folded]


def _folded(text: str) -> str:
    """A text as it was typed, with straight quotation marks and plain hyphens."""
    return plain(text).strip()


def compose_deck(kit: Kit, posed: PosedLesson) -> Deck:
    """The deck of a posed lesson. Raises DoesNotFit where a diagram is too crowded for a slide."""
    deck, school_file = kit.deck, kit.theme.deck_base
    show = Show(kit, posed, deck.families[deck.layouts.fonts.minor])
    markup = kit.env.get_template("deck/deck.html.j2").render(show.names())
    base = compose_base(deck.tokens, deck.layouts, kit.env, posed.lesson.unit.lang)
    slides = json.dumps(asdict(replace(deck.tokens, logo=None)), sort_keys=True)
    files = [kit.templates / LAYOUTS, kit.templates / FACES, *sorted(deck.font_files)]
    assets = hashes(kit.templates, files)
    if deck.school is None or school_file is None:
        return Deck(markup, base, slides, str(kit.templates), assets)
    named = tuple(sorted(school_file.layouts.items()))
    school = SchoolFile(str(school_file.file), file_hash(school_file.file), named)
    assets += hashes(kit.templates, [kit.templates / FORMS])
    return Deck(markup, {TABLES: base[TABLES]}, slides, str(kit.templates), assets, school)
