"""Print many documents as one file. Pages are laid out part by part and joined, which keeps their tags."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from lessonpress.compose.jobs import Booklet, HtmlDocument
from lessonpress.render.pdf import Printer
from lessonpress.render.rendered import Rendered

if TYPE_CHECKING:
    import weasyprint


def print_booklet(printer: Printer, job: Booklet) -> Rendered:
    """The PDF of a booklet: its contents, where it has any, and its parts in their order."""
    contents = job.contents

    def lay_out() -> list[weasyprint.Document]:
        if contents is None:
            return [printer.lay_out(part.html) for part in job.parts]
        return _book(printer, contents, job.parts)

    return printer.render_book(job.title, job.revised, lay_out)


def _book(printer: Printer, contents: HtmlDocument, parts: Sequence[HtmlDocument]) -> list[weasyprint.Document]:
    """The contents and the parts, numbered through. How many pages the contents take is known once they are set, and
    their numbers once the parts are: a first guess of one page is right or put right.
    """
    before = 1
    while True:
        begins, laid = [], []
        page = before + 1
        for number, part in enumerate(parts, 1):
            begins.append(page)
            laid.append(printer.lay_out(_as_part(part, number, page)))
            page += len(laid[-1].pages)
        front = printer.lay_out(_styled(contents.html, "".join(_numbers(begins))))
        if len(front.pages) <= before:
            return [front, *laid]
        before = len(front.pages)


def _numbers(begins: Sequence[int]) -> Iterator[str]:
    """The page on which each part begins, wherever the contents name the part."""
    for number, page in enumerate(begins, 1):
        yield f'[data-part="{number}"]::after{{content:"{page}"}}'


def _as_part(part: HtmlDocument, number: int, page: int) -> str:
    """A document as the part that begins on a page: on its side of the paper, with no total of its own pages, and
    its first heading a bookmark under the title of the document.
    """
    side = "right" if page % 2 else "left"
    title = part.title.replace("\\", "\\\\").replace('"', '\\"')
    style = (
        f"@page:first{{counter-reset:page {page}}}html{{break-before:{side}}}.pg .of{{display:none}}"
        f'h1{{bookmark-label:"{title}"}}'
    )
    return _styled(part.html, style).replace("<body ", f'<body id="part-{number}" ', 1)


def _styled(html: str, style: str) -> str:
    """A page with a style more."""
    return html.replace("</head>", f"<style>{style}</style></head>", 1)
