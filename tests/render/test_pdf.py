"""HTML to PDF: tagged, the same bytes every time, and told what went wrong."""

from __future__ import annotations

import io
import os
import xml.etree.ElementTree as ET
from dataclasses import replace
from functools import cache
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from lessonpress.compose.jobs import HtmlDocument
from lessonpress.diagnostics import Severity
from lessonpress.measure import Face
from lessonpress.render.pdf import MAX_SHEETS, Printer, only_vendored_fonts
from lessonpress.render.rendered import Rendered
from tests.tiny import TEMPLATES

MM = 72 / 25.4


@cache
def printer() -> Printer:
    return Printer(TEMPLATES)


def job(body: str, css: str = "") -> HtmlDocument:
    head = f"<title>A title</title><style>{css}</style>"
    html = f"<!DOCTYPE html><html lang='en-GB'><head>{head}</head><body>{body}</body></html>"
    return HtmlDocument(html, "en-GB", "A title", str(TEMPLATES), "2026-11-01")


def made(body: str, css: str = "") -> Rendered:
    return printer().render(job(body, css))


def messages(rendered: Rendered) -> list[str]:
    return [d.message for d in rendered.diagnostics]


def test_a_pdf_is_tagged_and_named() -> None:
    """It says that it is PDF/UA, in which language, under which title."""
    with pikepdf.open(io.BytesIO(made("<h1>Head</h1><p>Text</p>").data)) as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert str(pdf.Root.Lang) == "en-GB"
        assert "/StructTreeRoot" in pdf.Root
        assert str(pdf.docinfo["/Title"]) == "A title"
        with pdf.open_metadata() as data:
            assert data["pdfuaid:part"] == "1"
            assert data["dc:title"] == "A title"


def test_questions_are_placed_in_millimetres() -> None:
    """Page from 1, left and top of the box; an inner question has its own place."""
    body = "<p data-q='one'>A</p><div style='height: 30mm'></div><div data-q='two'>B<br><span data-q='two.1'>C</span></div>"
    rendered = made(body, "@page { size: A4; margin: 20mm 15mm } * { margin: 0; line-height: 10mm }")
    places = {a.name: (a.page, a.x, a.y) for a in rendered.anchors}
    assert places["one"] == (1, 15.0, 20.0)
    assert places["two"] == (1, 15.0, 60.0)  # 20 of margin, 10 of text, 30 of space
    assert places["two.1"][:2] == (1, 15.0)
    assert 70.0 <= places["two.1"][2] < 80.0


def test_a_question_that_a_page_divides_stands_where_it_begins() -> None:
    """One place for each question, on the first of its pages."""
    body = "<div data-q='one'><p data-q='one.1'>A</p><p data-q='one.2' style='break-before: page'>B</p></div>"
    rendered = made(body)
    assert [(a.name, a.page) for a in rendered.anchors] == [("one", 1), ("one.1", 1), ("one.2", 2)]
    assert rendered.pages == 2


@pytest.mark.parametrize("sign", ["\U0001f600", "漢"])
def test_a_sign_that_no_font_has_is_an_error(sign: str) -> None:
    """An empty box must not reach a sheet."""
    rendered = made(f"<p>Text {sign}</p>")
    assert [(d.code, d.severity) for d in rendered.diagnostics] == [("missing-glyph", Severity.ERROR)]
    assert sign in rendered.diagnostics[0].message


@pytest.mark.parametrize("url", ["../pyproject.toml", "https://example.org/a.png", "file:///etc/hostname", "none.png"])
def test_no_file_outside_the_templates_is_opened(url: str) -> None:
    """What a page names elsewhere is not read, and told."""
    rendered = made(f"<img alt='a' src='{url}'>")
    assert len(rendered.diagnostics) == 1
    assert "Failed to load image" in rendered.diagnostics[0].message
    if url != "none.png":
        assert "lies outside the templates" in rendered.diagnostics[0].message


def test_messages_do_not_name_the_computers_folders() -> None:
    """A message is kept in the manifest, which is the same everywhere."""
    assert str(TEMPLATES) not in " ".join(messages(made("<img alt='a' src='none.png'>")))


def test_data_in_the_page_is_shown() -> None:
    """Pictures of the content come as data."""
    svg = "data:image/svg+xml,<svg xmlns=%22http://www.w3.org/2000/svg%22 width=%229%22 height=%229%22/>"
    assert messages(made(f'<img alt="a" src="{svg}">')) == []


