"""Labelling: answers are taken out of the diagram before it is read, and stand on the key alone."""

from __future__ import annotations

import re
from typing import Any

import pytest

from lessonpress.diagrams.chart import Chart
from lessonpress.diagrams.circular_flow import CircularFlow
from lessonpress.diagrams.timeline import Timeline
from lessonpress.model.base import LEVELS, Level
from lessonpress.model.sealed import reveal
from tests.activities.bench import both, html, lesson_of, make, pose, puzzle, refused

CHART = {
    "kind": "chart",
    "form": "bar",
    "unit": "votes",
    "data": {"[[For]]": 559, "[[Against]]": 65},
    "alt": "Two bars, one long, one short.",
}
LINE = {
    "kind": "timeline",
    "from": "1919",
    "to": "1925",
    "events": ["T-05", {"label": "[[quokkazim]] and [[velpzim|velp]]", "date": "1921-03-16"}],
    "spans": [{"label": "[[quokkazim]]", "from": "1922", "to": "1924"}],
    "alt": "A line of years.",
}
BARE: dict[str, Any] = {"distractors": None, "support": None, "challenge": None}


def answers(activity: Any) -> list[str]:
    """The answers by number."""
    return [reveal(blank.answer).plain for blank in activity.blanks]


def test_numbers_take_the_place_of_answers() -> None:
    """The diagram holds numbers in reading order, and no part of it an answer, sealed or not."""
    activity = make("labelling")
    assert isinstance(activity.diagram, CircularFlow)
    steps = [step.paragraphs[0][0].line.plain for step in activity.diagram.steps]
    assert steps[:2] == ["(1) sends members to posts in the regions", "They serve there as (2)"]
    assert activity.diagram.gaps == ()
    assert answers(activity) == ["Uchraspred", "local secretaries", "majority"]


def test_any_diagram_can_be_labelled() -> None:
    """Keys and values of any depth may hold blanks: bars of a chart, events and spans of a timeline."""
    chart = make("labelling", **BARE, diagram=CHART)
    assert isinstance(chart.diagram, Chart)
    assert [str(name) for name in chart.diagram.data] == ["(1)", "(2)"]
    line = make("labelling", **BARE, diagram=LINE)
    assert isinstance(line.diagram, Timeline)
    assert [event.label.plain for event in line.diagram.events] == ["General Secretary", "(1) and (2)"]


def test_the_same_answer_has_the_same_number() -> None:
    """An answer that stands twice is asked for once."""
    activity = make("labelling", **BARE, diagram=LINE)
    assert activity.diagram.spans[0].label.plain == "(1)"
    assert answers(activity) == ["quokkazim", "velpzim"]
    assert activity.total == 2


def test_what_is_right_too_is_on_the_key() -> None:
    """After a bar stands what is also accepted: in the notes after the key, and nowhere on a sheet."""
    assert reveal(make("labelling", **BARE, diagram=LINE).blanks[1].accept[0]).plain == "velp"
    sheet, key = both("labelling", **BARE, word_bank=False, diagram=LINE)
    assert "velp" not in sheet
    assert "quokkazim" not in sheet
    assert "<p>velp</p>" in key


@pytest.mark.parametrize("level", LEVELS)
def test_levels_change_the_help_alone(level: Level) -> None:
    """First letters come at support level, the bank goes at challenge level; numbers and marks stay."""
    found = puzzle(make("labelling", level), level=level)
    assert found.count == make("labelling", level).total == 3
    assert found.firsts == (("U", "l", "m") if level == "support" else ())
    bank = ["local secretaries", "majority", "Rabkrin", "Uchraspred"]
    assert [word.plain for word in found.bank] == (bank if level != "challenge" else [])


def test_sheet_and_key_have_one_drawing() -> None:
    """The drawing of the key is that of its sheet; the answers stand on the lines below."""
    posed = pose(lesson_of("labelling", **BARE, word_bank=False))
    sheet, key = html(posed), html(posed, key=True)
    drawing = re.compile(r"<svg.*?</svg>", re.DOTALL)
    assert drawing.findall(sheet) == drawing.findall(key) != []
    assert "Uchraspred" not in sheet
    assert key.count('class="a"') == 3


@pytest.mark.parametrize(
    ("diagram", "code"),
    [
        ({**CHART, "data": {"For": 559, "Against": 65}}, "label_count"),
        ({**CHART, "data": {f"[[bar {n}]]": n for n in range(13)}}, "label_count"),
        ({**CHART, "data": {"[[]]": 559, "Against": 65}}, "gap_empty"),
        ({**CHART, "alt": "Those for, and those AGAINST."}, "label_told"),
        ({**CHART, "caption": "For whom?"}, "label_told"),
        ({**CHART, "kind": "spiral"}, "union_tag_invalid"),
        ("a drawing", "union_tag_not_found"),
        (None, "missing"),
    ],
)
def test_refusals(diagram: Any, code: str) -> None:
    """A diagram without blanks, with too many or empty ones, or whose description tells an answer is refused."""
    assert code in refused("labelling", diagram=diagram, support=None, challenge=None)


def test_blanks_stand_in_the_diagram_only() -> None:
    """Nobody writes the answers a second time beside the diagram."""
    assert "labels_inside" in refused("labelling", blanks=[{"answer": "x"}])
