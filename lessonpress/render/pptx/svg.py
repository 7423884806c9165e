"""Read a small, closed part of SVG into placed shapes; everything else is refused by name."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal, NoReturn, cast

from lxml import etree

from lessonpress.render.pptx.shapes import (
    Anchor,
    Cluster,
    DrawingError,
    Frame,
    Label,
    Outline,
    Paint,
    Point,
    Shape,
    Sketch,
)
from lessonpress.render.pptx.svgpath import NUMBER, Matrix, PathError, apply, matrix, multiply, numbers, subpaths

if TYPE_CHECKING:
    from collections.abc import Iterator

# The names of colours in classes: `ink` fills with it, `line-ink` strokes with it.
COLOURS = {
    "ink": "tx1",
    "ink2": "tx2",
    "paper": "bg1",
    "tint": "bg2",
    "rule": "accent2",
    "hair": "accent2",
    "accent": "accent1",
    **{f"accent{n}": f"accent{n}" for n in range(1, 7)},
}
_NAMED = {"none": "", "black": "tx1", "white": "bg1"}
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_PAINT = {"class", "fill", "stroke", "stroke-width", "stroke-dasharray", "transform"}
_ATTRIBUTES: dict[str, set[str]] = {
    "svg": {"viewBox", "width", "height", "role", "font-family", "class"},
    "g": _PAINT | {"font-size", "font-weight", "text-anchor", _XML_LANG},
    "rect": _PAINT | {"x", "y", "width", "height", "rx"},
    "circle": _PAINT | {"cx", "cy", "r"},
    "ellipse": _PAINT | {"cx", "cy", "rx", "ry"},
    "line": _PAINT | {"x1", "y1", "x2", "y2"},
    "polyline": _PAINT | {"points"},
    "polygon": _PAINT | {"points"},
    "path": _PAINT | {"d"},
    "text": _PAINT | {"x", "y", "font-size", "font-weight", "text-anchor", "direction", _XML_LANG},
    "title": set(),
    "desc": set(),
}
_TEXTS = ("title", "desc")
_TURNED: dict[Anchor, Anchor] = {"start": "end", "middle": "middle", "end": "start"}
_LENGTHS = {"x", "y", "width", "height", "rx", "ry", "r", "cx", "cy", "x1", "y1", "x2", "y2"}


@dataclass(frozen=True)
class _Style:
    """What children inherit."""

    matrix: Matrix
    paint: Paint
    size: float = 16.0
    bold: bool = False
    anchor: Anchor = "start"
    lang: str = ""


def read_svg(svg: etree._Element) -> Sketch:
    """Place every shape of a drawing; raises DrawingError for what has no native shape."""
    box = [float(number) for number in NUMBER.findall(svg.get("viewBox", ""))]
    if len(box) != 4 or box[2] <= 0 or box[3] <= 0:
        raise DrawingError("<svg> needs a viewBox of four numbers")
    x, y, width, height = box
    _check_attributes(svg)
    style = _Style((1, 0, 0, 1, -x, -y), Paint(fill="tx1"))
    return Sketch(width, height, tuple(_children(svg, style)), _child_text(svg, "title"))


def _refuse(element: etree._Element, message: str) -> NoReturn:
    raise DrawingError(f"line {element.sourceline}, <{_tag(element)}>: {message}")


def _tag(element: etree._Element) -> str:
    return etree.QName(element).localname


def _child_text(element: etree._Element, name: str) -> str:
    return " ".join((element.findtext(f"{{*}}{name}") or "").split())


def _children(parent: etree._Element, style: _Style) -> Iterator[Shape]:
    for child in parent:
        tag = _tag(child)
        if tag == "svg" or tag not in _ATTRIBUTES:
            _refuse(child, "is not drawn on slides")
        if tag in _TEXTS:
            continue
        _check_attributes(child)
        yield _shape(child, tag, _inherit(child, style))


def _check_attributes(element: etree._Element) -> None:
    known = _ATTRIBUTES[_tag(element)]
    for name, value in ((str(name), str(value)) for name, value in element.attrib.items()):
        if name not in known:
            _refuse(element, f"attribute {name}={value!r} is not supported")
        if name in _LENGTHS and _tag(element) != "svg" and not NUMBER.fullmatch(value.strip()):
            _refuse(element, f"{name}={value!r} is not a plain number")


def _inherit(element: etree._Element, style: _Style) -> _Style:
    try:
        own = multiply(style.matrix, matrix(element.get("transform", "")))
    except PathError as error:
        _refuse(element, str(error))
    return replace(
        style,
        matrix=own,
        paint=_paint(element, style.paint),
        size=_number(element, "font-size", style.size),
        bold=_bold(element, inherited=style.bold),
        anchor=_anchor(element, style.anchor),
        lang=element.get(_XML_LANG, style.lang),
    )


def _paint(element: etree._Element, paint: Paint) -> Paint:
    """The colours of an element; classes win over attributes, as in a style sheet."""
    fill = _colour(element, "fill", paint.fill)
    stroke = _colour(element, "stroke", paint.stroke)
    for name in element.get("class", "").split():
        slot = COLOURS.get(name.removeprefix("line-"))
        if slot is None:
            _refuse(element, f"class {name!r} names no colour of the theme")
        if name.startswith("line-"):
            stroke = slot
        else:
            fill = slot
    dashes = element.get("stroke-dasharray")
    dashed = paint.dashed if dashes is None else dashes != "none"
    return Paint(fill, stroke, _number(element, "stroke-width", paint.pen), dashed)


def _colour(element: etree._Element, attribute: str, inherited: str) -> str:
    value = element.get(attribute)
    if value is None:
        return inherited
    value = value.strip().lower()
    if re.fullmatch(r"#[0-9a-f]{6}", value):
        return value[1:].upper()
    if re.fullmatch(r"#[0-9a-f]{3}", value):
        return "".join(digit * 2 for digit in value[1:]).upper()
    if value not in _NAMED:
        _refuse(element, f"{attribute}={value!r} is not supported; use a class or #rrggbb")
    return _NAMED[value]


def _number(element: etree._Element, attribute: str, default: float) -> float:
    value = element.get(attribute)
    if value is None:
        return default
    if not NUMBER.fullmatch(value.strip()):
        _refuse(element, f"{attribute}={value!r} is not a plain number")
    return float(value)


def _bold(element: etree._Element, *, inherited: bool) -> bool:
    weight = element.get("font-weight")
    if weight is None:
        return inherited
    if weight not in ("normal", "bold") and not weight.isdigit():
        _refuse(element, f"font-weight={weight!r} is not supported")
    return weight == "bold" or (weight.isdigit() and int(weight) >= 600)


def _anchor(element: etree._Element, inherited: Anchor) -> Anchor:
    value = element.get("text-anchor", inherited)
    if value not in ("start", "middle", "end"):
        _refuse(element, f"text-anchor={value!r} is not supported")
    return cast("Anchor", value)


def _shape(element: etree._Element, tag: str, style: _Style) -> Shape:
    if tag == "g":
        return Cluster(tuple(_children(element, style)), _child_text(element, "title"))
    if tag == "text":
        return _label(element, style)
    if tag in ("rect", "circle", "ellipse"):
        return _frame(element, tag, style)
    return Outline(tuple(_segments(element, tag, style.matrix)), _scaled(style, filled=tag != "line"))


def _scaled(style: _Style, *, filled: bool = True) -> Paint:
    paint = style.paint
    return replace(paint, pen=paint.pen * _scale(style.matrix), fill=paint.fill if filled else "")


def _scale(m: Matrix) -> float:
    return math.hypot(m[0], m[1])


def _turn(m: Matrix) -> float:
    """Degrees clockwise; 0 rather than a rounding rest."""
    return round(math.degrees(math.atan2(m[1], m[0])), 6) + 0.0


def _frame(element: etree._Element, tag: str, style: _Style) -> Frame:
    """Both models turn a shape about its centre, so it is the centre that is transformed."""
    n = {name: _number(element, name, 0.0) for name in _LENGTHS}
    if tag == "rect":
        x, y, w, h = n["x"], n["y"], n["width"], n["height"]
    else:
        rx, ry = (n["r"], n["r"]) if tag == "circle" else (n["rx"], n["ry"])
        x, y, w, h = n["cx"] - rx, n["cy"] - ry, 2 * rx, 2 * ry
    if w <= 0 or h <= 0:
        _refuse(element, "has no size")
    scale = _scale(style.matrix)
    kind: Literal["", "corners", "ellipse"] = "ellipse" if tag != "rect" else "corners" if n["rx"] else ""
    return Frame(
        centre=apply(style.matrix, (x + w / 2, y + h / 2)),
        width=w * scale,
        height=h * scale,
        turn=_turn(style.matrix),
        round=kind,
        radius=n["rx"] * scale,
        paint=_scaled(style),
    )


def _segments(element: etree._Element, tag: str, m: Matrix) -> Iterator[tuple[tuple[Point, ...], bool]]:
    try:
        if tag == "path":
            found = subpaths(element.get("d", ""))
        elif tag == "line":
            ends = [_number(element, name, 0.0) for name in ("x1", "y1", "x2", "y2")]
            found = [([(ends[0], ends[1]), (ends[2], ends[3])], False)]
        else:
            values = numbers(element.get("points", ""))
            found = [(list(zip(values[::2], values[1::2], strict=True)), tag == "polygon")]
    except (PathError, ValueError) as error:
        _refuse(element, str(error))
    if not found or any(len(points) < 2 for points, _ in found):
        _refuse(element, "has fewer than two points")
    for points, closed in found:
        yield tuple(apply(m, point) for point in points), closed


def _label(element: etree._Element, style: _Style) -> Label:
    if len(element):
        _refuse(element, "holds other elements; write one <text> for each line")
    text = " ".join((element.text or "").split())
    if not text:
        _refuse(element, "is empty")
    return Label(
        at=apply(style.matrix, (_number(element, "x", 0.0), _number(element, "y", 0.0))),
        text=text,
        size=style.size * _scale(style.matrix),
        bold=style.bold,
        # An anchor counts along the text; a label's is a side of the drawing.
        anchor=_TURNED[style.anchor] if element.get("direction") == "rtl" else style.anchor,
        lang=style.lang,
        turn=_turn(style.matrix),
        colour=style.paint.fill or "tx1",
    )
