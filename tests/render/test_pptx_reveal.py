"""Answers that appear click by click, in a file that shows them all where nothing moves."""

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from lxml import etree
from pptx_kit import THEMES, deck, families, layouts, opened, print_markup, slot

from lessonpress.render.pptx import MarkupError, check
from lessonpress.render.pptx.job import asides
from lessonpress.render.pptx.lint import lint
from lessonpress.render.pptx.ooxml import find
from lessonpress.render.pptx.package import read_zip

VALIDATOR = Path(__file__).parents[2] / ".tools" / "node_modules" / ".bin" / "ooxml-validator"
CELLS = "".join(f"<li><p>Which year was it?</p><p class='key'>192{n}</p></li>" for n in range(4))
MANY = "".join(f"<li><p>Which year?</p><p class='key'>192{n}</p></li>" for n in range(6))
OPTIONS = "<li><p>this</p></li><li><p>that</p><p class='key'>Answer</p></li><li><p>neither</p></li>"
SLIDES = {
    "cells": (slot("questions", f"<ol>{CELLS}</ol>"), 4),
    "list": (slot("questions", f"<ol>{MANY}</ol>"), 6),
    "options": (slot("ask", "<p>Which?</p>") + slot("questions", f'<ol type="A">{OPTIONS}</ol>'), 1),
    "two answers": (
        slot("questions", "<ol><li><p>Who?</p><p class='key'>Lenin</p><p class='key'>Stalin</p></li></ol>"),
        2,
    ),
    "no answer": (slot("questions", "<ol><li><p>Who?</p></li></ol>"), 0),
}


def section(name, reveal=' data-reveal="click"'):
    return f'<section layout="answer" id="{name.replace(" ", "-")}"{reveal}><h1>A slide of {name}</h1>{SLIDES[name][0]}</section>'


def printed(theme="classic", reveal=' data-reveal="click"'):
    return print_markup(deck(*(section(name, reveal) for name in SLIDES)), theme)


def roots(made):
    """The slides of each section; a long one has several."""
    found = {name: [] for name in SLIDES}
    for native in opened(made).slides:
        found[re.sub(r"-\d$", "", native._element.cSld.get("name")).replace("-", " ")].append(native._element)
    return found


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("name", SLIDES)
def test_a_click_for_each_answer(name, theme):
    """A slide takes as many clicks as it has answers, and each shows another shape or paragraph."""
    found = roots(printed(theme))[name]
    assert found
    clicks = [find(root, "//p:cTn[@nodeType='clickEffect']") for root in found]
    assert sum(map(len, clicks)) == SLIDES[name][1]
    for on_slide in clicks:
        targets = [etree.tostring(find(click, ".//p:spTgt")[0]) for click in on_slide]
        assert len(set(targets)) == len(targets)


def test_a_click_shows_the_answer_and_nothing_else_of_the_text():
    """The paragraphs that appear are those of the answers; questions stand there from the beginning."""
    for name, found in roots(printed()).items():
        shown = [text for root in found for text in appearing(root)]
        assert shown == re.findall("<p class='key'>(.*?)</p>", SLIDES[name][0])


def appearing(root):
    """The texts that clicks show, in their order."""
    for target in find(root, "//p:cTn[@nodeType='clickEffect']//p:spTgt"):
        paragraphs = find(root, f"//p:sp[p:nvSpPr/p:cNvPr/@id='{target.get('spid')}']//a:p")
        at = find(target, ".//p:pRg/@st")
        for paragraph in [paragraphs[int(at[0])]] if at else paragraphs:
            yield "".join(find(paragraph, ".//a:t/text()"))


def test_bars_come_with_their_answers():
    """The bar beside an answer would tell which option is right."""
    (root,) = roots(printed())["options"]
    along = find(root, "//p:cTn[@nodeType='withEffect']//p:spTgt/@spid")
    names = [find(root, f"//p:cNvPr[@id='{shape}']/@name")[0] for shape in along]
    assert names == ["Line"]


@pytest.mark.parametrize("theme", THEMES)
def test_both_checkers_find_nothing(theme, tmp_path):
    """Every shape that moves is there, every id is its own, and the schema is kept."""
    made = printed(theme)
    assert check(made.data) == []
    assert [one.message for one in lint(made.data, families(), asides(layouts(theme)))] == []
    if not VALIDATOR.exists():
        pytest.skip("the Open XML SDK validator is not installed: make conformance-setup")
    path = tmp_path / "deck.pptx"
    path.write_bytes(made.data)
    told = subprocess.run([str(VALIDATOR), str(path)], capture_output=True, text=True, check=False).stdout
    assert json.loads(told)["errors"] == []


def test_without_reveal_nothing_moves():
    """Slides of the usual kind have no animation."""
    made = printed(reveal="")
    assert b"p:timing" not in b"".join(data for name, data in read_zip(made.data).items() if "slides/slide" in name)


def test_timing_stands_before_extensions():
    """A slide that has an extension keeps the order that the schema asks for."""
    from lessonpress.render.pptx.reveal import Step, add_timing

    slide = etree.fromstring(
        '<p:sld xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"><p:cSld/><p:extLst/></p:sld>'
    )
    add_timing(slide, iter([Step(2, None, (3,)), Step(4, 1)]))
    assert [etree.QName(child).localname for child in slide] == ["cSld", "timing", "extLst"]
    builds = {one.get("spid"): (one.get("build"), one.get("animBg")) for one in find(slide, "//p:bldP")}
    assert builds == {"2": (None, None), "3": (None, "1"), "4": ("p", None)}


def test_another_word_is_refused():
    """There is one way to reveal."""
    with pytest.raises(MarkupError, match="data-reveal='later' is not click"):
        printed(reveal=' data-reveal="later"')


@pytest.mark.slow
def test_libreoffice_counts_the_same_clicks(tmp_path):
    """Another program reads as many steps as there are answers, and prints all of them."""
    if not shutil.which("soffice"):
        pytest.skip("LibreOffice is not installed: make conformance-setup")
    path = tmp_path / "deck.pptx"
    path.write_bytes(printed().data)
    profile = (tmp_path / "profile").as_uri()
    call = [
        "soffice",
        f"-env:UserInstallation={profile}",
        "--headless",
        "--convert-to",
        "fodp",
        "--outdir",
        str(tmp_path),
    ]
    subprocess.run([*call, str(path)], capture_output=True, check=False, timeout=300)
    text = (tmp_path / "deck.fodp").read_text("utf-8")
    assert text.count('presentation:node-type="on-click"') == sum(clicks for _, clicks in SLIDES.values())
