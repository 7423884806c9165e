"""Which layout of a school stands for each of ours, and in which form."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from lessonpress.compose.school.colours import ratio
from lessonpress.compose.school.forms import Form, Wanted
from lessonpress.compose.school.places import School, SchoolLayout, Spot
from lessonpress.diagnostics import did_you_mean
from lessonpress.theme.office import Refused

TURNED = frozenset({"vertTx", "vertTitleAndTx", "vertTitleAndTxOverChart"})
MIN_WIDTH, MIN_HEIGHT = 0.2, 0.12
"""The smallest place for text, as shares of the slide."""
HEAD_HEIGHT = 0.16
"""A place for a heading is no higher, as a share of the slide."""
LARGE_CONTRAST = 3.0
SAME_ROOM = 0.95
"""Places whose areas differ by less count as equal: the first master's is then taken."""
PLAIN = "title-body"
_FROM_FIRST_MASTER = ("title", "section")


@dataclass(frozen=True)
class Choice:
    """A form of one of our layouts on a layout of the school: the spot of each place, and the rule that found it."""

    form: Form
    layout: SchoolLayout
    spots: Mapping[str, Spot]
    rule: str


def map_layouts(
    school: School, wanted: Mapping[str, Wanted], overrides: Mapping[str, str]
) -> dict[str, tuple[Choice, ...]]:
    """For each layout of ours its forms on layouts of the school, the best first.

    Raises Refused where the file has no layout with a title and room for text, or where
    `overrides` names what is not there.
    """
    if unknown := set(overrides) - set(wanted):
        name = min(unknown)
        raise Refused(f'there is no layout "{name}" of ours', did_you_mean(name, wanted) or ", ".join(wanted))
    usable = [layout for layout in school.layouts if layout.title is not None and layout.kind not in TURNED]
    if not usable:
        raise Refused(
            "no layout of this file has a place for a title",
            "in PowerPoint choose View, Slide Master, and give each layout its Title",
        )
    mapper = _Mapper(school, wanted, usable)
    return {name: mapper.choices(name, overrides.get(name)) for name in wanted}


