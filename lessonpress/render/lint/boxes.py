"""WeasyPrint's boxes as plain values in millimetres, so that no rule needs its classes or its units."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from lessonpress.render.lint import names

MM_PER_PX = 25.4 / 96
PT_PER_PX = 0.75
PX_PER_INCH = 96
ASCENT, DESCENT = 0.72, 0.21
"""How far letters reach above and below their line, as shares of the size of the type."""
SIDES = ("top", "right", "bottom", "left")
_BREAKS = {"page", "always", "left", "right", "recto", "verso"}


@dataclass(frozen=True, slots=True)
class Edge:
    """A border on one side of a box: its width in points, and its lightness from 0 (black) to 1 (white)."""

    side: str
    width_pt: float
    lightness: float


@dataclass(frozen=True, slots=True, eq=False)
class Box:
    """A box on a page, in mm from the page's top left corner; one of text is as large as its letters.

    `node` counts elements in their order, and is the same for all boxes of an element, on every page. Only the
    outermost box of an element on a page has its `classes` and its `name`, which is its data-q.
    """

    parent: Box | None
    page: int
    node: int
    tag: str
    left: float
    top: float
    right: float
    bottom: float
    classes: frozenset[str] = frozenset()
    name: str = ""
    question: str = ""
    """The nearest data-q, its own or that of an element round it."""
    section: str = ""
    """The words of the heading of the nearest section."""
    text: str = ""
    edges: tuple[Edge, ...] = ()
    filled: bool = False
    """Whether it has a ground that is not white, or is a picture."""
    holds: bool = False
    """Whether text in it must not leave it: a cell, a box of a fixed height, one that clips, a margin box."""
    begins: bool = False
    """Whether a page break before it is forced."""
    running: bool = False
    """Whether it stands in a head or a foot."""
    dpi: float = 0.0
    """The dots per inch at which a picture made of dots is printed; 0 for all else."""

    @property
    def printed(self) -> bool:
        """Whether anything is seen of the box itself."""
        return bool(self.text or self.edges or self.filled)

    def up(self) -> Iterator[Box]:
        """The box, the one round it, and so on to the page."""
        box: Box | None = self
        while box is not None:
            yield box
            box = box.parent


@dataclass(frozen=True, slots=True)
class Page:
    """A page: its number from 1, its size in mm, the box of its text area, and all its boxes in order."""

    number: int
    width: float
    height: float
    area: Box
    boxes: tuple[Box, ...]


def read(pages: Any) -> tuple[Page, ...]:
    """The pages of a document that WeasyPrint has laid out, before its tags are made."""
    reader = _Reader()
    return tuple(reader.page(number, page._page_box) for number, page in enumerate(pages, 1))


@dataclass
class _Reader:
    nodes: dict[int, int] = field(default_factory=dict)
    sections: dict[int, str] = field(default_factory=dict)
    found: list[Box] = field(default_factory=list)

    def page(self, number: int, box: Any) -> Page:
        """One page; whatever stands in it."""
        width, height = box.margin_width() * MM_PER_PX, box.margin_height() * MM_PER_PX
        left, top = box.content_box_x() * MM_PER_PX, box.content_box_y() * MM_PER_PX
        right, bottom = left + box.width * MM_PER_PX, top + box.height * MM_PER_PX
        area = Box(None, number, -1, "", left, top, right, bottom)
        self.found = []
        for child in box.children:
            self.read(child, area)
        return Page(number, width, height, area, tuple(self.found))

    def read(self, raw: Any, parent: Box) -> None:
        """A box and all in it; lines are left out, since they are only where their text is."""
        raw = getattr(raw, "_box", raw)  # what stands for an absolute box while it is laid out
        if hasattr(raw, "text_overflow"):
            for child in raw.children:
                self.read(child, parent)
            return
        box = _text(raw, parent, self.node(raw)) if hasattr(raw, "pango_layout") else self.box(raw, parent)
        if box is None:
            return
        self.found.append(box)
        for child in getattr(raw, "children", ()):
            self.read(child, box)

    def node(self, raw: Any) -> int:
        return self.nodes.setdefault(id(raw.element), len(self.nodes))

    def box(self, raw: Any, parent: Box) -> Box:
        """A box that is no text."""
        element, style, node = raw.element, raw.style, self.node(raw)
        margin = hasattr(raw, "at_keyword")
        own = not margin and node != parent.node and hasattr(element, "get")
        name = element.get(names.QUESTION, "") if own else ""
        left, top = raw.border_box_x() * MM_PER_PX, raw.border_box_y() * MM_PER_PX
        return Box(
            parent,
            parent.page,
            node,
            raw.element_tag or "",
            left,
            top,
            left + raw.border_width() * MM_PER_PX,
            top + raw.border_height() * MM_PER_PX,
            classes=frozenset(element.get("class", "").split()) if own else frozenset(),
            name=name,
            question=name or parent.question,
            section=self.section(element) or parent.section if own else parent.section,
            edges=tuple(_edges(raw, style)),
            filled=_is_filled(raw),
            holds=margin or _holds(raw, style),
            begins=own and style["break_before"] in _BREAKS,
            running=margin or parent.running,
            dpi=_dpi(raw),
        )

    def section(self, element: Any) -> str:
        """The words of the first heading of a section or of a named part; empty for other elements."""
        if element.tag != "section" and "." in element.get(names.QUESTION, "."):
            return ""
        if id(element) not in self.sections:
            heading = next((e for e in element.iter() if e.tag in names.HEADINGS), None)
            self.sections[id(element)] = "" if heading is None else " ".join("".join(_words(heading)).split())
        return self.sections[id(element)]


def _words(element: Any) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        if names.MARKS not in child.get("class", "").split():
            yield from _words(child)
        yield child.tail or ""


def _text(raw: Any, parent: Box, node: int) -> Box | None:
    """A run of text; none where it has no letters."""
    if not raw.text.strip():
        return None
    size, line = raw.style["font_size"], raw.position_y + raw.baseline
    left, width = raw.position_x * MM_PER_PX, raw.width * MM_PER_PX
    below = 0 if raw.text.strip().isdigit() else DESCENT  # a large lining figure would seem to leave its box
    top, bottom = (line - ASCENT * size) * MM_PER_PX, (line + below * size) * MM_PER_PX
    return Box(
        parent,
        parent.page,
        node,
        raw.element_tag or "",
        left,
        top,
        left + width,
        bottom,
        question=parent.question,
        section=parent.section,
        text=raw.text,
        running=parent.running,
    )


def _edges(raw: Any, style: Any) -> Iterator[Edge]:
    for side in SIDES:
        if width := getattr(raw, f"border_{side}_width", 0):
            colour = style[f"border_{side}_color"]
            colour = style["color"] if colour == "currentcolor" else colour
            if colour.alpha:
                yield Edge(side, width * PT_PER_PX, _lightness(colour))


def _lightness(colour: Any) -> float:
    """How light a colour is on white paper to a copier, which sees luma (ITU-R BT.601)."""
    red, green, blue = colour.to("srgb").coordinates
    luma: float = 0.299 * red + 0.587 * green + 0.114 * blue
    return 1 - float(colour.alpha) * (1 - luma)


def _is_filled(raw: Any) -> bool:
    if hasattr(raw, "replacement"):
        return True
    ground = getattr(raw, "background", None)
    if ground is None:
        return False
    return bool((ground.color.alpha and _lightness(ground.color) < 1) or any(layer.image for layer in ground.layers))


def _holds(raw: Any, style: Any) -> bool:
    display = style["display"]
    if "table-cell" in display:
        return True
    sizeless = display == ("inline", "flow") or any(word.startswith("table") for word in display)
    return not sizeless and (style["height"] != "auto" or style["overflow"] != "visible")


def _dpi(raw: Any) -> float:
    image: Any = getattr(raw, "replacement", None)
    if type(image).__name__ != "RasterImage" or not (raw.width and raw.height):
        return 0.0
    return float(min(image.width / raw.width, image.height / raw.height) * PX_PER_INCH)
