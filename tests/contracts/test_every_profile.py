"""What holds for every access profile and paper: the same questions, numbers and marks, in readable type."""

from __future__ import annotations

import functools
import io
import math
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

import pikepdf
import pypdfium2
import pytest
from lxml import html as lxml_html

from lessonpress.compose.kit import Kit, make_kit
from lessonpress.compose.paper import compose_paper
from lessonpress.measure import wrap
from lessonpress.model.base import LEVELS, Level
from lessonpress.pose import PosedLesson
from lessonpress.render.pdf import Printer
from lessonpress.render.rendered import Rendered
from lessonpress.theme import STANDARD, load_theme, papers, profiles, themes
from tests.activities.bench import TEMPLATES
from tests.contracts.test_unit_papers import STEMS, posed
from tests.documents.test_paper import whole

THEME = "constructivist"
PROFILES = profiles(TEMPLATES)
PAPERS = papers(TEMPLATES)
POINT = 25.4 / 72
MILLI = 72 / 25.4

every_profile = pytest.mark.parametrize("profile", PROFILES)
every_paper = pytest.mark.parametrize("paper", PAPERS)
other_profile = pytest.mark.parametrize("profile", [name for name in PROFILES if name != STANDARD])


class Asked(NamedTuple):
    """One question as it stands on a page: its number or letter, its marks, its words without their spaces."""

    number: str
    marks: tuple[str, ...]
    words: str


@functools.cache
def kit(theme: str, profile: str, paper: str = "a4", *, punched: bool = False) -> Kit:
    """The kit of a theme as a profile and a paper want it."""
    return make_kit(TEMPLATES, load_theme(TEMPLATES, theme, profile, paper, punched=punched), "en-GB")


def markup(kit_: Kit, lesson: PosedLesson, document: str = "worksheet", *, key: bool = False) -> str:
    return compose_paper(kit_, lesson, document, key=key).document.html


def inventory(page: str) -> dict[str, Asked]:
    """Every question of a page by its name, without what the questions inside it say, and what stands in boxes."""
    found = {}
    root = lxml_html.fromstring(page)
    for element in root.xpath("//*[@data-q]"):
        name = element.get("data-q")
        inner = set(element.xpath(".//*[@data-q]"))
        own = [
            text
            for text in element.xpath(".//text()")
            if not inner & {text.getparent(), *text.getparent().iterancestors()}
            and "box" not in (text.getparent().get("class") or "").split()
        ]
        marks = [mark for mark in element.xpath(".//*[@class='marks']") if not inner & set(mark.iterancestors())]
        number = element.xpath("string((.//*[contains(@class,'num') or @class='let' or @class='n'])[1])")
        is_task = "." not in name
        # The names of columns stand once above a table and with every space of a list.
        words = "" if is_task else "".join("".join(own).split())
        found[name] = Asked(re.sub(r"\W", "", number), tuple(mark.text_content() for mark in marks), words)
    return found


def texts(page: str, path: str) -> list[str]:
    """The texts of some elements, without their spaces."""
    return ["".join(found.text_content().split()) for found in lxml_html.fromstring(page).xpath(path)]


def test_profiles_and_papers_are_found() -> None:
    """There are five profiles, the standard one first, and two papers, A4 first."""
    assert PROFILES == ["standard", "dyslexia", "large-print", "large-print-24", "low-ink"]
    assert PAPERS == ["a4", "letter"]


@other_profile
@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("stem", STEMS)
def test_every_profile_asks_the_same(stem: str, level: Level, profile: str) -> None:
    """Question by question a page has the number, the marks and the words of the standard page."""
    lesson = posed(stem, level)
    standard = inventory(markup(kit(THEME, STANDARD), lesson))
    assert inventory(markup(kit(THEME, profile), lesson)) == standard
    assert len(standard) > 10
    assert any(asked.words for asked in standard.values())
    assert any(asked.marks for asked in standard.values())


@every_profile
@every_paper
@pytest.mark.parametrize("theme", themes(TEMPLATES))
def test_every_kind_asks_the_same_in_every_theme_and_paper(theme: str, paper: str, profile: str) -> None:
    """The example of every kind keeps its questions whatever it is printed on and in."""
    standard = inventory(markup(kit(THEME, STANDARD), whole()))
    here = kit(theme, profile, paper)
    assert inventory(markup(here, whole())) == standard
    assert list(inventory(markup(here, whole(), key=True))) == list(standard)


@other_profile
def test_every_profile_has_the_whole_reading(profile: str) -> None:
    """The numbered paragraphs, and what is said of their words, are those of the standard page."""
    standard, here = (markup(kit(THEME, name), whole(), "reading") for name in (STANDARD, profile))
    for path in ("//ol[contains(@class,'passage')]//*[@class='pn']", "//div[@class='side']/p"):
        assert texts(here, path) == texts(standard, path) != []
    assert sorted("".join(texts(here, "//ol[contains(@class,'passage')]"))) == sorted(
        "".join(texts(standard, "//ol[contains(@class,'passage')]"))
    )


# ---- printed


@functools.cache
def printed(profile: str, document: str = "worksheet", *, key: bool = False, punched: bool = False) -> Rendered:
    """A printed document with every kind."""
    composed = compose_paper(kit("classic", profile, punched=punched), whole(), document, key=key)
    return Printer(TEMPLATES).render(composed.document)


