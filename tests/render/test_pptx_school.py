"""Decks on files of schools: nothing is lost, everything stands in a place of the file, both checkers agree."""

from __future__ import annotations

import functools
import io
import re
from pathlib import Path

import pytest
from pptx import Presentation

from lessonpress.compose.deck_base import TABLES, compose_base
from lessonpress.compose.deck_kit import DeckKit, deck_kit
from lessonpress.compose.kit import environment
from lessonpress.compose.school.clean import with_table_style
from lessonpress.measure import load_families
from lessonpress.render.pptx import PrintedDeck, check, print_deck
from lessonpress.render.pptx.content import Chart, Paragraph, Run, Slide, Slot
from lessonpress.render.pptx.degrade import recast
from lessonpress.render.pptx.package import write_zip
from lessonpress.theme import DeckBase
from lessonpress.theme.values import School
from tests.conformance import bases
from tests.render.pptx_kit import SAMPLE, TEMPLATES, data, deck, sample, slide, slot
from tests.school_files import DEFAULT, Change, file, layout, picture, swap, with_logo

WORD = re.compile(r"[^\W\d_]{2,}")
LESSONS, FEW = 8, 2
TABLE = "<table><caption>A table</caption><thead><tr><th>One</th><th>Two</th></tr></thead><tbody><tr><th>a</th><td>b</td></tr></tbody></table>"
CHART = '<table data-chart="bar" data-unit="votes"><caption>A chart</caption><thead><tr><th></th><th>votes</th></tr></thead><tbody><tr><th>For</th><td>5</td></tr></tbody></table>'
FIGURE = '<figure><svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 50"><desc>A drawing</desc><rect class="accent" x="0" y="0" width="100" height="50"/></svg></figure>'


@functools.cache
def kit(path: Path = DEFAULT, use: str = "layouts") -> DeckKit:
    return deck_kit(TEMPLATES, data("themes/classic/theme.yaml")["slides"], DeckBase(path, use))


def printed(markup: str, path: Path = DEFAULT) -> PrintedDeck:
    """Markup on the layouts of a file."""
    found = kit(path)
    assert found.school is not None
    tables = compose_base(found.tokens, found.layouts, environment(TEMPLATES))[TABLES]
    base = write_zip(with_table_style(found.school.package, tables).parts)
    return print_deck(markup, base, found.layouts, found.families, forms=found.forms)


def only(markup: str, path: Path = DEFAULT):
    made = printed(deck(markup), path)
    assert check(made.data) == []
    return Presentation(io.BytesIO(made.data)).slides[0]


def written(folder: Path, changes: dict[str, Change]) -> Path:
    path = folder / "school.pptx"
    path.write_bytes(file(changes))
    return path


def words(blob: bytes) -> dict[str, set[str]]:
    """The words of each slide of markup and of its notes, those that it runs on to among them."""
    found: dict[str, set[str]] = {}
    for native in Presentation(io.BytesIO(blob)).slides:
        texts = [
            text.text
            for shape in native._element.cSld.spTree
            if not shape.xpath(".//p:ph[@type='ftr' or @type='sldNum']")
            for text in shape.iter("{http://schemas.openxmlformats.org/drawingml/2006/main}t")
        ]
        notes = native.notes_slide.notes_text_frame.text if native.has_notes_slide else ""
        said = WORD.findall(" ".join(filter(None, [*texts, notes])).replace("\u00ad", ""))
        part = re.search(r"\((\d+) of \d+\)$", native.shapes.title.text)
        name = native._element.cSld.get("name").removesuffix(f"-{part[1]}" if part and part[1] != "1" else "")
        found.setdefault(name, set()).update(word.lower() for word in said)
    return found


# ---- the words


UNTITLED = swap(r'<p:ph type="(ctrT|t)itle"', '<p:ph type="dt" idx="77"')
ONE_LAYOUT: dict[str, Change] = {layout(n): UNTITLED for n in (1, 3, 4, 5, 6, 8, 9, 10, 11)}
"""A file that has Title and Content, and nothing else that a slide could stand on."""


MONTHS = {"jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"}
"""What an axis names only where it has room."""


