"""Decks for languages that are written from right to left."""

from __future__ import annotations

import functools
from collections.abc import Iterator

import pytest
from lxml import etree

from lessonpress.render.pptx.checks import check
from lessonpress.render.pptx.ooxml import A, P, find
from lessonpress.render.pptx.package import read_zip, write_zip
from lessonpress.render.pptx.turned import turned
from tests.render.pptx_kit import SAMPLE, THEMES, deck, print_markup, sample, slide, slot

every_theme = pytest.mark.parametrize("theme", THEMES)
WIDTH = 12_192_000
RTL = 'lang="ar" dir="rtl" title="Test" footer="Unit" revised="2026-11-01"'


@functools.cache
def parts(theme: str, *, rtl: bool) -> dict[str, bytes]:
    """The parts of the sample deck, from the left or from the right."""
    if not rtl:
        return read_zip(sample(theme).data)
    return read_zip(print_markup(SAMPLE.read_text("utf-8").replace("<deck ", '<deck dir="rtl" ', 1), theme).data)


def roots(theme: str, folder: str, *, rtl: bool = True) -> Iterator[tuple[str, etree._Element]]:
    """The parts of one folder, parsed."""
    for name, data in sorted(parts(theme, rtl=rtl).items()):
        if name.startswith(f"ppt/{folder}/") and name.endswith(".xml"):
            yield name, etree.fromstring(data)


def places(root: etree._Element) -> list[tuple[int, int]]:
    """Left and right of every shape that has a place of its own."""
    found = find(
        root, "./p:cSld/p:spTree/*/p:spPr/a:xfrm | ./p:cSld/p:spTree/*/p:grpSpPr/a:xfrm | ./p:cSld/p:spTree/*/p:xfrm"
    )
    boxes = [(int(x.find(A + "off").get("x")), int(x.find(A + "ext").get("cx"))) for x in found]
    return [(left, left + wide) for left, wide in boxes]


@every_theme
def test_a_turned_deck_has_no_fault(theme: str) -> None:
    """What makes PowerPoint offer a repair is in no deck, whatever its direction."""
    assert check(write_zip(parts(theme, rtl=True))) == []


@every_theme
@pytest.mark.parametrize("folder", ["slides", "slideLayouts", "slideMasters"])
def test_every_shape_takes_the_mirrored_place(theme: str, folder: str) -> None:
    """What stood so far from the left stands as far from the right."""
    seen = 0
    for (name, plain), (other, root) in zip(roots(theme, folder, rtl=False), roots(theme, folder), strict=True):
        assert name == other
        mirrored = [(WIDTH - right, WIDTH - left) for left, right in places(plain)]
        # Labels and lines of a drawing are turned before, so the group is as wide, but need not begin alike.
        assert places(root) == mirrored
        seen += len(mirrored)
    assert seen > 4


@every_theme
def test_text_begins_at_the_right(theme: str) -> None:
    """Every paragraph, level and body of slides, notes and layouts runs from the right."""
    count = 0
    for folder in ("slides", "notesSlides", "slideLayouts", "slideMasters", "notesMasters", "handoutMasters"):
        for name, root in roots(theme, folder):
            for paragraph in root.iter(A + "p"):
                assert paragraph.find(A + "pPr").get("rtl") == "1", name
                count += 1
            assert all(body.get("rtlCol") == "1" for body in root.iter(A + "bodyPr"))
            levels = find(root, ".//a:lvl1pPr")
            assert all(level.get("rtl") == "1" for level in levels)
    assert count > 100


@every_theme
def test_sides_are_turned_once(theme: str) -> None:
    """Titles begin at the right, slide numbers stand at the left, tables run from the right."""
    layouts = dict(roots(theme, "slideLayouts"))
    titles = [
        level for root in layouts.values() for level in find(root, ".//p:sp[.//p:ph[@type='title']]//a:lvl1pPr/@algn")
    ]
    numbers = [
        level for root in layouts.values() for level in find(root, ".//p:sp[.//p:ph[@type='sldNum']]//a:lvl1pPr/@algn")
    ]
    assert set(titles) == {"r"}
    assert set(numbers) == {"l"}
    tables = [table for _, root in roots(theme, "slides") for table in root.iter(A + "tblPr")]
    assert tables
    assert all(table.get("rtl") == "1" for table in tables)