def runs(data: bytes) -> Iterator[tuple[int, float, str]]:
    """Every character of a PDF: its page from 0, its size in points, itself."""
    matrix = pypdfium2.raw.FS_MATRIX()
    for number, page in enumerate(pypdfium2.PdfDocument(data)):
        text = page.get_textpage()
        for index in range(text.count_chars()):
            # A drawing has units of its own: what counts is how large its letters come out.
            pypdfium2.raw.FPDFText_GetMatrix(text, index, matrix)
            size = pypdfium2.raw.FPDFText_GetFontSize(text, index) * math.hypot(matrix.b, matrix.d)
            yield number, size, text.get_text_range(index, 1)


@pytest.mark.prints
@pytest.mark.parametrize(("profile", "points"), [("large-print", 18), ("large-print-24", 24), ("dyslexia", 10)])
@pytest.mark.parametrize("document", ["worksheet", "reading"])
def test_no_type_is_smaller_than_the_profile_says(profile: str, points: float, document: str) -> None:
    """Footers, captions and numbers too are set in the size that the pupil can read; diagrams in 18 point."""
    sizes = [size for _, size, char in runs(printed(profile, document).data) if char.strip()]
    assert len(sizes) > 200
    small = [size for size in sizes if size < points - 0.1]
    assert len(small) < 0.03 * len(sizes)
    assert all(size > 17.9 for size in small if points >= 18)


@pytest.mark.prints
@pytest.mark.parametrize(
    ("profile", "slanted"), [("standard", 1), ("dyslexia", 0), ("large-print", 0), ("large-print-24", 0)]
)
def test_no_italics_where_they_cannot_be_read(profile: str, slanted: int) -> None:
    """Emphasis is set in italics on the standard page, and heavier where italics are hard to read."""
    document = compose_paper(kit("classic", profile), whole(), "worksheet").document
    stressed = replace(document, html=document.html.replace("</h1>", "</h1><p><em>not at all</em></p>", 1))
    with pikepdf.open(io.BytesIO(Printer(TEMPLATES).render(stressed).data)) as pdf:
        fonts = [thing for thing in pdf.objects if isinstance(thing, pikepdf.Dictionary) and "/FontName" in thing]
        names = {str(font.FontName) for font in fonts}
    assert len(names) > 1
    assert len([name for name in names if "Italic" in name or "Oblique" in name]) == slanted


@pytest.mark.parametrize("stem", STEMS)
def test_dyslexic_readers_have_short_open_lines(stem: str) -> None:
    """Lines of the reading have 60 to 70 letters and stand one and a half apart, in 13 or 14 point."""
    here = kit("classic", "dyslexia")
    width = float(
        re.search(r'passage wide" style="padding-right:([\d.]+)mm', markup(here, posed(stem, "core"), "reading"))[1]
    )
    theme, face = here.theme, here.faces["text"]
    lines = []
    for paragraph in posed(stem, "core").phase("input", "main"):
        if paragraph.kind == "reading":
            for line, _ in paragraph.puzzle.paragraphs:
                lines += wrap(face, line.plain, theme.pt("body"), (theme.text_mm - width) * MILLI)[:-1]
    lengths = [len(line) for line in lines]
    assert len(lengths) > 5
    assert 58 <= sum(lengths) / len(lengths) <= 70
    assert 13 <= theme.pt("body") <= 14
    assert theme.mm("lead") / theme.mm("body") == pytest.approx(1.5, abs=0.01)


@pytest.mark.prints
@pytest.mark.parametrize("theme", themes(TEMPLATES))
def test_low_ink_prints_outlines_instead_of_fills(theme: str) -> None:
    """No box of a page is filled with ink, and the first page takes less of it than the standard one."""
    dark = {}
    for profile in (STANDARD, "low-ink"):
        composed = compose_paper(kit(theme, profile), whole(), "worksheet")
        page = pypdfium2.PdfDocument(Printer(TEMPLATES).render(composed.document).data)[0]
        picture = page.render(scale=1, grayscale=True).to_pil()
        dark[profile] = sum(255 - level for level in picture.tobytes())
        if profile == "low-ink":
            small = picture.reduce(8)
            assert min(small.tobytes()) > 40
    assert dark["low-ink"] < dark[STANDARD]


@pytest.mark.prints
@every_paper
def test_pages_have_the_size_of_their_paper(paper: str) -> None:
    """A4 is 210 by 297 mm, Letter 215.9 by 279.4 mm, and neither is the other made smaller."""
    composed = compose_paper(kit("classic", STANDARD, paper), whole(), "worksheet")
    pages = pypdfium2.PdfDocument(Printer(TEMPLATES).render(composed.document).data)
    width, height = pages[0].get_size()
    assert (round(width * POINT, 1), round(height * POINT, 1)) == {"a4": (210, 297), "letter": (215.9, 279.4)}[paper]


@pytest.mark.prints
def test_holes_have_room_at_the_inner_edge_of_every_page() -> None:
    """On a right-hand page the left margin is wide, on a left-hand page the right one."""
    pages = pypdfium2.PdfDocument(printed(STANDARD, punched=True).data)
    assert len(pages) > 2
    for number, page in enumerate(pages):
        picture = page.render(scale=2, grayscale=True).to_pil().point(lambda level: 255 if level < 200 else 0)
        left, _, right, _ = picture.getbbox()
        left_mm, right_mm = left / 2 * POINT, (picture.width - right) / 2 * POINT
        inner, outer = (left_mm, right_mm) if number % 2 == 0 else (right_mm, left_mm)
        assert inner >= 21
        assert 11.5 <= outer < 20
