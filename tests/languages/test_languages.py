"""A small lesson in each language, built whole: paper and slides say, look and run as the language does."""

from __future__ import annotations

import functools
import io
import os
import re
import time
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from lxml import etree
from pptx import Presentation

from lessonpress.build import build
from lessonpress.call import compose_all, load_library
from lessonpress.compose.jobs import Artefact, HtmlDocument
from lessonpress.compose.labels import load_labels
from lessonpress.diagnostics import render
from lessonpress.load.choice import select
from lessonpress.log import MAX_SHIFT_MM
from lessonpress.measure import Face
from lessonpress.options import Options
from lessonpress.plan import shifts
from lessonpress.render.pptx.checks import check
from lessonpress.render.pptx.ooxml import A, find
from lessonpress.theme import load_theme, themes
from lessonpress.write import read_manifest
from tests.activities.bench import TEMPLATES
from tests.conformance import pdfua, record, structure
from tests.conformance.run import accessible, named

FOLDER = Path(__file__).parent
LANGUAGES = sorted(path.parent.name for path in FOLDER.glob("*/unit.yaml"))
TAGS = {"ar": "ar-SA", "ru": "ru-RU"}
"""How PowerPoint writes a language that has no region of its own."""
SAID = {
    "en-GB": ("Lesson 1", "Key words", "Answer in your exercise book.", "“immense power”", "Page 1 of"),
    "en-US": ("Lesson 1", "Vocabulary", "Answer in your notebook.", "“immense power”", "Page 1 of"),
    "ru": ("Урок 1", "Ключевые слова", "Ответьте в тетради.", "«необъятную власть»", "Стр. 1 из"),
    "ar": ("الدرس 1", "المفردات الأساسية", "أجب في دفترك.", "«سلطة هائلة»", "صفحة 1 من"),
}
PATIENCE = 600
"""How long a process waits for another one to build a language, in seconds."""
pytestmark = pytest.mark.slow
every_language = pytest.mark.parametrize("lang", LANGUAGES)


