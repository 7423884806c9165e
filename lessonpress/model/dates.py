"""Dates as history knows them: to the day, the month or only the year."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from typing import Any

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

_WRITTEN = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?\s*$")
MONTHS = tuple(calendar.month_name)[1:]


@dataclass(frozen=True, slots=True, order=True)
class PartialDate:
    """A year, or a month or day of one; `month` and `day` are None where they are not said."""

    year: int
    month: int | None = None
    day: int | None = None

    @property
    def ordinal(self) -> float:
        """The date as a number of years: 1 July 1924 is about 1924.5; an unsaid part counts as its start."""
        month = self.month or 1
        length = 366 if calendar.isleap(self.year) else 365
        before = sum(calendar.monthrange(self.year, m)[1] for m in range(1, month))
        return self.year + (before + (self.day or 1) - 1) / length

    @property
    def iso(self) -> str:
        """The date as yyyy, yyyy-mm or yyyy-mm-dd."""
        parts = [f"{self.year:04d}"] + [f"{part:02d}" for part in (self.month, self.day) if part is not None]
        return "-".join(parts)

    @property
    def rounded(self) -> frozenset[PartialDate]:
        """The date, its month and its year: all that may be said of it and is true."""
        return frozenset({self, PartialDate(self.year, self.month), PartialDate(self.year)})

    def __str__(self) -> str:
        parts = [str(self.day)] if self.day else []
        parts += [MONTHS[self.month - 1]] if self.month else []
        return "\u00a0".join([*parts, str(self.year)])

    @classmethod
    def parse(cls, text: str) -> PartialDate:
        """The date written as yyyy, yyyy-mm or yyyy-mm-dd. Raises ValueError for anything else."""
        found = _WRITTEN.match(text)
        if not found:
            raise ValueError(text)
        year, month, day = (int(part) if part else None for part in found.groups())
        assert year is not None
        if month is not None and not 1 <= month <= 12:
            raise ValueError(text)
        if day is not None and not 1 <= day <= calendar.monthrange(year, month or 1)[1]:
            raise ValueError(text)
        return cls(year, month, day)

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(_validate)

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        return {"type": ["string", "integer"], "description": "a date as 1924, 1924-06 or 1924-06-02"}


def _validate(value: Any) -> PartialDate:
    if isinstance(value, PartialDate):
        return value
    try:
        return PartialDate.parse(str(value))
    except ValueError:
        raise PydanticCustomError(
            "date", '"{value}" is not a date: write 1924, 1924-06 or 1924-06-02', {"value": str(value)}
        ) from None