@pytest.mark.slow
@pytest.mark.prints
@pytest.mark.parametrize("changes", [{}, ONE_LAYOUT], ids=["default", "one layout"])
def test_no_word_is_lost(changes: dict[str, Change], tmp_path: Path) -> None:
    """What a bundled deck says on our base, on slides or in notes, it says on a school's, and nothing is too long."""
    ours, theirs, few = bases.kit_on(None), bases.kit_on(written(tmp_path, changes)), bool(changes)
    pairs = list(zip(bases.jobs(ours, few=few), bases.jobs(theirs, few=few), strict=True))
    assert len(pairs) == (FEW if few else LESSONS)
    for (name, own), (_, other) in pairs:
        mine, found = (bases.print_job(job) for job in (own, other))
        assert (name, check(found.data), found.diagnostics) == (name, [], ())
        expected, said = words(mine.data), words(found.data)
        assert expected.keys() == said.keys()
        lost = {f"{name} {at}": expected[at] - said[at] - MONTHS for at in expected if expected[at] - said[at]}
        assert {at: gone for at, gone in lost.items() if gone} == {}


def test_sample_keeps_its_words() -> None:
    """The sample deck, which has every layout and object, loses nothing on the default template."""
    markup = SAMPLE.read_text("utf-8")
    found = printed(markup)
    assert check(found.data) == []
    expected, said = words(sample().data), words(found.data)
    assert expected.keys() == said.keys()
    assert {at: expected[at] - said[at] for at in expected if expected[at] - said[at]} == {}


# ---- forms


def shapes(native) -> dict[str, str]:
    return {shape.name: shape.text_frame.text for shape in native.shapes if shape.has_text_frame}


def test_a_task_puts_its_minutes_behind_the_title() -> None:
    """There is no place for them on a layout of Office; help and sheet follow the steps."""
    inner = slot("tab", "<p>Task 1</p>") + slot("body", "<ol><li>Read</li></ol>")
    inner += (
        slot("minutes", "<p>5</p><p>minutes</p>") + slot("sheet", "<p>Worksheet A</p>") + slot("stuck", "<p>Ask</p>")
    )
    native = only(slide(inner, "task", title="Do this"))
    assert shapes(native)["Title"] == "Do this (5 minutes)"
    assert shapes(native)["Body"] == "Read\nWorksheet A\nAsk"
    assert native.notes_slide.notes_text_frame.text == "Task 1"


def test_columns_take_the_layout_with_headings() -> None:
    """Office's Comparison has a place for each of the four."""
    inner = "".join(slot(role, f"<p>{role}</p>") for role in ("left-head", "left", "right-head", "right", "task"))
    native = only(slide(inner, "two-content"))
    assert native.slide_layout.name == "Comparison"
    assert shapes(native) == {
        "Title": "A title", "Left head": "left-head", "Left": "left", "Right head": "right-head", "Right": "right\ntask",
        **{name: text for name, text in shapes(native).items() if "Number" in name or "Footer" in name},
    }  # fmt: skip


def test_columns_that_are_too_long_become_one() -> None:
    """On the layout with the whole width, headings in bold, on as many slides as it takes."""
    long = "".join(f"<p>{'a long sentence of many words ' * 4}</p>" for _ in range(5))
    inner = slot("left-head", "<p>On the one hand</p>") + slot("left", long) + slot("right", long)
    made = printed(deck(slide(inner, "two-content")))
    assert not made.diagnostics
    natives = list(Presentation(io.BytesIO(made.data)).slides)
    assert len(natives) > 1
    assert {native.slide_layout.name for native in natives} == {"Title and Content"}
    first = natives[0].placeholders[1].text_frame.paragraphs[0]
    assert (first.text, first.runs[0].font.bold) == ("On the one hand", True)


@pytest.mark.parametrize("thing", [TABLE, CHART, FIGURE], ids=["table", "chart", "drawing"])
def test_an_object_and_text_share_a_place(thing: str) -> None:
    """The text has the placeholder, the object stands free above it, both within the place of the layout."""
    role, layout_name = ("table", "comparison") if thing is TABLE else ("figure", "title-body")
    text = slot("task" if thing is TABLE else "body", "<p>Some words</p>")
    native = only(slide(slot(role, thing) + text, layout_name))
    place = native.slide_layout.placeholders[1]
    found = {shape.name: shape for shape in native.shapes}
    figure, body = found["Figure"], found["Body"]
    assert not figure.is_placeholder
    assert place.top <= figure.top < figure.top + figure.height <= body.top
    assert body.top + body.height <= place.top + place.height + 10
    assert [shape.name for shape in native.shapes].index("Figure") < [s.name for s in native.shapes].index("Body")