def test_slanted_shapes_are_flipped() -> None:
    """The ends of a tab lean the other way, and a rectangle is left as it is."""
    flips = {
        bool(find(shape, "./p:spPr/a:custGeom")): shape.find(f"{P}spPr/{A}xfrm").get("flipH")
        for _, root in roots("constructivist", "slideLayouts")
        for shape in find(root, "./p:cSld/p:spTree/p:sp[p:spPr/a:xfrm]")
    }
    assert flips == {True: "1", False: None}


def test_numbers_before_text_become_markers() -> None:
    """A number and its tab are a list marker in the same colour and size; a letter of another alphabet too."""
    items = "<li><p>x</p></li><li><p>y</p></li>"
    markup = deck(
        slide(slot("questions", f"<ol>{items}</ol>"), "question", "one"),
        slide(
            slot("questions", f'<ol type="A" data-letters="أ ب ج د هـ و">{items * 3}</ol>'),
            "question",
            "two",
            "Another",
        ),
        attributes=RTL,
    )
    made = read_zip(print_markup(markup).data)
    first, second = (etree.fromstring(made[f"ppt/slides/slide{n}.xml"]) for n in (1, 2))
    numbered = find(first, ".//a:pPr[a:buAutoNum]")
    assert [p.find(A + "buAutoNum").get("startAt", "1") for p in numbered] == ["1", "2"]
    assert all(p.find(A + "buAutoNum").get("type") == "arabicPlain" for p in numbered)
    assert all(int(p.find(A + "buSzPts").get("val")) == 3200 for p in numbered)
    assert find(second, ".//a:pPr/a:buChar/@char") == list("أبجدهو")
    assert not any("\t" in text for root in (first, second) for text in find(root, ".//a:t/text()"))


def test_a_font_for_latin_letters_leaves_arabic_to_the_theme() -> None:
    """Where a font is named, Arabic takes the theme's, which is one that has it."""
    for folder in ("slides", "slideLayouts"):
        for _, root in roots("classic", folder):
            for latin in find(root, ".//a:rPr/a:latin | .//a:defRPr/a:latin"):
                assert latin.getparent().find(A + "cs").get("typeface").startswith("+")
    for _, root in roots("classic", "theme"):
        assert find(root, ".//a:fontScheme/*/a:cs/@typeface") == ["Arial", "Arial"]


def test_a_chart_begins_at_the_right() -> None:
    """Bars grow from the right, and columns stand from the right."""
    for form, lying in (("bar", "valAx"), ("column", "catAx")):
        rows = "<tr><th scope='row'>a</th><td>1</td></tr><tr><th scope='row'>b</th><td>2</td></tr>"
        table = (
            f'<table data-chart="{form}" data-unit="u"><caption>c</caption><thead><tr><th scope="col"></th>'
            f'<th scope="col">u</th></tr></thead><tbody>{rows}</tbody></table>'
        )
        printed = print_markup(deck(slide(slot("figure", table)), attributes=RTL))
        chart = next(data for name, data in read_zip(printed.data).items() if name.startswith("ppt/charts/chart"))
        assert find(etree.fromstring(chart), f".//c:{lying}/c:scaling/c:orientation/@val") == ["maxMin"]


def test_a_base_from_the_right_keeps_its_layouts() -> None:
    """Layouts that a school made for its language are not turned again."""
    once = parts("classic", rtl=True)
    twice = read_zip(turned(write_zip(once)))
    assert [name for name in once if once[name] != twice[name] and "/slideLayouts/" in name] == []
    assert check(write_zip(twice)) == []
