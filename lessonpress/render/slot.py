"""Where the name of a pupil stands on a laid-out page, and how another name is drawn there.

The names are shaped and measured by WeasyPrint's own functions for a line, so that what is drawn is what a layout of
the whole document would draw. It has no door for either: what stands with a leading underline here, and the boxes, are
its inner things, and `tests/render/test_slot.py` tells when they change.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from lessonpress.render.lint import names

EPSILON = 0.001
"""The px by which sums of lengths may differ."""


@dataclass(frozen=True)
class Pen:
    """WeasyPrint's functions that measure and draw a line of text, and its class for what is drawn."""

    measure: Callable[..., Any]
    draw: Callable[..., Any]
    stream: Callable[..., Any]


@dataclass
class Slot:
    """The place of a name on a page, counted from 0; lengths in px."""

    pen: Pen
    page: int
    text: Any
    room: float
    """The width of the longest name that leaves its line, and so the page, as it is."""
    from_right: bool
    _lines: dict[str, tuple[Any, float]] = field(default_factory=dict)
    """The names that were measured, each as a line of text and its width."""
    _letters: dict[tuple[str, int], str] = field(default_factory=dict)
    """What each sign that the names are drawn with is read as, by font and number in it."""

    def takes(self, name: str) -> bool:
        """Whether a name can stand here beside those before it: nothing else is laid out in another way, and none is
        read in another way. From right to left a bracket is drawn with the sign of its counterpart, and some letters
        with signs of others, but in one file a sign has one meaning.
        """
        if name != " ".join(name.split()):  # a layout would treat its spaces
            return False
        box = self.text
        line, _, over, width, height, baseline = self.pen.measure(name, box.style, None, None, 0)
        self._lines[name] = line, width
        # A script that needs another font may be taller, and then the line is.
        same = (height, baseline + box.margin_top) == (box.height, box.baseline)
        if over is not None or not same or width > self.room:
            return False
        fonts: dict[Any, Any] = {}
        self._draw(name, fonts)
        read = {(one.hash, sign): text for one in fonts.values() for sign, text in one.to_unicode.items()}
        if any(self._letters.get(sign, text) != text for sign, text in read.items()):
            return False
        self._letters |= read
        return True

    def draw(self, name: str, document: Any) -> list[Any]:
        """What draws a name that was found to fit, as it stands in the stream of its page; the document gets to know
        its letters, and must be the one that is then written.
        """
        drawn = self._draw(name, document.fonts)
        # The colour stands before the text, and is the same for every name.
        return drawn[drawn.index(b"BT") : drawn.index(b"ET") + 1]

    def _draw(self, name: str, fonts: dict[Any, Any]) -> list[Any]:
        drawn = self.pen.stream(fonts, (), {"ExtGState": {}}, {}, None, {}, None)
        self.pen.draw(drawn, self._box(name), 0, "clip", "none")
        return list(drawn.stream)

    def _box(self, name: str) -> Any:
        """The box of the text with a name in it."""
        if name == self.text.text:
            return self.text
        line, width = self._lines[name]
        box = copy.copy(self.text)
        box.text, box.pango_layout = name, line
        if self.from_right:
            box.position_x += self.text.width - width
        return box


def find_slot(document: Any, pen: Pen, name: str) -> Slot | None:
    """The place of the name in a document; none where it is not a line's end of its own, from which nothing hangs."""
    found = [
        (number, block, line, box)
        for number, page in enumerate(document.pages)
        for block, line, box in _named(page._page_box)  # WeasyPrint shows what it laid out no other way
    ]
    if len(found) != 1:  # the name takes two lines, or there is none
        return None
    number, block, line, box = found[0]
    first, last = line.children[0], line.children[-1]
    alone = len(block.children) == len(box.children) == 1  # another line might change places with this one
    if box is not last or not alone or getattr(box.children[0], "text", None) != name:
        return None
    from_right = line.style["direction"] == "rtl"
    left, right = block.content_box_x(), block.content_box_x() + block.width
    begins = right - _right(first) if from_right else first.position_x - left
    free = last.position_x - left if from_right else right - _right(last)
    if abs(begins) > EPSILON or free < 0:  # it is not set from where lines begin, or leaves its place already
        return None
    text = box.children[0]
    slot = Slot(pen, number, text, text.width + free, from_right)
    return slot if slot.takes(name) else None


def _right(box: Any) -> float:
    return float(box.position_x + box.margin_width())


def _named(box: Any, block: Any = None, line: Any = None) -> Iterator[tuple[Any, Any, Any]]:
    """The boxes of the name, each with its line and the box round that."""
    box = getattr(box, "_box", box)  # what stands for an absolute box while it is laid out
    element = box.element
    if line is not None and element is not None and names.PUPIL in (element.get("class") or "").split():
        yield block, line, box
        return
    for child in getattr(box, "children", ()):
        if hasattr(child, "text_overflow"):
            yield from _named(child, box, child)
        else:
            yield from _named(child, block, line)
