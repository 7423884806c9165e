"""The layouts of a school's file: their places for text, with the sizes and margins that these inherit."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from lxml import etree

from lessonpress.compose.school.colours import Palette, palette
from lessonpress.model.slide_layouts import Box
from lessonpress.theme.office import NS, Package, find

A = f"{{{NS['a']}}}"
EMU_PER_CM = 360_000
FOOTERS = frozenset({"dt", "ftr", "sldNum", "hdr"})
TITLES = frozenset({"title", "ctrTitle"})
_TEXTS = frozenset({"", "obj", "body", "subTitle", "tbl", "chart", "dgm"})
_INSETS = {"lIns": 91440, "tIns": 45720, "rIns": 91440, "bIns": 45720}
LINE = 1.2  # ems, a line without spacing of its own
LEVELS = 3
"""How deep lists on slides go."""


@dataclass(frozen=True)
class Level:
    """How one level is set: size in points, margin of its text in cm, whether it has a bullet, its font and colour.

    `space` is what stands between paragraphs in points, `pitch` the distance of lines in per cent.
    """

    size: float
    space: float
    pitch: float
    bold: bool
    margin: float
    bullet: bool
    font: str
    colour: str | None
    capitals: bool


@dataclass(frozen=True)
class Spot:
    """A placeholder of a layout: its number and type, its box and insets in cm, its levels."""

    idx: int
    kind: str
    name: str
    box: Box
    inset: tuple[float, float, float, float]
    levels: tuple[Level, ...]
    upright: bool


@dataclass(frozen=True)
class SchoolLayout:
    """One layout of the file: `part` names it, `master` counts from 0, `spots` are in reading order."""

    part: str
    name: str
    kind: str
    master: int
    spots: tuple[Spot, ...]
    grounds: Callable[[Box], str | None] = field(compare=False)

    @cached_property
    def title(self) -> Spot | None:
        """The place of the title, if there is one."""
        return next((spot for spot in self.spots if spot.kind in TITLES and spot.upright), None)

    @cached_property
    def footer(self) -> Spot | None:
        """The place of the footer, if there is one."""
        return next((spot for spot in self.spots if spot.kind == "ftr"), None)

    @cached_property
    def areas(self) -> tuple[Spot, ...]:
        """The places that can hold text, apart from title and footers."""
        return tuple(spot for spot in self.spots if spot.kind in _TEXTS and spot.upright)


@dataclass(frozen=True)
class School:
    """What a school's file holds: slides of `width` by `height` cm, layouts, colours, and fonts by role."""

    package: Package
    width: float
    height: float
    layouts: tuple[SchoolLayout, ...]
    palette: Palette
    fonts: tuple[str, str]
    masters: tuple[str, ...]


def read_school(package: Package) -> School:
    """Read a clean package; a master without layouts, or a layout without places, is no fault."""
    root = package.xml(package.main)
    size = find(root, "./p:sldSz")[0]
    links = package.links(package.main)
    ids = find(root, "./p:sldMasterIdLst/p:sldMasterId/@r:id")
    masters = tuple(links[rid].target for rid in ids if rid in links)
    readers = [_Master(package, name, n, root) for n, name in enumerate(masters)]
    return School(
        package,
        int(size.get("cx")) / EMU_PER_CM,
        int(size.get("cy")) / EMU_PER_CM,
        tuple(layout for reader in readers for layout in reader.layouts()),
        readers[0].palette,
        readers[0].fonts,
        masters,
    )


