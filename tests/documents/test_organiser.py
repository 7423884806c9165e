"""The knowledge organiser: one page, everything numbered, three forms of one geometry."""

from __future__ import annotations

import re

import pytest

from lessonpress.compose.unit_documents.organiser import LEAST_PT, MOST, Fact, Sheet, names
from lessonpress.theme import papers, themes
from tests.activities.bench import TEMPLATES
from tests.documents.unit_bench import material, rendered, words

FORMS = {
    "": "knowledge-organiser",
    "half-blank": "knowledge-organiser-half-blank",
    "blank": "knowledge-organiser-blank",
}


def sheet(form: str = "", profile: str = "standard", paper: str = "a4") -> Sheet:
    made = names(material(profile, paper), form)
    assert made is not None
    found: Sheet = made["sheet"]
    return found


def facts(made: Sheet) -> list[Fact]:
    return [fact for column in made.columns for section in column for fact in section.facts]


@pytest.mark.parametrize("paper", papers(TEMPLATES))
def test_the_organiser_is_one_page(paper: str) -> None:
    """On every paper all three forms are one page each, on which every number and prompt stands."""
    for form, name in FORMS.items():
        assert rendered(name, paper=paper).pages == 1
        printed = words(name, paper=paper)
        for fact in facts(sheet(form, paper=paper)):
            assert re.search(rf"\b{fact.number} {re.escape(fact.prompt.plain.split()[0])}", printed), (
                name,
                fact.number,
            )


@pytest.mark.parametrize("theme", themes(TEMPLATES))
def test_every_theme_has_one_page(theme: str) -> None:
    """No theme needs a second page."""
    assert rendered("knowledge-organiser", theme=theme).pages == 1


def test_entries_are_numbered_through() -> None:
    """Numbers run from 1 without a gap over all sections, and are the same in every form."""
    prompts = [[(fact.number, fact.prompt) for fact in facts(sheet(form))] for form in FORMS]
    assert prompts[0] == prompts[1] == prompts[2]
    assert [number for number, _ in prompts[0]] == list(range(1, len(prompts[0]) + 1))
    assert 40 <= len(prompts[0]) <= sum(MOST.values())


def test_type_is_never_too_small() -> None:
    """The type is nine points or more, and rows have room for a line of handwriting."""
    assert sheet().size >= LEAST_PT
    assert all(fact.height >= 7 for fact in facts(sheet()))


def test_forms_leave_out_what_they_should() -> None:
    """Of two entries that follow each other the half-blank form has one; the blank form has none, the full one all."""
    full, half, blank = (facts(sheet(form)) for form in FORMS)
    assert not any(fact.blank for fact in full)
    assert all(fact.blank for fact in blank)
    pairs = [(one.blank, other.blank) for one, other in zip(half[::2], half[1::2], strict=False)]
    assert pairs
    assert all(one != other for one, other in pairs)


def test_rows_have_one_height_in_every_form() -> None:
    """The full sheet lies on the others line by line."""
    heights = {tuple(fact.height for fact in facts(sheet(form))) for form in FORMS}
    assert len(heights) == 1


def test_dates_run_from_the_beginning_to_the_end() -> None:
    """The dates are in the order of time and come from all of it."""
    dates = material().spread(material().events, MOST["dates"])
    assert [date.date.ordinal for date in dates] == sorted(date.date.ordinal for date in dates)
    assert dates[0].date.year < 1922
    assert dates[-1].date.year > 1928


def test_larger_type_takes_the_pages_that_it_takes() -> None:
    """Large print has all entries in one column."""
    made = sheet("blank", "large-print")
    assert len(made.columns) == 1
    assert len(facts(made)) >= len(facts(sheet("blank")))
    assert rendered("knowledge-organiser-blank", "large-print").pages > 1
