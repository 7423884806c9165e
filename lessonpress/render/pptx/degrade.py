"""Slides set on a school's own layouts: the first form in which nothing is cramped and nothing is lost."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from lessonpress.compose.school.layouts import OBJECT, SchoolForms
from lessonpress.render.pptx.arrange import Arranger, Fill, Page, SlideDiagnostic
from lessonpress.render.pptx.content import Block, Chart, Figure, Object, Paragraph, Run, Slide, Slot, Table
from lessonpress.render.pptx.svgpath import NUMBER

if TYPE_CHECKING:
    from lessonpress.compose.school.forms import Form
    from lessonpress.model.slide_layouts import Box, Layout


MM, ROUNDING = 10, 1.01
NOTED = frozenset({"tab"})
"""Labels that every form puts into the notes."""


@dataclass
class SchoolArranger(Arranger):
    """Arranges the slides of a deck on the layouts of a school."""

    forms: SchoolForms | None = None
    mixed: set[str] = field(default_factory=set)
    """The pages on which labels or credits stand among the text, for there is no place for them alone."""

    def _slide(self, slide: Slide) -> list[Page]:
        assert self.forms is not None
        tries = [self._tried(slide, form, layout) for form, layout in self.forms.forms.get(slide.layout, ())]
        if not tries:
            return super()._slide(slide)
        # One slide without complaint, else several without, else what the least demanding form gives.
        whole = [one for one in tries if not one[1]]
        pages, said = next((one for one in whole if len(one[0]) == 1), (whole or tries)[-1])
        self.diagnostics += said
        if any(slot.role in self.forms.asides - NOTED for slot in slide.slots):
            self.mixed |= {page.id for page in pages}
        return pages

    def _parted(self, fills: list[Fill]) -> list[list[Fill]]:
        """A drawing that text below would make too small has a slide to itself, and the text the next one."""
        for fill in fills:
            text = next((one for one in fills if one.place.role + OBJECT == fill.place.role), None)
            if text is not None and isinstance(fill.object, Figure) and not _holds(fill.box, fill.object):
                alone = [replace(one, box=one.place.box) for one in fills if one is not text]
                below = [replace(one, box=one.place.box) for one in fills if one is not fill]
                return [alone, *super()._parted(below)]
        return super()._parted(fills)

    def _tried(self, slide: Slide, form: Form, layout: Layout) -> tuple[list[Page], list[SlideDiagnostic]]:
        before, self.diagnostics = self.diagnostics, []
        try:
            return self._on(recast(slide, form), layout), self.diagnostics
        finally:
            self.diagnostics = before


def _holds(box: Box, figure: Figure) -> bool:
    """Whether a drawing, which is composed in millimetres, stands in a box without getting smaller."""
    sides = [float(number) for number in NUMBER.findall(figure.svg.get("viewBox", ""))[2:]]
    return all(side <= room * MM * ROUNDING for side, room in zip(sides, (box.w, box.h), strict=False))


def recast(slide: Slide, form: Form) -> Slide:
    """The same slide in another form: every slot in the place, the title or the notes that the form names.

    A slot that the form does not name goes into the notes, so that none is lost.
    """
    named = {role for group in (*form.into.values(), form.title, form.notes) for name in group for role in name.split()}
    over = tuple(slot.role for slot in slide.slots if slot.role not in named)
    slots = tuple(slot for place, names in form.into.items() for slot in _placed(slide, form, place, names))
    brackets = " ".join(p.text for name in form.title for p in _text(slide, name))
    title = replace(slide.title, runs=(*slide.title.runs, Run(f" ({brackets})"))) if brackets else slide.title
    notes = [p for name in (*form.notes, *over) for p in _everything(slide, name)]
    return replace(slide, title=title, slots=slots, notes=(*notes, *slide.notes))


def _placed(slide: Slide, form: Form, place: str, names: Sequence[str]) -> Iterator[Slot]:
    """The slots of one place: its text, and the first object, which shares it; further objects become text."""
    blocks: list[Block] = []
    thing: Object | None = None
    for name in names:
        found = _object(slide, name)
        if found is not None and thing is None:
            thing = found
            continue
        text = _everything(slide, name)
        blocks += [_bold(p) for p in text] if name in form.bold else text
    if thing is not None:
        yield Slot(place + OBJECT, (thing,))
    if blocks:
        yield Slot(place, tuple(blocks))


def _object(slide: Slide, name: str) -> Object | None:
    slot = slide.slot(name)
    return slot.object if slot else None


def _text(slide: Slide, name: str) -> list[Paragraph]:
    """The paragraphs of a slot; of several slots, one line."""
    slots = [slot for role in name.split() if (slot := slide.slot(role)) is not None]
    if " " not in name or not slots:
        return [paragraph for slot in slots for paragraph in slot.paragraphs()]
    runs = [run for slot in slots for paragraph in slot.paragraphs() for run in (Run(" "), *paragraph.runs)]
    return [Paragraph(tuple(runs[1:]))]


def _everything(slide: Slide, name: str) -> list[Paragraph]:
    """The text of a slot, and of an object in it the words."""
    found = _object(slide, name)
    return _text(slide, name) if found is None else list(_words(found))


def _words(thing: Object) -> Iterator[Paragraph]:
    """What an object says where there is no place for it."""
    yield Paragraph((Run(thing.alt, bold=True),))
    if isinstance(thing, Table):
        for row in (thing.header, *thing.rows):
            yield Paragraph((Run(" | ".join(cell.text.replace("\n", " ") for cell in row)),))
    elif isinstance(thing, Chart):
        for name, values in thing.series:
            told = ", ".join(f"{c}: {v:g}" for c, v in zip(thing.categories, values, strict=True))
            yield Paragraph((Run(f"{name}: {told}"),))


def _bold(paragraph: Paragraph) -> Paragraph:
    return replace(paragraph, runs=tuple(replace(run, bold=True) for run in paragraph.runs))
