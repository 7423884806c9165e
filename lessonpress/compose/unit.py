"""The documents of a unit: one of each, made of all its lessons and banks."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from lessonpress.compose.artefacts import ComposedLesson, has, told_crowded
from lessonpress.compose.documents import UNIT, Document, artefact_path
from lessonpress.compose.jobs import Artefact, Booklet, HtmlDocument, Job
from lessonpress.compose.kit import Kit
from lessonpress.compose.paper import compose_paper
from lessonpress.compose.scene import PaperScene
from lessonpress.compose.unit_documents import assessment, flashcards, organiser, poster, quiz, vocabulary
from lessonpress.compose.unit_documents.material import Material
from lessonpress.load.unit import LoadedUnit
from lessonpress.model.lesson import ResolvedLesson
from lessonpress.pose import pose_lesson

CONTENTS: Mapping[str, Callable[[Material, str], dict[str, Any] | None]] = {
    "assessment": assessment.names,
    "knowledge-organiser": organiser.names,
    "flashcards": flashcards.names,
    "mark-scheme": assessment.names,
    "retrieval-quiz": quiz.names,
    "timeline-poster": poster.names,
    "vocabulary": vocabulary.names,
}
"""What fills each template in a form of it; it gives None where the unit has nothing for it."""


def unit_key(slug: str) -> str:
    """How the manifest names what belongs to a unit and to no lesson."""
    return f"{slug}/"


def compose_unit(
    kit: Kit, unit: LoadedUnit, lessons: Sequence[ResolvedLesson], seed: int, only: Sequence[str], folder: str = ""
) -> ComposedLesson:
    """Compose the documents of a whole unit, of those named in `only` the ones that it has something for."""
    out = ComposedLesson()
    material = Material(kit, unit, tuple(lessons), seed)
    for document in (document for document in UNIT if document.name in only):
        path = artefact_path(unit.slug, "", document.name, "core", folder)
        with told_crowded(out, path, "the page has room for fewer or shorter words in it"):
            job = _booklet(material, document) if document.source == "revision-booklet" else _single(material, document)
            if job is not None:
                out.artefacts.append(Artefact(path, job, unit_key(unit.slug), document.name))
    return out


def _single(material: Material, document: Document) -> Job | None:
    more = CONTENTS[document.source](material, document.form)
    return UnitScene(material, document).document(**more) if more is not None else None


@dataclass(frozen=True)
class Entry:
    """A lesson in the contents of a booklet, and the number of the part that it begins with."""

    lesson: ResolvedLesson
    part: int


def _booklet(material: Material, document: Document) -> Job:
    """The core worksheets of all lessons, each after the reading that it asks about, or the keys of the sheets."""
    entries: list[Entry] = []
    parts: list[HtmlDocument] = []
    for lesson in material.lessons:
        posed = pose_lesson(lesson, "core", material.seed)
        entries.append(Entry(lesson, len(parts) + 1))
        kinds = ("reading", "worksheet") if has(posed, "reading") and not document.answers else ("worksheet",)
        for kind in kinds:
            made = compose_paper(material.kit, posed, kind, key=document.answers, images=material.loaded.images)
            parts.append(made.document)
    contents = UnitScene(material, document).document(entries=entries)
    revised = max(part.revised for part in (contents, *parts))
    return Booklet(tuple(parts), contents.title, contents.lang, contents.root, revised, contents)


class UnitScene(PaperScene):
    """The names that the templates of a unit's documents see."""

    def __init__(self, material: Material, document: Document) -> None:
        super().__init__(
            material.kit,
            material.unit,
            document.source,
            key=document.answers,
            level=None,
            revised=material.revised,
            images=material.loaded.images,
        )
        self.made = document
        self.ao_of = material.lessons[0].ao_of

    def names(self) -> dict[str, Any]:
        """The context of a document template."""
        initials = "".join(word[0] for word in self.made.name.split("-")).upper()
        return {
            **super().names(),
            "named": self.named,
            "ao_of": self.ao_of,
            "doc_number": f"{self.unit.code}-{initials}",
        }

    @property
    def named(self) -> str:
        """What the document is called."""
        return self.kit.labels(self.made.name.replace("-", "_"))

    def title(self) -> str:
        """The title of the file: what it is, of which unit."""
        return f"{self.unit.title.plain} ({self.named})"
