"""veraPDF's report is read right, and veraPDF itself sees what is wrong."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pikepdf
import pytest

from tests.conformance import pdfua, record
from tests.conformance.run import Report, check_pdfs

REPORT = """<report><buildInformation><releaseDetails id="core" version="1.2.3"/></buildInformation><jobs>
<job><item><name>/a.pdf</name></item><validationReport jobEndStatus="normal" profileName="UA"><details
 passedChecks="5" failedChecks="0"/></validationReport></job>
<job><item><name>/b.pdf</name></item><validationReport jobEndStatus="normal" profileName="UA"><details
 passedChecks="2" failedChecks="3"><rule clause="7.3" testNumber="1" status="failed" failedChecks="3">
<description>Figures | have a text</description><check><context>root/x</context></check></rule></details>
</validationReport></job>
<job><item><name>/c.pdf</name></item><taskException><exceptionMessage>no PDF</exceptionMessage></taskException></job>
</jobs></report>"""
NAMES = {"/a.pdf": "a.pdf", "/b.pdf": "b.pdf", "/c.pdf": "c.pdf", "/d.pdf": "d.pdf"}


def test_a_report_is_read() -> None:
    """A sound file, a rule that failed with its example, a file that is no PDF, a file that is left out."""
    found = pdfua.read(REPORT, NAMES)
    assert (found.version, found.profile, found.checks) == ("1.2.3", "UA", 10)
    assert found.faults("a.pdf") == []
    assert found.faults("b.pdf") == ["7.3-1: Figures | have a text (root/x)"]
    assert found.faults("c.pdf") == ["veraPDF: no PDF"]
    assert found.faults("d.pdf") == ["veraPDF: not in its report"]


def test_a_run_is_written_down() -> None:
    """Versions, counts, failed rules and what was not run; no path."""
    report = Report(ua=pdfua.read(REPORT, NAMES), skipped=["LibreOffice"])
    report.note("b.pdf", "PDF/UA-1 by veraPDF", ["7.3-1"])
    text = record.text(report, 4, 0, 0.0)
    assert "| veraPDF | 1.2.3 |" in text
    assert "1 of 4 files pass; 10 checks; 1 rules failed." in text
    assert "| 7.3 | 1 | 3 | 1 | Figures \\| have a text | `root/x` |" in text
    assert "| PDF/UA-1 by veraPDF | 1 | 1 |" in text
    assert "Not run, because it was not installed: LibreOffice." in text


def test_what_does_not_run_is_a_fault(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Java that says nothing has validated nothing."""
    done = subprocess.CompletedProcess([], 1, "", "Error\nno jar")
    monkeypatch.setattr(pdfua.subprocess, "run", lambda *a, **k: done)
    assert pdfua.validate([tmp_path / "a.pdf"], ["a.pdf"]).faults("a.pdf") == ["veraPDF: no jar"]


@pytest.mark.slow
@pytest.mark.skipif(bool(record.missing()), reason="veraPDF is not installed")
def test_verapdf_sees_faults(tmp_path: Path) -> None:
    """A PDF without tags and one that is none; a check that cannot fail proves nothing."""
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(tmp_path / "bare.pdf")
    (tmp_path / "none.pdf").write_text("no PDF", "utf-8")
    found = pdfua.validate([tmp_path / "bare.pdf", tmp_path / "none.pdf"], ["bare.pdf", "none.pdf"])
    assert "6.2-1" in found.rules
    assert found.faults("bare.pdf")
    assert found.faults("none.pdf")


@pytest.mark.slow
@pytest.mark.skipif(not shutil.which("qpdf"), reason="qpdf is not installed")
def test_without_verapdf_it_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was not run stands in the report."""
    monkeypatch.setattr(record, "VERAPDF", tmp_path / "none.jar")
    report = Report()
    assert check_pdfs(tmp_path, report) == 0
    assert report.skipped == ["veraPDF"]
