"""The papers of a lesson: what stands on worksheet, key and reading, and that the printed key is the sheet."""

from __future__ import annotations

import functools
import re
from typing import Any

import pypdfium2
import pytest

from lessonpress.compose.kit import Kit, make_kit
from lessonpress.compose.labels import load_labels
from lessonpress.compose.paper import compose_paper
from lessonpress.model.base import LEVELS, Level
from lessonpress.pose import PosedLesson
from lessonpress.render.pdf import Printer
from lessonpress.render.rendered import Rendered
from lessonpress.theme import load_theme, themes
from tests.activities.bench import KINDS, PHASE, TEMPLATES, lesson, page, pose, tree

PAPER = ("macros/blanks", "macros/page", "macros/notes", "documents/worksheet", "documents/reading")
MM = 25.4 / 72


def whole(**extra: Any) -> PosedLesson:
    """A lesson with the example of every kind, something optional and homework."""
    phases: dict[str, list[Any]] = {}
    for kind in KINDS:
        phases.setdefault(PHASE.get(kind, "main"), []).append(tree(kind))
    phases["optional"] = [tree("short-answer", id="more")]
    phases["homework"] = [tree("extended-writing", id="at-home")]
    return pose(lesson(**phases), **extra)


@functools.cache
def printer() -> Printer:
    """One printer for all tests."""
    return Printer(TEMPLATES)


@functools.cache
def themed(theme: str) -> Kit:
    """The kit of a theme."""
    return make_kit(TEMPLATES, load_theme(TEMPLATES, theme), "en-GB")


@functools.cache
def printed(theme: str, level: Level, document: str, *, key: bool = False) -> Rendered:
    """A printed document of the whole lesson."""
    return printer().render(compose_paper(themed(theme), whole(level=level), document, key=key).document)


def body(markup: str) -> str:
    """A document without its style sheets."""
    return re.sub(r"<style>.*?</style>", "", markup, flags=re.DOTALL)


def test_phases_stand_in_their_order() -> None:
    """Do now, tasks, what only some do, exit ticket, homework; then the end of the sheet."""
    markup = body(page(whole()))
    marks = ['class="strip"', 'class="num"', "If you finish", "Before you go", "Homework", 'id="sheet-end"']
    places = [markup.index(mark) for mark in marks]
    assert places == sorted(places)


def test_masthead_names_the_sheet() -> None:
    """Unit, lesson, question as the author breaks it, room for a name, and the total of the numbered tasks."""
    posed = whole()
    markup = body(page(posed))
    assert markup.count("<h1") == 1
    assert "Who could <br>have followed?" in markup  # bookmarks are made from it, where a break is nothing
    assert f"<b>/ {posed.marks}</b>" in markup
    assert "<title>Lesson 1: Lessonword (Worksheet)</title>" in markup


def test_homework_begins_a_page() -> None:
    """Homework stands on a page of its own, under its name and without a number."""
    markup = body(page(whole()))
    home = markup[markup.index('class="divider part"') :]
    assert "Homework" in home
    assert 'class="num"' not in home


def test_only_the_last_long_answer_is_filled_up() -> None:
    """Surplus lines stand where nothing follows on the page: under the last answer of the homework."""
    markup = page(whole())
    assert markup.count('class="surplus"') == 1
    assert markup.index('class="surplus"') > markup.index('class="divider part"')


def test_key_has_flag_and_notes() -> None:
    """A key is flagged on every page and followed by notes; the sheet has neither."""
    sheet, key = body(page(whole())), body(page(whole(), key=True))
    assert "ANSWER KEY" not in sheet
    assert 'class="notes"' not in sheet
    assert key.count("ANSWER KEY") == 3  # masthead, running head, running head of the notes
    assert key.index('id="sheet-end"') < key.index('class="notes"')


def test_marking_stands_in_the_notes() -> None:
    """Levels, content and the value of a source are told after the key."""
    notes = body(page(whole(), key=True)).partition('class="notes"')[2]
    for words in ("Level 2", "Reward other valid points.", "Valueword.", "Limitationword.", "2 marks each"):
        assert words in notes, words


def test_tasks_without_notes_are_left_out_of_them() -> None:
    """A task of which nothing is to be said has no heading in the notes."""
    assert (
        "<h3>"
        not in page(pose(lesson(main=[tree("matching")])), key=True)
        .partition('class="notes"')[2]
        .partition("The whole lesson")[0][:-80]
    )


