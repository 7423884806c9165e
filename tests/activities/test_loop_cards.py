"""Loop cards: one closed loop, unique answers, numbers that do not tell the order."""

from __future__ import annotations

import itertools
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lessonpress.model.base import LEVELS
from lessonpress.model.dice import Dice
from lessonpress.model.sealed import reveal
from tests.activities.bench import html, lesson_of, make, page, pose, refused


def links(count: int) -> dict[str, str]:
    return {f"ask {n}?": f"answer {n}" for n in range(count)}


def posed_of(count: int, seed: object) -> Any:
    return make("loop-cards", cards=links(count), support=None).pose("core", Dice(seed))


@given(count=st.integers(4, 36), seed=st.integers())
def test_cards_make_one_closed_loop(count: int, seed: int) -> None:
    """From card 1 every question leads to the card that has its answer, through all cards and back to card 1."""
    posed = posed_of(count, seed)
    cards = {card.sign: card for card in posed.puzzle.cards}
    holders = {card.has.plain: card.sign for card in cards.values()}
    assert len(cards) == len(holders) == count
    loop, here = [], "1"
    for _ in range(count):
        loop.append(here)
        here = holders[cards[here].asks.plain.replace("ask", "answer").rstrip("?")]
    assert here == "1"
    assert sorted(loop, key=int) == [str(n) for n in range(1, count + 1)]
    assert [reveal(sign).plain for sign in posed.solution.loop] == loop


@given(count=st.integers(4, 36), seed=st.integers())
def test_every_card_names_the_one_that_answers_it(count: int, seed: int) -> None:
    """The number for the box beside a card is that of the card with its answer; the cards stand by their numbers."""
    posed = posed_of(count, seed)
    cards = posed.puzzle.cards
    assert [card.sign for card in cards] == [str(n) for n in range(1, count + 1)]
    for card, number in zip(cards, posed.solution.following, strict=True):
        answer = cards[int(reveal(number).plain) - 1].has.plain
        assert answer == card.asks.plain.replace("ask", "answer").rstrip("?")


@given(count=st.integers(5, 36), seed=st.integers())
def test_the_next_number_is_never_the_next_card(count: int, seed: int) -> None:
    """Cards lie beside others than those that answer them, so that the order of print tells nothing."""
    loop = [int(reveal(sign).plain) for sign in posed_of(count, seed).solution.loop]
    assert all(after != before + 1 for before, after in itertools.pairwise(loop))


def test_support_gets_the_start_of_the_loop() -> None:
    """So many cards of the loop are printed, in boxes or beside their cards, and the others are blank."""
    for form, blanks in (("cards", 3), ("table", 4)):
        sheet = html(pose(lesson_of("loop-cards", **{"as": form}), "support"))
        assert sheet.count('<span class="box"></span>') == blanks
    core = html(pose(lesson_of("loop-cards")))
    assert core.count('<span class="box"></span>') == 5
    assert '<span class="box">1</span>' in core


@pytest.mark.parametrize("seed", range(5))
def test_levels_share_numbers(seed: int) -> None:
    """The same seed gives the same cards at every level."""
    posed = [make("loop-cards", level).pose(level, Dice(seed)).puzzle.cards for level in LEVELS]
    assert posed[0] == posed[1] == posed[2]


def test_cards_have_what_the_sheet_leaves_out() -> None:
    """As cards the questions stand on the cards, as a table on the sheet; the key has the loop in order."""
    cards = pose(lesson_of("loop-cards"))
    assert "Which city backed Zinoviev?" not in html(cards)
    assert "Which city backed Zinoviev?" in page(cards, "cards")
    assert "Which city backed Zinoviev?" in html(pose(lesson_of("loop-cards", **{"as": "table"})))
    assert "The loop" in page(cards, key=True)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"cards": {**links(4), "again?": "Answer 2"}}, "same_answer"),
        ({"cards": links(3)}, "too_short"),
        ({"cards": links(37)}, "too_long"),
        ({"cards": ["a", "b", "c", "d"]}, "model_type"),
        ({"given": "0"}, "greater_than_equal"),
    ],
)
def test_refusals(changes: dict[str, Any], code: str) -> None:
    """Two questions with one answer, too few and too many cards are refused."""
    assert code in refused("loop-cards", **changes)


def test_marks() -> None:
    """A blank of the core sheet is a mark: the first card of a loop is printed, in a table none is."""
    assert make("loop-cards").total == make("loop-cards", "support").total == 5
    assert make("loop-cards", **{"as": "table"}).total == 6
    assert make("loop-cards", marks=2).total == 2
