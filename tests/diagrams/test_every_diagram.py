"""What holds for every diagram: room, size, sameness, markup."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from jinja2 import FileSystemLoader, StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment
from lxml import etree

from lessonpress.diagrams import KINDS, AnyDiagram, discover, place, template
from lessonpress.diagrams.canvas import Canvas, Words
from lessonpress.diagrams.drawing import DoesNotFit, Drawing, Label
from lessonpress.model.language import Language
from lessonpress.model.sealed import Sealed, SealedError
from lessonpress.render.pptx.shapes import labels
from lessonpress.render.pptx.svg import read_svg
from tests.diagrams.samples import CROWDED, FLOW, ROOT, SAMPLES, clashes, faces, outside, paper, read, slide

COLOURS = {"ink": "#111111", "paper": "#FFFFFF", "accent": "#B5121B"}
FITTING = [name for name in SAMPLES if name != "timeline-crowded"]
ALLOWED = {"svg", "title", "desc", "style", "rect", "polyline", "line", "circle", "polygon", "text"}


def draw(drawing: Drawing, name: str, **names: Any) -> str:
    """The markup of a drawing by a template."""
    env = ImmutableSandboxedEnvironment(
        loader=FileSystemLoader(ROOT / "templates"), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    return env.get_template(name).render(drawing=drawing, **names)


def markup(data: dict[str, Any], canvas: Canvas, **names: Any) -> str:
    """The markup of what a teacher wrote."""
    spec = read(data)
    return draw(place(spec, canvas), template(spec), **names)


def test_kinds_are_found_and_have_templates() -> None:
    """Every module with a place is a kind, sorted by name, and its template exists."""
    names = [kind.name for kind in discover()]
    assert names == sorted(names) == list(KINDS)
    assert {"alliances", "cause-web", "chart", "circular-flow", "living-graph", "posts", "spectrum", "timeline"} <= {
        *names
    }
    assert all(Path(ROOT / "templates" / kind.template).is_file() for kind in KINDS.values())
    assert AnyDiagram is not None


@pytest.mark.parametrize("name", SAMPLES)
def test_on_paper_nothing_overlaps_or_leaves(name: str) -> None:
    """No label covers another, and everything stays on the drawing."""
    drawing = place(read(SAMPLES[name]), paper())
    assert clashes(drawing, paper()) == []
    assert outside(drawing, paper()) == []


@pytest.mark.parametrize("name", FITTING)
def test_on_a_slide_nothing_overlaps_or_leaves(name: str) -> None:
    """The same holds on a slide, inside its height."""
    drawing = place(read(SAMPLES[name]), slide())
    assert clashes(drawing, slide()) == []
    assert outside(drawing, slide()) == []
    assert drawing.height <= 105.01


@pytest.mark.parametrize("name", [n for n in SAMPLES if n not in {"timeline-crowded", "alliances"}])
def test_large_print_fits(name: str) -> None:
    """Text half as large again still fits the text column."""
    canvas = Canvas(167.5, None, 15.75, 14.25, faces())
    drawing = place(read(SAMPLES[name]), canvas)
    assert clashes(drawing, canvas) == []
    assert outside(drawing, canvas) == []


@pytest.mark.parametrize("name", FITTING)
@pytest.mark.parametrize(("canvas", "least"), [(paper(), 9.0), (slide(), 18.0)])
def test_text_is_large_enough(name: str, canvas: Canvas, least: float) -> None:
    """No text is under 9 pt on paper or 18 pt on a slide, in the drawing and in its markup."""
    spec = read(SAMPLES[name])
    drawing = place(spec, canvas)
    assert min(item.size for item in drawing.items if isinstance(item, Label)) >= least
    svg = draw(drawing, template(spec), ink=lambda _: "key")
    sizes = [float(size) * 72 / 25.4 for size in re.findall(r'font-size="([\d.]+)"', svg)]
    assert min(sizes) >= least - 0.02


@pytest.mark.parametrize("name", FITTING)
def test_drawings_are_the_same_twice(name: str) -> None:
    """The same spec on the same canvas gives the same drawing."""
    assert place(read(SAMPLES[name]), paper()) == place(read(SAMPLES[name]), paper())


@pytest.mark.parametrize("name", FITTING)
@pytest.mark.parametrize("colours", [None, COLOURS])
def test_markup_is_the_subset_that_slides_can_print(name: str, colours: dict[str, str] | None) -> None:
    """Only plain shapes, one-line texts, a title and a description; a style on paper alone."""
    root = etree.fromstring(markup(SAMPLES[name], slide(), ink=lambda _: "", colours=colours).encode())
    tags = {etree.QName(element).localname for element in root.iter()}
    assert tags <= ALLOWED
    assert ("style" in tags) == (colours is not None)
    assert root.get("role") == "img"
    assert all(root.findtext(f"{{*}}{tag}") for tag in ("title", "desc"))
    assert all(e.get("class") for e in root if etree.QName(e).localname not in {"title", "desc", "style"})
    assert not [e for e in root.iter() if e.tag.endswith("text") and len(e)]


@pytest.mark.parametrize("name", FITTING)
def test_slides_can_read_the_markup(name: str) -> None:
    """The slide printer takes every element, attribute and class."""
    root = etree.fromstring(markup(SAMPLES[name], slide(), ink=lambda _: "key").encode())
    assert read_svg(root).shapes


def test_style_fills_and_strokes_by_role() -> None:
    """A role is a class that fills, and a class that strokes."""
    svg = markup(SAMPLES["votes"], paper(), colours=COLOURS, family="Source Sans 3")
    assert ".accent{fill:#B5121B}.line-accent{stroke:#B5121B}" in svg
    assert 'font-family="Source Sans 3"' in svg


def test_caption_names_the_drawing() -> None:
    """The title is the caption, else the alternative text; the description is the alternative text."""
    named = place(read(SAMPLES["timeline-l6"]), paper())
    assert named.title == "Sixteen months, to scale"
    assert named.desc.startswith("Eight events")
    plain = place(read(SAMPLES["votes"]), paper())
    assert plain.title == plain.desc


def test_blank_is_the_same_on_sheet_and_key() -> None:
    """Ink adds the answer to a blank, and moves neither its number nor its line."""
    sheet = markup(FLOW, paper(), ink=lambda _: "")
    key = markup(FLOW, paper(), ink=lambda answer: "Answer" if isinstance(answer, Sealed) else "?")
    assert sheet.count("<line") == key.count("<line") == 6
    assert key.count(">Answer</text>") == 6
    assert "Answer" not in sheet
    ends = re.compile(r'<line [^>]*(x1="[^"]+" y1="[^"]+" x2="[^"]+" y2="[^"]+")')
    assert ends.findall(sheet) == ends.findall(key)
    kept = [line for line in sheet.splitlines() if "<line" not in line]
    assert all(line in key for line in kept)


def test_answers_stay_sealed() -> None:
    """A drawing carries answers untouched; comparing, printing and measuring never opens them."""
    drawing = place(read(FLOW), paper())
    assert [gap.gap for gap in drawing.gaps] == [1, 2, 3, 4, 5, 6]
    assert "Uchraspred" not in repr(drawing)
    with pytest.raises(SealedError):
        str(drawing.gaps[0].answer)


def test_a_slide_without_room_uses_the_smaller_text() -> None:
    """What does not fit at 20 pt is tried at 18 pt, then refused; at one size it is refused at once."""
    spec = read(SAMPLES["alliances"])
    low = Canvas(306.7, 95.0, 20.0, 18.0, faces())
    assert max(item.size for item in place(spec, low).items if isinstance(item, Label)) == 18.0
    with pytest.raises(DoesNotFit, match="so many panels"):
        place(spec, Canvas(306.7, 60.0, 20.0, 18.0, faces()))
    with pytest.raises(DoesNotFit):
        place(read(CROWDED), Canvas(306.7, 105.0, 18.0, 18.0, faces()))


def from_the_right(canvas: Canvas) -> Canvas:
    """The canvas of a language that is written from right to left."""
    return replace(canvas, words=Words(language=Language(dir="rtl")))


@pytest.mark.parametrize("name", SAMPLES)
def test_from_right_to_left_a_drawing_is_turned_round(name: str) -> None:
    """Every item takes the mirrored place, nothing overlaps or leaves, and turned again all stands as before."""
    canvas = from_the_right(paper())
    plain, turned = place(read(SAMPLES[name]), paper()), place(read(SAMPLES[name]), canvas)
    assert clashes(turned, canvas) == []
    assert outside(turned, canvas) == []
    for item, other in zip(plain.items, turned.items, strict=True):
        here, there = canvas.bounds(item), canvas.bounds(other)
        assert (there.left, there.right) == pytest.approx((plain.width - here.right, plain.width - here.left))
        assert (there.top, there.bottom) == (here.top, here.bottom)
    labels = [item for item in turned.items if isinstance(item, Label)]
    assert labels
    assert {label.dir for label in labels} == {"rtl"}


@pytest.mark.parametrize("name", FITTING)
def test_slides_and_paper_see_a_turned_label_at_one_place(name: str) -> None:
    """SVG counts anchors along the text, slides by sides: a turned label begins where it was placed."""
    canvas = from_the_right(slide())
    placed = [item for item in place(read(SAMPLES[name]), canvas).items if isinstance(item, Label) and not item.gap]
    svg = etree.fromstring(markup(SAMPLES[name], canvas, ink=lambda answer: ""))
    drawn = [text for text in svg.iter("{*}text") if text.get("direction") == "rtl"]
    assert len(drawn) >= len(placed) > 0
    assert {(text.get("text-anchor", "start")) for text in drawn} <= {"start", "middle", "end"}
    seen = {(label.text, label.anchor) for label in labels(read_svg(svg).shapes)}
    assert {(" ".join(label.text.split()), label.anchor) for label in placed} <= seen


def test_a_turned_blank_has_its_line_on_the_left_of_its_number() -> None:
    """The line of a blank runs from its number to the left, and the answer begins beside the number."""
    drawing = place(read(FLOW), from_the_right(paper()))
    assert drawing.gaps
    for blank in drawing.gaps:
        assert blank.anchor == "end"
        assert blank.rule_x == pytest.approx(blank.x - blank.width)
        assert blank.rule_x < blank.answer_x < blank.x
