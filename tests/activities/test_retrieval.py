"""Retrieval: how many questions come from where, what is picked, where answers stand."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lessonpress.model.base import LEVELS, Context
from lessonpress.model.dice import Dice
from lessonpress.model.sealed import reveal
from tests.activities.bench import QUIZ, both, context, html, lesson_of, make, pose, refused


def drawn(seed: object = 1, **changes: Any) -> list[str]:
    """The ids of the questions that are asked."""
    posed = make("retrieval", **changes).pose("core", Dice(seed))
    assert [line.plain.split()[-1] for line in posed.puzzle] == [
        f"{ID[reveal(a).plain]}?" for a in posed.solution.answers
    ]
    return [ID[reveal(answer).plain] for answer in posed.solution.answers]


ID = {answer: name for items in QUIZ.values() for name, answer in items}


@given(last=st.integers(0, 4), earlier=st.integers(0, 2), prior=st.integers(0, 2), seed=st.integers())
def test_numbers_are_met(last: int, earlier: int, prior: int, seed: int) -> None:
    """As many questions come from each place as are asked for, none twice, in the order of the places."""
    if not last + earlier + prior:
        return
    found = drawn(seed, **{"from": {"last": last, "earlier": earlier, "prior": prior}})
    assert "".join(name[0] for name in found) == "l" * last + "e" * earlier + "p" * prior
    assert len(set(found)) == len(found)


def test_every_question_is_drawn_some_time() -> None:
    """Over the seeds each question of the pool is drawn, and not always the same two."""
    found = {tuple(drawn(seed, **{"from": {"last": 2}})) for seed in range(100)}
    assert {name for pair in found for name in pair} == {"l1", "l2", "l3", "l4"}
    assert len(found) == 6


@given(picked=st.lists(st.sampled_from(["l1", "l2", "l3", "l4"]), unique=True, max_size=2), seed=st.integers())
def test_picked_questions_are_asked(picked: list[str], seed: int) -> None:
    """Picked questions are among those that are asked; the rest is drawn."""
    found = drawn(seed, pick=picked)
    assert found[: len(picked)] == picked
    assert len(found) == 4
    assert "".join(name[0] for name in found) == "llep"


def test_picks_go_to_their_own_place() -> None:
    """A question picked from prior knowledge takes the place of a prior one, whatever its case."""
    assert drawn(pick=["P2", "E1"])[2:] == ["e1", "p2"]


def test_levels_ask_the_same() -> None:
    """All levels draw the same questions."""
    assert len({str(make("retrieval", level).pose(level, Dice(3)).puzzle) for level in LEVELS}) == 1


def test_answers_are_on_the_key_alone() -> None:
    """Answers of the bank stand on the key, and on no sheet."""
    sheet, key = both("retrieval")
    answers = [answer for items in QUIZ.values() for _, answer in items]
    assert not [answer for answer in answers if answer in sheet]
    assert sum(answer in key for answer in answers) == 4


def test_strip_has_four_cells_a_row() -> None:
    """Up to four questions stand in one row, more in several."""
    assert html(pose(lesson_of("retrieval"))).count("<tr") == 2
    six = html(pose(lesson_of("retrieval", **{"from": {"last": 4, "earlier": 2}})))
    assert six.count("<tr") == 4
    assert six.count("data-q=") == 1 + 6


def test_it_has_neither_number_nor_marks() -> None:
    """A do-now takes no number on the sheet and adds no marks."""
    posed = pose(lesson_of("retrieval"))
    assert posed.tasks[0].number is None
    assert posed.marks == 0


def test_without_a_bank_nothing_can_be_counted() -> None:
    """In an editor, where no bank is read, the numbers are taken as they are and nothing is drawn."""
    activity = make("retrieval", banks=Context())
    assert activity.from_.count == 4
    assert activity.pose("core", Dice(1)).puzzle == ()


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"from": {}}, "retrieval_count"),
        ({"from": {"last": 9, "prior": 9}}, "retrieval_count"),
        ({"from": {"last": 5}}, "retrieval_pool"),
        ({"from": {"earlier": 3}}, "retrieval_pool"),
        ({"from": {"prior": 3}}, "retrieval_pool"),
        ({"from": {"last": 1}, "pick": ["l1", "l2"]}, "retrieval_pick"),
        ({"from": {"last": 1, "prior": 1}, "pick": ["l1", "l2"]}, "retrieval_pick"),
        ({"pick": ["l1", "l1"]}, "retrieval_pick"),
        ({"pick": ["x9"]}, "unknown_id"),
        ({"from": None}, "missing"),
        ({"from": {"later": 1}}, "extra_forbidden"),
    ],
)
def test_refusals(changes: dict[str, Any], code: str) -> None:
    """More questions than there are, and picks that cannot be asked, are refused."""
    assert code in refused("retrieval", **changes)


def test_picks_from_later_lessons_are_refused() -> None:
    """A question of the bank that no lesson before this one asks cannot be picked."""
    last, earlier, prior = context().pool
    with pytest.raises(ValueError, match="no lesson before this one"):
        make("retrieval", banks=replace(context(), pool=(last[:3], earlier, prior)), pick=["l4"])
