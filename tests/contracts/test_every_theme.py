"""What holds for every theme, by the list of those that are found."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from pathlib import Path

import pytest
import yaml
from fontTools.ttLib import TTFont
from lxml import html as lxml_html

from lessonpress.call import load_library
from lessonpress.compose.deck import compose_deck
from lessonpress.compose.deck_kit import LAYOUTS, read_data
from lessonpress.compose.paper import compose_paper
from lessonpress.model.base import LEVELS
from lessonpress.model.slide_layouts import Art, Box, Layout, Placeholder, slide_layouts
from lessonpress.model.slide_tokens import SlideTokens, slide_tokens
from lessonpress.options import Options
from lessonpress.render import render
from lessonpress.theme import BASE, CONTRASTS, Theme, contrast, load_theme, themes
from lessonpress.theme.loading import FILE
from tests.activities.bench import ROOT, TEMPLATES
from tests.documents.test_paper import printed, themed, whole

NAMES = themes(TEMPLATES)
TEXT, GRAPHIC = 4.5, 3.0
"""The least contrast of text and of what is no text (WCAG 1.4.3 and 1.4.11)."""
SLOTS = {"tx1": "dk1", "bg1": "lt1", "tx2": "dk2", "bg2": "lt2"}
"""What PowerPoint calls a colour where it is used, and where it is said."""
WRITTEN_ON = ("cell", "dl", "long", "short", "open", "exit")
OWN_VIEW = "own view"
OF_THE_SAMPLE = "short-last-page"
"""How full a last page is, is a matter of the lesson, not of its theme."""

every_theme = pytest.mark.parametrize("name", NAMES)


@functools.cache
def theme(name: str) -> Theme:
    """A theme as it is loaded."""
    return load_theme(TEMPLATES, name)


@functools.cache
def tokens(name: str) -> SlideTokens:
    """The slide tokens of a theme."""
    return slide_tokens(theme(name).slides)


def test_themes_are_found() -> None:
    """There are three themes at least, and the base is none of them."""
    assert len(NAMES) >= 3
    assert BASE not in NAMES


@every_theme
def test_a_theme_is_data(name: str) -> None:
    """A theme's folder holds tokens, styles, fonts with their licences and pictures, and no code."""
    found = {path.suffix for path in (TEMPLATES / "themes" / name).rglob("*") if path.is_file()}
    assert found <= {".yaml", ".css", ".ttf", ".txt", ".svg", ".png", ".jpg"}


@every_theme
def test_a_theme_changes_values_and_adds_no_names(name: str) -> None:
    """Tokens of paper are those of the base; tokens of slides pass the deck's own check."""
    base = load_theme(TEMPLATES, BASE)
    assert set(theme(name).colours) == set(base.colours)
    assert set(theme(name).lengths) == set(base.lengths)
    assert tokens(name).name == theme(name).title


@every_theme
def test_what_a_theme_extends_is_there(name: str) -> None:
    """Whatever a theme extends leads to the base, by way of themes."""
    seen = [name]
    while seen[-1] != BASE:
        loaded = yaml.safe_load((TEMPLATES / "themes" / seen[-1] / FILE).read_text("utf-8"))
        seen.append(loaded.get("extends", BASE))
        assert seen[-1] in {*NAMES, BASE}
        assert len(set(seen)) == len(seen)


# ---- contrast


@every_theme
def test_text_and_lines_stand_out_on_paper(name: str) -> None:
    """Text has 4.5 to 1 on white, tint, strip, tab and accent; what is written on or drawn has 3 to 1."""
    colours = theme(name).colours
    white = "#FFFFFF"
    pairs = [(front, colours.get(back, white), least) for front, back, least in CONTRASTS]
    pairs += [(front, white, TEXT) for front in ("ink", "ink2", "accent", "key")]
    pairs += [("ink", colours["tint"], TEXT), ("ink2", colours["tint"], TEXT), ("strip-ink", colours["strip"], TEXT)]
    pairs += [(front, white, GRAPHIC) for front in ("rule", "hair")]
    for front, back, least in pairs:
        assert contrast(colours[front], back) >= least, (front, back)
    for ground in ("ink", "accent"):  # the numbers of tabs, the flag of keys, and what ornaments carry
        assert contrast(white, colours[ground]) >= TEXT, ground


@every_theme
def test_text_stands_out_on_slides(name: str) -> None:
    """Every level of every placeholder has 4.5 to 1 on what lies behind it: its fill, a shape of its layout, the ground."""
    layouts = slide_layouts(read_data(TEMPLATES / LAYOUTS), tokens(name))
    checked = 0
    for layout in layouts.layouts:
        for place in layout.placeholders:
            behind = place.fill or _behind(layout, place)
            answers = {place.key} if place.group == "answers" else set()
            for colour in {level.colour for level in place.levels} | answers:
                assert _on(name, colour, behind) >= TEXT, (layout.name, place.role, colour, behind)
                checked += 1
    assert checked > 60


@every_theme
def test_colours_stand_out_on_slides(name: str) -> None:
    """Ink and links are read on ground and panels; accents are seen as shapes, and the first carries white text."""
    for ground in ("bg1", "bg2"):
        assert min(_on(name, front, ground) for front in ("tx1", "tx2", "accent1", "hlink", "folHlink")) >= TEXT
    assert min(_on(name, f"accent{n}", "bg1") for n in range(1, 7)) >= GRAPHIC
    assert _on(name, "bg1", "tx1") >= TEXT
    assert _on(name, "bg1", "accent1") >= TEXT


def _on(name: str, front: str, back: str) -> float:
    colours = dict(tokens(name).colours.items())
    one, other = (f"#{colours[SLOTS.get(slot, slot)]}" for slot in (front, back))
    return contrast(one, other)


