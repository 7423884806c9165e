"""A timeline to true scale whose flags pupils fill from a list of events."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Annotated, Any, ClassVar, Literal

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    GetJsonSchemaHandler,
    PrivateAttr,
    ValidationInfo,
    model_validator,
)
from pydantic_core import CoreSchema, PydanticCustomError

from lessonpress.diagrams.timeline import Blank, Moment, Span, Timeline, in_words
from lessonpress.model.activity import Activity, Posed
from lessonpress.model.base import Level, Model, context
from lessonpress.model.dates import PartialDate
from lessonpress.model.dice import Dice
from lessonpress.model.guessing import from_bank
from lessonpress.model.marking import Answer
from lessonpress.model.refs import EventRef
from lessonpress.model.sealed import Sealed, reveal, seal
from lessonpress.model.text import Line, Run

LINE_LETTERS = 22
"""What a line of a flag holds."""


def two_lines(text: str) -> tuple[str, ...]:
    """A text in one line of a flag, else in two lines that are as even as can be; the longer may be too long."""
    words = text.split(" ")
    if len(text) <= LINE_LETTERS or len(words) < 2:
        return (text,)
    halves = [(" ".join(words[:n]), " ".join(words[n:])) for n in range(1, len(words))]
    return min(halves, key=lambda half: max(map(len, half)))


def _fits(line: Line) -> Line:
    if max(map(len, two_lines(line.plain))) > LINE_LETTERS:
        raise PydanticCustomError(
            "flag_long",
            '"{text}" is too long for a flag, which has two lines of {limit} letters',
            {"text": line.plain, "limit": LINE_LETTERS, "hint": "say it in fewer words: {event: T-05, label: ...}"},
        )
    return line


class Dated(Model):
    """An event of the bank or of one's own, and what is written on its flag."""

    event: EventRef | None = None
    label: Sealed[Annotated[Line, AfterValidator(_fits)]] | None = Field(
        default=None, description="what is written on the flag; default: the label of the event"
    )
    date: PartialDate | None = None
    end: PartialDate | None = None
    when: Line | None = None
    _written: Line = PrivateAttr()

    @model_validator(mode="after")
    def _one_thing(self, info: ValidationInfo) -> Dated:
        if self.event is None and (self.label is None or self.date is None):
            raise PydanticCustomError(
                "dated",
                "an event needs its label and its date, or the id of one in the bank",
                {"hint": "write T-05, {event: T-05, label: ...} or {label: ..., date: 1924-01-21}"},
            )
        if self.event is not None and self.label is None:
            _fits(self.event.label)
        said = self.moment
        words = in_words(said["date"], said["end"], context(info).language)
        self._written = said["when"] or Line((Run(words),))
        return self

    @property
    def words(self) -> Answer:
        """What is written on the flag."""
        return self.label if self.label is not None else seal(self._of_bank.label)

    @property
    def _of_bank(self) -> Any:
        return self.event

    @property
    def written(self) -> Line:
        """The date in words."""
        return self._written

    @property
    def moment(self) -> dict[str, Any]:
        """The date of the event, its end, and the date in words where they are given."""
        own = {"date": self.date, "end": self.end, "when": self.when}
        bank = {name: getattr(self.event, name, None) for name in own}
        return {name: value if value is not None else bank[name] for name, value in own.items()}


def _dated(value: Any) -> Any:
    return {"event": value} if isinstance(value, str) else value


class _OrId:
    """Shows editors that an event may be written as an id alone."""

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        return {"anyOf": [{"type": "string"}, handler(schema)]}


@dataclass(frozen=True)
class Puzzle:
    """The timeline with its flags to fill, and the events to choose from in alphabetical order."""

    diagram: Timeline
    bank: tuple[Line, ...]


@dataclass(frozen=True)
class Solution:
    """The completed timeline, and each date with its event, in the order of time."""

    diagram: Sealed[Timeline]
    events: tuple[tuple[Answer, Answer], ...]


