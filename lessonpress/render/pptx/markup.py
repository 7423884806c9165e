"""Read slide markup, XHTML of a closed list of elements, into the values of content.py."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Literal, cast

from lxml import etree

from lessonpress.render.pptx.content import (
    Block,
    Deck,
    Figure,
    Item,
    Listing,
    Paragraph,
    Picture,
    Run,
    Slide,
    Slot,
)
from lessonpress.render.pptx.grid import GridError, read_table
from lessonpress.render.pptx.inline import MarkupError, fail, name_of, read_runs, required, styled

if TYPE_CHECKING:
    from collections.abc import Iterator

SVG = "{http://www.w3.org/2000/svg}svg"
XHTML = "{http://www.w3.org/1999/xhtml}"

# Every element that may stand in markup, with its attributes.
ATTRIBUTES: dict[str, frozenset[str]] = {
    "deck": frozenset({"lang", "dir", "title", "footer", "revised", "part"}),
    "section": frozenset({"layout", "id", "data-section", "data-reveal"}),
    "h1": frozenset({"lang"}),
    "div": frozenset({"slot", "data-answers", "lang"}),
    "aside": frozenset({"lang"}),
    "p": frozenset({"class", "lang"}),
    "blockquote": frozenset({"lang"}),
    "ul": frozenset({"lang"}),
    "ol": frozenset({"type", "start", "data-letters", "lang"}),
    "li": frozenset({"class", "lang"}),
    "table": frozenset({"data-chart", "data-unit", "data-widths"}),
    "caption": frozenset(),
    "thead": frozenset(),
    "tbody": frozenset(),
    "tr": frozenset(),
    "th": frozenset({"scope", "lang"}),
    "td": frozenset({"class", "lang"}),
    "figure": frozenset(),
    "img": frozenset({"src", "alt"}),
    "strong": frozenset({"class", "lang"}),
    "em": frozenset({"class", "lang"}),
    "span": frozenset({"class", "lang"}),
    "a": frozenset({"href"}),
    "br": frozenset(),
}
CLASSES = frozenset({"", "key", "hint", "struck"})
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


def read_markup(text: str) -> Deck:
    """Parse a deck; raises MarkupError at the first thing that is not in the closed list."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(text.encode(), parser)
    except etree.XMLSyntaxError as error:
        raise MarkupError(f"the slide markup is not well-formed: {error}") from error
    _drop_namespace(root)
    _check_names(root)
    if root.tag != "deck":
        fail(root, "the markup of a deck begins with <deck>")
    slides = tuple(_slide(child) for child in _only(root, "section"))
    _check_unique(root, slides)
    return Deck(
        lang=required(root, "lang"),
        title=required(root, "title"),
        footer=root.get("footer", ""),
        revised=_date(root),
        part=root.get("part", "({n} of {total})"),
        is_rtl=root.get("dir") == "rtl",
        slides=slides,
    )


def _date(root: etree._Element) -> str:
    value = required(root, "revised")
    return value if _DATE.fullmatch(value) else fail(root, f"revised={value!r} is not a date such as 2026-11-01")


def _drop_namespace(root: etree._Element) -> None:
    """Markup may declare the namespace of XHTML; the rest of this module does without it."""
    for element in root.iter(XHTML + "*"):
        element.tag = etree.QName(element).localname


def _check_names(element: etree._Element) -> None:
    """Refuse unknown elements and attributes anywhere; drawings are checked when they are drawn."""
    if element.tag == SVG:
        return
    known = ATTRIBUTES.get(str(element.tag))
    if known is None:
        fail(element, "unknown element")
    for attribute in element.attrib:
        if attribute not in known:
            fail(element, f"unknown attribute {attribute!r}")
    if element.get("class", "") not in CLASSES:
        fail(element, f"unknown class {element.get('class')!r}")
    for child in element:
        _check_names(child)


def _check_unique(root: etree._Element, slides: tuple[Slide, ...]) -> None:
    for what, values in (("id", [s.id for s in slides]), ("title", [s.title.text for s in slides])):
        again = {value for value in values if values.count(value) > 1}
        if again:
            fail(root, f"two slides have the {what} {min(again)!r}")


def _only(element: etree._Element, *names: str) -> Iterator[etree._Element]:
    """The children, all of which must have one of the names; loose text is an error."""
    _no_text(element)
    for child in element:
        if child.tag not in names:
            fail(child, f"may not stand in <{name_of(element)}>")
        yield child


def _no_text(element: etree._Element) -> None:
    loose = [element.text, *(child.tail for child in element)]
    if any((text or "").strip() for text in loose):
        fail(element, "text stands outside a paragraph")


def _slide(section: etree._Element) -> Slide:
    children = list(_only(section, "h1", "div", "aside"))
    titles = [child for child in children if child.tag == "h1"]
    if len(titles) != 1:
        fail(section, f"has {len(titles)} <h1>; a slide has one title")
    slots = tuple(_slot(child) for child in children if child.tag == "div")
    roles = [slot.role for slot in slots]
    if len(roles) != len(set(roles)):
        fail(section, "fills a slot twice")
    title = Paragraph(read_runs(titles[0], Run("", lang=titles[0].get("lang", ""))))
    if not title.text.strip():
        fail(titles[0], "the title is empty")
    return Slide(
        id=required(section, "id"),
        layout=required(section, "layout"),
        section=section.get("data-section", ""),
        reveal=_reveal(section),
        title=title,
        slots=slots,
        notes=tuple(note for child in children if child.tag == "aside" for note in _notes(child)),
    )


