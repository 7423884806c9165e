"""Matching: letters, distractors, the example, and orders that give nothing away."""

from __future__ import annotations

import string
from collections import Counter
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lessonpress.activities.matching import Puzzle
from lessonpress.model.base import LEVELS
from lessonpress.model.dice import Dice
from lessonpress.model.sealed import reveal
from tests.activities.bench import html, lesson_of, make, pose, puzzle, refused


def letters(activity: Any, seed: object = 1) -> list[str]:
    """The right letter of each left-hand item."""
    return [reveal(answer).plain for answer in activity.pose("core", Dice(seed)).solution]


def pairs(count: int) -> dict[str, str]:
    return {f"left {n}": f"right {n}" for n in range(count)}


def test_example_gives_a_mark_a_pair() -> None:
    """A pair is a mark unless `marks` says otherwise; distractors carry none."""
    assert make("matching").total == 3
    assert make("matching", marks=6).total == 6


@given(count=st.integers(2, 9), others=st.integers(0, 4), seed=st.integers())
def test_right_items_are_a_permutation(count: int, others: int, seed: int) -> None:
    """Every answer and distractor stands once under its letter, and the letters lead back to the pairs."""
    activity = make("matching", pairs=pairs(count), distractors=[f"other {n}" for n in range(others)])
    found: Puzzle = puzzle(activity, seed)
    assert [letter for letter, _ in found.right] == list(string.ascii_uppercase[: count + others])
    assert sorted(line.plain for _, line in found.right) == sorted(
        [*pairs(count).values(), *(f"other {n}" for n in range(others))]
    )
    texts = {letter: line.plain for letter, line in found.right}
    assert [texts[letter] for letter in letters(activity, seed)] == list(pairs(count).values())
    assert [line.plain for line in found.left] == list(pairs(count))


@given(count=st.integers(2, 4), others=st.integers(0, 3), seed=st.integers())
def test_letters_never_run_in_the_order_of_the_answers(count: int, others: int, seed: int) -> None:
    """The right letters, read down the page, are never in alphabetical order."""
    activity = make("matching", pairs=pairs(count), distractors=[f"other {n}" for n in range(others)])
    found = letters(activity, seed)
    assert found != sorted(found)


class Stubborn(Dice):
    """Dice that never change an order."""

    def below(self, limit: int) -> int:
        return limit - 1


def test_stubborn_dice_do_not_give_the_order_away() -> None:
    """Where every draw is the order of the answers, the list is turned round."""
    found = [reveal(answer).plain for answer in make("matching", distractors=[]).pose("core", Stubborn(1)).solution]
    assert found == ["C", "B", "A"]


def test_one_answer_for_all_needs_no_other_order() -> None:
    """Left-hand items may share an answer, which then stands once."""
    activity = make("matching", pairs={"a": "same", "b": "same"}, distractors=["other"])
    assert len(puzzle(activity).right) == 2
    assert len(set(letters(activity))) == 1


def test_answers_stand_everywhere() -> None:
    """Over 600 seeds each answer stands about equally often under each letter."""
    activity = make("matching", pairs=pairs(4), distractors=["other"])
    for place in range(4):
        seen = Counter(letters(activity, seed)[place] for seed in range(600))
        assert set(seen) == set("ABCDE")
        assert all(80 <= count <= 160 for count in seen.values()), seen


@pytest.mark.parametrize("seed", range(5))
def test_levels_share_letters(seed: int) -> None:
    """The same seed gives the same letters at every level."""
    posed = [make("matching", level).pose(level, Dice(seed)) for level in LEVELS]
    assert posed[0].puzzle == posed[1].puzzle == posed[2].puzzle


def test_example_is_printed_with_its_letter() -> None:
    """The pair given as an example stands on the sheet with its letter, and takes no mark and no question."""
    posed = pose(lesson_of("matching", example={"Stalin": "General Secretary"}))
    task = posed.tasks[0]
    assert task.marks == 3
    assert {line.plain: letter for letter, line in task.puzzle.right}["General Secretary"] == task.puzzle.example_letter
    sheet = html(posed)
    assert f">{task.puzzle.example_letter}</span>" in sheet
    assert sheet.count("data-q=") == 1 + 3
    assert puzzle(make("matching")).example is None


def test_boxes_are_empty_on_the_sheet() -> None:
    """No letter stands in a box of the sheet; each stands in its box of the key."""
    posed = pose(lesson_of("matching"))
    assert 'class="a"' not in html(posed)
    assert html(posed, key=True).count('class="a"') == 3


def test_heads_are_printed() -> None:
    """The heads of the columns stand on the sheet, or neither does."""
    assert "Leader" in html(pose(lesson_of("matching")))
    assert "heads" not in html(pose(lesson_of("matching", left=None, right=None)))


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"pairs": {"one": "alone"}}, "few_pairs"),
        ({"pairs": pairs(27)}, "many_pairs"),
        ({"pairs": pairs(20), "distractors": [f"x{n}" for n in range(7)]}, "many_pairs"),
        ({"pairs": None}, "missing"),
        ({"pairs": ["one", "two"]}, "model_type"),
        ({"marks": "61"}, "less_than_equal"),
    ],
)
def test_refusals(changes: dict[str, Any], code: str) -> None:
    """Fewer than two pairs, or more items than letters, are refused."""
    assert code in refused("matching", **changes)
