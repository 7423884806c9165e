"""What the print linter leaves out where the type is larger than standard."""

from __future__ import annotations

from dataclasses import replace

from lessonpress.compose.paper import compose_paper
from tests.contracts.test_every_profile import kit
from tests.documents.test_paper import printer, whole


def test_a_short_last_page_is_told_of_the_standard_page_alone() -> None:
    """Nobody can write a lesson that ends well in every size of type."""
    said = {}
    for profile in ("standard", "dyslexia"):
        document = compose_paper(kit("classic", profile), whole(), "reading").document
        spill = '<div style="break-before:page"></div><p>Two words.</p></body>'
        page = printer().render(replace(document, html=document.html.replace("</body>", spill)))
        forced = '<div style="height:400mm;break-inside:auto"></div><p>Two words.</p></body>'
        long = printer().render(replace(document, html=document.html.replace("</body>", forced)))
        said[profile] = {d.code for d in (*page.diagnostics, *long.diagnostics)} & {"short-last-page"}
    assert said == {"standard": {"short-last-page"}, "dyslexia": set()}
