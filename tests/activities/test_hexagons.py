"""Hexagons: words in a drawn order, sample links between words that are there, rows to write in."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lessonpress.model.dice import Dice
from lessonpress.model.sealed import reveal
from tests.activities.bench import both, html, lesson_of, make, page, pose, refused

WORDS = [f"word {n}" for n in range(8)]
SAMPLES = [{"join": ["word 1", "word 2"], "because": "quokkazim"}]


@given(count=st.integers(6, 30), seed=st.integers())
def test_words_are_a_permutation(count: int, seed: int) -> None:
    """Every word stands on one hexagon; the list of a table is in the order of the alphabet."""
    words = [f"word {n}" for n in range(count)]
    puzzle = make("hexagons", words=words, samples=SAMPLES, support=None).pose("core", Dice(seed)).puzzle
    assert sorted(word.plain for word in puzzle.words) == sorted(words)
    assert [word.plain for word in puzzle.bank] == sorted(words)


def test_support_gets_the_words_of_links_but_never_what_links_them() -> None:
    """So many rows have their two words printed on the support sheet; the reason is for the pupil."""
    sheet = html(pose(lesson_of("hexagons"), "support"))
    assert "oath speech" in sheet
    assert "emergency measures" in sheet
    assert "keeper of a saint" not in sheet
    assert "oath speech" not in html(pose(lesson_of("hexagons")))


def test_rows_beyond_the_samples_are_the_pupils_own() -> None:
    """The key shows a sample where there is one, and the pupil's own view in every other row."""
    posed = pose(lesson_of("hexagons", words=WORDS, samples=SAMPLES, rows=3, support=None))
    assert len(posed.tasks[0].solution) == 3
    key = html(posed, key=True)
    assert key.count("own view") == 2 * 3
    assert "quokkazim" in key


def test_links_lead_to_words() -> None:
    """Each printed sample joins two of the words, as they are written there."""
    activity = make("hexagons")
    words = {word.plain for word in activity.words}
    for link in activity.samples:
        assert {reveal(word).plain for word in link.join} <= words


def test_hexagons_and_table_have_the_same_words() -> None:
    """The words stand on the hexagons, or in a list on the sheet."""
    cards = pose(lesson_of("hexagons"))
    assert "war scare" in page(cards, "cards")
    assert "war scare" not in html(cards)
    assert "war scare" in html(pose(lesson_of("hexagons", **{"as": "table"})))


def test_samples_stand_on_the_key_alone() -> None:
    """What links two words stands in the key and on no sheet."""
    sheet, key = both("hexagons")
    assert "the state took by force" not in sheet
    assert "the state took by force" in key


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"samples": [{"join": ["grain", "bread"], "because": "x"}]}, "unknown_word"),
        ({"words": [*WORDS, "Word 1"], "samples": SAMPLES}, "same_cards"),
        ({"words": WORDS[:5], "samples": SAMPLES}, "too_short"),
        ({"samples": [{"join": ["grain"], "because": "x"}]}, "missing"),
        ({"given": "4"}, "given_links"),
        ({"samples": []}, "too_short"),
    ],
)
def test_refusals(changes: dict[str, Any], code: str) -> None:
    """Links between words that are not there, words twice and too few words are refused."""
    assert code in refused("hexagons", **changes)


def test_marks() -> None:
    """A row is a mark unless `marks` says otherwise."""
    assert make("hexagons").total == make("hexagons", "support").total == 3
    assert make("hexagons", marks=6).total == 6
