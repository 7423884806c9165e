"""Compose the paper of a lesson: worksheet, answer key and reading as HTML."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from markupsafe import Markup

from lessonpress.compose.answers import Written
from lessonpress.compose.cards import CardRuler
from lessonpress.compose.jobs import HtmlDocument
from lessonpress.compose.kit import Kit
from lessonpress.compose.scene import PaperScene
from lessonpress.compose.statistics import Figures
from lessonpress.model.base import Level
from lessonpress.pose import PosedLesson, Task


@dataclass(frozen=True)
class Composed:
    """A composed document, and what ink did in it."""

    document: HtmlDocument
    written: tuple[Written, ...]
    spilled: tuple[str, ...]


@dataclass(frozen=True)
class Drawn:
    """A task as it stands in every document of its sheet or its key, and what ink did in it."""

    markup: Markup
    written: tuple[Written, ...]
    spilled: tuple[tuple[str, Markup], ...]


Drawings = dict[tuple[Level, str, bool, str], Drawn]
"""The tasks of one lesson that have been drawn, by level, version, whether on a key, and name."""


def compose_paper(
    kit: Kit,
    posed: PosedLesson,
    kind: str,
    *,
    key: bool = False,
    images: Path | None = None,
    figures: Figures | None = None,
    name: str = "",
    drawn: Drawings | None = None,
) -> Composed:
    """The worksheet or reading of a posed lesson, or its key; the key is the sheet with ink, and ends with `figures`.
    `name` stands where pupils write theirs. Tasks that are `drawn` already are taken from there.
    """
    scene = Scene(kit, posed, kind, key=key, images=images, figures=figures, drawn=drawn)
    return Composed(scene.document(pupil=name), tuple(scene.ink.written), tuple(q for q, _ in scene.ink.spilled))


def task_html(
    kit: Kit,
    posed: PosedLesson,
    task: Task,
    *,
    key: bool = False,
    images: Path | None = None,
    drawn: Drawings | None = None,
) -> tuple[str, tuple[Written, ...]]:
    """One task alone, as it stands on sheet or key, and the answers that were written in it."""
    scene = Scene(kit, posed, "worksheet", key=key, images=images, drawn=drawn)
    return str(scene.sheet_of(task)), tuple(scene.ink.written)


class Scene(PaperScene):
    """The names that the templates of a lesson's documents see; scenes that share `drawn` draw a task once."""

    def __init__(
        self,
        kit: Kit,
        posed: PosedLesson,
        kind: str,
        *,
        key: bool,
        images: Path | None,
        figures: Figures | None = None,
        drawn: Drawings | None = None,
    ) -> None:
        lesson = posed.lesson
        super().__init__(kit, lesson.unit, kind, key=key, level=posed.level, revised=lesson.revised, images=images)
        self.posed, self.figures = posed, figures
        self._drawn: Drawings = {} if drawn is None else drawn

    def names(self) -> dict[str, Any]:
        """The context of a document template."""
        lesson = self.posed.lesson
        return {
            **super().names(),
            "lesson": lesson,
            "ao_of": lesson.ao_of,
            "sheet": lesson.levels[self.posed.level],
            "posed": self.posed,
            "version": self.posed.version,
            "figures": self.figures,
            "tasks": self.posed.phase,
            "sheet_of": self.sheet_of,
            "notes_of": self.notes_of,
            "cards_of": self.cards_of,
            "cut_how": self.cut_how(),
            "ruler_of": self.ruler_of,
            "doc_number": f"{lesson.sheet_id}-{self.page.initials}{lesson.number}",
        }

    def title(self) -> str:
        """The title of the file: what it is, of which lesson."""
        label, lesson = self.kit.labels, self.posed.lesson
        named = self.page.kind.replace("-", "_")
        what = label("answer_key") if self.page.is_key and named == "worksheet" else label(named)
        letter = f" {self.posed.version}" if self.posed.version else ""
        return f"{label('lesson')} {lesson.number}: {lesson.core.title.plain} ({what}{letter})"

    def sheet_of(self, task: Task) -> Markup:
        """A task as its kind's template draws it."""
        ink, key = self.ink, (self.posed.level, self.posed.version, self.page.is_key, task.name)
        known = self._drawn.get(key)
        if known is not None:
            ink.written += known.written
            ink.spilled += known.spilled
            return known.markup
        written, spilled = len(ink.written), len(ink.spilled)
        markup = self._macro(task, "sheet")
        self._drawn[key] = Drawn(markup, tuple(ink.written[written:]), tuple(ink.spilled[spilled:]))
        return markup

    def notes_of(self, task: Task) -> Markup:
        """What the kind of a task has to say in the notes after the key; nothing for most."""
        return self._macro(task, "notes")

    def cards_of(self, task: Task) -> Markup:
        """The cards of a task that are cut out, as its kind's template lays them."""
        return self._macro(task, "cards")

    def cut_how(self) -> str:
        """What stands under the title of every set of cards; in larger type the foot has no room for the licence."""
        licence = f" {self.posed.lesson.unit.licence}" if self.page.large else ""
        return self.kit.labels("cut_how") + licence

    def ruler_of(self, task: Task) -> CardRuler:
        """What measures the cards of a task, below the head of its set."""
        return CardRuler(self.kit, task.activity.title, self.cut_how())

    def _macro(self, task: Task, name: str) -> Markup:
        self.ink.task = task.name
        module = self.kit.env.get_template(f"activities/{task.kind}.html.j2").make_module(self.names())
        macro = getattr(module, name, None)
        return Markup(macro(task) if macro is not None else "")  # noqa: S704 - the macro's own markup
