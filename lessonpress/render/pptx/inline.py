"""Running text of slide markup: elements inside a paragraph become runs."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, NoReturn

from lxml import etree

from lessonpress.render.pptx.content import Run

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

INLINE = frozenset({"strong", "em", "span", "a", "br"})


class MarkupError(ValueError):
    """Slide markup that the printer does not know; the message names the element and its line."""


def fail(element: etree._Element, message: str) -> NoReturn:
    """Raise MarkupError for an element."""
    raise MarkupError(f"line {element.sourceline}, <{name_of(element)}>: {message}")


def name_of(element: etree._Element) -> str:
    """The name of an element without its namespace."""
    return etree.QName(element).localname


def required(element: etree._Element, attribute: str) -> str:
    """The value of an attribute that must be there and not blank."""
    value = element.get(attribute, "").strip()
    return value or fail(element, f"needs the attribute {attribute!r}")


def read_runs(element: etree._Element, style: Run, without: frozenset[str] = frozenset()) -> tuple[Run, ...]:
    """The text of an element as runs, with white space drawn together as in a browser."""
    return _collapse(_pieces(element, style, without))


def styled(element: etree._Element, style: Run) -> Run:
    """The style of the text inside an element."""
    tag = element.tag
    return replace(
        style,
        lang=element.get("lang", style.lang),
        bold=style.bold or tag == "strong",
        italic=style.italic or tag == "em",
        key=style.key or element.get("class") == "key",
        struck=style.struck or element.get("class") == "struck",
        link=_target(element) if tag == "a" else style.link,
    )


def _target(anchor: etree._Element) -> str:
    href = required(anchor, "href")
    return href[1:] if href.startswith("#") and len(href) > 1 else fail(anchor, "links go to a slide: href='#id'")


def _pieces(element: etree._Element, style: Run, without: frozenset[str]) -> Iterator[Run]:
    yield replace(style, text=_spaces(element.text))
    for child in element:
        if child.tag not in without:
            if child.tag not in INLINE:
                fail(child, f"may not stand inside the text of <{name_of(element)}>")
            if child.tag == "br":
                yield replace(style, text="\n")
            yield from _pieces(child, styled(child, style), frozenset())
        yield replace(style, text=_spaces(child.tail))


def _spaces(text: str | None) -> str:
    """White space as single spaces; no-break spaces are kept."""
    return re.sub(r"[ \t\r\n]+", " ", text or "")


def _collapse(runs: Iterable[Run]) -> tuple[Run, ...]:
    """Runs without double spaces between them, none at the ends, equal neighbours joined."""
    out: list[Run] = []
    for run in runs:
        text = run.text
        if not out or out[-1].text.endswith((" ", "\n")):
            text = text.lstrip(" ")
        if text.startswith("\n") and out:
            out[-1] = replace(out[-1], text=out[-1].text.rstrip(" "))
        if out and replace(out[-1], text="") == replace(run, text=""):
            out[-1] = replace(out[-1], text=out[-1].text + text)
        elif text:
            out.append(replace(run, text=text))
    while out and not out[-1].text.rstrip(" \n"):
        out.pop()
    if out:
        out[-1] = replace(out[-1], text=out[-1].text.rstrip(" \n"))
    return tuple(run for run in out if run.text)
