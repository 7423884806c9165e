"""What a run of the validators found, as docs/conformance.md; no date and no path of a computer stands in it."""

from __future__ import annotations

import json
import shutil
import subprocess
from importlib.metadata import version
from typing import TYPE_CHECKING

from tests.conformance.pdfua import ROOT, VERAPDF

if TYPE_CHECKING:
    from tests.conformance.run import Report

PACKAGE = ROOT / ".tools" / "package.json"
HEAD = """# Conformance

Written by `make conformance`; do not edit. It tells what independent validators found in everything that
`make build` had made of the bundled unit; in `matrix/`, the example of every kind on worksheet, key and reading
in every theme, access profile and paper; in `languages/`, a small lesson in each language. PDF/UA-1 is ISO 14289-1, checked with veraPDF's profile of it.
"""


def tools() -> list[tuple[str, str]]:
    """The programs that made the files and those that checked them, with their versions."""
    rows = [(name, version(name)) for name in ("weasyprint", "pydyf", "python-pptx")]
    if shutil.which("qpdf"):
        done = subprocess.run(["qpdf", "--version"], capture_output=True, text=True, check=False)
        rows.append(("qpdf", done.stdout.split("\n", 1)[0].split()[-1]))
    if shutil.which("soffice"):
        done = subprocess.run(["soffice", "--version"], capture_output=True, text=True, check=False)
        rows.append(("LibreOffice", (done.stdout.split() or ["", "unknown"])[1]))
    if PACKAGE.is_file():
        rows += json.loads(PACKAGE.read_text("utf-8"))["dependencies"].items()
    return rows


def text(report: Report, pdfs: int, decks: int, largest: float) -> str:
    """The whole file."""
    rows = list(tools())
    if report.ua is not None:
        rows.append(("veraPDF", report.ua.version))
    lines = [HEAD, "| Program | Version |", "|---|---|", *(f"| {name} | {number} |" for name, number in rows), ""]
    lines += [f"{pdfs} PDFs and {decks} decks checked; {len(report.faults)} faults.", ""]
    lines += ["| Folder | PDFs | Decks |", "|---|---:|---:|", *folders(report.files), ""]
    lines += ["| Check | Done | Faults |", "|---|---:|---:|"]
    for name, count in report.counts.items():
        lines.append(f"| {name} | {count} | {sum(n == name for _, n, _ in report.faults)} |")
    lines += ["", f"Largest shift of a question between sheet and key: {largest:.3f} mm."]
    lines += [f"Not run, because it was not installed: {name}." for name in report.skipped]
    if report.ua is not None:
        lines += ["", "## PDF/UA-1", "", *rules(report)]
    return "\n".join(lines) + "\n"


def folders(files: list[str]) -> list[str]:
    """How many PDFs and decks stand in each folder."""
    names = dict.fromkeys(name.split("/", 1)[0] for name in sorted(files))
    counts = [(at, [name for name in files if name.startswith(f"{at}/")]) for at in names]
    return [
        f"| {at} | {sum(name.endswith('.pdf') for name in own)} | {sum(name.endswith('.pptx') for name in own)} |"
        for at, own in counts
    ]


def rules(report: Report) -> list[str]:
    """How many files and checks, and each rule that failed with one example."""
    ua = report.ua
    sound = len(set(ua.files) - set(ua.broken) - {name for rule in ua.rules.values() for name in rule.files})
    lines = [f"{sound} of {len(ua.files)} files pass; {ua.checks} checks; {len(ua.rules)} rules failed."]
    if ua.rules:
        lines += ["", "| Clause | Test | Checks failed | Files | Rule | Example |", "|---|---:|---:|---:|---|---|"]
    for rule in ua.rules.values():
        says = " ".join(rule.says.split()).replace("|", "\\|")
        lines.append(f"| {rule.clause} | {rule.test} | {rule.checks} | {len(rule.files)} | {says} | `{rule.example}` |")
    return lines


def missing() -> str:
    """What keeps veraPDF from running; nothing where it can."""
    if not VERAPDF.is_file():
        return "veraPDF"
    return "" if shutil.which("java") else "Java, for veraPDF"
