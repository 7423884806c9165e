"""Diamond nine: nine cards never in the order of the ranking, criteria where the level gives them."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lessonpress.model.base import LEVELS
from lessonpress.model.dice import Dice
from lessonpress.model.sealed import reveal
from tests.activities.bench import html, lesson_of, make, page, pose, refused

NINE = [f"reason {n}" for n in range(9)]


@given(seed=st.integers())
def test_cards_are_a_permutation_and_letters_lead_to_the_ranking(seed: int) -> None:
    """Every card is printed once, never in the order of the ranking; the letters of the places give the ranking back."""
    posed = make("diamond-nine", cards=NINE).pose("core", Dice(seed))
    texts = {card.sign: card.text[0].plain for card in posed.puzzle.cards}
    assert sorted(texts.values()) == NINE
    assert list(texts.values()) != NINE
    assert [texts[reveal(sign).plain] for sign in posed.solution.places] == NINE


def test_every_letter_comes_to_the_top() -> None:
    """Over 900 seeds the best card has each of the nine letters about equally often."""
    activity = make("diamond-nine", cards=NINE)
    tops = [reveal(activity.pose("core", Dice(seed)).solution.places[0]).plain for seed in range(900)]
    assert {letter: 65 <= tops.count(letter) <= 140 for letter in "ABCDEFGHI"} == dict.fromkeys("ABCDEFGHI", True)


def test_criteria_are_printed_where_the_level_gives_them() -> None:
    """The criteria stand on the support sheet, on every key, and on no other sheet."""
    for level in LEVELS:
        posed = pose(lesson_of("diamond-nine"), level)
        assert ("how long it worked" in page(posed)) == (level == "support")
        assert "how long it worked" in page(posed, key=True)


def test_the_diamond_has_a_row_of_one_two_three_two_and_one() -> None:
    """Nine boxes stand in five rows, with space for reasons for the first and the last."""
    sheet = html(pose(lesson_of("diamond-nine")))
    rows = [row.count("data-q") for row in sheet.split('class="boxes"')[1:]]
    assert rows[:4] == [1, 2, 3, 2]
    assert sheet.count('<span class="box"></span>') == 9
    assert ".top" in sheet
    assert ".foot" in sheet


def test_a_table_has_the_reasons_on_the_sheet() -> None:
    """As cards the reasons stand on the cards alone; as a table on the sheet, lettered as in the boxes."""
    words = "He seemed to stand in the middle"
    assert words not in html(pose(lesson_of("diamond-nine")))
    assert words in page(pose(lesson_of("diamond-nine")), "cards")
    assert words in html(pose(lesson_of("diamond-nine", **{"as": "table"})))


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"cards": NINE[:8]}, "too_short"),
        ({"cards": [*NINE, "ten"]}, "too_long"),
        ({"cards": [*NINE[:8], "Reason 1"]}, "same_cards"),
        ({"cards": [*NINE[:8], ["x"]]}, "model_type"),
    ],
)
def test_refusals(changes: dict[str, Any], code: str) -> None:
    """Nine cards it must be, each of its own."""
    assert code in refused("diamond-nine", **changes)


def test_marks() -> None:
    """A ranking has no marks unless it is given some."""
    assert make("diamond-nine").total == 0
    assert make("diamond-nine", marks=4).total == 4
    assert "[4]" in html(pose(lesson_of("diamond-nine", marks=4)))
