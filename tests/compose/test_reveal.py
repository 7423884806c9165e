"""`reveal: click` puts a question and its answer on one slide."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import etree

from lessonpress.call import compose_all, load_library
from lessonpress.compose.jobs import Deck
from lessonpress.load.choice import select
from lessonpress.render.pptx.job import print_job
from tests.tiny import edit, options, write_unit

SLIDES = """deck:
  - {layout: question, after: main, title: Which one, ask: Which of the two?, options: [this, that], answer: this, why: {that: it came later}, notes: Count the hands.}
"""
CHOICE = """main:
  - kind: multiple-choice
    title: Choose
    minutes: 3
    questions:
      - {ask: Which?, options: [alpha, beta, gamma], answer: [alpha, beta], why: {gamma: it came last}}
      - {ask: And now?, options: [one, two], answer: two}
"""


def deck(folder: Path, reveal: str) -> Deck:
    """The deck of a lesson with a do now, a hinge question and multiple choice."""
    unit = write_unit(folder / "content", lessons=["01-first"])
    edit(unit / "unit.yaml", "lang: ", f"reveal: {reveal}\nlang: ")
    path = unit / "lessons" / "01-first.yaml"
    edit(path, "main:\n", CHOICE)
    path.write_text(path.read_text("utf-8") + SLIDES, "utf-8")
    asked = options(folder, only=("deck",))
    library = load_library(asked)
    assert not library.has_errors, library.diagnostics
    artefacts, _ = compose_all(select(library, ()), asked)
    (job,) = [a.job for a in artefacts if isinstance(a.job, Deck)]
    return job


def sections(job: Deck) -> list[etree._Element]:
    return list(etree.fromstring(job.markup).iter("section"))


def test_each_question_has_one_slide(tmp_path: Path) -> None:
    """With a click there are no answer slides to questions, and as many slides less."""
    by_slide, by_click = (sections(deck(tmp_path / reveal, reveal)) for reveal in ("slide", "click"))
    revealed = [section for section in by_click if section.get("data-reveal")]
    assert not [section for section in by_slide if section.get("data-reveal")]
    assert not [section for section in by_click if section.get("layout") == "question"]
    assert len(by_slide) - len(by_click) == len(revealed) >= 3


def test_answers_are_those_of_the_question(tmp_path: Path) -> None:
    """Every right option is marked, and the reasons stand in the notes."""
    found = {section.findtext("h1"): section for section in sections(deck(tmp_path, "click"))}
    assert len(found["Which one"].findall(".//p[@class='key']")) == 1
    assert len(found["Choose (1 of 2)"].findall(".//p[@class='key']")) == 2
    notes = ["".join(map(str, found[name].find("aside").itertext())) for name in ("Which one", "Choose (1 of 2)")]  # type: ignore[union-attr]
    assert "that: it came later" in notes[0]
    assert "gamma: it came last" in notes[1]
    assert all("Each click shows one answer." in text for text in notes)


@pytest.mark.parametrize("reveal", ["slide", "click"])
def test_the_deck_has_no_finding(reveal: str, tmp_path: Path) -> None:
    """Printed either way, the linter has nothing to say."""
    rendered = print_job(deck(tmp_path, reveal))
    assert rendered.pages >= 7
    assert rendered.diagnostics == ()
