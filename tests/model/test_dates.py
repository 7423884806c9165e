"""Dates to the day, the month or the year."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from lessonpress.model.dates import MONTHS, PartialDate
from lessonpress.model.language import BRITISH

DAYS = st.dates(dt.date(1801, 1, 1), dt.date(2099, 12, 31))
DATES = DAYS.flatmap(
    lambda d: st.sampled_from([PartialDate(d.year), PartialDate(d.year, d.month), PartialDate(d.year, d.month, d.day)])
)


@given(DATES)
def test_a_date_reads_what_it_writes(date: PartialDate) -> None:
    """The written form of a date gives the date again."""
    assert PartialDate.parse(date.iso) == date
    assert TypeAdapter(PartialDate).validate_python(date) is date


@given(DAYS)
def test_a_printed_date_is_found_again(day: dt.date) -> None:
    """A date as it is printed is found in a text with its place in time."""
    date = PartialDate(day.year, day.month, day.day)
    text = str(date).replace("\u00a0", " ")
    assert list(BRITISH.printed_dates(f"On {text}, then.")) == [(text, date)]


@given(DAYS, DAYS)
def test_dates_lie_in_order_on_a_line(one: dt.date, two: dt.date) -> None:
    """An earlier day has a smaller ordinal, within its year."""
    first, second = (PartialDate(d.year, d.month, d.day) for d in (one, two))
    assert (one < two) == (first.ordinal < second.ordinal) == (first < second)
    assert first.year <= first.ordinal < first.year + 1


@given(DATES, DATES)
def test_a_date_rounds_to_itself_and_its_month_and_year(date: PartialDate, other: PartialDate) -> None:
    """A date rounds to less exact ones, never the other way round."""
    assert {date, PartialDate(date.year)} <= date.rounded
    assert PartialDate(date.year).rounded == {PartialDate(date.year)}
    if other in date.rounded and date in other.rounded:
        assert date == other


@pytest.mark.parametrize(
    "text", ["", "24", "1922-24", "1924-13", "1924-00", "1924-02-30", "3 April 1922", "1924-1-32", "1924-04-03T10"]
)
def test_what_is_no_date_is_refused(text: str) -> None:
    """Spans, words and days that no calendar has are no dates."""
    with pytest.raises(ValueError):
        PartialDate.parse(text)
    with pytest.raises(ValidationError, match="is not a date: write 1924"):
        TypeAdapter(PartialDate).validate_python(text)


def test_a_leap_day_is_a_day() -> None:
    """29 February exists in leap years alone."""
    assert str(PartialDate.parse("1924-02-29")) == "29\u00a0February\u00a01924"
    with pytest.raises(ValueError, match="1925"):
        PartialDate.parse("1925-02-29")


def test_a_date_says_what_is_known() -> None:
    """A month or a year alone is printed alone."""
    assert str(PartialDate.parse("1924-06")) == "June\u00a01924"
    assert str(PartialDate.parse("1924 ")) == "1924"
    assert PartialDate(1924, 7).ordinal == pytest.approx(1924.497, abs=0.01)
    assert TypeAdapter(PartialDate).json_schema()["type"] == ["string", "integer"]


def test_several_days_of_a_month_are_several_dates() -> None:
    """Days that share a month are found one by one; a year alone and a far century are none."""
    found = [
        date.iso
        for _, date in BRITISH.printed_dates("8 and 15 October 1923, 16-18 January 1924, May 1924, in 1925, May 1204")
    ]
    assert found == ["1923-10-08", "1923-10-15", "1924-01-16", "1924-01-18", "1924-05"]
    assert len(MONTHS) == 12