def test_what_the_printer_logs_is_a_warning_once() -> None:
    """A property that it does not know, twice in the style sheet, is told once; the next page starts anew."""
    rendered = made("<p>A</p>", "p{wibble:1}")
    assert [d.code for d in rendered.diagnostics] == ["printer"]
    assert not rendered.diagnostics[0].is_error
    assert messages(made("<p>A</p>")) == []


def test_the_same_page_is_the_same_bytes() -> None:
    """A printer that has printed other things prints a page as a new one does."""
    first = made("<p>A <b>page</b></p>").data
    made("<h1>Another</h1><p>“Quoted” – text</p>")
    assert made("<p>A <b>page</b></p>").data == first
    assert Printer(TEMPLATES).render(job("<p>A <b>page</b></p>")).data == first


@pytest.mark.parametrize("before", ["0", None])
def test_the_date_of_a_page_does_not_stay(before: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
    """SOURCE_DATE_EPOCH is the user's; a document only borrows it."""
    if before is None:
        monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    else:
        monkeypatch.setenv("SOURCE_DATE_EPOCH", before)
    printer().render(replace(job("<p>A</p>"), revised="2020-01-01"))
    assert os.environ.get("SOURCE_DATE_EPOCH") == before


def test_text_comes_out_as_it_went_in() -> None:
    """Readers can search and copy it."""
    page = pypdfium2.PdfDocument(made("<p>Stalin’s “post” – 1922</p>").data)[0]
    assert "Stalin’s “post” – 1922" in page.get_textpage().get_text_range()
    assert page.get_size() == pytest.approx((210 * MM, 297 * MM), abs=0.1)


def test_only_the_fonts_of_the_templates_are_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The list for fontconfig is sound XML, whatever the folder is called, and names no folder of the system."""
    monkeypatch.setenv("FONTCONFIG_FILE", "")
    fonts = tmp_path / "R&D <1>" / "themes" / "one" / "fonts"
    fonts.mkdir(parents=True)
    (fonts / "a.ttf").write_bytes(b"")
    only_vendored_fonts(fonts.parents[2])
    listing = Path(os.environ["FONTCONFIG_FILE"])
    assert [node.text for node in ET.parse(listing).getroot().iter("dir")] == [str(fonts)]
    listing.unlink()


def test_text_of_drawings_that_runs_from_the_right_is_joined() -> None:
    """An Arabic label is as wide as its joined letters and ends where it is anchored; others are drawn as ever."""
    family, text = "Noto Naskh Arabic", "اللجنة المركزية"
    file = "themes/base/fonts/NotoNaskhArabic_400Regular.ttf"
    label = (
        f"<text direction='rtl' text-anchor='end' x='0' y='12' font-size='10'>{text}</text><text x='0' y='35'>A</text>"
    )
    svg = f"<svg viewBox='0 0 180 40' width='180mm' height='40mm' font-family='{family}'><desc>d</desc>{label}</svg>"
    css = f"@font-face{{font-family:'{family}';src:url({file})}}@page{{size:200mm 60mm;margin:10mm}}body{{margin:0}}"
    rendered = made(f"<figure style='margin:0'>{svg}</figure>", css)
    assert messages(rendered) == []
    document = pypdfium2.PdfDocument(rendered.data)
    bounds = [obj.get_bounds() for obj in document[0].get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_TEXT])]
    arabic = [(left, right) for left, low, right, _ in bounds if low > 25 * MM]
    left, right = min(start for start, _ in arabic), max(end for _, end in arabic)
    wide = Face(TEMPLATES / file).width(text, 10 * MM)
    assert left == pytest.approx(10 * MM, abs=2)
    assert right - left == pytest.approx(wide, rel=0.05)
    document.close()


def test_what_is_wrong_in_a_style_sheet_is_told_of_every_document_that_has_it() -> None:
    """The sheet is read once, whoever prints it first."""
    said = [messages(made("<p>Text", "p { colour: red }")) for _ in range(2)]
    assert said[0] == said[1]
    assert any("colour" in message for message in said[0])


def test_style_sheets_are_not_kept_for_ever() -> None:
    """What single documents add makes room again, and pages look the same when their sheet is read anew."""
    styles = [f"p {{ margin: {number}mm }}" for number in range(MAX_SHEETS + 4)]
    first = made("<p>Text", styles[0]).data
    assert len({made("<p>Text", style).data for style in styles}) == len(styles)
    assert len(printer()._sheets) == MAX_SHEETS
    assert made("<p>Text", styles[0]).data == first