class _Mapper:
    """Looks for layouts by every rule, in order."""

    def __init__(self, school: School, wanted: Mapping[str, Wanted], usable: list[SchoolLayout]) -> None:
        self.school, self.wanted, self.usable = school, wanted, usable
        self._rooms = {layout.part: _room(layout) for layout in usable}

    def choices(self, name: str, override: str | None) -> tuple[Choice, ...]:
        """The forms of one layout that the file can carry."""
        candidates = self._named(name, override) if override else self._candidates(name)
        found = []
        for n, form in enumerate(self.wanted[name].forms):
            # What does not fit two columns needs the whole width, not one of the columns.
            is_wider = form.shape == "one" and n and not override
            choice = self._first(form, self._candidates(PLAIN) if is_wider else candidates)
            found += [choice] if choice is not None else []
        if not found:
            hint = "in PowerPoint choose View, Slide Master, and add a layout with Title and Content"
            which = f'the layout "{override}"' if override else "no layout of this file"
            message = f"{which} has no place for text" if override else f"{which} has a place for text beside the title"
            raise Refused(message, hint)
        return tuple(found)

    def _named(self, ours: str, theirs: str) -> list[tuple[SchoolLayout, str]]:
        """The layouts of the name that a theme gives: as it is written, or else by its words."""
        exact = [layout for layout in self.usable if layout.name == theirs]
        found = exact or [layout for layout in self.usable if plain(layout.name) == plain(theirs)]
        if not found:
            known = sorted({layout.name for layout in self.usable})
            hint = did_you_mean(theirs, known) or "there are " + ", ".join(known)
            raise Refused(f'layouts: {ours}: this file has no layout "{theirs}" with a title', hint)
        return [(layout, "named in the theme") for layout in self._by_room(ours, found)]

    def _candidates(self, name: str) -> list[tuple[SchoolLayout, str]]:
        """Every usable layout once, in the order of the rules that find it."""
        found: dict[str, tuple[SchoolLayout, str]] = {}
        for layout, rule in self._rules(name):
            found.setdefault(layout.part, (layout, rule))
        return list(found.values())

    def _rules(self, name: str) -> Iterator[tuple[SchoolLayout, str]]:
        yield from self._by_name_or_type(name, "by its {}")
        for near in self.wanted[name].near:
            yield from self._by_name_or_type(near, f"as for {near}")
        for layout in self._by_room(name, self.usable):
            yield layout, "most room for text"

    def _by_name_or_type(self, name: str, rule: str) -> Iterator[tuple[SchoolLayout, str]]:
        """Layouts by alias, then by type."""
        wanted = self.wanted[name]
        for alias in dict.fromkeys(map(plain, wanted.names)):
            for layout in self._by_room(name, [one for one in self.usable if plain(one.name) == alias]):
                yield layout, rule.format("name")
        for kind in wanted.types:
            for layout in self._by_room(name, [one for one in self.usable if one.kind == kind]):
                yield layout, rule.format("type")

    def _by_room(self, name: str, layouts: Iterable[SchoolLayout]) -> list[SchoolLayout]:
        """Those of the master for plain text first, then those with the most room; titles by master only."""
        if name in _FROM_FIRST_MASTER:
            return sorted(layouts, key=lambda layout: layout.master)
        usual = self._usual_master if name != PLAIN else None
        left = sorted(layouts, key=lambda layout: (layout.master, len(layout.areas)))
        same = [layout for layout in left if layout.master == usual]
        return self._in_order(same) + self._in_order([layout for layout in left if layout.master != usual])

    @cached_property
    def _usual_master(self) -> int:
        """The master whose plain layout has the most room that can be read on."""
        return self._candidates(PLAIN)[0][0].master

    def _in_order(self, left: list[SchoolLayout]) -> list[SchoolLayout]:
        ordered: list[SchoolLayout] = []
        while left:
            most = max(self._rooms[layout.part] for layout in left)
            best = next(layout for layout in left if self._rooms[layout.part] >= most * SAME_ROOM)
            left.remove(best)
            ordered.append(best)
        return ordered

    def _first(self, form: Form, candidates: Iterable[tuple[SchoolLayout, str]]) -> Choice | None:
        for layout, rule in candidates:
            spots = self._carve(form, layout)
            if spots is not None:
                return Choice(form, layout, spots, rule)
        return None

    def _carve(self, form: Form, layout: SchoolLayout) -> dict[str, Spot] | None:
        """The spots of a layout that have the shape of a form, or None."""
        if form.shape == "bare":
            return {}
        areas = [area for area in layout.areas if self._is_wide(area)]
        rooms = [area for area in areas if area.box.h >= MIN_HEIGHT * self.school.height]
        if form.shape == "one":
            return {"body": max(rooms, key=_area)} if rooms else None
        columns = _columns(rooms)
        if columns is None or form.shape == "columns":
            return columns
        return self._with_heads(columns, areas)

    def _is_wide(self, spot: Spot) -> bool:
        return spot.box.w >= MIN_WIDTH * self.school.width

    def _with_heads(self, columns: dict[str, Spot], areas: list[Spot]) -> dict[str, Spot] | None:
        heads = {f"{side}-head": self._head(spot, areas) for side, spot in columns.items()}
        found = {name: head for name, head in heads.items() if head is not None}
        return {**found, **columns} if len(found) == len(heads) else None

    def _head(self, column: Spot, areas: list[Spot]) -> Spot | None:
        """The shallow place right above a column."""
        limit = HEAD_HEIGHT * self.school.height
        above = [
            area
            for area in areas
            if area.box.h <= limit and area.box.y < column.box.y and abs(area.box.x - column.box.x) < 1
        ]
        return max(above, key=lambda area: area.box.y, default=None)


def plain(name: str) -> str:
    """A name without accents, capitals, signs and PowerPoint's number in front."""
    letters = unicodedata.normalize("NFKD", name.lower().replace("&", " and "))
    kept = "".join(char for char in letters if not unicodedata.combining(char))
    return re.sub(r"\W+", " ", re.sub(r"^\d+_", "", kept)).strip()


def _area(spot: Spot) -> float:
    return spot.box.w * spot.box.h


def _room(layout: SchoolLayout) -> float:
    """The largest place for text; it counts half where its ground is a picture, a tenth where text cannot be read."""
    spot = max(layout.areas, key=_area, default=None)
    if spot is None or layout.title is None:
        return 0.0
    shown = [readable_at(layout, place) for place in (spot, layout.title)]
    return _area(spot) * (0.1 if False in shown else 0.5 if None in shown else 1.0)


def readable_at(layout: SchoolLayout, spot: Spot) -> bool | None:
    """Whether the text of a place has 3 to 1 on its ground, as large text needs; None where that is not known."""
    ground, colour = layout.grounds(spot.box), spot.levels[0].colour
    return None if ground is None or colour is None else ratio(colour, (ground,)) >= LARGE_CONTRAST


def _columns(rooms: list[Spot]) -> dict[str, Spot] | None:
    """The two largest places that stand side by side."""
    pairs = [
        (left, right)
        for left in rooms
        for right in rooms
        if left.box.right <= right.box.x + 0.1 and left.box.y < right.box.bottom and right.box.y < left.box.bottom
    ]
    if not pairs:
        return None
    left, right = max(pairs, key=lambda pair: min(map(_area, pair)))
    return {"left": left, "right": right}
