"""The bundled unit's own documents, composed and printed for tests."""

from __future__ import annotations

import functools
import io

import pikepdf
import pypdfium2

from lessonpress.compose.jobs import Artefact
from lessonpress.compose.unit import compose_unit
from lessonpress.compose.unit_documents.material import Material
from lessonpress.load import load
from lessonpress.load.unit import LoadedUnit
from lessonpress.render import render
from lessonpress.render.rendered import Rendered
from lessonpress.theme import STANDARD
from tests.activities.bench import ROOT, TEMPLATES
from tests.contracts.test_every_profile import kit

CLASSIC = "classic"


@functools.cache
def unit() -> LoadedUnit:
    """The unit that we ship."""
    return load(ROOT / "content" / "power-struggle", TEMPLATES, lambda _: None).units[0]


@functools.cache
def material(profile: str = STANDARD, paper: str = "a4") -> Material:
    """What its documents are made of."""
    return Material(kit(CLASSIC, profile, paper), unit(), unit().lessons, 1922)


@functools.cache
def artefact(name: str, profile: str = STANDARD, paper: str = "a4", theme: str = CLASSIC) -> Artefact:
    """One of its documents."""
    made = compose_unit(kit(theme, profile, paper), unit(), unit().lessons, 1922, (name,))
    assert made.diagnostics == []
    return made.artefacts[0]


@functools.cache
def rendered(name: str, profile: str = STANDARD, paper: str = "a4", theme: str = CLASSIC) -> Rendered:
    """One of its documents, printed."""
    return render(artefact(name, profile, paper, theme).job)


def pdf(name: str, profile: str = STANDARD, paper: str = "a4") -> pypdfium2.PdfDocument:
    """One of its documents, to look at."""
    return pypdfium2.PdfDocument(rendered(name, profile, paper).data)


def words(name: str, profile: str = STANDARD, paper: str = "a4") -> str:
    """All that is printed in one of its documents, with single spaces."""
    return " ".join(" ".join(page.get_textpage().get_text_bounded() for page in pdf(name, profile, paper)).split())


def opened(name: str, profile: str = STANDARD) -> pikepdf.Pdf:
    """One of its documents as PDF objects."""
    return pikepdf.open(io.BytesIO(rendered(name, profile).data))
