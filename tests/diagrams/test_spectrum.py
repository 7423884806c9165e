"""Spectra: places on the line, and who moved."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from lessonpress.diagrams import place
from lessonpress.diagrams.canvas import Canvas
from lessonpress.diagrams.drawing import DoesNotFit, Dot, Label, Polygon
from tests.diagrams.samples import SPECTRUM, clashes, faces, paper, read


def spectrum(*panels: dict[str, Any]) -> Any:
    """A spectrum of these panels."""
    return read({"kind": "spectrum", "left": "Left", "right": "Right", "alt": "-", "panels": list(panels)})


def test_marks_stand_at_their_values() -> None:
    """A value of 5 is in the middle of the line."""
    drawing = place(spectrum({"date": "1924", "places": {"trotsky": "0", "stalin": "5", "rykov": "10"}}), paper())
    # the line runs from 25 + 2 = 27 to 167.5 - 2 = 165.5; its middle is (27 + 165.5) / 2 = 96.25
    assert sorted(i.x for i in drawing.items if isinstance(i, Dot)) == pytest.approx([27, 96.25, 165.5])


def test_those_who_moved_are_marked_three_ways() -> None:
    """A person with two places has a diamond, a bold name and the accent, in every panel."""
    drawing = place(read(SPECTRUM), paper())
    names = [i for i in drawing.items if isinstance(i, Label) and "Stalin" in i.text]
    assert len(names) == 3
    assert {(i.role, i.weight) for i in names} == {("accent", 700)}
    assert len([i for i in drawing.items if isinstance(i, Polygon) and len(i.points) == 4]) == 5
    still = next(i for i in drawing.items if isinstance(i, Label) and i.text == "Trotsky")
    assert (still.role, still.weight) == ("ink", 400)


def test_people_at_one_place_stand_together() -> None:
    """Those who are drawn alike at one place share a mark."""
    drawing = place(read(SPECTRUM), paper())
    assert "Bukharin, Rykov, Tomsky" in [i.text for i in drawing.items if isinstance(i, Label)]


def test_an_empty_panel_is_only_a_line() -> None:
    """A panel without people is left for pupils to mark."""
    assert place(spectrum({"date": "1924", "places": {}}), paper()).height > 0


def test_names_without_room_stand_above_each_other() -> None:
    """In a narrow drawing a group is divided; where even one name has no room it is refused."""
    panel = {"date": "1924", "places": {"bukharin": "5", "rykov": "5", "tomsky": "5", "kalinin": "5"}}
    canvas = Canvas(90.0, None, 10.5, 9.5, faces())
    drawing = place(spectrum(panel), canvas)
    assert "Rykov" in [i.text for i in drawing.items if isinstance(i, Label)]
    assert clashes(drawing, canvas) == []
    with pytest.raises(DoesNotFit, match="fewer people"):
        place(spectrum(panel), Canvas(40.0, None, 18.0, 16.0, faces()))


@pytest.mark.parametrize("places", [{"trotsky": "11"}, {"nobody": "1"}, [1], "x"])
def test_wrong_places_are_refused(places: Any) -> None:
    """Values run from 0 to 10, and people stand in the bank."""
    with pytest.raises(ValidationError):
        spectrum({"date": "1924", "places": places})
