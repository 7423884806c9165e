"""How cards are laid on a page: readable, inside the page, and in one size of type."""

from __future__ import annotations

import functools
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lessonpress.compose.cards import PAD_MM, CardRuler
from lessonpress.compose.kit import Kit, make_kit
from lessonpress.model.cards import Card
from lessonpress.model.text import Line
from lessonpress.theme import load_theme, papers, profiles
from tests.activities.bench import TEMPLATES

SHAPES = [(3, 4), (2, 4), (2, 3), (1, 3)]
every_profile = pytest.mark.parametrize("profile", profiles(TEMPLATES))
every_paper = pytest.mark.parametrize("paper", papers(TEMPLATES))


@functools.cache
def kit(profile: str, paper: str) -> Kit:
    return make_kit(TEMPLATES, load_theme(TEMPLATES, "classic", profile, paper), "en-GB")


def ruler(profile: str = "standard", paper: str = "a4") -> CardRuler:
    return CardRuler(kit(profile, paper), Line.parse("Sort the cards"), "Cut along the lines.")


def card(words: int) -> Card:
    return Card("A", (Line.parse("comrade " * words),))


def test_sizes_are_those_of_the_page() -> None:
    """A grid of three by four on A4 has cells of 60 mm: the 180 mm between the margins, as on every sheet."""
    grid = ruler().grid([card(3)], SHAPES)
    assert (grid.columns, grid.rows, grid.count) == (3, 4, 12)
    assert grid.width == 60
    assert 59 <= grid.height <= 65
    assert ruler(paper="letter").grid([card(3)], SHAPES).width == pytest.approx((215.9 - 30) / 3, abs=0.01)


@every_profile
@every_paper
def test_rows_fill_the_page_and_no_more(profile: str, paper: str) -> None:
    """The head of a set and all rows of a grid fit between the margins of the page."""
    theme = kit(profile, paper).theme
    room = theme.mm("page-height") - theme.mm("margin-top") - theme.mm("margin-bottom")
    for shape in SHAPES:
        grid = ruler(profile, paper).grid([card(3)], [shape])
        assert grid.width * grid.columns == pytest.approx(theme.measure_mm, abs=0.01)
        assert room - 62 <= grid.height * grid.rows < room


@given(words=st.integers(1, 90), profile=st.sampled_from(profiles(TEMPLATES)))
def test_the_longest_card_is_readable(words: int, profile: str) -> None:
    """The text of a card fits its cell in a type that is never smaller than running text, while any shape has room."""
    here = ruler(profile)
    grid = here.grid([card(1), card(words)], SHAPES)
    assert grid.size >= here.least
    if (grid.columns, grid.rows) != SHAPES[-1]:
        assert here.fits(card(words), grid.width, grid.height, grid.size)


def test_longer_cards_have_smaller_type_and_then_larger_cells() -> None:
    """More words take the type down to that of running text first, and then fewer cards stand on a page."""
    grids = [ruler().grid([card(words)], SHAPES) for words in range(1, 60)]
    sizes = [(grid.count, grid.size) for grid in grids]
    assert sizes[0] == (12, 24)
    assert {count for count, _ in sizes} >= {12, 8, 6}
    assert [count for count, _ in sizes] == sorted((count for count, _ in sizes), reverse=True)
    assert all(size >= 12 for _, size in sizes)


def test_a_word_wider_than_its_card_takes_a_wider_one() -> None:
    """No word is broken where another shape has room for it."""
    long = Card("A", (Line.parse("Antirevolutionarycounterorganisation"),))
    assert ruler().grid([long], SHAPES).columns < 3


@every_profile
@every_paper
def test_hexagons_share_their_sides_and_stay_on_the_page(profile: str, paper: str) -> None:
    """Neighbours stand one height apart, columns one side and a half; none leaves the width or the height."""
    here = ruler(profile, paper)
    found = here.hexagons([Line.parse("grain"), Line.parse("war scare")])
    assert found.height == pytest.approx(math.sqrt(3) * found.side)
    assert len(set(found.places)) == found.count >= 4
    for left, top in found.places:
        assert 0 <= left <= here.width - 2 * found.side + 0.01
        assert 0 <= top <= here.height - found.height + 0.01
    for one, other in ((a, b) for a in found.places for b in found.places if a < b):
        assert math.dist(one, other) >= found.height - 0.01
    # A hexagon is as wide as its side and the slope at the height at which its text ends.
    corner = found.side + (found.height - found.text_height) / math.sqrt(3)
    assert found.text_width <= corner


def test_hexagons_grow_with_their_words() -> None:
    """A longer word takes fewer columns."""
    counts = [ruler().hexagons([Line.parse(word)]).count for word in ("NEP", "Antirevolutionarycounterorganisations")]
    assert counts[0] > counts[1]


@given(size=st.sampled_from([3, 4]), profile=st.sampled_from(profiles(TEMPLATES)))
def test_boards_hold_their_words(size: int, profile: str) -> None:
    """Each cell of a board is as wide as its longest word, and the cells fit their card."""
    here = ruler(profile)
    words = [Line.parse("Krupskaya"), Line.parse("General Secretary")]
    grid = here.boards(words, size, [(2, 3), (1, 3), (1, 2), (1, 1)])
    wide, high = here.cell(grid, size)
    assert wide * size <= grid.width - 2 * PAD_MM + 0.01
    assert high * size <= grid.height - 2 * PAD_MM
    assert kit(profile, "a4").faces["text"].width("Krupskaya", grid.size) * 25.4 / 72 <= wide
