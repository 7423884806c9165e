"""Answers that appear click by click: PowerPoint's Appear effect, for which python-pptx has no API.

A program that knows no animation, and every PDF, shows the whole slide.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import count
from typing import TYPE_CHECKING

from lxml import etree

from lessonpress.render.pptx.ooxml import P

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from lessonpress.render.pptx.arrange import Fill


@dataclass(frozen=True)
class Step:
    """What one click shows: a shape by its id, or one paragraph of it counted from 0, and the shapes that come along."""

    shape: int
    paragraph: int | None = None
    along: tuple[int, ...] = ()


def answer_steps(fills: Sequence[Fill], ids: Mapping[int, int], marks: Mapping[int, tuple[int, ...]]) -> Iterator[Step]:
    """A click for each answer of a page, in reading order.

    `ids` are the ids of the placeholders by their idx, `marks` those of the lines and bars drawn for them: a bar
    beside an answer comes with it, or it would tell where the answer is.
    """
    for fill in fills:
        shape = ids[fill.place.idx] if fill.paragraphs else 0
        above = 1 if fill.lead and fill.lead.above else 0
        answers = [n for n, paragraph in enumerate(fill.paragraphs) if paragraph.kind == "key"]
        if fill.paragraphs and len(answers) == len(fill.paragraphs) == 1 and not above:
            yield Step(shape, along=marks.get(fill.place.idx, ()))
            continue
        whole = len(answers) == len(fill.paragraphs)
        for n in answers:
            along = marks.get(fill.place.idx, ()) if whole and n == answers[0] else ()
            yield Step(shape, n + above, along)


def add_timing(slide: etree._Element, steps: Iterator[Step]) -> None:
    """Write the steps into a slide that has no animation yet; without steps nothing is written."""
    clicks = list(steps)
    if not clicks:
        return
    ids = count(1)
    timing = etree.Element(P + "timing")
    root = _node(_path(timing, "tnLst", "par"), ids, dur="indefinite", restart="never", nodeType="tmRoot")
    sequence = etree.SubElement(_children(root), P + "seq", concurrent="1", nextAc="seek")
    main = _children(_node(sequence, ids, dur="indefinite", nodeType="mainSeq"))
    for click in clicks:
        _click(main, click, ids)
    for name, event in (("prevCondLst", "onPrev"), ("nextCondLst", "onNext")):
        condition = etree.SubElement(_path(sequence, name), P + "cond", evt=event, delay="0")
        _path(condition, "tgtEl", "sldTgt")
    _builds(timing, clicks)
    # The order of a slide's children: cSld, clrMapOvr, transition, timing, extLst.
    extensions = slide.find(P + "extLst")
    if extensions is not None:
        extensions.addprevious(timing)
    else:
        slide.append(timing)


def _click(main: etree._Element, step: Step, ids: Iterator[int]) -> None:
    """One click: the shape or paragraph itself, and with it what comes along."""
    waits = _node(etree.SubElement(main, P + "par"), ids, delay="indefinite", fill="hold")
    inner = _node(etree.SubElement(_children(waits), P + "par"), ids, delay="0", fill="hold")
    effects = _children(inner)
    _effect(effects, step.shape, step.paragraph, "clickEffect", ids)
    for shape in step.along:
        _effect(effects, shape, None, "withEffect", ids)


def _effect(effects: etree._Element, shape: int, paragraph: int | None, kind: str, ids: Iterator[int]) -> None:
    """The effect Appear: number 1 of the entrances, which sets a shape visible."""
    effect = _node(
        etree.SubElement(effects, P + "par"),
        ids,
        delay="0",
        presetID="1",
        presetClass="entr",
        presetSubtype="0",
        fill="hold",
        grpId="0",
        nodeType=kind,
    )
    setting = etree.SubElement(_children(effect), P + "set")
    behaviour = etree.SubElement(setting, P + "cBhvr")
    _node(behaviour, ids, delay="0", dur="1", fill="hold")
    target = etree.SubElement(_path(behaviour, "tgtEl"), P + "spTgt", spid=str(shape))
    if paragraph is not None:
        etree.SubElement(_path(target, "txEl"), P + "pRg", st=str(paragraph), end=str(paragraph))
    _path(behaviour, "attrNameLst", "attrName").text = "style.visibility"
    etree.SubElement(_path(setting, "to"), P + "strVal", val="visible")


def _builds(timing: etree._Element, clicks: Sequence[Step]) -> None:
    """How each shape is built: paragraph by paragraph, or whole; a shape without text with its background."""
    builds = etree.SubElement(timing, P + "bldLst")
    own: dict[int, dict[str, str]] = {}
    for step in clicks:
        own[step.shape] = {} if step.paragraph is None else {"build": "p"}
        own |= {shape: {"animBg": "1"} for shape in step.along}
    for shape, how in own.items():
        etree.SubElement(builds, P + "bldP", {"spid": str(shape), "grpId": "0", **how})


def _node(parent: etree._Element, ids: Iterator[int], delay: str = "", **attributes: str) -> etree._Element:
    """A time node with an id of its own; `delay` is when it starts after its parent."""
    node = etree.SubElement(parent, P + "cTn", {"id": str(next(ids)), **attributes})
    if delay:
        etree.SubElement(_path(node, "stCondLst"), P + "cond", delay=delay)
    return node


def _children(node: etree._Element) -> etree._Element:
    return etree.SubElement(node, P + "childTnLst")


def _path(parent: etree._Element, *names: str) -> etree._Element:
    """Elements one inside the other; the innermost."""
    for name in names:
        parent = etree.SubElement(parent, P + name)
    return parent
