"""Extended writing: questions of the bank, overrides, courses, planners, space."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from lessonpress.model.marking import Space
from lessonpress.model.sealed import reveal
from tests.activities.bench import both, context, html, lesson, lesson_of, make, page, pose, refused

BARE: dict[str, Any] = dict.fromkeys(
    ("ask", "marks", "skill", "stimulus", "support", "model", "mark_scheme", "planner", "answer_space")
)
BANK = {**BARE, "question": "q-1"}


def posed(**changes: Any) -> Any:
    return make("extended-writing", **changes).pose("core", None)


def test_question_of_the_bank_brings_all_it_has() -> None:
    """A question named by id brings its words, marks, stimulus, model and mark scheme."""
    found = posed(**BANK)
    assert found.puzzle.ask.plain == "Explain one thing."
    assert found.puzzle.marks == 4
    assert [line.plain for line in found.puzzle.stimulus] == ["a point"]
    assert reveal(found.solution.model).plain == "Modelword."
    assert found.solution.scheme.top == 4
    assert [reveal(line).plain for line in found.solution.indicative] == ["Contentword"]
    assert make("extended-writing", **BANK).total == 4


def test_activity_overrides_the_bank() -> None:
    """What the activity says replaces what the bank says, and nothing else."""
    changes = {
        "stimulus": ["mine"],
        "model": "Ownmodel.",
        "indicative": ["Owncontent"],
        "mark_scheme": {"each": 2, "credit": ["x", "y"]},
    }
    found = posed(**{**BANK, **changes})
    assert found.puzzle.ask.plain == "Explain one thing."
    assert [line.plain for line in found.puzzle.stimulus] == ["mine"]
    assert reveal(found.solution.model).plain == "Ownmodel."
    assert [reveal(line).plain for line in found.solution.indicative] == ["Owncontent"]
    assert len(found.solution.scheme.credit) == 2
    assert posed(**{**BANK, "stimulus": []}).puzzle.stimulus == ()


@pytest.mark.parametrize(("course", "marks"), [("gcse", 4), ("alevel", 8), ("ib", 4)])
def test_course_chooses_the_question(course: Any, marks: int) -> None:
    """The question of the course is asked; where it has none the first one is."""
    banks = replace(context(), course=course)
    changes = {**BARE, "question": {"gcse": "Q-1", "alevel": "Q-2"}}
    assert make("extended-writing", banks=banks, **changes).total == marks


def test_board_gives_the_mark_scheme() -> None:
    """`board` is the levels of the board for that skill and those marks, with the indicative content."""
    found = posed(mark_scheme="board", indicative=["Owncontent"])
    assert [str(level.marks) for level in found.solution.scheme.levels] == ["5–8", "1–4"]
    assert [reveal(line).plain for line in found.solution.indicative] == ["Owncontent"]
    own = posed(**{**BARE, "question": "q-2", "mark_scheme": "board"})
    assert own.solution.scheme.top == 8


def test_indicative_content_of_the_scheme_is_used() -> None:
    """Without content of its own the question has that of its mark scheme, and none where there is none."""
    assert reveal(posed().solution.indicative[0]).plain.startswith("The Testament")
    assert posed(mark_scheme=None).solution.indicative == ()
    assert posed(skill=None).puzzle.marks == 8


def test_space_is_as_asked_or_by_marks() -> None:
    """The lines are those that the activity asks for, else one and a half a mark, more at support level."""
    assert posed().puzzle.space == Space(lines=12)
    assert posed(answer_space=None).puzzle.space == Space(lines=12)
    assert make("extended-writing", "support", answer_space=None).pose("support", None).puzzle.space == Space(lines=15)
    assert posed(answer_space="book").puzzle.space == Space(book=True)
    assert html(pose(lesson_of("extended-writing", answer_space=7))).count('class="ln') == 7 + 4
    assert "exercise book" in html(pose(lesson_of("extended-writing", answer_space="book")))


def test_support_brings_starters() -> None:
    """Sentence starters stand where they are given, at support level."""
    source = lesson_of("extended-writing")
    assert "One reason was" in html(pose(source, "support"))
    assert "One reason was" not in html(pose(source))


@pytest.mark.parametrize(
    ("shape", "words"),
    [
        ("reasons", ["Reason 1", "Reason 2"]),
        ("for-against-judgement", ["For", "Against", "My judgement"]),
        ("factors", ["Factor 1", "Factor 2", "What it led to"]),
        ("paragraphs", ["Paragraph 1", "Paragraph 2", "Explain"]),
    ],
)
def test_planners_have_a_shape(shape: str, words: list[str]) -> None:
    """Each shape of planner prints its boxes, and the criterion where it is asked for."""
    markup = html(
        pose(lesson_of("extended-writing", planner={"shape": shape, "boxes": 2, "criterion": True, "minutes": 5}))
    )
    assert all(f"<b>{word}</b>" in markup for word in [*words, "I judge by"])
    assert "I judge by" not in html(pose(lesson_of("extended-writing")))


def test_model_and_scheme_are_on_the_key_alone() -> None:
    """The model answer, its levels and its content stand on the key."""
    changes = {
        "model": "Quokkazim wrote.",
        "indicative": ["velpzim"],
        "mark_scheme": {"levels": [{"marks": "5-8", "descriptor": "ombozim"}, {"marks": "1-4", "descriptor": "x"}]},
    }
    sheet, key = both("extended-writing", **changes)
    for word in ("Quokkazim", "velpzim", "ombozim"):
        assert word not in sheet
        assert word in key


def test_model_longer_than_its_lines_is_whole_in_the_notes() -> None:
    """What does not fit on the lines of the key stands in its notes to the last word."""
    _, key = both("extended-writing", answer_space=2, model="Many words stand here. " * 40 + "Lastwordzim.")
    assert "Lastwordzim" in key
    _, key = both("extended-writing", answer_space="book", model="Quokkazim.")
    assert "Quokkazim" in key


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"question": "q-1"}, "which_question"),
        ({"ask": None}, "which_question"),
        ({"marks": None}, "no_marks"),
        ({**BANK, "marks": 8}, "fixed_marks"),
        ({**BANK, "skill": "explain"}, "fixed_marks"),
        ({**BARE, "question": "q-9"}, "unknown_id"),
        ({**BARE, "question": {"gcse": "q-1", "btec": "q-1"}}, "course"),
        ({**BARE, "question": {"gcse": "q-9"}}, "unknown_id"),
        ({"marks": 12}, "scheme_top"),
        ({"mark_scheme": {"credit": ["one"]}}, "scheme_sum"),
        ({"mark_scheme": "board", "skill": "essay"}, "no_board"),
        (
            {"mark_scheme": {"levels": [{"marks": "5-8", "descriptor": "x"}, {"marks": "1-3", "descriptor": "y"}]}},
            "scheme_gap",
        ),
        ({"planner": {"shape": "spiral"}}, "literal_error"),
        ({"answer_space": "wide"}, "space"),
    ],
)
def test_refusals(changes: dict[str, Any], code: str) -> None:
    """Two questions or none, marks that do not agree, and names that do not exist are refused."""
    assert code in refused("extended-writing", **changes)


def test_a_question_asked_again_is_marked_once() -> None:
    """Homework that writes what a task planned sends to the marking of that task; with a scheme of its own it has it."""
    task = {"kind": "extended-writing", "title": "Write", "minutes": 5, "question": "Q-1", "answer_space": "none"}
    again = pose(lesson(main=[task], homework=[{**task, "title": "At home"}]))
    assert page(again, key=True).count("Creditword") == 1
    assert "<p>Task 1</p>" in page(again, key=True)
    own = {**task, "title": "At home", "mark_scheme": {"credit": ["Ownword", "second", "third", "fourth"]}}
    other = page(pose(lesson(main=[task], homework=[own])), key=True)
    assert "Ownword" in other
    assert "<p>Task 1</p>" not in other
