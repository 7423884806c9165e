"""What a board says of questions, on the teacher's copy alone."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

from lessonpress.pose import PosedLesson
from tests.activities.bench import lesson, page, pose, tree
from tests.load.test_boards import PAPER, parsed


def marked(tmp_path: Path, *kinds: object) -> PosedLesson:
    """A lesson whose board has a paper."""
    found, _ = parsed(tmp_path, PAPER)
    return pose(replace(lesson(main=list(kinds)), board=found))


def test_keys_tell_the_question_type_its_objectives_and_what_to_check(tmp_path: Path) -> None:
    """The notes of a key name paper, question, marks, time and objectives, and what nobody has seen."""
    key = page(marked(tmp_path, tree("extended-writing")), key=True).partition('class="notes"')[2]
    assert "Reward other valid points. AO1, AO2" in key
    head, told = (" ".join(re.sub("<[^>]+>", " ", part).split()) for part in key.split("Examination"))
    assert told.startswith("Paper 1. Question 2 [8] Check with your board: the time, the question types.")
    assert "A board. Check with your board: the assessment objectives." in head


def test_sheets_say_nothing_of_the_board(tmp_path: Path) -> None:
    """No pupil reads what a teacher must check."""
    sheet = page(marked(tmp_path, tree("extended-writing"), tree("short-answer")))
    assert "AO1" not in sheet
    assert "Check with" not in sheet


def test_without_a_board_keys_are_silent(tmp_path: Path) -> None:
    """A skill that the board knows nothing of has no line, nor has any question without a board."""
    assert "Examination" not in page(pose(lesson(main=[tree("extended-writing")])), key=True)
    unknown = tree("extended-writing", skill="compare", marks=8)
    assert page(marked(tmp_path, unknown), key=True).count("Examination") == 0


def test_questions_with_a_scheme_have_their_objectives(tmp_path: Path) -> None:
    """A question of a task that is marked by a scheme is told its objectives under its letter."""
    asked = {"ask": "Why?", "marks": 4, "skill": "describe", "mark_scheme": {"credit": ["a", "b", "c", "d"]}}
    plain = {"ask": "When?", "marks": 1, "skill": "describe", "answer": "then"}
    key = page(marked(tmp_path, tree("short-answer", questions=[asked, plain])), key=True)
    assert key.count("AO1") == 1
    assert "1 mark each; AO1" in key
