"""The tools for looking at what was built: the gallery, the contact sheets, the checks of conformance."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from PIL import Image

from lessonpress.activities import discover
from lessonpress.model.base import LEVELS
from tests import gallery, look
from tests.conformance import run as conformance
from tests.conformance import slides
from tests.tiny import ROOT, edit

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The gallery, built once for this module."""
    output = tmp_path_factory.mktemp("gallery")
    outcome = gallery.make(output)
    assert [d for d in outcome.diagnostics if d.is_error] == []
    assert outcome.failed == ()
    return output


@pytest.fixture
def copy(built: Path, tmp_path: Path) -> Path:
    """A copy of the gallery to spoil: one sheet, its key and the deck."""
    keep = ("worksheet.pdf", "answer-key.pdf", "deck.pptx", "manifest.json")
    folder = shutil.copytree(
        built, tmp_path / "output", ignore=lambda _, names: [n for n in names if "." in n and n not in keep]
    )
    manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
    for entry in manifest["files"].values():  # a lesson of every kind is none that anybody laid out for its pages
        entry["diagnostics"] = []
    (folder / "manifest.json").write_text(json.dumps(manifest), "utf-8")
    return folder


def test_the_gallery_has_every_kind(built: Path) -> None:
    """Each kind that prints stands on the sheet at every level, and the deck has slides of it."""
    made = json.loads((built / "manifest.json").read_text("utf-8"))["files"]
    assert len(made) == 4 * len(LEVELS) + 5
    sheets = {path: entry for path, entry in made.items() if entry["document"] == "worksheet"}
    wanted = {name for name, kind in discover().items() if kind.on_paper}
    assert len(wanted) >= 30
    for path, entry in sheets.items():
        tasks = {anchor[0].split(".")[0] for anchor in entry["anchors"]}
        assert len(tasks) >= len(wanted), path
    assert len({entry["level"] for entry in sheets.values()}) == 3


def test_the_gallery_conforms(built: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """No fault in any of its PDFs, and no question of a key out of place."""
    report = conformance.Report()
    assert conformance.check_pdfs(built, report) == 16
    assert conformance.check_keys(built, report) == 0.0
    assert report.faults == []
    assert report.counts["questions, key against sheet"] > 60


def test_faults_of_a_pdf_are_seen(copy: Path) -> None:
    """A check that cannot fail proves nothing: without tags, language or title each is told."""
    path = next(copy.rglob("worksheet.pdf"))
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        del pdf.Root.MarkInfo
        del pdf.Root.StructTreeRoot
        del pdf.Root.Lang
        del pdf.Root.Metadata
        del pdf.docinfo["/Title"]
        pdf.save(path)
    report = conformance.Report()
    conformance.check_pdfs(copy, report)
    assert {name for name, _, _ in report.faults} == {path.relative_to(copy).as_posix()}
    told = " ".join(fault for _, _, fault in report.faults)
    for word in ("MarkInfo", "structure tree", "language", "PDF/UA", "XMP", "information"):
        assert word in told
    path.write_bytes(path.read_bytes()[:-900])
    if shutil.which("qpdf"):
        assert conformance.qpdf(path) != []


def test_a_question_out_of_place_is_seen(copy: Path) -> None:
    """One anchor moved by a fifth of a millimetre, one to the next page."""
    manifest = copy / "manifest.json"
    data = json.loads(manifest.read_text("utf-8"))
    key = next(entry for path, entry in data["files"].items() if path.endswith("answer-key.pdf"))
    key["anchors"][3][3] += 0.2
    key["anchors"][5][1] += 1
    manifest.write_text(json.dumps(data), "utf-8")
    report = conformance.Report()
    assert conformance.check_keys(copy, report) == conformance.PAGE_MM
    assert len(report.faults) == 2
    assert report.faults[0][2].endswith("0.20 mm from its place")


def test_text_over_the_edge_of_a_slide_is_seen(copy: Path, tmp_path: Path) -> None:
    """Slides cut to a quarter: what stood beyond is told; the whole slide is sound."""
    path = next(copy.rglob("worksheet.pdf"))
    assert list(slides.outside(path)) == []
    with pikepdf.open(path) as pdf:
        for page in pdf.pages:
            page.mediabox = [0, 0, 300, 420]
        pdf.save(tmp_path / "cut.pdf")
    assert list(slides.outside(tmp_path / "cut.pdf"))


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")
def test_the_deck_conforms_and_can_be_looked_at(copy: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Conformance prints a table and a closing line; the contact sheets hold every page and slide."""
    assert conformance.main(str(copy)) == 0
    told = capsys.readouterr().out
    assert told.endswith("2 PDFs, 1 decks checked; 0 faults\n")
    assert "opens in LibreOffice" in told
    sheets = tmp_path / "look"
    assert look.main(str(copy), str(sheets)) == 0
    names = sorted(path.name for path in sheets.iterdir())
    assert [name.rsplit("--", 1)[1] for name in names] == ["worksheet.pdf.png", "answer-key.pdf.png", "deck.pptx.png"]


def test_contact_sheets_show_every_page(copy: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Four pages a row, named in the caption; only what was asked for; nothing that was not built."""
    sheets = tmp_path / "look"
    assert look.main(str(copy), str(sheets), "students", "--no-slides") == 0
    (path,) = sheets.iterdir()
    count = len(pypdfium2.PdfDocument(next(copy.rglob("worksheet.pdf"))))
    with Image.open(path) as picture:
        assert picture.width == look.GAP + min(4, count) * (look.PAGE_WIDTH + look.GAP)
    assert look.main(str(copy), str(sheets), "no such lesson") == 1


def test_an_empty_folder_does_not_conform(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing checked is no success."""
    assert conformance.main(str(tmp_path)) == 1
    assert conformance.check_decks(tmp_path, conformance.Report()) == 0
    assert capsys.readouterr().out == f"nothing was built in {tmp_path}\n"


def test_a_stale_gallery_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """An example that is wrong ends the gallery with 1."""
    unit = gallery.write(tmp_path)
    edit(unit / "lessons" / "03-gallery.yaml", "kind: cloze", "kind: cloz")
    monkeypatch.setattr(gallery, "write", lambda folder: shutil.copytree(unit, folder / "gallery"))
    assert gallery.main(str(tmp_path / "output")) == 1
    assert 'did you mean "cloze"' in capsys.readouterr().err
    assert ROOT not in (tmp_path / "output").parents
