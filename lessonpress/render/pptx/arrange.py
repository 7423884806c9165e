"""Decide what stands where: one slide of markup becomes one or more filled pages of a layout."""

from __future__ import annotations

import sys
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from lessonpress.render.pptx.content import Deck, Figure, Listing, Object, Paragraph, Run, Slide, Table
from lessonpress.render.pptx.fit import PT_PER_CM, Lead, Setter, Typeset, spans, split
from lessonpress.render.pptx.inline import MarkupError
from lessonpress.render.pptx.tables import table_pages
from lessonpress.render.pptx.words import BODY_WORDS, count_words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from lessonpress.model.slide_layouts import Box, Layout, Placeholder, SlideLayouts

SVG_TEXT = "{http://www.w3.org/2000/svg}text"
CELL_FLOOR = 20.0  # points; rather a plain list than cells with smaller text
SPLIT_FIRST = 20.0  # points; text that fits in one box at this size is not parted
FEW_WORDS = BODY_WORDS // 2  # a slide is parted only where a part may hold as many


@dataclass(frozen=True)
class SlideDiagnostic:
    """A fault of one slide that its author should mend; the deck is printed all the same."""

    slide: str
    message: str


@dataclass(frozen=True)
class Fill:
    """A placeholder with what goes into it; `last` marks the last of a row of cells."""

    place: Placeholder
    box: Box
    paragraphs: tuple[Paragraph, ...] = ()
    object: Object | None = None
    size: float = 0
    lead: Lead | None = None
    last: bool = False


@dataclass(frozen=True)
class Page:
    """One slide to print."""

    id: str
    layout: Layout
    section: str
    title: str
    fills: tuple[Fill, ...]
    notes: tuple[Paragraph, ...]
    reveal: bool = False


