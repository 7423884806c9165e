"""How marks are given: points, levels, and the space to answer in."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from itertools import pairwise
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, GetCoreSchemaHandler, GetJsonSchemaHandler, model_validator
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from lessonpress.model.base import Level, Model
from lessonpress.model.sealed import Sealed
from lessonpress.model.text import Line

SHORT_MARKS = 4
"""Up to here an answer is short: two lines a mark. Above it is extended: one and a half."""

Answer = Sealed[Line]


@dataclass(frozen=True, slots=True)
class Band:
    """The marks of one level, both ends included."""

    low: int
    high: int

    def __str__(self) -> str:
        return f"{self.low}–{self.high}" if self.low != self.high else str(self.low)

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(_band)

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        return {"type": ["string", "integer"], "description": "the marks of a level: 7-8, or 3"}


def _band(value: Any) -> Band:
    if isinstance(value, Band):
        return value
    found = re.fullmatch(r"\s*(\d{1,3})\s*(?:[-–]\s*(\d{1,3}))?\s*", str(value))
    if not found:
        raise PydanticCustomError("band", '"{value}" is not a run of marks: write 7-8, or 3', {"value": str(value)})
    low = int(found.group(1))
    high = int(found.group(2) or low)
    if high < low:
        raise PydanticCustomError(
            "band", '"{value}" runs backwards: write the lower number first', {"value": str(value)}
        )
    return Band(low, high)


class LevelOfMarks(Model):
    """One level of a mark scheme."""

    marks: Band
    descriptor: Answer


class MarkScheme(Model):
    """How marks are awarded: points of credit, or levels with indicative content."""

    each: int = Field(default=1, ge=1, description="marks for each point of credit")
    credit: tuple[Answer, ...] = ()
    accept: tuple[Answer, ...] = ()
    reject: tuple[Answer, ...] = ()
    levels: tuple[LevelOfMarks, ...] = ()
    indicative: tuple[Answer, ...] = ()

    @model_validator(mode="after")
    def _levels_meet(self) -> MarkScheme:
        if bool(self.levels) == bool(self.credit):
            raise PydanticCustomError("scheme_kind", "a mark scheme holds either points of credit or levels")
        bands = sorted((level.marks for level in self.levels), key=lambda band: band.low)
        if self.levels and not 2 <= len(bands) <= 6:
            raise PydanticCustomError(
                "scheme_count", "a mark scheme has 2 to 6 levels, not {count}", {"count": len(bands)}
            )
        if bands and bands[0].low != 1:
            raise PydanticCustomError(
                "scheme_start", "the lowest level starts at {low}, not at 1", {"low": bands[0].low}
            )
        for lower, upper in pairwise(bands):
            if upper.low != lower.high + 1:
                raise PydanticCustomError(
                    "scheme_gap",
                    "the levels {lower} and {upper} leave a gap or overlap",
                    {"lower": str(lower), "upper": str(upper)},
                )
        return self

    @property
    def top(self) -> int:
        """The most marks that the scheme can give."""
        if self.levels:
            return max(level.marks.high for level in self.levels)
        return self.each * len(self.credit)


class Rows(Model):
    """Label-led answer lines: `rows` groups, each with one line for every label."""

    rows: int = Field(ge=1, le=10)
    labels: tuple[Line, ...] = Field(min_length=1, max_length=4)
    lines: int = Field(default=1, ge=1, le=6, description="lines for each label")


@dataclass(frozen=True, slots=True)
class Space:
    """Where an answer is written: ruled lines, labelled rows, an open box, the exercise book or nowhere."""

    lines: int = 0
    rows: Rows | None = None
    box_mm: float = 0.0
    book: bool = False


def _space(value: Any) -> Any:
    if isinstance(value, Space):
        return value
    if isinstance(value, dict):
        if set(value) == {"box"}:
            found = re.fullmatch(r"(\d+(?:\.\d+)?) ?mm", str(value["box"]))
            if not found or not 10 <= float(found.group(1)) <= 250:
                raise PydanticCustomError("space", "a box is 10mm to 250mm high: write {box: 60mm}")
            return Space(box_mm=float(found.group(1)))
        return Space(rows=Rows.model_validate(value))
    text = str(value)
    if text == "book":
        return Space(book=True)
    if text == "none":
        return Space()
    if text.isdecimal() and 1 <= int(text) <= 80:
        return Space(lines=int(text))
    raise PydanticCustomError(
        "space", "this is not an answer space: write a number of lines, book, none, {rows, labels} or {box: 60mm}"
    )


SPACE_SCHEMA = {
    "anyOf": [
        {"type": "integer", "minimum": 1, "maximum": 80},
        {"enum": ["book", "none"]},
        {
            "type": "object",
            "properties": {"box": {"type": "string"}},
            "required": ["box"],
            "additionalProperties": False,
        },
        {
            "type": "object",
            "properties": {"rows": {"type": "integer"}, "labels": {"type": "array"}, "lines": {"type": "integer"}},
            "required": ["rows", "labels"],
            "additionalProperties": False,
        },
    ]
}


class _SpaceSchema:
    """Shows editors what `_space` reads."""

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        return SPACE_SCHEMA


AnswerSpace = Annotated[Any, BeforeValidator(_space), _SpaceSchema()]


def space_for(space: Space | None, marks: int, level: Level, factor: float = 1.0) -> Space:
    """The space as written, or the house's default for so many marks; support gets a quarter more."""
    if space is not None:
        return space
    lines = marks * 2 if marks <= SHORT_MARKS else marks * 1.5
    help_factor = 1.25 if level == "support" else 1.0
    return Space(lines=max(1, math.ceil(lines * help_factor * factor)))