def _reveal(section: etree._Element) -> bool:
    value = section.get("data-reveal", "")
    return value == "click" or (bool(value) and fail(section, f"data-reveal={value!r} is not click"))


def _notes(aside: etree._Element) -> Iterator[Paragraph]:
    """The notes as paragraphs; lists keep their markers."""
    for block in _blocks(aside, Run("", lang=aside.get("lang", ""))):
        if isinstance(block, Listing):
            yield from block.paragraphs()
        elif isinstance(block, Paragraph):
            yield block
        else:
            fail(aside, "notes hold text only")


def _slot(div: etree._Element) -> Slot:
    blocks = _blocks(div, Run("", lang=div.get("lang", "")))
    objects = [block for block in blocks if not isinstance(block, Paragraph | Listing)]
    if objects and len(blocks) > 1:
        fail(div, "a slot holds text or one table, chart, figure or picture, not both")
    if div.get("data-answers") is not None:
        blocks = tuple(map(_answered, blocks))
    return Slot(required(div, "slot"), blocks)


def _answered(block: Block) -> Block:
    if isinstance(block, Paragraph):
        return block.marked()
    if isinstance(block, Listing):
        items = (Item(tuple(paragraph.marked() for paragraph in item.paragraphs)) for item in block.items)
        return replace(block, items=tuple(items))
    return block


def _blocks(parent: etree._Element, style: Run) -> tuple[Block, ...]:
    names = ("p", "ul", "ol", "table", "blockquote", "figure", "img")
    blocks: list[Block] = []
    for child in _only(parent, *names):
        if child.tag == "p":
            blocks.append(_paragraph(child, style))
        elif child.tag == "blockquote":
            quoted = (_paragraph(p, styled(child, style)) for p in _only(child, "p"))
            blocks += [replace(paragraph, quote=True) for paragraph in quoted]
        elif child.tag in ("ul", "ol"):
            blocks.append(_listing(child, style, 0))
        else:
            blocks.append(_object(child, style))
    return tuple(blocks)


def _object(element: etree._Element, style: Run) -> Block:
    if element.tag == "img":
        return Picture(required(element, "src"), required(element, "alt"))
    if element.tag == "table":
        return _table(element, style)
    children = list(element)
    if len(children) != 1 or children[0].tag not in (SVG, "img"):
        fail(element, "holds one <svg> or one <img>")
    return _object(children[0], style) if children[0].tag == "img" else _drawing(children[0])


def _drawing(svg: etree._Element) -> Figure:
    desc, title = (" ".join((svg.findtext(f"{{*}}{name}") or "").split()) for name in ("desc", "title"))
    if not (desc or title):
        fail(svg, "needs a <desc> or a <title>: its alternative text")
    return Figure(svg, desc or title)


def _table(element: etree._Element, style: Run) -> Block:
    try:
        table: Block = read_table(element, lambda cell: _cell(cell, style))
    except GridError as error:
        fail(element, str(error))
    return table


def _cell(cell: etree._Element, style: Run) -> tuple[Paragraph, ...]:
    """A cell holds paragraphs, or text and inline elements, which are one paragraph."""
    if any(child.tag == "p" for child in cell):
        return tuple(_paragraph(child, styled(cell, style)) for child in _only(cell, "p"))
    return (_paragraph(cell, style),)


def _listing(element: etree._Element, style: Run, level: int) -> Listing:
    style = styled(element, style)
    marker = element.get("type", "1") if element.tag == "ol" else "bullet"
    if marker not in ("bullet", "1", "A", "a"):
        fail(element, f"type={marker!r} is not 1, A or a")
    start = element.get("start", "1")
    if not start.isdigit():
        fail(element, f"start={start!r} is not a number")
    inside: Literal["bullet", "number"] = "bullet" if marker == "bullet" else "number"
    items = tuple(Item(_item(li, styled(li, style), level, inside)) for li in _only(element, "li"))
    if not items:
        fail(element, "has no <li>")
    letters = tuple(element.get("data-letters", "").split()) if marker in ("A", "a") else ()
    if letters and len(letters) < int(start) + len(items) - 1:
        fail(element, "data-letters has fewer letters than the list has items")
    return Listing(cast('Literal["bullet", "1", "A", "a"]', marker), int(start), items, letters)


def _item(li: etree._Element, style: Run, level: int, inside: Literal["bullet", "number"]) -> tuple[Paragraph, ...]:
    """The paragraphs of an item: its own text, or its <p>; then those of inner lists."""
    inner = [child for child in li if child.tag in ("ul", "ol")]
    if any(child.tag == "p" for child in li):
        own = [_paragraph(child, style) for child in _only(li, "p", "ul", "ol") if child.tag == "p"]
    else:
        own = [_paragraph(li, style, without=frozenset({"ul", "ol"}))]
    if not own[0].text.strip():
        fail(li, "is empty")
    nested = (paragraph for child in inner for paragraph in _listing(child, style, level + 1).paragraphs())
    return (*(replace(paragraph, level=level, inside=inside) for paragraph in own), *nested)


def _paragraph(element: etree._Element, style: Run, without: frozenset[str] = frozenset()) -> Paragraph:
    kind = cast('Literal["", "key", "hint"]', element.get("class", ""))
    return Paragraph(read_runs(element, styled(element, style), without), kind)
