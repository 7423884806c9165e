"""Print arranged pages into a base: every placeholder filled, or taken away."""

from __future__ import annotations

import datetime as dt
import io
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from typing import TYPE_CHECKING, Any

from pptx import Presentation
from pptx.opc.constants import RELATIONSHIP_TYPE as RELATION

from lessonpress.render.pptx import ooxml, package
from lessonpress.render.pptx.arrange import Arranger, Fill, Page, SlideDiagnostic
from lessonpress.render.pptx.charts import print_chart
from lessonpress.render.pptx.content import Chart, Figure, Picture, Table
from lessonpress.render.pptx.degrade import SchoolArranger
from lessonpress.render.pptx.drawing import Drawer
from lessonpress.render.pptx.fit import PT_PER_CM, WIDTH_SLACK, Typeset
from lessonpress.render.pptx.inline import MarkupError
from lessonpress.render.pptx.marks import mark_box, slanted_ends
from lessonpress.render.pptx.markup import read_markup
from lessonpress.render.pptx.reveal import add_timing, answer_steps
from lessonpress.render.pptx.shapes import DrawingError
from lessonpress.render.pptx.svg import read_svg
from lessonpress.render.pptx.tables import plan_table, print_table
from lessonpress.render.pptx.text import Writing, language_tag, write_notes, write_text
from lessonpress.render.pptx.turned import turned

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from lxml import etree

    from lessonpress.compose.school.layouts import SchoolForms
    from lessonpress.measure import Family
    from lessonpress.model.slide_layouts import Box, SlideLayouts
    from lessonpress.render.pptx.content import Deck


FOOTER_GAP = "\u00a0\u00a0\u00a0 "
"""What stands in a footer between the unit and the lesson."""


@dataclass(frozen=True)
class PrintedDeck:
    """A .pptx file, its slides as (id, title), and what its author should mend.

    On the slides that `mixed` names labels or credits stand among the text: not all of it is body.
    """

    data: bytes
    slides: tuple[tuple[str, str], ...]
    diagnostics: tuple[SlideDiagnostic, ...]
    mixed: frozenset[str] = frozenset()


def print_deck(
    markup: str,
    base: Mapping[str, bytes | str] | bytes,
    layouts: SlideLayouts,
    families: Mapping[str, Family],
    images: Mapping[str, bytes] | None = None,
    forms: SchoolForms | None = None,
) -> PrintedDeck:
    """Print slide markup as a PowerPoint file, the same bytes for the same input.

    `base` holds the parts of the theme by name, or is a whole empty file of a school, for which
    `forms` says how slides stand on its layouts; `families` holds the measuring faces by font name,
    `images` the pictures by `src`. Raises MarkupError for what the markup may not hold and
    DrawingError for what a drawing may not; text that does not fit is a diagnostic.
    """
    deck = read_markup(markup)
    typeset = Typeset(layouts.fonts, families)
    arranger = SchoolArranger(deck, layouts, typeset, forms=forms) if forms else Arranger(deck, layouts, typeset)
    pages = arranger.pages()
    file = base if isinstance(base, bytes) else package.assemble(base)
    printer = _Printer(deck, layouts, typeset, images or {}, Presentation(io.BytesIO(file)), forms)
    printer.print(pages)
    return PrintedDeck(
        data=turned(printer.save()) if deck.is_rtl else printer.save(),
        slides=tuple((page.id, page.title) for page in pages),
        diagnostics=(*arranger.diagnostics, *printer.diagnostics),
        mixed=frozenset(arranger.mixed) if isinstance(arranger, SchoolArranger) else frozenset(),
    )


