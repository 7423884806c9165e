"""The deck of a lesson: its own slides where it put them, and figures that fit."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from lxml import etree

from lessonpress.call import compose_all, load_library
from lessonpress.compose.jobs import Deck
from lessonpress.diagnostics import Diagnostic
from lessonpress.load.choice import select
from lessonpress.theme import themes
from tests.tiny import TEMPLATES, options, write_unit

CHART = "{kind: chart, form: bar, unit: votes, data: {For: 559, Against: 65}, alt: Most voted for it.}"
DECK = f"""deck:
  - {{layout: title-body, after: input, title: A slide of points, points: [One point, Another point], notes: Say one thing.}}
  - {{layout: title-body, after: input, title: A slide with a chart, diagram: {CHART}, points: [Most voted for it], notes: Point to it.}}
  - {{layout: timeline, after: answer-from-the-reading, title: A chart alone, diagram: {CHART}, notes: Ask why.}}
  - {{layout: task, after: input, title: What to do now, tasks: [1], minutes: 5, stuck: Read again, finished: Read on, notes: Go round.}}
  - {{layout: question, after: main, title: Which one, ask: Which of the two?, options: [this, that], answer: this, why: {{that: it came later}}, notes: Count the hands.}}
  - {{layout: section, after: plenary, title: The second part, notes: Take a breath.}}
"""
EVENTS = ", ".join(
    f'{{label: "The event of day {n} and what came of it", date: 1924-06-{n:02d}}}' for n in range(1, 25)
)
CROWDED = f"""deck:
  - layout: title-body
    after: input
    title: Too much
    notes: Nobody can read it.
    points: [One]
    diagram: {{kind: timeline, from: 1924-06-01, to: 1924-06-30, events: [{EVENTS}], alt: Every day.}}
"""


def composed(folder: Path, deck: str) -> tuple[list[Deck], list[Diagnostic]]:
    """The deck of a lesson as `new` writes it, with slides of its own."""
    unit = write_unit(folder / "content", lessons=["01-first"])
    path = unit / "lessons" / "01-first.yaml"
    path.write_text(path.read_text("utf-8") + deck, "utf-8")
    asked = options(folder, only=("deck",))
    library = load_library(asked)
    assert not library.has_errors, library.diagnostics
    artefacts, said = compose_all(select(library, ()), asked)
    return [a.job for a in artefacts if isinstance(a.job, Deck)], said


def titles(deck: Deck) -> list[str]:
    return [heading.text or "" for heading in etree.fromstring(deck.markup).iter("h1")]


def test_own_slides_stand_where_they_were_put(tmp_path: Path) -> None:
    """After a phase or an activity, in the order of the file; a question brings its answer."""
    (deck,), said = composed(tmp_path, DECK)
    assert not [d for d in said if d.is_error]
    found = titles(deck)
    own = [
        "A slide of points",
        "A slide with a chart",
        "What to do now",
        "A chart alone",
        "Which one",
        "The second part",
    ]
    assert [title for title in found if title in own] == own
    assert found[found.index("Which one") + 1] not in own
    assert len(found) == len(set(found))


def slides(deck: Deck) -> dict[str, str]:
    """The text of each slide, its notes with it, by title."""
    found = etree.fromstring(deck.markup).iter("section")
    return {s.findtext("h1") or "": " ".join("".join(s.itertext()).split()) for s in found}


def test_wrong_options_bear_their_letters(tmp_path: Path) -> None:
    """A reason is found by its option, whichever apostrophe the option is printed with."""
    asked = """deck:
  - layout: question
    after: main
    title: Who decided
    ask: Who decided?
    options: [The body's chairman, A vote]
    answer: A vote
    why: {"The body's chairman": He had one vote}
    notes: Count the hands.
"""
    (deck,), said = composed(tmp_path, asked)
    assert not [d for d in said if d.is_error]
    answer = slides(deck)["Who decided: the answer"]
    assert re.search(r"B\s+A vote.*A\s+He had one vote.*A, The body.s chairman: He had one vote", answer)


def test_answers_stand_after_a_task_slide(tmp_path: Path) -> None:
    """A row a task, under the numbers that the tasks have on the sheet."""
    (deck,), _ = composed(tmp_path, DECK)
    assert "Answers: task 1" in slides(deck)


def test_a_task_slide_shows_the_task_that_it_names(tmp_path: Path) -> None:
    """By its number on the sheet."""
    (deck,), _ = composed(tmp_path, DECK)
    (slide,) = (s for s in etree.fromstring(deck.markup).iter("section") if s.findtext("h1") == "What to do now")
    text = " ".join("".join(slide.itertext()).split())
    assert "Read again" in text
    assert "Read on" in text
    assert re.search(r"\b1\b", text)


def test_a_lesson_without_own_slides_has_a_deck(tmp_path: Path) -> None:
    """Most slides come from the lesson itself."""
    (deck,), _ = composed(tmp_path, "")
    assert "Before you go" in titles(deck)


def test_a_figure_that_no_slide_can_hold_is_told(tmp_path: Path) -> None:
    """The deck is not made, and the diagnostic says how to mend it."""
    decks, said = composed(tmp_path, CROWDED)
    assert decks == []
    assert [(d.code, d.is_error) for d in said if d.code == "diagram-crowded"] == [("diagram-crowded", True)]
    assert "fewer events" in next(d.hint for d in said if d.code == "diagram-crowded")


@pytest.mark.parametrize("theme", themes(TEMPLATES))
def test_every_theme_has_a_base(theme: str, tmp_path: Path) -> None:
    """The parts of an empty deck, each well formed."""
    write_unit(tmp_path / "content", lessons=["01-first"])
    asked = options(tmp_path, only=("deck",), theme=theme)
    (artefact,), _ = compose_all(select(load_library(asked), ()), asked)
    assert isinstance(artefact.job, Deck)
    assert "ppt/presentation.xml" in artefact.job.base
    for part in artefact.job.base.values():
        etree.fromstring(part.encode())


def test_answers_wait_for_the_slides_of_their_tasks(tmp_path: Path) -> None:
    """Where a task has slides of its own, the answers to the task slide that names it come after them."""
    odd = "  - {kind: odd-one-out, title: Odd, minutes: 3, sets: [{items: [a, b, c], odd: a, why: First.}]}\n"
    path = write_unit(tmp_path / "content", lessons=["01-first"]) / "lessons" / "01-first.yaml"
    text = path.read_text("utf-8").replace("\nplenary:\n", f"\n{odd}plenary:\n")
    path.write_text(text + DECK.replace("tasks: [1]", "tasks: [1, 2, 3]"), "utf-8")
    asked = options(tmp_path, only=("deck",))
    (deck,) = (a.job for a in compose_all(select(load_library(asked), ()), asked)[0] if isinstance(a.job, Deck))
    found = titles(deck)
    assert found.index("What to do now") < found.index("Odd: the answer") < found.index("Answers: tasks 1, 2")
