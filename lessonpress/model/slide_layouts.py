"""The layouts of a deck: which placeholders there are, where, and how their text is set."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Literal

from pydantic import ConfigDict, Field, TypeAdapter

from lessonpress.model.slide_tokens import (
    FontRole,
    Points,
    SlideFonts,
    SlideTokens,
    Slot,
)

Weight = Annotated[float, Field(gt=0, le=10)]  # points


@dataclass(frozen=True)
class Box:
    """A place on the slide in centimetres, from its top left corner."""

    x: float
    y: float
    w: float
    h: float

    @property
    def right(self) -> float:
        """The right edge in centimetres."""
        return self.x + self.w

    @property
    def bottom(self) -> float:
        """The lower edge in centimetres."""
        return self.y + self.h


@dataclass(frozen=True, kw_only=True)
class TextLevel:
    """How one level of a placeholder's text is set; sizes and spaces in points, hang in cm.

    `own_size` and `own_colour` say that the layout itself does not have these: they are written with the text.
    """

    __pydantic_config__ = ConfigDict(extra="forbid")

    font: FontRole = "minor"
    size: Points = 26
    floor: Points = 18
    bold: bool = False
    colour: Slot = "tx1"
    line: Annotated[int, Field(ge=80, le=140)] = 100  # per cent
    before: Annotated[float, Field(ge=0, le=40)] = 0
    align: Literal["l", "ctr", "r"] = "l"
    bullet: str = ""
    hang: Annotated[float, Field(ge=0, le=4)] = 0
    own_size: bool = False
    own_colour: bool = False


@dataclass(frozen=True, kw_only=True)
class Mark:
    """A line or a bar that a filled placeholder brings with it; it is drawn on the slide.

    It begins `indent` cm from the placeholder's left edge and is as wide as the placeholder, or
    `width` cm. It is left out when the role `unless` is filled.
    """

    __pydantic_config__ = ConfigDict(extra="forbid")

    edge: Literal["top", "bottom", "left"]
    colour: Slot = "tx1"
    weight: Weight = 1
    indent: float = 0
    width: float = 0
    only_last: bool = False
    unless: str = ""


@dataclass(frozen=True, kw_only=True)
class Variant:
    """Another box for a placeholder when a neighbour is filled or empty, or by number of items."""

    __pydantic_config__ = ConfigDict(extra="forbid")

    box: Box
    filled: str = ""
    empty: str = ""
    items: tuple[int, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Lean:
    """The slanted neighbour of a box: lines of text get `slope` cm shorter for each cm down."""

    __pydantic_config__ = ConfigDict(extra="forbid")

    reach: float  # width in cm at the top of the box
    slope: float


@dataclass(frozen=True, kw_only=True)
class Placeholder:
    """A place for content. `role` is the slot that fills it, `idx` its number for PowerPoint.

    `group` names placeholders whose text gets one common size; `split` lets its text run on to
    a second slide; `rest_below` sets all paragraphs but the first at the second level; `hug` makes
    the box as wide as its text; `aside` text is a label or a credit and no body; `sure` text fits in
    the font's substitute too; `moved` says that its box is not the one that its layout gives it; `key` is the colour of answers and of list markers.
    """

    __pydantic_config__ = ConfigDict(extra="forbid")

    role: str
    label: str
    idx: int
    kind: Literal["title", "ctrTitle", "body", "obj"]
    box: Box
    levels: tuple[TextLevel, ...]
    inset: tuple[float, float, float, float] = (0, 0, 0, 0)  # left, top, right, bottom, cm
    anchor: Literal["t", "ctr", "b"] = "t"
    fill: Slot | Literal[""] = ""
    slant: Literal["", "right", "both"] = ""
    hug: bool = False
    key: Slot = "accent1"
    variants: tuple[Variant, ...] = ()
    marks: tuple[Mark, ...] = ()
    lean: Lean | None = None
    group: str = ""
    split: bool = False
    rest_below: bool = False
    aside: bool = False
    sure: bool = False
    moved: bool = False
    max_lines: int = 0


@dataclass(frozen=True, kw_only=True)
class Art:
    """A filled shape of a layout: a box, or a polygon of points, in centimetres."""

    __pydantic_config__ = ConfigDict(extra="forbid")

    colour: Slot
    box: Box | None = None
    points: tuple[tuple[float, float], ...] = ()


@dataclass(frozen=True, kw_only=True)
class Cells:
    """How an ordered list in a slot is dealt into placeholders, one item to each.

    `parts` maps the class of a paragraph ("" for none) to the stem of a role: `q` is q1, q2...
    `number` sets the item's number beside its text or above it.
    """

    __pydantic_config__ = ConfigDict(extra="forbid")

    slot: str
    count: int
    parts: Mapping[str, str]
    number: Literal["beside", "above"] = "beside"
    level: TextLevel = TextLevel()


@dataclass(frozen=True, kw_only=True)
class Layout:
    """One slide layout; `rule` and `footers` say whether it shows those of the master.

    `logo` is the box for a school's logo, which stands at its right edge; None for no logo. `footer`
    is the layout's own place for the footer where that is not the master's.
    """

    __pydantic_config__ = ConfigDict(extra="forbid")

    name: str
    label: str
    kind: str = ""
    ground: Slot = "bg1"
    rule: bool = True
    footers: bool = True
    logo: Box | None = None
    art: tuple[Art, ...] = ()
    cells: Cells | None = None
    footer: Placeholder | None = None
    placeholders: tuple[Placeholder, ...]

    def placeholder(self, role: str) -> Placeholder | None:
        """The placeholder of a role, or None."""
        return next((p for p in self.placeholders if p.role == role), None)


@dataclass(frozen=True, kw_only=True)
class SlideLayouts:
    """All layouts of a deck; width and height in EMU (360,000 to the centimetre)."""

    __pydantic_config__ = ConfigDict(extra="forbid")

    width: int
    height: int
    fonts: SlideFonts
    skew: float
    rule: Art
    title: Placeholder
    body: Placeholder
    footer: Placeholder
    number: Placeholder
    cell: TextLevel
    small: TextLevel
    layouts: tuple[Layout, ...]

    def layout(self, name: str) -> Layout | None:
        """The layout of a name, or None."""
        return next((layout for layout in self.layouts if layout.name == name), None)


def slide_layouts(data: Mapping[str, Any], tokens: SlideTokens) -> SlideLayouts:
    """Join layouts.yaml with a theme; raises pydantic's ValidationError or KeyError on faults."""
    unknown = set(tokens.layouts) - set(data["layouts"])
    if unknown:
        raise KeyError(f"theme {tokens.name!r} changes layouts that do not exist: {sorted(unknown)}")
    master = {name: _placeholder(name, data["master"][name], data, tokens) for name in MASTER_ROLES}
    return TypeAdapter(SlideLayouts).validate_python(
        {
            "width": data["slide"][0],
            "height": data["slide"][1],
            "fonts": tokens.fonts,
            "skew": tokens.skew,
            "rule": {"colour": "tx1", "box": _box([*data["rule"], tokens.bar])},
            "cell": _level(data["cell"], data["styles"], tokens),
            "small": _level("small", data["styles"], tokens),
            "layouts": [
                _layout(name, _merge(entry, tokens.layouts.get(name, {})), data, tokens)
                for name, entry in data["layouts"].items()
            ],
            **master,
        }
    )


