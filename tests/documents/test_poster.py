"""The timeline poster: large paper, large type, true to scale."""

from __future__ import annotations

import re

import pytest

from lessonpress.compose.unit_documents.poster import MOST, SMALL_PT, TITLE_PT, names
from lessonpress.diagrams.canvas import Canvas
from lessonpress.diagrams.drawing import Dot, Label
from tests.documents.unit_bench import artefact, material, pdf, rendered


@pytest.mark.parametrize(("paper", "size"), [("a4", (420.0, 297.0)), ("letter", (431.8, 279.4))])
def test_the_poster_is_one_large_page(paper: str, size: tuple[float, float]) -> None:
    """It is A3 or tabloid, landscape, one page."""
    assert rendered("timeline-poster", paper=paper).pages == 1
    assert [round(mm * 25.4 / 72, 1) for mm in pdf("timeline-poster", paper=paper)[0].get_size()] == list(size)


def test_type_is_read_from_afar() -> None:
    """The title has sixty points and every word of the drawing fourteen or more."""
    made = names(material())
    assert made is not None
    labels = [item for item in made["poster"].items if isinstance(item, Label)]
    assert len(labels) > 40
    assert min(label.size for label in labels) >= SMALL_PT
    css = artefact("timeline-poster").job.html  # type: ignore[union-attr]
    assert re.search(rf"\.poster h1\{{[^}}]*font-size:{TITLE_PT:.0f}pt", css)


def test_events_are_many_and_none_is_printed_on_another() -> None:
    """Key events stand on flags, eighteen or more and forty at most, and no two labels meet."""
    theme, kit = material().kit.theme, material().kit
    made = names(material())
    assert made is not None
    drawing = made["poster"]
    canvas = Canvas(drawing.width, None, theme.pt("cell"), theme.pt("small"), kit.drawing_faces(), kit.words())
    labels = [canvas.bounds(item) for item in drawing.items if isinstance(item, Label)]
    for n, one in enumerate(labels):
        for other in labels[n + 1 :]:
            wide = min(one.right, other.right) - max(one.left, other.left)
            high = min(one.bottom, other.bottom) - max(one.top, other.top)
            assert wide <= 0.1 or high <= 0.6
    assert 18 <= int(re.findall(r"with (\d+) events", drawing.desc)[0]) <= MOST
    assert any(isinstance(item, Dot) for item in drawing.items)


def test_the_axis_has_the_years_of_the_unit() -> None:
    """It begins before the struggle and ends with it; the few events that are far away are left out."""
    printed = pdf("timeline-poster")[0].get_textpage().get_text_range()
    assert all(str(year) in printed for year in range(1922, 1930))
    assert not any(str(year) in printed for year in (1870, 1936, 1956))


def test_the_page_number_stands_in_the_middle() -> None:
    """The foot of a poster is as wide as its paper, which is wider than that of the theme."""
    page = pdf("timeline-poster")[0]
    text = page.get_textpage()
    words = text.get_text_range()
    at = words.index("Page 1 of 1")
    left, right = text.get_charbox(at)[0], text.get_charbox(at + len("Page 1 of 1") - 1)[2]
    assert abs((left + right) / 2 - page.get_width() / 2) < 12