@pytest.fixture
def built(lang: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a language, built once for all processes that run the tests."""
    base = tmp_path_factory.getbasetemp()
    root = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    output, done = root / lang, root / f"{lang}.txt"
    try:
        output.mkdir()
    except FileExistsError:
        deadline = time.monotonic() + PATIENCE
        while not done.exists() and time.monotonic() < deadline:
            time.sleep(0.2)
    else:
        said = "not built"
        try:
            outcome = build(Options(FOLDER / lang, output, TEMPLATES))
            said = "\n".join(render(problem) for problem in outcome.diagnostics)
        finally:
            done.write_text(said, "utf-8")
    assert done.read_text("utf-8") == ""
    return output


def papers(output: Path) -> list[Path]:
    """All papers of a lesson: worksheet, reading and key at three levels."""
    return sorted(output.rglob("*.pdf"))


def words(path: Path) -> str:
    """The text of a PDF on one line, letters in their plain forms and order."""
    document = pypdfium2.PdfDocument(path)
    text = " ".join(page.get_textpage().get_text_range() for page in document)
    document.close()
    return " ".join(text.replace("\ufffe", "").split())


@functools.cache
def artefacts(lang: str) -> list[Artefact]:
    """The composed documents of a language."""
    options = Options(FOLDER / lang, Path(), TEMPLATES)
    return compose_all(select(load_library(options), ()), options)[0]


@functools.cache
def html(lang: str) -> str:
    """The text that the papers of a language are made of, as it was composed."""
    pages = [artefact.job.html for artefact in artefacts(lang) if isinstance(artefact.job, HtmlDocument)]
    bare = re.sub(r"<style>.*?</style>", "", "\n".join(pages), flags=re.DOTALL)
    return " ".join(re.sub(r"<[^>]*>", "", bare).replace("\u00a0", " ").split())


def slides(output: Path) -> Iterator[etree._Element]:
    """The slides of a deck."""
    data = next(output.rglob("deck.pptx")).read_bytes()
    yield from (slide._element for slide in Presentation(io.BytesIO(data)).slides)


def test_every_label_file_has_a_lesson() -> None:
    """A language that is offered is one that a lesson proves."""
    assert sorted(path.stem for path in (TEMPLATES / "labels").glob("*.yaml")) == LANGUAGES
    assert set(SAID) == set(LANGUAGES)


@every_language
def test_papers_are_in_the_language(lang: str, built: Path) -> None:
    """Each PDF names the language, is tagged and titled, and its tags mean what they say."""
    assert len(papers(built)) > 9
    for path in papers(built):
        with pikepdf.open(path) as pdf:
            assert str(pdf.Root.Lang) == lang
            assert [*accessible(pdf), *named(pdf), *structure.faults(pdf)] == []


@every_language
def test_papers_pass_pdf_ua(lang: str, built: Path) -> None:
    """No rule of PDF/UA-1 fails, by veraPDF."""
    if record.missing():
        pytest.skip(record.missing())
    paths = papers(built)
    outcome = pdfua.validate(paths, [path.name for path in paths])
    assert [fault for path in paths for fault in outcome.faults(path.name)] == []


@every_language
def test_interface_words_are_of_the_language(lang: str, built: Path) -> None:
    """Sheets say lesson, key words and page in the language, and quotation marks are its own."""
    lesson, *others, page = SAID[lang]
    assert lesson in html(lang)
    assert all(word in html(lang) for word in others)
    if not load_labels(TEMPLATES, lang).language.is_rtl:  # pages number from the right in the order that they are seen
        assert page in words(next(built.rglob("worksheet.pdf")))
    assert '"' not in html(lang)


@pytest.mark.parametrize("lang", ["ar"])
def test_options_have_the_letters_of_the_language(lang: str, built: Path) -> None:
    """No slide names an option by a Latin letter where the language has others, in its answer neither."""
    assert load_labels(TEMPLATES, lang).capital("A") != "A"
    found = [text.text.strip() for slide in slides(built) for text in slide.iter("{*}t") if text.text]
    assert len(found) > 50
    assert not set(found) & set("ABCD")


@every_language
def test_a_key_is_its_sheet(lang: str, built: Path) -> None:
    """Every question of every key stands where it stands on its sheet."""
    made = read_manifest(built)
    keys = [path for path, one in made.items() if one.document == "answer-key"]
    assert len(keys) == 3
    assert [shift for shift in shifts(artefacts(lang), made) if shift.mm > MAX_SHIFT_MM] == []


@every_language
def test_questions_begin_on_the_side_of_the_language(lang: str, built: Path) -> None:
    """Text begins at the left margin or at the right one, by the direction of the language."""
    document = pypdfium2.PdfDocument(next(built.rglob("reading.pdf")))
    page = document[0]
    middle = page.get_width() / 2
    signs = [obj.get_bounds() for obj in page.get_objects() if obj.type == pypdfium2.raw.FPDF_PAGEOBJ_TEXT]
    own = sum(right - left for left, _, right, _ in signs if (left + right) / 2 > middle)
    whole = sum(right - left for left, _, right, _ in signs)
    is_rtl = load_labels(TEMPLATES, lang).language.is_rtl
    document.close()
    # The margin for explained words is on the other side, and is nearly empty.
    assert (own / whole > 0.55) if is_rtl else (own / whole < 0.45)


@every_language
def test_slides_are_in_the_language(lang: str, built: Path) -> None:
    """No deck has a fault, every run names the language, and paragraphs run in its direction."""
    data = next(built.rglob("deck.pptx")).read_bytes()
    assert check(data) == []
    is_rtl = load_labels(TEMPLATES, lang).language.is_rtl
    count = 0
    for slide in slides(built):
        tags = set(find(slide, ".//a:rPr/@lang"))
        assert tags <= {TAGS.get(lang, lang), "ru-RU"}
        for paragraph in slide.iter(A + "p"):
            properties = paragraph.find(A + "pPr")
            assert (properties is not None and properties.get("rtl") == "1") == is_rtl
            count += 1
    assert count > 60
    assert Presentation(io.BytesIO(data)).core_properties.language == lang


@every_language
def test_slides_say_what_the_labels_say(lang: str, built: Path) -> None:
    """The tabs of the slides are in the language, and options bear its letters."""
    label = load_labels(TEMPLATES, lang)
    text = "\n".join("".join(find(slide, ".//a:t/text()")) for slide in slides(built))
    assert all(label(key) in text for key in ("enquiry", "say_aloud", "hinge", "often_said"))
    signs = [sign for slide in slides(built) for sign in find(slide, ".//a:buChar/@char | .//a:t/text()")]
    assert set(label.language.capitals[:4]) <= set(signs)


@every_language
@pytest.mark.parametrize("name", themes(TEMPLATES))
def test_the_word_of_a_strip_fits_its_cell(lang: str, name: str) -> None:
    """The heading of the do-now is never wider than its cell: there it has nowhere to go."""
    label = load_labels(TEMPLATES, lang)
    theme = load_theme(TEMPLATES, name).written_in([label.language.script])
    other = next((Face(font.file) for font in theme.also.get("display", ())), None)
    face = Face(theme.faces["display"], fallback=other)
    room = theme.mm("module") - 4.4
    for word in label("do_now").split():
        assert face.width(word, theme.pt("strip-size")) * 25.4 / 72 <= room
