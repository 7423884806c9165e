"""The circular flow: a closed ring, a broken arrow, gaps."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from lessonpress.diagrams import place
from lessonpress.diagrams.canvas import Canvas
from lessonpress.diagrams.drawing import Box, DoesNotFit, Label, Line, Polygon
from lessonpress.model.sealed import Sealed
from tests.diagrams.samples import FLOW, FLOW_WHOLE, POSTS, clashes, faces, outside, paper, read


def ring(count: int, **more: Any) -> Any:
    """A ring of so many short steps."""
    return read({"kind": "circular-flow", "alt": "-", "steps": [f"step number {n}" for n in range(count)], **more})


@pytest.mark.parametrize("count", range(4, 9))
def test_every_step_has_a_box_and_an_arrow(count: int) -> None:
    """A ring of n steps has n boxes, n arrows and no overlaps."""
    drawing = place(ring(count), paper())
    boxes = [i for i in drawing.items if isinstance(i, Box)]
    assert len(boxes) == len([i for i in drawing.items if isinstance(i, Polygon)]) == count
    bounds = [paper().bounds(box) for box in boxes]
    assert not [1 for n, a in enumerate(bounds) for b in bounds[n + 1 :] if a.overlaps(b)]
    assert outside(drawing, paper()) == []


def test_boxes_share_the_width() -> None:
    """Three boxes beside each other fill the column."""
    boxes = [i for i in place(read(FLOW_WHOLE), paper()).items if isinstance(i, Box)]
    # (167.5 - 2 * 0.3 - 2 * 11) / 3 = 48.3 mm
    assert {round(box.width, 2) for box in boxes} == {48.3}


@pytest.mark.parametrize("after", range(1, 7))
@pytest.mark.parametrize("canvas", [paper(), Canvas(167.5, None, 16.0, 14.4, faces())])
def test_the_break_is_labelled_inside_the_ring(after: int, canvas: Canvas) -> None:
    """Two slanting strokes break the arrow; its label stands clear of every box, in rows and in columns."""
    drawing = place(read({**FLOW, "broken": {"after": after, "label": "Leningrad, December 1925"}}), canvas)
    slants = [i for i in drawing.items if isinstance(i, Line) and i.role == "accent"]
    assert len(slants) == 2
    labels = [i for i in drawing.items if isinstance(i, Label) and i.role == "accent"]
    boxes = [i for i in drawing.items if isinstance(i, Box)]
    assert not [1 for a in labels for b in boxes if canvas.bounds(a).overlaps(canvas.bounds(b))]
    assert clashes(drawing, canvas) == []
    assert outside(drawing, canvas) == []


def test_gaps_are_all_equal() -> None:
    """Blanks have one length, whatever their answers."""
    assert {gap.width for gap in place(read(FLOW), paper()).gaps} == {36.0}


def test_gaps_are_counted_before_they_are_drawn() -> None:
    """A spec tells its gaps in the order of their numbers; other diagrams have none."""
    assert [gap.answer for gap in read(FLOW).gaps if not isinstance(gap.answer, Sealed)] == []
    assert len(read(FLOW).gaps) == 6
    assert read(POSTS).gaps == ()


def test_a_full_stop_stays_with_its_blank() -> None:
    """What follows a gap without a space stays on its line, right after it."""
    steps = ["It elects the [[Congress]].", "[[a]][[b]]", "two", "three"]
    drawing = place(read({**FLOW, "steps": steps, "broken": None}), Canvas(260.0, None, 10.5, 9.5, faces()))
    blank = drawing.gaps[0]
    stop = next(i for i in drawing.items if isinstance(i, Label) and i.text == ".")
    assert stop.y == blank.y
    assert stop.x == pytest.approx(blank.x + blank.width)
    assert len(drawing.gaps) == 3


def test_large_print_stands_in_two_columns() -> None:
    """Boxes that would be too narrow for a blank stand in two columns instead."""
    boxes = [i for i in place(read(FLOW), Canvas(167.5, None, 16.0, 14.4, faces())).items if isinstance(i, Box)]
    assert len({round(box.x, 1) for box in boxes}) == 2
    assert len({round(box.y, 1) for box in boxes}) == 3


def test_what_cannot_be_drawn_is_refused() -> None:
    """A word wider than any box, and steps too long for a slide."""
    with pytest.raises(DoesNotFit, match="wider than its box"):
        place(ring(4, steps=["x" * 80, "b", "c", "d"]), paper())
    with pytest.raises(DoesNotFit, match="so long steps"):
        place(ring(4, steps=["many words " * 60, "b", "c", "d"]), Canvas(306.7, 105.0, 20.0, 18.0, faces()))


@pytest.mark.parametrize("more", [{"broken": {"after": 7, "label": "x"}}, {"steps": ["a", "b"]}])
def test_wrong_rings_are_refused(more: dict[str, object]) -> None:
    """The broken arrow must be in the ring, and a ring has four steps or more."""
    with pytest.raises(ValidationError):
        read({**FLOW, **more})
