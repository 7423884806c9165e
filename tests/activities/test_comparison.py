"""Comparison: cells that are blank, given, open or printed as an example, and what each level is given."""

from __future__ import annotations

from typing import Any

import pytest

from lessonpress.model.base import LEVELS, Level
from lessonpress.model.sealed import reveal
from tests.activities.bench import both, html, lesson_of, make, pose, puzzle, refused

ROWS: dict[str, Any] = {
    "First": ["quokkazim", {"given": "printed"}, {"open": "own sample"}],
    "Second": [{"answer": "shortzim", "full": "wholezim"}, "velpzim", {"open": "other sample"}],
}
CHANGES: dict[str, Any] = {"rows": ROWS, "support": {"give": [["First", "Evidence for"]]}}


def texts(activity: Any, level: Level = "core") -> list[list[str | None]]:
    """What stands in each cell of the puzzle."""
    return [
        [view.text.plain if view.text is not None else None for view in row]
        for row in puzzle(activity, level=level).rows
    ]


def test_given_cells_are_printed_at_every_level() -> None:
    """A given cell stands, the others are blank."""
    for level in ("core", "challenge"):
        assert texts(make("comparison", level, **CHANGES)) == [[None, "printed", None], [None, None, None]]


def test_levels_are_given_cells() -> None:
    """A cell that a level gives is printed at that level alone, and its answer leaves the solution."""
    posed = make("comparison", "support", **CHANGES).pose("support", None)
    assert posed.puzzle.rows[0][0].text.plain == "quokkazim"
    assert posed.solution[0][0] is None
    assert make("comparison", **CHANGES).pose("core", None).solution[0][0] is not None


def test_names_of_cells_are_found_whatever_their_case() -> None:
    """Rows and columns are named as they are printed, in any case and with any quotation marks."""
    rows = {"Rivals' places": ["one", "two", "three"], "Other": ["a", "b", "c"]}
    found = texts(make("comparison", rows=rows, give=[["RIVALS’ places", "evidence FOR"]], support=None))
    assert found[0] == ["one", None, None]


@pytest.mark.parametrize("level", LEVELS)
def test_marks_are_the_same_at_every_level(level: Level) -> None:
    """A blank is a mark, also where a level is given it; given cells and the example carry none."""
    assert make("comparison", level, **CHANGES).total == 5
    assert make("comparison", level, **CHANGES, example="First").total == 3
    assert make("comparison", level, **CHANGES, marks=9).total == 9


def test_open_cells_are_judgements() -> None:
    """An open cell is marked as such, its sample under seal."""
    posed = make("comparison", **CHANGES).pose("core", None)
    assert [[view.open for view in row] for row in posed.puzzle.rows] == [[False, False, True], [False, False, True]]
    assert reveal(posed.solution[0][2].open).plain == "own sample"


def test_example_row_is_printed_filled() -> None:
    """The row of the example is printed, judgement included, and asks for nothing."""
    posed = make("comparison", **CHANGES, example="first").pose("core", None)
    assert posed.puzzle.examples == (True, False)
    assert [view.text.plain for view in posed.puzzle.rows[0]] == ["quokkazim", "printed", "own sample"]
    assert posed.solution[0] == (None, None, None)
    assert "example" in html(pose(lesson_of("comparison", **CHANGES, example="First")))


def test_blank_cells_are_filled_on_the_key_alone() -> None:
    """Answers, whole answers and samples stand on the key; on the sheet their cells are blank."""
    sheet, key = both("comparison", **CHANGES)
    for word in ("quokkazim", "shortzim", "wholezim", "velpzim", "own sample", "other sample"):
        assert word not in sheet, word
        assert word in key, word
    assert "printed" in sheet


def test_given_cells_of_a_level_stand_on_its_sheet() -> None:
    """Support sees the cell that it is given, and no other."""
    sheet, _ = both("comparison", "support", **CHANGES)
    assert "quokkazim" in sheet
    assert "velpzim" not in sheet


def test_blanks_are_all_alike() -> None:
    """A blank of the sheet does not tell how long its answer is, nor whether it has a whole form."""
    one = html(pose(lesson_of("comparison", rows=ROWS, support=None)))
    other = {"First": ["x", {"given": "printed"}, {"open": "y"}], "Second": ["z" * 20, "w", {"open": "v"}]}
    assert one == html(pose(lesson_of("comparison", rows=other, support=None)))


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"rows": {"First": ["a", "b", "c"], "Second": ["a", "b"]}}, "table_row"),
        ({"rows": {"Only": ["a", "b", "c"]}}, "too_short"),
        ({"rows": {**ROWS, "Third": ["a", "b", {"given": "x", "open": "y"}]}}, "cell"),
        ({"rows": {**ROWS, "Third": ["a", "b", {"full": "alone"}]}}, "cell"),
        ({"rows": {**ROWS, "Third": ["a", "b", {"answer": "x", "colour": "y"}]}}, "extra_forbidden"),
        ({"rows": ["a", "b"]}, "model_type"),
        ({"give": [["Nobody", "Evidence for"]]}, "table_name"),
        ({"give": [["First", "No column"]]}, "table_name"),
        ({"give": [["First", "Claim"]]}, "table_name"),
        ({"give": [["First"]]}, "missing"),
        ({"example": "Nobody"}, "table_name"),
        ({"columns": ["Claim"]}, "too_short"),
    ],
)
def test_refusals(changes: dict[str, Any], code: str) -> None:
    """Rows that are not full, cells that are two things, and names that do not exist are refused."""
    assert code in refused("comparison", **{"rows": ROWS, "support": None, **changes})
