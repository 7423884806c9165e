"""Short answers: questions with lines, rows, boxes, a chart or a diagram."""

from __future__ import annotations

from typing import Any

import pytest

from lessonpress.model.sealed import reveal
from tests.activities.bench import both, html, lesson_of, make, pose, refused

CHART = {
    "kind": "chart",
    "form": "bar",
    "unit": "votes",
    "data": {"For": 559, "Against": 65},
    "alt": "559 to 65.",
    "caption": "The vote",
}


def question(**changes: Any) -> dict[str, Any]:
    data = {"ask": "Why?", "marks": 2, "answer": "quokkazim", **changes}
    return {key: value for key, value in data.items() if value is not None}


def sheet(*questions: dict[str, Any], key: bool = False) -> str:
    return html(pose(lesson_of("short-answer", questions=list(questions))), key=key)


def test_marks_are_those_of_the_questions() -> None:
    """The task is worth what its questions are worth."""
    assert make("short-answer").total == 3
    assert make("short-answer", questions=[question(marks=4)]).total == 4


@pytest.mark.parametrize(("marks", "lines"), [(1, 2), (2, 4), (4, 8), (6, 9), (8, 12)])
def test_lines_follow_the_marks(marks: int, lines: int) -> None:
    """Two lines a mark up to four marks, then one and a half; a quarter more at support level."""
    found = make("short-answer", questions=[question(marks=marks)]).questions[0]
    assert found.space("core").lines == found.space("challenge").lines == lines
    assert found.space("support").lines >= lines * 1.25
    assert sheet(question(marks=marks)).count('class="ln') == lines


def test_space_is_what_the_question_asks_for() -> None:
    """Lines, labelled rows, a box, the exercise book or nothing."""
    assert sheet(question(answer_space=3)).count('class="ln') == 3
    rows = sheet(question(answer_space={"rows": 2, "labels": ["I infer", "Detail"]}, answer=[["a", "b"], ["c", "d"]]))
    assert rows.count('class="ln') == 4
    assert rows.count("I infer") == 2
    assert "height:60" in sheet(question(answer_space={"box": "60mm"}))
    assert "exercise book" in sheet(question(answer_space="book"))
    assert 'class="ln' not in sheet(question(answer_space="none"))


@pytest.mark.parametrize("space", ["1", "book", "none", {"box": "40mm"}, {"rows": 1, "labels": ["a"]}])
def test_answers_are_on_the_key_whatever_their_space(space: Any) -> None:
    """Wherever pupils write, the key has the answer and the sheet has not."""
    paper, key = both("short-answer", questions=[question(answer_space=space)])
    assert "quokkazim" not in paper
    assert "quokkazim" in key


def test_several_answers_share_the_lines() -> None:
    """A list of answers is spread over the lines, each with its tick."""
    markup = sheet(question(answer=["first", "second"]), key=True)
    assert markup.count('class="tick"') == 2
    assert markup.index("first") < markup.index("second")


@pytest.mark.parametrize("space", [1, {"rows": 1, "labels": ["a"]}])
def test_no_answer_is_lost_for_want_of_lines(space: Any) -> None:
    """More answers than lines still stand on the key or in its notes, all of them."""
    _, key = both("short-answer", questions=[question(answer=["quokkazim", "velpzim", "ombozim"], answer_space=space)])
    assert all(word in key for word in ("quokkazim", "velpzim", "ombozim"))


def test_long_answers_are_whole_in_the_notes() -> None:
    """An answer longer than its lines ends in an ellipsis there and stands whole in the notes."""
    _, key = both(
        "short-answer", questions=[question(answer="Many words are here. " * 20 + "Lastzim.", answer_space=1)]
    )
    assert "…" in key
    assert "Lastzim" in key


def test_marking_is_on_the_key_alone() -> None:
    """Credit, what is accepted and rejected, and notes stand after the key."""
    scheme = {"each": 1, "credit": ["velpzim", "ombozim"], "accept": ["acceptzim"], "reject": ["rejectzim"]}
    paper, key = both(
        "short-answer", questions=[question(mark_scheme=scheme, notes="notezim", indicative=["contentzim"])]
    )
    for word in ("velpzim", "ombozim", "acceptzim", "rejectzim", "notezim", "contentzim"):
        assert word not in paper, word
        assert word in key, word


def test_rows_of_answers_are_read_from_short_forms() -> None:
    """One answer, a list, or rows of cells are all rows of cells."""
    for answer, rows in (("a", [["a"]]), (["a", "b"], [["a"], ["b"]]), ([["a", "b"]], [["a", "b"]])):
        found = make("short-answer", questions=[question(answer=answer)]).questions[0].answer
        assert [[reveal(cell).plain for cell in row] for row in found] == rows


def test_chart_diagram_and_intro_are_printed() -> None:
    """What the questions are about stands above them."""
    markup = html(pose(lesson_of("short-answer", chart=CHART)))
    assert "559 delegates" in markup
    assert "<svg" in markup
    assert "The vote" in markup
    assert "<figure" in html(pose(lesson_of("short-answer", intro=None, diagram=CHART)))


def test_questions_are_lettered_where_there_are_several() -> None:
    """One question stands alone, several have letters."""
    assert "(a)" not in sheet(question())
    assert "(b)" in sheet(question(), question())


def test_starters_come_at_their_level() -> None:
    """Sentence starters of a question stand at the level that has them."""
    source = lesson_of("short-answer", questions=[question(support={"starters": ["Begin here"]})])
    assert "Begin here" in html(pose(source, "support"))
    assert "Begin here" not in html(pose(source))


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"answer": None}, "no_answer"),
        ({"model": "also"}, "two_answers"),
        ({"mark_scheme": {"credit": ["one"]}}, "scheme_sum"),
        ({"mark_scheme": {"credit": ["a"], "levels": [{"marks": "1", "descriptor": "x"}]}}, "scheme_kind"),
        ({"mark_scheme": "board", "skill": "value"}, "no_board"),
        ({"answer_space": {"box": "5mm"}}, "space"),
        ({"answer_space": "0"}, "space"),
        ({"skill": "guessing"}, "literal_error"),
        ({"marks": "61"}, "less_than_equal"),
    ],
)
def test_refusals(changes: dict[str, Any], code: str) -> None:
    """Questions without an answer, with two, or with marks that do not agree are refused."""
    assert code in refused("short-answer", questions=[question(**changes)])
