"""What is left of sheets and keys on a photocopy: `python -m tests.copies [docs/copies.md]`.

The examples of every kind and the bundled lessons are printed in every theme, turned into three copies at 200 dots
an inch, and measured at the places where the printer put answer lines, gaps, boxes and the marks of the key.
"""

from __future__ import annotations

import functools
import random
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pypdfium2
from PIL import Image, ImageChops, ImageFilter

from lessonpress.compose.kit import Kit, make_kit
from lessonpress.compose.paper import compose_paper
from lessonpress.pose import PosedLesson
from lessonpress.render.pdf import MM_PER_PX, Printer
from lessonpress.theme import load_theme, themes
from tests.activities.bench import TEMPLATES
from tests.contracts.test_unit_papers import STEMS, posed
from tests.documents.test_paper import whole

DPI = 200
PX = DPI / 25.4
PRINTER = 2
"""A page is printed so many times finer than it is copied, so that lines lie anywhere between the dots."""
LENGTH, SHARE = 0.95, 0.98
"""How much of a line must be left, and how many of the lines."""
NEAR = 0.35
"""How far beside its place a line is looked for, in mm: half of its own width and the rounding of pixels."""
STROKES = {
    "ln": "answer line",
    "dl": "answer line",
    "gap": "gap",
    "box": "box",
    "open": "box",
    "plan": "box",
    "blank": "cell",
}
"""What is written on, by class: all but boxes have a line below, boxes have four."""
TICK, ANSWER, THICK = 0.1, 0.02, 1.2
"""Least share of black in the place of a tick and of an answer, and how much blacker a marked frame is than an empty one."""


# ---- copies


def grey(page: Image.Image) -> Image.Image:
    """A good copier in grey: what is 40 of 255 steps darker than the paper can be seen."""
    return page.point(lambda value: 0 if value < 215 else 255)


def one_bit(page: Image.Image) -> Image.Image:
    """A copier or fax that knows black and white only: the darker half is black."""
    return page.point(lambda value: 0 if value < 128 else 255)


