"""Where in a file a problem stands: from a path into the tree to a line and a column."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from lessonpress.diagnostics import Place
from lessonpress.model.text import plain
from lessonpress.source import Document, Mapping, Mark, Scalar, Sequence

Path = tuple[Any, ...]


def locate(document: Document, root: Any, loc: Path, *, at_key: bool = False) -> tuple[Any, Place, str]:
    """The value at a path, its place and the last key; parts of the path that name no key are passed over."""
    trail, mark, last = _walk(root, loc)
    if not at_key:
        mark = _value_mark(trail[-1], mark)
    return trail[-1], document.place(mark), last


def _walk(root: Any, loc: Path) -> tuple[list[Any], Mark | None, str]:
    """The values on the way along a path, the mark of the last one's key, and that key."""
    trail, mark, last = [root], getattr(root, "mark", None), ""
    for step in loc:
        node = trail[-1]
        if isinstance(node, Mapping) and isinstance(step, str) and step.removesuffix("_") in node:
            last = step.removesuffix("_")
            mark = node.key_marks[last]
            trail.append(node[last])
        elif isinstance(node, Mapping) and isinstance(step, int) and step < len(node):
            last = list(node)[step]  # a mapping that was read as a list of its entries
            mark = node.key_marks[last]
            trail.append(node[last])
        elif isinstance(node, Sequence) and isinstance(step, int) and step < len(node):
            mark = node.item_marks[step]
            trail.append(node[step])
        elif isinstance(step, str):
            last = step
    return trail, mark, last


def _value_mark(node: Any, mark: Mark | None) -> Mark | None:
    """A short value is pointed at; a block is pointed at by its key."""
    return node.mark if isinstance(node, Scalar) and "\n" not in node else mark


_KEYS = {
    "all_right": "answer",
    "anchor": "anchors",
    "board_top": "levels",
    "chart_values": "data",
    "enquiry_lines": "enquiry",
    "few_pairs": "pairs",
    "few_words": "words",
    "fixed_marks": "marks",
    "given_links": "given",
    "given_roles": "given",
    "gloss_word": "gloss",
    "label_count": "diagram",
    "label_told": "diagram",
    "labels_inside": "blanks",
    "many_items": "categories",
    "many_pairs": "pairs",
    "no_board": "mark_scheme",
    "no_correction": "verdict",
    "no_gaps": "text",
    "no_right_option": "answer",
    "no_room": "words",
    "no_skill": "mark_scheme",
    "no_step": "broken",
    "paper_marks": "marks",
    "paper_minutes": "minutes",
    "retrieval_count": "from",
    "retrieval_pick": "pick",
    "retrieval_pool": "from",
    "same_items": "items",
    "same_options": "options",
    "same_source": "sources",
    "scheme_sum": "mark_scheme",
    "scheme_top": "mark_scheme",
    "slide_text": "slide_text",
    "slide_words": "slide_text",
    "span_backwards": "to",
    "table_row": "rows",
    "timeline_backwards": "to",
    "two_answers": "model",
}
"""The key that a problem of a whole entry is about."""

_NAMES = ("id", "word", "name", "row", "answer", "body", "label", "file", "place", "upper")
"""What a message quotes from the file: it is looked for below the place of the problem."""


def pinpoint(document: Document, root: Any, loc: Path, code: str, ctx: dict[str, Any]) -> Place:
    """The place of a problem as near as its message allows: the key, the name or the sign that it is about."""
    trail, mark, _ = _walk(root, loc)
    node = trail[-1]
    if isinstance(node, Mapping) and _KEYS.get(code) in node:
        key = _KEYS[code]
        mark, node = node.key_marks[key], node[key]
        trail.append(node)
    inside = _in_text(document, node, code, ctx) if isinstance(node, Scalar) else None
    if inside is not None:
        return document.place(inside)
    wanted = [normal(ctx[name]) for name in _NAMES if name in ctx]
    for holder in reversed(trail[-2:]):
        found = next((hit for name in wanted for hit in _search(holder, name)), None)
        if found is not None:
            return document.place(found)
    return document.place(_value_mark(node, mark))


def place_of_text(document: Document, node: Any, text: str) -> Place | None:
    """The place of a key or a value below a node that says `text`, whatever its case."""
    found = next(iter(_search(node, normal(text))), None)
    return document.place(found) if found is not None else None


def normal(value: Any) -> str:
    """A value for comparing with what stands in the file."""
    return " ".join(plain(value).lower().split())


def _search(node: Any, wanted: str) -> Iterable[Mark]:
    """The marks of the keys and values that say what is wanted, in the order of the file."""
    if isinstance(node, Mapping):
        for key, value in node.items():
            if normal(key) == wanted:
                yield node.key_marks[key]
            yield from _search(value, wanted)
    elif isinstance(node, Sequence):
        for value in node:
            yield from _search(value, wanted)
    elif isinstance(node, Scalar) and normal(node) == wanted:
        yield node.mark


def _in_text(document: Document, node: Scalar, code: str, ctx: dict[str, Any]) -> Mark | None:
    """The mark of what is wrong within a text, perhaps lines below its key."""
    if code == "glyph":
        pattern = re.escape(str(ctx["sign"]))
    elif code == "gap_long":
        pattern = r"\[\[\s*" + re.escape(str(ctx["answer"])).replace(r"\ ", r"\s+")
    elif code == "gap_empty":
        pattern = r"\[\[\s*(?=\||\]\])"
    elif code == "gap_open":
        pattern = r"\[\[(?!.*\]\])|^(?!.*\[\[).*\]\]"
    else:
        return None
    start = node.mark.line
    if start >= len(document.lines):  # a table: the cell is near enough
        return None
    indent = _indent(document.lines[start])
    for number, line in enumerate(document.lines[start:], start):
        if number > start and line.strip() and _indent(line) <= indent:
            return None
        found = re.compile(pattern).search(line, node.mark.column if number == start else 0)
        if found:
            return Mark(number, found.start(), max(1, found.end() - found.start()))
    return None


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))