class TimelineActivity(Activity):
    """Flags to fill on a timeline to scale."""

    example: ClassVar[str] = """
kind: timeline
title: Put each event on its flag
minutes: 8
from: 1921
to: 1925
events:
  - {label: Factions banned, date: "1921-03-16", when: 16 March 1921}
  - {event: T-05, label: Stalin becomes General Secretary}
  - {label: Lenin's last major stroke, date: "1923-03"}
  - {label: Lenin dies, date: "1924-01-21"}
  - {label: The Testament is read, date: "1924-05-21"}
  - {label: Trotsky leaves office, date: "1925-01"}
support: {dates: true, give: [1]}
challenge: {word_bank: false}
"""
    shows: ClassVar[frozenset[str]] = frozenset({"events"})
    answers_elsewhere: ClassVar[bool] = True

    kind: Literal["timeline"]
    from_: PartialDate | None = Field(default=None, alias="from", description="default: the year of the first event")
    to: PartialDate | None = Field(default=None, description="default: the year of the last event")
    events: tuple[Annotated[Dated, BeforeValidator(_dated), _OrId()], ...] = Field(
        min_length=3, max_length=10, description="in the order of time"
    )
    spans: tuple[Span, ...] = Field(default=(), description="stretches of time, printed below the axis")
    word_bank: bool = Field(default=True, description="print the events to choose from")
    dates: bool = Field(default=False, description="print the dates on the flags")
    give: tuple[int, ...] = Field(default=(), description="places of events, in the order of time, printed filled")
    alt: Line | None = Field(default=None, description="what the drawing shows; default: the title and the years")
    marks: int | None = Field(default=None, ge=1, le=60, description="default: one an event")

    @model_validator(mode="after")
    def _in_order(self) -> TimelineActivity:
        for place in self.give:
            if not 1 <= place <= len(self.events):
                raise PydanticCustomError(
                    "give_place",
                    "there is no place {place}: the timeline has {count} events",
                    {"place": place, "count": len(self.events), "hint": "give: names places from 1, in order of time"},
                )
        for (n, one), other in pairwise(enumerate(self._ordinals, 1)):
            if other[1] < one:
                raise PydanticCustomError(
                    "not_in_order",
                    "event {next} is earlier than event {place}",
                    {"next": n + 1, "place": n, "hint": "write the events in the order of time"},
                )
        self._timeline([])
        return self

    @property
    def _ordinals(self) -> list[float]:
        return [event.moment["date"].ordinal for event in self.events]

    @property
    def total(self) -> int:
        """One mark an event unless `marks` says otherwise."""
        return self.marks or len(self.events)

    def _timeline(self, entries: Sequence[Any], alt: Line | None = None) -> Timeline:
        """The diagram with these entries; without any it holds the bare dates, which must lie on its axis."""
        moments = [event.moment for event in self.events]
        first, last = moments[0]["date"], max((m["end"] or m["date"] for m in moments), key=lambda date: date.ordinal)
        years = f"{first.year}–{last.year}"
        return Timeline.model_validate(
            {
                "kind": "timeline",
                "from": self.from_ or PartialDate(first.year),
                "to": self.to or PartialDate(last.year),
                "events": tuple(entries or (Moment(label=Line((Run(str(m["date"])),)), **m) for m in moments)),
                "spans": self.spans,
                "alt": alt or Line((Run(years),)),
            }
        )

    def by_guessing(self, puzzle: Any) -> float:
        """Events of the bank put on the flags by chance."""
        return from_bank(self.total, puzzle.bank, len(self.events) - len(set(self.give)))

    def pose(self, level: Level, dice: Dice) -> Posed:
        """Blank flags in their places; the bank is alphabetical, so that its order gives nothing away."""
        whole, asked, dated = list[Moment](), list[Any](), list[tuple[Answer, Answer]]()
        for place, event in enumerate(self.events, 1):
            words, moment = reveal(event.words), event.moment
            when = event.written
            whole.append(Moment(label=words, **{**moment, "when": when}))
            dated.append((seal(when), seal(words)))
            given = place in self.give
            asked.append(whole[-1] if given else _blank(words, {**moment, "when": when if self.dates else None}))
        left = [moment.label for place, moment in enumerate(whole, 1) if place not in self.give]
        bank = tuple(sorted(left, key=lambda line: (line.plain.lower(), line.plain))) if self.word_bank else ()
        alt = self.alt or Line((*self.title.runs, Run(f" ({self._timeline(whole).alt})")))
        solution = Solution(seal(self._timeline(whole)), tuple(dated))
        return Posed(Puzzle(self._timeline(asked, alt), bank), solution)


def _blank(words: Line, moment: dict[str, Any]) -> Blank:
    pieces = two_lines(words.plain)
    lines = tuple(seal(Line((Run(piece),))) for piece in pieces) if len(pieces) > 1 else ()
    return Blank(answer=seal(words), lines=lines, **moment)