MASTER_ROLES = ("title", "body", "footer", "number")


def _merge(base: Mapping[str, Any], over: Mapping[str, Any]) -> dict[str, Any]:
    """Mappings are merged key by key; everything else is replaced whole."""
    merged = dict(base)
    for key, value in over.items():
        old = merged.get(key)
        merged[key] = _merge(old, value) if isinstance(old, Mapping) and isinstance(value, Mapping) else value
    return merged


def _layout(name: str, entry: Mapping[str, Any], data: Mapping[str, Any], tokens: SlideTokens) -> dict[str, Any]:
    values = dict(entry, name=name)
    values["placeholders"] = [
        _placeholder(role, _merge(data["shared"].get(role, {}), spec or {}), data, tokens)
        for role, spec in entry["placeholders"].items()
    ]
    values["art"] = [_art(item) for item in entry.get("art", ())]
    if box := entry.get("logo", data["logo"] if entry.get("footers", True) else None):
        values["logo"] = _box(box)
    if "cells" in entry:
        cells = entry["cells"]
        values["cells"] = {**cells, "level": _level(cells["level"], data["styles"], tokens)}
    return values


def _art(item: Mapping[str, Any]) -> dict[str, Any]:
    return {**item, "box": _box(item["box"])} if "box" in item else dict(item)


def _placeholder(role: str, spec: Mapping[str, Any], data: Mapping[str, Any], tokens: SlideTokens) -> dict[str, Any]:
    """One placeholder with its style looked up and, below the top rule, its box moved down."""
    values = {key: value for key, value in spec.items() if key not in ("style", "below_rule", "set")}
    values.setdefault("idx", data["idx"].get(role))
    values.setdefault("kind", "body")
    drop = tokens.bar if spec.get("below_rule") else 0
    values["box"] = _box(spec["box"], drop)
    values["variants"] = [{**v, "box": _box(v["box"], drop)} for v in spec.get("variants", ())]
    names = spec["style"] if isinstance(spec["style"], list) else [spec["style"]]
    levels = [_level(name, data["styles"], tokens) for name in names]
    values["levels"] = [{**levels[0], **spec.get("set", {})}, *levels[1:]]
    return {"role": role, **values}


def _level(style: str | Mapping[str, Any], styles: Mapping[str, Any], tokens: SlideTokens) -> dict[str, Any]:
    """A style by name or in place; a size may be the name of one of the theme's sizes."""
    values = dict(styles[style] if isinstance(style, str) else style)
    if isinstance(values.get("size"), str):
        values["size"] = getattr(tokens.sizes, values["size"])
    return values


def _box(values: list[float], drop: float = 0) -> dict[str, float]:
    x, y, w, h = values
    return {"x": x, "y": y + drop, "w": w, "h": h}
