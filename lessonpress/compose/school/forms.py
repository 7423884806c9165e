"""How our slides find a place on layouts that are not ours: forms, each with less room than the one before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from pydantic import ConfigDict, TypeAdapter

FILE = "deck/school.yaml"
Shape = Literal["headed", "columns", "one", "bare"]


@dataclass(frozen=True, kw_only=True)
class Form:
    """One way to set a slide of ours.

    `into` says which of our slots go into each place, in order; "label numeral" makes one line of two
    slots. Those of `title` stand in brackets after the title, those of `notes` begin the notes, those of
    `bold` are set in bold. `says` tells a teacher what becomes of the slide.
    """

    __pydantic_config__ = ConfigDict(extra="forbid")

    shape: Shape
    says: str
    into: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    title: tuple[str, ...] = ()
    notes: tuple[str, ...] = ("tab",)
    bold: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What stands for a layout of ours: names in the languages of PowerPoint, its types, neighbours, forms."""

    __pydantic_config__ = ConfigDict(extra="forbid")

    names: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    near: tuple[str, ...] = ()
    forms: tuple[Form, ...]


def read_forms(data: Any) -> dict[str, Wanted]:
    """Check school.yaml; raises pydantic's ValidationError with every fault."""
    return TypeAdapter(dict[str, Wanted]).validate_python(data)
