"""Print HTML to PDF. The only module that imports WeasyPrint."""

from __future__ import annotations

import gc
import logging
import os
import re
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

from lessonpress.compose.jobs import HtmlDocument
from lessonpress.diagnostics import Diagnostic, Place, warning
from lessonpress.render.lint import lint
from lessonpress.render.lint.boxes import Page, read
from lessonpress.render.lint.findings import Print
from lessonpress.render.lint.fonts import not_embedded
from lessonpress.render.lint.ink import MISSING
from lessonpress.render.rendered import Anchor, Rendered
from lessonpress.render.slot import Pen
from lessonpress.render.svg_text import whole_text
from lessonpress.render.tags import Tags, keep_spaces

if TYPE_CHECKING:
    import weasyprint

TYPES = {
    ".ttf": "font/ttf",
    ".otf": "font/otf",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
}
"""The files that a page may name, and how the web calls them."""
IDENTIFIER = b"lessonpress"
MM_PER_PX = 25.4 / 96
MAX_SHEETS = 16
"""So many style sheets are kept: those of a few themes, with what single documents add."""
_STYLE = re.compile(r"<style>(.*?)</style>", re.DOTALL)
PT_PER_PX = 0.75
_FONTCONFIG = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
{folders}
<cachedir>{cache}</cachedir>
<config><rescan><int>0</int></rescan></config>
</fontconfig>
"""


def only_vendored_fonts(templates: Path) -> None:
    """Let this process see the fonts of the templates and no others; call it before WeasyPrint is imported."""
    folders = sorted({path.parent for path in (templates / "themes").rglob("*.ttf")})
    cache = Path(tempfile.gettempdir()) / "lessonpress-fontconfig"
    cache.mkdir(exist_ok=True)
    listing = "\n".join(f"<dir>{escape(str(folder))}</dir>" for folder in folders)
    with tempfile.NamedTemporaryFile(
        "w", suffix=".conf", prefix="lessonpress-", delete=False, encoding="utf-8"
    ) as file:
        file.write(_FONTCONFIG.format(folders=listing, cache=escape(str(cache))))
    os.environ["FONTCONFIG_FILE"] = file.name


class Printer:
    """Prints documents one after the other, with one font configuration for all of them."""

    def __init__(self, templates: Path) -> None:
        only_vendored_fonts(templates)
        # Imported here: whoever only plans must not pay for it.
        import weasyprint
        from weasyprint import svg
        from weasyprint.draw.text import draw_text
        from weasyprint.pdf import add_outlines, tags
        from weasyprint.pdf.stream import Stream
        from weasyprint.text.fonts import FontConfiguration
        from weasyprint.text.line_break import split_first_line

        self._weasyprint, self._tags, self._svg = weasyprint, tags, svg
        self.pen = Pen(split_first_line, draw_text, Stream)
        self.bookmark = add_outlines
        self._fonts = FontConfiguration()
        self._root = templates.resolve()
        self._base = f"{self._root}/"
        self._sheets: dict[str, tuple[Any, tuple[str, ...]]] = {}

    def render(self, job: HtmlDocument) -> Rendered:
        """The PDF of a document, its pages, where its questions stand, and what WeasyPrint said."""
        with self.printing(job.revised) as log:
            document = self.lay_out(job.html)
            # Before the tags, which rename the boxes.
            anchors, pages = tuple(_anchors(document)), read(document.pages)
            data, unembedded = self.write(document)
        del document
        gc.collect()
        return Rendered(data, len(pages), anchors, self.said(log.records, [pages], unembedded, job.title))

    def render_book(self, title: str, revised: str, lay_out: Callable[[], list[weasyprint.Document]]) -> Rendered:
        """The PDF of documents that are laid out one by one and joined; each is linted by itself.

        Their questions have no places: parts may have questions of the same name.
        """
        with self.printing(revised) as log:
            documents = lay_out()
            parts = [read(document.pages) for document in documents]
            joined = documents[0].copy([page for document in documents for page in document.pages])
            joined.metadata.title = title
            data, unembedded = self.write(joined)
        del documents, joined
        gc.collect()
        return Rendered(data, sum(map(len, parts)), (), self.said(log.records, parts, unembedded, title))

    def lay_out(self, html: str) -> weasyprint.Document:
        """A page description as pages; only inside of a rendering."""
        head, end, body = html.partition("</head>")
        styles = _STYLE.findall(head)
        page = _STYLE.sub("", head) + end + body
        source = self._weasyprint.HTML(string=page, base_url=self._base, url_fetcher=self._fetcher())
        return source.render(font_config=self._fonts, stylesheets=[self._sheet(style) for style in styles])

    def _sheet(self, style: str) -> Any:
        """A style sheet, read once for all documents that have it: that takes as long as half a page to lay out."""
        if style in self._sheets:
            sheet, told = self._sheets[style]
            for record in told:
                logging.getLogger("weasyprint").warning("%s", record)
            return sheet
        while len(self._sheets) >= MAX_SHEETS:
            del self._sheets[next(iter(self._sheets))]
        with Records() as log:
            sheet = self._weasyprint.CSS(
                string=style, base_url=self._base, url_fetcher=self._fetcher(), font_config=self._fonts
            )
        # What is wrong in a style sheet is wrong in every document that has it.
        self._sheets[style] = sheet, tuple(log.records)
        return sheet

    @contextmanager
    def printing(self, revised: str) -> Iterator[Records]:
        """What WeasyPrint logs while it prints. Dates in the file come from the content, so that two builds are the
        same bytes.
        """
        before = os.environ.get("SOURCE_DATE_EPOCH")
        os.environ["SOURCE_DATE_EPOCH"] = str(_epoch(revised))
        gc.disable()
        try:
            with Records() as log:
                yield log
        finally:
            gc.enable()
            # What the user set is a wish for the whole build: the date of one document must not stand in for it.
            if before is None:
                del os.environ["SOURCE_DATE_EPOCH"]
            else:
                os.environ["SOURCE_DATE_EPOCH"] = before

    def said(
        self, records: list[str], parts: list[tuple[Page, ...]], unembedded: tuple[str, ...], title: str
    ) -> tuple[Diagnostic, ...]:
        """What WeasyPrint logged, and what the linter has against each part."""
        # Messages name files below the templates as templates do, so that they are the same on every computer.
        root = self._root
        told = [record.replace(f"{root.as_uri()}/", "").replace(f"{root}/", "") for record in records]
        found = [lint(Print(pages, tuple(told), unembedded), title) for pages in parts]
        # What is said of the file as a whole is said of every part.
        return tuple(dict.fromkeys([*_logged(told, title), *(d for part in found for d in part)]))

    def write(
        self, document: weasyprint.Document, arrange: Callable[[Any], None] = lambda pdf: None
    ) -> tuple[bytes, tuple[str, ...]]:
        """The bytes of a laid-out document, with its tags mended, and its fonts that are not in them.

        `arrange` may change the objects of the PDF before they are written.
        """
        tags = Tags()
        fonts: list[str] = []

        def finish(document: Any, pdf: Any) -> None:
            tags.finish(document, pdf)
            fonts.extend(not_embedded(pdf.objects))
            arrange(pdf)

        keep_spaces(document)
        with tags.mending(self._tags), whole_text(self._svg):
            data: bytes = document.write_pdf(finisher=finish, pdf_variant="pdf/ua-1", pdf_identifier=IDENTIFIER)
        return data, tuple(fonts)

    def _fetcher(self) -> Any:
        """A fetcher that opens data addresses and files of the templates, and nothing else."""
        from weasyprint.urls import URLFetcher, URLFetcherResponse

        root = self._root

        class Fetcher(URLFetcher):  # type: ignore[misc]
            def fetch(self, url: str, headers: Any = None) -> Any:
                if url.startswith("data:"):
                    return super().fetch(url, headers)
                from urllib.parse import unquote, urlsplit

                parts = urlsplit(url)
                path = Path(unquote(parts.path)).resolve()
                if parts.scheme != "file" or not path.is_relative_to(root):
                    raise ValueError(f"{url} lies outside the templates")
                # Whole bytes: WeasyPrint leaves the file of a picture open.
                return URLFetcherResponse(url, path.read_bytes(), {"Content-Type": TYPES[path.suffix.lower()]})

        return Fetcher()


def _epoch(revised: str) -> int:
    """Midnight UTC of a date yyyy-mm-dd, in seconds since 1970."""
    import calendar
    import datetime as dt

    return calendar.timegm(dt.date.fromisoformat(revised).timetuple())


class Records(logging.Handler):
    """Collects what WeasyPrint and fontTools log while a document is printed."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.records: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(record.getMessage())

    def __enter__(self) -> Records:
        logging.getLogger("weasyprint").addHandler(self)
        return self

    def __exit__(self, *args: object) -> None:
        logging.getLogger("weasyprint").removeHandler(self)


def _logged(records: list[str], title: str) -> Iterator[Diagnostic]:
    """What WeasyPrint said, except for what the linter tells better."""
    for message in dict.fromkeys(records):
        if not MISSING.search(message):
            yield warning("printer", message, Place(title))


def _anchors(document: weasyprint.Document) -> Iterator[Anchor]:
    """Where every element with data-q begins: page from 1, left and top in mm."""
    seen: set[str] = set()  # over all pages: an element that a page break divides has a box on each
    for number, page in enumerate(document.pages, 1):
        for box in page._page_box.descendants():  # WeasyPrint gives positions no other way
            element = getattr(box, "element", None)
            name = element.get("data-q") if element is not None and hasattr(element, "get") else None
            if element is not None and name and name not in seen and box.element_tag == element.tag:
                seen.add(name)
                yield Anchor(name, number, round(box.position_x * MM_PER_PX, 3), round(box.position_y * MM_PER_PX, 3))
