"""A school's file as the base of decks: cleaned, read, mapped, and told about."""

from __future__ import annotations

import pytest

from lessonpress.compose.deck_kit import read_fonts, read_wanted
from lessonpress.compose.school.clean import clean, with_table_style
from lessonpress.compose.school.colours import ratio, readable
from lessonpress.compose.school.layouts import OBJECT, faint_colours, key_at, school_layouts
from lessonpress.compose.school.look import find_logo, read_logo, school_colours
from lessonpress.compose.school.mapping import Choice, map_layouts, plain
from lessonpress.compose.school.report import check_base
from lessonpress.model.slide_layouts import slide_layouts
from lessonpress.theme.office import Package, Refused, find, open_package
from tests.render.pptx_kit import data, tokens
from tests.school_files import (
    DEFAULT,
    MAIN,
    MASTER,
    TYPES,
    Change,
    default_school,
    file,
    layout,
    picture,
    school,
    swap,
    with_logo,
)
from tests.tiny import TEMPLATES

WANTED = read_wanted(TEMPLATES)
OURS = tuple(data("deck/layouts.yaml")["layouts"])
THEME = "ppt/theme/theme1.xml"


def mapped(changes: dict[str, Change] | None = None, **overrides: str) -> dict[str, Choice]:
    """The best form of each of our layouts on a changed template."""
    found = map_layouts(school(changes), WANTED, {name.replace("_", "-"): theirs for name, theirs in overrides.items()})
    return {name: choices[0] for name, choices in found.items()}


def names(changes: dict[str, Change] | None = None, **overrides: str) -> dict[str, str]:
    return {name: choice.layout.name for name, choice in mapped(changes, **overrides).items()}


def renamed(n: int, name: str, kind: str = "") -> dict[str, Change]:
    """A layout with another name, and without its type or with another."""
    typed = rf'\g<1> type="{kind}"' if kind else r"\g<1>"

    def change(text: str) -> str:
        named = swap(r'<p:cSld name="[^"]*"', f'<p:cSld name="{name}"')(text)
        return swap(r'(<p:sldLayout [^>]*?) type="\w+"', typed)(named)

    return {layout(n): change}


# ---- clean


def test_everything_wanted_is_one_of_ours() -> None:
    """school.yaml knows every layout of layouts.yaml, and its forms every slot of it."""
    assert tuple(WANTED) == OURS
    known = slide_layouts(data("deck/layouts.yaml"), tokens())
    for name, wanted in WANTED.items():
        own = known.layout(name)
        assert own is not None
        dealt = {f"{stem}{n}" for stem in (own.cells.parts.values() if own.cells else ()) for n in range(1, 10)}
        slots = {place.role for place in own.placeholders} - dealt - {"title"}
        for form in wanted.forms:
            groups = (*form.into.values(), form.title, form.notes)
            assert {role for group in groups for entry in group for role in entry.split()} >= slots


def test_a_template_becomes_a_presentation() -> None:
    """PowerPoint's type of .potx is not one that decks may have."""
    changed = {TYPES: swap("presentationml.presentation.main", "presentationml.template.main")}
    package = clean(open_package(file(changed)))
    assert b"template.main" not in package.parts[TYPES]
    assert package.parts[TYPES].count(b"presentation.main+xml") == 1


def test_slides_sections_and_shows_are_left_behind() -> None:
    """What the school's file showed is no part of our decks."""
    section = (
        '<p:custShowLst><p:custShow name="x" id="0"><p:sldLst/></p:custShow></p:custShowLst><p:extLst>'
        '<p:ext uri="{521415D9-36F7-43E2-AB2F-B90AF26B5E84}"/></p:extLst></p:presentation>'
    )
    root = clean(open_package(file({MAIN: swap("</p:presentation>", section)}))).xml(MAIN)
    assert not find(root, "./p:sldIdLst | ./p:custShowLst | ./p:extLst")