def test_reading_has_no_room_to_write() -> None:
    """The reading is a class set: no name, no marks, no lines, numbered paragraphs, words in the margin."""
    markup = body(page(whole(), "reading"))
    assert 'class="ident"' not in markup
    assert 'class="ln' not in markup
    assert "marks" not in markup
    assert markup.count('class="pn"') == 2
    assert '<b class="w">Uchraspred</b>' in markup
    assert "Class set" in markup


def test_explained_words_are_marked_whatever_their_case() -> None:
    """A glossed word is set heavier in the paragraph that explains it, inside italics too."""
    text = "The *heirs of Lenin* were seven. An Heir was wanted."
    found = body(page(pose(lesson(input=[tree("reading", text=text, gloss=[{"heir": "who follows"}])])), "reading"))
    assert '<em><b class="w">heir</b>s of Lenin</em>' in found
    assert '<b class="w">Heir</b>' in found


def test_long_texts_are_set_tighter() -> None:
    """A text that would part from its diagram is set closer, in steps, so that both keep to one page."""
    chart = {"kind": "chart", "form": "bar", "unit": "votes", "data": {"For": 559, "Against": 65}, "alt": "559 to 65."}
    found = []
    for times in range(40, 100, 2):
        text = "A word or two about the party " * times
        markup = page(pose(lesson(input=[tree("reading", text=text, gloss=None, diagram=chart)])), "reading")
        found += re.findall(r'class="passage (\w*)"', markup)
    assert (found[0], found[-1]) == ("", "tightest")
    assert set(found) >= {"tight", "tighter"}


def test_labels_are_a_closed_set() -> None:
    """Templates ask for keys that there are."""
    known = load_labels(TEMPLATES, "en-GB").keys
    files = [*(TEMPLATES / f"{name}.html.j2" for name in PAPER), *(TEMPLATES / "activities").glob("*.html.j2")]
    asked = {key for file in files for key in re.findall(r'label\("([a-z_]+)"', file.read_text("utf-8"))}
    assert asked - known == set()


@pytest.mark.slow
@pytest.mark.parametrize("theme", themes(TEMPLATES))
@pytest.mark.parametrize("level", LEVELS)
def test_printed_key_lies_on_the_sheet(theme: str, level: Level) -> None:
    """Every question stands on the same page and place of sheet and key, within a tenth of a millimetre."""
    sheet, key = printed(theme, level, "worksheet"), printed(theme, level, "worksheet", key=True)
    assert not any(d.is_error for d in (*sheet.diagnostics, *key.diagnostics))
    places = {anchor.name: anchor for anchor in key.anchors}
    assert sheet.anchors
    for anchor in sheet.anchors:
        other = places[anchor.name]
        assert other.page == anchor.page, anchor
        assert abs(other.x - anchor.x) <= 0.1, anchor
        assert abs(other.y - anchor.y) <= 0.1, anchor
    assert key.pages > sheet.pages


@pytest.mark.slow
@pytest.mark.parametrize("theme", themes(TEMPLATES))
def test_page_totals_count_the_sheet(theme: str) -> None:
    """Sheet and key say the same total; the notes have none, and every page of the key its flag."""
    sheet, key = printed(theme, "core", "worksheet"), printed(theme, "core", "worksheet", key=True)
    texts = [one.get_textpage().get_text_bounded() for one in pypdfium2.PdfDocument(key.data)]
    assert all("ANSWER KEY" in text for text in texts)
    for number, text in enumerate(texts, 1):
        said = f"Page {number} of {sheet.pages}" if number <= sheet.pages else f"Page {number}"
        assert said in text
        assert (" of " in re.findall(r"Page \d+.*", text)[-1]) == (number <= sheet.pages)


@pytest.mark.slow
@pytest.mark.parametrize("theme", themes(TEMPLATES))
def test_text_keeps_clear_of_the_edges(theme: str) -> None:
    """No text stands nearer than 12 mm to an edge of the paper."""
    for rendered in (printed(theme, "support", "worksheet", key=True), printed(theme, "core", "reading")):
        for one in pypdfium2.PdfDocument(rendered.data):
            width, height = one.get_size()
            text = one.get_textpage()
            boxes = [text.get_charbox(i) for i in range(text.count_chars()) if text.get_text_range(i, 1).strip()]
            assert min(left for left, *_ in boxes) * MM > 11.9
            assert (width - max(right for _, _, right, _ in boxes)) * MM > 11.9
            assert min(bottom for _, bottom, *_ in boxes) * MM > 11.9
            assert (height - max(top for *_, top in boxes)) * MM > 11.9
