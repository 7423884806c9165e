"""Tags that say something else than the page are seen."""

from __future__ import annotations

import io

import pikepdf
import pytest

from tests.conformance import structure

SOUND = """<!DOCTYPE html><html lang="en"><title>A</title><body><h1>A</h1><table><tr><th>B</th><td></td></tr></table>
<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><title>C</title></svg></body></html>"""


def made(markup: str = SOUND) -> pikepdf.Pdf:
    """What WeasyPrint makes without our mending."""
    import weasyprint

    return pikepdf.open(io.BytesIO(weasyprint.HTML(string=markup).write_pdf(pdf_variant="pdf/ua-1")))


def kid(pdf: pikepdf.Pdf, kind: str) -> pikepdf.Object:
    """The first tag of a kind."""
    todo = [pdf.Root.StructTreeRoot.K[0]]
    while kind != (tag := todo.pop(0)).S:
        todo += [one for one in tag.get("/K", []) if not isinstance(one, int) and "/S" in one]
    return tag


def test_sound_tags_have_no_fault() -> None:
    """Nothing but the scope, which WeasyPrint does not tell."""
    pdf = made()
    assert structure.faults(pdf) == ["a header that does not say what it heads"]
    kid(pdf, "/TH").A.Scope = pikepdf.Name("/Column")
    assert structure.faults(pdf) == []


@pytest.mark.parametrize(
    ("markup", "fault"),
    [
        ("<table><tr><td>A</td></tr></table>", "a table without a header"),
        ("<h2><i style='float:left'>1</i><span style='display:block'>A</span> B</h2>", "H2 inside H2"),
        ("<p>A</p><div style='height:9px'></div>", "an empty Div"),
        ("<p style='position:running(h)'>A</p>", "page 1: 1 pieces of content are in no tag and no artifact"),
    ],
)
def test_faults_are_seen(markup: str, fault: str) -> None:
    """Each is what WeasyPrint makes by itself."""
    style = "<style>@page{@top-left{content:element(h)}}</style>"
    assert fault in structure.faults(made(SOUND.replace("<h1>", f"{style}{markup}<h1>")))


def test_a_figure_without_a_text_is_seen() -> None:
    """Blanks are none."""
    pdf = made()
    kid(pdf, "/Figure").Alt = pikepdf.String(" ")
    assert "a figure without a text" in structure.faults(pdf)


def test_no_tags_are_a_fault() -> None:
    """Nothing to look at is not nothing wrong."""
    pdf = made()
    del pdf.Root.StructTreeRoot
    assert structure.faults(pdf) == ["no structure tree"]
