"""The vocabulary of a unit: every term, with room for the pupil's own language and the translations asked for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from lessonpress.compose.unit_documents.material import Material
from lessonpress.model.banks import Term
from lessonpress.model.text import Line


@dataclass(frozen=True)
class Word:
    """A term, the number of the lesson that first teaches it, and its translations in the order of the columns."""

    term: Line
    meaning: Line
    lesson: int | None
    translations: tuple[Line | None, ...]


def names(material: Material, _form: str = "") -> dict[str, Any] | None:
    """The words in alphabetical order and the languages of their columns; None for a unit without terms."""
    languages = material.unit.translations
    terms = sorted(material.terms, key=lambda term: term.term.plain.casefold())
    words = tuple(_word(term, material, languages) for term in terms)
    return {"words": words, "languages": languages} if words else None


def _word(term: Term, material: Material, languages: tuple[str, ...]) -> Word:
    translations = tuple(term.translations.get(language) for language in languages)
    return Word(term.term, term.definition, material.met.get(term.id), translations)
