"""Write paragraphs and runs into the text body of a placeholder or a table cell."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from lxml import etree

from lessonpress.render.pptx.fit import level_of, margins, size_at
from lessonpress.render.pptx.ooxml import A, R, emu

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from lessonpress.model.slide_layouts import Placeholder, TextLevel
    from lessonpress.model.slide_tokens import SlideFonts
    from lessonpress.render.pptx.content import Paragraph, Run
    from lessonpress.render.pptx.fit import Lead

# The regions that PowerPoint's proofing tools know a bare language by.
REGIONS = {"ru": "ru-RU", "en": "en-GB", "de": "de-DE", "fr": "fr-FR", "es": "es-ES", "it": "it-IT", "uk": "uk-UA"}
JUMP = "ppaction://hlinksldjump"
_NUMBERS = {"1": "arabicPeriod", "A": "alphaUcPeriod", "a": "alphaLcPeriod"}
_BULLET = "▪"


@dataclass(frozen=True)
class Writing:
    """What text is written with: the deck's language and fonts, and how a link finds its slide.

    `link` turns the id of a slide into a relationship id of the slide being written.
    """

    lang: str
    fonts: SlideFonts
    link: Callable[[str], str]

    def language(self, lang: str) -> str:
        """A full language tag; the deck's own where none is given."""
        return REGIONS.get(lang, lang) or self.lang


def write_text(
    body: etree._Element,
    place: Placeholder,
    paragraphs: Sequence[Paragraph],
    size: float,
    writing: Writing,
    lead: Lead | None = None,
) -> None:
    """Replace the text of a body, its first level set in `size` points."""
    _clear(body)
    if lead and lead.above:
        _lead(_paragraph_element(body), lead, writing)
    starts = list(_list_starts(paragraphs))
    for n, (paragraph, start) in enumerate(zip(paragraphs, starts, strict=True)):
        level = level_of(paragraph, place, n)
        element = _paragraph_element(body)
        _properties(element, paragraph, place, level, start, first=n == 0)
        if lead and not lead.above and n == 0:
            _lead(element, lead, writing)
            _run(element, "\t", etree.Element(A + "rPr", lang=writing.lang))
        own = size_at(place, level, size)
        explicit = own if own != place.levels[level].size else None
        for run in paragraph.runs:
            _write_run(element, run, place.levels[level], explicit, writing, key=place.key, quote=paragraph.quote)
        _end(element, explicit, writing)


def write_cell(body: etree._Element, paragraphs: Sequence[Paragraph], level: TextLevel, writing: Writing) -> None:
    """Replace the text of a table cell; its size is always written out."""
    _clear(body)
    for paragraph in paragraphs:
        element = _paragraph_element(body)
        for run in paragraph.runs:
            _write_run(element, run, level, level.size, writing, key="accent1", quote=False)
        _end(element, level.size, writing)


def write_notes(body: etree._Element, paragraphs: Sequence[Paragraph], writing: Writing) -> None:
    """Replace the text of the speaker notes; list markers become part of the text."""
    _clear(body)
    for paragraph in paragraphs:
        element = _paragraph_element(body)
        marker = {"": "", "bullet": "• "}.get(paragraph.marker, f"{paragraph.number}. ")
        if marker:
            _run(element, marker, etree.Element(A + "rPr", lang=writing.lang))
        for run in paragraph.runs:
            properties = etree.Element(A + "rPr", lang=writing.language(run.lang))
            if run.bold:
                properties.set("b", "1")
            _run(element, run.text, properties)
        _end(element, None, writing)


def _clear(body: etree._Element) -> None:
    for paragraph in body.findall(A + "p"):
        body.remove(paragraph)


def _paragraph_element(body: etree._Element) -> etree._Element:
    return etree.SubElement(body, A + "p")


def _list_starts(paragraphs: Sequence[Paragraph]) -> Iterator[int]:
    """The number at which each numbered paragraph's run of numbers begins.

    PowerPoint goes on counting through neighbours that begin alike, and starts anew after
    an unnumbered paragraph of the same level: each run then needs its own first number.
    """
    running: dict[int, int] = {}
    for paragraph in paragraphs:
        numbered = paragraph.marker in _NUMBERS
        running = {level: start for level, start in running.items() if level < paragraph.level + numbered}
        if numbered:
            running.setdefault(paragraph.level, paragraph.number)
        yield running.get(paragraph.level, 1)


