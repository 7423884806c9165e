"""Pages that stand in a file many times: shared where they are drawn, tagged each time anew."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from lessonpress.compose.jobs import NAME, ClassSet, HtmlDocument, NamedCopy
from lessonpress.render.class_set import print_class_set
from lessonpress.render.pdf import Printer
from lessonpress.render.repeat import cut
from tests.conformance import record
from tests.conformance.pdfua import validate
from tests.tiny import TEMPLATES

NAMES = ("Zoë", "Anna (2)", "Bo\\", "Владимир")
PAGE = """<!DOCTYPE html><html lang="en"><head><title>A sheet</title><style>
@page{{size:160mm 120mm;margin:32mm 15mm;@top-left{{content:element(head)}}}} body{{font:11pt "Source Sans 3"}}
.head{{position:running(head)}} section{{break-before:page}}
</style></head><body><p class="head">A running head</p>
<p>Name {name}</p><h1>A sheet of {sheet}</h1>
<p>Read <a href="https://example.org/{sheet}">the source</a> and <a href="https://example.org/b">the (12 0 R) other</a>.</p>
<section><h2>A table</h2><table><tr><th scope="col">One</th><th scope="col">Two</th></tr>
<tr><td>first</td><td>second</td></tr></table></section></body></html>"""
PAGES = 2


def document(sheet: str) -> HtmlDocument:
    return HtmlDocument(PAGE.format(sheet=sheet, name=NAME), "en", "A sheet", str(TEMPLATES), "2026-11-01")


@cache
def made() -> bytes:
    """The copies of two documents, in turn."""
    copies = tuple(
        NamedCopy(number % 2, name, f'<b class="who">{name}</b>', ()) for number, name in enumerate(NAMES * 2)
    )
    job = ClassSet((document("one"), document("two")), copies, (), "A class", str(TEMPLATES), "2026-11-01")
    rendered = print_class_set(Printer(TEMPLATES), job)
    assert rendered.diagnostics == ()
    assert rendered.pages == len(copies) * PAGES
    return rendered.data


@pytest.fixture
def pdf() -> Iterator[pikepdf.Pdf]:
    with pikepdf.open(io.BytesIO(made())) as opened:
        yield opened


def keys(pdf: pikepdf.Pdf) -> dict[int, Any]:
    """The tags by the keys of pages and links."""
    listed = list(pdf.Root.StructTreeRoot.ParentTree.Nums)
    return dict(zip(map(int, listed[::2]), listed[1::2], strict=True))


def tags(pdf: pikepdf.Pdf) -> list[pikepdf.Dictionary]:
    """Every tag below the document, in reading order; each has the one that holds it as its parent."""
    found, todo = [], [pdf.Root.StructTreeRoot.K[0]]
    while todo:
        tag = todo.pop(0)
        kids = [kid for kid in tag.K if isinstance(kid, pikepdf.Dictionary) and "/S" in kid]
        assert all(kid.P.objgen == tag.objgen for kid in kids)
        found += kids
        todo = [*kids, *todo]
    return found


def marked(page: pikepdf.Page) -> list[int]:
    """The numbers of the marked contents of a page that have tags."""
    found = [one.operands[1] for one in pikepdf.parse_content_stream(page) if str(one.operator) == "BDC"]
    return [int(one["/MCID"]) for one in found if "/MCID" in one]


@pytest.mark.prints
def test_what_is_drawn_leads_to_tags_of_its_page(pdf: pikepdf.Pdf) -> None:
    """Each marked content is that of a tag on the same page, which knows it; no page has the tags of another."""
    listed = keys(pdf)
    assert sorted(int(page.StructParents) for page in pdf.pages) == list(range(len(pdf.pages)))
    reached = {tag.objgen for tag in tags(pdf)}
    seen: set[Any] = set()
    for page in pdf.pages:
        numbers = marked(page)
        assert numbers
        for number in numbers:
            tag = listed[int(page.StructParents)][number]
            assert (tag.Pg.objgen, number in tag.K) == (page.obj.objgen, True)
            assert tag.objgen in reached - seen
            seen.add(tag.objgen)


@pytest.mark.prints
def test_each_copy_is_read_whole_and_in_order(pdf: pikepdf.Pdf) -> None:
    """The tags of a copy are those of the one before, on its own pages, which follow one another."""
    found = tags(pdf)
    order = {page.obj.objgen: number for number, page in enumerate(pdf.pages)}
    numbers = [order[tag.Pg.objgen] for tag in found]
    assert sorted(set(numbers)) == list(range(len(pdf.pages)))
    kinds = [
        [str(tag.S) for tag, number in zip(found, numbers, strict=True) if number // PAGES == copy]
        for copy in range(len(NAMES) * 2)
    ]
    assert {"/H1", "/H2", "/Table", "/TH", "/TD", "/Link"} <= set(kinds[0])
    assert all(one == kinds[0] for one in kinds)
    heads = [number for tag, number in zip(found, numbers, strict=True) if tag.S == "/H1"]
    assert heads == list(range(0, len(pdf.pages), PAGES))


@pytest.mark.prints
def test_cells_know_the_heads_of_their_own_table(pdf: pikepdf.Pdf) -> None:
    """Heads have names that no other tag has, and cells name heads on their own page."""
    names = {str(tag.ID): tag for tag in tags(pdf) if "/ID" in tag}
    assert len(names) == len([tag for tag in tags(pdf) if tag.S == "/TH"]) == len(NAMES) * 2 * 2
    cells = [tag for tag in tags(pdf) if tag.S == "/TD"]
    assert len(cells) == len(names)
    for cell in cells:
        assert [names[str(name)].Pg.objgen for name in cell.A.Headers] == [cell.Pg.objgen]


@pytest.mark.prints
def test_links_have_tags_of_their_own(pdf: pikepdf.Pdf) -> None:
    """Each link stands on one page, and its key leads to the tag that holds it."""
    listed, found = keys(pdf), []
    assert list(listed) == sorted(listed)
    for page in pdf.pages:
        for link in page.get("/Annots", ()):
            tag = listed[int(link.StructParent)]
            (held,) = [kid.Obj for kid in tag.K if isinstance(kid, pikepdf.Dictionary) and "/Obj" in kid]
            assert (tag.S, tag.Pg.objgen, held.objgen) == ("/Link", page.obj.objgen, link.objgen)
            found.append(link.objgen)
    assert len(found) == len(set(found)) == len(NAMES) * 2 * 2
    assert Counter(str(link.A.URI)[-3:] for page in pdf.pages for link in page.get("/Annots", ()))["two"] == len(NAMES)


@pytest.mark.prints
def test_what_is_drawn_is_there_once(pdf: pikepdf.Pdf) -> None:
    """Only the streams of the names are of their own; pages and fonts are shared by all copies."""
    drawn = Counter()
    for page in pdf.pages:
        for part in page.Contents if isinstance(page.Contents, pikepdf.Array) else [page.Contents]:
            drawn[part.objgen] += 1
    copies = len(NAMES) * 2
    assert sorted(drawn.values()) == [1] * copies + [copies // 2] * 6
    fonts = [
        one for one in pdf.objects if isinstance(one, pikepdf.Dictionary) and one.get("/Type") == "/FontDescriptor"
    ]
    assert len(fonts) == len({str(one.FontName) for one in fonts})


@pytest.mark.prints
def test_bookmarks_lead_to_the_copies(pdf: pikepdf.Pdf) -> None:
    """There is a bookmark for each pupil, in hand-out order, to the first page of the copy."""
    with pdf.open_outline() as outline:
        marks = [(one.title, one.destination[0].objgen) for one in outline.root]
    assert marks == [(name, pdf.pages[number * PAGES].obj.objgen) for number, name in enumerate(NAMES * 2)]


@pytest.mark.prints
def test_file_is_sound(tmp_path: Path) -> None:
    """The syntax is that of PDF, and veraPDF finds it to be PDF/UA-1."""
    path = tmp_path / "class.pdf"
    path.write_bytes(made())
    with pikepdf.open(path) as pdf:
        assert pdf.check_pdf_syntax() == []
    if record.missing():  # veraPDF is no part of `make test`: `make conformance-setup` installs it
        pytest.skip(record.missing())
    assert validate([path], ["class"]).faults("class") == []


def test_what_is_not_drawn_cannot_be_cut() -> None:
    """A name that stands nowhere on the page, or twice, is an error and no wrong file."""
    import pydyf

    pdf = pydyf.PDF()
    content = pydyf.Stream([b"BT", b"(a) Tj", b"ET", b"BT", b"(a) Tj", b"ET"])
    pdf.add_object(content)
    pdf.add_page(pydyf.Dictionary({"Type": "/Page", "Contents": content.reference}))
    for drawn in ([b"BT", b"(b) Tj", b"ET"], [b"BT", b"(a) Tj", b"ET"]):
        with pytest.raises(ValueError, match="unpack"):
            cut(pdf, 0, drawn)
