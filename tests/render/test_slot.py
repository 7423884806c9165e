"""Names drawn on a page that was laid out for another name: the page is the one that they would be laid out on."""

from __future__ import annotations

import io
from collections.abc import Sequence
from functools import cache
from typing import Any

import pikepdf
import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markupsafe import escape

from lessonpress.compose.class_set import name_markup
from lessonpress.compose.jobs import NAME, ClassSet, HtmlDocument, NamedCopy
from lessonpress.compose.paper import compose_paper
from lessonpress.pose import pose_lesson
from lessonpress.render.class_set import print_class_set
from lessonpress.render.pdf import Printer
from lessonpress.render.rendered import Rendered
from lessonpress.theme import load_theme
from tests.activities.bench import lesson, make_kit, tree
from tests.tiny import TEMPLATES

FIRST = "Pupil 00"
LONG = "Pupil 01 with a name of sixty letters that has no end at all"
NAMES = (
    *("Zoë Ångström-Ñandú", "Łukasz Żółć", "Nguyễn Thị Ánh", "Pupil & <Son>", "fi ffl AVAVA To"),
    *("Владимир Петров", "Ó", "Name", "a  b", "علي (3)", LONG, "W" * 40),
)
LETTERS = "abcAVTWfijlÉñßŁżЖйП&<>'\"-.,;0123 \u00a0\u00ad\u0301\u200d"
PAGE = """<!DOCTYPE html><html lang="en"><head><title>A sheet</title><style>
@page{{size:140mm 80mm;margin:10mm}} body{{font:11pt "Source Sans 3";direction:{way}}} .who{{padding-left:1mm}}
table{{table-layout:fixed;width:100%;border-spacing:0}} td{{padding:1mm}}
</style></head><body><h1>A sheet</h1><table role="presentation"><tr><td>Name {name}</td><td>Class</td></tr></table>
<p>What follows the name, and moves where it has two lines.</p></body></html>"""


@cache
def printer() -> Printer:
    return Printer(TEMPLATES)


def document(html: str) -> HtmlDocument:
    return HtmlDocument(html, "en", "A sheet", str(TEMPLATES), "2026-11-01")


def page(way: str = "ltr") -> HtmlDocument:
    """A short document with a place for a name, in a direction."""
    return document(PAGE.format(way=way, name=NAME))


def bold(name: str) -> str:
    return f'<b class="who">{escape(name)}</b>'


def copies(source: HtmlDocument, named: Sequence[tuple[str, str]]) -> Rendered:
    """The class set of names with their markup, a file for each among it."""
    given = tuple(NamedCopy(0, name, markup, ()) for name, markup in named)
    return print_class_set(printer(), ClassSet((source,), given, (), "A class", str(TEMPLATES), "2026-11-01", True))


def afresh(source: HtmlDocument, markup: str) -> bytes:
    """The document laid out for one name."""
    with printer().printing(source.revised):
        return printer().write(printer().lay_out(source.html.replace(NAME, markup)))[0]


def drawn(data: bytes) -> list[list[Any]]:
    """Everything that is drawn on each page: operators with operands, letters as their numbers in the font."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        return [
            [(str(one.operator), [repr(operand) for operand in one.operands]) for one in content]
            for content in map(pikepdf.parse_content_stream, pdf.pages)
        ]


def texts(data: bytes) -> list[str]:
    return [one.get_textpage().get_text_bounded() for one in pypdfium2.PdfDocument(data)]


def assert_same(source: HtmlDocument, named: Sequence[tuple[str, str]]) -> Rendered:
    """Each copy, in its own file and in that of the class, is what a layout of its own draws."""
    made = copies(source, named)
    each, whole = made.beside[1:], drawn(made.data)
    assert len(each) == len(named) > 0
    before = 0
    for (_, markup), one in zip(named, each, strict=True):
        alone = drawn(afresh(source, markup))
        assert drawn(one.data) == alone
        assert whole[before : before + one.pages] == alone
        before += one.pages + one.pages % 2
    return made


@pytest.fixture
def layouts(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The page descriptions that were laid out."""
    found: list[str] = []
    lay_out = Printer.lay_out

    def counted(self: Printer, html: str) -> Any:
        found.append(html)
        return lay_out(self, html)

    monkeypatch.setattr(Printer, "lay_out", counted)
    return found


@pytest.mark.prints
@pytest.mark.slow
@pytest.mark.parametrize(("lang", "profile"), [("en-GB", "standard"), ("ru", "large-print"), ("ar", "standard")])
def test_copies_are_what_layouts_of_their_own_draw(lang: str, profile: str) -> None:
    """On a worksheet every letter and line stands where a layout for that pupil puts it, and so in every script."""
    kit = make_kit(TEMPLATES, load_theme(TEMPLATES, "constructivist", profile), lang)
    sheet = compose_paper(kit, pose_lesson(lesson(main=[tree("matching")]), "core", 1), "worksheet", name=NAME)
    assert_same(sheet.document, [(name, name_markup(kit, name)) for name in (FIRST, *NAMES)])


