"""Validate everything that was built: `python -m tests.conformance.run output [docs/conformance.md]`.

Every PDF is tagged, named and whole, and passes veraPDF's rules of PDF/UA-1; every deck opens and has no fault that two checkers see;
every question of a key stands where it stands on its sheet. Exits with 1 where there is a fault.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pikepdf

from lessonpress.log import MAX_SHIFT_MM
from lessonpress.plan import PAGE_MM
from lessonpress.render.pptx.checks import check
from tests.conformance import pdfua, record, slides, structure

ROOT = Path(__file__).parents[2]
VALIDATOR = ROOT / ".tools" / "node_modules" / ".bin" / "ooxml-validator"


@dataclass
class Report:
    """What was checked, how often, and what is wrong."""

    counts: dict[str, int] = field(default_factory=dict)
    faults: list[tuple[str, str, str]] = field(default_factory=list)
    """File, check, fault."""
    skipped: list[str] = field(default_factory=list)
    files: list[str] = field(default_factory=list)
    ua: pdfua.Outcome | None = None
    """What veraPDF found, where it is installed."""

    def note(self, path: str, name: str, faults: list[str]) -> None:
        """One check of one file."""
        self.counts[name] = self.counts.get(name, 0) + 1
        self.faults += [(path, name, fault) for fault in faults]


# ---- PDF


def qpdf(path: Path) -> list[str]:
    """What qpdf finds wrong with the structure of a PDF."""
    done = subprocess.run(["qpdf", "--check", str(path)], capture_output=True, text=True, check=False)
    return [] if done.returncode == 0 else [line for line in (done.stdout + done.stderr).splitlines() if line][-3:]


def accessible(pdf: pikepdf.Pdf) -> list[str]:
    """What a screen reader would miss: tags, the language, the identifier of PDF/UA."""
    faults = []
    if not pdf.Root.get("/MarkInfo", {}).get("/Marked", False):
        faults.append("MarkInfo does not say that it is tagged")
    if "/StructTreeRoot" not in pdf.Root or "/K" not in pdf.Root.StructTreeRoot:
        faults.append("no structure tree")
    if not str(pdf.Root.get("/Lang", "")):
        faults.append("no language")
    with pdf.open_metadata() as data:
        if str(data.get("pdfuaid:part", "")) != "1":
            faults.append("no PDF/UA identifier")
    return faults


def named(pdf: pikepdf.Pdf) -> list[str]:
    """Whether the title stands in XMP and in the document's information, and is shown."""
    with pdf.open_metadata() as data:
        xmp = str(data.get("dc:title", ""))
    info = str(pdf.docinfo.get("/Title", ""))
    faults = [] if xmp else ["no title in XMP"]
    if not info:
        faults.append("no title in the document's information")
    if xmp and info and xmp != info:
        faults.append(f"two titles: {xmp!r} and {info!r}")
    if not pdf.Root.get("/ViewerPreferences", {}).get("/DisplayDocTitle", False):
        faults.append("viewers show the file's name, not its title")
    return faults


def check_pdfs(output: Path, report: Report) -> int:
    """Every PDF below the folder; how many there are."""
    paths = sorted(output.rglob("*.pdf"))
    report.files += [path.relative_to(output).as_posix() for path in paths]
    for path in paths:
        name = path.relative_to(output).as_posix()
        if shutil.which("qpdf"):
            report.note(name, "qpdf --check", qpdf(path))
        with pikepdf.open(path) as pdf:
            report.note(name, "tags, language, PDF/UA", accessible(pdf))
            report.note(name, "title", named(pdf))
            report.note(name, "tags mean what they say", structure.faults(pdf))
    if not shutil.which("qpdf"):
        report.skipped.append("qpdf")
    check_ua(output, paths, report)
    return len(paths)


def check_ua(output: Path, paths: list[Path], report: Report) -> None:
    """Every PDF by veraPDF, in one run."""
    if record.missing():
        report.skipped.append(record.missing())
    elif paths:
        names = [path.relative_to(output).as_posix() for path in paths]
        report.ua = pdfua.validate(paths, names)
        for name in names:
            report.note(name, "PDF/UA-1 by veraPDF", report.ua.faults(name))


# ---- PowerPoint