def _behind(layout: Layout, place: Placeholder) -> str:
    """What lies behind the middle of a placeholder: the last shape of its layout that is there, or the ground."""
    box = place.box
    under = [art.colour for art in layout.art if _covers(art, box.x + box.w / 2, box.y + box.h / 2)]
    return under[-1] if under else layout.ground


def _covers(art: Art, x: float, y: float) -> bool:
    if art.box is not None:
        return art.box.x <= x <= art.box.right and art.box.y <= y <= art.box.bottom
    sides = zip(art.points, (*art.points[1:], art.points[0]), strict=True)
    crossed = [1 for (ax, ay), (bx, by) in sides if (ay > y) != (by > y) and x < ax + (y - ay) / (by - ay) * (bx - ax)]
    return len(crossed) % 2 == 1


@every_theme
def test_a_schools_logo_has_room_on_slides(name: str) -> None:
    """Where a layout shows a logo, none of its shapes stands: the corners, sides and middle of its box are free."""
    layouts = slide_layouts(read_data(TEMPLATES / LAYOUTS), tokens(name))
    boxes = [(layout, layout.logo) for layout in layouts.layouts if layout.logo]
    assert "title" in {layout.name for layout, _ in boxes}
    for layout, box in boxes:
        points = [(box.x + i * box.w / 4, box.y + j * box.h / 4) for i in range(5) for j in range(5)]
        assert not [art for art in layout.art if any(_covers(art, x, y) for x, y in points)], layout.name


def test_shapes_are_told_from_what_is_beside_them() -> None:
    """The measure of what lies behind knows boxes and polygons, also leaning ones."""
    leaning = Art(colour="tx1", points=((2, 0), (4, 0), (2, 4), (0, 4)))
    assert _covers(leaning, 2, 2)
    assert not _covers(leaning, 0.5, 1)
    assert _covers(Art(colour="tx1", box=Box(1, 1, 2, 2)), 2, 2)
    assert not _covers(Art(colour="tx1", box=Box(1, 1, 2, 2)), 4, 2)


# ---- fonts


@every_theme
def test_every_font_has_its_licence(name: str) -> None:
    """Each font is a static TrueType file of its family, and beside it lies the licence that is named after the family."""
    fonts = theme(name).fonts.values()
    assert fonts
    for font in set(fonts):
        with TTFont(font.file, lazy=True) as opened:
            assert "fvar" not in opened
            assert font.family in {opened["name"].getDebugName(16), opened["name"].getDebugName(1)}
        licence = (font.file.parent / f"OFL-{font.family.replace(' ', '')}.txt").read_text("utf-8")
        assert "SIL OPEN FONT LICENSE Version 1.1" in licence
        assert font.family.split()[0] in licence.partition("PREAMBLE")[0]


@every_theme
def test_the_fonts_have_every_sign_of_the_content(name: str) -> None:
    """The bundled units load against the theme's fonts without a missing sign, and our own words have none."""
    library = load_library(Options(ROOT / "content", Path("nowhere"), TEMPLATES, theme=name))
    assert library.units
    assert [said.message for said in library.diagnostics if said.code == "glyph"] == []
    labels = {unit.unit.lang for unit in library.units if unit.unit}
    for lang in labels:
        words = (TEMPLATES / "labels" / f"{lang}.yaml").read_text("utf-8")
        assert {sign for sign in words if not sign.isspace()} - {chr(code) for code in theme(name).coverage()} == set()


# ---- what is printed


@every_theme
@pytest.mark.slow
@pytest.mark.prints
def test_every_kind_prints_without_a_warning(name: str) -> None:
    """Sheet, key and reading of a lesson with every kind, at every level, and its deck: the printers say nothing."""
    for level in LEVELS:
        for document, key in (("worksheet", False), ("worksheet", True), ("reading", False)):
            said = printed(name, level, document, key=key).diagnostics
            assert [one for one in said if one.code != OF_THE_SAMPLE] == []
    assert render(compose_deck(themed(name), whole())).diagnostics == ()


@every_theme
def test_answers_are_told_by_more_than_colour(name: str) -> None:
    """On a key each place with an answer has a drawn sign beside the bold type: a tick, a frame, a heavier line, a bar."""
    root = lxml_html.document_fromstring(compose_paper(themed(name), whole(), "worksheet", key=True).document.html)
    answers = root.xpath("//span[@class='a']")
    assert len(answers) > 30
    for answer in answers:
        assert _signed(answer), lxml_html.tostring(answer)


def _signed(answer: lxml_html.HtmlElement) -> bool:
    """Whether a drawn sign belongs to an answer, or it is an open judgement, which has none."""
    for place in answer.iterancestors():
        names: Sequence[str] = place.get("class", "").split()
        if {"gap", "on", "long"} & set(names):
            return True
        if place.tag == "tr" and place.xpath('.//*[contains(@class, "box") and contains(@class, " on")]'):
            return True  # the date of a row whose number is framed
        if set(names) & set(WRITTEN_ON):
            return bool(place.xpath('.//*[contains(@class, "tick")]')) or OWN_VIEW in answer.text_content()
    return False


@every_theme
def test_ornaments_stay_out_of_structure(name: str) -> None:
    """The styles of a theme dress the masthead and the number tab; boxes, lines and breaks are the base's."""
    path = Path(TEMPLATES / "themes" / name / "theme.css")
    rules = path.read_text("utf-8") if path.is_file() else ""
    selectors = [part.rpartition("}")[2].rpartition("*/")[2].strip() for part in rules.split("{")[:-1]]
    for selector in (one.strip() for part in selectors for one in part.split(",")):
        assert selector.startswith((".mast", ".lessonmark", ".lm-", ".num")), selector
