"""Every rule of the print linter: a page that breaks it, and one that nearly does."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import pytest

from lessonpress.compose.jobs import HtmlDocument
from lessonpress.diagnostics import Diagnostic, Severity
from lessonpress.render.lint import RULES
from lessonpress.render.lint.ink import survival
from lessonpress.render.pdf import Printer
from lessonpress.render.tags import Tags
from tests.tiny import TEMPLATES

HERE = Path(__file__).parent
CODES = [rule.code for rule in RULES]
PLACES = {
    "split-question": "page 1, “1 A task”, question 1: ",
    "stranded-heading": "page 1: ",
    "cut-text": "page 1, “3 A task”: ",
    "missing-glyph": "page 1, “4 A task”: ",
    "broken-row": "page 1: ",
    "short-last-page": "page 2: ",
    "coarse-picture": "page 1, “5 A task”: ",
    "short-line": "page 1, “6 A task”: ",
    "faint-line": "page 1, “7 A task”: ",
}
"""How the messages begin: page, heading of the activity, question."""


@cache
def printer() -> Printer:
    return Printer(TEMPLATES)


def found(html: str) -> list[Diagnostic]:
    job = HtmlDocument(html, "en-GB", "A title", str(TEMPLATES), "2026-11-01")
    return list(printer().render(job).diagnostics)


def fixture(folder: str, code: str) -> list[Diagnostic]:
    return found((HERE / folder / f"{code}.html").read_text("utf-8"))


def lose_fonts(tags: Tags, document: Any, pdf: Any) -> None:
    """What no page can do: the file is written without the fonts that it names."""
    for item in pdf.objects:
        if isinstance(item, dict):
            item.pop("FontFile2", None)


def test_every_rule_has_its_pages() -> None:
    """There is a page that breaks each rule and one that does not, and no page for a rule that is gone."""
    assert len(CODES) == len(set(CODES)) >= 10
    for folder in ("faults", "sound"):
        assert {path.stem for path in (HERE / folder).iterdir()} == set(CODES)


@pytest.mark.parametrize("rule", RULES, ids=CODES)
def test_a_seeded_fault_is_caught(rule: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """The page with the fault gives this finding once, with its severity and a way to mend it, and no other."""
    if rule.code == "font-not-embedded":
        monkeypatch.setattr(Tags, "finish", lose_fonts)
    (finding,) = fixture("faults", rule.code)
    assert (finding.code, finding.severity, finding.hint) == (rule.code, rule.severity, rule.mend)
    assert finding.message.startswith(PLACES.get(rule.code, ""))
    assert finding.place.file == "A title"


@pytest.mark.parametrize("code", CODES)
def test_a_near_miss_is_left_alone(code: str) -> None:
    """The page that only just keeps the rule gives no finding at all."""
    assert fixture("sound", code) == []


def test_errors_and_warnings_are_both_there() -> None:
    """Some rules stop a file, some do not."""
    assert {rule.severity for rule in RULES} == {Severity.ERROR, Severity.WARNING}


def test_a_key_is_not_written_on() -> None:
    """Lines that a copier would lose may stand on a key, which shows the answers."""
    html = (HERE / "faults" / "faint-line.html").read_text("utf-8")
    assert found(html.replace("<body>", '<body class="key">')) == []


def test_the_same_finding_is_told_once_an_activity() -> None:
    """Two short lines of one task are one thing to mend; those of another task are a second."""
    html = (HERE / "faults" / "short-line.html").read_text("utf-8")
    task = html.partition("<body>")[2].partition("</body>")[0]
    assert len(found(html.replace('<div class="ln"></div>', '<div class="ln"></div>' * 2))) == 1
    assert len(found(html.replace(task, task + task.replace("6 A task", "7 Another")))) == 2


def test_the_text_of_a_head_is_looked_at() -> None:
    """A running head that is too long for its box is cut text, on each page that has it."""
    css = "@page { size: A4; margin: 40mm; @top-center { content: 'A head of far too many words'; width: 30mm; white-space: nowrap } }"
    page = f"<html lang=en><title>A title</title><style>{css} p + p {{ break-before: page }}</style><p>A</p><p>B</p>"
    assert [(d.code, d.message[:6]) for d in found(page)] == [("cut-text", "page 1"), ("cut-text", "page 2")]


@pytest.mark.parametrize(
    ("width", "lightness", "least", "most"),
    [
        (0.5, 0.4, 0.5, 0.9),  # 666666: 7 and 11 of 12 positions in two renderers
        (0.5, 0x7A / 255, 0.2, 0.5),  # 5 of 12 in the stricter one
        (0.5, 0x80 / 255, 0.0, 0.0),  # none in either
        (1.5, 0x80 / 255, 0.0, 0.0),
        (0.35, 0.4, 0.1, 0.49),  # 2 and 6 of 12
        (0.75, 0x7A / 255, 1.0, 1.0),  # all
        (0.25, 0.2, 0.0, 0.5),  # none and 9 of 12
    ],
)
def test_what_a_copy_keeps_of_a_line(width: float, lightness: float, least: float, most: float) -> None:
    """The share of a line that survives a one-bit copy is what was measured with renderers at 200 dots an inch."""
    assert least <= survival(width, lightness) <= most
