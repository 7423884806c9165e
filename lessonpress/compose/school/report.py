"""What becomes of our slides on a school's file, told before anything is built."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lessonpress.compose.school.clean import clean
from lessonpress.compose.school.colours import ratio
from lessonpress.compose.school.forms import Wanted
from lessonpress.compose.school.layouts import TEXT_CONTRAST, faint_colours
from lessonpress.compose.school.look import find_logo, school_colours
from lessonpress.compose.school.mapping import LARGE_CONTRAST, Choice, map_layouts
from lessonpress.compose.school.places import School, SchoolLayout, Spot, read_school
from lessonpress.theme.office import open_package

NAME = 14
"""The width of the column with the names of our layouts."""
WIDE = 16 / 9
UNMEASURED = "not known here: measured as a wide font, so text may be smaller than it could be"


@dataclass(frozen=True)
class Report:
    """A school's file and the map of our layouts onto it; `fonts` gives for each of its fonts what measures it."""

    school: School
    mapped: Mapping[str, tuple[Choice, ...]]
    fonts: Mapping[str, str]

    def lines(self) -> Iterator[str]:
        """The report, line by line."""
        school = self.school
        size = f"{school.width:.1f} x {school.height:.1f} cm"
        yield f"slides of {size}; layouts: {len(school.layouts)}; masters: {len(school.masters)}"
        yield from ("", "use: layouts, where each of our layouts stands:")
        for name, choices in self.mapped.items():
            yield from _choice(name, choices)
        yield from ("", "use: look, the colours that our own layouts take from it:")
        yield from _colours(school)
        yield f"  logo      {_logo(school)}"
        yield from ("", "fonts:")
        yield from (
            f"  {font}: {f'measured as {known}' if known else UNMEASURED}" for font, known in self.fonts.items()
        )
        yield from ("", "warnings:")
        yield from (f"  {warning}" for warning in self.warnings() or ["none"])

    def warnings(self) -> list[str]:
        """What may look worse than the school expects, each told once."""
        used = {choice.layout.part: choice for choices in self.mapped.values() for choice in choices[:1]}
        said = [warning for choice in used.values() for warning in _text(choice)]
        faint = "cannot be read on the ground of the theme: ink stands for it in tables and drawings"
        said += [f"{slot} {faint}" for slot in faint_colours(self.school)]
        if len(self.school.masters) > 1:
            said.append("it has several masters: titles take the first one, the rest the one with most room for text")
        if abs(self.school.width / self.school.height - WIDE) > 0.02:
            said.append("its slides are not 16:9: drawings have less room, and long slides run on")
        return list(dict.fromkeys(said))


def check_base(
    data: bytes, wanted: Mapping[str, Wanted], known: Mapping[str, object], overrides: Mapping[str, str]
) -> Report:
    """Read a file as the base of decks; `known` holds the fonts that can be measured. Raises Refused."""
    school = read_school(clean(open_package(data)))
    mapped = map_layouts(school, wanted, overrides)
    spots = [spot for choices in mapped.values() for spot in _spots(choices[0])]
    fonts = dict.fromkeys((*school.fonts, *(spot.levels[0].font for spot in spots)))
    return Report(school, mapped, {font: _stand_in(font, known) for font in fonts})


def _stand_in(font: str, known: Mapping[str, object]) -> str:
    entry = known.get(font)
    return str(entry.get("same_as", font)) if isinstance(entry, Mapping) else ""


def _spots(choice: Choice) -> tuple[Spot, ...]:
    assert choice.layout.title is not None
    return (choice.layout.title, *choice.spots.values())


def _choice(name: str, choices: tuple[Choice, ...]) -> Iterator[str]:
    first, *others = choices
    yield f'  {name:<{NAME}} "{first.layout.name}", {first.rule}: {first.form.says}'
    places = [f"{place}: {', '.join(names)}" for place, names in first.form.into.items()]
    brackets = [f"behind the title: {', '.join(first.form.title)}"] if first.form.title else []
    notes = [f"notes: {', '.join(first.form.notes)}"] if first.form.notes else []
    yield " " * (NAME + 3) + "; ".join([*brackets, *places, *notes])
    for other in others:
        yield " " * (NAME + 3) + f'where that is too little, "{other.layout.name}": {other.form.says}'


def _colours(school: School) -> Iterator[str]:
    """Every colour with its contrast on the ground, and the shade that is taken where it is too faint."""
    taken = school_colours(school)[0]
    slots = {"dk1": "tx1", "lt1": "bg1", "dk2": "tx2", "lt2": "bg2"}
    for name, shade in taken.items():
        own = school.palette.of(slots.get(name, name))
        front, where = (taken.dk1, "under ink") if name in ("lt1", "lt2") else (own, "on the ground")
        found = ratio(front, (own if name == "lt2" else taken.lt1,))
        instead = "" if own == shade else f", #{shade} is taken"
        yield f"  {name:<9} #{own}, {found:.1f} to 1 {where}{instead}"


def _logo(school: School) -> str:
    logo, why = find_logo(school)
    return f"{logo.kind.upper()}, {logo.width} x {logo.height} pixels" if logo else f"none: {why}"


def _text(choice: Choice) -> Iterator[str]:
    """What is wrong with the text of a layout: its contrast, its ground, a missing number."""
    layout = choice.layout
    for spot in _spots(choice):
        yield from _contrast(layout, spot)
    if not any(spot.kind == "sldNum" for spot in layout.spots):
        yield f'"{layout.name}" has no place for the number of the slide'


def _contrast(layout: SchoolLayout, spot: Spot) -> Iterator[str]:
    ground, colour = layout.grounds(spot.box), spot.levels[0].colour
    what = "the title" if spot == layout.title else "the text"
    least = LARGE_CONTRAST if spot == layout.title else TEXT_CONTRAST
    if ground is None or colour is None:
        yield f'"{layout.name}": {what} stands on a picture or a gradient; see whether it can be read'
    elif (found := ratio(colour, (ground,))) < least:
        instead = "; it is set in ink instead" if found < LARGE_CONTRAST else ""
        yield f'"{layout.name}": {what} #{colour} on #{ground} has {found:.1f} to 1, it needs {least:g}{instead}'