def test_a_drawing_that_text_would_make_small_has_its_own_slide() -> None:
    """The text stands on the next one, and both have the whole place."""
    large = FIGURE.replace("0 0 100 50", "0 0 200 110")
    made = printed(deck(slide(slot("figure", large) + slot("body", "<p>Some words</p>"))))
    first, second = Presentation(io.BytesIO(made.data)).slides
    assert [native.shapes.title.text for native in (first, second)] == ["A title (1 of 2)", "A title (2 of 2)"]
    assert "Body" not in shapes(first)
    assert shapes(second)["Body"] == "Some words"
    assert len({native.slide_layout.name for native in (first, second)}) == 1


def test_an_object_alone_takes_the_placeholder() -> None:
    """So that it follows when a teacher changes the layout."""
    native = only(slide(slot("table", TABLE), "comparison"))
    assert next(shape for shape in native.shapes if shape.name == "Figure").is_placeholder


def test_drawings_on_pictures_get_a_panel(tmp_path: Path) -> None:
    """What cannot be read on a gradient stands on the theme's own ground, under it in the order of shapes."""
    ground = "<p:bg><p:bgPr><a:gradFill><a:gsLst/></a:gradFill><a:effectLst/></p:bgPr></p:bg>"
    path = written(tmp_path, {layout(2): swap("(<p:cSld [^>]*>)", rf"\g<1>{ground}")})
    names = [shape.name for shape in Presentation(
        io.BytesIO(printed(deck(slide(slot("figure", FIGURE)))  , path).data)).slides[0].shapes]  # fmt: skip
    assert names.index("Panel") == names.index("Figure") - 1
    plain = [shape.name for shape in only(slide(slot("figure", FIGURE))).shapes]
    assert "Panel" not in plain


def test_footers_are_the_schools() -> None:
    """The place and look of its master; only the lesson where the whole line has no room, and a number in each."""
    attributes = 'lang="en-GB" title="T" footer="{}\u00a0\u00a0\u00a0 Lesson 1" revised="2026-11-01"'
    for unit, said in (("Unit", "Unit\u00a0\u00a0\u00a0 Lesson 1"), ("A unit with a very long name " * 4, "Lesson 1")):
        made = printed(deck(slide(), attributes=attributes.format(unit)))
        native = Presentation(io.BytesIO(made.data)).slides[0]
        footer = native._element.xpath(".//p:sp[.//p:ph[@type='ftr']]")[0]
        assert "".join(footer.xpath(".//a:t/text()")) == said
        assert footer.xpath(".//a:lstStyle/a:lvl1pPr/a:defRPr/@sz") == ["1200"]
        assert native._element.xpath(".//p:sp[.//p:ph[@type='sldNum']]//a:fld/@type") == ["slidenum"]


def test_faint_colours_give_way_to_ink() -> None:
    """Answers and drawings in an accent of 4 to 1 are set in ink."""
    body = slot("body", '<p class="key"><strong class="key">An answer</strong></p>')
    native = only(slide(body + slot("figure", FIGURE)))
    assert set(native._element.xpath(".//p:spTree//a:schemeClr/@val")) == {"tx1"}


def test_text_that_cannot_be_seen_is_set_in_ink(tmp_path: Path) -> None:
    """White on white, as a master for dark slides leaves it on a light layout."""
    pale = {"ppt/slideMasters/slideMaster1.xml": swap('<a:schemeClr val="tx1"/>', '<a:srgbClr val="FDFDFD"/>')}
    native = only(slide(slot("body", "<p>x</p>")), written(tmp_path, pale))
    assert native._element.xpath(".//p:sp[.//p:ph[not(@type='ftr') and not(@type='sldNum')]]//a:schemeClr/@val") == [
        "tx1",
        "tx1",
    ]


def test_slots_without_a_place_go_into_the_notes() -> None:
    """Even those that no form names, so that a new slot is never lost; objects say what they hold."""
    form = kit().forms.forms["timeline"][0][0]
    chart = Chart("bar", "votes", ("For", "Against"), (("1921", (5.0, 7.5)),), "A chart")
    new = Slide("x", "timeline", "", Paragraph((Run("T"),)), (
        Slot("brand-new", (Paragraph((Run("words"),)),)), Slot("another", (chart,)),
    ), (Paragraph((Run("old notes"),)),))  # fmt: skip
    told = [paragraph.text for paragraph in recast(new, form).notes]
    assert told == ["words", "A chart", "1921: For: 5, Against: 7.5", "old notes"]


