"""Cause webs: boxes round an outcome, arrows that cross none, arrows of the model for keys alone."""

from __future__ import annotations

import string
from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest
from pydantic import ValidationError

from lessonpress.diagrams import place
from lessonpress.diagrams.cause_web import CELLS, OUTCOME
from lessonpress.diagrams.drawing import Box, DoesNotFit, Polygon, Trace
from lessonpress.model.sealed import reveal
from tests.diagrams.samples import CAUSE_WEB, paper, read, slide
from tests.diagrams.test_every_diagram import markup


def web(count: int, **changes: Any) -> Any:
    """A web of so many causes."""
    return read(
        {**CAUSE_WEB, "causes": [f"cause {n}" for n in range(count)], "arrows": ["A-B"], "given": [], **changes}
    )


@pytest.mark.parametrize("count", sorted(CELLS))
@pytest.mark.parametrize("canvas", [paper(), slide()])
def test_arrows_cross_no_box(count: int, canvas: Any) -> None:
    """Every arrow between any two boxes goes round all others."""
    items = place(web(count), canvas).items
    boxes = dict(zip([*string.ascii_uppercase[:count], OUTCOME], (i for i in items if isinstance(i, Box)), strict=True))
    shaft = next(i for i in items if isinstance(i, Trace) and i.role is None)
    assert len(shaft.places[0]) == count * (count + 1)
    crossed = []
    for name in shaft.places[0]:
        points = [corner[name] for corner in shaft.places]
        for letter, box in boxes.items():
            if letter not in name.split("-") and any(inside(box, p, q) for p, q in pairwise(points)):
                crossed.append((name, letter))
    assert crossed == []


def inside(box: Box, start: tuple[float, float], end: tuple[float, float]) -> bool:
    """Whether a point of a line lies in a box."""
    steps = [(start[0] + (end[0] - start[0]) * t / 200, start[1] + (end[1] - start[1]) * t / 200) for t in range(201)]
    return any(box.x < x < box.x + box.width and box.y < y < box.y + box.height for x, y in steps)


def test_keys_draw_the_arrows_of_the_model() -> None:
    """A sheet has the boxes and what is given; ink adds a shaft and a head for each arrow, and moves nothing."""
    sheet = markup(CAUSE_WEB, paper(), ink=lambda _: "")
    key = markup(CAUSE_WEB, paper(), ink=lambda answer: str(reveal(answer)))
    kept = [line for line in sheet.splitlines() if line.strip()]
    assert all(line in key for line in kept)
    assert key.count("<polyline") - sheet.count("<polyline") == 3
    assert key.count("<polygon") - sheet.count("<polygon") == 3
    assert sheet.count("<polygon") == 1


def test_given_arrows_are_drawn_for_all() -> None:
    """An arrow that is given is a plain stroke with a head."""
    heads = [i for i in place(read(CAUSE_WEB), paper()).items if isinstance(i, Polygon)]
    assert len(heads) == 1


def test_arrow_leaves_its_box_and_meets_the_other() -> None:
    """The shaft starts at the edge of one box, and the head touches the edge of the other but for a little air."""
    items = place(web(4), paper()).items
    boxes = [i for i in items if isinstance(i, Box)]
    head = [i for i in items if isinstance(i, Trace)][1].places[0]["A-B"]
    # A stands left of B in the same row: the tip is 0.8 mm before B's left edge
    assert head[0] == pytest.approx(boxes[1].x - 0.8)
    assert head[1] == pytest.approx(boxes[0].y + boxes[0].height / 2)


def test_words_too_wide_and_slides_too_low_are_refused() -> None:
    """A word that no box can hold, and a web that is higher than its slide, are refused."""
    with pytest.raises(DoesNotFit, match="shorter words"):
        place(web(4, outcome="w" * 60), paper())
    with pytest.raises(DoesNotFit, match="so long causes"):
        place(read(CAUSE_WEB), replace(slide(), height_mm=50.0))


@pytest.mark.parametrize(
    "changes",
    [
        {"causes": ["a", "b", "c"]},
        {"arrows": ["A to B"]},
        {"given": ["A-A"]},
        {"given": ["A-H"]},
        {"given": ["X-A"]},
    ],
)
def test_wrong_webs_are_refused(changes: dict[str, Any]) -> None:
    """Too few causes, and arrows that join no two boxes, are refused."""
    with pytest.raises(ValidationError):
        read({**CAUSE_WEB, **changes})
