"""How large text may be in its box, and where it is parted when it does not fit."""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from lessonpress.measure import Family, Span, wrap_spans
from lessonpress.render.pptx.words import count_words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from lessonpress.model.slide_layouts import Box, Placeholder, TextLevel
    from lessonpress.model.slide_tokens import SlideFonts
    from lessonpress.render.pptx.content import Paragraph

FLOOR = 18.0  # points; nothing on a slide is smaller
SPLIT_FLOOR = 22.0  # rather two slides than text below this
PT_PER_CM = 72 / 2.54
# LibreOffice sets lines at 1.2 times the size whatever the font; PowerPoint a little closer.
PITCH = 1.2
WIDTH_SLACK = 0.985  # programs differ by a hair; a line that just fits may not
HEIGHT_SLACK = 0.94  # one line in the tightest boxes is 95 per cent of them
NUMBER_HANG = (1.25, 1.75)  # cm, for numbers of one figure and of more
BULLET_HANG = 0.9  # cm, where the placeholder has no bullets of its own
_WORDS = re.compile(r"[ \n]+|(?<=[-–—/])(?=\w)")


@dataclass(frozen=True)
class Typeset:
    """Fonts by what they are for; the one thing that fitting needs beside the layouts."""

    fonts: SlideFonts
    families: Mapping[str, Family]

    def family(self, role: str) -> Family:
        """The measuring family of a font role."""
        return self.families[getattr(self.fonts, role)]

    def instead(self) -> Typeset:
        """The same fonts, each as what stands in for it on a computer that lacks it."""
        return replace(self, families={name: family.instead or family for name, family in self.families.items()})


@dataclass(frozen=True)
class Lead:
    """The number of a cell, beside its text or on a line of its own above."""

    text: str
    level: TextLevel
    above: bool = False


def level_of(paragraph: Paragraph, place: Placeholder, index: int) -> int:
    """The level, from 0, at which the placeholder sets its paragraph number `index`."""
    wanted = 1 if place.rest_below and index else paragraph.level
    return min(wanted, len(place.levels) - 1)


def size_at(place: Placeholder, level: int, size: float) -> float:
    """The size of a level in points when the first level is set in `size`."""
    style = place.levels[level]
    return size if level == 0 else max(FLOOR, round(style.size * size / place.levels[0].size))


def margins(paragraph: Paragraph, place: Placeholder, level: int) -> tuple[float, float]:
    """Where a paragraph's text begins and how far its marker hangs out of it, both in cm."""
    style = place.levels[level]
    if style.bullet and not paragraph.inside:
        return 0.0, 0.0  # a plain paragraph among bullets stands at the edge
    outer = sum(other.hang for other in place.levels[:level])
    own = style.hang
    if paragraph.inside == "number":
        own = max(own, NUMBER_HANG[min(paragraph.digits, 2) - 1])
    elif paragraph.inside == "bullet":
        own = own or BULLET_HANG
    return outer + own, own if paragraph.marker or not paragraph.inside else 0.0


def spans(paragraph: Paragraph, style: TextLevel, typeset: Typeset) -> list[Span]:
    """The runs of a paragraph with the faces that they are measured in."""
    family = typeset.family("extract" if paragraph.quote else style.font)
    return [(family.face(bold=style.bold or run.bold or run.key), run.text) for run in paragraph.runs]


def ladder(size: float, floor: float) -> list[float]:
    """The sizes to try, from `size` down to `floor` points."""
    sizes = [float(size)]
    while sizes[-1] > floor:
        step = 2 if sizes[-1] <= 40 else round(sizes[-1] * 0.08)
        sizes.append(max(float(floor), sizes[-1] - step))
    return sizes


