"""What validators let pass and readers stumble over: tags that say something else than the page."""

from __future__ import annotations

from collections.abc import Iterator

import pikepdf

ONCE = {"/H1", "/H2", "/H3", "/H4", "/H5", "/H6", "/P", "/Caption"}
MAY_BE_EMPTY = {"/TD", "/TH", "/LBody"}
"""A cell or an item without text still has its place."""


class Tree:
    """The tags of a PDF, walked once."""

    def __init__(self, pdf: pikepdf.Pdf) -> None:
        self.faults: list[str] = []
        self.told: set[tuple[int, int]] = set()
        """Page object and number of all marked content that the tree holds."""
        self._walk(pdf.Root.StructTreeRoot.K[0], (), None)
        for number, page in enumerate(pdf.pages, 1):
            lost = [n for n in marked(page) if (page.objgen[0], n) not in self.told]
            if lost:
                self.faults.append(f"page {number}: {len(lost)} pieces of content are in no tag and no artifact")

    def _walk(self, tag: pikepdf.Object, above: tuple[str, ...], page: pikepdf.Object | None) -> set[str]:
        """Look at a tag and what it holds; give the kinds of all."""
        kind, page = str(tag.S), tag.get("/Pg", page)
        self.faults += self._faults(tag, kind, above)
        kinds = {kind}
        for kid in tag.get("/K", []):
            if isinstance(kid, int):
                self.told.add((page.objgen[0], kid))
            elif "/S" in kid:
                kinds |= self._walk(kid, (*above, kind), page)
        if kind == "/Table" and "/TH" not in kinds:
            self.faults.append("a table without a header")
        return kinds

    def _faults(self, tag: pikepdf.Object, kind: str, above: tuple[str, ...]) -> Iterator[str]:
        """What is wrong with one tag by itself."""
        if kind in ONCE and kind in above:
            yield f"{kind[1:]} inside {kind[1:]}"
        if kind == "/TH" and "/Scope" not in tag.get("/A", {}):
            yield "a header that does not say what it heads"
        if kind == "/Figure" and not str(tag.get("/Alt", "")).strip():
            yield "a figure without a text"
        if not len(tag.get("/K", [])) and kind not in MAY_BE_EMPTY:
            yield f"an empty {kind[1:]}"


def marked(page: pikepdf.Page) -> list[int]:
    """The numbers of all marked content of a page that is no artifact."""
    marks = [op.operands for op in pikepdf.parse_content_stream(page, "BDC")]
    return [int(mark[1].MCID) for mark in marks if len(mark) == 2 and "/MCID" in mark[1]]


def faults(pdf: pikepdf.Pdf) -> list[str]:
    """What a reader would stumble over, each fault once."""
    if "/StructTreeRoot" not in pdf.Root or "/K" not in pdf.Root.StructTreeRoot:
        return ["no structure tree"]
    return list(dict.fromkeys(Tree(pdf).faults))