def test_credits_are_no_body() -> None:
    """They stand among the text, for there is no place for them alone: such slides are not told for their words."""
    source = slot("extract", "<p>Words of a source</p>") + slot("provenance", "<p>Somebody, somewhere, 1924</p>")
    made = printed(deck(slide(source, "source"), slide(slot("body", "<p>x</p>"), name="two", title="Two")))
    assert made.mixed == {"one"}


def test_two_builds_agree() -> None:
    """The same bytes for the same input, on a school's file too."""
    markup = deck(slide(slot("body", "<p>x</p>") + "<aside><p>note</p></aside>"))
    assert printed(markup).data == printed(markup).data


def test_a_master_for_notes_is_named() -> None:
    """The default template has none; PowerPoint repairs a file that does not name the one that it then has."""
    made = printed(deck(slide("<aside><p>note</p></aside>")))
    assert check(made.data) == []
    assert Presentation(io.BytesIO(made.data)).part._element.xpath("./p:notesMasterIdLst/p:notesMasterId")


# ---- the look


@pytest.mark.parametrize("theme", ["classic", "constructivist"])
def test_the_logo_stands_on_title_and_slides(theme: str, tmp_path: Path) -> None:
    """Told once, on the title slide; small between footer and number; nowhere on a layout without footers."""
    path = written(tmp_path, with_logo(picture()))
    found = deck_kit(TEMPLATES, data(f"themes/{theme}/theme.yaml")["slides"], DeckBase(path))
    parts = compose_base(found.tokens, found.layouts, environment(TEMPLATES))
    made = print_deck(deck(slide(layout="title"), slide(name="two", title="Two")), parts, found.layouts, found.families)
    assert check(made.data) == []
    logos = {}
    for native in Presentation(io.BytesIO(made.data)).slide_layouts:
        logos[native.name] = [shape for shape in native.shapes if shape.name == "Logo"]
    assert [name for name, shapes_ in logos.items() if not shapes_] == ["Key question"]
    assert [shape._element.xpath(".//@descr") for shape in logos["Title"]] == [["Crest of the school"]]
    small = logos["Title and body"][0]
    assert abs(small.width / small.height - 2) < 0.01
    assert small._element.xpath(".//@descr") == []
    assert small.top > 6_000_000


def test_the_look_is_the_schools_colours_and_fonts() -> None:
    """Our twelve layouts in Calibri and in colours that can be read, and the changes are told."""
    found = kit(DEFAULT, "look")
    assert (found.tokens.fonts.major, found.tokens.colours.accent2) == ("Calibri", "C0504D")
    assert len(found.layouts.layouts) == 12
    assert any("#4477B4 is taken" in said.message for said in found.diagnostics)


def test_a_theme_may_bring_its_own_logo(tmp_path: Path) -> None:
    """As PNG; of an SVG decks take the PNG of the same name beside it, and without one that is said."""
    (tmp_path / "logo.svg").write_text("<svg/>", "utf-8")
    slides = data("themes/classic/theme.yaml")["slides"]
    drawn = School("A school", tmp_path / "logo.svg", "Crest")
    without = deck_kit(TEMPLATES, slides, owner=drawn)
    assert without.tokens.logo is None
    assert [said.hint for said in without.diagnostics if "put logo.png beside it" in said.hint]
    (tmp_path / "logo.png").write_bytes(picture())
    for owner in (drawn, School("A school", tmp_path / "logo.png", "Crest")):
        found = deck_kit(TEMPLATES, slides, owner=owner)
        assert found.diagnostics == ()
        assert found.tokens.logo is not None
        assert found.tokens.logo.alt == "Crest"


def test_known_fonts_are_measured_by_their_twins() -> None:
    """Calibri as Carlito, which is as wide; a font that nobody knows as the widest that there is."""
    spec = data("fonts/slides/families.yaml")
    found = load_families(TEMPLATES / "fonts/slides", spec, ["Calibri Light", "Arial", "School Sans"])
    assert found["Calibri Light"].regular.path.name == "Carlito-Regular.ttf"
    text = "Who could have followed Lenin?"
    assert found["School Sans"].regular.width(text, 20) > found["Arial"].regular.width(text, 20)
