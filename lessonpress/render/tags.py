"""Better tags than WeasyPrint's own: what a screen reader meets is what the page means.

WeasyPrint makes one tag of each box. Validators are content with that, readers are not: a table that only
lays out is no table, an anonymous box is no second heading, a running head is no content.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pydyf

SVG = "{http://www.w3.org/2000/svg}"
PT_PER_PX = 0.75
_LAID_OUT = {"table": "div", "td": "div", "th": "div", "caption": "div"}
"""Parts of a table that only lays out, and what they are read as; its rows are nothing."""
_UNSPACED = (" ", "-", "\u00ad", "\u200b", "‐", "–", "—", "/")
"""What a line breaks after without a space."""
_ROWS = {"thead", "tbody", "tfoot", "tr"}
_ONCE = {"h1", "h2", "h3", "h4", "h5", "h6", "p", "div", "section", "blockquote", "figcaption"}
"""Elements whose anonymous boxes WeasyPrint tags as if each were the element again."""
_NUMBERING = {
    "disc": "Disc",
    "circle": "Circle",
    "square": "Square",
    "decimal": "Decimal",
    "upper-roman": "UpperRoman",
    "lower-roman": "LowerRoman",
    "upper-alpha": "UpperAlpha",
    "lower-alpha": "LowerAlpha",
}


class Tags:
    """Mends the tags of one document while WeasyPrint makes them."""

    def __init__(self) -> None:
        self._tables: list[bool] = []
        """For each table that is open, whether it only lays out."""
        self._elements: list[Any] = []
        self._page_height = 0.0
        self._running: list[tuple[int, dict[int, str]]] = []
        """For each margin box its page, and of its marked contents whether they are head or foot."""

    @contextmanager
    def mending(self, module: Any) -> Iterator[None]:
        """While this lasts, WeasyPrint's module of tags builds its tree through us; it has no door of its own."""
        build = module._build_box_tree
        module._build_box_tree = lambda *args: self._tagged(build, *args)
        try:
            yield
        finally:
            module._build_box_tree = build

    def _tagged(self, build: Callable[..., Any], box: Any, parent: Any, pdf: Any, page: int, *rest: Any) -> Any:
        """The tags of a box as WeasyPrint makes them, mended."""
        box = getattr(box, "_box", box)  # what stands for an absolute box while it is laid out
        if hasattr(box, "page_type"):
            self._page_height = box.margin_height()
        if hasattr(box, "at_keyword"):
            return self._margin(build, box, parent, pdf, page, *rest)
        if box.element is None or box.element_tag in {"html", "body"}:
            return list(build(box, parent, pdf, page, *rest))
        table = box.element.tag == "table"
        if table:
            self._tables.append(box.element.get("role") == "presentation")
        again = bool(self._elements) and box.element is self._elements[-1]
        name = box.element_tag
        self._rename(box, again)
        self._elements.append(box.element)
        made = list(build(box, parent, pdf, page, *rest))
        self._elements.pop()
        box.element_tag = name  # for when the same page is written into another file
        if table:
            self._tables.pop()
        for element in made:
            self._describe(box, element, again)
        return [element for element in made if element["K"] or element["S"] in {"/TD", "/TH", "/LBody"}]

    def _rename(self, box: Any, again: bool) -> None:
        """Give a box the name of what it means, which decides on its tag."""
        name = box.element_tag
        if self._tables and self._tables[-1] and name in _LAID_OUT:
            box.element_tag = _LAID_OUT[name]
        elif self._tables and self._tables[-1] and name in _ROWS:
            box.element_tag = "row"
        elif again and name in _ONCE:
            box.element_tag = "anonymous"

    def _describe(self, box: Any, element: Any, again: bool) -> None:
        """Say of a tag what WeasyPrint leaves out."""
        kind, source = element["S"], box.element
        if not again and (lang := source.get("lang")):
            element["Lang"] = pydyf.String(lang)
        if not again and (name := source.get("aria-label")):
            element["Alt"] = pydyf.String(name)
        if kind == "/TH":
            element["A"]["Scope"] = "/Row" if source.get("scope") == "row" else "/Column"
        elif kind == "/L":
            _number(box, element)
        elif kind == "/Figure":
            self._figure(box, element)

    def _figure(self, box: Any, element: Any) -> None:
        """A figure's text holds its words, since readers skip what is inside; its place is told in points."""
        if box.element.tag == f"{SVG}svg" and "Alt" in element:
            words = [" ".join("".join(text.itertext()).split()) for text in box.element.iter(f"{SVG}text")]
            # The title is the caption where there is one, and is read beside the figure.
            about = box.element.findtext(f"{SVG}desc") or element["Alt"].string
            element["Alt"] = pydyf.String(" ".join([about, *words]))
        left, top = box.content_box_x(), box.content_box_y()
        corners = (left, self._page_height - top - box.height, left + box.width, self._page_height - top)
        element["A"]["BBox"] = pydyf.Array([corner * PT_PER_PX for corner in corners])

    def _margin(
        self, build: Callable[..., Any], box: Any, parent: Any, pdf: Any, page: int, nums: Any, notes: Any, tags: Any
    ) -> list[Any]:
        """Heads and feet are read once a page by nobody: they become artifacts, which have no tags."""
        first, before = len(pdf.objects), set(nums)
        list(build(box, parent, pdf, page, nums, notes, tags))
        for orphan in pdf.objects[first:]:
            orphan.clear()
        kind = "/Header" if box.at_keyword.startswith("@top") else "/Footer"
        gone = dict.fromkeys(set(nums) - before, kind)
        nums.update(dict.fromkeys(gone, "null"))  # a place in the list is a number: it stays, empty
        self._running.append((page, gone))
        return []

    def finish(self, document: Any, pdf: Any) -> None:
        """Mark heads and feet as artifacts where they are drawn; WeasyPrint calls this before it writes."""
        for page, gone in self._running:
            sheet = pdf.objects[int(pdf.page_references[page].split()[0])]
            drawn = pdf.objects[int(sheet["Contents"].split()[0])].stream
            for at, item in enumerate(drawn):
                if isinstance(item, dict) and item.get("MCID") in gone:
                    kind = gone[item["MCID"]]
                    drawn[at - 1] = "/Artifact"
                    drawn[at] = pydyf.Dictionary({"Type": "/Pagination", "Subtype": kind})


def _number(box: Any, element: Any) -> None:
    """How the items of a list are marked, where they are."""
    styles = [child.style for child in box.children if "list-item" in child.style["display"]]
    if styles and (name := _NUMBERING.get(styles[0]["list_style_type"])):
        element["A"] = pydyf.Dictionary({"O": "/List", "ListNumbering": f"/{name}"})


def keep_spaces(document: Any) -> None:
    """Put back the space that a broken line ends with: without it, readers may run two words into one."""
    for page in document.pages:
        for box in page._page_box.descendants():
            lines = [child for child in getattr(box, "children", ()) if hasattr(child, "text_overflow")]
            for line in lines[:-1]:
                last = next(_texts(line), None)
                # From right to left the space would stand first and push the words.
                # What is written a second time, with a class, has its spaces already.
                if last and last.pango_layout.text.endswith(" "):
                    continue
                if last and not last.text.endswith(_UNSPACED) and not last.pango_layout.first_line_direction % 2:
                    last.pango_layout.text += " "


def _texts(box: Any) -> Iterator[Any]:
    """The boxes of a line that have text, the last first."""
    for child in reversed(box.children):
        if getattr(child, "text", ""):
            yield child
        yield from _texts(child)
