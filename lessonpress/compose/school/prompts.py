"""The look of prompts made into styles: LibreOffice formats the words of a prompt, not its placeholder."""

from __future__ import annotations

import copy

from lxml import etree

from lessonpress.theme.office import NS, find

A = f"{{{NS['a']}}}"
PLAIN = "obj"
_BODY = "not(@type) or @type='body' or @type='obj' or @type='subTitle'"
_TITLE = "@type='title' or @type='ctrTitle'"


def lift_prompts(layout: etree._Element, master: etree._Element) -> None:
    """Give each placeholder of a layout a list style made of its prompt, and of its master's for deeper levels.

    The plain layout is made like its master, places and all: LibreOffice writes those of some slide into it.
    """
    for condition in (_TITLE, _BODY):
        inherited = _levels(_first(find(master, f".//p:sp[p:nvSpPr/p:nvPr/p:ph[{condition}]]")))
        for shape in find(layout, f".//p:sp[p:nvSpPr/p:nvPr/p:ph[{condition}]]"):
            is_plain = layout.get("type") == PLAIN and inherited
            _write(shape, inherited if is_plain else {**inherited, **_levels(shape)})
            if is_plain:
                for transform in find(shape, "./p:spPr/a:xfrm"):
                    transform.getparent().remove(transform)


def _first(shapes: list[etree._Element]) -> etree._Element | None:
    return shapes[0] if shapes else None


def _levels(shape: etree._Element | None) -> dict[int, etree._Element]:
    """The levels of a prompt by number: each paragraph's properties with those of its words."""
    found: dict[int, etree._Element] = {}
    for paragraph in find(shape, "./p:txBody/a:p") if shape is not None else ():
        said = paragraph.find(A + "pPr")
        words = find(paragraph, "./a:r/a:rPr | ./a:endParaRPr")
        if not words:
            continue
        number = int(said.get("lvl", "0")) + 1 if said is not None else 1
        level = etree.Element(f"{A}lvl{number}pPr")
        if said is not None:
            level.attrib.update({name: value for name, value in said.attrib.items() if name != "lvl"})
            level.extend(copy.deepcopy(child) for child in said)
        level.append(_as_default(words[0]))
        found.setdefault(number, level)
    return found


def _as_default(words: etree._Element) -> etree._Element:
    default = etree.Element(A + "defRPr")
    default.attrib.update({name: value for name, value in words.attrib.items() if name not in ("lang", "dirty", "err")})
    default.extend(copy.deepcopy(child) for child in words)
    return default


def _write(shape: etree._Element, levels: dict[int, etree._Element]) -> None:
    body = find(shape, "./p:txBody")
    if not body or not levels:
        return
    for old in body[0].findall(A + "lstStyle"):
        body[0].remove(old)
    style = etree.Element(A + "lstStyle")
    style.extend(copy.deepcopy(level) for _, level in sorted(levels.items()))
    body[0].insert(1, style)
