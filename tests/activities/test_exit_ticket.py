"""Exit ticket: prompts without marks, at the end of the sheet."""

from __future__ import annotations

from typing import Any

import pytest

from tests.activities.bench import both, html, lesson_of, make, pose, refused


def prompts(count: int) -> list[dict[str, Any]]:
    return [{"ask": f"Ask {n}?", "answer": f"quokkazim{n}"} for n in range(count)]


def test_it_has_neither_number_nor_marks() -> None:
    """An exit ticket takes no number on the sheet and adds no marks."""
    posed = pose(lesson_of("exit-ticket"))
    assert posed.tasks[0].number is None
    assert posed.marks == posed.tasks[0].marks == 0
    assert "marks" not in html(posed)


def test_prompts_have_two_lines_or_as_many_as_asked() -> None:
    """Where no space is said there are two lines; `none` leaves the house's two."""
    activity = make("exit-ticket", prompts=[{"ask": "One?"}, {"ask": "Two?", "answer_space": 3}])
    assert [prompt.space("core").lines for prompt in activity.prompts] == [2, 3]
    assert html(pose(lesson_of("exit-ticket", prompts=[{"ask": "Why?", "answer_space": 3}]))).count('class="ln') == 3


def test_prompts_are_numbered_where_there_are_several() -> None:
    """One prompt stands alone, several are numbered."""
    assert "<b>1</b>" not in html(pose(lesson_of("exit-ticket", prompts=prompts(1))))
    assert "<b>3</b>" in html(pose(lesson_of("exit-ticket", prompts=prompts(3))))


def test_expected_answers_are_on_the_key_alone() -> None:
    """What to expect stands on the key, and nothing where nothing is expected."""
    sheet, key = both("exit-ticket", prompts=[*prompts(2), {"ask": "Anything?"}])
    for n in range(2):
        assert f"quokkazim{n}" not in sheet
        assert f"quokkazim{n}" in key


def test_minutes_are_told_where_they_are_known() -> None:
    """The strip says how long it takes unless nobody said so."""
    assert "4 minutes" in html(pose(lesson_of("exit-ticket")))
    assert "minutes" not in html(pose(lesson_of("exit-ticket", minutes=None)))


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"prompts": []}, "too_short"),
        ({"prompts": prompts(5)}, "too_long"),
        ({"prompts": [{"answer": "no question"}]}, "missing"),
        ({"prompts": [{"ask": "Why?", "marks": "2"}]}, "extra_forbidden"),
        ({"prompts": [{"ask": "Why?", "answer_space": "wide"}]}, "space"),
    ],
)
def test_refusals(changes: dict[str, Any], code: str) -> None:
    """One to four prompts, each with a question and none with marks."""
    assert code in refused("exit-ticket", **changes)