def test_links_to_the_outside_are_cut() -> None:
    """A picture that would be fetched from elsewhere, and a link to a web page, are gone with their addresses."""
    rels = "ppt/slideMasters/_rels/slideMaster1.xml.rels"
    image = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"
    outer = f'<Relationship Id="rIdOut" Type="{image}" Target="http://example.org/x.png" TargetMode="External"/>'
    click = '<a:hlinkClick xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" r:id="rIdOut"/></p:cNvPr>'
    changed = {
        rels: swap("</Relationships>", outer + "</Relationships>"),
        MASTER: lambda text: text.replace('name="Title Placeholder 1"/>', 'name="Title Placeholder 1">' + click, 1),
    }
    package = clean(open_package(file(changed)))
    assert b"example.org" not in b"".join(package.parts[name] for name in (rels, MASTER))
    assert b"rIdOut" not in package.parts[MASTER]


def test_repeated_numbers_of_places_are_mended() -> None:
    """LibreOffice numbers every placeholder 0; text would go into the title."""
    changed = {layout(4): swap(' idx="[12]"', "")}
    spots = next(one for one in school(changed).layouts if one.part == layout(4)).spots
    assert len({spot.idx for spot in spots}) == len(spots) == 6


def test_repeated_ids_of_shapes_are_mended() -> None:
    """Every shape of a part has an id of its own."""
    package = clean(open_package(file({layout(4): swap('<p:cNvPr id="[23]"', '<p:cNvPr id="1"')})))
    ids = find(package.xml(layout(4)), "//p:cNvPr/@id")
    assert len(set(ids)) == len(ids) > 3


STYLE = '<a:tblStyleLst xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" def="{X}"><a:tblStyle styleId="{X}" styleName="x"/></a:tblStyleLst>'


@pytest.mark.parametrize("has_part", [True, False])
def test_our_table_style_is_added(has_part: bool) -> None:
    """To the styles of the file, or as its first one; a second time changes nothing."""
    rels = "ppt/_rels/presentation.xml.rels"
    without = {"ppt/tableStyles.xml": None, rels: swap('<Relationship [^>]*tableStyles.xml"/>', "")}
    package = clean(open_package(file(None if has_part else without)))
    once = with_table_style(package, STYLE)
    name = once.target(MAIN, "tableStyles")
    assert name is not None
    assert find(once.xml(name), "./a:tblStyle/@styleId").count("{X}") == 1
    assert with_table_style(once, STYLE).parts[name] == once.parts[name]
    assert f'PartName="/{name}"'.encode() in once.parts[TYPES]


def test_prompts_become_styles_where_masters_have_none() -> None:
    """A file of LibreOffice formats the words of its prompts; slides would not look like it."""
    prompt = '<a:p><a:pPr algn="ctr"/><a:r><a:rPr lang="en-US" sz="3100" b="1"/><a:t>Click</a:t></a:r></a:p>'
    changed = {
        MASTER: swap("<p:txStyles>.*</p:txStyles>", ""),
        layout(1): swap("<a:p>.*?</a:p>", prompt),
    }
    title = next(one for one in school(changed).layouts if one.part == layout(1)).title
    assert title is not None
    assert (title.levels[0].size, title.levels[0].bold) == (31, True)


# ---- colours


def test_shades_are_the_nearest_that_can_be_read() -> None:
    """Darker on light ground, lighter on dark ground; a colour that is strong enough stays."""
    assert readable("1F3A5F", ("FFFFFF",), 4.5) == "1F3A5F"
    darker, lighter = readable("F79646", ("FFFFFF",), 4.5), readable("4F81BD", ("101010",), 7)
    assert 4.5 <= ratio(darker, ("FFFFFF",)) < 4.9
    assert 7 <= ratio(lighter, ("101010",)) < 7.6


