"""Find and fix: mistakes that only the key shows, unless a level marks them."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lessonpress.compose.paper import task_html
from lessonpress.model.base import LEVELS, Level
from lessonpress.model.sealed import reveal
from tests.activities.bench import both, html, kit, lesson_of, make, pose, puzzle, refused

words = st.lists(st.sampled_from(["one", "two", "three", "four", "*five*", "six"]), min_size=3, max_size=8)


def statement(**changes: Any) -> list[dict[str, Any]]:
    whole = {"statement": "It was quokkazim then.", "error": "quokkazim", "fix": "It was velpzim.", **changes}
    return [{key: value for key, value in whole.items() if value is not None}]


def test_the_bank_brings_statement_and_fix() -> None:
    """A misconception is stated and mended in the words of the bank, unless the activity has its own."""
    first = make("find-and-fix").statements[0]
    assert first.statement.plain == "Stalin’s rise was quick."
    assert reveal(first.fix).plain == "It took about seven years."
    assert first.misconception is None
    own = [{"misconception": "m-9", "error": "quick", "fix": "It was slow."}]
    assert reveal(make("find-and-fix", statements=own).statements[0].fix).plain == "It was slow."


@given(before=words, after=words)
def test_parts_make_up_the_statement(before: list[str], after: list[str]) -> None:
    """What stands before, in and after the mistake is the statement, emphasis and all."""
    text = f"{' '.join(before)} **quokka** zim {' '.join(after)}"
    found = puzzle(make("find-and-fix", statements=statement(statement=text, error="quokka zim"), marked=True))[0]
    assert "".join(part.plain for part in found.parts) == found.statement.plain
    assert found.parts[1].plain == "quokka zim"
    assert found.parts[1].runs[0].strong


@pytest.mark.parametrize("level", LEVELS)
def test_two_marks_a_mistake(level: Level) -> None:
    """Finding and mending are a mark each, at every level, unless a statement says otherwise."""
    assert make("find-and-fix", level).total == 4
    assert make("find-and-fix", level, statements=statement(marks=3)).total == 3


def test_support_sees_where_the_mistake_is() -> None:
    """The wrong words are marked at support level alone; the correction is on no sheet."""
    assert [found.parts is None for found in puzzle(make("find-and-fix"))] == [True, True]
    support = puzzle(make("find-and-fix", "support"), level="support")
    assert [found.parts[1].plain for found in support] == ["quick", "could sack any member"]
    for level in LEVELS:
        sheet, key = both("find-and-fix", level)
        assert ('<span class="wrong">' in sheet) == (level == "support")
        assert "Only the Central Committee" not in sheet
        assert "Only the Central Committee" in key


def test_the_key_strikes_the_mistake_out() -> None:
    """The key has the words of the sheet, those that are wrong struck out, and the correction on the lines."""
    posed = pose(lesson_of("find-and-fix", statements=statement()))
    sheet, key = html(posed), html(posed, key=True)
    assert "It was quokkazim then." in sheet
    assert 'It was <span class="a struck">quokkazim</span> then.' in key
    assert "struck" not in sheet
    assert "It was velpzim." in key


def test_sheets_do_not_tell_where_a_mistake_is() -> None:
    """Two statements alike but for what is wrong in them print alike."""
    one, other = (
        html(pose(lesson_of("find-and-fix", statements=statement(error=error)))) for error in ("quokkazim", "then")
    )
    assert one == other


def test_unequal_marks_stand_with_their_statements() -> None:
    """Where all statements are worth the same, their sum stands once; else each has its own."""
    uneven = [*statement(), *statement(marks=3)]
    assert re.findall(r"\[\d\]", html(pose(lesson_of("find-and-fix", statements=uneven)))) == ["[2]", "[3]"]
    assert re.findall(r"\[\d\]", html(pose(lesson_of("find-and-fix")))) == ["[4]"]


def test_points_are_covered_by_statements() -> None:
    """A statement may cover a point by itself."""
    assert make("find-and-fix", statements=statement(covers="S1-10")).points == (("S1-10", "1"),)


@pytest.mark.parametrize(
    ("statements", "code"),
    [
        (statement(error="elsewhere"), "no_error"),
        (statement(statement="quokkazim and quokkazim"), "no_error"),
        (statement(error=None), "missing"),
        (statement(fix=None), "missing"),
        (statement(statement=None), "missing"),
        ([{"misconception": "M-99", "error": "quick"}], "unknown_id"),
        (["M-9"], "model_type"),
        ([], "too_short"),
        (statement(marks=7), "less_than_equal"),
    ],
)
def test_refusals(statements: list[Any], code: str) -> None:
    """Mistakes that do not stand once in their statement, and parts that are missing, are refused."""
    assert code in refused("find-and-fix", statements=statements)


def test_a_name_that_is_wrong_is_no_answer() -> None:
    """The wrong words are printed on every sheet, so that ink writes the corrections and whole statements alone."""
    posed = pose(lesson_of("find-and-fix", statements=statement(), marked=True))
    _, written = task_html(kit(), posed, posed.tasks[0], key=True)
    assert [one.text for one in written] == ["It was velpzim."]
