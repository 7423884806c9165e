"""Crossword: grids whose words cross as they should, and clues that name no answer."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lessonpress.activities.crossword import Crossword, Puzzle
from lessonpress.model.base import LEVELS
from lessonpress.model.crossing import SIDE, Grid, lay_out, upright
from lessonpress.model.dice import Dice
from lessonpress.model.sealed import reveal
from tests.activities.bench import both, html, lesson_of, make, pose, puzzle, refused

WORDS = [
    *("politburo", "congress", "orgburo", "comintern", "plenum", "sovnarkom", "triumvirate", "secretariat"),
    *("kulak", "testament", "faction", "leningrad", "bukharin", "zinoviev", "kamenev", "rykov"),
]
some_words = st.lists(st.sampled_from([word.upper() for word in WORDS]), min_size=2, max_size=14, unique=True)


def runs(letters: dict[tuple[int, int], str], *, down: bool) -> list[str]:
    """Every run of two letters or more that can be read in a grid."""
    found = []
    for column, row in letters:
        step = (0, 1) if down else (1, 0)
        if (column - step[0], row - step[1]) not in letters:
            run = ""
            at = (column, row)
            while at in letters:
                run += letters[at]
                at = (at[0] + step[0], at[1] + step[1])
            if len(run) > 1:
                found.append(run)
    return found


def joined(grid: Grid) -> bool:
    """Whether one can go from any square to any other."""
    reached, ways = set(), [next(iter(grid.letters))]
    while ways:
        column, row = square = ways.pop()
        if square in grid.letters and square not in reached:
            reached.add(square)
            ways += [(column - 1, row), (column + 1, row), (column, row - 1), (column, row + 1)]
    return reached == set(grid.letters)


@settings(deadline=None, max_examples=40)
@given(words=some_words, seed=st.integers())
def test_a_grid_reads_as_its_words_and_nothing_else(words: list[str], seed: int) -> None:
    """Across and down a grid holds each placed word once, in its slot, and no other run of letters."""
    grid = upright(lay_out(words, Dice(seed), attempts=6))
    read = sorted(runs(grid.letters, down=False) + runs(grid.letters, down=True))
    assert read == sorted(words[slot.word] for slot in grid.slots)
    for slot in grid.slots:
        word = words[slot.word]
        assert "".join(grid.letters[square] for square in slot.squares(len(word))) == word
    assert len({slot.word for slot in grid.slots}) == len(grid.slots)
    assert joined(grid)


@settings(deadline=None, max_examples=20)
@given(words=some_words, seed=st.integers())
def test_a_grid_fits_a_page_and_lies(words: list[str], seed: int) -> None:
    """A grid begins at its first column and row, is at most 17 squares wide, and never higher than wide."""
    grid = upright(lay_out(words, Dice(seed), attempts=3))
    columns, rows = zip(*grid.letters, strict=True)
    assert (min(columns), min(rows)) == (0, 0)
    assert (max(columns), max(rows)) == (grid.box.right, grid.box.bottom)
    assert grid.box.rows <= grid.box.columns <= SIDE


def test_the_densest_attempt_is_kept() -> None:
    """More attempts never give a worse grid, and all words of a unit find their places."""
    words = [word.upper() for word in WORDS]
    worths = [lay_out(words, Dice(1), attempts).worth for attempts in (1, 8, 32)]
    assert worths == sorted(worths)
    assert worths[-1][0] == len(words)


def read_off(found: Puzzle, letters: tuple[Any, ...]) -> list[str]:
    """The letters that stand in the cells of each entry."""
    return ["".join(reveal(letters[at]).plain for at in e.cells) for e in (*found.across, *found.down)]


@pytest.mark.parametrize("seed", range(12))
def test_entries_lead_to_their_words(seed: int) -> None:
    """Whatever is drawn, every word has its clue, its length and its squares, and numbers run as in newspapers."""
    activity: Crossword = make("crossword")
    posed = activity.pose("core", Dice(seed))
    found, solution = posed.puzzle, posed.solution
    entries = (*found.across, *found.down)
    told = [reveal(word).plain for word in (*solution.across, *solution.down)]
    clues = {reveal(clue.word).plain: clue.clue.plain for clue in activity.words}
    assert read_off(found, solution.letters) == [word.upper() for word in told]
    assert {word: entry.clue.plain for word, entry in zip(told, entries, strict=True)} == clues
    assert [entry.lengths for entry in entries] == [str(len(word)) for word in told]
    numbers = [cell.number for cell in found.cells if cell.number is not None]
    assert numbers == list(range(1, len(numbers) + 1))
    for entry in entries:
        assert found.cells[entry.cells[0]].number == entry.number
    for way in (found.across, found.down):
        assert [e.number for e in way] == sorted(e.number for e in way)


def test_a_term_brings_its_word_and_meaning() -> None:
    """An id of the terms bank gives the word and its gloss; a clue of the lesson's own stands instead."""
    assert make("crossword").words[0].clue.plain == "the top"
    own = [{"term": "politburo", "clue": "Seven men"}, *make_words(4)]
    assert make("crossword", words=own).words[0].clue.plain == "Seven men"
    assert make("crossword", words=own).words[0].term is None


