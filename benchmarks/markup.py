"""A worksheet, or a deck, told again in the markup of other printers: plain, with the same words, tables and lines.

Figures become frames of their height with their words in them; what is set beside each other stands one below the
other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree, html

TEXT = {"p", "h1", "h2", "h3", "h4", "li", "td", "th", "dt", "dd", "figcaption", "div"}
LINES = {"ln", "dl"}
"""Classes of a line to write on."""
LEAST_FRAME_MM = 8
"""Smaller drawings are signs in the text."""
MM = re.compile(r"([\d.]+)mm")


@dataclass(frozen=True)
class Block:
    """A heading, a paragraph, a line to write on, a frame of so many millimetres, or a table."""

    kind: str
    text: str = ""
    height: float = 0.0
    rows: tuple[tuple[str, ...], ...] = ()


def blocks(source: str) -> list[Block]:
    """What stands on a composed page, in its order."""
    body = html.document_fromstring(source).body
    for aside in body.xpath("//*[@class='runhead' or @class='foot']"):
        aside.drop_tree()
    return [block for block in _of(body) if block.kind != "table" or any(map(any, block.rows))]


def _of(element: html.HtmlElement) -> Iterator[Block]:
    """The blocks of an element: one, or those of its parts."""
    if not isinstance(element.tag, str):
        return
    if set((element.get("class") or "").split()) & LINES:
        yield Block("line")
    elif element.tag.rpartition("}")[2] == "svg":
        height = MM.match(element.get("height") or "")
        if height and float(height[1]) > LEAST_FRAME_MM:
            yield Block("frame", _words(element), float(height[1]))
    elif element.tag == "table" and not element.xpath(".//*[contains(@class,'ln')] | .//svg | .//table"):
        yield Block("table", rows=tuple(tuple(map(_words, row.xpath("./td | ./th"))) for row in element.iter("tr")))
    elif _has_parts(element):
        yield from _parts(element)
    elif words := _words(element):
        yield Block("heading" if element.tag in {"h1", "h2", "h3"} else "text", words)


def _parts(element: html.HtmlElement) -> Iterator[Block]:
    """The blocks inside an element, with the text between them."""
    for text, child in [(element.text, None), *((child.tail, child) for child in element)]:
        if child is not None:
            yield from _of(child)
        if text and text.strip():
            yield Block("text", " ".join(text.split()))


def _has_parts(element: html.HtmlElement) -> bool:
    return any(
        child.tag in TEXT or child.tag in {"table", "svg", "ol", "ul", "section"} for child in element.iterdescendants()
    )


def _words(element: html.HtmlElement) -> str:
    parts = (text for text in element.itertext() if isinstance(text, str))
    hidden = {t for tag in ("style", "title", "desc") for one in element.iter(tag) for t in one.itertext()}
    words = " ".join(" ".join(text for text in parts if text not in hidden).split())
    return re.sub(r" ([,.;:?!])", r"\1", words)


def typst(source: str, title: str) -> str:
    """A worksheet for Typst."""
    out = [
        f'#set document(title: "{_string(title)}")',
        '#set page(paper: "a4", margin: 18mm, numbering: "1 / 1")',
        '#set text(font: "Source Sans 3", size: 11pt, lang: "en")',
        "#set par(leading: 0.75em, spacing: 1.1em)",
    ]
    for block in blocks(source):
        if block.kind == "heading":
            out.append(f"= {_typst(block.text)}")
        elif block.kind == "line":
            out.append("#v(5mm) #line(length: 100%, stroke: 0.4pt)")
        elif block.kind == "frame":
            out.append(f"#rect(width: 100%, height: {block.height}mm)[{_typst(block.text)}]")
        elif block.kind == "table":
            width = max(map(len, block.rows))
            cells = ", ".join(f"[{_typst(cell)}]" for row in block.rows for cell in _padded(row, width))
            out.append(f"#table(columns: {width}, {cells})")
        else:
            out.append(_typst(block.text))
    return "\n\n".join(out) + "\n"


def _typst(text: str) -> str:
    return re.sub(r"([\\#\[\]$*_`<>@=\-+/~'\"])", r"\\\1", text)


def _string(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"')


def markdown(source: str, title: str, *, latex: bool) -> str:
    """A worksheet for pandoc, whose lines and frames are those of LaTeX or of a word processor."""
    out = [f'---\ntitle: "{_string(title)}"\nlang: en-GB\n---']
    for block in blocks(source):
        if block.kind == "heading":
            out.append(f"# {_markdown(block.text)}")
        elif block.kind == "line":
            out.append(r"\vspace{2mm}\noindent\rule{\linewidth}{0.4pt}" if latex else r"\_" * 60)
        elif block.kind == "frame" and latex:
            box = f"[{block.height}mm]{{\\linewidth}}{{{_latex(block.text)}}}"
            out.append(f"\\noindent\\fbox{{\\parbox[t]{box}}}")
        elif block.kind in ("frame", "table"):
            out.append(_grid(block.rows or ((block.text,),)))
        else:
            out.append(_markdown(block.text))
    return "\n\n".join(out) + "\n"


def _grid(rows: tuple[tuple[str, ...], ...]) -> str:
    """A table as pandoc reads it, without a head."""
    width = max(map(len, rows))
    each = max(6, 90 // width)
    rule = "+" + "+".join("-" * (each + 2) for _ in range(width)) + "+"
    out = [rule]
    for row in rows:
        cells = [_wrapped(_markdown(cell), each) for cell in _padded(row, width)]
        for number in range(max(map(len, cells))):
            line = [cell[number] if number < len(cell) else "" for cell in cells]
            out.append("|" + "|".join(f" {text:<{each}} " for text in line) + "|")
        out.append(rule)
    return "\n".join(out)


def _wrapped(text: str, width: int) -> list[str]:
    lines, line = [], ""
    for word in text.split():
        for piece in (word[start : start + width] for start in range(0, len(word), width)):
            if line and len(line) + 1 + len(piece) > width:
                lines.append(line)
                line = piece
            else:
                line = f"{line} {piece}".strip()
    return [*lines, line]


def _padded(row: tuple[str, ...], width: int) -> tuple[str, ...]:
    return (*row, *[""] * (width - len(row)))


def _markdown(text: str) -> str:
    return re.sub(r"([\\`*_{}\[\]<>()#+\-.!|$~^@'\"])", r"\\\1", text)


def _latex(text: str) -> str:
    return re.sub(r"([#$%&_{}~^\\])", "", text)


def slides(markup: str) -> str:
    """A deck for pandoc's own writer of PowerPoint: the same titles, lines, tables and notes."""
    deck = etree.fromstring(markup.encode(), etree.XMLParser(recover=True))
    out = []
    for section in deck.iter("section"):
        out.append(f"## {_markdown(_words(section.find('h1'))) if section.find('h1') is not None else 'Slide'}")
        for slot in section.findall("div"):
            tables = [
                tuple(tuple(_words(cell) for cell in row) for row in one.iter("tr")) for one in slot.iter("table")
            ]
            out += [_grid(rows) for rows in tables if rows]
            out += [f"- {_markdown(_words(one))}" for one in slot.iter("p", "li") if not len(one.findall(".//p"))]
        notes = section.find("aside")
        if notes is not None and (words := _words(notes)):
            out.append(f"::: notes\n{_markdown(words)}\n:::")
    return "\n\n".join(out) + "\n"