class _Master:
    """Reads the layouts of one master."""

    def __init__(self, package: Package, name: str, number: int, presentation: etree._Element) -> None:
        self.package, self.name, self.number = package, name, number
        self.root = package.xml(name)
        theme = package.target(name, "theme")
        self.theme = package.xml(theme) if theme else etree.Element(A + "theme")
        self.palette = palette(self.theme, self.root)
        major, minor = (self._scheme_font(role) for role in ("major", "minor"))
        self.fonts = (major or "Arial", minor or "Arial")
        self.defaults = find(presentation, "./p:defaultTextStyle")

    def _scheme_font(self, role: str) -> str:
        faces = find(self.theme, f"./a:themeElements/a:fontScheme/a:{role}Font/a:latin/@typeface")
        return str(faces[0]) if faces else ""

    def layouts(self) -> Iterator[SchoolLayout]:
        """The layouts in the order of the master's list."""
        links = self.package.links(self.name)
        for rid in find(self.root, "./p:sldLayoutIdLst/p:sldLayoutId/@r:id"):
            if rid in links:
                part = links[rid].target
                yield self._layout(part, self.package.xml(part))

    def _layout(self, part: str, root: etree._Element) -> SchoolLayout:
        shapes = find(root, "./p:cSld/p:spTree//p:sp[p:nvSpPr/p:nvPr/p:ph]")
        spots = [spot for shape in shapes if (spot := self._spot(shape)) is not None]
        spots.sort(key=lambda spot: (round(spot.box.y), spot.box.x))
        name = find(root, "./p:cSld")[0].get("name", "")
        ground = _Ground(self.palette, root, self.root)
        return SchoolLayout(part, name, root.get("type", ""), self.number, tuple(spots), ground.at)

    def _spot(self, shape: etree._Element) -> Spot | None:
        place = find(shape, "./p:nvSpPr/p:nvPr/p:ph")[0]
        kind = place.get("type", "")
        chain = [shape, *self._parents(kind)]
        box = next((box for one in chain if (box := _box(one)) is not None), None)
        if box is None:
            return None
        bodies = [body for one in chain for body in find(one, "./p:txBody/a:bodyPr")]
        insets = [_attribute(bodies, name, default) / EMU_PER_CM for name, default in _INSETS.items()]
        return Spot(
            idx=int(place.get("idx", "0")),
            kind=kind,
            name=find(shape, "./p:nvSpPr/p:cNvPr/@name")[0],
            box=box,
            inset=(insets[0], insets[1], insets[2], insets[3]),
            levels=tuple(self._level(kind, chain, n) for n in range(1, LEVELS + 1)),
            upright=next((body.get("vert") for body in bodies if body.get("vert")), "horz") == "horz",
        )

    def _parents(self, kind: str) -> list[etree._Element]:
        """The placeholder of the master that one of a layout inherits from."""
        wanted = "title" if kind in TITLES else kind if kind in FOOTERS else "body"
        path = f"./p:cSld/p:spTree//p:sp[p:nvSpPr/p:nvPr/p:ph[@type='{wanted}']]"
        found: list[etree._Element] = find(self.root, path)[:1]
        return found

    def _level(self, kind: str, chain: list[etree._Element], n: int) -> Level:
        style = "titleStyle" if kind in TITLES else "otherStyle" if kind in FOOTERS else "bodyStyle"
        lists = [each for one in chain for each in find(one, "./p:txBody/a:lstStyle")]
        lists += [*find(self.root, f"./p:txStyles/p:{style}"), *self.defaults]
        said = [level for each in lists for level in find(each, f"./a:lvl{n}pPr")]
        words = [each for level in said for each in find(level, "./a:defRPr")]
        bullets = [
            mark for level in said for mark in find(level, "./a:buNone | ./a:buChar | ./a:buAutoNum | ./a:buBlip")
        ]
        fonts = [face for each in words for face in find(each, "./a:latin/@typeface")]
        fills = [fill for each in words for fill in find(each, "./a:solidFill | ./a:gradFill | ./a:noFill")]
        size = _attribute(words, "sz", 1800) / 100
        return Level(
            size=size,
            space=sum(_points(said, name, size, 0) for name in ("spcBef", "spcAft")),
            pitch=_points(said, "lnSpc", size, size) / size * 100,
            bold=_flag(words, "b"),
            margin=_attribute(said, "marL", 0) / EMU_PER_CM,
            bullet=bool(bullets) and bullets[0].tag != A + "buNone",
            font=self._font(fonts[0] if fonts else "+mn-lt"),
            colour=self.palette.resolve(fills[0]) if fills else self.palette.of("tx1"),
            capitals=any(each.get("cap") == "all" for each in words[:1]),
        )

    def _font(self, face: str) -> str:
        return {"+mj-lt": self.fonts[0], "+mn-lt": self.fonts[1]}.get(face, face)


class _Ground:
    """What lies under a place of a layout: the background, and the shapes that are drawn on it."""

    def __init__(self, colours: Palette, layout: etree._Element, master: etree._Element) -> None:
        self.colours = colours
        shown = [master] if layout.get("showMasterSp", "1") not in ("0", "false") else []
        self.grounds = [bg for one in (layout, master) for bg in find(one, "./p:cSld/p:bg")]
        path = "./p:cSld/p:spTree/*[self::p:sp or self::p:pic or self::p:grpSp][not(*[1]/p:nvPr/p:ph)]"
        self.shapes = [shape for one in (*shown, layout) for shape in find(one, path)]

    def at(self, box: Box) -> str | None:
        """The colour under the middle of a box as six hex digits; None for a picture or a gradient."""
        x, y = box.x + box.w / 2, box.y + box.h / 2
        for shape in reversed(self.shapes):
            frame = _box(shape)
            if frame and frame.x <= x <= frame.right and frame.y <= y <= frame.bottom:
                if find(shape, "./p:spPr/a:noFill") or not find(shape, "./p:spPr | self::p:grpSp"):
                    continue
                solid = find(shape, "./p:spPr/a:solidFill")
                if find(shape, "./p:spPr/a:solidFill//a:alpha"):
                    return None
                if solid or find(shape, "self::p:pic | self::p:grpSp | ./p:spPr/a:gradFill | ./p:spPr/a:blipFill"):
                    return self.colours.resolve(solid[0]) if solid else None
        return self._background()

    def _background(self) -> str | None:
        if not self.grounds:
            return self.colours.of("bg1")
        first = self.grounds[0]
        solid = find(first, "./p:bgPr/a:solidFill")
        # 1001 is the first of a theme's backgrounds, which is plain; the others are gradients and pictures.
        plain = find(first, "./p:bgRef[@idx='1001']")
        return self.colours.resolve((solid or plain or [None])[0])


def _box(shape: etree._Element) -> Box | None:
    """The box of a shape in cm, where it says its own."""
    found = find(shape, "./p:spPr/a:xfrm[a:off and a:ext] | ./p:grpSpPr/a:xfrm[a:off and a:ext]")
    if not found:
        return None
    off, ext = found[0].find(A + "off"), found[0].find(A + "ext")
    return Box(*(int(e.get(k)) / EMU_PER_CM for e, k in ((off, "x"), (off, "y"), (ext, "cx"), (ext, "cy"))))


def _attribute(elements: list[Any], name: str, default: int) -> int:
    values = (element.get(name) for element in elements)
    return next((int(value) for value in values if value is not None and value.lstrip("-").isdigit()), default)


def _points(levels: list[Any], name: str, size: float, default: float) -> float:
    """A spacing in points, where it is given as a share of the size too; the first that says one."""
    for level in levels:
        for spacing in find(level, f"./a:{name}/a:spcPct/@val"):
            return int(spacing.rstrip("%")) / 100_000 * size
        for spacing in find(level, f"./a:{name}/a:spcPts/@val"):
            return int(spacing) / 100 / (LINE if name == "lnSpc" else 1)
    return default


def _flag(elements: list[Any], name: str) -> bool:
    return next((value for element in elements if (value := element.get(name)) is not None), "0") in ("1", "true")
