"""The timeline of a unit as a poster: its key events on an axis to true scale, on paper twice as large."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pydantic import Field

from lessonpress.compose.cards import SLACK
from lessonpress.compose.kit import Kit
from lessonpress.compose.unit_documents.material import Material
from lessonpress.diagrams.axis import ends
from lessonpress.diagrams.canvas import Canvas
from lessonpress.diagrams.drawing import MM_PER_PT, Drawing
from lessonpress.diagrams.timeline import Entry, Span, Timeline, with_flags
from lessonpress.measure import wrap
from lessonpress.model.banks import Event
from lessonpress.model.dates import PartialDate
from lessonpress.model.text import Line

MOST = 40
"""So many events at most: a poster is read from across a room."""
OUTER = 0.08
"""So large a part of the events at either end may lie outside the axis: they stand far from the others."""
LONG = 0.4
"""An event of so many years is drawn as a stretch of time and not as a flag."""
BARS = 4
"""So many stretches of time at most."""
BODY_PT, SMALL_PT = 14.0, 14.0
"""Type that is read from a metre and a half."""
MARGIN_MM = 15.0
TITLE_PT, TITLE_MM = 60.0, 26.0
"""The title and its line: it can be read from three metres."""
AIR_MM = 12.0


class PosterTimeline(Timeline):
    """A timeline with room for more events than a sheet."""

    events: tuple[Entry, ...] = Field(min_length=1, max_length=MOST)


def names(material: Material, _form: str = "") -> dict[str, Any] | None:
    """The drawing and the size of the paper; None for a unit without two years of events."""
    kit = material.kit
    width, height = large_paper(kit)
    found = _range(material.events)
    if found is None:
        return None
    first, last = found
    inside = [e for e in material.events if first <= e.date.year and ends(e.end or e.date) <= last + 1]
    long = [event for event in inside if event.end and ends(event.end) - event.date.ordinal >= LONG]
    short = [event for event in inside if event not in long]
    wide = width - 2 * MARGIN_MM
    title = wrap(kit.faces["display"], material.unit.title.plain, TITLE_PT, wide / MM_PER_PT * SLACK)
    head = TITLE_MM * len(title) + AIR_MM
    room = wide, height - kit.theme.mm("margin-first") - kit.theme.mm("margin-bottom") - head
    sizes = max(BODY_PT, kit.theme.pt("cell")), max(SMALL_PT, kit.theme.pt("cell"))
    canvas = Canvas(*room, *sizes, kit.drawing_faces(), kit.words())
    for count in range(min(MOST, len(short)), 0, -1):
        drawing = _drawing(material, material.spread(short, count), material.foremost(long, BARS), found, canvas)
        if drawing is not None and drawing.height <= room[1]:
            return {"poster": drawing, "lines": title, "width": width, "height": height, "margin": MARGIN_MM}
    return None


def large_paper(kit: Kit) -> tuple[float, float]:
    """Width and height in mm of two pages side by side: A3 for A4, tabloid for US Letter, both landscape."""
    theme = kit.theme
    return round(2 * theme.mm("page-width"), 2), theme.mm("page-height")


def _range(events: Sequence[Event]) -> tuple[int, int] | None:
    """The first and the last year of the axis."""
    out = int(len(events) * OUTER)
    years = sorted(event.date.year for event in events)[out : len(events) - out]
    return (years[0], years[-1]) if years and years[0] < years[-1] else None


def _drawing(
    material: Material,
    events: Sequence[Event],
    long: Sequence[Event],
    years: tuple[int, int],
    canvas: Canvas,
) -> Drawing | None:
    """The poster with these events; None where their flags have no room."""
    kit, (first, last) = material.kit, years
    alt = kit.labels("poster_alt", n=len(events), first=first, last=last)
    spec = PosterTimeline.model_validate(
        {
            "kind": "timeline",
            "alt": Line.parse(alt),
            "caption": material.unit.title,
            "from": PartialDate(first),
            "to": PartialDate(last),
            "events": tuple(events),
            "spans": tuple(Span.model_validate({"label": e.label, "from": e.date, "to": e.end}) for e in long),
        }
    )
    drawing = with_flags(spec, canvas)
    return drawing.mirrored() if drawing is not None and kit.labels.language.is_rtl else drawing
