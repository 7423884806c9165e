"""Write paragraphs and runs into the text body of a placeholder or a table cell."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from lxml import etree

from lessonpress.render.pptx.fit import level_of, margins, size_at
from lessonpress.render.pptx.ooxml import A, R, emu

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from lessonpress.model.slide_layouts import Placeholder
    from lessonpress.model.slide_tokens import SlideFonts
    from lessonpress.render.pptx.arrange import Fill
    from lessonpress.render.pptx.content import Paragraph, Run
    from lessonpress.render.pptx.fit import Lead

# The regions that PowerPoint's proofing tools know a bare language by.
REGIONS = {
    "ru": "ru-RU",
    "en": "en-GB",
    "de": "de-DE",
    "fr": "fr-FR",
    "es": "es-ES",
    "it": "it-IT",
    "uk": "uk-UA",
    "ar": "ar-SA",
}
JUMP = "ppaction://hlinksldjump"
_NUMBERS = {"1": "arabicPeriod", "A": "alphaUcPeriod", "a": "alphaLcPeriod"}
_BULLET = "▪"


def language_tag(lang: str) -> str:
    """A language as PowerPoint knows it, with a region; an empty one stays so."""
    return REGIONS.get(lang, lang)


@dataclass(frozen=True)
class Writing:
    """What text is written with: the deck's language and fonts, and how a link finds its slide.

    `link` turns the id of a slide into a relationship id of the slide being written; `faint` names
    the colours that cannot be read on a school's ground, each with what stands for it.
    """

    lang: str
    fonts: SlideFonts
    link: Callable[[str], str]
    faint: Mapping[Any, Any] = field(default_factory=dict)

    def colour(self, slot: str) -> str:
        """The colour that is painted for a slot."""
        return str(self.faint.get(slot, slot))

    def language(self, lang: str) -> str:
        """A full language tag; the deck's own where none is given."""
        return language_tag(lang) or self.lang


@dataclass(frozen=True)
class _Style:
    """How runs differ from their level: size in points where it is not the level's, colour of answers and of the rest."""

    size: float | None
    key: str
    bold: bool = False
    quote: bool = False
    colour: str = ""


def write_text(body: etree._Element, fill: Fill, writing: Writing) -> None:
    """Replace the text of a placeholder's body."""
    _clear(body)
    lead = fill.lead
    if lead and lead.above:
        _lead(_paragraph_element(body), lead, writing)
    starts = _list_starts(fill.paragraphs)
    for n, (paragraph, start) in enumerate(zip(fill.paragraphs, starts, strict=True)):
        level = level_of(paragraph, fill.place, n)
        element = _paragraph_element(body)
        _properties(element, paragraph, fill.place, level, start=start, first=n == 0)
        if lead and not lead.above and n == 0:
            _lead(element, lead, writing)
            _run(element, "\t", etree.Element(A + "rPr", lang=writing.lang))
        own, usual = size_at(fill.place, level, fill.size), fill.place.levels[level]
        if paragraph.sign:
            _run(element, f"{paragraph.sign}\t", etree.Element(A + "rPr", lang=writing.lang))
        size = own if usual.own_size or own != usual.size else None
        style = _Style(size, fill.place.key, usual.bold, paragraph.quote, usual.colour if usual.own_colour else "")
        _write_runs(element, paragraph, style, writing)


def write_cell(body: etree._Element, paragraphs: Sequence[Paragraph], size: float, writing: Writing) -> None:
    """Replace the text of a table cell; its size in points is always written out."""
    _clear(body)
    for paragraph in paragraphs:
        _write_runs(_paragraph_element(body), paragraph, _Style(size, writing.colour("accent1")), writing)


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
    element: etree._Element, paragraph: Paragraph, place: Placeholder, level: int, *, start: int, first: bool
) -> None:
    """The paragraph's level, and its indents and marker where they are not the level's own."""
    properties = etree.SubElement(element, A + "pPr")
    if level:
        properties.set("lvl", str(level))
    style = place.levels[level]
    bulleted = bool(style.bullet)
    if paragraph.marker == "bullet" and bulleted:
        return
    if not bulleted and not paragraph.inside:
        # A cell's second paragraph stands under the first, not under its number.
        if style.hang and not first:
            properties.set("indent", "0")
        return
    margin, hang = margins(paragraph, place, level)
    properties.set("marL", str(emu(margin)))
    properties.set("indent", str(emu(-hang if paragraph.marker else 0)))
    _marker(properties, paragraph, start, place.key)


def _marker(properties: etree._Element, paragraph: Paragraph, start: int, colour: str) -> None:
    if not paragraph.marker or paragraph.sign:
        etree.SubElement(properties, A + "buNone")
        return
    etree.SubElement(etree.SubElement(properties, A + "buClr"), A + "schemeClr", val=colour)
    if paragraph.marker == "bullet":
        etree.SubElement(properties, A + "buFont", typeface="Arial")
        etree.SubElement(properties, A + "buChar", char=_BULLET)
        return
    # A template may have made its bullets small.
    etree.SubElement(properties, A + "buSzTx")
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


def _write_runs(element: etree._Element, paragraph: Paragraph, style: _Style, writing: Writing) -> None:
    for run in paragraph.runs:
        _run(element, run.text, _run_properties(run, style, writing))
    _end(element, style.size, writing)


def _run_properties(run: Run, style: _Style, writing: Writing) -> etree._Element:
    properties = etree.Element(A + "rPr", lang=writing.language(run.lang))
    if style.size is not None:
        properties.set("sz", _hundredths(style.size))
    if (run.bold or run.key) and not style.bold:
        properties.set("b", "1")
    if run.italic:
        properties.set("i", "1")
    if run.struck:
        properties.set("strike", "sngStrike")
    if colour := style.key if run.key and not style.colour else style.colour:
        _colour(properties, colour)
    if style.quote:
        etree.SubElement(properties, A + "latin", typeface=writing.fonts.extract)
    if run.link:
        click = etree.SubElement(properties, A + "hlinkClick", action=JUMP)
        click.set(R + "id", writing.link(run.link))
    return properties


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
