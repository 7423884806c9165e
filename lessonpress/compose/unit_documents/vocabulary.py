"""The vocabulary of a unit: every term, with room for the pupil's own language and the translations asked for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from lessonpress.compose.cards import PT_PER_MM, SLACK
from lessonpress.compose.kit import Kit
from lessonpress.compose.unit_documents.material import Material
from lessonpress.measure import wrap
from lessonpress.model.banks import Term
from lessonpress.model.text import Line

PADS_MM = (2.6, 2.3, 2.0, 1.7, 1.4, 1.2, 1.0, 0.8)
"""What stands above and below the words of a row: as much as the pages have room for."""
HEAD_MM, NAMES_MM = 37.0, 8.0
"""The head of the first page, and the names of the columns on each."""
SHORT = 0.35
"""A last page that is filled less is no page of its own."""


@dataclass(frozen=True)
class Columns:
    """The widths of the columns in mm: the word, its meaning, each translation, and the pupil's own language."""

    word: float
    meaning: float
    translation: float
    own: float


@dataclass(frozen=True)
class Word:
    """A term, the number of the lesson that first teaches it, and its translations in the order of the columns."""

    term: Line
    meaning: Line
    lesson: int | None
    translations: tuple[Line | None, ...]


def names(material: Material, _form: str = "") -> dict[str, Any] | None:
    """The words in alphabetical order, the languages and the columns; None for a unit without terms."""
    languages = material.unit.translations
    terms = sorted(material.terms, key=lambda term: term.term.plain.casefold())
    words = tuple(_word(term, material, languages) for term in terms)
    if not words:
        return None
    columns = _columns(material.kit.theme.measure_mm, len(languages))
    return {"words": words, "languages": languages, "columns": columns, "pad": _pad(material.kit, words, columns)}


def _columns(measure: float, languages: int) -> Columns:
    word, own = measure * 0.2, measure * (0.24 if languages < 2 else 0.18)
    each = measure * (0.2 if languages == 1 else 0.14) if languages else 0.0
    return Columns(round(word, 2), round(measure - word - own - each * languages, 2), round(each, 2), round(own, 2))


def _pad(kit: Kit, words: Sequence[Word], columns: Columns) -> float:
    """The padding of rows in mm, the widest that takes no page more and leaves no last page nearly empty."""
    heights = [_height(kit, word, columns) for word in words]
    page = kit.theme.mm("page-height") - kit.theme.mm("margin-bottom") - NAMES_MM
    first, other = page - kit.theme.mm("margin-first") - HEAD_MM, page - kit.theme.mm("margin-top")
    filled = {pad: _filled([high + 2 * pad for high in heights], first, other) for pad in PADS_MM}
    fewest = min(pages for pages, _ in filled.values())
    good = [pad for pad in PADS_MM if filled[pad][1] >= SHORT or filled[pad][0] == 1]
    return next((pad for pad in good if filled[pad][0] == fewest), good[0] if good else PADS_MM[-1])


def _height(kit: Kit, word: Word, columns: Columns) -> float:
    size, lead = kit.theme.pt("cell"), kit.theme.mm("cell-lead")
    texts = [("text-bold", word.term.plain, columns.word - 2), ("text", _told(kit, word), columns.meaning - 4)]
    texts += [("text", said.plain, columns.translation - 4) for said in word.translations if said is not None]
    return lead * max(len(wrap(kit.faces[face], text, size, wide * PT_PER_MM * SLACK)) for face, text, wide in texts)


def _told(kit: Kit, word: Word) -> str:
    lesson = f" {kit.labels('lesson')}\u00a0{word.lesson}" if word.lesson is not None else ""
    return word.meaning.plain + lesson


def _filled(heights: Sequence[float], first: float, other: float) -> tuple[int, float]:
    """How many pages rows of such heights take, and how full the last one is, from 0 to 1."""
    pages, used, room = 1, 0.0, first
    for high in heights:
        if used + high > room:
            pages, used, room = pages + 1, 0.0, other
        used += high
    return pages, used / room


def _word(term: Term, material: Material, languages: tuple[str, ...]) -> Word:
    translations = tuple(term.translations.get(language) for language in languages)
    return Word(term.term, term.definition, material.met.get(term.id), translations)
