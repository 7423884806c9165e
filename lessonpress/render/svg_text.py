"""Text of drawings that runs from the right: WeasyPrint 70 draws it letter by letter from the left, out of order and unjoined."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any


class _Whole(str):
    """A text that is its own only letter: WeasyPrint lays out letter after letter."""

    __slots__ = ()

    def __iter__(self) -> Iterator[str]:
        yield str(self)


@contextmanager
def whole_text(svg: Any) -> Iterator[None]:
    """Draw each `<text direction="rtl">` in one piece, as HTML is; `svg` is the module `weasyprint.svg`."""
    letters = svg.text
    tags = [tag for tag, draw in svg.TAGS.items() if draw is letters]

    def text(drawing: Any, node: Any, font_size: float) -> None:
        if node.get("direction") == "rtl" and node.text:
            node._etree_node.text = _Whole(node.text)
        letters(drawing, node, font_size)

    def put(draw: Any) -> None:
        # All of them: WeasyPrint knows what is text by its being drawn by this function.
        svg.text = draw
        svg.TAGS.update(dict.fromkeys(tags, draw))

    put(text)
    try:
        yield
    finally:
        put(letters)
