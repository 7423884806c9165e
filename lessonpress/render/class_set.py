"""Print the named copies of a class: one file in hand-out order, the list of who got what, a file each where asked for.

A document is laid out for the first pupil who gets it; the names of the others are drawn in the place of that name
wherever this leaves the page as it is. A name that would break its line has a layout of its own.
"""

from __future__ import annotations

import csv
import gc
import hashlib
import io
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from markupsafe import escape

from lessonpress.compose.jobs import NAME, ClassSet, HtmlDocument, NamedCopy
from lessonpress.diagnostics import Diagnostic
from lessonpress.render.lint.boxes import read
from lessonpress.render.pdf import IDENTIFIER, PT_PER_PX, Printer, Records
from lessonpress.render.rendered import Beside, Rendered
from lessonpress.render.repeat import cut, repeat
from lessonpress.render.slot import Slot, find_slot

if TYPE_CHECKING:
    import weasyprint

LIST = "list.csv"
PAGES = ("first page", "last page")
"""The heads of the last columns of the list: where a copy stands in the file of the class."""


@dataclass(eq=False)
class _Sheet:
    """A document that is laid out, the names that stand on it, and where; without a slot it is one pupil's alone."""

    document: weasyprint.Document
    slot: Slot | None
    names: list[str] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.document.pages)

    def drawn(self, document: weasyprint.Document) -> dict[str, bytes]:
        """What draws each of the names; of the document that is to be written."""
        slot = self.slot
        return {name: b"\n".join(slot.draw(name, document)) for name in self.names} if slot else {}

    def cut(self, pdf: Any, document: weasyprint.Document, before: int = 0) -> Any:
        """Take out the name that it was laid out with; its pages stand in the PDF after so many others."""
        slot = self.slot
        return slot and cut(pdf, before + slot.page, slot.draw(self.names[0], document))


def print_class_set(printer: Printer, job: ClassSet) -> Rendered:
    """The file of a class, with its list and the files of single pupils beside it."""
    with printer.printing(job.revised) as log:
        said: dict[Diagnostic, None] = {}
        sheets = _lay_out(printer, job, log, said)
        # Before the file of the class: that has the title of the class, and shares their metadata.
        each = list(_each(printer, job, sheets)) if job.each else []
        before = len(log.records)
        data, unembedded = _joined(printer, job, sheets)
        said.update(dict.fromkeys(printer.said(log.records[before:], [()], unembedded, job.title)))
    lengths = [len(sheet) for sheet in sheets]
    del sheets
    gc.collect()
    rows, page = [(*job.head, *PAGES)], 1
    for copy, length in zip(job.copies, lengths, strict=True):
        rows.append((*copy.line, str(page), str(page + length - 1)))
        page += length + length % 2
    return Rendered(data, page - 1, (), tuple(said), (Beside(LIST, _table(rows)), *each))


def _lay_out(printer: Printer, job: ClassSet, log: Records, said: dict[Diagnostic, None]) -> list[_Sheet]:
    """The sheet of each copy, and what is said of those that are laid out for it."""
    made: defaultdict[tuple[int, tuple[str, ...]], list[_Sheet]] = defaultdict(list)
    sheets = []
    for copy in job.copies:
        # What a name is set in, its size above all, is in its markup.
        alike = made[copy.document, tuple(copy.markup.rsplit(str(escape(copy.name)), 1))]
        sheet = next((one for one in alike if one.slot and one.slot.takes(copy.name)), None)
        if sheet is None:
            source, before = job.documents[copy.document], len(log.records)
            document = printer.lay_out(source.html.replace(NAME, copy.markup))
            found = printer.said(log.records[before:], [read(document.pages)], (), source.title)
            said.update(dict.fromkeys(_nameless(found, copy)))
            sheet = _Sheet(document, find_slot(document, printer.pen, copy.name))
            alike.append(sheet)
        sheet.names.append(copy.name)
        sheets.append(sheet)
    return sheets


