"""Word search: every word can be found once and no more, in the ways that its level allows."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lessonpress.activities.word_search import WordSearch
from lessonpress.model.base import LEVELS, Level
from lessonpress.model.dice import Dice
from lessonpress.model.hiding import RUDE, SIDE, SLANTING, STRAIGHT, Way, found_in, hide
from lessonpress.model.sealed import reveal
from tests.activities.bench import both, html, lesson_of, make, pose, puzzle, refused

WORDS = [
    *("politburo", "congress", "orgburo", "comintern", "plenum", "sovnarkom", "triumvirate", "secretariat"),
    *("kulak", "testament", "faction", "leningrad"),
]
BACK = tuple((-x, -y) for x, y in STRAIGHT + SLANTING)
some_words = st.lists(st.sampled_from([word.upper() for word in WORDS]), min_size=1, max_size=12, unique=True)
some_ways = st.sampled_from([STRAIGHT, STRAIGHT + SLANTING, STRAIGHT + SLANTING + BACK])


def squares(rows: tuple[str, ...]) -> dict[tuple[int, int], str]:
    """The letters of a grid by their column and row."""
    return {(column, row): letter for row, line in enumerate(rows) for column, letter in enumerate(line)}


@settings(deadline=None, max_examples=40)
@given(words=some_words, ways=some_ways, seed=st.integers())
def test_each_word_is_found_once(words: list[str], ways: tuple[Way, ...], seed: int) -> None:
    """Read in all eight directions, a grid holds each word once, where its run says, and nothing rude."""
    hidden = hide(words, ways, Dice(seed))
    assert hidden is not None
    letters = squares(hidden.rows)
    assert {len(row) for row in hidden.rows} == {len(hidden.rows)}
    assert len(hidden.rows) <= SIDE
    for word, run in zip(words, hidden.runs, strict=True):
        assert "".join(letters[square] for square in run.squares) == word
        assert run.way in ways
        assert set(found_in(letters, [word])) == {frozenset(run.squares)}
    assert not list(found_in(letters, RUDE))


def test_a_palindrome_is_one_word() -> None:
    """A word that reads the same backwards lies in one place and is found there."""
    hidden = hide(["LEVEL", "PLENUM"], STRAIGHT, Dice(1))
    assert hidden is not None
    assert set(found_in(squares(hidden.rows), ["LEVEL"])) == {frozenset(hidden.runs[0].squares)}


def test_other_letters_are_those_of_the_words() -> None:
    """No letter stands out: whatever is filled in occurs in a word too, in any script."""
    words = ["ПАРТИЯ", "СЪЕЗД", "ПЛЕНУМ"]
    hidden = hide(words, STRAIGHT, Dice(1))
    assert hidden is not None
    assert set("".join(hidden.rows)) <= set("".join(words))


def test_too_much_finds_no_room() -> None:
    """What no grid of fifteen can hold is not hidden at all."""
    words = [letter * 7 + end * 8 for letter in "ABCDEFG" for end in "UVWXYZ"]
    assert hide(words, STRAIGHT, Dice(1)) is None


@pytest.mark.parametrize(
    ("level", "ways"),
    [
        ("support", STRAIGHT),
        ("core", STRAIGHT + SLANTING),
        ("challenge", STRAIGHT + SLANTING + BACK),
    ],
)
def test_levels_change_the_ways(level: Level, ways: tuple[Way, ...]) -> None:
    """Support reads across and down, core on a slant too, challenge also backwards; all ways are used."""
    activity: WordSearch = make("word-search", level)
    assert set(activity.ways) == set(ways)
    used = {reveal(ring).way for seed in range(30) for ring in activity.pose(level, Dice(seed)).solution.rings}
    assert used == set(ways)


def test_support_is_given_first_letters() -> None:
    """The first letter stands in the blank of the word, as a capital, at support level alone."""
    assert [entry.first for entry in puzzle(make("word-search", "support")).entries] == list("PCOCPS")
    assert not any(entry.first for entry in puzzle(make("word-search")).entries)


@pytest.mark.parametrize("level", LEVELS)
def test_marks_are_one_a_word(level: Level) -> None:
    """A word is a mark unless `marks` says otherwise."""
    assert make("word-search", level).total == 6
    assert make("word-search", level, marks=3).total == 3


def test_the_key_rings_every_word() -> None:
    """The key has the letters of its sheet with a ring for each word; the sheet has no ring and no word."""
    posed = pose(lesson_of("word-search"))
    sheet, key = html(posed), html(posed, key=True)
    letters = re.compile(r">([A-Z])</text>")
    assert letters.findall(sheet) == letters.findall(key) != []
    assert key.count("rotate(") == 6
    assert "rotate(" not in sheet
    sheet, key = both("word-search")
    assert "Sovnarkom" in key
    assert "Sovnarkom" not in sheet


def test_rings_lie_where_the_words_do() -> None:
    """A ring is told by its first square, its length and its turn."""
    activity = make("word-search")
    rings = [reveal(ring) for ring in activity.pose("core", Dice(3)).solution.rings]
    for ring in rings:
        x, y, length, turn = map(float, str(ring).split())
        assert (x, y) == ring.squares[0]
        assert length == pytest.approx((ring.count - 1) * (1.414 if all(ring.way) else 1), rel=0.001)
        assert turn in (0, 45, 90, -45)


def words(*more: Any) -> list[Any]:
    return [*({"word": word, "clue": f"clue {n}"} for n, word in enumerate(WORDS[:4])), *more]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"words": words()[:3]}, "too_short"),
        ({"words": words({"word": "gress", "clue": "x"})}, "word_inside"),
        ({"words": words({"word": "orubgro", "clue": "x"})}, "word_inside"),
        ({"words": words({"word": "Congress", "clue": "x"})}, "same_words"),
        ({"words": words({"word": "so", "clue": "x"})}, "grid_letters"),
        ({"words": words({"word": "plan", "clue": "a plan"})}, "clue_tells"),
        ({"words": [{"word": c * 15, "clue": "x"} for c in "ABCDEFGHIJKL"]}, "no_room"),
        ({"words": words("nobody")}, "unknown_id"),
    ],
)
def test_refusals(changes: dict[str, Any], code: str) -> None:
    """Words that would be found twice, do not fit, or are named by their clue are refused."""
    found = refused("word-search", **changes)
    assert code in found
