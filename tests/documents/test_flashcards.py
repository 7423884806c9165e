"""Flashcards: backs behind their fronts, readable, and nothing to be cut through."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from lessonpress.compose.cards import Grid
from lessonpress.compose.unit_documents.flashcards import Flashcard, leaves, names
from lessonpress.model.text import Line
from tests.documents.unit_bench import artefact, material, pdf, rendered

POINT = 25.4 / 72


def card(number: int) -> Flashcard:
    return Flashcard(number, "term", Line.parse("word"), (Line.parse("meaning"),))


@given(st.integers(1, 40), st.integers(1, 3), st.integers(1, 4))
def test_backs_stand_behind_their_fronts(count: int, columns: int, rows: int) -> None:
    """Turned on its long edge a sheet has each back behind its front; every card stands once."""
    grid = Grid(columns, rows, 90.0, 60.0, 12.0, 5.0)
    numbers = []
    for leaf in leaves([card(n) for n in range(count)], grid):
        assert [row[::-1] for row in leaf.backs] == list(leaf.fronts)
        assert all(len(row) == columns for row in leaf.fronts)
        assert len(leaf.fronts) <= rows
        numbers += [one.number for row in leaf.fronts for one in row if one is not None]
    assert numbers == list(range(count))


def test_eight_cards_stand_on_a_page() -> None:
    """On A4 eight cards of words, people and events fit a page, in type no smaller than that of sheets."""
    made = names(material(), "")
    assert made is not None
    assert made["grid"].count == 8
    assert made["grid"].size >= material().kit.theme.pt("body")
    assert {one.kind for one in made["cards"]} == {"term", "person", "event"}
    assert [one.number for one in made["cards"]] == list(range(1, len(made["cards"]) + 1))
    assert rendered("flashcards").pages == 2 * len(made["leaves"])


def test_fronts_are_larger_than_backs() -> None:
    """A word or a date alone on its card is set larger than a meaning, all fronts alike."""
    for form in ("", "fold"):
        made = names(material(), form)
        assert made is not None
        assert made["fronts"].size > made["grid"].size
        assert (made["fronts"].columns, made["fronts"].rows) == (made["grid"].columns, made["grid"].rows)


def numbers(name: str, page: int, profile: str = "standard") -> dict[str, tuple[float, float]]:
    """Where the numbers of the cards of a page stand, in mm from the left and the foot."""
    text = pdf(name, profile)[page].get_textpage()
    found: dict[str, tuple[float, float]] = {}
    at = 0
    for line in text.get_text_range().split("\r\n"):
        if line.strip().isdigit():
            left, bottom, *_ = text.get_charbox(at)
            found[line.strip()] = (left * POINT, bottom * POINT)
        at += len(line) + 2
    return found


def test_fronts_and_backs_lie_on_each_other() -> None:
    """A card's back is behind its front to a millimetre, on the first page with its head and on the others."""
    width = material().kit.theme.mm("page-width")
    for page in (0, 2):
        fronts, backs = numbers("flashcards", page), numbers("flashcards", page + 1)
        assert len(fronts) >= 7
        assert set(fronts) == set(backs)
        grid = names(material(), "")["grid"]  # type: ignore[index]
        for number, (left, bottom) in fronts.items():
            # The number stands at the left of front and back alike: a card's width less two pads is between them.
            assert abs(backs[number][1] - bottom) < 1.0
            mirrored = width - backs[number][0]
            assert abs(mirrored - (left + grid.width - 2 * (left - 15) % grid.width)) < 2.5


def test_large_print_begins_on_the_first_page() -> None:
    """The first sheet has cards below its head in every type, or fronts and backs would not be one sheet."""
    for page in (0, 1):
        assert numbers("flashcards", page, "large-print")


def test_backs_have_no_lines() -> None:
    """No line stands near a cut on the backs; fronts have the whole grid."""
    html = artefact("flashcards").job.html  # type: ignore[union-attr]
    backs = [table.split("</table>")[0] for table in html.split('<table class="cards backs"')[1:]]
    assert backs
    assert not any('class="cut' in table for table in backs)


def test_cards_to_fold_have_front_and_back_side_by_side() -> None:
    """Each row of the single-sided form is one card, its front left of its back, and every card is there."""
    html = artefact("flashcards-fold").job.html  # type: ignore[union-attr]
    made = names(material(), "fold")
    assert made is not None
    assert html.count('class="sign"') == 2 * len(made["cards"])
    assert html.count('class="head"') == len(made["cards"])
