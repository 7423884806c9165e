"""Entries of banks, ids, images, slides, and the lesson itself."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image as Pillow
from pydantic import TypeAdapter, ValidationError
from pydantic_core import PydanticCustomError

from lessonpress.diagrams import AnyDiagram
from lessonpress.model import image
from lessonpress.model.activity import Activity, slug
from lessonpress.model.banks import Event, ExamQuestion, Point, Source, Term
from lessonpress.model.base import Context
from lessonpress.model.deck import Hinge, Table, TitleBody
from lessonpress.model.dice import Dice
from lessonpress.model.image import Image, load_image
from lessonpress.model.lesson import Lesson, ResolvedLesson, Unit
from lessonpress.model.refs import BROKEN, EventRef, TermRef, UnreadBank
from lessonpress.model.text import Line
from lessonpress.source import Scalar

POLITBURO = Term.model_validate({"id": "politburo", "term": "Politburo", "definition": "The committee"})
BANKS = Context(banks={"terms": {"politburo": POLITBURO, "broken": BROKEN}, "events": UnreadBank()})
TERM = TypeAdapter(TermRef)
SOURCE = {
    "title": "t", "author": "a", "date": "d", "nature": "n", "audience": "a", "circumstance": "c", "rights": "PT",
    "credit": "c", "purpose": "p", "value": "v", "limitation": "l", "text": 'He said: "Stalin\nis too rude," and left.',
}  # fmt: skip
LESSON = {"title": "T", "enquiry": "Who *won*,\nand why?", "objectives": ["One"]}
UNIT = {
    "title": "T",
    "code": "AB",
    "subject": "S",
    "seed": "1",
    "edition": "1",
    "revised": "2026-11-01",
    "licence": "L",
}


def refusal(model: Any, value: object, context: Context | None = None) -> str:
    with pytest.raises(ValidationError) as error:
        TypeAdapter(model).validate_python(value, context=context)
    return error.value.errors()[0]["type"]


@given(st.sampled_from(["politburo", "Politburo", "POLITBURO"]))
def test_ids_match_whatever_their_case(ident: str) -> None:
    """An id is found however it is written, and becomes the entry itself."""
    assert TERM.validate_python(Scalar(ident), context=BANKS) is POLITBURO
    assert TERM.validate_python(POLITBURO) is POLITBURO


def test_an_unknown_id_names_the_nearest() -> None:
    """An id that is in no bank is refused, with the nearest one as it is written."""
    with pytest.raises(ValidationError) as error:
        TERM.validate_python("politbro", context=BANKS)
    assert error.value.errors()[0]["ctx"]["hint"] == 'did you mean "politburo"?'
    assert refusal(TermRef, ["politburo"], BANKS) == "id_type"
    assert "banks/terms.yaml" in TERM.json_schema()["description"]


def test_what_names_a_broken_entry_is_not_to_blame() -> None:
    """Entries with errors of their own, and banks that could not be read, are told apart from unknown ids."""
    assert refusal(TermRef, "broken", BANKS) == "broken_entry"
    assert refusal(EventRef, "T-99", BANKS) == "broken_entry"
    assert UnreadBank({"a": 1}).get("a") == 1


def test_an_event_has_all_its_dates() -> None:
    """Start, end and the others a text may name."""
    event = Event.model_validate(
        {"date": "1923-10-08", "end": "1923-10-15", "also": ["1924"], "when": "w", "event": "e", "label": "l"}
    )
    assert [date.iso for date in event.dates] == ["1923-10-08", "1923-10-15", "1924"]


@pytest.mark.parametrize("text", ["Stalin is too rude", '"Stalin is too rude,"', "*Stalin* is too rude."])
def test_a_slide_text_is_a_part_of_its_source(text: str) -> None:
    """Quotation marks, emphasis and line ends aside, a slide shows the words of the source."""
    assert Source.model_validate({**SOURCE, "slide_text": text}).slide_text is not None
    assert refusal(Source, {**SOURCE, "slide_text": text + " man"}) == "slide_text"
    assert refusal(Source, {**SOURCE, "slide_text": "word " * 41}) == "slide_words"
    assert Source.model_validate(SOURCE).slide_text is None


def test_definitions_and_glosses_have_a_limit() -> None:
    """A definition has 35 words at most, a gloss 12."""
    assert refusal(Term, {"term": "t", "definition": "w " * 36}) == "too_many_words"
    assert refusal(Term, {"term": "t", "definition": "w " * 35, "gloss": "w " * 13}) == "too_many_words"


def test_evidence_is_one_phrase_or_several() -> None:
    """A single phrase is a list of one."""
    point = {"claim": "c", "verdict": "wrong", "accurate": "a"}
    assert Point.model_validate({**point, "evidence": "1926"}).evidence == ("1926",)
    assert Point.model_validate({**point, "evidence": ["a", "b"]}).evidence == ("a", "b")
    assert refusal(Point, {**point, "evidence": []}) == "too_short"


BOARD = Context(boards={"explain": {2: [{"marks": "2", "descriptor": "a"}, {"marks": "1", "descriptor": "b"}]}})


def test_board_stands_for_the_levels_of_a_skill_and_its_marks() -> None:
    """The levels come from the board's file, the indicative content from the question."""
    question = {"ask": "Why?", "marks": "2", "skill": "explain", "mark_scheme": "board", "indicative": ["x"]}
    made = ExamQuestion.model_validate(question, context=BOARD)
    assert made.mark_scheme is not None
    assert made.mark_scheme.top == 2
    assert len(made.mark_scheme.indicative) == 1
    assert refusal(ExamQuestion, {**question, "marks": "3"}, BOARD) == "no_board"
    assert refusal(ExamQuestion, {**question, "marks": "²"}, BOARD) == "no_board"
    assert refusal(ExamQuestion, {**question, "skill": None}, BOARD) == "no_skill"
    assert refusal(ExamQuestion, "board") == "model_type"
    assert ExamQuestion.model_validate({**question, "mark_scheme": None}).mark_scheme is None