@pytest.mark.prints
@pytest.mark.parametrize("way", ["ltr", "rtl"])
@settings(max_examples=8, deadline=None)
@given(names=st.lists(st.text(LETTERS, min_size=1, max_size=45).filter(str.strip), min_size=1, max_size=4))
def test_any_name_is_drawn_as_laid_out(way: str, names: list[str]) -> None:
    """Whatever the letters of a name and its length, its copy has the page and the text of a layout of its own."""
    source = page(way)
    made = assert_same(source, [(name, bold(name)) for name in (FIRST, *names)])
    for name, one in zip(names, made.beside[2:], strict=True):
        assert texts(one.data) == texts(afresh(source, bold(name)))


@pytest.mark.prints
@pytest.mark.parametrize("way", ["ltr", "rtl"])
def test_a_name_has_its_line_to_the_last_letter(way: str, layouts: list[str]) -> None:
    """Names that grow letter by letter are drawn while they fit, and laid out afresh from where they do not."""
    names = ["n" * count for count in range(14, 30)]
    made = copies(page(way), [(name, bold(name)) for name in names])
    fitting = len(names) - len(layouts) + 2  # the first of them, and the empty page, are laid out too
    assert 1 < fitting < len(names)
    for name, one in zip(names, made.beside[1:], strict=True):
        assert drawn(one.data) == drawn(afresh(page(way), bold(name)))


@pytest.mark.prints
def test_names_of_one_line_are_laid_out_once(layouts: list[str]) -> None:
    """A class whose names fit costs one layout and the empty page behind; one that takes two lines has its own."""
    names = [FIRST, *(f"Pupil {number:02d}" for number in range(1, 31))]
    copies(page(), [(name, bold(name)) for name in names])
    assert len(layouts) == 2
    layouts.clear()
    copies(page(), [(name, bold(name)) for name in (*names, LONG, *names)])
    assert len(layouts) == 3


@pytest.mark.prints
def test_a_name_before_other_words_is_laid_out_each_time(layouts: list[str]) -> None:
    """Where something follows the name, stands round it or repeats it, no copy borrows the page of another."""
    for markup in (NAME + " and", f"<i>{NAME}</i>", f"{NAME} {NAME}", f"<br>{NAME}"):
        layouts.clear()
        source = document(PAGE.format(way="ltr", name=markup))
        assert_same(source, [(name, bold(name)) for name in (FIRST, "Zoë")])
        assert sum(bold("Zoë") in html for html in layouts) == 2  # that of the class set, and ours


@pytest.mark.prints
def test_a_name_that_is_centred_is_laid_out_each_time(layouts: list[str]) -> None:
    """A longer name would move the word before it."""
    html = page().html.replace("td{", "td{text-align:center;")
    assert_same(document(html), [(name, bold(name)) for name in (FIRST, "Zoë")])
    assert sum(bold("Zoë") in html for html in layouts) == 2


@pytest.mark.prints
def test_names_that_read_one_sign_in_two_ways_do_not_share_a_file(layouts: list[str]) -> None:
    """A bracket is drawn with the sign of its counterpart from right to left: there each name keeps its own."""
    names = ("<", "A>0")
    made = copies(page("rtl"), [(name, bold(name)) for name in names])
    assert len(layouts) == len(names) + 1
    for name, one in zip(names, made.beside[1:], strict=True):
        assert name in texts(one.data)[0]


@pytest.mark.prints
def test_letters_that_no_font_has_are_told_once_and_without_the_name() -> None:
    """A sign that cannot be printed is told for names that were drawn, too."""
    made = copies(page(), [(name, bold(name)) for name in (FIRST, "Pupil 张")])
    assert [one.code for one in made.diagnostics] == ["missing-glyph"]
    assert "Pupil" not in made.diagnostics[0].message


@pytest.mark.prints
def test_files_of_pupils_differ_in_their_names_only() -> None:
    """They have the same length, identifiers of their own, sound syntax, and no name but theirs."""
    names = ("Anna", "Bo", "Zoë Ångström")
    made = copies(page(), [(name, bold(name)) for name in names])
    each = [one.data for one in made.beside[1:]]
    assert len({len(data) for data in each}) == 1
    identifiers = set()
    for name, data in zip(names, each, strict=True):
        with pikepdf.open(io.BytesIO(data)) as pdf:
            identifiers.add(bytes(pdf.trailer.ID[1]))
            assert pdf.check_pdf_syntax() == []
        assert [one for one in names if one in texts(data)[0]] == [name]
    assert len(identifiers) == len(names)
    assert copies(page(), [(name, bold(name)) for name in names]) == made


@pytest.mark.prints
def test_a_file_tells_nothing_of_other_names_but_their_letters() -> None:
    """Whatever the order of the other pupils is, a file is the same: not even its fonts have their letters in order."""
    others = ("Vera", "Jürgen", "Klaus")
    first, second = (
        copies(page(), [(name, bold(name)) for name in (FIRST, *names)]).beside[1].data
        for names in (others, others[::-1])
    )
    assert first == second
