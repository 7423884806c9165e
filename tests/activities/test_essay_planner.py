"""Essay planner: empty boxes of one size, a model plan for the key, parts that a level gives."""

from __future__ import annotations

from typing import Any

import pytest

from lessonpress.activities.essay_planner import PARTS
from lessonpress.model.sealed import reveal
from tests.activities.bench import both, html, lesson_of, make, pose, puzzle, refused

FACTOR: dict[str, Any] = {
    "side": "against",
    "point": "pointzim",
    "evidence": ["firstzim", "secondzim"],
    "explain": "explainzim",
    "link": "linkzim",
    "weight": "4",
}
TWO = [FACTOR, {**FACTOR, "side": "for", "evidence": ["thirdzim"], "weight": "2"}]


def test_boxes_are_alike_for_every_factor() -> None:
    """However much the model says, each factor has the same parts with the same lines."""
    one, other = puzzle(make("essay-planner", factors=TWO)).factors
    assert [(box.name, box.lines) for box in one] == [(box.name, box.lines) for box in other]
    assert [box.name for box in one] == list(PARTS)
    assert not [box for box in (*one, *other) if box.given]


def test_model_plan_is_on_the_key_alone() -> None:
    """Sides, weights, parts, judgement and paragraph are on the key, and none of them on the sheet."""
    sheet, key = both("essay-planner", factors=TWO, judgement="judgezim", support=None)
    assert "zim" not in sheet
    for word in ("pointzim", "firstzim", "secondzim", "thirdzim", "explainzim", "linkzim", "judgezim"):
        assert word in key
    assert sheet.count("box mini on") == 0
    assert key.count("box mini on") == 2
    assert "The post let Stalin" in key
    assert "The post let Stalin" not in sheet


def test_the_right_side_is_ticked() -> None:
    """For is the first box, against the second."""
    factors = make("essay-planner", factors=TWO).pose("core", None).solution.factors
    assert [[tick is not None for tick in one.sides] for one in factors] == [[False, True], [True, False]]
    assert [reveal(one.weight).plain for one in factors] == ["4", "2"]


def test_support_prints_the_parts_that_it_gives() -> None:
    """The points of the model stand on the sheet of the support level, and no other part."""
    sheet = html(pose(lesson_of("essay-planner", factors=TWO, support={"give": ["point"]}), "support"))
    assert sheet.count("pointzim") == 2
    assert "explainzim" not in sheet
    given = puzzle(make("essay-planner", "support"), level="support").factors
    assert [bool(box.given) for box in given[0]] == [True, False, False, False]


def test_question_of_the_bank_brings_its_scheme() -> None:
    """A question of the bank is printed as it stands there, and the key has its mark scheme and content."""
    sheet, key = both("essay-planner", ask=None, statement=None, question="Q-1")
    assert "Explain one thing." in sheet
    assert "Creditword" not in sheet
    assert "Creditword" in key
    assert "Contentword" in key


def test_plan_has_no_marks_unless_they_are_given() -> None:
    """The marks of the essay are not those of its plan."""
    assert make("essay-planner").total == 0
    assert "[0]" not in html(pose(lesson_of("essay-planner")))
    assert make("essay-planner", marks=6).total == 6
    assert ">[6]<" in html(pose(lesson_of("essay-planner", marks=6)))


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"factors": TWO[:1]}, "too_short"),
        ({"factors": [*TWO, {**FACTOR, "weight": "6"}]}, "less_than_equal"),
        ({"factors": [*TWO, {**FACTOR, "side": "both"}]}, "literal_error"),
        ({"factors": [*TWO, {**FACTOR, "evidence": []}]}, "too_short"),
        ({"question": "Q-1"}, "which_essay"),
        ({"ask": None}, "which_essay"),
        ({"give": ["reason"]}, "literal_error"),
    ],
)
def test_refusals(changes: dict[str, Any], code: str) -> None:
    """One factor alone, weights and sides that do not exist, and plans of no or two questions are refused."""
    assert code in refused("essay-planner", **changes)
