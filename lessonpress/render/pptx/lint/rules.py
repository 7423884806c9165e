"""What the linter looks for on a slide: each rule yields what is wrong in words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lessonpress.render.pptx.fit import FLOOR
from lessonpress.render.pptx.lint.colours import contrast
from lessonpress.render.pptx.lint.made import FOOTERS, TITLES, UNKNOWN, Part, turned
from lessonpress.render.pptx.lint.setting import Extent, Faces, extent, place
from lessonpress.render.pptx.words import BODY_WORDS, count_words

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from lessonpress.render.pptx.lint.made import Rect, Row, Shape, Slide, Text

CONTRAST, CONTRAST_LARGE, LARGE = 4.5, 3.0, 24.0  # points
"""WCAG 2 asks 4.5:1, and 3:1 of text of 18 pt and more. On a slide nearly all text is as large as that and is read
from the back of a room, so here 3:1 is enough from 24 pt on."""
_OVER = 1.0  # points that rounding may add
_CM = 72 / 2.54
_SHARES = (0.1, 0.3, 0.5, 0.7, 0.9)
_SHARE = 0.25
"""How much of a text has to lie on a colour for it to count; the corners of its box need not hold any letter."""
_CAPITALS, _DESCENT = 0.2, 0.25  # of the size: from the top of a line to its capitals, from the baseline to its end
_FILE = re.compile(r"[^\s]+\.(png|jpe?g|gif|svg|emf|wmf|bmp|tiff?)", re.IGNORECASE)


@dataclass(frozen=True)
class Tools:
    """What rules need beside the slide: faces to measure with, and the names of shapes that are no body."""

    faces: Faces
    asides: Collection[str] = ()


# Titles and alternative texts


def no_title(slide: Slide, _tools: Tools) -> Iterator[str]:
    """A slide without a title, or with an empty one."""
    if not slide.title.strip():
        yield "has no title"


def no_alt_text(slide: Slide, _tools: Tools) -> Iterator[str]:
    """Pictures, tables, charts and drawings that say nothing to a screen reader, or only the name of a file."""
    for shape in slide.shapes:
        if shape.kind in ("picture", "table", "chart", "group") and not shape.decorative:
            if not shape.alt:
                yield f"the {shape.kind} {shape.name!r} has no alternative text"
            elif _FILE.fullmatch(shape.alt):
                yield f"the alternative text of the {shape.kind} {shape.name!r} is the name of a file, {shape.alt!r}"


# Room


def too_long(slide: Slide, tools: Tools) -> Iterator[str]:
    """Text that is higher than its box or has a word wider than it, by our own measure."""
    for shape in slide.shapes:
        if shape.kind == "table":
            yield from _table_too_long(slide, shape, tools)
            continue
        for text in shape.texts():
            size = extent(text, tools.faces)
            if size.height > text.room.h + _OVER:
                yield f"{_called(shape, text)} needs {_cm(size.height)} of height and has {_cm(text.room.h)}"
            yield from _too_wide(shape, text, size)


def _too_wide(shape: Shape, text: Text, size: Extent) -> Iterator[str]:
    if text.wraps and size.word_width > text.room.w + _OVER:
        yield f"the word {size.word!r} in {shape.name!r} needs {_cm(size.word_width)} and has {_cm(text.room.w)}"
    elif not text.wraps and size.width > text.room.w + _OVER:
        yield f"{_called(shape, text)} needs {_cm(size.width)} of width and has {_cm(text.room.w)}"


def _table_too_long(slide: Slide, shape: Shape, tools: Tools) -> Iterator[str]:
    """A table whose rows grow over what stands below it or off the slide, or that breaks a word."""
    bottom = shape.rect.y + sum(_grown(row, tools.faces) for row in shape.rows)
    below = [other for other in slide.shapes if _stands_below(other, shape)]
    limit, what = min([(slide.height, "the edge of the slide"), *((other.rect.y, repr(other.name)) for other in below)])
    if bottom > limit + _OVER:
        yield f"the rows of {shape.name!r} grow {_cm(bottom - limit)} over {what}"
    for text in shape.texts():
        yield from _too_wide(shape, text, extent(text, tools.faces))


def _stands_below(other: Shape, table: Shape) -> bool:
    across = other.rect.x < table.rect.right and table.rect.x < other.rect.right
    return other is not table and across and other.rect.y >= table.rect.bottom - _OVER


def _grown(row: Row, faces: Faces) -> float:
    """The height of a row: as written, or what its fullest cell needs."""
    needs = (
        extent(cell.text, faces).height + cell.rect.h - cell.text.room.h for cell in row.cells if cell.text is not None
    )
    return max(row.height, *needs, 0.0)


# Legibility


def too_small(slide: Slide, _tools: Tools) -> Iterator[str]:
    """Text under 18 pt."""
    for shape in slide.shapes:
        sizes = {run.size for text in shape.texts() for run in text.runs()} | set(shape.sizes)
        small = sorted(size for size in sizes if size < FLOOR - 0.01)
        if small:
            yield f"{shape.name!r} has text of {small[0]:g} pt"


def too_faint(slide: Slide, tools: Tools) -> Iterator[str]:
    """Text whose colour is too near to what lies behind it."""
    painted = list(slide.under)
    for shape in slide.shapes:
        worst: tuple[float, str] | None = None
        for part in shape.parts:
            painted.append(part)
            if part.text is not None and part.text.words.strip():
                faint = list(_faint(part, part.text, painted, slide.ground, tools))
                worst = min([*faint, *([worst] if worst else [])], default=None)
        if worst is not None:
            yield worst[1]


def _faint(part: Part, text: Text, painted: list[Part], ground: str, tools: Tools) -> Iterator[tuple[float, str]]:
    """Each run's contrast with the colours that lie under the text, where it is too low."""
    points = _points(place(text, extent(text, tools.faces)), max(run.size for run in text.runs()))
    behind = [_behind(turned(point, part.rect.centre, part.turn), painted, ground) for point in points]
    seen = {colour for colour in behind if behind.count(colour) >= len(points) * _SHARE} - {UNKNOWN}
    for run in text.runs():
        wanted = CONTRAST_LARGE if run.size >= LARGE else CONTRAST
        for colour in sorted(seen):
            got = contrast(run.colour, colour) if run.colour else wanted
            if got < wanted:
                shown = " ".join(run.text.split())[:40]
                # Cut, not rounded: 4.46 is not 4.5.
                message = f"{shown!r} has a contrast of {int(got * 10) / 10}:1 ({run.colour} on {colour}), "
                yield got, message + f"and needs {wanted:g}:1 at {run.size:g} pt"


