"""Multiple choice: letters, locked options, several right ones, the misconception behind a wrong one."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lessonpress.model.dice import Dice
from lessonpress.model.sealed import reveal
from tests.activities.bench import both, html, lesson_of, make, pose, puzzle, refused

OPTIONS = ["alpha", "beta", "gamma", "delta"]


def choice(**changes: Any) -> dict[str, Any]:
    return {"ask": "Which?", "options": OPTIONS, "answer": "beta", **changes}


def made(*choices: dict[str, Any]) -> Any:
    return make("multiple-choice", questions=list(choices))


def right(activity: Any, seed: object) -> list[str]:
    """The letters of the right options of the first question."""
    posed = activity.pose("core", Dice(seed))
    marked = zip(posed.puzzle[0].options, posed.solution[0], strict=True)
    return [letter for (letter, _), answer in marked if answer is not None]


@given(count=st.integers(2, 6), lock=st.booleans(), seed=st.integers(), place=st.integers(0, 5))
def test_options_are_a_permutation(count: int, lock: bool, seed: int, place: int) -> None:
    """Every option stands once under its letter, the locked one last, and the right one is marked."""
    options = [f"option {n}" for n in range(count)]
    answer = options[place % count]
    activity = made(choice(options=options, answer=answer, lock_last=lock))
    posed = activity.pose("core", Dice(seed))
    found = [line.plain for _, line in posed.puzzle[0].options]
    assert [letter for letter, _ in posed.puzzle[0].options] == list("ABCDEF"[:count])
    assert sorted(found) == options
    assert not lock or found[-1] == options[-1]
    marked = [reveal(one) for one in posed.solution[0] if one is not None]
    assert [dict(posed.puzzle[0].options)[letter].plain for letter in marked] == [answer]


def test_right_option_stands_everywhere() -> None:
    """Over 600 seeds the right option stands about equally often at each of four places."""
    seen = Counter(right(made(choice()), seed)[0] for seed in range(600))
    assert set(seen) == set("ABCD")
    assert all(110 <= count <= 190 for count in seen.values()), seen


def test_right_option_stands_everywhere_before_a_locked_one() -> None:
    """With the last option locked the right one stands about equally often at the other places."""
    seen = Counter(right(made(choice(lock_last=True)), seed)[0] for seed in range(600))
    assert set(seen) == set("ABC")
    assert all(150 <= count <= 250 for count in seen.values()), seen


@given(seed=st.integers(), answer=st.sampled_from(OPTIONS))
def test_order_does_not_depend_on_the_answer(seed: int, answer: str) -> None:
    """The sheet is the same whichever option is right."""
    assert puzzle(made(choice()), seed) == puzzle(made(choice(answer=answer)), seed)


def test_sheet_is_the_same_whichever_option_is_right() -> None:
    """Not one byte of the sheet changes when another option is the right one."""
    sheets = {both("multiple-choice", questions=[choice(answer=answer)])[0] for answer in OPTIONS}
    keys = {both("multiple-choice", questions=[choice(answer=answer)])[1] for answer in OPTIONS}
    assert len(sheets) == 1
    assert len(keys) == 4


def test_several_right_options_are_told() -> None:
    """Where several are right the sheet says how many boxes to tick, and the key ticks them."""
    posed = pose(lesson_of("multiple-choice", questions=[choice(answer=["beta", "delta"], marks=2)]))
    assert posed.tasks[0].puzzle[0].several == 2
    assert "Tick 2 boxes." in html(posed)
    assert html(posed, key=True).count('class="tick"') == 2
    assert puzzle(made(choice()))[0].several == 0
    assert "Tick" not in html(pose(lesson_of("multiple-choice", questions=[choice()])))


def test_questions_are_shuffled_apart() -> None:
    """Two questions with the same options do not have one order."""
    orders = {
        puzzle(made(choice(), choice()), seed)[0].options == puzzle(made(choice(), choice()), seed)[1].options
        for seed in range(9)
    }
    assert False in orders


def test_marks_are_those_of_the_questions() -> None:
    """Each question has a mark unless it says otherwise."""
    assert made(choice(), choice(marks=3)).total == 4
    sheet = html(pose(lesson_of("multiple-choice", questions=[choice(), choice(marks=3)])))
    assert re.findall(r'class="let">\((\w)\)', sheet) == ["a", "b"]


def test_misconceptions_are_on_the_key_alone() -> None:
    """What lies behind a wrong option is told to the teacher, and to nobody else."""
    sheet, key = both("multiple-choice", questions=[choice(why={"alpha": "quokkazim"})])
    assert "quokkazim" not in sheet
    assert "quokkazim" in key


def test_answers_are_compared_as_they_are_printed() -> None:
    """A hyphen or a dash in a range is the same answer."""
    activity = made(choice(options=["1922-24", "1925"], answer="1922–24"))
    assert len(right(activity, 1)) == 1


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"answer": "epsilon"}, "no_right_option"),
        ({"answer": ["beta", "epsilon"]}, "no_right_option"),
        ({"answer": OPTIONS}, "all_right"),
        ({"options": ["same", "same", "beta"]}, "same_options"),
        ({"options": ["*same*", "same", "beta"]}, "same_options"),
        ({"options": ["beta"]}, "all_right"),
        ({"options": [*OPTIONS, "e", "f", "g"]}, "too_long"),
        ({"why": {"epsilon": "not an option"}}, "no_wrong_option"),
        ({"why": {"beta": "right, not wrong"}}, "no_wrong_option"),
        ({"marks": "0"}, "greater_than_equal"),
    ],
)
def test_refusals(changes: dict[str, Any], code: str) -> None:
    """An answer that is no option, twins, nothing to choose, and a reason for what is not wrong are refused."""
    assert code in refused("multiple-choice", questions=[choice(**changes)])


def test_shapes_that_are_no_question_are_left_to_the_fields() -> None:
    """A question without an answer, or one that is text, is refused for that and for nothing stranger."""
    assert refused("multiple-choice", questions=[choice(), {"ask": "Which?", "options": OPTIONS}]) == {"missing"}
    assert refused("multiple-choice", questions=[choice(), "Which?"]) == {"model_type"}
    assert refused("multiple-choice", questions=[choice(), choice(why="text")]) == {"dict_type"}
