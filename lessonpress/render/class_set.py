"""Print the named copies of a class: one file in hand-out order, the list of who got what, a file each where asked for.

Every copy is laid out by itself, so that a long name breaks its own line and no other; the pages are joined before
they are written, which keeps their tags.
"""

from __future__ import annotations

import csv
import gc
import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from lessonpress.compose.jobs import NAME, ClassSet, HtmlDocument, NamedCopy
from lessonpress.diagnostics import Diagnostic
from lessonpress.render.lint.boxes import read
from lessonpress.render.pdf import Printer
from lessonpress.render.rendered import Beside, Rendered

if TYPE_CHECKING:
    import weasyprint

LIST = "list.csv"
PAGES = ("first page", "last page")
"""The heads of the last columns of the list: where a copy stands in the file of the class."""


def print_class_set(printer: Printer, job: ClassSet) -> Rendered:
    """The file of a class, with its list and the files of single pupils beside it."""
    said: dict[Diagnostic, None] = {}
    rows = [(*job.head, *PAGES)]
    each: list[Beside] = []
    laid: list[weasyprint.Document] = []
    page = 1
    with printer.printing(job.revised) as log:
        for number, copy in enumerate(job.copies, 1):
            sheet, before = job.documents[copy.document], len(log.records)
            document = printer.lay_out(sheet.html.replace(NAME, copy.markup))
            found = printer.said(log.records[before:], [read(document.pages)], (), sheet.title)
            said.update(dict.fromkeys(_nameless(found, copy)))
            laid.append(document)
            count = len(document.pages)
            if job.each:
                each.append(Beside(_file(number, copy), printer.write(document)[0], count, private=True))
            rows.append((*copy.line, str(page), str(page + count - 1)))
            if count % 2:
                laid.append(printer.lay_out(_blank(sheet)))
            page += count + count % 2
        joined = laid[0].copy([one for document in laid for one in document.pages])
        joined.metadata.title = job.title
        before = len(log.records)
        data, unembedded = printer.write(joined)
        said.update(dict.fromkeys(printer.said(log.records[before:], [()], unembedded, job.title)))
    del document, laid, joined
    gc.collect()
    return Rendered(data, page - 1, (), tuple(said), (Beside(LIST, _table(rows)), *each))


def _file(number: int, copy: NamedCopy) -> str:
    words = "-".join(re.findall(r"\w+", copy.name.lower()))
    return f"each/{number:02d}-{words}.pdf"


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
