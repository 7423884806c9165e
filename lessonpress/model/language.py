"""How a language is written: direction, quotation marks, dates, letters of lists; data of its label file."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import Annotated, Any, Literal

import yaml
from pydantic import BeforeValidator, ConfigDict, Field, TypeAdapter, ValidationError

from lessonpress.diagnostics import Diagnostic, Place
from lessonpress.errors import ContentError
from lessonpress.model.dates import MONTHS, PartialDate

ALPHABET = "abcdefghijklmnopqrstuvwxyz"
MARKS = "\ue000\ue001\ue002\ue003"
"""Stand for the four quotation marks until the language is known: signs for private use, in no font."""
HINT = "en-GB.yaml shows what a language says of itself"
_YEAR = r"(?P<year>1[89]\d\d|20\d\d)"


def _words(value: Any) -> Any:
    return tuple(value.split()) if isinstance(value, str) else value


Words = Annotated[tuple[str, ...], BeforeValidator(_words)]
"""Words that are written with spaces between them."""
Month = Annotated[tuple[str, ...], Field(min_length=1)]
"""The forms of the name of a month: alone, with a day, then others that texts may hold."""


@dataclass(frozen=True, kw_only=True)
class DateForms:
    """How a date is written: to the day, to the day of a year that was said, to the month, to the year."""

    __pydantic_config__ = ConfigDict(extra="forbid")

    day: str = "{day} {month} {year}"
    no_year: str = "{day} {month}"
    month: str = "{month} {year}"
    year: str = "{year}"


@dataclass(frozen=True, kw_only=True)
class Language:
    """How a language is written; by default, as in Britain.

    `script` is the ISO 15924 code of its letters, `quotes` an outer and an inner pair, `dash` the
    sign between spaces, `letters` and `capitals` those of questions and of options, `joiner` the
    word between two days of one month, `comma` and `semicolon` part lists, `thousands` and `decimal` the points of numbers.
    """

    __pydantic_config__ = ConfigDict(extra="forbid")

    script: str = "Latn"
    dir: Literal["ltr", "rtl"] = "ltr"
    quotes: Annotated[Words, Field(min_length=4, max_length=4)] = ("“", "”", "‘", "’")
    dash: str = "–"
    hyphenate: bool = False
    letters: Annotated[Words, Field(min_length=26)] = tuple(ALPHABET)
    capitals: Annotated[Words, Field(min_length=26)] = tuple(ALPHABET.upper())
    joiner: str = "and"
    comma: str = ","
    semicolon: str = ";"
    thousands: str = ","
    decimal: str = "."
    dates: DateForms = DateForms()
    months: Annotated[tuple[Month, ...], Field(min_length=12, max_length=12)] = tuple((name,) for name in MONTHS)

    @property
    def is_rtl(self) -> bool:
        """Whether it is written from right to left."""
        return self.dir == "rtl"

    def date(self, date: PartialDate, *, year: bool = True) -> str:
        """A date as the language writes it, on one line; `year` says whether its year is named."""
        if date.month is None:
            return self.dates.year.format(year=date.year).replace(" ", "\u00a0")
        forms = self.months[date.month - 1]
        with_year, without = (self.dates.day, self.dates.no_year) if date.day else (self.dates.month, "{month}")
        form = with_year if year else without
        month = forms[1] if date.day and len(forms) > 1 else forms[0]
        return form.format(day=date.day, month=month, year=date.year).replace(" ", "\u00a0")

    def number(self, value: Decimal) -> str:
        """A number as it is printed, such as 446,089 or 1.5."""
        points = {",": self.thousands, ".": self.decimal}
        return "".join(points.get(sign, sign) for sign in f"{value:,}")

    def typeset(self, text: str) -> str:
        """Text with the dash of the language, and dates that stay on one line."""
        text = re.sub(r"(?<=\S) - (?=\S)", f" {self.dash} ", text)
        for pattern in self._kept:
            text = pattern.sub("\\1\u00a0\\2", text)
        return text

    def quoted(self, text: str) -> str:
        """Text with quotation marks for the signs that stand for them."""
        return text.translate(self._quotes)

    def printed_dates(self, text: str) -> Iterator[tuple[str, PartialDate]]:
        """Every month or day of a year that plain text names, as it is printed and as a date."""
        for found in self._printed.finditer(text):
            month, year = self._numbers[found["month"]], int(found["year"])
            for day in re.findall(r"\d+", found["days"] or "") or [None]:
                yield found.group(), PartialDate(year, month, int(day) if day else None)

    @cached_property
    def _quotes(self) -> dict[int, str]:
        return dict(zip(map(ord, MARKS), self.quotes, strict=True))

    @cached_property
    def _numbers(self) -> dict[str, int]:
        return {form: number for number, forms in enumerate(self.months, 1) for form in forms}

    @cached_property
    def _any_month(self) -> str:
        """A pattern for the names of months, the longer first."""
        return "|".join(re.escape(form) for form in sorted(self._numbers, key=len, reverse=True))

    @cached_property
    def _has_day_first(self) -> bool:
        return self.dates.day.index("{day}") < self.dates.day.index("{month}")

    @cached_property
    def _printed(self) -> re.Pattern[str]:
        also = rf"(?: {re.escape(self.joiner)} ?|, |-)"
        days = rf"(?P<days>\d{{1,2}}(?:{also}\d{{1,2}})*)"
        month = rf"(?P<month>{self._any_month})"
        return re.compile(rf"(?:{days} )?{month} {_YEAR}" if self._has_day_first else rf"{month}(?: {days},?)? {_YEAR}")

    @cached_property
    def _kept(self) -> tuple[re.Pattern[str], ...]:
        """Where dates hold together: "3 April", "April 1922" or "April 3", and what follows the year."""
        month = rf"({self._any_month})"
        after = self.dates.day.partition("{year}")[2].strip()
        patterns = [rf"\b(\d{{1,2}}) {month}\b"] if self._has_day_first else [rf"\b{month} (\d{{1,2}})\b"]
        patterns += [rf"\b{month} (\d{{4}})\b"]
        patterns += [rf"\b(\d{{4}}) ({re.escape(after)})"] if after else []
        return tuple(map(re.compile, patterns))


BRITISH = Language()


def read_labels(templates: Path, lang: str) -> tuple[str, Language, Mapping[str, Any]]:
    """The name of the nearest label file, how its language is written, and its words.

    The nearest is the language itself, the same language elsewhere, then English of Britain. Raises
    ContentError where the file does not say how the language is written.
    """
    folder = templates / "labels"
    near = sorted(folder.glob(f"{lang.split('-', maxsplit=1)[0]}*.yaml"))
    path = next(path for path in (folder / f"{lang}.yaml", *near, folder / "en-GB.yaml") if path.is_file())
    words = dict(yaml.load(path.read_text("utf-8"), Loader=yaml.CSafeLoader))
    try:
        language = TypeAdapter(Language).validate_python(words.pop("language", {}))
    except ValidationError as error:
        place = Place(f"templates/labels/{path.name}")
        raise ContentError(
            [
                Diagnostic("labels", f"language: {'.'.join(map(str, one['loc']))}: {one['msg']}", place, HINT)
                for one in error.errors(include_url=False)
            ]
        ) from error
    return path.stem, language, words