@dataclass
class Arranger:
    """Arranges the slides of one deck and collects what does not fit."""

    deck: Deck
    layouts: SlideLayouts
    typeset: Typeset
    diagnostics: list[SlideDiagnostic] = field(default_factory=list)

    def pages(self) -> list[Page]:
        """Every page of the deck in order; raises MarkupError for a layout or slot that is not there."""
        pages = [page for slide in self.deck.slides for page in self._slide(slide)]
        self._check_links({page.id for page in pages})
        return pages

    def _slide(self, slide: Slide) -> list[Page]:
        layout = self.layouts.layout(slide.layout)
        if layout is None:
            names = ", ".join(known.name for known in self.layouts.layouts)
            raise MarkupError(f"slide {slide.id!r}: no layout {slide.layout!r} (there are {names})")
        return self._on(slide, layout)

    def _on(self, slide: Slide, layout: Layout) -> list[Page]:
        """The pages of a slide on a layout that has its slots."""
        fills = self._fills(slide, layout)
        sheets = self._parted(fills)
        return [self._page(slide, layout, sheet, n, len(sheets)) for n, sheet in enumerate(sheets, start=1)]

    def _page(self, slide: Slide, layout: Layout, fills: Sequence[Fill], n: int, total: int) -> Page:
        part = " " + self.deck.part.format(n=n, total=total) if total > 1 else ""
        title = replace(slide.title, runs=(*slide.title.runs, Run(part)) if part else slide.title.runs)
        place = layout.placeholder("title")
        assert place is not None  # every layout has one; tests hold it
        heading = Fill(place, self._box(place, {fill.place.role for fill in fills}, 0), (title,))
        return Page(
            id=slide.id if n == 1 else f"{slide.id}-{n}",
            layout=layout,
            section=slide.section,
            title=title.text.replace("\n", " "),
            fills=self._sized(slide, [heading, *fills]),
            notes=slide.notes,
            reveal=slide.reveal,
        )

    # What goes where

    def _fills(self, slide: Slide, layout: Layout) -> list[Fill]:
        """The placeholders that the slots of a slide fill, in the order of the layout."""
        cells = self._cells(slide, layout)
        if cells:
            fills = self._placed(slide, layout, cells)
            if self._cells_fit(fills) or layout.placeholder(_cell_slot(layout)) is None:
                return fills
        return self._placed(slide, layout, {})

    def _placed(self, slide: Slide, layout: Layout, cells: Mapping[str, Fill]) -> list[Fill]:
        items = max((int(role[1:]) for role in cells), default=0)
        filled = dict(cells)
        for slot in slide.slots:
            if cells and slot.role == _cell_slot(layout):
                continue
            place = layout.placeholder(slot.role)
            if place is None or slot.role == "title":
                known = ", ".join(p.role for p in layout.placeholders if p.role != "title")
                raise MarkupError(
                    f"slide {slide.id!r}: layout {layout.name!r} has no slot {slot.role!r} (it has {known})"
                )
            if slot.object is not None and place.kind != "obj":
                raise MarkupError(f"slide {slide.id!r}: slot {slot.role!r} holds text only")
            if slot.blocks:
                filled[slot.role] = Fill(place, place.box, slot.paragraphs(), slot.object)
        ordered = [filled[place.role] for place in layout.placeholders if place.role in filled]
        return [replace(fill, box=self._box(fill.place, set(filled), items, fill)) for fill in ordered]

    def _cells(self, slide: Slide, layout: Layout) -> dict[str, Fill]:
        """An ordered list dealt into cells, or nothing when it is too long or not so simple."""
        slot = slide.slot(_cell_slot(layout)) if layout.cells else None
        listing = slot.listing if slot else None
        if layout.cells is None or listing is None or listing.style == "bullet":
            return {}
        if len(listing.items) > layout.cells.count or _nested(listing):
            return {}
        cells: dict[str, Fill] = {}
        for n, item in enumerate(listing.items):
            for paragraph in item.paragraphs:
                stem = layout.cells.parts.get(paragraph.kind, layout.cells.parts[""])
                self._deal(cells, layout, f"{stem}{n + 1}", replace(paragraph, level=0, inside=""))
            first = f"{layout.cells.parts['']}{n + 1}"
            lead = Lead(listing.label(n), layout.cells.level, layout.cells.number == "above")
            cells[first] = replace(cells[first], lead=lead, last=n + 1 == len(listing.items))
        return cells

    @staticmethod
    def _deal(cells: dict[str, Fill], layout: Layout, role: str, paragraph: Paragraph) -> None:
        place = layout.placeholder(role)
        if place is None:
            raise KeyError(f"layout {layout.name!r} deals cells into {role!r}, which it has not")
        old = cells.get(role, Fill(place, place.box))
        cells[role] = replace(old, paragraphs=(*old.paragraphs, paragraph))

    def _cells_fit(self, fills: Sequence[Fill]) -> bool:
        cells = (fill for fill in fills if fill.place.group in ("questions", "answers", "objectives"))
        return all(self._setter(fill).choose(fill.paragraphs, CELL_FLOOR) is not None for fill in cells)

    def _box(self, place: Placeholder, filled: set[str], items: int, fill: Fill | None = None) -> Box:
        """The box of a placeholder beside its neighbours; a hugging one is as wide as its text."""
        for variant in place.variants:
            if (variant.filled in filled) or (variant.empty and variant.empty not in filled) or items in variant.items:
                return variant.box
        return replace(place.box, w=self._hug(place, fill)) if place.hug and fill else place.box

    def _hug(self, place: Placeholder, fill: Fill) -> float:
        """The width in cm of a placeholder's text with its insets and slanted end."""
        style = place.levels[0]
        pieces = (piece for paragraph in fill.paragraphs for piece in spans(paragraph, style, self.typeset))
        text = sum(face.width(part, style.size) for face, part in pieces)
        slant = self.layouts.skew * place.box.h * {"": 0, "right": 1, "both": 2}[place.slant]
        # A fallback font may be a little wider than the one measured.
        return text * 1.06 / PT_PER_CM + place.inset[0] + place.inset[2] + slant

    # How large, and on how many pages

    def _parted(self, fills: list[Fill]) -> list[list[Fill]]:
        """The fills of each page: more than one when a placeholder's content runs on."""
        for n, fill in enumerate(fills):
            words = self._words_left(fills, fill)
            pieces = self._pieces(fill, words) if fill.place.split else []
            if len(pieces) > 1:
                return [[*fills[:n], piece, *fills[n + 1 :]] for piece in pieces]
        return [fills]

    @staticmethod
    def _words_left(fills: Sequence[Fill], fill: Fill) -> int:
        """How many words a fill may hold beside the others of its slide."""
        left = BODY_WORDS - sum(_words(other) for other in fills if other is not fill and not other.place.aside)
        # Where the others take nearly all, parting would make many slides and mend nothing.
        return left if left >= FEW_WORDS else sys.maxsize

    def _pieces(self, fill: Fill, words: int) -> list[Fill]:
        if isinstance(fill.object, Table):
            tables = table_pages(fill.object, fill.box, self.layouts.cell, self.typeset, words)
            return [replace(fill, object=table) for table in tables]
        fits = self._setter(fill).choose(fill.paragraphs, SPLIT_FIRST) is not None and _words(fill) <= words
        if fill.object is not None or fits:
            return []
        parts = split(self._setter(fill), fill.paragraphs, words)
        return [replace(fill, paragraphs=page, size=parts[0]) for page in parts[1]] if parts else []

    def _sized(self, slide: Slide, fills: list[Fill]) -> tuple[Fill, ...]:
        """Every fill with the size of its text; those of a group share the smallest."""
        sized = [self._with_size(slide, fill) for fill in fills]
        smallest: dict[str, float] = {}
        for fill in sized:
            if fill.place.group and fill.paragraphs:
                smallest[fill.place.group] = min(fill.size, smallest.get(fill.place.group, fill.size))
        return tuple(replace(fill, size=smallest.get(fill.place.group, fill.size)) for fill in sized)

    def _with_size(self, slide: Slide, fill: Fill) -> Fill:
        if not fill.paragraphs or fill.size:
            return fill
        size = self._setter(fill).choose(fill.paragraphs)
        if size is None:
            size = fill.place.levels[0].floor
            self._say(slide, f"the text of {fill.place.role!r} is too long for its place at {size:g} pt; shorten it")
        return replace(fill, size=size)

    def _setter(self, fill: Fill) -> Setter:
        return Setter(fill.place, fill.box, self.typeset, fill.lead)

    def _say(self, slide: Slide, message: str) -> None:
        self.diagnostics.append(SlideDiagnostic(slide.id, message))

    def _check_links(self, ids: set[str]) -> None:
        for slide in self.deck.slides:
            for paragraph in (slide.title, *(p for slot in slide.slots for p in slot.paragraphs())):
                for run in paragraph.runs:
                    if run.link and run.link not in ids:
                        raise MarkupError(f"slide {slide.id!r}: a link goes to {run.link!r}, which is no slide")


def _words(fill: Fill) -> int:
    """The words of body in a fill, the labels of a drawing among them."""
    content = fill.object
    if isinstance(content, Table):
        return sum(count_words(cell.text) for row in content.rows for cell in row)
    if isinstance(content, Figure):
        return sum(count_words(" ".join(map(str, text.itertext()))) for text in content.svg.iter(SVG_TEXT))
    return sum(count_words(paragraph.text) for paragraph in fill.paragraphs)


def _cell_slot(layout: Layout) -> str:
    return layout.cells.slot if layout.cells else ""


def _nested(listing: Listing) -> bool:
    return any(paragraph.level for item in listing.items for paragraph in item.paragraphs)
