"""Exposition: slides for the teacher, nothing on paper."""

from __future__ import annotations

from typing import Any

import pytest

from tests.activities.bench import KINDS, html, lesson, lesson_of, make, page, pose, refused, tree

SLIDE = {"title": "One idea", "points": ["a point"], "notes": "Say it."}
CHART = {"kind": "chart", "form": "bar", "unit": "votes", "data": {"For": 559, "Against": 65}, "alt": "559 to 65."}
TABLE = {"columns": ["a", "b"], "rows": [["1", "2"]]}


def test_it_prints_nothing() -> None:
    """An exposition is on no paper: not on the sheet, not on the key."""
    posed = pose(lesson_of("exposition"))
    for key in (False, True):
        assert html(posed, key=key).strip() == ""
        assert "Three bodies" not in page(posed, key=key)
    assert not KINDS["exposition"].on_paper


def test_it_takes_no_number() -> None:
    """What follows an exposition has the number that it would have without it."""
    posed = pose(lesson(input=[tree("exposition")], main=[tree("matching")]))
    assert [task.number for task in posed.tasks] == [None, 1]


def test_slides_take_points_a_table_or_a_diagram() -> None:
    """An idea has points, one or several, with a table or a diagram or alone."""
    activity = make(
        "exposition", slides=[SLIDE, {**SLIDE, "points": "one"}, {**SLIDE, "table": TABLE}, {**SLIDE, "diagram": CHART}]
    )
    assert [len(slide.points) for slide in activity.slides] == [1, 1, 1, 1]
    assert activity.slides[2].table.columns[1].plain == "b"
    assert activity.slides[3].diagram.kind == "chart"
    assert activity.total == 0


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"slides": []}, "too_short"),
        ({"slides": [{"title": "No notes", "points": ["a"]}]}, "missing"),
        ({"slides": [{**SLIDE, "table": {**TABLE, "rows": [["1"]]}}]}, "table_row"),
        ({"slides": [{**SLIDE, "colour": "red"}]}, "extra_forbidden"),
    ],
)
def test_refusals(changes: dict[str, Any], code: str) -> None:
    """Slides without notes, and tables with gaps, are refused."""
    assert code in refused("exposition", **changes)
