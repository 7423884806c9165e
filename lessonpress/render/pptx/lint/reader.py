"""Read a made .pptx, ours or anyone's, as the slides that it shows."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from lxml import etree

from lessonpress.render.pptx.lint.colours import Palette, background, palette
from lessonpress.render.pptx.lint.inherit import EMU_PER_PT, Setting, Usual
from lessonpress.render.pptx.lint.made import UNKNOWN, Kind, Part, Rect, Shape, Slide
from lessonpress.render.pptx.lint.tables import read_table
from lessonpress.render.pptx.opened import NS, Opened, find

if TYPE_CHECKING:
    from collections.abc import Iterator

_KINDS: dict[str, Kind] = {"sp": "text", "grpSp": "group", "pic": "picture", "cxnSp": "line", "graphicFrame": "chart"}
_BODIES = frozenset({"", "obj", "body", "subTitle", "tbl", "chart", "pic"})
_CHART_SIZE = 10.0  # points, where a chart does not say


def read_slides(opened: Opened) -> list[Slide]:
    """Every slide in the order in which it is shown."""
    return [_Reader(opened, name).slide(n) for n, name in enumerate(opened.in_order(), start=1)]


@dataclass(frozen=True)
class _Frame:
    """How the coordinates inside a group become those of the slide."""

    scale: tuple[float, float] = (1.0, 1.0)
    shift: tuple[float, float] = (0.0, 0.0)

    def rect(self, transform: etree._Element, off: str = "off", ext: str = "ext") -> Rect:
        """The box of a transform in points."""
        (x, y), (w, h) = _pair(transform, off, "x", "y"), _pair(transform, ext, "cx", "cy")
        (a, b), (c, d) = self.scale, self.shift
        return Rect(x * a + c, y * b + d, w * a, h * b)

    def inner(self, transform: etree._Element) -> _Frame:
        """The coordinates inside a group with this transform."""
        outer, (x, y), (w, h) = (
            self.rect(transform),
            *(_pair(transform, *names) for names in (("chOff", "x", "y"), ("chExt", "cx", "cy"))),
        )
        scale = outer.w / w if w else self.scale[0], outer.h / h if h else self.scale[1]
        return _Frame(scale, (outer.x - x * scale[0], outer.y - y * scale[1]))


def _pair(transform: etree._Element, child: str, first: str, second: str) -> tuple[float, float]:
    element = transform.find(f"a:{child}", NS)
    if element is None:
        return 0.0, 0.0
    return int(element.get(first, "0")) / EMU_PER_PT, int(element.get(second, "0")) / EMU_PER_PT


class _Reader:
    """Reads one slide with its layout, its master and its theme."""

    def __init__(self, opened: Opened, name: str) -> None:
        self.opened, self.name = opened, name
        layout = opened.linked(name, "slideLayout")
        master = opened.linked(layout, "slideMaster")
        empty = etree.Element("none")
        self.slide_root, self.layout, self.master, self.theme = (
            opened.xml.get(part, empty) for part in (name, layout, master, opened.linked(master, "theme"))
        )
        self.palette = self._palette()
        self.fonts = self._theme_font("major"), self._theme_font("minor")

    def _palette(self) -> Palette:
        own = (root.find("p:clrMapOvr/a:overrideClrMapping", NS) for root in (self.slide_root, self.layout))
        mapping = next((one for one in own if one is not None), self.master.find("p:clrMap", NS))
        return palette(self.theme, mapping)

    def _theme_font(self, which: str) -> str:
        return next(iter(find(self.theme, f"//a:{which}Font/a:latin/@typeface")), "")

    def slide(self, number: int) -> Slide:
        """The slide with everything that it shows."""
        roots = self.slide_root, self.layout, self.master
        width, height = _pair_of_size(self.opened.presentation)
        return Slide(
            number=number,
            shapes=tuple(self._shapes()),
            under=tuple(self._under()),
            ground=background(self.palette, roots, self.theme),
            width=width,
            height=height,
            is_rtl=self.opened.presentation.get("rtl") == "1",
        )

    def _under(self) -> Iterator[Part]:
        """What master and layout paint below the slide; their placeholders show nothing."""
        shown = [root.get("showMasterSp", "1") not in ("0", "false") for root in (self.slide_root, self.layout)]
        for root, visible in ((self.master, all(shown)), (self.layout, shown[0])):
            for element in find(root, "./p:cSld/p:spTree/*[not(.//p:ph)]") if visible else ():
                yield from self._parts(element, _Frame())

    def _shapes(self) -> Iterator[Shape]:
        for element in find(self.slide_root, "./p:cSld/p:spTree/*"):
            kind = _KINDS.get(etree.QName(element).localname)
            if kind is not None and not find(element, "./*[1]/p:cNvPr[@hidden='1']"):
                yield self._shape(element, kind)

    def _shape(self, element: etree._Element, kind: Kind) -> Shape:
        properties = find(element, "./*[1]/p:cNvPr")[0]
        place = element.find("./*/p:nvPr/p:ph", NS)
        rect, _ = self._box(element, _Frame())
        shape = Shape(
            name=properties.get("name", ""),
            kind=kind,
            role="" if place is None else place.get("type", "obj"),
            rect=rect,
            parts=(),
            alt=(properties.get("descr") or "").strip(),
            decorative=bool(find(properties, ".//adec:decorative[@val='1']")),
        )
        if kind == "chart":
            return self._frame(element, shape)
        return replace(shape, parts=tuple(self._parts(element, _Frame())))

    def _frame(self, element: etree._Element, shape: Shape) -> Shape:
        """A graphic frame: a table, a chart, or something that is only known to be there."""
        table = next(iter(find(element, ".//a:tbl")), None)
        if table is not None:
            styles = self.opened.xml.get("ppt/tableStyles.xml")
            rows = read_table(table, shape.rect, self._setting(()), styles)
            return replace(shape, kind="table", rows=rows, parts=tuple(cell for row in rows for cell in row.cells))
        rid = next(iter(find(element, ".//c:chart/@r:id")), "")
        link = self.opened.links[self.name].get(rid)
        root = self.opened.xml.get(link.target) if link else None
        if root is None:
            return shape
        sizes = [int(size) / 100 for size in find(root, "//@sz")]
        if not find(root, "/c:chartSpace/c:txPr//@sz"):
            sizes.append(_CHART_SIZE)
        words = find(root, "//c:cat//c:v/text() | //c:tx//c:v/text() | //a:t/text()")
        return replace(shape, sizes=tuple(sizes), labels=tuple(dict.fromkeys(map(str, words))))

    def _parts(self, element: etree._Element, frame: _Frame) -> Iterator[Part]:
        name = etree.QName(element).localname
        rect, turn = self._box(element, frame)
        if name == "grpSp":
            transform = element.find("p:grpSpPr/a:xfrm", NS)
            inner = frame.inner(transform) if transform is not None else frame
            for child in element:
                if etree.QName(child).localname in _KINDS:
                    yield from self._parts(child, inner)
        elif name == "pic":
            yield Part(rect, turn, UNKNOWN)
        elif name == "sp":
            yield self._sp(element, rect, turn)

    def _sp(self, element: etree._Element, rect: Rect, turn: float) -> Part:
        line = self._line(element)
        stated = (self.palette.fill(one.find("p:spPr", NS)) for one in line)
        fill = next((one for one in stated if one is not None), None)
        if fill is None:
            reference = element.find("p:style/a:fillRef", NS)
            fill = self.palette.colour(reference) if reference is not None and reference.get("idx") != "0" else ""
        bodies = tuple(body for one in line if (body := one.find("p:txBody", NS)) is not None)
        own = element.find("p:txBody", NS)
        text = self._setting(bodies, element).text(rect) if own is not None else None
        geometry = element.find("p:spPr/a:prstGeom", NS)
        return Part(
            rect=rect,
            turn=turn,
            fill=fill,
            outline=_outline(element, rect),
            round=geometry is not None and geometry.get("prst") == "ellipse",
            text=text,
        )

    def _setting(self, bodies: tuple[etree._Element, ...], shape: etree._Element | None = None) -> Setting:
        """What text inherits from; text of no placeholder has the deck's defaults behind it."""
        place = shape.find("./*/p:nvPr/p:ph", NS) if shape is not None else None
        styles = []
        usual = Usual()
        if place is not None:
            kind = place.get("type", "obj")
            name = "title" if kind in ("title", "ctrTitle") else "body" if kind in _BODIES else "other"
            styles = find(self.master, f"./p:txStyles/p:{name}Style")
        elif shape is not None:
            usual = Usual(colour=self.palette.colour(shape.find("p:style/a:fontRef", NS)))
        styles += find(self.opened.presentation, "./p:defaultTextStyle")
        return Setting(bodies, tuple(styles), self.palette, self.fonts, usual)

    def _line(self, element: etree._Element) -> list[etree._Element]:
        """A shape and those that it inherits from: the placeholder of its layout, then that of its master."""
        place = element.find("./*/p:nvPr/p:ph", NS)
        found = [element]
        for root in (self.layout, self.master):
            match = _match(root, place, by_type=root is self.master) if place is not None else None
            if match is not None:
                found.append(match)
                place = match.find("./*/p:nvPr/p:ph", NS)
        return found

    def _box(self, element: etree._Element, frame: _Frame) -> tuple[Rect, float]:
        """The box of a shape, its own or inherited, and how far it is turned."""
        for one in self._line(element):
            found = find(one, "./p:spPr/a:xfrm | ./p:grpSpPr/a:xfrm | ./p:xfrm")
            if found and found[0].find("a:off", NS) is not None:
                return frame.rect(found[0]), int(found[0].get("rot", "0")) / 60_000
        return Rect(0, 0, 0, 0), 0.0


