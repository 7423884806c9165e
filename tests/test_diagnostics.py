"""Problems as they are told."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from lessonpress.diagnostics import FRAME_WIDTH, Diagnostic, Place, Severity, did_you_mean, render, warning

LINES = st.text(st.characters(codec="ascii", categories=("L", "N", "P", "Zs")), min_size=1, max_size=400)


def test_a_diagnostic_has_a_frame_a_caret_and_a_hint() -> None:
    """The line of the file stands between the message and the hint, the caret under the place."""
    place = Place("lessons/05.yaml", 21, 14, 9, "terms: [sec, orgbureau, politburo]")
    told = render(Diagnostic("unknown-id", 'no entry "orgbureau"', place, 'did you mean "orgburo"?\nor another'))
    assert told.splitlines() == [
        'lessons/05.yaml:21:14: error: no entry "orgbureau"',
        "   21 | terms: [sec, orgbureau, politburo]",
        "      |              ^^^^^^^^^",
        '     = help: did you mean "orgburo"?',
        "               or another",
    ]


def test_a_file_without_a_line_is_told_without_a_frame() -> None:
    """A problem of a whole file names the file alone."""
    assert render(warning("a", "b", Place("c.yaml"))) == "c.yaml: warning: b"
    assert render(warning("a", "b", Place("c.yaml", 1, 1))) == "c.yaml:1:1: warning: b"


@given(LINES, st.data())
def test_the_caret_stands_under_the_text_it_means(text: str, data: st.DataObject) -> None:
    """However long the line, the frame holds the start of the place and the caret stands under it."""
    column = data.draw(st.integers(1, len(text)))
    width = data.draw(st.integers(1, len(text)))
    _, line, carets = render(Diagnostic("a", "b", Place("f", 3, column, width, text))).split("\n")
    start = carets.index("^")
    assert len(line) <= FRAME_WIDTH + len("   3 | ")
    assert line[start] == text[column - 1]
    assert set(carets[start:]) == {"^"}
    assert start + carets.count("^") <= max(len(line), start + 1)


@given(st.integers(1, 300), st.integers(0, 300), st.text(max_size=20))
def test_a_place_outside_its_line_never_raises(column: int, width: int, text: str) -> None:
    """A frame is drawn even where the place says more than the line holds."""
    assert render(Diagnostic("a", "b", Place("f", 1, column, width, text))).startswith("f:1:")


def test_wide_signs_take_two_columns() -> None:
    """The caret stands under a sign that comes after Chinese text or an accent of its own."""
    _, line, carets = render(Diagnostic("a", "b", Place("f", 1, 5, 2, "中文e\u0301中文x"))).split("\n")
    assert carets == "     | " + " " * 5 + "^" * 4
    assert line.endswith("中文x")


@given(st.text(), st.text(), st.text())
def test_a_terminal_gets_no_control_characters(message: str, text: str, hint: str) -> None:
    """What a file holds cannot move the cursor, change colours or turn text round."""
    told = render(Diagnostic("a", message, Place("f", 1, 1, 1, text), hint))
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", told)


def test_did_you_mean_names_the_nearest_as_it_is_written() -> None:
    """The hint ignores case, keeps the writing of the choice, and is empty when nothing is near."""
    assert did_you_mean("t-1", ["T-01", "PS-10"]) == 'did you mean "T-01"?'
    assert did_you_mean("zzz", ["T-01"]) == ""
    assert did_you_mean("x", []) == ""


@given(st.lists(st.text(st.characters(categories=("L",)), min_size=1), min_size=1))
def test_did_you_mean_finds_what_is_there(choices: list[str]) -> None:
    """A word that is one of the choices is near to itself."""
    assert did_you_mean(choices[0], choices) != "" or choices[0].lower() not in {c.lower() for c in choices}


def test_a_diagnostic_is_plain_data_for_json() -> None:
    """Scripts get every part of a diagnostic under a stable name."""
    found = Diagnostic("a-b", "m", Place("f", 1, 2, 3, "t"), "h", Severity.WARNING)
    assert not found.is_error
    assert found.as_dict() == {
        "code": "a-b",
        "severity": "warning",
        "file": "f",
        "line": 1,
        "column": 2,
        "message": "m",
        "hint": "h",
    }
