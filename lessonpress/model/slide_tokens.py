"""What a theme says about slides: colours, fonts, sizes, and its own shapes on a layout."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated, Any, Literal

from pydantic import ConfigDict, Field, TypeAdapter

Hex = Annotated[str, Field(pattern=r"^[0-9A-Fa-f]{6}$")]
Slot = Literal[
    "tx1", "bg1", "tx2", "bg2", "accent1", "accent2", "accent3", "accent4", "accent5", "accent6", "hlink", "folHlink"
]
FontRole = Literal["major", "minor", "numeral", "lesson_numeral", "extract"]
Points = Annotated[float, Field(ge=18, le=400)]

# Every GUID of a deck is made from this one and a name, so that two builds agree.
NAMESPACE = uuid.UUID("6f0d1c52-8a3e-4b67-9d14-2c5be87a91f3")


def guid(name: str) -> str:
    """A GUID in PowerPoint's way of writing, always the same for one name."""
    return f"{{{uuid.uuid5(NAMESPACE, name)}}}".upper()


@dataclass(frozen=True, kw_only=True)
class SlideColours:
    """The twelve colours of a PowerPoint theme, as six hex digits.

    dk1 is ink, lt1 the ground, dk2 the quieter ink of captions, lt2 the tint of panels,
    accent1 the theme's accent and accent2 the grey of rules.
    """

    __pydantic_config__ = ConfigDict(extra="forbid")

    dk1: Hex
    lt1: Hex
    dk2: Hex
    lt2: Hex
    accent1: Hex
    accent2: Hex
    accent3: Hex
    accent4: Hex
    accent5: Hex
    accent6: Hex
    hlink: Hex
    folHlink: Hex  # noqa: N815 - the name that PowerPoint uses

    def items(self) -> tuple[tuple[str, str], ...]:
        """The colours by name, in the order of a theme part."""
        return tuple((name, getattr(self, name).upper()) for name in self.__dataclass_fields__)


@dataclass(frozen=True, kw_only=True)
class SlideFonts:
    """Font families that teachers' computers have; PowerPoint finds them by name."""

    __pydantic_config__ = ConfigDict(extra="forbid")

    major: str
    minor: str
    numeral: str
    lesson_numeral: str
    extract: str


@dataclass(frozen=True, kw_only=True)
class SlideSizes:
    """The type sizes, in points, that differ from theme to theme."""

    __pydantic_config__ = ConfigDict(extra="forbid")

    title: Points
    cover: Points
    section: Points
    key_question: Points


@dataclass(frozen=True, kw_only=True)
class Logo:
    """A school's logo: the bytes of a PNG or JPEG file, its size in pixels, and its alternative text."""

    __pydantic_config__ = ConfigDict(extra="forbid")

    data: bytes
    kind: Literal["png", "jpeg"]
    width: int
    height: int
    alt: str


@dataclass(frozen=True, kw_only=True)
class SlideTokens:
    """A theme's slides. Lengths are centimetres, sizes points.

    `bar` is the thickness of the top rule, `skew` the sideways run of a slanted end for each
    unit of height, `layouts` what the theme changes in layouts.yaml, layout by layout.
    """

    __pydantic_config__ = ConfigDict(extra="forbid")

    name: str
    colours: SlideColours
    fonts: SlideFonts
    sizes: SlideSizes
    bar: Annotated[float, Field(gt=0, le=1)]
    skew: Annotated[float, Field(ge=0, le=1)]
    layouts: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    logo: Logo | None = None


def slide_tokens(data: Mapping[str, Any]) -> SlideTokens:
    """Check a theme's `slides` section; raises pydantic's ValidationError with every fault."""
    return TypeAdapter(SlideTokens).validate_python(data)
