"""Bingo: cards that all differ, the caller's list, and a card to fill alone."""

from __future__ import annotations

from math import comb
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lessonpress.activities.bingo import drawn_sets
from lessonpress.model.dice import Dice
from lessonpress.model.sealed import reveal
from tests.activities.bench import html, lesson_of, make, page, pose, refused


def words(count: int) -> dict[str, str]:
    return {f"word {n}": f"clue {n}" for n in range(count)}


@given(spare=st.integers(3, 20), cards=st.integers(1, 40), size=st.sampled_from([3, 4]), seed=st.integers())
def test_cards_differ_and_hold_words_of_the_list(spare: int, cards: int, size: int, seed: int) -> None:
    """No card has the words of another or one twice, and every word comes from the list."""
    activity = make("bingo", words=words(size**2 + spare), size=size, cards=cards)
    puzzle = activity.pose("core", Dice(seed)).puzzle
    sets = {frozenset(word.plain for word in card) for card in puzzle.cards}
    assert len(sets) == len(puzzle.cards) == cards
    assert all(len(one) == size**2 and one <= set(words(size**2 + spare)) for one in sets)


@given(items=st.integers(3, 8), size=st.integers(1, 3), seed=st.integers())
def test_every_set_there_is_can_be_drawn(items: int, size: int, seed: int) -> None:
    """As many different sets as there are can be asked for, and come."""
    found = drawn_sets(items, size, comb(items, size), Dice(seed))
    assert len(set(found)) == comb(items, size)


@given(seed=st.integers())
def test_the_caller_reads_every_word_once_and_knows_who_is_full_first(seed: int) -> None:
    """The calls are a permutation; no card is full before the named ones, which are full with the last call told."""
    posed = make("bingo", words=words(14), cards=20).pose("core", Dice(seed))
    calls = [reveal(word).plain for word, _ in posed.solution.calls]
    assert sorted(calls) == sorted(words(14))
    assert all(words(14)[reveal(word).plain] == clue.plain for word, clue in posed.solution.calls)
    full = [max(calls.index(word.plain) for word in card) + 1 for card in posed.puzzle.cards]
    assert posed.solution.after == min(full)
    assert posed.solution.first == tuple(n for n, after in enumerate(full, 1) if after == min(full))


@given(seed=st.integers())
def test_a_card_filled_alone_has_a_clue_for_every_cell(seed: int) -> None:
    """The number of each cell is that of its clue; the clues are not in the order of the cells, some fit none."""
    posed = make("bingo", words=words(20), **{"as": "table"}).pose("core", Dice(seed))
    (card,) = posed.puzzle.cards
    numbers = [int(reveal(number).plain) for number in posed.solution.numbers]
    assert [posed.puzzle.clues[n - 1].plain for n in numbers] == [words(20)[word.plain] for word in card]
    assert len(posed.puzzle.clues) == len({clue.plain for clue in posed.puzzle.clues}) == 9 + 3


def test_words_may_be_terms_of_the_bank() -> None:
    """An id gives the term as word and its definition as clue."""
    others = [{"word": word, "clue": clue} for word, clue in words(8).items()]
    activity = make("bingo", words=["politburo", *others], cards=1)
    assert activity.words[0].clue.plain == "Ruled."
    assert reveal(activity.words[0].word).plain == "Politburo"
    assert "unknown_id" in refused("bingo", words=["nobody", *others])
    assert "same_clue" in refused("bingo", words=["politburo", "Politburo", *others])


def test_cards_are_numbered_and_clues_are_for_the_caller() -> None:
    """Every card has its number and no clue; the caller's list stands in the key and on no paper of pupils."""
    posed = pose(lesson_of("bingo"))
    cards, key = page(posed, "cards"), page(posed, key=True)
    assert all(f"Card {n}</p>" in cards for n in range(1, 13))
    assert "Lenin’s wife" not in cards + page(posed)
    assert key.count("Lenin’s wife") >= 1
    assert "the first full card is" in key
    assert "the first full card is" not in page(pose(lesson_of("bingo", **{"as": "table"})), key=True)
    assert "Lenin’s wife" in html(pose(lesson_of("bingo", **{"as": "table"})))


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"words": words(9), "cards": 2}, "few_words"),
        ({"words": words(20), "size": 4, "cards": 40, "marks": 0}, "greater_than_equal"),
        ({"words": words(15), "size": 4, "cards": 1}, "few_words"),
        ({"words": words(8)}, "too_short"),
        ({"size": 5}, "less_than_equal"),
        ({"words": "politburo"}, "tuple_type"),
    ],
)
def test_refusals(changes: dict[str, Any], code: str) -> None:
    """Fewer words than the cards need to differ, and boards of other sizes, are refused."""
    assert code in refused("bingo", **changes)


def test_marks() -> None:
    """A row of the record is a mark, or a cell of a card that is filled alone, unless `marks` says otherwise."""
    assert make("bingo").total == 3
    assert make("bingo", **{"as": "table"}).total == 9
    assert make("bingo", marks=5).total == 5