def _properties(
    element: etree._Element, paragraph: Paragraph, place: Placeholder, level: int, start: int, *, first: bool
) -> None:
    """The paragraph's level, and its indents and marker where they are not the level's own."""
    properties = etree.SubElement(element, A + "pPr")
    if level:
        properties.set("lvl", str(level))
    style = place.levels[level]
    inherited = style.bullet if paragraph.marker == "bullet" else not (paragraph.marker or style.bullet or paragraph.inside)
    if inherited:
        # A cell's second paragraph stands under the first, not under its number.
        if style.hang and not style.bullet and not first:
            properties.set("indent", "0")
        return
    margin, hang = margins(paragraph, place, level)
    properties.set("marL", str(emu(margin)))
    properties.set("indent", str(emu(-hang if paragraph.marker else 0)))
    _marker(properties, paragraph, start)


def _marker(properties: etree._Element, paragraph: Paragraph, start: int) -> None:
    if not paragraph.marker:
        etree.SubElement(properties, A + "buNone")
        return
    colour = etree.SubElement(properties, A + "buClr")
    etree.SubElement(colour, A + "schemeClr", val="accent1")
    if paragraph.marker == "bullet":
        etree.SubElement(properties, A + "buFont", typeface="Arial")
        etree.SubElement(properties, A + "buChar", char=_BULLET)
        return
    etree.SubElement(properties, A + "buFont", typeface="+mj-lt")
    auto = etree.SubElement(properties, A + "buAutoNum", type=_NUMBERS[paragraph.marker])
    if start != 1:
        auto.set("startAt", str(start))


def _lead(element: etree._Element, lead: Lead, writing: Writing) -> None:
    """The number of a cell; a paragraph of its own when it stands above the text."""
    level = lead.level
    properties = etree.Element(A + "rPr", lang=writing.lang, sz=_hundredths(level.size), b="1" if level.bold else "0")
    _colour(properties, level.colour)
    etree.SubElement(properties, A + "latin", typeface=getattr(writing.fonts, level.font))
    _run(element, lead.text, properties)


def _write_run(
    element: etree._Element,
    run: Run,
    style: TextLevel,
    size: float | None,
    writing: Writing,
    *,
    key: str,
    quote: bool,
) -> None:
    properties = etree.Element(A + "rPr", lang=writing.language(run.lang))
    if size is not None:
        properties.set("sz", _hundredths(size))
    if (run.bold or run.key) and not style.bold:
        properties.set("b", "1")
    if run.italic:
        properties.set("i", "1")
    if run.key:
        _colour(properties, key)
    if quote:
        etree.SubElement(properties, A + "latin", typeface=writing.fonts.extract)
    if run.link:
        click = etree.SubElement(properties, A + "hlinkClick", action=JUMP)
        click.set(R + "id", writing.link(run.link))
    _run(element, run.text, properties)


def _run(element: etree._Element, text: str, properties: etree._Element) -> None:
    """One run, or several with line breaks between them."""
    for n, line in enumerate(text.split("\n")):
        if n:
            etree.SubElement(element, A + "br").append(_copy(properties, without_link=True))
        if line:
            run = etree.SubElement(element, A + "r")
            run.append(_copy(properties))
            etree.SubElement(run, A + "t").text = line


def _copy(properties: etree._Element, *, without_link: bool = False) -> etree._Element:
    copy = etree.fromstring(etree.tostring(properties))
    for link in copy.findall(A + "hlinkClick") if without_link else ():
        copy.remove(link)
    return copy


def _end(element: etree._Element, size: float | None, writing: Writing) -> None:
    end = etree.SubElement(element, A + "endParaRPr", lang=writing.lang)
    if size is not None:
        end.set("sz", _hundredths(size))


def _colour(properties: etree._Element, slot: str) -> None:
    fill = etree.SubElement(properties, A + "solidFill")
    etree.SubElement(fill, A + "schemeClr", val=slot)


def _hundredths(points: float) -> str:
    return str(round(points * 100))
