"""A school's layouts as layouts of ours, so that text is measured and set in the school's places."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from lessonpress.compose.school.colours import ratio
from lessonpress.compose.school.forms import Form
from lessonpress.compose.school.mapping import Choice, readable_at
from lessonpress.compose.school.places import School, SchoolLayout, Spot
from lessonpress.model.slide_layouts import Box, Layout, Placeholder, SlideLayouts, TextLevel, Variant
from lessonpress.model.slide_tokens import FontRole, SlideFonts, Slot

FLOOR = 18.0
LARGEST = {"title": 44.0, "body": 28.0}
TITLE_FLOOR = 20.0
TEXT: FontRole = "numeral"
"""The role of the font of running text; no numeral stands alone on a school's layout."""
OBJECT = "-object"
"""The end of the role of a table, chart or drawing: `body-object` shares the place of `body`."""
SHARE, GAP = 0.66, 0.02
"""How much of a place an object takes above text, and the gap between them."""
TEXT_CONTRAST = 4.5
LEAST, MOST = 80, 200
"""How close and how far apart lines are measured, in per cent."""
_EMU = 360_000
_DRAWN: tuple[Slot, ...] = ("tx1", "tx2", "accent1")


@dataclass(frozen=True)
class SchoolForms:
    """The forms of each of our layouts with the layout of the school that carries them, the best first.

    `faint` names the colours of the school that cannot be read on its ground, each with what stands for it;
    `asides` the roles of ours whose text is a label or a credit and no body.
    """

    forms: Mapping[str, tuple[tuple[Form, Layout], ...]]
    faint: Mapping[Slot, Slot]
    asides: frozenset[str]


def school_layouts(
    ours: SlideLayouts, school: School, mapped: Mapping[str, tuple[Choice, ...]]
) -> tuple[SlideLayouts, SchoolForms]:
    """The school's places in our terms: sizes from 18 pt, no ornament, drawings on a panel where they need one."""
    faint = faint_colours(school)
    forms = {
        name: tuple((choice.form, _layout(name, choice, school, faint)) for choice in choices)
        for name, choices in mapped.items()
    }
    asides = frozenset(place.role for layout in ours.layouts for place in layout.placeholders if place.aside)
    width, height = round(school.width * _EMU), round(school.height * _EMU)
    fonts = school_fonts(school, mapped)
    first = tuple(options[0][1] for options in forms.values())
    return replace(ours, width=width, height=height, fonts=fonts, skew=0, layouts=first), SchoolForms(
        forms, faint, asides
    )


def school_fonts(school: School, mapped: Mapping[str, tuple[Choice, ...]]) -> SlideFonts:
    """The fonts of the layout for plain text, titles in `major` and text in TEXT; tables and drawings in the theme's."""
    choice = mapped["title-body"][0]
    assert choice.layout.title is not None
    title, body = choice.layout.title.levels[0].font, choice.spots["body"].levels[0].font
    return SlideFonts(major=title, minor=school.fonts[1], numeral=body, lesson_numeral=body, extract=body)


def faint_colours(school: School) -> dict[Slot, Slot]:
    """The colours of text that have less than 4.5 to 1 on the theme's ground; ink stands for them."""
    ground = (school.palette.of("bg1"),)
    return {slot: "tx1" for slot in _DRAWN[1:] if ratio(school.palette.of(slot), ground) < TEXT_CONTRAST}


def _layout(name: str, choice: Choice, school: School, faint: Mapping[Slot, Slot]) -> Layout:
    title = choice.layout.title
    assert title is not None
    places = [_title(title, ink_at(school, choice.layout, title))]
    for role, spot in choice.spots.items():
        panel = _needs_panel(school, choice.layout.grounds(spot.box), faint)
        room, key = _on_slide(spot.box, school), key_at(school, choice.layout, spot, faint)
        places += _places(role, spot, room, key, ink_at(school, choice.layout, spot), panel=panel)
    footer = choice.layout.footer
    foot = _footer(footer) if footer is not None else None
    return Layout(name=name, label=choice.layout.part, placeholders=tuple(places), footer=foot)