def _pair_of_size(presentation: etree._Element) -> tuple[float, float]:
    size = find(presentation, "./p:sldSz")[0]
    return int(size.get("cx")) / EMU_PER_PT, int(size.get("cy")) / EMU_PER_PT


def _match(root: etree._Element, place: etree._Element, *, by_type: bool) -> etree._Element | None:
    """The placeholder of a layout with the same number, or of a master with the same type."""
    kind = place.get("type", "obj")
    wanted = "title" if kind in ("title", "ctrTitle") else kind
    for other in find(root, "./p:cSld/p:spTree//p:ph"):
        its = other.get("type", "obj")
        its = "title" if its in ("title", "ctrTitle") else its
        same_type = its == wanted or (by_type and wanted in _BODIES and its == "body")
        if same_type if by_type or wanted == "title" else other.get("idx", "0") == place.get("idx", "0"):
            shape: etree._Element = other.getparent().getparent().getparent()
            return shape
    return None


def _outline(element: etree._Element, rect: Rect) -> tuple[tuple[float, float], ...]:
    """The polygon of a custom shape whose points are numbers; nothing where they are worked out from guides."""
    paths = find(element, "./p:spPr/a:custGeom/a:pathLst/a:path")
    if len(paths) != 1:
        return ()
    path = paths[0]
    width, height = (float(path.get(name, "0")) for name in ("w", "h"))
    points = [(point.get("x", ""), point.get("y", "")) for point in find(path, ".//a:pt")]
    if not width or not height or not all(x.lstrip("-").isdigit() and y.lstrip("-").isdigit() for x, y in points):
        return ()
    is_flipped = bool(find(element, "./p:spPr/a:xfrm[@flipH='1']"))
    across = [(1 - int(x) / width if is_flipped else int(x) / width) for x, _ in points]
    return tuple(
        (rect.x + x * rect.w, rect.y + int(y) / height * rect.h) for x, (_, y) in zip(across, points, strict=True)
    )
