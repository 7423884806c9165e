"""A composed deck as a job: its slide markup printed on the base that came with it, and the file linted."""

from __future__ import annotations

import json
from pathlib import Path

from lessonpress.compose.deck import LAYOUTS, read_data, slide_families
from lessonpress.compose.jobs import Deck
from lessonpress.diagnostics import Place, warning
from lessonpress.model.slide_layouts import SlideLayouts, slide_layouts
from lessonpress.model.slide_tokens import slide_tokens
from lessonpress.render.pptx.lint import diagnostics, lint
from lessonpress.render.pptx.printer import PrintedDeck, print_deck
from lessonpress.render.rendered import Rendered

PLACE = Place("deck")


def print_job(job: Deck) -> Rendered:
    """The PowerPoint file of a deck, with what the linter finds in it."""
    templates = Path(job.root)
    tokens = slide_tokens(json.loads(job.slides))
    layouts = slide_layouts(read_data(templates / LAYOUTS), tokens)
    families = slide_families(templates)
    printed = print_deck(job.markup, job.base, layouts, families)
    told = tuple(warning("slide", f"slide {d.slide}: {d.message}", PLACE) for d in printed.diagnostics)
    findings = [
        one for one in lint(printed.data, families, asides(layouts)) if not _is_told(one.rule.code, one.slide, printed)
    ]
    return Rendered(printed.data, len(printed.slides), (), (*told, *diagnostics(findings, PLACE)))


def asides(layouts: SlideLayouts) -> frozenset[str]:
    """The names of shapes that are labels or credits: they do not count as body."""
    return frozenset(place.label for layout in layouts.layouts for place in layout.placeholders if place.aside)


def _is_told(code: str, slide: int, printed: PrintedDeck) -> bool:
    """Whether the printer has said already that the text of a slide does not fit."""
    return code == "slide-overflow" and any(printed.slides[slide - 1][0] == told.slide for told in printed.diagnostics)
