"""The documents that are made of a lesson or a unit: where each lands, and in how many forms."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from lessonpress.options import Level

Tree = Literal["students", "teachers"]
"""What stands under `students/` may be given to students."""


@dataclass(frozen=True)
class Document:
    """A document: its template stands in `templates/documents/` under its name or that of the sheet that it answers.

    `by_level` makes one for each level, `by_version` one for each version, else there is one; `sometimes` ones are left
    out where a lesson or unit has nothing for them; `answers` says that a template may print answers: with the template
    of another it is its key.
    """

    name: str
    tree: Tree
    by_level: bool = True
    by_version: bool = False
    sometimes: bool = False
    answers: bool = False
    template: str = ""
    suffix: str = "pdf"

    @property
    def is_key(self) -> bool:
        """Whether it is another document with its answers."""
        return self.answers and bool(self.template)

    @property
    def source(self) -> str:
        """The name of the template."""
        return self.template or self.name

    @property
    def form(self) -> str:
        """In which form of its template it is made: `blank` of `knowledge-organiser-blank`; else empty."""
        return self.name.removeprefix(self.source).removeprefix("-")


LESSON = (
    Document("worksheet", "students", by_version=True),
    Document("reading", "students", sometimes=True),
    Document("cards", "students", sometimes=True),
    Document("self-assessment", "students", by_level=False),
    Document("answer-key", "teachers", by_version=True, answers=True, template="worksheet"),
    Document("answer-key-all", "teachers", by_level=False, answers=True),
    Document("key-matrix", "teachers", answers=True),
    Document("lesson-plan", "teachers", by_level=False),
    Document("cover-sheet", "teachers", by_level=False),
    Document("deck", "teachers", by_level=False, answers=True, suffix="pptx"),
)
"""The documents of a lesson, in the order in which they are made."""
UNIT = (
    Document("knowledge-organiser", "students", by_level=False, sometimes=True),
    Document(
        "knowledge-organiser-half-blank", "students", by_level=False, sometimes=True, template="knowledge-organiser"
    ),
    Document("knowledge-organiser-blank", "students", by_level=False, sometimes=True, template="knowledge-organiser"),
    Document("vocabulary", "students", by_level=False, sometimes=True),
    Document("flashcards", "students", by_level=False, sometimes=True),
    Document("flashcards-fold", "students", by_level=False, sometimes=True, template="flashcards"),
    Document("retrieval-quiz", "students", by_level=False, sometimes=True),
    Document("retrieval-quiz-key", "teachers", by_level=False, sometimes=True, answers=True, template="retrieval-quiz"),
    Document("assessment", "students", by_level=False, sometimes=True),
    Document("mark-scheme", "teachers", by_level=False, sometimes=True, answers=True),
    Document("timeline-poster", "students", by_level=False, sometimes=True),
    Document("revision-booklet", "students", by_level=False),
    Document("revision-booklet-key", "teachers", by_level=False, answers=True, template="revision-booklet"),
)
"""The documents of a unit, each made of all its lessons and banks."""
BY_NAME = {document.name: document for document in (*LESSON, *UNIT)}
DOCUMENTS = tuple(BY_NAME)
"""What `--only` may name."""


def artefact_path(unit: str, stem: str, document: str, level: Level, folder: str = "", version: str = "") -> str:
    """The path of a file below the output folder; the document of a unit has no stem, a single version no letter."""
    made = BY_NAME[document]
    name = f"{document}-{level}" if made.by_level and level != "core" else document
    letter = f".{version}" if made.by_version and version else ""
    return "/".join(part for part in (unit, made.tree, stem, folder, f"{name}{letter}.{made.suffix}") if part)