def test_every_colour_of_the_look_is_strong_enough() -> None:
    """Whatever the school's colours are, ink, accent and rules are seen; what was changed is told."""
    pale = {THEME: swap(r'<a:srgbClr val="[0-9A-F]{6}"/>', '<a:srgbClr val="EEDD88"/>')}
    taken, said = school_colours(school(pale))
    assert ratio(taken.dk2, (taken.lt1, taken.lt2)) >= 4.5
    assert ratio(taken.accent1, (taken.lt1,)) >= 4.5
    assert ratio(taken.accent2, (taken.lt1,)) >= 3
    assert any(text.startswith("accent1 #EEDD88 has a contrast of 1.") for text in said)
    assert len(said) >= 9


def test_a_dark_master_keeps_its_ground() -> None:
    """Where a school's slides are light on dark, so are ours."""
    dark = {MASTER: swap('bg1="lt1" tx1="dk1"', 'bg1="dk1" tx1="lt1"')}
    taken, _ = school_colours(school(dark))
    assert (taken.lt1, taken.dk1) == ("000000", "FFFFFF")
    assert ratio(taken.dk2, (taken.lt1, taken.lt2)) >= 4.5


# ---- the logo


def test_the_first_picture_of_the_master_is_the_logo() -> None:
    """With its words, its size and its kind."""
    logo, why = find_logo(school(with_logo(picture())))
    assert why == ""
    assert logo is not None
    assert (logo.kind, logo.width, logo.height, logo.alt) == ("png", 200, 100, "Crest of the school")


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        (None, "hold no picture"),
        (with_logo(b"not a picture"), "crest.png is neither PNG nor JPEG"),
        (with_logo(picture(), width=9_000_000, height=6_000_000), "hold no picture"),
    ],
)
def test_what_is_no_logo(changes: dict[str, Change] | None, why: str) -> None:
    """No picture, one of another format, and one that covers the slide."""
    logo, said = find_logo(school(changes))
    assert logo is None
    assert why in said


def test_jpegs_are_logos_and_huge_pictures_are_not() -> None:
    """A picture of far too many pixels is not even opened."""
    jpeg = read_logo(picture("JPEG"), "x")
    assert jpeg is not None
    assert jpeg.kind == "jpeg"
    assert read_logo(picture(size=(7000, 6000)), "x") is None
    assert read_logo(picture("GIF"), "x") is None


# ---- the map


def test_the_default_template_carries_every_layout() -> None:
    """By name where there is one of it, else as for the layout that is nearest."""
    assert names() == {
        "title": "Title Slide",
        "section": "Section Header",
        "key-question": "Title and Content",
        "title-body": "Title and Content",
        "two-content": "Comparison",
        "comparison": "Title and Content",
        "question": "Title and Content",
        "answer": "Title and Content",
        "source": "Two Content",
        "timeline": "Title and Content",
        "task": "Title and Content",
        "exit-ticket": "Title and Content",
    }
    assert {name: choice.form.shape for name, choice in mapped().items() if choice.form.shape != "one"} == {
        "two-content": "headed",
        "source": "columns",
    }


def test_rules_are_tried_in_order() -> None:
    """A theme's word, then a name in any of its languages, then PowerPoint's type, then a neighbour, then room."""
    assert mapped(task="two content")["task"].rule == "named in the theme"
    assert mapped(renamed(7, "1_Übung &amp; mehr"))["task"].rule == "as for title-body"
    german = renamed(4, "2_Aufgabe", "twoObj")
    assert (names(german)["task"], mapped(german)["task"].rule) == ("2_Aufgabe", "by its name")
    nameless = renamed(2, "Inhaltsfolie mit Rand", "obj")
    assert (names(nameless)["title-body"], mapped(nameless)["title-body"].rule) == (
        "Inhaltsfolie mit Rand",
        "by its type",
    )
    strange = {part: change for n in (2, 8) for part, change in renamed(n, f"Custom {n}").items()}
    assert mapped(strange)["title-body"].rule == "most room for text"


@pytest.mark.parametrize(
    ("name", "ours"),
    [("Titel und Inhalt", "title-body"), ("Titre et contenu", "title-body"), ("Título y objetos", "title-body"),
     ("Diapositive de titre", "title"), ("Abschnittsüberschrift", "section"), ("Título y contenido", "title-body")],
)  # fmt: skip
def test_names_in_other_languages_are_known(name: str, ours: str) -> None:
    """With accents and capitals or without."""
    assert plain(name) in map(plain, WANTED[ours].names)


