"""The document of cards to cut out: whole grids, nothing outside its card, nothing to write on."""

from __future__ import annotations

import functools
import itertools
import re

import pypdfium2
import pytest

from lessonpress.compose.paper import compose_paper
from lessonpress.pose import PosedLesson
from lessonpress.render.pdf import Printer
from lessonpress.theme import STANDARD, papers, profiles, themes
from tests.activities.bench import KINDS, TEMPLATES, lesson, make, page, pose, tree
from tests.contracts.test_every_profile import kit, runs

DEALT = sorted(kind for kind in KINDS if make(kind).cut_out)
CARDS = {"bingo": 12, "card-sort": 6 + 3, "diamond-nine": 9, "hexagons": 8, "loop-cards": 6, "role-card": 2}
"""How many cards the example of each kind has."""
POINT = 25.4 / 72

every_dealt = pytest.mark.parametrize("kind", DEALT)
every_profile = pytest.mark.parametrize("profile", profiles(TEMPLATES))


@functools.cache
def posed(*kinds: str) -> PosedLesson:
    return pose(lesson(main=[tree(kind) for kind in kinds]))


def markup(*kinds: str, profile: str = STANDARD, paper: str = "a4", theme: str = "classic") -> str:
    return compose_paper(kit(theme, profile, paper), posed(*kinds), "cards").document.html


@functools.cache
def printed(*kinds: str, profile: str = STANDARD, paper: str = "a4") -> pypdfium2.PdfDocument:
    document = compose_paper(kit("classic", profile, paper), posed(*kinds), "cards").document
    return pypdfium2.PdfDocument(Printer(TEMPLATES).render(document).data)


def counted(html: str) -> int:
    return len(re.findall(r'<div class="card"|<li style=', html))


def test_kinds_with_cards_are_found() -> None:
    """Six kinds deal cards, and each of them can do without."""
    assert sorted(CARDS) == DEALT
    for kind in DEALT:
        assert not make(kind, **{"as": "table"}).cut_out


@every_dealt
@every_profile
def test_every_profile_paper_and_theme_has_every_card(kind: str, profile: str) -> None:
    """All cards are there whatever they are printed on, with the same words."""
    bodies = {
        tuple(
            re.findall(
                r">([^<>]*[^<>\s][^<>]*)<",
                markup(kind, profile=profile, paper=paper, theme=theme).split('class="cuthow"')[1],
            )[1:]
        )
        for theme in themes(TEMPLATES)
        for paper in papers(TEMPLATES)
    }
    assert len(bodies) == 1
    assert counted(markup(kind, profile=profile)) == CARDS[kind]


def test_every_set_begins_a_page_under_its_title() -> None:
    """Each set has its heading with the number of its task, and is parted from the one before."""
    html = markup(*DEALT)
    assert html.count('<section class="cutset">') == len(DEALT)
    titles = re.findall(r"<b>(\d)</b> </span>(.*?)</h1>", html)
    assert [int(number) for number, _ in titles] == list(range(1, len(DEALT) + 1))
    assert len(printed(*DEALT)) >= len(DEALT)


def test_nobody_writes_on_cards() -> None:
    """Cards have no name, no marks, no lines and no questions."""
    html = re.sub(r"<style>.*?</style>", "", markup(*DEALT), flags=re.DOTALL)
    for trace in ("data-q", 'class="ident"', 'class="ln"', 'class="marks"', 'class="box"'):
        assert trace not in html


@pytest.mark.prints
@every_dealt
@every_profile
def test_pages_are_as_many_as_the_grid_says(kind: str, profile: str) -> None:
    """No row of cards slips to a page that it was not laid for, so that every page has its whole grid."""
    html = markup(kind, profile=profile)
    pages = html.count('<table class="cards"') + html.count('<ul class="hexes"')
    assert len(printed(kind, profile=profile)) == pages


@pytest.mark.prints
@every_dealt
@every_profile
def test_type_is_readable_in_every_profile(kind: str, profile: str) -> None:
    """The words of the cards are never smaller than running text, nor any sign smaller than the profile allows."""
    theme = kit("classic", profile).theme
    sizes = [size for _, size, char in runs(pdf_bytes(kind, profile)) if char.strip()]
    assert min(sizes) >= min(theme.pt("foot"), theme.pt("small")) - 0.1
    grid_size = float(re.search(r'class="(?:cards|hexes)"[^>]*font-size:([\d.]+)pt', markup(kind, profile=profile))[1])
    assert grid_size >= theme.pt("body")
    assert sum(abs(size - grid_size) < 0.1 for size in sizes) > 40


@functools.cache
def pdf_bytes(kind: str, profile: str) -> bytes:
    document = compose_paper(kit("classic", profile), posed(kind), "cards").document
    return Printer(TEMPLATES).render(document).data


@pytest.mark.prints
@pytest.mark.parametrize("paper", papers(TEMPLATES))
def test_cut_lines_make_a_whole_grid(paper: str) -> None:
    """On the printed page lines run along every side of the nine cards, corner to corner, at the grid's distances."""
    scale = 4
    page_ = printed("diamond-nine", paper=paper)[0]
    picture = page_.render(scale=scale, grayscale=True).to_pil().point(lambda level: 255 if level < 200 else 0)
    pixels, (width, height) = picture.load(), picture.size
    columns = [x for x in range(width) if sum(pixels[x, y] > 0 for y in range(height)) > 0.6 * height]
    rows = [y for y in range(height) if sum(pixels[x, y] > 0 for x in range(width)) > 0.6 * width]
    edges = [[at for at in found if at - 1 not in found] for found in (columns, rows)]
    assert [len(found) for found in edges] == [4, 4]
    for found in edges:
        steps = [after - before for before, after in itertools.pairwise(found)]
        assert max(steps) - min(steps) <= 4  # a third of a millimetre: the first row has a line above it too
    assert (edges[0][1] - edges[0][0]) / scale * POINT == pytest.approx((page_.get_width() * POINT - 30) / 3, abs=0.3)


def test_a_lesson_without_cards_has_no_sets() -> None:
    """Where every kind prints as a table nothing is left to cut."""
    tables = pose(lesson(main=[tree(kind, **{"as": "table"}) for kind in DEALT]))
    assert "cutset" not in page(tables, "cards").split("</style>")[-1]
