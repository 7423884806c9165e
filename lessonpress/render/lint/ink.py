"""Rules on what is printed: letters, lines, pictures and fonts."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lessonpress.render.lint import names
from lessonpress.render.lint.boxes import Box, Edge, Page
from lessonpress.render.lint.findings import Finding, Print

INK_MM, TEXT_MM = 7.0, 12.0
"""How far ink and text keep from every edge of the paper: what printers reach, and what holes and copiers leave."""
SLACK_MM = 0.5
"""What a letter may stand out, since letters differ and the boxes of text are measured by the size of its type."""
HAIR_MM = 0.1
LEAST_DPI = 150
LEAST_LINE_MM = 60
COPY_DPI = 200
"""The resolution of a copier's or a fax's one-bit scan."""
HALF = 0.5
CELLS = frozenset({"td", "th"})
MISSING = re.compile(r'notdef glyph.*"(.*)" \(U\+([0-9A-F]+)\)', re.DOTALL)
"""What WeasyPrint logs of a sign that it finds in no font."""


def cut_texts(made: Print) -> Iterator[Finding]:
    """Text that leaves the area of its page, its cell, or a box whose size is fixed."""
    for page in made.pages:
        for box in page.boxes:
            if box.text and (holder := _left(box, page)) is not None:
                yield Finding(f"“{_short(box.text)}” does not fit {_kind(holder)}", box)


def _left(box: Box, page: Page) -> Box | None:
    """What a text is not wholly inside of."""
    holders = [b for b in box.up() if b.holds]
    if not box.running:
        holders.append(page.area)
    return next((b for b in holders if not _inside(box, b)), None)


def _inside(box: Box, holder: Box) -> bool:
    return (
        box.left >= holder.left - SLACK_MM
        and box.right <= holder.right + SLACK_MM
        and box.top >= holder.top - SLACK_MM
        and box.bottom <= holder.bottom + SLACK_MM
    )


def _kind(holder: Box) -> str:
    if holder.parent is None:
        return "the page"
    if holder.tag in CELLS:
        return "its cell"
    if holder.classes & {names.RULED, "dl"}:
        return "its line"
    return "its box"


def _short(text: str) -> str:
    words = text.strip()
    return words if len(words) <= 40 else f"{words[:38].rstrip()}…"


def overprints(made: Print) -> Iterator[Finding]:
    """Text that is printed on other text."""
    for page in made.pages:
        above: list[Box] = []
        for box in sorted((box for box in page.boxes if box.text), key=lambda box: box.top):
            above = [other for other in above if other.bottom > box.top]
            for other in above:
                if _overlap(box, other):
                    yield Finding(f"“{_short(box.text)}” is printed on “{_short(other.text)}”", box)
            above.append(box)


def _overlap(one: Box, other: Box) -> bool:
    """Whether two texts meet; letters of close lines may touch, since few reach as far as letters can."""
    wide = min(one.right, other.right) - max(one.left, other.left)
    high = min(one.bottom, other.bottom) - max(one.top, other.top)
    return wide > SLACK_MM and high > min(one.bottom - one.top, other.bottom - other.top) / 4


def near_edges(made: Print) -> Iterator[Finding]:
    """On each page the ink and the text that stand nearest to an edge of the paper, under 7 mm and 12 mm."""
    for page in made.pages:
        for least, boxes in (
            (INK_MM, [box for box in page.boxes if box.edges or box.filled]),
            (TEXT_MM, [box for box in page.boxes if box.text]),
        ):
            box = min(boxes, key=lambda box: _room(box, page), default=page.area)
            if boxes and (room := _room(box, page)) < least - HAIR_MM:
                what = f"“{_short(box.text)}”" if box.text else "a line, a ground or a picture"
                yield Finding(
                    f"{what} stands {max(0, room):.1f} mm from the edge of the paper, under {least:.0f} mm", box
                )


def _room(box: Box, page: Page) -> float:
    return min(box.left, box.top, page.width - box.right, page.height - box.bottom)


def coarse_pictures(made: Print) -> Iterator[Finding]:
    """Pictures of fewer than 150 dots an inch at the size at which they are printed."""
    for box in _boxes(made):
        if 0 < box.dpi < LEAST_DPI:
            yield Finding(f"a picture is printed at {box.dpi:.0f} dots an inch, under {LEAST_DPI}", box)


def short_lines(made: Print) -> Iterator[Finding]:
    """Ruled lines to write on that are too short for a sentence."""
    for box in _boxes(made):
        if names.RULED in box.classes and box.right - box.left < LEAST_LINE_MM - HAIR_MM:
            long = box.right - box.left
            yield Finding(f"an answer line is {long:.0f} mm long, under {LEAST_LINE_MM} mm", box)


def faint_lines(made: Print) -> Iterator[Finding]:
    """Lines that pupils write on and that a copy in black and white loses."""
    if made.is_key:
        return
    for page in made.pages:
        written = set(_written_on(page))
        for box in page.boxes:
            if box.node in written:
                for edge in (e for e in box.edges if survival(e.width_pt, e.lightness) < HALF):
                    yield Finding(f"{_pen(edge)} at a place to write is lost by a copier", box)


def _written_on(page: Page) -> Iterator[int]:
    """The elements that pupils write on, and the cells round them or in them."""
    for box in page.boxes:
        if box.classes & names.WRITING:
            yield box.node
            yield from (b.node for b in box.up() if b.tag in CELLS)
        elif box.tag in CELLS and any(b.classes & names.WRITING for b in box.up()):
            yield box.node


def _pen(edge: Edge) -> str:
    return f"a line of {edge.width_pt:.2g} pt and {1 - edge.lightness:.0%} black"


def survival(width_pt: float, lightness: float) -> float:
    """How much of a line is black in a one-bit copy at 200 dots an inch, from 0 to 1.

    A dot is as dark as the part of it that the line covers, and becomes black from one half on. How much of its best
    dot a line covers depends on where it falls: all positions count alike.
    """
    dots = width_pt / 72 * COPY_DPI
    if lightness >= HALF:
        return 0.0
    need = HALF / (1 - lightness)
    least, most = min(dots / 2, 1.0), min(dots, 1.0)
    if need > most:
        return 0.0
    if need <= least:
        return 1.0
    steady = abs(1 - dots)  # the share of positions in which no second dot takes a part of the line
    return steady + (1 - steady) * (most - need) / (most - least)


def missing_glyphs(made: Print) -> Iterator[Finding]:
    """Signs that none of the theme's fonts has, printed as empty boxes."""
    for record in made.log:
        if found := MISSING.search(record):
            code = int(found[2], 16)
            box = next((box for box in _boxes(made) if chr(code) in box.text), None)
            yield Finding(f"no font of the theme has the sign “{found[1]}” (U+{code:04X})", box)


def missing_fonts(made: Print) -> Iterator[Finding]:
    """Fonts that the file names and does not hold: another computer prints other letters."""
    for name in made.missing_fonts:
        yield Finding(f"the font {name} is not in the file")


def _boxes(made: Print) -> Iterator[Box]:
    return (box for page in made.pages for box in page.boxes)
