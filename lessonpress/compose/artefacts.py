"""The artefacts of a lesson: which documents, at which levels, under which names."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial

from lessonpress.compose.all_levels import compose_all_levels
from lessonpress.compose.checks import Places, check_composed
from lessonpress.compose.deck import compose_deck
from lessonpress.compose.documents import LESSON, artefact_path
from lessonpress.compose.jobs import Artefact
from lessonpress.compose.kit import Kit
from lessonpress.compose.matrix import compose_matrix
from lessonpress.compose.paper import Composed, Drawings, compose_paper
from lessonpress.compose.statistics import lesson_figures
from lessonpress.diagnostics import Diagnostic, Place, warning
from lessonpress.diagrams.drawing import DoesNotFit
from lessonpress.load.unit import LoadedUnit
from lessonpress.model.base import LEVELS, Level
from lessonpress.model.lesson import ResolvedLesson
from lessonpress.pose import PosedLesson, pose_lesson

APART = ("deck", "key-matrix", "answer-key-all")
"""Documents that are made of more than one posed lesson, or of none on paper."""


@dataclass
class ComposedLesson:
    """The artefacts of a lesson or a unit, and what is wrong with its text."""

    artefacts: list[Artefact] = field(default_factory=list)
    diagnostics: list[Diagnostic] = field(default_factory=list)

    def add(self, other: ComposedLesson) -> None:
        """Take what another has."""
        self.artefacts += other.artefacts
        self.diagnostics += other.diagnostics


def compose_lesson(
    kit: Kit,
    unit: LoadedUnit,
    lesson: ResolvedLesson,
    seed: int,
    only: Sequence[str],
    levels: Sequence[Level],
    folder: str = "",
    versions: Sequence[str] = ("",),
) -> ComposedLesson:
    """Compose the documents of a lesson, in the versions of these letters; the deck shows core, version A."""
    out = ComposedLesson()
    key = f"{unit.slug}/{lesson.stem}"
    posed = {level: pose_lesson(lesson, level, seed) for level in LEVELS}
    put = {
        (level, letter): pose_lesson(lesson, level, seed, letter) if letter else posed[level]
        for level in levels
        for letter in versions
    }
    drawn: Drawings = {}
    out.diagnostics += check_composed(kit, unit, lesson, posed, drawn)
    paper = partial(compose_paper, kit, images=unit.images, drawn=drawn)
    papers = [document for document in LESSON if document.name in only and document.name not in APART]
    for level in levels:
        for document in papers:
            if not has(posed[level], document.name) or not (document.by_level or level == levels[0]):
                continue
            shown: Level = level if document.by_level else "core"
            for letter in versions if document.by_version else ("",):
                path = artefact_path(unit.slug, lesson.stem, document.name, shown, folder, letter)
                with crowded(out, path, "a page has room for fewer or shorter words in it"):
                    one = put[shown, letter] if document.by_version else posed[shown]
                    figures = lesson_figures(unit, one) if document.is_key else None
                    composed = paper(one, document.source, key=document.answers, figures=figures)
                    out.artefacts.append(Artefact(path, composed.document, key, document.name, shown, letter))
                    out.diagnostics += _spilled(kit, composed, path, shown)
    if "answer-key-all" in only:
        path = artefact_path(unit.slug, lesson.stem, "answer-key-all", "core", folder)
        with crowded(out, path, "a page has room for fewer or shorter words in it"):
            out.artefacts.append(
                Artefact(path, compose_all_levels(kit, posed, unit.images, drawn), key, "answer-key-all")
            )
    if "key-matrix" in only and len(versions) > 1:
        for level in levels:
            path = artefact_path(unit.slug, lesson.stem, "key-matrix", level, folder)
            sheet, differ = compose_matrix(kit, [put[level, letter] for letter in versions], unit.images, drawn)
            out.artefacts.append(Artefact(path, sheet, key, "key-matrix", level))
            if not differ:
                out.diagnostics.append(_same(level, Places(unit, lesson)))
    if "deck" in only:
        path = artefact_path(unit.slug, lesson.stem, "deck", "core", folder)
        with crowded(out, path, "a slide shows less than a page: fewer events, panels or words"):
            out.artefacts.append(Artefact(path, compose_deck(kit, posed["core"]), key, "deck"))
    return out


@contextmanager
def crowded(out: ComposedLesson, path: str, hint: str) -> Iterator[None]:
    """A diagram without room is told with the file that it was drawn for."""
    try:
        yield
    except DoesNotFit as error:
        out.diagnostics.append(Diagnostic("diagram-crowded", str(error), Place(path), hint))


def _same(level: Level, places: Places) -> Diagnostic:
    """Versions that are all the same."""
    return warning(
        "same-versions",
        f"every version has the same answers in the same order at {level} level: nothing there is shuffled",
        places.of_lesson("title"),
        "write shuffle: true where questions may stand in any order",
    )


def _spilled(kit: Kit, composed: Composed, path: str, level: Level) -> Iterator[Diagnostic]:
    """Answers without room on their lines. In larger type the notes hold more of them, and no lesson can be
    written for every type.
    """
    for q in composed.spilled if not kit.theme.profile.large else ():
        yield warning(
            "answer-long",
            f"the answer to {q} is longer than its space at {level} level; the notes have it whole",
            Place(path),
            "give it more lines with answer_space:, or a shorter answer:",
        )


def has(posed: PosedLesson, document: str) -> bool:
    """Whether the lesson has the document: a reading needs a text, cards an activity that cuts them out."""
    if document == "reading":
        return any(task.kind == "reading" for task in posed.tasks)
    return document != "cards" or any(task.activity.cut_out for task in posed.tasks)