def test_forms_with_less_room_stand_behind() -> None:
    """Two columns may become one, on the layout with the whole width."""
    choices = map_layouts(default_school(), WANTED, {})["two-content"]
    assert [(choice.form.shape, choice.layout.name) for choice in choices] == [
        ("headed", "Comparison"),
        ("columns", "Comparison"),
        ("one", "Title and Content"),
    ]
    heads, columns = choices[0].spots, choices[1].spots
    assert heads["left-head"].box.bottom <= heads["left"].box.y + 0.1
    assert columns["left"].box.right <= columns["right"].box.x


@pytest.mark.parametrize(
    ("overrides", "message", "hint"),
    [
        ({"task": "School tusk"}, 'no layout "School tusk"', "there are"),
        ({"task": "Titel Only"}, 'no layout "Titel Only"', 'did you mean "Title Only"'),
        ({"taks": "Title Only"}, 'no layout "taks" of ours', 'did you mean "task"'),
        ({"task": "Title Only"}, '"Title Only" has no place for text', "Slide Master"),
    ],
)
def test_wrong_overrides_are_refused(overrides: dict[str, str], message: str, hint: str) -> None:
    """With the names that there are."""
    with pytest.raises(Refused, match=message) as caught:
        map_layouts(default_school(), WANTED, overrides)
    assert hint in caught.value.hint


def test_a_file_without_titles_is_refused() -> None:
    """Every slide needs a title in its place."""
    untitled = {layout(n): swap(' type="(ctrT|t)itle"', ' type="body" idx="77"') for n in (*range(1, 7), 8, 9, 10, 11)}
    with pytest.raises(Refused, match="no layout of this file has a place for a title"):
        mapped(untitled)


def test_a_file_without_room_is_refused() -> None:
    """A title alone carries no lesson."""
    bare = {
        layout(n): swap('<p:ph (?!type="(ctrT|t)itle)[^>]*>', '<p:ph type="dt" idx="88"/>')
        for n in range(1, 12)
        if n != 7
    }
    with pytest.raises(Refused, match="place for text beside the title"):
        mapped(bare)


# ---- our terms


def test_places_sizes_and_fonts_are_the_schools() -> None:
    """4:3 slides, titles of 44 pt, text of at most 28 pt, in Calibri."""
    spec, forms = school_layouts(
        slide_layouts(data("deck/layouts.yaml"), tokens()), default_school(), map_layouts(default_school(), WANTED, {})
    )
    assert (spec.width, spec.height) == (9144000, 6858000)
    assert (spec.fonts.major, spec.fonts.minor) == ("Calibri", "Calibri")
    _, plain_layout = forms.forms["title-body"][0]
    title, body = plain_layout.placeholder("title"), plain_layout.placeholder("body")
    assert title is not None
    assert body is not None
    assert (title.levels[0].size, body.levels[0].size, body.levels[0].own_size) == (44, 28, True)
    assert round(body.box.w, 1) == 22.9
    assert all(level.size >= 18 for place in plain_layout.placeholders for level in place.levels)


def test_objects_share_a_place_with_text() -> None:
    """The object above, the text below, within the place of the school."""
    _, forms = school_layouts(
        slide_layouts(data("deck/layouts.yaml"), tokens()), default_school(), map_layouts(default_school(), WANTED, {})
    )
    _, plain_layout = forms.forms["title-body"][0]
    thing, text = plain_layout.placeholder("body" + OBJECT), plain_layout.placeholder("body")
    assert thing is not None
    assert text is not None
    upper, lower = thing.variants[0].box, text.variants[0].box
    assert text.box.y == upper.y < upper.bottom < lower.y < lower.bottom == pytest.approx(text.box.bottom)
    assert thing.idx == text.idx