class _Printer:
    """Fills one presentation."""

    def __init__(
        self,
        deck: Deck,
        layouts: SlideLayouts,
        typeset: Typeset,
        images: Mapping[str, bytes],
        presentation: Any,
        forms: SchoolForms | None,
    ) -> None:
        self._faint = forms.faint if forms else {}
        self._deck = deck
        self._layouts = layouts
        self._typeset = typeset
        self._images = images
        self._presentation = presentation
        self._slides: dict[str, Any] = {}
        self.diagnostics: list[SlideDiagnostic] = []

    def print(self, pages: Sequence[Page]) -> None:
        """Add every slide first, so that a link can name a later one; then fill them."""
        masters = self._presentation.slide_masters
        theirs = {layout.part.partname[1:]: layout for master in masters for layout in master.slide_layouts}
        native = theirs | {layout.name: layout for layout in masters[0].slide_layouts}
        for page in pages:
            self._slides[page.id] = self._presentation.slides.add_slide(native[page.layout.label])
        for page in pages:
            self._fill_slide(page)
        named = [(name, [self._slides[p.id].slide_id for p in group]) for name, group in groupby(pages, _section)]
        if any(name for name, _ in named):
            ooxml.add_sections(self._presentation.part._element, named)

    def save(self) -> bytes:
        """The finished file."""
        core = self._presentation.core_properties
        core.title = self._deck.title
        core.language = self._deck.lang
        core.revision = 1
        core.last_modified_by = ""
        core.created = core.modified = dt.datetime.fromisoformat(self._deck.revised)
        ooxml.list_notes_master(self._presentation.part)
        out = io.BytesIO()
        self._presentation.save(out)
        return package.freeze(out.getvalue(), self._deck.revised)

    def _fill_slide(self, page: Page) -> None:
        slide = self._slides[page.id]
        slide._element.cSld.set("name", page.id)
        writing = Writing(language_tag(self._deck.lang), self._layouts.fonts, partial(self._link, slide), self._faint)
        for placeholder in list(slide.placeholders):
            here = [fill for fill in page.fills if fill.place.idx == placeholder.placeholder_format.idx]
            # On a school's layout an object may share its place with text, which then has the placeholder.
            here.sort(key=lambda fill: fill.object is None)
            for fill in here[:-1]:
                self._fill(page, slide, ooxml.beside(placeholder), fill, writing)
            if here:
                self._fill(page, slide, placeholder, here[-1], writing)
            else:
                placeholder._element.getparent().remove(placeholder._element)
        ids = {p.placeholder_format.idx: p.shape_id for p in slide.placeholders} if page.reveal else {}
        marks = self._draw_marks(slide.shapes._spTree, page)
        if page.layout.footers:
            layout, master = slide.slide_layout._element, slide.slide_layout.slide_master._element
            ooxml.copy_footers(slide._element, layout, master, self._footer(page), language_tag(self._deck.lang))
        if page.reveal:
            add_timing(slide._element, answer_steps(page.fills, ids, marks))
        if page.notes:
            write_notes(slide.notes_slide.notes_text_frame._txBody, page.notes, writing)

    def _footer(self, page: Page) -> str:
        """The footer, or only its end, the lesson's number, where a school's layout has room for no more."""
        place, text = page.layout.footer, self._deck.footer
        if place is None:
            return text
        room = (place.box.w - place.inset[0] - place.inset[2]) * PT_PER_CM * WIDTH_SLACK
        face, size = self._typeset.family(place.levels[0].font).regular, place.levels[0].size
        return next((said for said in (text, text.split(FOOTER_GAP)[-1]) if face.width(said, size) <= room), "")

    def _fill(self, page: Page, slide: Any, placeholder: Any, fill: Fill, writing: Writing) -> None:
        if fill.object is not None:
            self._fill_object(page, slide, placeholder, fill, writing)
            return
        ooxml.describe(placeholder._element, fill.place.label)
        properties = placeholder._element.spPr
        ends = slanted_ends(fill.place, fill.box, self._layouts.skew)
        if fill.box != fill.place.box or fill.place.moved:
            ooxml.place(properties.get_or_add_xfrm(), ends.middle)
        if ends.corners:
            ooxml.square(properties)
        write_text(placeholder._element.txBody, fill, writing)

    def _fill_object(self, page: Page, slide: Any, placeholder: Any, fill: Fill, writing: Writing) -> None:
        content = fill.object
        if isinstance(content, Table):
            shape = self._table(page, placeholder, content, fill.box, writing)
        elif isinstance(content, Chart):
            shape = print_chart(placeholder, content, fill.box)._element
        elif isinstance(content, Figure):
            shape = self._figure(page, placeholder, content, fill.box, writing)
        else:
            assert isinstance(content, Picture)
            shape = self._picture(page, slide, placeholder, content, fill.box)
        ooxml.describe(shape, fill.place.label, content.alt)
        ooxml.leave_place(shape)
        if fill.place.fill:
            ooxml.add_panel(shape, fill.place.fill)

    def _table(self, page: Page, placeholder: Any, table: Table, box: Box, writing: Writing) -> etree._Element:
        plan = plan_table(table, box, self._layouts.cell, self._typeset)
        if not plan.fits:
            self._say(page, f"the table does not fit its place at {plan.size:g} pt; shorten it")
        element: etree._Element = print_table(placeholder, table, box, plan, writing)._element
        return element

    def _figure(self, page: Page, placeholder: Any, figure: Figure, box: Box, writing: Writing) -> etree._Element:
        try:
            sketch = read_svg(figure.svg)
        except DrawingError as error:
            raise DrawingError(f"slide {page.id!r}: {error}") from error
        drawer = Drawer(sketch, box, self._typeset.family("minor"), writing, ooxml.next_id(placeholder._element))
        small = sorted(drawer.small_labels(), key=lambda label: label[1])
        for text, size in small[:1]:
            more = f", and so would {len(small) - 1} more" if len(small) > 1 else ""
            self._say(page, f"the label {text!r} of the drawing would be {size:.1f} pt{more}; it is set in 18 pt")
        return _replace(placeholder, drawer.draw())

    def _picture(self, page: Page, slide: Any, placeholder: Any, picture: Picture, box: Box) -> etree._Element:
        """The whole picture, as large as its box allows."""
        if picture.src not in self._images:
            raise MarkupError(f"slide {page.id!r}: there is no picture {picture.src!r}")
        shape = slide.shapes.add_picture(io.BytesIO(self._images[picture.src]), 0, 0)
        scale = min(ooxml.emu(box.w) / shape.width, ooxml.emu(box.h) / shape.height)
        shape.width, shape.height = round(shape.width * scale), round(shape.height * scale)
        shape.left = ooxml.emu(box.x) + (ooxml.emu(box.w) - shape.width) // 2
        shape.top = ooxml.emu(box.y) + (ooxml.emu(box.h) - shape.height) // 2
        return _replace(placeholder, shape._element)

    def _draw_marks(self, tree: etree._Element, page: Page) -> dict[int, tuple[int, ...]]:
        """Draw the lines, bars and slanted ends that the filled placeholders bring with them; their ids by idx."""
        roles = {fill.place.role for fill in page.fills}
        drawn: dict[int, tuple[int, ...]] = {}
        for fill in page.fills:
            corners = slanted_ends(fill.place, fill.box, self._layouts.skew).corners
            ids = [ooxml.add_shape(tree, corner, fill.place.fill, "End") for corner in corners]
            ids += [
                ooxml.add_bar(tree, mark_box(mark, fill.box), mark.colour, "Line")
                for mark in fill.place.marks
                if mark.unless not in roles and (fill.last or not mark.only_last)
            ]
            drawn[fill.place.idx] = tuple(ids)
        return drawn

    def _link(self, slide: Any, target: str) -> str:
        relation: str = slide.part.relate_to(self._slides[target].part, RELATION.SLIDE)
        return relation

    def _say(self, page: Page, message: str) -> None:
        self.diagnostics.append(SlideDiagnostic(page.id, message))


def _section(page: Page) -> str:
    return page.section


def _replace(placeholder: Any, shape: etree._Element) -> etree._Element:
    """Put a shape where the placeholder was, so that reading order is kept."""
    placeholder._element.addprevious(shape)
    placeholder._element.getparent().remove(placeholder._element)
    return shape