def bad(page: Image.Image) -> Image.Image:
    """A bad copier: out of focus, short of toner and speckled; what is 40 steps darker than its paper can be seen."""
    faint = page.filter(ImageFilter.GaussianBlur(0.5)).point(lambda value: 255 - (255 - value) * 0.75)
    specks = Image.frombytes("L", page.size, random.Random(1).randbytes(page.width * page.height))
    return ImageChops.subtract(faint, specks.point(lambda value: value // 16)).point(lambda v: 0 if v < 200 else 255)


COPIERS: Mapping[str, Callable[[Image.Image], Image.Image]] = {"grey": grey, "one bit": one_bit, "bad copier": bad}


# ---- where things are


@dataclass(frozen=True)
class Spot:
    """A place on a page that the printer tells of, in mm from the top left corner; pages count from 0."""

    kind: str
    page: int
    left: float
    top: float
    right: float
    bottom: float

    def px(self, grow: float = 0) -> tuple[int, int, int, int]:
        """The place in pixels of a copy, grown on every side by some mm."""
        left, top = (round((side - grow) * PX) for side in (self.left, self.top))
        right, bottom = (round((side + grow) * PX) for side in (self.right, self.bottom))
        return left, top, max(right, left + 1), max(bottom, top + 1)


class Telling(Printer):
    """The printer, telling where the boxes of some classes stand."""

    spots: list[Spot]

    def write(self, document: Any) -> Any:
        """Write a document, and keep where its boxes stand."""
        self.spots = [spot for n, page in enumerate(document.pages) for spot in _spots(page._page_box, n, None)]
        return super().write(document)


def _spots(box: Any, page: int, parent: Any) -> Iterator[Spot]:
    """Strokes and marks in a box, each element once: WeasyPrint repeats an element for its anonymous boxes."""
    element = getattr(box, "element", None)
    own = element is not None and element is not parent and box.element_tag == element.tag
    for name in _names(element) if own and hasattr(element, "get") else ():
        if name in {*STROKES, "tick", "on"} or (name == "a" and element.tag == "span"):
            left, top = box.border_box_x() * MM_PER_PX, box.border_box_y() * MM_PER_PX
            right, bottom = left + box.border_width() * MM_PER_PX, top + box.border_height() * MM_PER_PX
            yield Spot(name, page, left, top, right, bottom)
    for child in getattr(box, "children", ()):
        yield from _spots(child, page, element)


def _names(element: Any) -> set[str]:
    """The classes of an element; a cell of a table is written in when what it holds is blank."""
    if element.tag == "td":
        return {"blank"} if any("blank" in (child.get("class") or "").split() for child in element) else set()
    return set((element.get("class") or "").split()) - {"blank"}


@dataclass(frozen=True)
class Paper:
    """A printed paper: its pages in grey at the dots of a copier, and what stands where."""

    pages: tuple[Image.Image, ...]
    spots: tuple[Spot, ...]


@functools.cache
def printer() -> Telling:
    """One printer for all papers."""
    return Telling(TEMPLATES)


def paper(kit: Kit, lesson: PosedLesson, *, key: bool) -> Paper:
    """The worksheet or key of a lesson; of a key the pages of its sheet alone."""
    rendered = printer().render(compose_paper(kit, lesson, "worksheet", key=key).document)
    last = max(anchor.page for anchor in rendered.anchors)
    document = pypdfium2.PdfDocument(rendered.data)
    pages = tuple(
        document[n].render(scale=PRINTER * DPI / 72, grayscale=True).to_pil().convert("L").reduce(PRINTER)
        for n in range(last)
    )
    document.close()
    return Paper(pages, tuple(spot for spot in printer().spots if spot.page < last))


# ---- what is left of them


def black(copy: Image.Image, box: tuple[int, int, int, int]) -> float:
    """The share of a copy's pixels in a box that are black."""
    part = copy.crop(box)
    return part.histogram()[0] / (part.width * part.height)


def length_left(copy: Image.Image, stroke: Spot) -> float:
    """The share of a stroke's length at which a copy is black."""
    part = copy.crop(stroke.px(NEAR))
    flat = stroke.bottom - stroke.top < stroke.right - stroke.left
    lost = ImageChops.invert(part).resize((part.width, 1) if flat else (1, part.height), Image.Resampling.BOX)
    # What is looked for reaches beyond the ends of the stroke, where nothing need be.
    ends = 2 * round(NEAR * PX)
    return min(1.0, (lost.width * lost.height - lost.histogram()[0]) / max(1, lost.width * lost.height - ends))


def strokes(spots: tuple[Spot, ...]) -> Iterator[Spot]:
    """Every line that is written on or in, named by what it belongs to; a gap has one, a box four."""
    for spot in spots:
        kind = STROKES.get(spot.kind, "")
        left, top, right, bottom = spot.left, spot.top, spot.right, spot.bottom
        if kind:
            yield Spot(kind, spot.page, left, bottom, right, bottom)
        if kind == "box":
            yield Spot(kind, spot.page, left, top, right, top)
            yield Spot(kind, spot.page, left, top, left, bottom)
            yield Spot(kind, spot.page, right, top, right, bottom)


def marks_left(sheet: Image.Image, key: Image.Image, spot: Spot) -> bool:
    """Whether a mark of the key is on its copy and not on that of the sheet."""
    if spot.kind in {"tick", "a"}:
        least = TICK if spot.kind == "tick" else ANSWER
        return black(key, spot.px()) - black(sheet, spot.px()) >= least
    return frame(key, spot) >= THICK * frame(sheet, spot)


def frame(copy: Image.Image, spot: Spot) -> float:
    """How much of the ring about a box, or of the line below a gap, is black; what is inside does not count."""
    left, top, right, bottom = spot.px(NEAR)
    rim = round(1.0 * PX)
    parts = [(left, bottom - rim, right, bottom)]
    if spot.kind == "on":
        parts += [(left, top, right, top + rim), (left, top, left + rim, bottom), (right - rim, top, right, bottom)]
    return sum(black(copy, part) for part in parts)


MARKS = {"tick": "tick", "a": "answer", "on": "frame of an answer", "gap": "line below an answer"}
Counts = dict[tuple[str, str], tuple[int, int]]
"""How many of a thing are left and how many there were, by what it is and by copier."""


def measure(kit: Kit, lessons: Iterable[PosedLesson]) -> Counts:
    """What is left of sheets and keys in a theme, for each copier, over some lessons."""
    found: dict[tuple[str, str], list[bool]] = defaultdict(list)
    for lesson in lessons:
        for thing, left in _measured(paper(kit, lesson, key=False), paper(kit, lesson, key=True)):
            found[thing].append(left)
    return {thing: (sum(left), len(left)) for thing, left in found.items()}


def _measured(sheet: Paper, key: Paper) -> Iterator[tuple[tuple[str, str], bool]]:
    """Each stroke and mark of a sheet and its key, and whether a copier leaves it."""
    for name, copier in COPIERS.items():
        copies = {id(one): [copier(page) for page in one.pages] for one in (sheet, key)}
        for one, what in ((sheet, "sheet"), (key, "key")):
            for stroke in strokes(one.spots):
                left = length_left(copies[id(one)][stroke.page], stroke) >= LENGTH
                yield (f"{what}: {stroke.kind}", name), left
        for spot in key.spots:
            if spot.kind in MARKS:
                there = marks_left(copies[id(sheet)][spot.page], copies[id(key)][spot.page], spot)
                yield (f"key: {MARKS[spot.kind]}", name), there


def lost(counts: Counts) -> list[str]:
    """What fewer are left of than should be, in words."""
    return [
        f"{left} of {total} left of {what} ({copier})"
        for (what, copier), (left, total) in sorted(counts.items())
        if left < SHARE * total
    ]


def table(by_theme: Mapping[str, Counts]) -> str:
    """What was measured, as a page."""
    lines = [f"| Theme | What | {' | '.join(COPIERS)} |", f"|---|---|{'---:|' * len(COPIERS)}"]
    for theme, counts in by_theme.items():
        for what in dict.fromkeys(what for what, _ in counts):
            cells = (counts[what, copier] for copier in COPIERS)
            lines.append(f"| {theme} | {what} | {' | '.join(f'{left} of {total}' for left, total in cells)} |")
    return "\n".join(lines)


def main(path: str = "") -> int:
    """Measure every theme; print the table, and write it into a page between its marks."""
    lessons = [whole(), *(posed(stem, "core") for stem in STEMS)]
    kits = {name: make_kit(TEMPLATES, load_theme(TEMPLATES, name), "en-GB") for name in themes(TEMPLATES)}
    by_theme = {name: measure(kit, lessons) for name, kit in kits.items()}
    print(table(by_theme))
    if path:
        page = Path(path)
        head = page.read_text("utf-8").partition("<!-- measured -->")[0]
        page.write_text(f"{head}<!-- measured -->\n{table(by_theme)}\n", "utf-8")
    return 1 if any(lost(counts) for counts in by_theme.values()) else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
