"""Layouts and tokens are data that is checked."""

import copy

import pytest
from lxml import etree
from pptx_kit import THEMES, base, data, layouts, tokens
from pydantic import ValidationError

from lessonpress.model.slide_layouts import slide_layouts
from lessonpress.model.slide_tokens import guid, slide_tokens
from lessonpress.render.pptx.package import assemble, read_zip

NAMES = [
    "title",
    "section",
    "key-question",
    "title-body",
    "two-content",
    "comparison",
    "question",
    "answer",
    "source",
    "timeline",
    "task",
    "exit-ticket",
]


def token_data(**changes):
    values = copy.deepcopy(data("themes/classic/theme.yaml")["slides"])
    values.update(changes)
    return values


@pytest.mark.parametrize("theme", THEMES)
def test_twelve_layouts(theme):
    """There are twelve layouts, each with a title."""
    assert [layout.name for layout in layouts(theme).layouts] == NAMES
    assert all(layout.placeholder("title") for layout in layouts(theme).layouts)
    assert layouts(theme).layout("poster") is None


@pytest.mark.parametrize("theme", THEMES)
def test_placeholders_stay_on_the_slide(theme):
    """Every box of every placeholder, in each of its variants, lies on the slide; no two share a number."""
    for layout in layouts(theme).layouts:
        numbers = [place.idx for place in layout.placeholders]
        assert len(numbers) == len(set(numbers)), layout.name
        for place in layout.placeholders:
            for box in (place.box, *(variant.box for variant in place.variants)):
                assert box.x >= 0, (layout.name, place.role)
                assert box.y >= 0, (layout.name, place.role)
                assert box.right <= 33.867, (layout.name, place.role)
                assert box.bottom <= 19.05, (layout.name, place.role)


@pytest.mark.parametrize("theme", THEMES)
def test_nothing_under_18_pt(theme):
    """No level of any placeholder is set, or may shrink, under 18 pt."""
    for layout in layouts(theme).layouts:
        assert all(level.floor >= 18 and level.size >= 18 for place in layout.placeholders for level in place.levels)


@pytest.mark.parametrize("theme", THEMES)
def test_sizes_of_the_specification(theme):
    """Footers are 18 pt, provenance 20 pt, titles as large as the theme says and 36 at least."""
    own = layouts(theme)
    assert own.footer.levels[0].size == 18
    assert own.layout("source").placeholder("provenance").levels[0].size == 20
    assert own.layout("task").placeholder("title").levels[0].size == tokens(theme).sizes.title >= 36


def test_same_role_same_number():
    """A role has the same number on every layout, so that text survives a change of layout."""
    numbers = {}
    for layout in layouts().layouts:
        for place in layout.placeholders:
            assert numbers.setdefault(place.role, place.idx) == place.idx


def test_theme_changes_a_layout():
    """A theme may move, colour and draw what it likes on a layout."""
    classic, other = (layouts(theme).layout("key-question") for theme in ("classic", "constructivist"))
    assert (classic.ground, other.ground) == ("bg1", "tx1")
    assert other.placeholder("title").levels[0].colour == "bg1"
    assert other.placeholder("title").box == classic.placeholder("title").box


def test_boxes_below_the_rule_follow_it():
    """The tab hangs from the top rule, however thick that is."""
    for theme in THEMES:
        own = layouts(theme)
        assert own.layout("task").placeholder("tab").box.y == pytest.approx(own.rule.box.bottom)
    assert layouts("classic").rule.box.bottom < layouts("constructivist").rule.box.bottom


@pytest.mark.parametrize(
    "change",
    [
        {"bar": 3},
        {"skew": -1},
        {"colour": "red"},
        {"colours": {"dk1": "1A1A1A"}},
        {"colours": {**token_data()["colours"], "accent1": "blue"}},
        {"sizes": {"title": 12, "cover": 60, "section": 56, "key_question": 56}},
    ],
)
def test_bad_tokens_are_refused(change):
    """Tokens that would spoil a file are refused on load."""
    with pytest.raises(ValidationError):
        slide_tokens(token_data(**change))


def test_unknown_layout_of_a_theme():
    """A theme may not change a layout that is not there."""
    with pytest.raises(KeyError, match="poster"):
        slide_layouts(data("deck/layouts.yaml"), slide_tokens(token_data(layouts={"poster": {}})))


def test_misspelt_key_of_a_layout():
    """A misspelt key is refused."""
    with pytest.raises(ValidationError):
        slide_layouts(data("deck/layouts.yaml"), slide_tokens(token_data(layouts={"task": {"ruler": False}})))


def test_cells_need_their_placeholders():
    """Cells that a layout has no placeholder for are a fault of the layout."""
    from pptx_kit import deck, families, slide, slot

    from lessonpress.render.pptx import print_deck

    broken = slide_layouts(
        data("deck/layouts.yaml"), slide_tokens(token_data(layouts={"question": {"cells": {"parts": {"": "z"}}}}))
    )
    with pytest.raises(KeyError, match="z1"):
        print_deck(deck(slide(slot("questions", "<ol><li>a</li></ol>"), layout="question")), base(), broken, families())


@pytest.mark.parametrize("theme", THEMES)
def test_base_has_every_part(theme):
    """The base has a part for each layout, and one theme part for each master."""
    names = set(base(theme))
    assert {f"ppt/slideLayouts/slideLayout{n}.xml" for n in range(1, 13)} <= names
    assert {f"ppt/theme/theme{n}.xml" for n in (1, 2, 3)} <= names
    files = read_zip(assemble(base(theme)))
    assert "ppt/slideMasters/_rels/slideMaster1.xml.rels" in files


@pytest.mark.parametrize("theme", THEMES)
def test_layouts_use_theme_colours_only(theme):
    """No layout or master holds a fixed colour: a new set of colours reaches everything."""
    for name, text in base(theme).items():
        if "slideLayout" in name or "Master" in name:
            assert "srgbClr" not in text, name


def test_names_of_themes_are_escaped():
    """A theme's name may hold any character."""
    import jinja2
    from pptx_kit import TEMPLATES

    from lessonpress.compose.deck_base import compose_base

    env = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES), undefined=jinja2.StrictUndefined, autoescape=True
    )
    parts = compose_base(slide_tokens(token_data(name="War & <Peace>")), layouts(), env, "de-DE")
    theme = etree.fromstring(parts["ppt/theme/theme1.xml"].encode())
    assert theme.get("name") == "War & <Peace>"
    assert 'lang="de-DE"' in parts["ppt/slideMasters/slideMaster1.xml"]


def test_guids_never_change():
    """A GUID follows from its name alone, in capitals and braces."""
    assert guid("table-style") == guid("table-style") != guid("other")
    assert guid("table-style") == guid("table-style").upper()
    assert guid("table-style").startswith("{")


def test_colours_in_order():
    """The colours of a theme come in PowerPoint's order."""
    assert [name for name, _ in tokens().colours.items()][:5] == ["dk1", "lt1", "dk2", "lt2", "accent1"]
