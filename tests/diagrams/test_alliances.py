"""Alliances: two camps a phase, lines where pupils write."""

from __future__ import annotations

from dataclasses import replace

import pytest
from pydantic import ValidationError

from lessonpress.diagrams import place
from lessonpress.diagrams.canvas import Words
from lessonpress.diagrams.drawing import Box, Label, Line
from tests.diagrams.samples import ALLIANCES, paper, read


def test_camps_differ_without_colour() -> None:
    """Those together stand in a heavy open frame, the others in a thin one with tint."""
    boxes = [i for i in place(read(ALLIANCES), paper()).items if isinstance(i, Box)]
    assert [(b.role, b.pen) for b in boxes[:2]] == [("paper", 0.6), ("tint", 0.25)]


def test_an_empty_panel_has_lines_to_write_on() -> None:
    """Two lines a field, dark enough for a photocopy, and at least 7 mm apart; no tint behind them."""
    drawing = place(read(ALLIANCES), paper())
    lines = [i for i in drawing.items if isinstance(i, Line) and i.role == "rule"]
    assert len(lines) == 6
    assert min(line.pen for line in lines) >= 0.17  # 0.5 pt
    assert lines[1].points[0][1] - lines[0].points[0][1] >= 7
    assert [i.role for i in drawing.items if isinstance(i, Box)][-2:] == ["paper", "paper"]


def test_heads_follow_the_language() -> None:
    """The three heads are the canvas's words."""
    canvas = replace(paper(), words=Words(together="Zusammen", against="Gegen", issue="Frage"))
    texts = [i.text for i in place(read(ALLIANCES), canvas).items if isinstance(i, Label)]
    assert texts[:3] == ["Zusammen", "Gegen", "Frage"]


@pytest.mark.parametrize("panel", [{"phase": "1923", "with": ["stalin"]}, {"phase": "1923", "issue": "x"}, {}])
def test_half_a_panel_is_refused(panel: dict[str, object]) -> None:
    """A panel is whole or empty."""
    with pytest.raises(ValidationError):
        read({**ALLIANCES, "panels": [panel]})
