"""True or false: verdicts under seal, corrections, points covered by one statement."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lessonpress.model.sealed import reveal
from tests.activities.bench import both, html, lesson_of, make, pose, refused

FALSE = {"statement": "It was so.", "verdict": False, "correction": "quokkazim"}
TRUE = {"statement": "It was thus.", "verdict": True, "why": "velpzim"}


def made(*statements: dict[str, Any], **changes: Any) -> Any:
    return make("true-false", statements=list(statements), **changes)


def test_example_is_worth_a_mark_a_statement() -> None:
    """The marks are those of the statements."""
    assert make("true-false").total == 2
    assert made({**FALSE, "marks": 2}, TRUE).total == 3


def test_statements_keep_their_order() -> None:
    """Statements stand as the author wrote them, verdicts and corrections beside them under seal."""
    posed = made(FALSE, TRUE).pose("core", None)
    assert [one.statement.plain for one in posed.puzzle] == ["It was so.", "It was thus."]
    assert [reveal(verdict) for verdict in posed.solution.verdicts] == [False, True]
    assert [reveal(text).plain for text in posed.solution.corrections] == ["quokkazim", "velpzim"]


@given(verdicts=st.lists(st.booleans(), min_size=2, max_size=5))
def test_sheet_is_the_same_whatever_is_true(verdicts: list[bool]) -> None:
    """Not one byte of the sheet tells which statements are true: all have lines to correct them."""

    def sheet(truths: list[bool]) -> str:
        return html(pose(lesson_of("true-false", statements=[{**FALSE, "verdict": truth} for truth in truths])))

    assert sheet(verdicts) == sheet([not truth for truth in verdicts])


def test_correction_and_reason_are_on_the_key_alone() -> None:
    """The correction of a false statement and the reason of a true one stand on the key's lines."""
    sheet, key = both("true-false", statements=[FALSE, TRUE])
    for word in ("quokkazim", "velpzim"):
        assert word not in sheet
        assert word in key
    assert ">False<" in key
    assert ">True<" in key
    assert ">False<" not in sheet


def test_pupils_may_be_spared_the_correction() -> None:
    """With `correct: false` no lines are ruled."""
    assert 'class="ln' in html(pose(lesson_of("true-false", statements=[FALSE, TRUE])))
    assert 'class="ln' not in html(pose(lesson_of("true-false", correct=False, statements=[FALSE, TRUE])))


def test_corrections_without_lines_are_in_the_notes() -> None:
    """With `correct: false` the key still tells why a statement is false."""
    sheet, key = both("true-false", correct=False, statements=[FALSE, TRUE])
    assert "quokkazim" in key
    assert "quokkazim" not in sheet


def test_lines_are_as_many_as_asked_for() -> None:
    """A correction has two lines, or as many as it says."""
    assert html(pose(lesson_of("true-false", statements=[FALSE]))).count('class="ln') == 2
    assert html(pose(lesson_of("true-false", statements=[{**FALSE, "lines": 4}]))).count('class="ln') == 4


def test_statements_may_cover_points() -> None:
    """A point covered by one statement is told with the number of that statement."""
    activity = made({**TRUE, "covers": "s1-05"}, TRUE, {**FALSE, "covers": "S1-06"})
    assert activity.points == (("S1-05", "1"), ("S1-06", "3"))
    assert make("true-false").points == ()


@pytest.mark.parametrize("word", ["false", "no", "off", "n", "0", "False"])
def test_false_statements_need_a_correction(word: str) -> None:
    """However a teacher writes false, what is false is corrected."""
    assert refused("true-false", statements=[TRUE, {"statement": "So.", "verdict": word}]) == {"no_correction"}


@pytest.mark.parametrize(
    ("statement", "code"),
    [
        ({"statement": "So."}, "missing"),
        ({"statement": "So.", "verdict": "perhaps"}, "bool_parsing"),
        ({**TRUE, "marks": "7"}, "less_than_equal"),
        ({**TRUE, "lines": "0"}, "greater_than_equal"),
        ({**TRUE, "covers": "a b"}, "string_pattern_mismatch"),
        ("So.", "model_type"),
    ],
)
def test_refusals(statement: Any, code: str) -> None:
    """A statement without a verdict, or with one that is neither, is refused."""
    assert code in refused("true-false", statements=[statement])


def test_no_statement_is_refused() -> None:
    """There is something to judge."""
    assert refused("true-false", statements=[]) == {"too_short"}
