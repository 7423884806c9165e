"""What LibreOffice prints is held against the boxes of the shapes."""

from __future__ import annotations

import io
import shutil
from pathlib import Path

import pikepdf
import pytest
from pptx import Presentation
from pptx.enum.text import MSO_AUTO_SIZE
from pptx.util import Cm, Pt

from lessonpress.render.pptx.package import read_zip
from tests.conformance import slides

needs_libreoffice = pytest.mark.skipif(
    not shutil.which("soffice"), reason="LibreOffice is not installed: make conformance-setup"
)
LINES = "كان المنصب قويًا لكن صاحبه لا يعزل القائد "
MANY = "the men of the majority in the Politburo "


def deck(
    text: str, width: float = 20.0, height: float = 3.0, rows: int = 0, *, wraps: bool = True, rtl: bool = False
) -> bytes:
    """A slide with a text box in centimetres, or with a table in its place, in a deck that runs from left or right."""
    native = Presentation()
    native.part._element.set("rtl", str(int(rtl)))
    slide = native.slides.add_slide(native.slide_layouts[5])
    slide.shapes.title.text = "A title"
    if rows:
        frame = slide.shapes.add_table(rows, 1, Cm(2), Cm(6), Cm(width), Cm(height))
        cells = list(frame.table.iter_cells())
        cells[0].text = text
    else:
        box = slide.shapes.add_textbox(Cm(2), Cm(6), Cm(width), Cm(height))
        box.text_frame.word_wrap = wraps
        box.text_frame.auto_size = MSO_AUTO_SIZE.TEXT_TO_FIT_SHAPE
        box.text_frame.text = text
        box.text_frame.paragraphs[0].runs[0].font.size = Pt(24)
    out = io.BytesIO()
    native.save(out)
    return out.getvalue()


CASES = {
    "fits": (deck(MANY), []),
    "too high": (deck(MANY * 5), ["slide 1: the text of 'TextBox 2' reaches"]),
    "too wide": (deck(MANY, width=5, wraps=False), ["slide 1: the text of 'TextBox 2' reaches"]),
    "table fits": (deck(MANY, rows=2, height=6), []),
    "table grows": (deck(MANY * 9, rows=1, height=1), ["slide 1: the text of 'Table 2' reaches"]),
    "fits, from the right": (deck(LINES, rtl=True), []),
    "too high, from the right": (deck(LINES * 5, rtl=True), ["slide 1: ", "slide 1: not all of the text"]),
    "off the slide": (deck(MANY * 60), ["slide 1: the text of 'TextBox 2' reaches"]),
}


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Every case as LibreOffice prints it, in one run, after a printer of PDF has listed fonts of its own."""
    folder = tmp_path_factory.mktemp("decks")
    paths = {name: folder / f"{n}.pptx" for n, name in enumerate(CASES)}
    for name, path in paths.items():
        path.write_bytes(CASES[name][0])
    listing = tmp_path_factory.mktemp("fonts") / "fonts.conf"
    listing.write_text('<?xml version="1.0"?><fontconfig></fontconfig>', "utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("FONTCONFIG_FILE", str(listing))
        return slides.to_pdf(paths, tmp_path_factory.mktemp("printed"))


def test_libreoffice_has_the_fonts_of_the_decks(printed: dict[str, Path]) -> None:
    """A list of fonts that this process set for its own printing does not reach LibreOffice."""
    with pikepdf.open(printed["fits"]) as pdf:
        fonts = {str(font.BaseFont).split("+")[-1] for font in pdf.pages[0].Resources.Font.values()}
    assert fonts
    assert all(font.startswith("Carlito") for font in fonts)


@pytest.mark.slow
@needs_libreoffice
@pytest.mark.parametrize("name", CASES)
def test_text_beyond_its_box_is_seen(name: str, printed: dict[str, Path]) -> None:
    """Text that is too high or too wide is told with its shape, and only that."""
    blob, faults = CASES[name]
    assert slides.opens(blob, printed[name]) == []
    found = list(slides.beyond(blob, printed[name]))
    assert len(found) == len(faults)
    assert all(one.startswith(fault) for one, fault in zip(found, faults, strict=True)), found


@pytest.mark.slow
@needs_libreoffice
def test_text_that_is_not_printed_is_told(printed: dict[str, Path]) -> None:
    """A deck held against the print of another is not all there."""
    blob, _ = CASES["too high"]
    found = list(slides.beyond(blob, printed["fits"]))
    assert found == ["slide 1: not all of the text of 'TextBox 2' is shown"]
    blob, _ = CASES["too high, from the right"]
    found = list(slides.beyond(blob, printed["fits, from the right"]))
    assert found == ["slide 1: not all of the text of 'TextBox 2' is shown"]


def test_nothing_is_shrunk() -> None:
    """What LibreOffice would make smaller until it fits keeps its size."""
    before, after = CASES["fits"][0], slides.unshrunk(CASES["fits"][0])
    name = "ppt/slides/slide1.xml"
    assert b"normAutofit" in dict(read_zip(before))[name]
    assert b"normAutofit" not in dict(read_zip(after))[name]
    assert slides.unshrunk(b"no deck") == b"no deck"