def make_words(count: int) -> list[dict[str, str]]:
    return [{"word": word, "clue": f"clue {n}"} for n, word in enumerate(WORDS[1 : count + 1], 1)]


def test_words_of_two_parts_stand_without_their_space() -> None:
    """Spaces, hyphens and apostrophes take no square; the clue tells how long each part is."""
    words = [{"word": "Lenin's own-goal", "clue": "x"}, *make_words(5)]
    found = puzzle(make("crossword", words=words))
    assert "6, 3, 4" in [entry.lengths for entry in (*found.across, *found.down)]


def test_first_letters_are_given_at_support_level() -> None:
    """Support sees the first letter of each word in the same grid; the others see none."""
    core, support = puzzle(make("crossword")), puzzle(make("crossword", "support"), level="support")
    assert not any(cell.given for cell in core.cells)
    starts = {entry.cells[0] for entry in (*support.across, *support.down)}
    assert {n for n, cell in enumerate(support.cells) if cell.given} == starts
    assert [cell.number for cell in core.cells] == [cell.number for cell in support.cells]


@pytest.mark.parametrize("level", LEVELS)
def test_marks_are_one_a_word(level: str) -> None:
    """A word is a mark unless `marks` says otherwise."""
    assert make("crossword", level).total == 7
    assert make("crossword", level, marks=10).total == 10


def test_letters_stand_in_the_grid_of_the_key_alone() -> None:
    """The grid of a sheet holds numbers, that of its key a letter in every square, in the same squares."""
    posed = pose(lesson_of("crossword"))
    sheet, key = html(posed), html(posed, key=True)
    squares = re.compile(r"<rect [^>]*>")
    assert squares.findall(sheet) == squares.findall(key)
    letters = re.compile(r">([A-Z])</text>")
    assert letters.findall(sheet) == []
    assert len(letters.findall(key)) == len(posed.tasks[0].puzzle.cells)


def test_words_are_told_after_the_key_alone() -> None:
    """The notes after the key have the words as they are written, and no sheet has them."""
    sheet, key = both("crossword")
    assert "triumvirate" in key
    assert "triumvirate" not in sheet


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (make_words(3), "too_short"),
        ([*make_words(3), {"word": "NEP", "clue": "x"}, {"word": "n.e.p.", "clue": "y"}], "same_words"),
        ([*make_words(3), {"word": "no", "clue": "x"}], "grid_letters"),
        ([*make_words(3), {"word": "a" * 16, "clue": "x"}], "grid_letters"),
        ([*make_words(3), {"word": "tsar", "clue": "The last tsar was shot."}], "clue_tells"),
        ([*make_words(3), {"word": "xyxyx", "clue": "x"}], "no_grid"),
        ([*make_words(3), "politbureau"], "unknown_id"),
        ([*make_words(3), {"word": "alone"}], "missing"),
        ([*make_words(3), ["a", "list"]], "model_type"),
    ],
)
def test_refusals(words: list[Any], code: str) -> None:
    """Too few words, words that cannot stand in a grid, and clues that name their word are refused."""
    assert code in refused("crossword", words=words)
