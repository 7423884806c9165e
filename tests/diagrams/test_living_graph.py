"""Living graphs: heights under seal, bands, letters above their dates."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from lessonpress.diagrams import place
from lessonpress.diagrams.drawing import DoesNotFit, Dot, Label, Trace
from lessonpress.model.sealed import reveal
from tests.diagrams.samples import LIVING_GRAPH, paper, read, slide
from tests.diagrams.test_every_diagram import markup


def graph(*heights: int, **changes: Any) -> Any:
    """A graph with these heights, a year apart."""
    marks = [{"date": str(1920 + n), "height": str(height)} for n, height in enumerate(heights)]
    return read({**LIVING_GRAPH, "from": "1920", "to": str(1919 + len(heights)), "marks": marks, **changes})


def opened(answer: Any) -> str:
    """What a key is given of an answer."""
    return str(reveal(answer))


@given(heights=st.lists(st.integers(0, 10), min_size=3, max_size=8))
def test_every_height_lies_in_its_band(heights: list[int]) -> None:
    """A band that is not written reaches one up and one down, and stays on the axis."""
    for mark in graph(*heights).marks:
        low, height, high = (reveal(x) for x in (mark.between[0], mark.height, mark.between[1]))
        assert 0 <= low <= height <= high <= 10
        assert high - low == (2 if 0 < height < 10 else 1)


def test_sheet_has_no_line_and_the_key_has_it() -> None:
    """Without ink there is neither line nor band nor mark; ink adds them and moves nothing."""
    spec = {**LIVING_GRAPH, "marks": [{"date": str(n), "height": str(n - 1921)} for n in range(1922, 1926)]}
    sheet, key = markup(spec, paper(), ink=lambda _: ""), markup(spec, paper(), ink=opened)
    added = [line for line in key.splitlines() if line not in sheet.splitlines()]
    assert [re.match(r"<(\w+)", line)[1] for line in added] == ["polygon", "polyline", *["polygon"] * 4]
    assert [line for line in sheet.splitlines() if line.strip() and line not in key.splitlines()] == []


def test_model_line_stands_at_its_heights() -> None:
    """A height of 10 is the top of the plot, 0 its foot, 5 the middle."""
    lines = [i for i in place(graph(10, 5, 0), paper()).items if isinstance(i, Trace) and i.role is None]
    ys = [corner[opened(answer)][1] for corner, answer in zip(lines[0].places, lines[0].answers, strict=True)]
    # letters 2 r + 3 + 0.2 mm, then 62 mm of height
    assert ys[2] - ys[0] == pytest.approx(62)
    assert ys[1] - ys[0] == pytest.approx(31)


def test_letters_stand_above_their_dates_and_can_be_left_out() -> None:
    """Letters run in the order of time; without them nothing stands above the plot, and the plot is as high."""
    labels = [i for i in place(graph(1, 2, 3), paper()).items if isinstance(i, Label)]
    letters = [i for i in labels if i.text in {"A", "B", "C"}]
    assert [i.text for i in letters] == ["A", "B", "C"]
    assert [i.x for i in letters] == sorted(i.x for i in letters)
    bare = place(graph(1, 2, 3, letters=False), paper())
    assert not [i for i in bare.items if isinstance(i, Label) and i.text == "A"]
    assert bare.height < place(graph(1, 2, 3), paper()).height


def test_given_heights_are_printed() -> None:
    """A mark that is given is a dot on sheet and key."""
    dots = [i for i in place(read(LIVING_GRAPH), paper()).items if isinstance(i, Dot) and i.role == "ink"]
    assert len(dots) == 1


def test_letters_without_room_are_refused() -> None:
    """Letters that would cover each other, and slides too low for a line, are refused."""
    with pytest.raises(DoesNotFit, match="fewer events"):
        place(graph(*range(10)), replace(paper(), width_mm=75.0))
    with pytest.raises(DoesNotFit, match="no room"):
        place(read(LIVING_GRAPH), replace(slide(), height_mm=60.0))


@pytest.mark.parametrize(
    "changes",
    [
        {"marks": [{"date": "1922", "height": "11"}] * 3},
        {"marks": [{"date": "1922", "height": "5", "between": ["6", "8"]}] * 3},
        {"marks": [{"date": "1930", "height": "5"}] * 3},
        {"marks": [{"date": "1922", "height": "x"}] * 3},
        {"marks": ["x", "y", "z"]},
        {"from": "1926"},
    ],
)
def test_wrong_graphs_are_refused(changes: dict[str, Any]) -> None:
    """Heights beyond the axis or their band and dates beyond the graph are refused."""
    with pytest.raises(ValidationError):
        read({**LIVING_GRAPH, **changes})
