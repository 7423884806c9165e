"""What a screen reader meets in a PDF: read from the tags that were written."""

from __future__ import annotations

import io
from collections.abc import Iterator
from functools import cache

import pikepdf
import pytest

from lessonpress.compose.jobs import HtmlDocument
from lessonpress.render.pdf import Printer
from tests.tiny import TEMPLATES

RUNNING = "@page{margin:40mm;@top-left{content:element(h)}} .h{position:running(h)}"


@cache
def printer() -> Printer:
    return Printer(TEMPLATES)


def made(body: str, css: str = "") -> pikepdf.Pdf:
    head = f"<title>A title</title><style>{css}</style>"
    html = f"<!DOCTYPE html><html lang='en-GB'><head>{head}</head><body>{body}</body></html>"
    rendered = printer().render(HtmlDocument(html, "en-GB", "A title", str(TEMPLATES), "2026-11-01"))
    assert rendered.diagnostics == ()
    return pikepdf.open(io.BytesIO(rendered.data))


def elements(pdf: pikepdf.Pdf) -> Iterator[pikepdf.Dictionary]:
    """Every tag, in reading order."""
    todo = [pdf.Root.StructTreeRoot.K[0]]
    while todo:
        tag = todo.pop(0)
        if isinstance(tag, pikepdf.Dictionary) and "/S" in tag:
            yield tag
            todo = [*tag.get("/K", []), *todo]


def kinds(pdf: pikepdf.Pdf) -> list[str]:
    return [str(tag.S) for tag in elements(pdf)]


def the(pdf: pikepdf.Pdf, kind: str) -> pikepdf.Dictionary:
    (tag,) = (tag for tag in elements(pdf) if kind == tag.S)
    return tag


def test_a_table_that_lays_out_is_no_table() -> None:
    """No table, row or cell is told, and the text is there in its order."""
    pdf = made("<table role='presentation'><caption>A</caption><tbody><tr><td>B</td><th>C</th></tr></tbody></table>")
    assert not {"/Table", "/TBody", "/TR", "/TD", "/TH", "/Caption"} & set(kinds(pdf))
    assert "/Headers" not in {key for tag in elements(pdf) for key in tag.get("/A", {})}


def test_a_table_inside_one_that_lays_out_is_a_table() -> None:
    """The role is that of the nearest table."""
    inner = "<table><tr><th scope='row'>A</th><td>B</td></tr></table>"
    pdf = made(f"<table role='presentation'><tr><td>{inner}</td><td>C</td></tr></table>")
    assert [kind for kind in kinds(pdf) if kind[:2] == "/T"] == ["/Table", "/TBody", "/TR", "/TH", "/TD"]


def test_headers_say_what_they_head() -> None:
    """Of a column unless the page says of a row."""
    pdf = made("<table><tr><th>A</th><th scope='col'>B</th></tr><tr><th scope='row'>C</th><td></td></tr></table>")
    assert [str(tag.A.Scope) for tag in elements(pdf) if tag.S == "/TH"] == ["/Column", "/Column", "/Row"]
    assert len(the(pdf, "/TD").A.Headers) == 2  # an empty cell is still a cell


@pytest.mark.parametrize("tag", ["h2", "p"])
def test_an_element_is_told_once(tag: str) -> None:
    """A float beside text makes an anonymous box, which is no second heading."""
    pdf = made(f"<{tag}><i style='float:left'>1</i><span style='display:block'>A</span> B</{tag}>")
    assert kinds(pdf).count(f"/{tag.upper()}") == 1


def test_what_is_empty_is_not_told() -> None:
    """Ruled lines are drawn boxes without text: no tag for each of them."""
    pdf = made("<p>A</p><div style='height:8mm;border-bottom:1px solid'></div>")
    assert kinds(pdf) == ["/Document", "/P", "/Span"]


def test_words_of_another_language_say_so() -> None:
    """Russian is spoken as Russian; the rest has the language of the document."""
    pdf = made("<p>The <span lang='ru'>Учраспред</span></p><ul style='list-style:none'><li lang='ru'>Да</ul>")
    assert [str(tag.Lang) for tag in elements(pdf) if "/Lang" in tag] == ["ru", "ru"]
    assert pdf.Root.Lang == "en-GB"


