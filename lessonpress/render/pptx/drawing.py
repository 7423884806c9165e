"""Draw a sketch as one group of native shapes, in the colours of the theme."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lxml import etree

from lessonpress.render.pptx.fit import FLOOR
from lessonpress.render.pptx.ooxml import EMU_PER_PT, A, P, add_outline, emu
from lessonpress.render.pptx.shapes import Cluster, Frame, Label, Outline, labels
from lessonpress.render.pptx.svgpath import apply, matrix

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lessonpress.measure import Family
    from lessonpress.model.slide_layouts import Box
    from lessonpress.render.pptx.shapes import Paint, Point, Shape, Sketch
    from lessonpress.render.pptx.text import Writing

ASCENT = 0.905  # ems from the top of a line to its baseline, in Arial
LINE = 1.2  # ems
SLACK = 1.08  # a label that wraps is worse than a wide box
_ALIGN = {"start": "l", "middle": "ctr", "end": "r"}
_LEFT = {"start": 0.0, "middle": 0.5, "end": 1.0}


@dataclass
class Drawer:
    """Draws one sketch into a box of a slide; shape ids are counted from `next_id`."""

    sketch: Sketch
    box: Box
    family: Family
    writing: Writing
    next_id: int

    @property
    def scale(self) -> float:
        """EMU to a user unit; the drawing keeps its proportions."""
        return min(emu(self.box.w) / self.sketch.width, emu(self.box.h) / self.sketch.height)

    def draw(self) -> etree._Element:
        """The group, in the middle of its box."""
        return self._group(self.sketch.shapes, self.sketch.title or "Drawing")

    def small_labels(self) -> Iterator[tuple[str, float]]:
        """The labels that would come out under 18 pt, with the size they would have had."""
        for label in labels(self.sketch.shapes):
            size = label.size * self.scale / EMU_PER_PT
            if size < FLOOR - 0.25:
                yield label.text, size

    def _at(self, point: Point) -> tuple[int, int]:
        left = emu(self.box.x) + (emu(self.box.w) - self.sketch.width * self.scale) / 2
        top = emu(self.box.y) + (emu(self.box.h) - self.sketch.height * self.scale) / 2
        return round(left + point[0] * self.scale), round(top + point[1] * self.scale)

    def _group(self, shapes: tuple[Shape, ...], name: str) -> etree._Element:
        group = etree.Element(P + "grpSp", nsmap={"a": A[1:-1], "p": P[1:-1]})
        self._head(group, "nvGrpSpPr", "cNvGrpSpPr", name)
        transform = etree.SubElement(etree.SubElement(group, P + "grpSpPr"), A + "xfrm")
        for shape in shapes:
            if isinstance(shape, Cluster):
                group.append(self._group(shape.members, shape.name or "Group"))
            else:
                group.append(self._shape(shape))
        _cover(transform, group)
        return group

    def _head(self, shape: etree._Element, outer: str, inner: str, name: str) -> None:
        head = etree.SubElement(shape, P + outer)
        etree.SubElement(head, P + "cNvPr", id=str(self.next_id), name=name)
        etree.SubElement(head, P + inner)
        etree.SubElement(head, P + "nvPr")
        self.next_id += 1

    def _shape(self, shape: Frame | Outline | Label) -> etree._Element:
        if isinstance(shape, Label):
            return self._label(shape)
        if isinstance(shape, Frame):
            return self._frame(shape)
        points, closed = shape.subpaths[0]
        single = len(shape.subpaths) == 1 and len(points) == 2 and not closed
        return self._line(shape) if single else self._outline(shape)

    def _frame(self, frame: Frame) -> etree._Element:
        element = etree.Element(P + "sp")
        self._head(element, "nvSpPr", "cNvSpPr", "Shape")
        properties = etree.SubElement(element, P + "spPr")
        x, y = self._at(frame.centre)
        w, h = round(frame.width * self.scale), round(frame.height * self.scale)
        _transform(properties, (x - w // 2, y - h // 2), (w, h), frame.turn)
        preset = {"": "rect", "corners": "roundRect", "ellipse": "ellipse"}[frame.round]
        values = etree.SubElement(etree.SubElement(properties, A + "prstGeom", prst=preset), A + "avLst")
        if frame.round == "corners":
            share = min(50_000, round(frame.radius / min(frame.width, frame.height) * 100_000))
            etree.SubElement(values, A + "gd", name="adj", fmla=f"val {share}")
        self._paint(properties, frame.paint)
        return element

    def _line(self, line: Outline) -> etree._Element:
        element = etree.Element(P + "cxnSp")
        self._head(element, "nvCxnSpPr", "cNvCxnSpPr", "Line")
        properties = etree.SubElement(element, P + "spPr")
        (x1, y1), (x2, y2) = (self._at(point) for point in line.subpaths[0][0])
        transform = _transform(properties, (min(x1, x2), min(y1, y2)), (abs(x2 - x1), abs(y2 - y1)))
        if x2 < x1:
            transform.set("flipH", "1")
        if y2 < y1:
            transform.set("flipV", "1")
        etree.SubElement(etree.SubElement(properties, A + "prstGeom", prst="line"), A + "avLst")
        self._paint(properties, line.paint, filled=False)
        return element

    def _outline(self, outline: Outline) -> etree._Element:
        element = etree.Element(P + "sp")
        self._head(element, "nvSpPr", "cNvSpPr", "Shape")
        properties = etree.SubElement(element, P + "spPr")
        placed = [([self._at(point) for point in points], closed) for points, closed in outline.subpaths]
        xs = [x for points, _ in placed for x, _ in points]
        ys = [y for points, _ in placed for _, y in points]
        w, h = max(max(xs) - min(xs), 1), max(max(ys) - min(ys), 1)
        _transform(properties, (min(xs), min(ys)), (w, h))
        moved = [([(x - min(xs), y - min(ys)) for x, y in points], closed) for points, closed in placed]
        add_outline(properties, moved, w, h)
        self._paint(properties, outline.paint)
        return element

    def _label(self, label: Label) -> etree._Element:
        size = max(FLOOR, round(label.size * self.scale / EMU_PER_PT * 2) / 2)
        width = self.family.face(bold=label.bold).width(label.text, size) * SLACK * EMU_PER_PT
        height = size * LINE * EMU_PER_PT
        x, y = self._at(label.at)
        left, top = x - width * _LEFT[label.anchor], y - size * ASCENT * EMU_PER_PT
        if label.turn:
            left, top = _about(label.turn, (x, y), (left, top), (width, height))
        element = etree.Element(P + "sp")
        self._head(element, "nvSpPr", "cNvSpPr", "Label")
        element[0][1].set("txBox", "1")
        properties = etree.SubElement(element, P + "spPr")
        _transform(properties, (round(left), round(top)), (round(width), round(height)), label.turn)
        etree.SubElement(etree.SubElement(properties, A + "prstGeom", prst="rect"), A + "avLst")
        etree.SubElement(properties, A + "noFill")
        self._words(element, label, size)
        return element

    def _words(self, element: etree._Element, label: Label, size: float) -> None:
        # wrap="none" would be centred anew by LibreOffice; a wide box that wraps is exact everywhere.
        body = etree.SubElement(element, P + "txBody")
        frame = etree.SubElement(body, A + "bodyPr", wrap="square", lIns="0", tIns="0", rIns="0", bIns="0")
        etree.SubElement(frame, A + "noAutofit")
        etree.SubElement(body, A + "lstStyle")
        paragraph = etree.SubElement(body, A + "p")
        etree.SubElement(paragraph, A + "pPr", algn=_ALIGN[label.anchor])
        run = etree.SubElement(paragraph, A + "r")
        lang = self.writing.language(label.lang)
        properties = etree.SubElement(run, A + "rPr", lang=lang, sz=str(round(size * 100)), b=str(int(label.bold)))
        _fill(properties, self.writing.colour(label.colour))
        etree.SubElement(run, A + "t").text = label.text

    def _paint(self, properties: etree._Element, paint: Paint, *, filled: bool = True) -> None:
        if filled:
            _fill(properties, self.writing.colour(paint.fill))
        line = etree.SubElement(properties, A + "ln")
        if not paint.stroke:
            etree.SubElement(line, A + "noFill")
            return
        line.set("w", str(round(paint.pen * self.scale)))
        _fill(line, self.writing.colour(paint.stroke))
        if paint.dashed:
            etree.SubElement(line, A + "prstDash", val="dash")
        etree.SubElement(line, A + "miter", lim="800000")


def _fill(parent: etree._Element, colour: str) -> None:
    """A colour of the theme, a fixed one, or none."""
    if not colour:
        etree.SubElement(parent, A + "noFill")
        return
    fixed = re.fullmatch(r"[0-9A-F]{6}", colour)
    etree.SubElement(etree.SubElement(parent, A + "solidFill"), A + ("srgbClr" if fixed else "schemeClr"), val=colour)


def _transform(
    properties: etree._Element, corner: tuple[int, int], size: tuple[int, int], turn: float = 0.0
) -> etree._Element:
    transform = etree.SubElement(properties, A + "xfrm")
    if turn:
        transform.set("rot", str(round(turn * 60_000) % 21_600_000))
    etree.SubElement(transform, A + "off", x=str(corner[0]), y=str(corner[1]))
    etree.SubElement(transform, A + "ext", cx=str(size[0]), cy=str(size[1]))
    return transform


def _about(turn: float, pivot: Point, corner: Point, size: Point) -> Point:
    """The unturned place of a box that is turned about a pivot: native shapes turn about their centre."""
    x, y = apply(matrix(f"rotate({turn:f} {pivot[0]} {pivot[1]})"), (corner[0] + size[0] / 2, corner[1] + size[1] / 2))
    return x - size[0] / 2, y - size[1] / 2


def _cover(transform: etree._Element, group: etree._Element) -> None:
    """Give a group the extent of its members, in the slide's own units."""
    corners = [_numbers(off, "x", "y") for off in group.iter(A + "off")]
    sizes = [_numbers(ext, "cx", "cy") for ext in group.iter(A + "ext")]
    left, top = min(x for x, _ in corners), min(y for _, y in corners)
    right = max(x + w for (x, _), (w, _) in zip(corners, sizes, strict=True))
    bottom = max(y + h for (_, y), (_, h) in zip(corners, sizes, strict=True))
    for off, ext in (("off", "ext"), ("chOff", "chExt")):
        etree.SubElement(transform, A + off, x=str(left), y=str(top))
        etree.SubElement(transform, A + ext, cx=str(right - left), cy=str(bottom - top))


def _numbers(element: etree._Element, first: str, second: str) -> tuple[int, int]:
    return int(element.get(first, "0")), int(element.get(second, "0"))
