"""The vocabulary: every word in order, with its lesson and room for another language."""

from __future__ import annotations

from dataclasses import replace

from lessonpress.compose.documents import BY_NAME
from lessonpress.compose.unit import UnitScene
from lessonpress.compose.unit_documents.material import Material
from lessonpress.compose.unit_documents.vocabulary import _filled, names
from lessonpress.model.banks import Term
from lessonpress.model.text import Line
from tests.documents.unit_bench import material, rendered, words


def translated() -> Material:
    """The unit with two languages beside its words, one of which has one word."""
    terms = {key: term for key, term in material().loaded.banks["terms"].items() if isinstance(term, Term)}
    said = terms["kulak"].model_copy(update={"translations": {"pl": Line.parse("kułak")}})
    loaded = replace(material().loaded, banks={"terms": {**terms, "kulak": said}})
    unit = material().unit.model_copy(update={"translations": ("pl", "ru")})
    return Material(material().kit, loaded, tuple(replace(x, unit=unit) for x in material().lessons), 1)


def test_every_word_stands_in_the_order_of_the_alphabet() -> None:
    """All terms of the bank are there, each with its meaning, small letters and capitals alike."""
    made = names(material())
    assert made is not None
    listed = [word.term.plain for word in made["words"]]
    assert len(listed) == len(material().terms) > 40
    assert listed == sorted(listed, key=str.casefold)
    printed = words("vocabulary")
    assert all(word.term.plain in printed for word in made["words"])


def test_words_tell_the_lesson_that_first_teaches_them() -> None:
    """A word of several lessons names the first; one of no lesson names none."""
    made = names(material())
    assert made is not None
    lessons = {word.term.plain: word.lesson for word in made["words"]}
    assert (lessons["triumvirate"], lessons["faction"], lessons["Old Bolshevik"]) == (1, 2, None)


def test_translations_have_columns() -> None:
    """Each language that the unit asks for has a column, empty where the bank has no word; without any there is none."""
    made = names(translated())
    assert made is not None
    assert made["languages"] == ("pl", "ru")
    html = UnitScene(translated(), BY_NAME["vocabulary"]).document(**made).html
    assert html.count('<td lang="pl">') == html.count('<td lang="ru">') == len(made["words"])
    assert '<td lang="pl">kułak</td><td lang="ru"></td>' in html
    assert made["columns"].own >= 30
    plain = names(material())
    assert plain is not None
    assert plain["languages"] == ()


def test_the_last_page_is_worth_its_paper() -> None:
    """Rows are as high as lets the last page be more than a few lines."""
    assert [d.code for d in rendered("vocabulary").diagnostics] == []
    assert _filled([10.0] * 5, 20.0, 30.0) == (2, 1.0)
    assert _filled([10.0] * 6, 20.0, 30.0) == (3, 10.0 / 30.0)
