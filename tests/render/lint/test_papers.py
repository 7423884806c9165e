"""The print linter on real papers: those of the unit that we ship are clean, and their faults would be seen."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from lessonpress.call import compose_all
from lessonpress.compose.jobs import HtmlDocument
from lessonpress.compose.paper import compose_paper
from lessonpress.diagnostics import Place
from lessonpress.model.base import LEVELS
from lessonpress.options import Options
from lessonpress.render.lint import names
from lessonpress.render.pdf import Printer
from lessonpress.theme import themes
from tests.activities.bench import ROOT, TEMPLATES, kit, lesson, pose, tree
from tests.contracts.test_unit_papers import STEMS, lessons, unit
from tests.documents.test_paper import whole

PAPERS = ("worksheet", "reading", "answer-key")


@cache
def printer() -> Printer:
    return Printer(TEMPLATES)


@cache
def sheet() -> HtmlDocument:
    """The worksheet of a lesson with the example of every kind."""
    return compose_paper(kit(), whole(), "worksheet").document


def codes(job: HtmlDocument) -> set[str]:
    return {diagnostic.code for diagnostic in printer().render(job).diagnostics}


def test_there_are_lessons_to_look_at() -> None:
    """The next tests look at every lesson in every theme."""
    assert len(STEMS) >= 8
    assert len(themes(TEMPLATES)) >= 2


@pytest.mark.slow
@pytest.mark.prints
@pytest.mark.parametrize("stem", STEMS)
@pytest.mark.parametrize("theme", themes(TEMPLATES))
def test_the_bundled_unit_has_no_findings(stem: str, theme: str) -> None:
    """No paper of it gives an error or a warning: at any level in its own theme, at core in the others."""
    levels = LEVELS if theme == unit().unit.theme else ("core",)
    options = Options(ROOT / "content", Path("none"), TEMPLATES, (stem,), PAPERS, levels, theme=theme)
    chosen = [(unit(), lessons()[stem])]
    artefacts, said = compose_all(chosen, options)
    assert len(artefacts) >= 2 * len(levels)
    for artefact in artefacts:
        said += [replace(d, place=Place(artefact.path)) for d in printer().render(artefact.job).diagnostics]
    assert [f"{d.place.file}: {d.message}" for d in said] == []


def test_the_names_that_the_rules_know_are_on_paper() -> None:
    """A class that templates no longer use would blind a rule."""
    room = tree(
        "short-answer",
        id="boxed",
        questions=[{"ask": "Draw.", "answer": "D", "marks": 1, "answer_space": {"box": "40mm"}}],
    )
    posed = [whole(level=level) for level in LEVELS] + [pose(lesson(main=[room]))]
    html = "".join(compose_paper(kit(), one, "worksheet", key=True).document.html for one in posed)
    body = re.sub(r"<style>.*?</style>", "", html, flags=re.DOTALL)
    classes = {word for found in re.findall(r'class="([^"]*)"', body) for word in found.split()}
    known = {names.PROMPT, names.KEY, names.MARKS, *names.LEADS, *names.WRITING}
    assert known - classes == set()
    assert names.QUESTION in body


@pytest.mark.prints
@pytest.mark.parametrize(
    ("code", "spoil"),
    [
        ("cut-text", lambda html: html.replace("--cell:10.5pt", "--cell:16pt")),
        ("near-edge", lambda html: html.replace("--margin-inner:15mm", "--margin-inner:6mm")),
        ("faint-line", lambda html: re.sub(r"--rule:#\w+", "--rule:#808080", html)),
        ("short-line", lambda html: html.replace("--hang:12.5mm", "--hang:125mm")),
        ("overprint", lambda html: html.replace('class="let">(a)', 'class="let">(a) and more')),
    ],
)
def test_a_fault_of_a_theme_is_seen_on_a_real_sheet(code: str, spoil: Callable[[str], str]) -> None:
    """What one value of the style sheet breaks is found among all that is right."""
    assert code not in codes(sheet())
    html = spoil(sheet().html)
    assert html != sheet().html
    assert code in codes(replace(sheet(), html=html))


@pytest.mark.prints
@pytest.mark.parametrize("code", ["split-question", "stranded-heading", "broken-row", "short-last-page"])
def test_breaks_that_nothing_forbids_are_seen_on_a_real_sheet(code: str) -> None:
    """Without our rules on breaks, a page of some height ends between what belongs together."""
    loose = re.sub(r"break-(inside|after|before):avoid", "color:inherit", sheet().html)
    heights = (f"--page-height:{mm}mm" for mm in range(297, 197, -6))
    assert any(code in codes(replace(sheet(), html=loose.replace("--page-height:297mm", height))) for height in heights)
