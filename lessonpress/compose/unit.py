"""The documents of a unit: one of each, made of all its lessons and banks."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from lessonpress.compose.artefacts import ComposedLesson, crowded
from lessonpress.compose.documents import UNIT, Document, artefact_path
from lessonpress.compose.jobs import Artefact
from lessonpress.compose.kit import Kit
from lessonpress.compose.scene import PaperScene
from lessonpress.compose.unit_documents import vocabulary
from lessonpress.compose.unit_documents.material import Material
from lessonpress.load.unit import LoadedUnit
from lessonpress.model.lesson import ResolvedLesson

CONTENTS: Mapping[str, Callable[[Material], dict[str, Any] | None]] = {
    "vocabulary": vocabulary.names,
}
"""What fills each template; it gives None where the unit has nothing for it."""


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
        with crowded(out, path, "the page has room for fewer or shorter words in it"):
            more = CONTENTS[document.source](material)
            if more is not None:
                job = UnitScene(material, document).document(**more)
                out.artefacts.append(Artefact(path, job, unit_key(unit.slug), document.name))
    return out


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

    def names(self) -> dict[str, Any]:
        """The context of a document template."""
        initials = "".join(word[0] for word in self.made.name.split("-")).upper()
        return {**super().names(), "named": self.named, "doc_number": f"{self.unit.code}-{initials}"}

    @property
    def named(self) -> str:
        """What the document is called."""
        return self.kit.labels(self.made.name.replace("-", "_"))

    def title(self) -> str:
        """The title of the file: what it is, of which unit."""
        return f"{self.unit.title.plain} ({self.named})"