def _joined(printer: Printer, job: ClassSet, sheets: Sequence[_Sheet]) -> tuple[bytes, tuple[str, ...]]:
    """The file of the class, each copy on sheets of paper of its own, and its fonts that are not in it."""
    parts = list(dict.fromkeys(sheets))
    pages = [page for part in parts for page in part.document.pages]
    blank = printer.lay_out(_blank(job.documents[0])).pages if any(len(part) % 2 for part in parts) else []
    joined = parts[0].document.copy([*pages, *blank])
    joined.metadata.title = job.title
    drawn: dict[int, dict[str, bytes]] = {}

    def names() -> None:
        drawn.update((id(part), part.drawn(joined)) for part in parts)

    def arrange(pdf: Any) -> None:
        begins, page = {}, 0
        for part in parts:
            begins[id(part)] = page
            part.cut(pdf, joined, page)
            page += len(part)
        order: list[tuple[int, bytes]] = []
        marks: list[Any] = []
        for copy, sheet in zip(job.copies, sheets, strict=True):
            marks.append((copy.name, (len(order), 0, sheet.document.pages[0].height * PT_PER_PX), [], "open"))
            name = drawn[id(sheet)].get(copy.name, b"")
            order += [(begins[id(sheet)] + number, name) for number in range(len(sheet))]
            order += [(len(pages), b"")] * (len(sheet) % 2)
        repeat(pdf, order)
        printer.bookmark(pdf, marks)

    # Bookmarks of the documents would lead to the pages before they are repeated.
    _when_drawn(joined, names, bookmarks=False)
    return printer.write(joined, arrange)


def _each(printer: Printer, job: ClassSet, sheets: Sequence[_Sheet]) -> Iterator[Beside]:
    """The file of each pupil."""
    files = {id(sheet): _files(printer, sheet) for sheet in dict.fromkeys(sheets)}
    for number, (copy, sheet) in enumerate(zip(job.copies, sheets, strict=True), 1):
        words = "-".join(re.findall(r"\w+", copy.name.lower()))
        yield Beside(f"each/{number:02d}-{words}.pdf", files[id(sheet)][copy.name], len(sheet), private=True)


def _files(printer: Printer, sheet: _Sheet) -> dict[str, bytes]:
    """The file of each name on a sheet. It is written once, with room for what draws the longest name: so each is
    put in without moving anything.
    """
    document = sheet.document.copy()
    if not sheet.slot:
        return dict.fromkeys(sheet.names, printer.write(document)[0])
    drawn: dict[str, bytes] = {}
    middle: list[Any] = []

    def names() -> None:
        drawn.update(sheet.drawn(document))
        for font in document.fonts.values():
            # They are told in the order of their use, from which the other names could be guessed.
            font.to_unicode = dict(sorted(font.to_unicode.items()))

    def arrange(pdf: Any) -> None:
        middle.append(sheet.cut(pdf, document))
        middle[0].stream = [b"%" * max(map(len, drawn.values()))]

    _when_drawn(document, names)
    data = printer.write(document, arrange)[0]
    (place,) = middle[0].stream
    room, start = len(place), data.index(place, middle[0].offset)
    before, after = data[:start], data[start + room :]
    return {name: before + one.ljust(room) + _identified(after, one) for name, one in drawn.items()}


def _when_drawn(document: weasyprint.Document, names: Callable[[], None], *, bookmarks: bool = True) -> None:
    """Draw names when the pages of a document are drawn: then letters that both have are told as the pages tell them."""
    tree = document.make_bookmark_tree

    def asked(*args: Any, **options: Any) -> Any:
        names()
        return tree(*args, **options) if bookmarks else []

    # WeasyPrint asks for it between the pages and the fonts, and has no other door there.
    document.make_bookmark_tree = asked


def _identified(end: bytes, drawn: bytes) -> bytes:
    """The end of a file with an identifier of its own: the hash of what it was and of what is drawn in it."""
    head, mark, rest = end.rpartition(b"(%b) (" % IDENTIFIER)
    own = hashlib.md5(end + drawn, usedforsecurity=False).hexdigest().encode()
    return head + mark + own + rest[len(own) :]


def _blank(document: HtmlDocument) -> str:
    """An empty page of the same paper."""
    head, _, _ = document.html.partition("<body")
    return f"{head}<body></body></html>"


def _nameless(found: Iterable[Diagnostic], copy: NamedCopy) -> Iterator[Diagnostic]:
    """What was said of a copy, without the name that is on it."""
    words = sorted({copy.name, *(word for word in copy.name.split() if len(word) > 1)}, key=len, reverse=True)
    named = re.compile(rf"(?<!\w)({'|'.join(map(re.escape, words))})(?!\w)")
    for one in found:
        yield replace(one, message=named.sub("…", one.message))


def _table(rows: Iterable[Iterable[str]]) -> bytes:
    """A table that every spreadsheet opens with its letters right."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerows(rows)
    return text.getvalue().encode("utf-8-sig")