def _points(where: Rect, size: float) -> list[tuple[float, float]]:
    """Points across a text at which the ground is looked at, from the top of its capitals to its last baseline."""
    top, height = where.y + _CAPITALS * size, where.h - (_CAPITALS + _DESCENT) * size
    return [(where.x + where.w * across, top + height * down) for across in _SHARES for down in _SHARES]


def _behind(point: tuple[float, float], painted: list[Part], ground: str) -> str:
    """The colour that is painted last at a point."""
    return next((part.fill for part in reversed(painted) if part.fill and part.covers(point)), ground)


# Order


def out_of_order(slide: Slide, _tools: Tools) -> Iterator[str]:
    """Shapes that are read aloud before what stands above them or before them in their row.

    The title comes first, footers last, and between them every shape after those above it in its column and those
    on its left in its row, or on its right in a deck that runs from the right; so a number that stands by itself
    comes before what it numbers.
    """
    shown = [shape for shape in slide.shapes if _is_read(shape)]
    roles = [shape.role for shape in shown]
    titles = [n for n, role in enumerate(roles) if role in TITLES]
    if titles and titles[0] != 0:
        yield f"{shown[0].name!r} is read before the title"
    footers = [n for n, role in enumerate(roles) if role in FOOTERS]
    if footers and footers != list(range(len(roles) - len(footers), len(roles))):
        yield f"{shown[footers[0]].name!r} is a footer and is read before the end of the slide"
    rest = [shape for shape in shown if shape.role not in TITLES | FOOTERS]
    for n, later in enumerate(rest):
        for earlier in rest[:n]:
            is_above = _above(later.rect, earlier.rect)
            left, right = (earlier, later) if slide.is_rtl else (later, earlier)
            if is_above or _left(left.rect, right.rect):
                where = "above it" if is_above else "on its right" if slide.is_rtl else "on its left"
                yield f"{_short(earlier)} is read before {_short(later)}, which stands {where}"


def _is_read(shape: Shape) -> bool:
    """Whether a screen reader reads a shape: it has text, or something to tell."""
    return not shape.decorative and (bool(shape.words.strip()) or shape.kind not in ("text", "line"))


def _above(one: Rect, other: Rect) -> bool:
    """Whether one box is wholly above another in the same column."""
    return one.bottom <= other.y + _OVER and min(one.right, other.right) - max(one.x, other.x) > _OVER


def _left(one: Rect, other: Rect) -> bool:
    """Whether one box is wholly on the left of another in the same row."""
    overlap = min(one.bottom, other.bottom) - max(one.y, other.y)
    return one.right <= other.x + _OVER and overlap > min(one.h, other.h) / 2


# Words


def too_many_words(slide: Slide, tools: Tools) -> Iterator[str]:
    """More than forty words of body.

    Body is all that pupils read at once: text, cells, labels of drawings and charts. It is not the title, a footer,
    the header row of a table, or a label or credit that the layouts name as an aside; nor are a list's numbers,
    letters and marks.
    """
    count = sum(words_of(shape) for shape in slide.shapes if not is_aside(shape, tools.asides))
    if count > BODY_WORDS:
        yield f"has {count} words of body"


def is_aside(shape: Shape, asides: Collection[str]) -> bool:
    """Whether a shape is no body."""
    return shape.role in TITLES | FOOTERS or shape.name in asides


def words_of(shape: Shape) -> int:
    """How many words a shape adds to the body of its slide."""
    if shape.rows:
        cells = (cell for row in shape.rows if not row.head for cell in row.cells)
        return sum(count_words(cell.text.words) for cell in cells if cell.text is not None)
    return count_words(shape.words) + sum(map(count_words, shape.labels))


def repeated_titles(slides: list[Slide]) -> Iterator[tuple[Slide, str]]:
    """Slides whose title an earlier slide has already."""
    first: dict[str, int] = {}
    for slide in slides:
        title = slide.title.casefold().strip()
        if title and title in first:
            yield slide, f"has the title of slide {first[title]}"
        first.setdefault(title, slide.number)


def _called(shape: Shape, text: Text) -> str:
    return f"the text of {shape.name!r}" if shape.kind != "group" else f"the label {_cut(text.words)!r}"


def _short(shape: Shape) -> str:
    return repr(_cut(shape.words) or shape.name)


def _cut(words: str) -> str:
    flat = " ".join(words.split())
    return flat if len(flat) <= 40 else flat[:39] + "…"


def _cm(points: float) -> str:
    return f"{points / _CM:.1f} cm"
