"""The decks of the unit that we ship: the linter has nothing to say of any slide, in any theme."""

from __future__ import annotations

import dataclasses
import functools
from pathlib import Path

import pytest

from lessonpress.call import compose_all, load_library
from lessonpress.compose.jobs import Deck
from lessonpress.load.choice import select
from lessonpress.load.unit import LoadedUnit
from lessonpress.model.lesson import ResolvedLesson
from lessonpress.options import Options
from lessonpress.render.pptx.job import print_job
from lessonpress.theme import themes
from tests.activities.bench import ROOT, TEMPLATES
from tests.contracts.test_unit_papers import STEMS

MOST_SLIDES = 25
"""A lesson of an hour has no time for more."""
WAYS = [*((theme, "slide") for theme in themes(TEMPLATES)), ("constructivist", "click")]
pytestmark = [pytest.mark.slow, pytest.mark.parametrize("stem", STEMS)]


@functools.cache
def lessons() -> dict[str, tuple[LoadedUnit, ResolvedLesson]]:
    """The lessons of the unit, each with its unit."""
    asked = Options(ROOT / "content", Path("output"), TEMPLATES)
    return {lesson.stem: (unit, lesson) for unit, lesson in select(load_library(asked), ())}


def deck(stem: str, theme: str, reveal: str) -> Deck:
    """The composed deck of a lesson."""
    unit, lesson = lessons()[stem]
    mine = dataclasses.replace(lesson, unit=lesson.unit.model_copy(update={"reveal": reveal}))
    asked = Options(ROOT / "content", Path("output"), TEMPLATES, only=("deck",), theme=theme)
    (artefact,) = compose_all([(unit, mine)], asked)[0]
    assert isinstance(artefact.job, Deck)
    return artefact.job


@pytest.mark.parametrize(("theme", "reveal"), WAYS)
def test_the_linter_finds_nothing(stem: str, theme: str, reveal: str) -> None:
    """No overflow, no small or faint text, nothing out of order, no slide of too many words; and few slides."""
    rendered = print_job(deck(stem, theme, reveal))
    assert [one.message for one in rendered.diagnostics] == []
    assert 15 <= rendered.pages <= MOST_SLIDES
