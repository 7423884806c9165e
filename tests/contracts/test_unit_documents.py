"""The contracts of every document of a unit, held to those of the unit that we ship."""

from __future__ import annotations

import pytest

from lessonpress.compose.documents import UNIT
from lessonpress.compose.jobs import Booklet, HtmlDocument
from lessonpress.compose.unit import CONTENTS, UnitScene
from lessonpress.load.unit import LoadedUnit
from lessonpress.model.sealed import Sealed
from lessonpress.theme import STANDARD, papers
from tests.activities.bench import TEMPLATES
from tests.documents.unit_bench import artefact, material, opened, rendered, unit

SINGLE = [document for document in UNIT if document.source in CONTENTS]
PROFILES = (STANDARD, "large-print", "dyslexia")
every_document = pytest.mark.parametrize("document", UNIT, ids=lambda document: document.name)
every_profile = pytest.mark.parametrize("profile", PROFILES)


def test_the_unit_has_every_document() -> None:
    """No document of a unit is missing from the one that we ship, and each says what it is."""
    assert len(UNIT) >= 10
    assert {document.tree for document in UNIT} == {"students", "teachers"}
    titles = {artefact(document.name).job.title for document in UNIT}  # type: ignore[union-attr]
    assert len(titles) == len(UNIT)


@pytest.mark.slow
@every_document
@every_profile
def test_nothing_is_said_of_a_document(document: object, profile: str) -> None:
    """Printers and linter have nothing against it, in standard and in larger type."""
    made = rendered(document.name, profile)  # type: ignore[attr-defined]
    assert [diagnostic.message for diagnostic in made.diagnostics] == []
    assert made.pages


@every_document
def test_documents_are_tagged(document: object) -> None:
    """A document has its language, its title and tags with a heading."""
    pdf = opened(document.name)  # type: ignore[attr-defined]
    assert str(pdf.Root.Lang) == "en-GB"
    assert str(pdf.docinfo.Title) == artefact(document.name).job.title  # type: ignore[attr-defined, union-attr]
    tags = {str(item.S) for item in pdf.objects if isinstance(item, type(pdf.Root)) and "/S" in item and "/K" in item}
    assert "/H1" in tags


@every_document
@pytest.mark.parametrize("paper", papers(TEMPLATES))
def test_documents_are_made_on_every_paper(document: object, paper: str) -> None:
    """Letter has the documents that A4 has."""
    assert artefact(document.name, paper=paper).document == document.name  # type: ignore[attr-defined]


def test_what_students_get_asks_nothing_that_it_answers() -> None:
    """Apart from booklets, whose sheets have a contract of their own, no answer under seal is opened for students."""
    keys = 0
    for document in SINGLE:
        scene = UnitScene(material(), document)
        more = CONTENTS[document.source](material(), document.form)
        assert more is not None
        scene.document(**more)
        assert bool(scene.ink.written) == document.answers, document.name
        keys += document.answers
    assert keys >= 1


def test_a_unit_without_banks_has_no_documents_of_them() -> None:
    """What a unit has nothing for is left out, whatever the document."""
    bare = LoadedUnit(unit().slug, unit().unit, unit().lessons)
    empty = type(material())(material().kit, bare, bare.lessons, 1)
    assert [CONTENTS[document.source](empty, document.form) for document in SINGLE] == [None] * len(SINGLE)


def test_jobs_hold_no_seal() -> None:
    """What workers get is text and nothing else."""
    jobs = [artefact(document.name).job for document in UNIT]
    assert all(isinstance(job, HtmlDocument | Booklet) for job in jobs)
    assert not any(isinstance(value, Sealed) for job in jobs for value in vars(job).values())