def test_board_passes_without_a_unit() -> None:
    """An example that is tried without its unit needs no board's file."""
    made = ExamQuestion.model_validate({"ask": "Why?", "marks": 2, "skill": "explain", "mark_scheme": "board"})
    assert made.mark_scheme is not None


def picture(path: Path, kind: str = "PNG", size: tuple[int, int] = (4, 4)) -> str:
    Pillow.new("1", size).save(path, kind)
    return path.name


def test_a_sound_picture_is_read(tmp_path: Path) -> None:
    """PNG and JPEG files of the folder are opened where they are named."""
    for kind in ("PNG", "JPEG"):
        name = picture(tmp_path / f"a.{kind}", kind)
        assert load_image(tmp_path, name) == (tmp_path / name).read_bytes()
        assert Image.model_validate({"file": name, "alt": "a"}, context=Context(images=tmp_path)).file == name
    assert Image.model_validate({"file": "none.png", "alt": "a"}).file == "none.png"


def test_pictures_that_cannot_be_printed_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Missing, broken, huge and foreign pictures, and those outside the folder, are told apart."""
    (tmp_path / "in").mkdir()
    inside = tmp_path / "in"
    picture(tmp_path / "a.png")
    (inside / "broken.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    (inside / "link.png").symlink_to(tmp_path / "a.png")
    picture(inside / "a.bmp", "BMP")
    picture(inside / "wide.png", size=(90, 90))
    for file, code in {
        "../a.png": "image_outside",
        str(tmp_path / "a.png"): "image_outside",
        "link.png": "image_outside",
        "none.png": "image_missing",
        ".": "image_missing",
        "broken.png": "image_broken",
        "a.bmp": "image_kind",
    }.items():
        with pytest.raises(PydanticCustomError) as error:
            load_image(inside, file)
        assert error.value.type == code
    for limit in ("MAX_PIXELS", "MAX_BYTES"):
        monkeypatch.setattr(image, limit, 60)
        with pytest.raises(PydanticCustomError, match="more than"):
            load_image(inside, "wide.png")


def test_a_table_is_full() -> None:
    """Every row has a cell for every column."""
    assert refusal(Table, {"columns": ["a", "b"], "rows": [["c"]]}) == "table_row"
    assert refusal(Table, {"columns": ["a", "b"], "rows": [[]]}) == "table_row"
    assert Table.model_validate({"columns": ["a", "b"], "rows": [["c", "d"]]}).rows


def test_a_hinge_question_has_its_answer_among_the_options() -> None:
    """The answer of a hinge question is one of the options, word for word."""
    slide = {"after": "main", "title": "T", "notes": "N", "layout": "question", "ask": "Who?", "options": ["a", "b"]}
    assert Hinge.model_validate({**slide, "answer": "b"}).answer.plain == "b"
    assert refusal(Hinge, {**slide, "answer": "c"}) == "no_right_option"


def test_points_are_one_text_or_several() -> None:
    """A single point is a list of one."""
    slide = {"after": "main", "title": "T", "notes": "N", "layout": "title-body", "points": "one"}
    assert [p.plain for p in TitleBody[AnyDiagram].model_validate(slide).points] == ["one"]


def test_the_enquiry_is_broken_as_the_author_breaks_it() -> None:
    """The question has at most two lines, and is one line where there is no room."""
    lesson = Lesson[Activity, AnyDiagram].model_validate(LESSON)
    assert lesson.question.plain == "Who won, and why?"
    assert [line.plain for line in lesson.question_lines] == ["Who won,", "and why?"]
    assert refusal(Lesson[Activity, AnyDiagram], {**LESSON, "enquiry": "a\nb\nc"}) == "enquiry_lines"
    assert refusal(Lesson[Activity, AnyDiagram], {**LESSON, "enquiry": " "}) == "text_empty"
    assert list(lesson.activities()) == []


def test_a_resolved_lesson_has_its_sheet_id() -> None:
    """The footer names the unit's code and the number of the lesson."""
    lesson = Lesson[Activity, AnyDiagram].model_validate({**LESSON, "main": [{"kind": "x", "title": "Do it"}]})
    resolved = ResolvedLesson(Unit.model_validate(UNIT), "u", 5, "s", "05-s", {"core": lesson})
    assert resolved.sheet_id == "AB-L5"
    assert [phase for phase, _ in resolved.core.activities()] == ["main"]


def test_an_activity_is_named_by_its_id_or_its_title() -> None:
    """Without an id the slug of the title is the name; what no kind says is none."""
    activity = Activity.model_validate({"kind": "x", "title": "Match each *leader* to Lenin's post!"})
    assert activity.name == "match-each-leader-to-lenins-post"
    assert Activity.model_validate({"kind": "x", "id": "own", "title": "T"}).name == "own"
    assert (activity.total, activity.exhibits, activity.points) == (0, 0, ())
    assert activity.pose("core", Dice()).puzzle is activity


@given(st.text())
def test_a_slug_is_an_id(text: str) -> None:
    """Whatever a title says, its slug is an id."""
    assert TypeAdapter(Activity).validate_python({"kind": "x", "id": slug(text), "title": "T"}).name == slug(text)


@pytest.mark.parametrize("key", ["code", "lang", "revised", "seed"])
def test_settings_of_a_unit_have_a_form(key: str) -> None:
    """Codes, languages, dates and seeds of other forms are refused."""
    refusal(Unit, {**UNIT, key: "Ä ö"})
    assert isinstance(Unit.model_validate(UNIT).title, Line)
