"""A composed deck as a job: its slide markup printed on the base that came with it."""

from __future__ import annotations

import json
from pathlib import Path

from lessonpress.compose.deck_base import TABLES
from lessonpress.compose.deck_kit import deck_kit
from lessonpress.compose.jobs import Deck
from lessonpress.compose.school.clean import with_table_style
from lessonpress.diagnostics import Place, warning
from lessonpress.model.slide_layouts import SlideLayouts
from lessonpress.render.pptx.lint import diagnostics, lint
from lessonpress.render.pptx.lint.made import FOOTERS
from lessonpress.render.pptx.package import write_zip
from lessonpress.render.pptx.printer import PrintedDeck, print_deck
from lessonpress.render.rendered import Rendered
from lessonpress.theme import DeckBase

PLACE = Place("deck")


def print_job(job: Deck) -> Rendered:
    """The PowerPoint file of a deck, with what the linter finds in it."""
    file = DeckBase(Path(job.school.path), "layouts", dict(job.school.layouts)) if job.school else None
    kit = deck_kit(Path(job.root), json.loads(job.slides), file)
    base = write_zip(with_table_style(kit.school.package, job.base[TABLES]).parts) if kit.school else job.base
    printed = print_deck(job.markup, base, kit.layouts, kit.families, forms=kit.forms)
    told = tuple(warning("slide", f"slide {d.slide}: {d.message}", PLACE) for d in printed.diagnostics)
    # The footers of a school's file are its own: their size and place are no fault of a lesson.
    passed = FOOTERS if kit.school else ()
    found = lint(printed.data, kit.families, asides(kit.layouts), passed)
    findings = [one for one in found if not _is_told(one.rule.code, one.slide, printed)]
    return Rendered(printed.data, len(printed.slides), (), (*told, *diagnostics(findings, PLACE)))


def asides(layouts: SlideLayouts) -> frozenset[str]:
    """The names of shapes that are labels or credits: they do not count as body."""
    return frozenset(place.label for layout in layouts.layouts for place in layout.placeholders if place.aside)


def _is_told(code: str, slide: int, printed: PrintedDeck) -> bool:
    """Whether the printer has said that the text of a slide does not fit, or knows that not all of it is body."""
    name = printed.slides[slide - 1][0]
    if code == "slide-words":
        return name in printed.mixed
    return code == "slide-overflow" and any(name == told.slide for told in printed.diagnostics)