def test_a_blank_has_words() -> None:
    """What is only seen is told by its label."""
    pdf = made("<p>In <span style='display:inline-block' aria-label='blank 1'><sup>1</sup>&#160;</span> he died.</p>")
    assert [str(tag.Alt) for tag in elements(pdf) if "/Alt" in tag] == ["blank 1"]


def test_a_drawing_is_told_with_its_words_and_place() -> None:
    """Readers skip what is inside a figure, so its text holds the words; the place is in points from below."""
    svg = (
        "<svg xmlns='http://www.w3.org/2000/svg' width='40mm' height='20mm' viewBox='0 0 40 20'><title>A circle</title>"
    )
    words = "<text x='1' y='9' font-size='4'>Two <tspan>words</tspan></text><text x='1' y='15' font-size='4'>3</text>"
    pdf = made(svg + words + "</svg>", "@page{size:100mm 100mm;margin:10mm} body{margin:0} svg{display:block}")
    figure = the(pdf, "/Figure")
    assert str(figure.Alt) == "A circle Two words 3"
    described = made(svg + "<desc>Six steps.</desc>" + words + "</svg>")
    assert str(the(described, "/Figure").Alt) == "Six steps. Two words 3"
    mm = 72 / 25.4
    assert [float(n) for n in figure.A.BBox] == pytest.approx([10 * mm, 70 * mm, 50 * mm, 90 * mm], abs=0.01)


def test_a_picture_keeps_its_text() -> None:
    """The words of a picture are those of its alt."""
    image = "data:image/svg+xml,<svg xmlns=%22http://www.w3.org/2000/svg%22 width=%229%22 height=%229%22/>"
    pdf = made(f"<img alt='A map' src='{image}'>")
    assert str(the(pdf, "/Figure").Alt) == "A map"


@pytest.mark.parametrize(
    ("style", "numbering"),
    [("disc", "/Disc"), ("decimal", "/Decimal"), ("lower-alpha", "/LowerAlpha"), ("none", None)],
)
def test_a_list_says_how_it_is_marked(style: str, numbering: str | None) -> None:
    """Where its items have marks."""
    pdf = made(f"<ul style='list-style-type:{style}'><li>A<li>B</ul>")
    tag = the(pdf, "/L")
    assert (str(tag.A.ListNumbering) if "/A" in tag else None) == numbering


def test_heads_and_feet_are_artifacts() -> None:
    """On every page: no tag for them in the tree, none in the list of contents, and the rest stays."""
    body = "<div class='h'>Unit</div><p>A</p><p style='break-before:page'>B</p>"
    pdf = made(body, RUNNING + "@page{@bottom-right{content:counter(page)}}")
    assert kinds(pdf) == ["/Document", "/P", "/Span", "/P", "/Span"]
    for page, contents in zip(pdf.pages, pdf.Root.StructTreeRoot.ParentTree.Nums[1::2], strict=True):
        marks = [(str(o[0]), o[1]) for o, op in pikepdf.parse_content_stream(page) if str(op) == "BDC"]
        running = [str(told.Subtype) for kind, told in marks if kind == "/Artifact"]
        assert sorted(running) == ["/Footer", "/Header"]
        numbers = [int(told.MCID) for kind, told in marks if kind != "/Artifact"]
        assert [n for n, tag in enumerate(contents) if tag is not None] == numbers


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("one two", ["one ", "two"]),
        ("<b>one</b> <i>two</i>", ["one ", "two"]),
        ("one-two", ["one-", "two"]),
        ("<span dir='rtl'>one two</span>", ["one", "two"]),
    ],
)
def test_words_of_two_lines_stay_apart(body: str, words: list[str]) -> None:
    """A line ends with the space at which it was broken, unless it was broken at a hyphen."""
    direction = "rtl" if "rtl" in body else "ltr"
    pdf = made(f"<p>{body}</p>", f"p {{ width: 12mm; direction: {direction} }}")
    glyphs = [
        sum(len(bytes(part)) // 2 for part in op.operands[0] if isinstance(part, pikepdf.String))
        for op in pikepdf.parse_content_stream(pdf.pages[0], "TJ")
    ]
    assert glyphs == [len(word) for word in words]