def ink_at(school: School, layout: SchoolLayout, spot: Spot) -> Slot | None:
    """What text is written in where the layout's own colour cannot be read on its ground; None where it can.

    Large text needs 3 to 1. Text on a picture is left as it is, for nobody knows what is under it.
    """
    if readable_at(layout, spot) is not False:
        return None
    ground = (layout.grounds(spot.box) or "",)
    slots: tuple[Slot, ...] = ("tx1", "bg1")
    return max(slots, key=lambda slot: ratio(school.palette.of(slot), ground))


def key_at(school: School, layout: SchoolLayout, spot: Spot, faint: Mapping[Slot, Slot]) -> Slot:
    """What answers and markers are written in: the accent where it can be read on the place's own ground, else ink."""
    ground = layout.grounds(spot.box)
    key = faint.get("accent1", "accent1")
    if ground is None or ratio(school.palette.of(key), (ground,)) >= TEXT_CONTRAST:
        return key
    inks: tuple[Slot, ...] = ("tx1", "bg1")
    return max(inks, key=lambda slot: ratio(school.palette.of(slot), (ground,)))


def _needs_panel(school: School, ground: str | None, faint: Mapping[Slot, Slot]) -> bool:
    """Whether a drawing needs a ground of its own: it is drawn in colours that are read on the theme's."""
    used = {faint.get(slot, slot) for slot in _DRAWN}
    return ground is None or any(ratio(school.palette.of(slot), (ground,)) < TEXT_CONTRAST for slot in used)


def _title(spot: Spot, ink: Slot | None) -> Placeholder:
    levels = _levels(spot, "major", LARGEST["title"], TITLE_FLOOR, ink)
    return Placeholder(
        role="title",
        label="Title",
        idx=spot.idx,
        kind="title",
        box=spot.box,
        levels=levels,
        inset=spot.inset,
        sure=True,
    )


def _footer(spot: Spot) -> Placeholder:
    level = TextLevel(font=TEXT, size=spot.levels[0].size)
    return Placeholder(
        role="footer", label="Footer", idx=spot.idx, kind="body", box=spot.box, levels=(level,), inset=spot.inset
    )


def _on_slide(box: Box, school: School) -> Box:
    """The part of a place that is on the slide: some templates let their text run off its foot."""
    return replace(box, w=min(box.w, school.width - box.x), h=min(box.h, school.height - box.y))


def _places(role: str, spot: Spot, box: Box, key: Slot, ink: Slot | None, *, panel: bool) -> tuple[Placeholder, ...]:
    """A place for text, and one for an object that shares it."""
    is_head = role.endswith("-head")
    upper = replace(box, h=box.h * SHARE)
    lower = Box(box.x, box.y + box.h * (SHARE + GAP), box.w, box.h * (1 - SHARE - GAP))
    text = Placeholder(
        role=role,
        label=role.replace("-", " ").capitalize(),
        idx=spot.idx,
        kind="obj",
        box=box,
        levels=_levels(spot, TEXT, LARGEST["body"], FLOOR, ink),
        inset=spot.inset,
        key=key,
        variants=(Variant(box=lower, filled=role + OBJECT),),
        group="heads" if is_head else "" if role == "body" else "columns",
        split=role == "body",
        moved=box != spot.box,
    )
    thing = replace(
        text,
        role=role + OBJECT,
        label="Figure",
        variants=(Variant(box=upper, filled=role),),
        group="",
        split=role == "body",
        fill="bg1" if panel else "",
    )
    return text, thing


def _levels(spot: Spot, font: FontRole, largest: float, floor: float, ink: Slot | None) -> tuple[TextLevel, ...]:
    levels = []
    margin = 0.0
    for level in spot.levels:
        size = min(largest, max(floor, level.size))
        levels.append(
            TextLevel(
                font=font,
                size=size,
                floor=min(size, floor),
                bold=level.bold,
                bullet="•" if level.bullet else "",
                hang=max(0.0, level.margin - margin),
                before=level.space,
                line=round(min(MOST, max(LEAST, level.pitch))),
                own_size=size != level.size,
                colour=ink or "tx1",
                own_colour=ink is not None,
            )
        )
        margin = max(margin, level.margin)
    return tuple(levels)
