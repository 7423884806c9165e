"""How languages are written: dates, quotation marks, numbers."""

from __future__ import annotations

from decimal import Decimal

import pytest

from lessonpress.compose.labels import load_labels
from lessonpress.model.dates import PartialDate
from lessonpress.model.language import BRITISH, Language
from lessonpress.model.text import Line, Prose
from tests.activities.bench import TEMPLATES

LANGUAGES = ("en-GB", "en-US", "ru", "ar")


def language(lang: str) -> Language:
    """A language of the bundled label files."""
    return load_labels(TEMPLATES, lang).language


@pytest.mark.parametrize(
    ("lang", "day", "month", "year"),
    [
        ("en-GB", "3 April 1922", "April 1922", "1922"),
        ("en-US", "April 3, 1922", "April 1922", "1922"),
        ("ru", "3 апреля 1922 г.", "апрель 1922 г.", "1922 г."),
        ("ar", "3 أبريل 1922", "أبريل 1922", "1922"),
    ],
)
def test_dates_are_written_as_in_the_language(lang: str, day: str, month: str, year: str) -> None:
    """A date to the day, month or year has the order and the case of the language, and no line breaks it."""
    dates = [PartialDate(1922, 4, 3), PartialDate(1922, 4), PartialDate(1922)]
    found = [language(lang).date(date) for date in dates]
    assert [text.replace("\u00a0", " ") for text in found] == [day, month, year]
    assert not any(" " in text for text in found)


@pytest.mark.parametrize(
    ("lang", "text"),
    [("en-GB", "3 April"), ("en-US", "April 3"), ("ru", "3 апреля"), ("ar", "3 أبريل")],
)
def test_a_year_that_was_said_is_left_out(lang: str, text: str) -> None:
    """The first date of a span within a year goes without the year."""
    assert language(lang).date(PartialDate(1922, 4, 3), year=False).replace("\u00a0", " ") == text


def test_british_dates_are_those_of_the_program() -> None:
    """What messages call a date is what a British sheet prints."""
    for date in (PartialDate(1922, 4, 3), PartialDate(1922, 4), PartialDate(1922)):
        assert BRITISH.date(date) == str(date)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("month", range(1, 13))
def test_what_is_printed_is_understood(lang: str, month: int) -> None:
    """Every date that a language prints is found again in a text."""
    own = language(lang)
    for date in (PartialDate(1924, month, 21), PartialDate(1924, month)):
        text = own.date(date).replace("\u00a0", " ")
        assert [found for _, found in own.printed_dates(f"({text})")] == [date]


@pytest.mark.parametrize(
    ("lang", "text", "dates"),
    [
        ("en-US", "On April 3 and 4, 1922, in May 1924", ["1922-04-03", "1922-04-04", "1924-05"]),
        ("ru", "в апреле 1922 года, 16-18 января 1924 г.", ["1922-04", "1924-01-16", "1924-01-18"]),
        ("ru", "8 и 15 октября 1923 года", ["1923-10-08", "1923-10-15"]),
        ("ar", "في 3 نيسان 1922 وفي كانون الثاني 1924", ["1922-04-03", "1924-01"]),
        ("ar", "في 8 و15 أكتوبر 1923", ["1923-10-08", "1923-10-15"]),
        ("ru", "3 April 1922", []),
    ],
)
def test_dates_in_texts_are_understood(lang: str, text: str, dates: list[str]) -> None:
    """Cases, other names of months and several days are read; months of another language are passed over."""
    assert [date.iso for _, date in language(lang).printed_dates(text)] == dates


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en-GB", "“He said ‘no’,” it’s told"),
        ("en-US", "“He said ‘no’,” it’s told"),
        ("ru", "«He said „no“,» it’s told"),
        ("ar", "«He said “no”,» it’s told"),
    ],
)
def test_straight_quotation_marks_become_those_of_the_language(lang: str, text: str) -> None:
    """The outer and inner pair are the language's, an apostrophe stays one, in lines and in prose."""
    typed = "\"He said 'no',\" it's told"
    assert Line.parse(typed, None, language(lang)).plain == text
    assert Prose.parse(typed, None, language(lang)).plain == text


@pytest.mark.parametrize(
    ("lang", "typed", "text"),
    [
        ("en-GB", "a - b, 3 April 1922", "a – b, 3_April_1922"),
        ("en-US", "a - b, April 3, 1922, May 1924", "a – b, April_3, 1922, May_1924"),
        ("ru", "а - б, 3 апреля 1922 г.", "а — б, 3_апреля_1922_г."),
        ("ar", "أ - ب، 3 أبريل 1922", "أ – ب، 3_أبريل_1922"),
    ],
)
def test_dashes_and_dates_are_set_as_in_the_language(lang: str, typed: str, text: str) -> None:
    """A hyphen between spaces is the dash of the language, and a date stays on one line."""
    assert Line.parse(typed, None, language(lang)).plain.replace("\u00a0", "_") == text


def test_numbers_have_the_points_of_the_language() -> None:
    """Thousands and decimals are parted as in the language."""
    assert [language(lang).number(Decimal("446089.5")) for lang in ("en-GB", "ru")] == ["446,089.5", "446\u00a0089,5"]
