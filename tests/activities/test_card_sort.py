"""Card sort: an order that gives nothing away, letters and numbers that lead back to the groups, debatable cards."""

from __future__ import annotations

from collections import Counter
from itertools import groupby
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lessonpress.model.base import LEVELS
from lessonpress.model.dice import Dice
from lessonpress.model.sealed import reveal
from tests.activities.bench import both, html, lesson_of, make, page, pose, refused

GROUPS = ["first", "second", "third"]


def dealt(counts: list[int]) -> dict[str, Any]:
    """Categories with so many cards each, listed group by group."""
    return {
        "categories": GROUPS[: len(counts)],
        "cards": [
            {"card": f"{name} {n}", "category": name}
            for name, count in zip(GROUPS, counts, strict=False)
            for n in range(count)
        ],
        "support": None,
    }


def groups_of(activity: Any, seed: object) -> list[str]:
    """The group of each card in the order of print, by its own words."""
    return [card.text[0].plain.split()[0] for card in activity.pose("core", Dice(seed)).puzzle.cards]


@given(counts=st.lists(st.integers(2, 6), min_size=2, max_size=3), seed=st.integers())
def test_cards_are_a_permutation_that_keeps_no_group_together(counts: list[int], seed: int) -> None:
    """Every card is printed once, and the cards of the groups never stand in one run each."""
    activity = make("card-sort", **dealt(counts))
    found = groups_of(activity, seed)
    assert Counter(found) == dict(zip(GROUPS, counts, strict=False))
    assert len([name for name, _ in groupby(found)]) > len(counts)


@given(counts=st.lists(st.integers(2, 6), min_size=2, max_size=3), seed=st.integers())
def test_letters_and_numbers_lead_back_to_the_groups(counts: list[int], seed: int) -> None:
    """The letters under each group are those of its cards, the number of each card is that of its group."""
    posed = make("card-sort", **dealt(counts)).pose("core", Dice(seed))
    texts = {card.sign: card.text[0].plain.split()[0] for card in posed.puzzle.cards}
    for name, letters in zip(GROUPS, posed.solution.letters, strict=False):
        signs = [reveal(letter).plain for letter, _ in letters]
        assert signs == sorted(sign for sign, group in texts.items() if group == name)
    numbers = [int(reveal(number).plain) for number in posed.solution.numbers]
    assert [GROUPS[n - 1] for n in numbers] == list(texts.values())


def test_cards_stand_everywhere() -> None:
    """Over 600 seeds the cards of each of two equal groups stand first about equally often."""
    activity = make("card-sort", **dealt([3, 3]))
    seen = Counter(groups_of(activity, seed)[0] for seed in range(600))
    assert all(240 <= count <= 360 for count in seen.values()), seen
    assert len(seen) == 2


def test_debatable_cards_are_flagged_and_never_placed() -> None:
    """A card with two groups stands under both with a question mark, and is no example for the support sheet."""
    posed = pose(lesson_of("card-sort"), "support")
    task = posed.tasks[0]
    flagged = [one for one in task.solution.cards if one.debatable]
    assert [one.card.text[0].plain for one in flagged] == ["He was far away when Lenin died"]
    sign = flagged[0].card.sign
    under = [[reveal(letter).plain for letter, debatable in letters if debatable] for letters in task.solution.letters]
    assert under == [[], [sign], [sign]]
    assert html(posed, key=True).count(f"{sign}?") == 2
    assert all(sign not in letters for letters in task.puzzle.given)
    assert [len(letters) for letters in task.puzzle.given] == [1, 1, 1]
    assert "debatable" in page(posed, key=True)
    assert "debatable" not in page(posed)


def test_placed_cards_are_printed_on_the_support_sheet_alone() -> None:
    """At support level one letter of each group is printed; at core level none is."""
    table = lesson_of("card-sort", **{"as": "table"})
    placed = [place for place in pose(table, "support").tasks[0].puzzle.places if place is not None]
    assert sorted(placed) == [1, 2, 3]
    assert all(f'<span class="box">{n}</span>' in html(pose(table, "support")) for n in placed)
    assert html(pose(table)).count('<span class="box"></span>') == 6
    letters = pose(lesson_of("card-sort"), "support").tasks[0].puzzle.given
    sheets = [html(pose(lesson_of("card-sort"), level)) for level in ("support", "core")]
    assert all(f'<div class="ln">{letter}</div>' in sheets[0] for (letter,) in letters)
    assert sheets[1].count('<div class="ln"></div>') == 3


@pytest.mark.parametrize("seed", range(5))
def test_levels_share_letters(seed: int) -> None:
    """The same seed gives the cards the same letters at every level."""
    posed = [make("card-sort", level).pose(level, Dice(seed)).puzzle.cards for level in LEVELS]
    assert posed[0] == posed[1] == posed[2]


def test_a_table_has_every_statement_on_the_sheet_and_nothing_to_cut() -> None:
    """As cards the statements stand on the cards alone, as a table on the sheet alone."""
    words = "Three men joined against him"
    cards = pose(lesson_of("card-sort"))
    assert words not in html(cards)
    assert words in page(cards, "cards")
    table = pose(lesson_of("card-sort", **{"as": "table"}))
    assert words in html(table)
    assert not table.tasks[0].activity.cut_out
    assert words not in page(table, "cards")


def test_reasons_stand_on_the_key_alone() -> None:
    """Why a card belongs to its group stands in the notes of the key."""
    sheet, key = both("card-sort")
    assert "it was his best chance" in key
    assert "it was his best chance" not in sheet


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"categories": ["What he did", "What others did", "Luck"]}, "unknown_group"),
        ({"categories": ["What he did", "What others did", "Chance", "God"]}, "empty_group"),
        ({"categories": ["one"]}, "unknown_group"),
        ({"cards": [{"card": "a", "category": "Chance"}] * 3}, "empty_group"),
        ({"cards": None}, "missing"),
        ({"given": "3"}, "less_than_equal"),
        ({"as": "paper"}, "literal_error"),
    ],
)
def test_refusals(changes: dict[str, Any], code: str) -> None:
    """Groups that no card names, or that are not there, and unknown forms are refused."""
    assert code in refused("card-sort", **changes)


def test_marks() -> None:
    """A card is a mark unless `marks` says otherwise."""
    assert make("card-sort").total == make("card-sort", "support").total == 6
    assert make("card-sort", marks=4).total == 4