def sdk(path: Path) -> list[str]:
    """The errors of the Open XML SDK's validator."""
    done = subprocess.run([str(VALIDATOR), str(path)], capture_output=True, text=True, check=False)
    if done.returncode == 2 or not done.stdout.strip():
        return [f"the validator did not run: {done.stderr.strip()[:200]}"]
    return [f"{e['path']}: {e['description']}" for e in json.loads(done.stdout)["errors"]]


def check_decks(output: Path, report: Report) -> int:
    """Every deck below the folder; how many there are."""
    decks = {path.relative_to(output).as_posix(): path for path in sorted(output.rglob("*.pptx"))}
    report.files += decks
    for name, path in decks.items():
        report.note(name, "lessonpress checks", check(path.read_bytes()))
        if VALIDATOR.exists():
            report.note(name, "Open XML SDK", sdk(path))
    if not VALIDATOR.exists():
        report.skipped.append("the Open XML SDK validator")
    if not shutil.which("soffice"):
        report.skipped.append("LibreOffice")
        return len(decks)
    if not decks:
        return 0  # without a file LibreOffice would open a window and wait
    with tempfile.TemporaryDirectory() as folder:
        printed = slides.to_pdf(decks, Path(folder))
        for name, path in decks.items():
            report.note(name, "opens in LibreOffice", slides.opens(path.read_bytes(), printed.get(name)))
            if name in printed:
                report.note(name, "text inside its slide", list(slides.outside(printed[name])))
                report.note(
                    name, "text inside its box, in LibreOffice", list(slides.beyond(path.read_bytes(), printed[name]))
                )
    return len(decks)


# ---- the key and its sheet


def manifests(output: Path) -> Iterator[tuple[Path, dict[str, Any]]]:
    """Every manifest below the folder: where its files stand, and what it says of each."""
    for path in sorted(output.rglob("manifest.json")):
        yield path.parent.relative_to(output), json.loads(path.read_text("utf-8"))["files"]


def check_keys(output: Path, report: Report) -> float:
    """Each key against its sheet, from the manifests; the largest shift in mm."""
    largest = 0.0
    for folder, made in manifests(output):
        for path, entry in made.items():
            sheet = re.sub(r"/answer-key([^/]*)$", r"/worksheet\1", path.replace("/teachers/", "/students/"))
            if entry["document"] != "answer-key" or sheet not in made:
                continue
            key = {name: place for name, *place in entry["anchors"]}
            for name, page, x, y in made[sheet]["anchors"]:
                there = key.get(name)
                shift = PAGE_MM if there is None or there[0] != page else max(abs(there[1] - x), abs(there[2] - y))
                largest = max(largest, shift)
                wrong = [f"{name} stands {shift:.2f} mm from its place"] if shift > MAX_SHIFT_MM else []
                report.note((folder / path).as_posix(), "questions, key against sheet", wrong)
    return largest


def check_said(output: Path, report: Report) -> None:
    """What our own printers and linters said of each file."""
    for folder, made in manifests(output):
        for path, entry in made.items():
            said = [note["message"] for note in entry["diagnostics"]]
            report.note((folder / path).as_posix(), "print and slide linters", said)


def main(folder: str = "output", written: str | None = None) -> int:
    """Check a folder, print what was found, write it to a file where one is named, and give the exit code."""
    output, report = Path(folder), Report()
    if not (output / "manifest.json").is_file():
        print(f"nothing was built in {output}")
        return 1
    pdfs = check_pdfs(output, report)
    decks = check_decks(output, report)
    largest = check_keys(output, report)
    check_said(output, report)
    for path, name, fault in report.faults:
        print(f"{path}: {name}: {fault}")
    print(f"\n{'check':<32} {'done':>6} {'faults':>7}")
    for name, count in report.counts.items():
        print(f"{name:<32} {count:>6} {sum(n == name for _, n, _ in report.faults):>7}")
    if report.ua is not None:
        print(*record.rules(report), sep="\n")
    print(f"largest shift of a question: {largest:.3f} mm")
    if report.skipped:
        print(f"not run, because it is not installed: {', '.join(report.skipped)} (make conformance-setup)")
    print(f"{pdfs} PDFs, {decks} decks checked; {len(report.faults)} faults")
    if written:
        Path(written).write_text(record.text(report, pdfs, decks, largest), "utf-8")
    return 1 if report.faults or not pdfs else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
