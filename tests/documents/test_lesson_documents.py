"""Documents of the lesson: its plan, the sheet of a cover teacher, what pupils think of their work."""

from __future__ import annotations

import re

import pytest

from lessonpress.compose.documents import BY_NAME
from lessonpress.compose.paper import compose_paper
from lessonpress.render.pdf import Printer
from lessonpress.theme import profiles
from tests.activities.bench import TEMPLATES, kit, lesson, page, pose, tree
from tests.contracts.sealing import trapped
from tests.contracts.test_every_profile import kit as kit_of
from tests.contracts.test_unit_papers import STEMS, posed
from tests.documents.test_paper import body, whole

NAMES = ("self-assessment", "lesson-plan", "cover-sheet")
every_document = pytest.mark.parametrize("document", NAMES)


def text(markup: str) -> str:
    """What stands on a page, its words parted by single spaces."""
    return " ".join(re.sub(r"<[^>]+>", " ", body(markup)).replace("&#160;", " ").split())


@every_document
@pytest.mark.parametrize("stem", STEMS)
def test_they_hold_no_answer_under_seal(stem: str, document: str) -> None:
    """No byte depends on a sealed answer: a plan that is left on a desk gives nothing of the sheet away."""
    assert page(trapped(posed(stem, "core")), document) == page(posed(stem, "core"), document)


@pytest.mark.parametrize("profile", profiles(TEMPLATES))
@every_document
def test_every_profile_has_them(profile: str, document: str) -> None:
    """They are composed for every kind of activity in every profile, and say the same as on the standard page."""
    words = [
        sorted(text(compose_paper(kit_of("classic", name), whole(), document).document.html).split())
        for name in ("standard", profile)
    ]
    missing = set(words[0]) - set(words[1]) - {"Minutes", "Phase", "Task", "Say", "I", "can"}
    assert not {word for word in missing if word.isalpha()}
    assert len(words[1]) > 40


@pytest.mark.prints
@every_document
@pytest.mark.parametrize("paper", ["a4", "letter"])
@pytest.mark.parametrize("stem", STEMS)
def test_each_is_one_page(stem: str, paper: str, document: str) -> None:
    """Every lesson that we ship has its plan, its cover sheet and its looking back on one page, without a finding."""
    made = Printer(TEMPLATES).render(
        compose_paper(kit_of("constructivist", "standard", paper), posed(stem, "core"), document).document
    )
    assert (made.pages, made.diagnostics) == (1, ())


def test_plans_run_by_the_clock() -> None:
    """Each activity begins where the one before it ended; what is done at home or by some has no time."""
    tasks = [tree("matching", title="First thing", minutes=7), tree("ordering", title="Second thing", minutes=5)]
    home = tree("short-answer", title="At home", minutes=30)
    told = text(page(pose(lesson(main=tasks, homework=[home])), "lesson-plan"))
    assert "0–7 Main tasks 1 First thing" in told
    assert "7–12 Main tasks 2 Second thing" in told
    assert "12–" not in told
    assert "Homework At home" in told


def test_plans_tell_the_check_and_what_to_do() -> None:
    """The hinge question stands with its options, the right one in bold, and what to do if many are wrong."""
    hinge = {
        "layout": "question", "after": "main", "title": "Check", "ask": "Who chaired?", "answer": "Kamenev",
        "options": ["Stalin", "Kamenev"], "notes": "If a third are wrong, go back.",
    }  # fmt: skip
    made = page(pose(lesson(main=[tree("matching")], deck=[hinge])), "lesson-plan")
    assert "<b>Kamenev</b>" in made
    assert "<b>Stalin</b>" not in made
    assert "If a third are wrong, go back." in text(made)


def test_plans_say_what_to_print() -> None:
    """The reading and the cards are named where the lesson has them, with the rights of its sources."""
    cards = tree("card-sort")
    plain, full = (
        text(page(pose(lesson(**phases)), "lesson-plan"))
        for phases in (
            {"main": [tree("matching")]},
            {"input": [tree("reading")], "main": [cards, tree("source")]},
        )
    )
    for words in ("Reading:", "Cards:", "Project translation."):
        assert words in full
        assert words not in plain


def test_cover_sheets_leave_out_what_is_cut() -> None:
    """A task with cards is named as left out and has no time; as a table it is done like any other."""
    tasks = [tree("matching", title="First", minutes=7), tree("card-sort", title="Sort them", minutes=9)]
    told = text(page(pose(lesson(main=tasks)), "cover-sheet"))
    assert "Leave out what has cards to cut: 2 Sort them" in told
    assert told.count("Sort them") == 1
    on_sheet = [tasks[0], tree("card-sort", title="Sort them", minutes=9, **{"as": "table"})]
    told = text(page(pose(lesson(main=on_sheet)), "cover-sheet"))
    assert "Leave out" not in told
    assert "7–16 Main tasks 2 Sort them" in told


@pytest.mark.parametrize(
    ("more", "filled"),
    [
        ({"optional": [{"title": "Go further"}], "homework": [{"title": "At home"}]}, "3 Go further"),
        ({"homework": [{"title": "At home"}]}, "At home"),
        ({}, "Write a quiz"),
    ],
)
def test_cover_sheets_fill_the_hour(more: dict[str, list[dict[str, str]]], filled: str) -> None:
    """What is left out leaves minutes for a task that is not asked for, else the homework, else the reading."""
    tasks = [tree("matching", title="First", minutes=40), tree("card-sort", title="Sort them", minutes=9)]
    spare = {phase: [tree("short-answer", **one) for one in all_] for phase, all_ in more.items()}
    end = [tree("exit-ticket", title="The end", minutes=4)]
    told = text(page(pose(lesson(main=tasks, plenary=end, **spare)), "cover-sheet"))
    assert f"40–56 Main tasks {filled}" in told
    assert "56–60 Plenary The end" in told


def test_cover_sheets_name_slides() -> None:
    """Who covers reads the input from the notes of its slides, and finds the slide of a task by its title."""
    slide = {"layout": "task", "after": "main", "title": "Do these", "tasks": [1], "minutes": 5, "notes": "Go."}
    told = text(page(pose(lesson(input=[tree("exposition")], main=[tree("matching")], deck=[slide])), "cover-sheet"))
    assert "Slide: Do these." in told
    assert tree("exposition")["slides"][0]["title"] in told


def test_looking_back_has_three_boxes_for_each_of_three() -> None:
    """Each objective has three boxes for the pupil, a partner and the teacher, and there are lines to write again."""
    lesson_ = whole()
    made = body(page(lesson_, "self-assessment"))
    assert made.count('class="box mini"') == 9 * len(lesson_.lesson.core.objectives)
    assert made.count('class="look"') == 4
    assert made.count('class="ln"') >= 10


def test_only_looking_back_is_for_students() -> None:
    """Plans and cover sheets lie under teachers, and none has levels."""
    assert [BY_NAME[name].tree for name in NAMES] == ["students", "teachers", "teachers"]
    assert not any(BY_NAME[name].by_level or BY_NAME[name].answers for name in NAMES)
    assert kit().labels("lesson_plan")