def test_a_place_that_runs_off_the_slide_ends_at_its_foot() -> None:
    """Text and drawing share what is on the slide, and the text is put there."""
    low_place = '<p:ph idx="1"/></p:nvPr></p:nvSpPr><p:spPr><a:xfrm><a:off x="914400" y="2743200"/>'
    low_place += '<a:ext cx="7315200" cy="4572000"/></a:xfrm></p:spPr>'
    low_school = school({layout(2): swap('<p:ph idx="1"/></p:nvPr></p:nvSpPr><p:spPr/>', low_place)})
    ours = slide_layouts(data("deck/layouts.yaml"), tokens())
    _, forms = school_layouts(ours, low_school, map_layouts(low_school, WANTED, {}))
    _, low = forms.forms["title-body"][0]
    text = low.placeholder("body")
    assert text is not None
    assert text.moved
    assert text.box.bottom == text.variants[0].box.bottom == pytest.approx(low_school.height)


def test_faint_colours_are_known() -> None:
    """The default template's first accent has 4 to 1 on white: ink stands for it."""
    assert faint_colours(default_school()) == {"accent1": "tx1"}


def test_pictures_and_dark_shapes_are_seen_as_grounds() -> None:
    """What is drawn under a place decides whether a drawing needs a panel."""
    band = (
        '<p:sp><p:nvSpPr><p:cNvPr id="70" name="Band"/><p:cNvSpPr/><p:nvPr/></p:nvSpPr><p:spPr><a:xfrm><a:off x="0" y="0"/>'
        '<a:ext cx="9144000" cy="6858000"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom>{}</p:spPr></p:sp></p:spTree>'
    )
    dark = band.format('<a:solidFill><a:srgbClr val="102030"/></a:solidFill>')
    gradient = band.format("<a:gradFill><a:gsLst/></a:gradFill>")
    for shape, ground in (("</p:spTree>", "FFFFFF"), (dark, "102030"), (gradient, None)):
        changes: dict[str, Change] | None = None if shape == "</p:spTree>" else {layout(2): swap("</p:spTree>", shape)}
        found = map_layouts(school(changes), WANTED, {"title-body": "Title and Content"})["title-body"][0]
        assert found.layout.grounds(found.spots["body"].box) == ground
        key = key_at(school(changes), found.layout, found.spots["body"], {"accent1": "tx1"})
        assert key == ("bg1" if shape == dark else "tx1")


# ---- the report


def test_the_report_tells_the_map_and_the_warnings() -> None:
    """Every layout with its rule and form, colours, fonts and warnings, before anything is built."""
    report = check_base(DEFAULT.read_bytes(), WANTED, read_fonts(TEMPLATES), {})
    text = "\n".join(report.lines())
    for ours in OURS:
        assert f"  {ours} " in text
    assert '"Comparison", by its name: task under the right column' in text
    assert 'where that is too little, "Title and Content": one column, headings in bold' in text
    assert "accent1   #4F81BD, 4.0 to 1 on the ground, #4477B4 is taken" in text
    assert "Calibri: measured as Calibri" in text
    assert any("not 16:9" in warning for warning in report.warnings())


def test_the_report_warns_of_what_cannot_be_read() -> None:
    """Text too faint for its ground, unknown fonts, several masters."""
    changes: dict[str, Change] = {
        MASTER: swap('<a:schemeClr val="tx1"/>', '<a:srgbClr val="DDDDDD"/>'),
        THEME: swap('<a:latin typeface="Calibri"/>', '<a:latin typeface="School Sans"/>'),
    }
    report = check_base(file(changes), WANTED, read_fonts(TEMPLATES), {})
    assert any("the text #DDDDDD on #FFFFFF has 1.4 to 1" in warning for warning in report.warnings())
    assert report.fonts == {"School Sans": ""}
    assert "School Sans: not known here" in "\n".join(report.lines())


def test_packages_are_plain_values() -> None:
    """A package read twice gives the same parts."""
    one, other = (clean(open_package(file())) for _ in range(2))
    assert isinstance(one, Package)
    assert one.parts == other.parts
