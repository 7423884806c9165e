"""Artefacts: which documents a lesson has, where they lie, what is said of them."""

from __future__ import annotations

import functools
from typing import Any

import pytest

from lessonpress.compose.artefacts import ComposedLesson, compose_lesson, has
from lessonpress.compose.documents import BY_NAME, DOCUMENTS, artefact_path
from lessonpress.compose.jobs import Deck, HtmlDocument
from lessonpress.load.unit import LoadedUnit
from lessonpress.model.base import LEVELS
from tests.activities.bench import context, kit, lesson, pose, tree, unit

LOADED = LoadedUnit("a-unit", unit())
VOTES = {"kind": "chart", "form": "bar", "unit": "votes", "data": {"For": 559, "Against": 65}, "alt": "559 to 65."}
CROWDED = {
    "kind": "timeline", "from": "1920", "to": "1923", "alt": "Too many.",
    "events": [{"label": f"An event with a long label {n}", "date": f"1921-{n:02}"} for n in range(1, 13)] * 2,
}  # fmt: skip


@functools.cache
def composed(
    only: tuple[str, ...] = DOCUMENTS, levels: tuple[Any, ...] = LEVELS, folder: str = "", *, reading: bool = True
) -> ComposedLesson:
    source = lesson(input=[tree("reading")] if reading else [], main=[tree("matching")], plenary=[tree("exit-ticket")])
    return compose_lesson(kit(), LOADED, source, 7, only, levels, folder)


def test_pupils_and_teachers_have_trees_of_their_own() -> None:
    """Sheets and readings lie under students, keys, plans and decks under teachers; some have no levels."""
    paths = {artefact.path for artefact in composed().artefacts}
    by_level = {
        f"a-unit/{tree_}/01-one/{name}{'' if level == 'core' else '-' + level}.pdf"
        for level in LEVELS
        for tree_, name in (("students", "worksheet"), ("students", "reading"), ("teachers", "answer-key"))
    }
    alone = ("students/01-one/self-assessment.pdf", "teachers/01-one/lesson-plan.pdf",
             "teachers/01-one/cover-sheet.pdf", "teachers/01-one/answer-key-all.pdf", "teachers/01-one/deck.pptx")  # fmt: skip
    assert paths == by_level | {f"a-unit/{name}" for name in alone}
    assert len(composed().artefacts) == len(paths)


def test_nothing_with_answers_is_for_students() -> None:
    """What lies under students was composed without a key."""
    for artefact in composed().artefacts:
        if artefact.path.split("/")[1] == "students":
            assert isinstance(artefact.job, HtmlDocument)
            assert "ANSWER KEY" not in artefact.job.html
            assert "Answer key" not in artefact.job.title
        elif isinstance(artefact.job, HtmlDocument):
            assert ("ANSWER KEY" in artefact.job.html) == BY_NAME[artefact.document].answers
        else:
            assert isinstance(artefact.job, Deck)


def test_documents_levels_and_folder_can_be_chosen() -> None:
    """A build composes the documents and levels that it is asked for, in a folder of its own where need be."""
    found = composed(("worksheet",), ("support",), "letter/classic").artefacts
    assert [artefact.path for artefact in found] == ["a-unit/students/01-one/letter/classic/worksheet-support.pdf"]
    assert [(artefact.lesson, artefact.document, artefact.level) for artefact in found] == [
        ("a-unit/01-one", "worksheet", "support")
    ]
    assert [artefact.path for artefact in composed(("deck",)).artefacts] == ["a-unit/teachers/01-one/deck.pptx"]


def test_a_lesson_without_a_text_has_no_reading() -> None:
    """Without a reading there is no class set, and without cards to cut out no document of them."""
    found = composed(("reading", "cards", "worksheet"), ("core",), reading=False).artefacts
    assert [artefact.document for artefact in found] == ["worksheet"]
    assert not has(pose(lesson(main=[tree("matching")])), "reading")
    assert not has(pose(lesson(main=[tree("matching")])), "cards")


def test_long_answers_are_told() -> None:
    """An answer that does not fit its lines is a warning at its key."""
    asked = {"ask": "Why?", "answer": "Many words of an answer. " * 20, "answer_space": 1}
    source = lesson(main=[tree("short-answer", questions=[asked])])
    found = compose_lesson(kit(), LOADED, source, 7, ("worksheet", "answer-key"), ("core",)).diagnostics
    assert [(d.code, d.is_error, d.place.file) for d in found] == [
        ("answer-long", False, "a-unit/teachers/01-one/answer-key.pdf")
    ]
    assert "read-the-vote.1" in found[0].message


def test_crowded_diagram_of_a_slide_is_told() -> None:
    """A diagram that no slide can hold is an error at the deck, and the papers are composed all the same."""
    slide = {"title": "Crowded", "diagram": CROWDED, "notes": "Say it."}
    source = lesson(input=[tree("exposition", slides=[slide])], main=[tree("matching")])
    found = compose_lesson(kit(), LOADED, source, 7, ("worksheet", "deck"), ("core",))
    assert [artefact.document for artefact in found.artefacts] == ["worksheet"]
    assert [d.code for d in found.diagnostics if d.is_error] == ["diagram-crowded"]


@pytest.mark.parametrize(
    ("document", "level", "path"),
    [
        ("worksheet", "core", "u/students/01-x/worksheet.pdf"),
        ("reading", "challenge", "u/students/01-x/reading-challenge.pdf"),
        ("answer-key", "support", "u/teachers/01-x/answer-key-support.pdf"),
        ("deck", "core", "u/teachers/01-x/deck.pptx"),
    ],
)
def test_paths_say_what_a_file_is(document: str, level: Any, path: str) -> None:
    """The name of a file is its document and its level."""
    assert artefact_path("u", "01-x", document, level) == path


def test_documents_carry_what_a_printer_needs() -> None:
    """A job has its title, language and date, its fonts by hash, and no path of this computer in its page."""
    job = composed().artefacts[0].job
    assert isinstance(job, HtmlDocument)
    assert (job.lang, job.title, job.revised) == ("en-GB", "Lesson 1: Lessonword (Worksheet)", "2026-11-01")
    assert all(name.endswith(".ttf") and len(digest) == 64 for name, digest in job.assets)
    assert str(kit().templates) not in job.html
    assert context().banks
