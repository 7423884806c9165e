"""Charts: from zero, to scale, with their values."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from pydantic import ValidationError

from lessonpress.diagrams import place
from lessonpress.diagrams.chart import scale_of
from lessonpress.diagrams.drawing import Box, DoesNotFit, Label
from tests.diagrams.samples import UNEMPLOYED, VOTES, outside, paper, read, slide


def bars(drawing: Any) -> list[Box]:
    """The bars of a chart."""
    return [i for i in drawing.items if isinstance(i, Box) and i.role == "accent"]


def texts(drawing: Any) -> list[str]:
    """The texts of all labels."""
    return [i.text for i in drawing.items if isinstance(i, Label)]


def test_bars_are_to_scale_from_zero() -> None:
    """559 to 65 is the relation of the two bars."""
    long, short = bars(place(read(VOTES), paper()))
    assert long.width / short.width == pytest.approx(559 / 65)
    assert long.x == short.x


def test_columns_are_to_scale_from_zero() -> None:
    """1.0 to 1.5 is the relation of the two columns, and both stand on the foot."""
    for canvas in (paper(), slide()):
        low, high = bars(place(read(UNEMPLOYED), canvas))
        assert high.height / low.height == pytest.approx(1.5)
        assert low.y + low.height == pytest.approx(high.y + high.height)


def test_values_keep_their_decimals() -> None:
    """1.0 is printed as it was typed, thousands get their comma, and the scale has one form."""
    assert {"1.0", "1.5", "0", "0.5", "million"} <= set(texts(place(read(UNEMPLOYED), paper())))
    large = read({**VOTES, "data": {"Members": "446,089", "Joined": 638070}})
    assert {"446,089", "638,070", "200,000"} <= set(texts(place(large, paper())))


def test_a_chart_without_a_note() -> None:
    """The note may be missing, in both forms."""
    for data in (VOTES, UNEMPLOYED):
        bare = {key: value for key, value in data.items() if key != "note"}
        drawing = place(read(bare), slide())
        assert outside(drawing, slide()) == []


@pytest.mark.parametrize(
    ("largest", "step", "end"),
    [("559", 200, 600), ("1.5", "0.5", "1.5"), ("1", "0.25", 1), ("101", 50, 150), ("7", 2, 8)],
)
def test_scale_has_round_steps(largest: str, step: Any, end: Any) -> None:
    """The axis ends at the first round step above the largest value, after four steps at most."""
    assert scale_of(Decimal(largest)) == (Decimal(step), Decimal(end))


@pytest.mark.parametrize("data", [{"a": "-1"}, {"a": "0"}, {}, {"a": "many"}, [1]])
def test_wrong_values_are_refused(data: Any) -> None:
    """Values are numbers of 0 or more, and not all 0."""
    with pytest.raises(ValidationError):
        read({**VOTES, "data": data})


def test_too_long_a_name_is_refused() -> None:
    """A name of four lines does not fit beside a bar."""
    with pytest.raises(DoesNotFit, match="name"):
        place(read({**VOTES, "data": {"a very long name " * 12: "5"}}), paper())
