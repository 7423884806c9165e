"""The artefacts of a lesson: which documents, at which levels, under which names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from lessonpress.compose.checks import check_composed
from lessonpress.compose.deck import compose_deck
from lessonpress.compose.jobs import Artefact
from lessonpress.compose.kit import Kit
from lessonpress.compose.paper import compose_paper
from lessonpress.diagnostics import Diagnostic, Place, warning
from lessonpress.diagrams.drawing import DoesNotFit
from lessonpress.load.unit import LoadedUnit
from lessonpress.model.base import LEVELS, Level
from lessonpress.model.lesson import ResolvedLesson
from lessonpress.pose import PosedLesson, pose_lesson

DOCUMENTS = ("worksheet", "reading", "answer-key", "deck")


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
            if document == "deck" or (document == "reading" and not has_reading(posed[level])):
                continue
            kind = "worksheet" if document == "answer-key" else document
            composed = compose_paper(kit, posed[level], kind, key=document == "answer-key", images=unit.images)
            path = artefact_path(unit.slug, lesson.stem, document, level, folder)
            out.artefacts.append(Artefact(path, composed.document, key, document, level))
            for q in composed.spilled:
                out.diagnostics.append(
                    warning(
                        "answer-long",
                        f"the answer to {q} is longer than its space at {level} level; the notes have it whole",
                        Place(path),
                        "give it more lines with answer_space:, or a shorter answer:",
                    )
                )
    if "deck" in only:
        path = artefact_path(unit.slug, lesson.stem, "deck", "core", folder)
        try:
            out.artefacts.append(Artefact(path, compose_deck(kit, posed["core"]), key, "deck"))
        except DoesNotFit as error:
            out.diagnostics.append(
                Diagnostic(
                    "diagram-crowded",
                    str(error),
                    Place(path),
                    "a slide shows less than a page: fewer events, panels or words",
                )
            )
    return out


def has_reading(posed: PosedLesson) -> bool:
    """Whether the lesson has a text to print as a class set."""
    return any(task.kind == "reading" for task in posed.tasks)


def artefact_path(unit: str, stem: str, document: str, level: Level, folder: str = "") -> str:
    """The path of a file below the output folder: what is under `students/` may be given to students."""
    tree = "students" if document in ("worksheet", "reading") else "teachers"
    name = "deck.pptx" if document == "deck" else f"{document}{'' if level == 'core' else '-' + level}.pdf"
    return "/".join(part for part in (unit, tree, stem, folder, name) if part)
