"""Mark schemes and the space to answer in."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from lessonpress.model.base import LEVELS, Level
from lessonpress.model.marking import AnswerSpace, Band, MarkScheme, Space, space_for
from lessonpress.model.question import Prompt, Question

SPACE = TypeAdapter(AnswerSpace)


def scheme(*bands: str) -> MarkScheme:
    return MarkScheme.model_validate({"levels": [{"marks": band, "descriptor": "d"} for band in bands]})


def refusal(model: Any, value: object) -> str:
    with pytest.raises(ValidationError) as error:
        TypeAdapter(model).validate_python(value)
    return error.value.errors()[0]["type"]


@given(st.lists(st.integers(1, 5), min_size=2, max_size=6), st.randoms(use_true_random=False))
def test_levels_that_meet_are_a_scheme_in_any_order(widths: list[int], random: Any) -> None:
    """Levels from 1 up without gap or overlap end at their sum, however they are ordered."""
    ends = [sum(widths[: n + 1]) for n in range(len(widths))]
    bands = [f"{end - width + 1}-{end}" for end, width in zip(ends, widths, strict=True)]
    random.shuffle(bands)
    assert scheme(*bands).top == sum(widths)


@pytest.mark.parametrize(
    ("bands", "code"),
    [
        (["5-8"], "scheme_count"),
        (["1", "2", "3", "4", "5", "6", "7"], "scheme_count"),
        (["5-8", "2-4"], "scheme_start"),
        (["6-8", "1-4"], "scheme_gap"),
        (["4-8", "1-4"], "scheme_gap"),
        (["0-2", "3-4"], "scheme_start"),
        (["4-3", "1-2"], "band"),
        (["five", "1-2"], "band"),
        (["1000", "1-2"], "band"),
    ],
)
def test_levels_that_do_not_meet_are_refused(bands: list[str], code: str) -> None:
    """One level, a gap, an overlap, a start above 1 and marks that run backwards are no schemes."""
    assert refusal(MarkScheme, {"levels": [{"marks": band, "descriptor": "d"} for band in bands]}) == code


def test_points_of_credit_give_their_marks() -> None:
    """A scheme of points gives so many marks for each; points and levels exclude each other."""
    assert MarkScheme.model_validate({"each": 2, "credit": ["a", "b"]}).top == 4
    assert refusal(MarkScheme, {}) == "scheme_kind"
    assert refusal(MarkScheme, {"credit": ["a"], "levels": [{"marks": "1", "descriptor": "d"}]}) == "scheme_kind"


def test_a_band_is_printed_with_a_dash() -> None:
    """One mark is a number, several are a range with an en dash."""
    assert [str(Band(3, 3)), str(Band(1, 4))] == ["3", "1–4"]
    adapter = TypeAdapter(Band)
    assert adapter.validate_python(" 1 – 4 ") == adapter.validate_python(Band(1, 4)) == Band(1, 4)
    assert adapter.validate_python(3) == Band(3, 3)
    assert adapter.json_schema()["type"] == ["string", "integer"]


@pytest.mark.parametrize(
    ("value", "space"),
    [
        (3, Space(lines=3)),
        ("12", Space(lines=12)),
        ("book", Space(book=True)),
        ("none", Space()),
        ({"box": "60mm"}, Space(box_mm=60)),
        ({"box": "12.5 mm"}, Space(box_mm=12.5)),
        (Space(lines=4), Space(lines=4)),
    ],
)
def test_a_space_is_lines_a_box_the_book_or_nothing(value: object, space: Space) -> None:
    """Each way of writing an answer space is read."""
    assert SPACE.validate_python(value) == space


def test_a_space_can_be_labelled_rows() -> None:
    """Rows with labels are read as groups of lines."""
    rows = SPACE.validate_python({"rows": 2, "labels": ["I can infer", "Detail"]}).rows
    assert (rows.rows, len(rows.labels), rows.lines) == (2, 2, 1)
    assert "anyOf" in SPACE.json_schema()


@pytest.mark.parametrize(
    "value", ["lots", "0", "81", "²", "-1", {"box": "5mm"}, {"box": "300mm"}, {"box": "6cm"}, {"box": None}, [], 2.5]
)
def test_what_is_no_space_is_refused(value: object) -> None:
    """Words, wild numbers and boxes larger than a page are no spaces."""
    assert refusal(AnswerSpace, value) == "space"


@given(st.integers(0, 60), st.sampled_from(LEVELS), st.floats(0.5, 2))
def test_there_is_always_room_to_answer(marks: int, level: Level, factor: float) -> None:
    """The house's space has at least a line, more at support level, and what is written wins."""
    space = space_for(None, marks, level, factor)
    assert space.lines >= 1
    assert space_for(None, marks, "support", factor).lines >= space.lines
    assert space_for(Space(lines=7), marks, level, factor) == Space(lines=7)


def test_short_answers_get_two_lines_a_mark() -> None:
    """Two lines a mark up to four marks, then one and a half; a quarter more with support."""
    assert [space_for(None, marks, "core").lines for marks in (1, 4, 5, 8)] == [2, 8, 8, 12]
    assert space_for(None, 4, "support").lines == 10


def question(**values: object) -> dict[str, object]:
    return {"ask": "Why?", "answer": "so", **values}


@pytest.mark.parametrize(
    ("values", "code"),
    [
        (question(model="because"), "two_answers"),
        ({"ask": "Why?"}, "no_answer"),
        (question(marks=3, mark_scheme={"credit": ["a", "b"]}), "scheme_sum"),
        (
            question(
                marks=3, mark_scheme={"levels": [{"marks": "2", "descriptor": "a"}, {"marks": "1", "descriptor": "b"}]}
            ),
            "scheme_top",
        ),
    ],
)
def test_a_question_has_one_answer_and_a_scheme_that_reaches_its_marks(values: dict[str, object], code: str) -> None:
    """A question without answer, with two, or with another sum of marks is refused."""
    assert refusal(Question, values) == code


@pytest.mark.parametrize(
    ("answer", "shape"),
    [("a", (1,)), (["a", "b"], (1, 1)), ([["a", "b"], ["c", "d"]], (2, 2))],
)
def test_answers_are_rows_of_texts(answer: object, shape: tuple[int, ...]) -> None:
    """One answer, several, and a table of them have one form within."""
    made = Question.model_validate(question(answer=answer))
    assert made.answer is not None
    assert tuple(len(row) for row in made.answer) == shape
    assert made.space("core").lines == 2


def test_a_question_without_scheme_and_a_prompt_have_their_space() -> None:
    """A mark scheme alone is an answer; a prompt has two lines where none is said."""
    made = Question.model_validate({"ask": "Why?", "mark_scheme": {"credit": ["a"]}, "answer_space": "book"})
    assert made.space("core").book
    assert Prompt.model_validate({"ask": "Why?"}).space("core").lines == 2
    assert Prompt.model_validate({"ask": "Why?", "answer_space": 3}).space("core").lines == 3
