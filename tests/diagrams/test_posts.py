"""Posts: marks in the right cells, heads that fit."""

from __future__ import annotations

from itertools import pairwise

import pytest
from pydantic import ValidationError

from lessonpress.diagrams import place
from lessonpress.diagrams.canvas import Canvas
from lessonpress.diagrams.drawing import DoesNotFit, Dot, Label
from tests.diagrams.samples import POSTS, clashes, faces, paper, read, slide


def test_a_mark_for_every_post() -> None:
    """There are as many marks as posts, each under its head and beside its name."""
    drawing = place(read(POSTS), paper())
    marks = [i for i in drawing.items if isinstance(i, Dot)]
    assert len(marks) == 3 + 3 + 2 + 2 + 1 + 2 + 2
    labels = {i.text: i for i in drawing.items if isinstance(i, Label)}
    assert [m for m in marks if abs(m.x - labels["Comintern"].x) < 0.01 and abs(m.y - labels["Zinoviev"].y) < 2]


def test_columns_are_equal_where_heads_are_short() -> None:
    """Columns share the width that the names leave."""
    drawing = place(read({**POSTS, "bodies": ["A", "B", "C"], "holders": {"stalin": ["A", "B", "C"]}}), paper())
    across = [i.x for i in drawing.items if isinstance(i, Dot)]
    # (167.5 - 25) / 3 = 47.5 from middle to middle
    assert [b - a for a, b in pairwise(across)] == pytest.approx([47.5, 47.5])


def test_a_long_head_gets_more_room() -> None:
    """Where equal columns are too narrow, a long head takes from short ones."""
    bodies = ["Politburo", "Orgburo", "Council of Nationalities-and-Regions", "Army", "Unions", "Press", "Comintern"]
    drawing = place(read({**POSTS, "bodies": bodies, "holders": {"stalin": bodies}}), paper())
    across = [i.x for i in drawing.items if isinstance(i, Dot)]
    steps = [b - a for a, b in pairwise(across)]
    assert max(steps) > min(steps) + 3
    assert clashes(drawing, paper()) == []


def test_heads_in_large_print_become_numbers() -> None:
    """Heads that fit in no way are numbered, and a line below says what the numbers mean."""
    canvas = Canvas(167.5, None, 18.0, 16.0, faces())
    texts = [i.text for i in place(read(POSTS), canvas).items if isinstance(i, Label)]
    assert {"1", "7"} <= set(texts)
    assert any("1\u00a0Politburo" in text for text in texts)


def test_rows_of_a_slide_close_up() -> None:
    """Seven leaders fit a slide; fifteen rows do not."""
    assert place(read(POSTS), slide()).height <= 105.01
    with pytest.raises(DoesNotFit, match="so many leaders"):
        place(read(POSTS), Canvas(306.7, 60.0, 20.0, 18.0, faces()))


@pytest.mark.parametrize("holders", [{"stalin": ["Senate"]}, {}, [1]])
def test_wrong_holders_are_refused(holders: object) -> None:
    """A post must be in one of the bodies listed, and somebody must hold one."""
    with pytest.raises(ValidationError):
        read({**POSTS, "holders": holders})
