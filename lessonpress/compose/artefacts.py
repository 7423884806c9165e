"""The artefacts of a lesson: which documents, at which levels, under which names."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from lessonpress.compose.checks import check_composed
from lessonpress.compose.deck import compose_deck
from lessonpress.compose.jobs import Artefact
from lessonpress.compose.kit import Kit
from lessonpress.compose.paper import Composed, compose_paper
from lessonpress.diagnostics import Diagnostic, Place, warning
from lessonpress.diagrams.drawing import DoesNotFit
from lessonpress.load.unit import LoadedUnit
from lessonpress.model.base import LEVELS, Level
from lessonpress.model.lesson import ResolvedLesson
from lessonpress.pose import PosedLesson, pose_lesson

DOCUMENTS = ("worksheet", "reading", "cards", "answer-key", "deck")
SOMETIMES = ("reading", "cards")
"""Documents that only some lessons have."""
STUDENTS = ("worksheet", *SOMETIMES)
"""Documents that may be given to students."""


@dataclass
class ComposedLesson:
    """The artefacts of a lesson, and what is wrong with its text."""

    artefacts: list[Artefact] = field(default_factory=list)
    diagnostics: list[Diagnostic] = field(default_factory=list)


def compose_lesson(
    kit: Kit,
    unit: LoadedUnit,
    lesson: ResolvedLesson,
    seed: int,
    only: Sequence[str],
    levels: Sequence[Level],
    folder: str = "",
) -> ComposedLesson:
    """Compose the documents of a lesson; the deck shows core."""
    out = ComposedLesson()
    key = f"{unit.slug}/{lesson.stem}"
    posed = {level: pose_lesson(lesson, level, seed) for level in LEVELS}
    out.diagnostics += check_composed(kit, unit, lesson, posed)
    for level in levels:
        for document in only:
            if document == "deck" or not has(posed[level], document):
                continue
            path = artefact_path(unit.slug, lesson.stem, document, level, folder)
            with _crowded(out, path, "a page has room for fewer or shorter words in it"):
                kind, is_key = ("worksheet", True) if document == "answer-key" else (document, False)
                composed = compose_paper(kit, posed[level], kind, key=is_key, images=unit.images)
                out.artefacts.append(Artefact(path, composed.document, key, document, level))
                out.diagnostics += _spilled(kit, composed, path, level)
    if "deck" in only:
        path = artefact_path(unit.slug, lesson.stem, "deck", "core", folder)
        with _crowded(out, path, "a slide shows less than a page: fewer events, panels or words"):
            out.artefacts.append(Artefact(path, compose_deck(kit, posed["core"]), key, "deck"))
    return out


@contextmanager
def _crowded(out: ComposedLesson, path: str, hint: str) -> Iterator[None]:
    """A diagram without room is told with the file that it was drawn for."""
    try:
        yield
    except DoesNotFit as error:
        out.diagnostics.append(Diagnostic("diagram-crowded", str(error), Place(path), hint))


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


def artefact_path(unit: str, stem: str, document: str, level: Level, folder: str = "") -> str:
    """The path of a file below the output folder: what is under `students/` may be given to students."""
    tree = "students" if document in STUDENTS else "teachers"
    name = "deck.pptx" if document == "deck" else f"{document}{'' if level == 'core' else '-' + level}.pdf"
    return "/".join(part for part in (unit, tree, stem, folder, name) if part)
