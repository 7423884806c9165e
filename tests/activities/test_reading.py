"""Reading: numbered paragraphs, glosses beside the words, check questions on the sheet."""

from __future__ import annotations

import re
from typing import Any

import pytest

from lessonpress.activities.reading import word_pattern
from tests.activities.bench import both, html, lesson_of, make, page, pose, puzzle, refused

TEXT = "The politburo met. It ruled.\n\nThe Politburo had members.\n\nAn apparatus grew."


def test_paragraphs_are_numbered() -> None:
    """Each paragraph of the text stands in the reading under its number."""
    posed = pose(lesson_of("reading", text=TEXT, gloss=[]))
    markup = page(posed, "reading")
    assert len(puzzle(make("reading", text=TEXT, gloss=[])).paragraphs) == 3
    assert all(f'<span class="pn">{n}</span>' in markup for n in (1, 2, 3))
    assert "An apparatus grew" in markup


def test_glosses_stand_beside_the_first_paragraph_with_their_word() -> None:
    """A gloss, of the bank or of the activity, stands once, whatever the case of its word."""
    found = puzzle(make("reading", text=TEXT, gloss=["politburo", {"apparatus": "paid officials"}]))
    assert [[gloss.word for gloss in glosses] for _, glosses in found.paragraphs] == [["Politburo"], [], ["apparatus"]]
    assert found.paragraphs[0][1][0].meaning.plain == "the top"
    markup = page(
        pose(lesson_of("reading", text=TEXT, gloss=["politburo", {"apparatus": "paid officials"}])), "reading"
    )
    assert "paid officials" in markup
    assert markup.count('<b class="w">') == 2


def test_gloss_in_another_script_has_its_language() -> None:
    """A word in another script within a gloss is marked with its language, as it is in the text."""
    found = puzzle(make("reading", text=TEXT, gloss=[{"apparatus": "in Russian аппарат"}]))
    assert [run.lang for run in found.paragraphs[2][1][0].meaning.runs] == ["", "ru"]


@pytest.mark.parametrize(("word", "text", "found"), [
    ("faction", "Factions were banned.", True),
    ("congress", "Two congresses met.", True),
    ("party", "The party’s rule.", True),
    ("kulak", "A kulak's farm.", True),
    ("art", "The party met.", False),
    ("NEP (policy)", "The NEP policy.", False),
])  # fmt: skip
def test_words_are_found_whole(word: str, text: str, found: bool) -> None:
    """A word is found in its plural and its possessive, and never within another word."""
    from lessonpress.model.text import plain

    assert bool(re.search(word_pattern(word), plain(text), re.IGNORECASE)) == found


def test_check_questions_are_a_task_of_the_sheet() -> None:
    """The worksheet has the questions and points to the reading, whose text it does not print."""
    posed = pose(lesson_of("reading"))
    assert posed.tasks[0].number == 1
    assert posed.marks == 1
    sheet = html(posed)
    assert "Which department placed officials?" in sheet
    assert "Inside the Secretariat" in sheet
    assert "Uchraspred kept" not in sheet


def test_reading_without_questions_prints_no_task() -> None:
    """Without check questions nothing stands on the worksheet."""
    posed = pose(lesson_of("reading", check=[]))
    assert html(posed).strip() == ""
    assert posed.marks == 0


def test_instruction_replaces_the_pointer() -> None:
    """An instruction of the author stands in place of ours."""
    sheet = html(pose(lesson_of("reading", instruction="Read it twice.")))
    assert "Read it twice." in sheet
    assert "Use the reading" not in sheet


def test_levels_have_texts_of_their_own() -> None:
    """A text at support level replaces the core text, its glosses checked against it."""
    overlay = {"text": "A short text on Uchraspred."}
    assert make("reading", "support", support=overlay).text.words == 5
    assert make("reading", support=overlay).text.words > 5
    assert "gloss_word" in refused("reading", level="support", support={"text": "A text without the word."})


def test_answers_are_not_in_the_reading() -> None:
    """Answers of check questions stand on the key, not on the sheet or the class set."""
    check = [
        {"ask": "Which?", "answer": "quokkazim"},
        {"ask": "Why?", "marks": 4, "model": "Velpzim.", "mark_scheme": {"credit": ["a", "b", "c", "d"]}},
    ]
    sheet, key = both("reading", check=check)
    text = page(pose(lesson_of("reading", check=check)), "reading")
    for word in ("quokkazim", "Velpzim"):
        assert word in key
        assert word not in sheet
        assert word not in text


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"gloss": ["politburo"]}, "gloss_word"),
        ({"gloss": [{"Uchraspred": "a", "party": "b"}]}, "gloss"),
        ({"gloss": ["nothing"]}, "unknown_id"),
        ({"text": None}, "missing"),
        ({"check": [{"ask": "Why?", "marks": 1}]}, "no_answer"),
        ({"check": [{"ask": "Why?", "answer": "a", "model": "b"}]}, "two_answers"),
        ({"image": {"file": "a.png"}}, "missing"),
    ],
)
def test_refusals(changes: dict[str, Any], code: str) -> None:
    """Glosses of words that are not in the text, and questions without an answer, are refused."""
    assert code in refused("reading", **changes)


def test_checked_glosses_pass_again() -> None:
    """A gloss that is checked already is taken as it is."""
    gloss = make("reading").gloss
    activity = make("reading")
    assert (
        type(activity)
        .model_validate({"kind": "reading", "title": "x", "text": "On Uchraspred.", "gloss": list(gloss)})
        .gloss
        == gloss
    )