@dataclass(frozen=True)
class Setter:
    """The text of one placeholder in one box, ready to be measured at any size."""

    place: Placeholder
    box: Box
    typeset: Typeset
    lead: Lead | None = None

    @property
    def room(self) -> float:
        """The height for text, in points."""
        _, top, _, bottom = self.place.inset
        return (self.box.h - top - bottom) * PT_PER_CM

    @property
    def width(self) -> float:
        """The width for text, in points, with a little slack."""
        left, _, right, _ = self.place.inset
        return (self.box.w - left - right) * PT_PER_CM * WIDTH_SLACK

    def height(self, paragraphs: Sequence[Paragraph], size: float) -> float:
        """The height of the text in points when its first level is set in `size`."""
        total = 0.0
        for n, paragraph in enumerate(paragraphs):
            level = level_of(paragraph, self.place, n)
            style = self.place.levels[level]
            own = size_at(self.place, level, size)
            pitch = max(PITCH, self.typeset.family(style.font).regular.line) * style.line / 100
            total += len(self.lines(paragraph, level, own)) * own * pitch + (style.before if n else 0)
        return total + self._lead_height(size)

    def lines(self, paragraph: Paragraph, level: int, size: float) -> list[str]:
        """A paragraph broken into the lines that PowerPoint will break it into."""
        margin, _ = margins(paragraph, self.place, level)
        measured = spans(paragraph, self.place.levels[level], self.typeset)
        return wrap_spans(measured, size, self.width - margin * PT_PER_CM)

    def fits(self, paragraphs: Sequence[Paragraph], size: float) -> bool:
        """Whether the text fits its box at a size, in the font's substitute too where that matters."""
        return self._fits(paragraphs, size) and (
            not self.place.sure or replace(self, typeset=self.typeset.instead())._fits(paragraphs, size)
        )

    def _fits(self, paragraphs: Sequence[Paragraph], size: float) -> bool:
        """Whether the text fits, no word broken and no line too many."""
        if any(self._breaks_word(paragraph, n, size) for n, paragraph in enumerate(paragraphs)):
            return False
        if self.place.max_lines:
            lines = [line for n, p in enumerate(paragraphs) for line in self.lines(p, level_of(p, self.place, n), size)]
            if len(lines) > self.place.max_lines or not self._clears(lines, size):
                return False
            if len(lines) == 1:
                return True  # one line may use its box to the full
        return self.height(paragraphs, size) <= self.room * HEIGHT_SLACK

    def choose(self, paragraphs: Sequence[Paragraph], floor: float | None = None) -> float | None:
        """The largest size at which the text fits, or None."""
        style = self.place.levels[0]
        sizes = ladder(style.size, style.floor if floor is None else max(style.floor, floor))
        return next((size for size in sizes if self.fits(paragraphs, size)), None)

    def _lead_height(self, size: float) -> float:
        if not self.lead:
            return 0.0
        # Beside its text, a larger number only makes the first line higher.
        return (self.lead.level.size if self.lead.above else max(0.0, self.lead.level.size - size)) * PITCH

    def _breaks_word(self, paragraph: Paragraph, index: int, size: float) -> bool:
        level = level_of(paragraph, self.place, index)
        margin, _ = margins(paragraph, self.place, level)
        style = self.place.levels[level]
        face = self.typeset.family(style.font).face(bold=style.bold)
        room = self.width - margin * PT_PER_CM
        return any(face.width(word, size_at(self.place, level, size)) > room for word in _WORDS.split(paragraph.text))

    def _clears(self, lines: Sequence[str], size: float) -> bool:
        """Whether each line ends before the slanted neighbour of the box."""
        lean, style = self.place.lean, self.place.levels[0]
        if lean is None:
            return True
        face = self.typeset.family(style.font).face(bold=style.bold)
        pitch = size * PITCH * style.line / 100
        ends = ((n * pitch, face.width(line, size)) for n, line in enumerate(lines, start=1))
        return all(width <= lean.reach * PT_PER_CM - lean.slope * depth for depth, width in ends)


def units(paragraphs: Sequence[Paragraph]) -> list[tuple[Paragraph, ...]]:
    """Text in pieces that stay together: an item with what is inside it, a question with its answer."""
    pieces: list[list[Paragraph]] = []
    for paragraph in paragraphs:
        stays = paragraph.level > 0 or paragraph.kind == "key" or (paragraph.inside and not paragraph.marker)
        if pieces and stays:
            pieces[-1].append(paragraph)
        else:
            pieces.append([paragraph])
    return [tuple(piece) for piece in pieces]


def split(
    setter: Setter, paragraphs: Sequence[Paragraph], words: int = sys.maxsize
) -> tuple[float, list[tuple[Paragraph, ...]]] | None:
    """Part text into the fewest, evenly filled pages of at most so many words at the largest size.

    A piece of more words has a page to itself; None if a piece is too tall.
    """
    pieces = units(paragraphs)
    best: tuple[float, list[tuple[Paragraph, ...]]] | None = None
    for size in reversed(ladder(setter.place.levels[0].size, SPLIT_FLOOR)):
        pages = _pages(setter, pieces, size, words)
        if pages is not None and (best is None or len(pages) <= len(best[1])):
            best = size, pages
    return best


def _pages(
    setter: Setter, pieces: Sequence[tuple[Paragraph, ...]], size: float, words: int
) -> list[tuple[Paragraph, ...]] | None:
    """The fewest pages that hold the pieces in order, those of equal number by the evenest heights."""
    best: list[tuple[int, float, int]] = [(0, 0.0, 0)]
    for end in range(1, len(pieces) + 1):
        choices: list[tuple[int, float, int]] = []
        for start in range(end - 1, -1, -1):
            text = [paragraph for piece in pieces[start:end] for paragraph in piece]
            many = sum(count_words(paragraph.text) for paragraph in text) > words and end - start > 1
            if many or not setter.fits(text, size):
                break
            pages, unevenness, _ = best[start]
            choices.append((pages + 1, unevenness + setter.height(text, size) ** 2, start))
        if not choices:
            return None
        best.append(min(choices))
    return _walk_back(pieces, best)


def _walk_back(
    pieces: Sequence[tuple[Paragraph, ...]], best: Sequence[tuple[int, float, int]]
) -> list[tuple[Paragraph, ...]]:
    pages: list[tuple[Paragraph, ...]] = []
    end = len(pieces)
    while end:
        start = best[end][2]
        pages.insert(0, tuple(paragraph for piece in pieces[start:end] for paragraph in piece))
        end = start
    return pages
