"""A page of a PDF many times over: everything that is drawn is shared, and each time has tags of its own.

It works on the objects that WeasyPrint made and has not written yet. Tags belong to a page (`Pg`) and refer to
nothing on another, so a page is repeated by repeating its objects with other numbers (ISO 32000-1, 14.7).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pydyf

_HOLE = re.compile(rb"\0(-?\d+)\0")
"""What stands in a copy for a number that is another each time; no string of a PDF has a zero sign of its own."""
_SERIAL, _PAGE_KEY, _NOTE_KEY = -1, -2, -3
"""Numbers that are no object: the place of the page, its key in the tree of tags, the keys of its links (and below)."""


class _Copy(pydyf.Object):  # type: ignore[misc]
    """An object whose bytes are known."""

    data = b""

    def __init__(self, data: bytes) -> None:
        super().__init__()
        self.data = data


def cut(pdf: Any, page: int, drawn: Sequence[Any]) -> Any:
    """Take out of a page what draws a name: its content becomes three streams, and the middle one, empty now, is
    given back. Raises ValueError where that is not drawn exactly once.
    """
    sheet = _object(pdf, pdf.page_references[page])
    before = _object(pdf, sheet["Contents"])
    items, length = before.stream, len(drawn)
    (at,) = [at for at in range(len(items)) if items[at] == drawn[0] and items[at : at + length] == drawn]
    middle, after = pydyf.Stream(), pydyf.Stream(items[at + length :], compress=before.compress)
    del items[at:]
    pdf.add_object(middle)
    pdf.add_object(after)
    sheet["Contents"] = pydyf.Array([before.reference, middle.reference, after.reference])
    return middle


def repeat(pdf: Any, order: Sequence[tuple[int, bytes]]) -> None:
    """Give a PDF other pages: each is one of its own, counted from 0, with what is drawn where it was cut.

    Every page that there was has to stand in the order.
    """
    root = _object(pdf, pdf.catalog["StructTreeRoot"])
    body, tree = _object(pdf, root["K"][0]), _object(pdf, root["ParentTree"])
    leaves = _leaves(pdf, body, dict(zip(tree["Nums"][::2], tree["Nums"][1::2], strict=True)))
    used: set[int] = set()
    kids: list[int] = []
    tops: list[bytes] = []
    pages: list[Any] = []
    notes: list[bytes] = []
    for place, (number, drawn) in enumerate(order):
        leaf = leaves[number]
        put = leaf.again if number in used else leaf.first
        used.add(number)
        key = len(order) + len(notes)
        numbers = put(pdf, place, key, drawn)
        kids.append(numbers[0])
        tops += [_reference(numbers[one]) for one in leaf.tops]
        pages += [place, pydyf.Array([one if isinstance(one, str) else _reference(numbers[one]) for one in leaf.keys])]
        notes += [_reference(numbers[one]) for one in leaf.notes]
    body["K"] = pydyf.Array(tops)
    tree["Nums"] = pydyf.Array([*pages, *(part for pair in enumerate(notes, len(order)) for part in pair)])
    pdf.pages["Kids"] = pydyf.Array([part for kid in kids for part in (kid, 0, "R")])
    pdf.pages["Count"] = len(kids)


@dataclass
class _Leaf:
    """A page with the objects that are its own: itself, its links, its tags. They are named by their place there."""

    own: list[Any]
    links: int
    middle: Any
    """The stream that was cut out, where one was."""
    tops: list[int]
    """Its uppermost tags."""
    keys: list[int | str]
    """The tag of each of its marked contents; those of running heads have none, and say so in words."""
    notes: list[int]
    """The tag of each of its links."""

    def first(self, pdf: Any, place: int, key: int, drawn: bytes) -> Sequence[int]:
        """Leave the page as it is, but for its keys; the numbers of its objects."""
        self.own[0]["StructParents"] = place
        for number, link in enumerate(self.own[1 : 1 + self.links], key):
            link["StructParent"] = number
        if self.middle is not None:
            self.middle.stream = [drawn]
        return [one.number for one in self.own]

    def again(self, pdf: Any, place: int, key: int, drawn: bytes) -> Sequence[int]:
        """Add the page once more; the numbers of its objects."""
        base = len(pdf.objects)
        known = {_SERIAL: b"%d" % place, _PAGE_KEY: b"%d" % place}
        known |= {_NOTE_KEY - one: b"%d" % (key + one) for one in range(self.links)}
        known |= {one: _reference(base + one) for one in range(len(self.own) + 1)}
        for parts, holes in self.parts:
            filled = [known[hole] for hole in holes]
            pdf.add_object(_Copy(b"".join(part for pair in zip(parts, [*filled, b""], strict=True) for part in pair)))
        if self.middle is not None:
            pdf.add_object(pydyf.Stream([drawn]))
        return range(base, base + len(self.own))

    @cached_property
    def parts(self) -> list[tuple[list[bytes], list[int]]]:
        """The bytes of each object between the numbers that change, and these numbers."""
        places = {one.reference: place for place, one in enumerate(self.own)}
        if self.middle is not None:
            places[self.middle.reference] = len(self.own)
        made = []
        for place, one in enumerate(self.own):
            value = _holed(one, places)
            if place == 0:
                value["StructParents"] = _hole(_PAGE_KEY)
            elif place <= self.links:
                value["StructParent"] = _hole(_NOTE_KEY - (place - 1))
            split = _HOLE.split(value.data)
            made.append((split[::2], [int(hole) for hole in split[1::2]]))
        return made


def _leaves(pdf: Any, body: Any, keys: dict[int, Any]) -> list[_Leaf]:
    """The pages of a PDF; `keys` is its tree from keys to tags."""
    pages = [_object(pdf, reference) for reference in pdf.page_references]
    tags: dict[bytes, list[Any]] = {page.reference: [] for page in pages}
    for one in pdf.objects:
        if isinstance(one, pydyf.Dictionary) and one.get("Pg") in tags:
            tags[one["Pg"]].append(one)
    return [_leaf(pdf, page, tags[page.reference], body["K"], keys) for page in pages]


def _leaf(pdf: Any, page: Any, tags: list[Any], tops: Iterable[bytes], keys: dict[int, Any]) -> _Leaf:
    links = [_object(pdf, reference) for reference in page.get("Annots", ())]
    own = [page, *links, *tags]
    places = {one.reference: place for place, one in enumerate(own)}
    return _Leaf(
        own,
        len(links),
        _object(pdf, page["Contents"][1]) if isinstance(page["Contents"], pydyf.Array) else None,
        [places[top] for top in tops if top in places],
        [places.get(one, one) for one in keys[page["StructParents"]]],
        [places[keys[link["StructParent"]]] for link in links],
    )


def _holed(value: Any, places: dict[bytes, int], *, named: bool = False) -> Any:
    """A value with holes for the objects that have a place, and for what must be another in each copy: names of tags,
    by which cells know their heads.
    """
    if isinstance(value, pydyf.Dictionary):
        return pydyf.Dictionary(
            {key: _holed(one, places, named=key in {"ID", "Headers"}) for key, one in value.items()}
        )
    if isinstance(value, pydyf.Array):
        return pydyf.Array([_holed(one, places, named=named) for one in value])
    if isinstance(value, pydyf.String) and named:
        return b"(%b.%b)" % (value.string.encode(), _hole(_SERIAL))
    return _hole(places[value]) if isinstance(value, bytes) and value in places else value


def _hole(number: int) -> bytes:
    return b"\0%d\0" % number


def _reference(number: int) -> bytes:
    return b"%d 0 R" % number


def _object(pdf: Any, reference: bytes) -> Any:
    return pdf.objects[int(reference.split()[0])]
