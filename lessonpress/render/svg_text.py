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

    def text(drawing: Any, node: Any, font_size: float) -> None:
        if node.get("direction") == "rtl" and node.text:
            node._etree_node.text = _Whole(node.text)
        letters(drawing, node, font_size)

    svg.text = svg.TAGS["text"] = text
    try:
        yield
    finally:
        svg.text = svg.TAGS["text"] = letters
