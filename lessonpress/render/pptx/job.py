"""A composed deck as a job: its slide markup printed on the base that came with it."""

from __future__ import annotations

import json
from pathlib import Path

from lessonpress.compose.deck import LAYOUTS, read_data, slide_families
from lessonpress.compose.jobs import Deck
from lessonpress.diagnostics import Place, warning
from lessonpress.model.slide_layouts import slide_layouts
from lessonpress.model.slide_tokens import slide_tokens
from lessonpress.render.pptx.printer import print_deck
from lessonpress.render.rendered import Rendered


def print_job(job: Deck) -> Rendered:
    """The PowerPoint file of a deck; what does not fit a slide is a warning."""
    templates = Path(job.root)
    tokens = slide_tokens(json.loads(job.slides))
    layouts = slide_layouts(read_data(templates / LAYOUTS), tokens)
    printed = print_deck(job.markup, job.base, layouts, slide_families(templates))
    said = tuple(warning("slide", f"slide {d.slide}: {d.message}", Place("deck")) for d in printed.diagnostics)
    return Rendered(printed.data, len(printed.slides), (), said)
