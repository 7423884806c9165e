"""Flags: their rows, their sides, their poles."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lessonpress.diagrams.flags import Flag, Planted, apart, plant

PLACES = st.floats(0, 100, allow_nan=False)


def rows(placed: Sequence[Planted]) -> float:
    """The highest row."""
    return max(p.row for p in placed)


def test_far_flags_share_the_lowest_row() -> None:
    """Flags that reach over no other pole stand beside each other."""
    placed = plant([Flag(10, 20), Flag(40, 20), Flag(70, 20)], 100, rows)
    assert placed is not None
    assert [p.row for p in placed] == [0, 0, 0]


def test_a_flag_at_the_edge_hangs_to_the_left() -> None:
    """A flag that would leave the canvas is turned round."""
    placed = plant([Flag(95, 20)], 100, rows)
    assert placed == [Planted(0, left=True)]


def test_no_room() -> None:
    """A flag that fits on neither side has no place."""
    assert plant([Flag(50, 60)], 100, rows) is None


def test_turning_saves_rows() -> None:
    """Two near flags hang to both sides rather than above each other."""
    placed = plant([Flag(40, 30), Flag(45, 30)], 100, rows)
    assert placed is not None
    assert [(p.row, p.left) for p in placed] == [(0, True), (0, False)]


def test_apart_keeps_what_has_room() -> None:
    """Places that are far enough apart stay; a pair that is not parts evenly."""
    assert apart([10, 50], 6, 0, 100) == [10, 50]
    # 10 and 12 need 6 between them: 2 mm to each side
    assert apart([10, 12], 6, 0, 100) == pytest.approx([8, 14])
    assert apart([99, 100], 6, 0, 100) == pytest.approx([94, 100])
    assert apart([0, 1], 6, 0, 100) == pytest.approx([0, 6])


@given(st.lists(PLACES, min_size=1, max_size=12))
def test_apart_is_apart_and_inside(wanted: list[float]) -> None:
    """Whatever is wanted, places rise, keep their gap and stay inside."""
    places = apart(sorted(wanted), 6, 0, 100)
    assert all(b - a >= 6 - 1e-6 for a, b in pairwise(places))
    assert places[0] >= -1e-6
    assert places[-1] <= 100 + 1e-6


@given(st.lists(st.tuples(PLACES, st.floats(1, 40)), min_size=1, max_size=10))
def test_flags_clear_each_other_and_poles(given_flags: list[tuple[float, float]]) -> None:
    """No flag meets a flag of its row, or the pole of a flag above it."""
    flags = [Flag(*flag) for flag in sorted(given_flags)]
    placed = plant(flags, 100, rows)
    if placed is None:
        return
    spans = [
        (f.pole - f.width, f.pole) if p.left else (f.pole, f.pole + f.width) for f, p in zip(flags, placed, strict=True)
    ]
    for a in range(len(flags)):
        for b in range(len(flags)):
            if a == b:
                continue
            if placed[a].row == placed[b].row:
                assert min(spans[a][1], spans[b][1]) <= max(spans[a][0], spans[b][0])
            if placed[a].row < placed[b].row:
                assert not spans[a][0] < flags[b].pole < spans[a][1]
