"""A living graph: pupils mark each event at the height that it deserves, join the marks and say why."""

from __future__ import annotations

import string
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, ClassVar, Literal

from pydantic import Field, PrivateAttr, ValidationInfo, model_validator
from pydantic_core import PydanticCustomError

from lessonpress.diagrams.living_graph import Height, LivingGraph, with_band
from lessonpress.diagrams.timeline import in_words
from lessonpress.model.activity import Activity, Posed
from lessonpress.model.base import Level, Model, context
from lessonpress.model.dates import PartialDate
from lessonpress.model.dice import Dice
from lessonpress.model.marking import Answer
from lessonpress.model.refs import EventRef
from lessonpress.model.sealed import Sealed, reveal
from lessonpress.model.text import Line, Run


class Moment(Model):
    """An event of the bank or of one's own, the height of the model line there, and why."""

    event: EventRef | None = None
    label: Line | None = Field(default=None, description="default: the label of the event")
    date: PartialDate | None = None
    end: PartialDate | None = None
    when: Line | None = None
    height: Sealed[Height] = Field(description="of the model line, 0 to 10")
    between: tuple[Sealed[Height], Sealed[Height]] | None = Field(
        default=None, description="heights that are as good; default: one below to one above"
    )
    why: Answer
    _written: Line = PrivateAttr()

    @model_validator(mode="before")
    @classmethod
    def _band(cls, data: Any) -> Any:
        return with_band(data)

    @model_validator(mode="after")
    def _one_thing(self, info: ValidationInfo) -> Moment:
        if self.event is None and (self.label is None or self.date is None):
            raise PydanticCustomError(
                "dated",
                "an event needs its label and its date, or event: with an id of the bank",
                {"hint": "write {event: T-05, ...} or {label: ..., date: 1924-01-21, ...}"},
            )
        words = in_words(self.said("date"), self.said("end"), context(info).language)
        self._written = self.said("when") or Line((Run(words),))
        return self

    def said(self, name: str) -> Any:
        """A value of the event: its own, else that of the bank."""
        own = getattr(self, name)
        return own if own is not None else getattr(self.event, name, None)

    @property
    def written(self) -> Line:
        """The date in words."""
        return self._written


@dataclass(frozen=True)
class Put:
    """An event as it is put: its letter, its date in words, what happened."""

    letter: str
    when: Line
    label: Line


@dataclass(frozen=True)
class Puzzle:
    """The empty graph, and the events by their letters."""

    diagram: LivingGraph
    events: tuple[Put, ...]


class LivingGraphActivity(Activity):
    """Events to mark on a graph, with reasons."""

    example: ClassVar[str] = """
kind: living-graph
title: Draw how strong Trotsky's position was
minutes: 12
from: 1922
to: 1925
high: could have led
low: without any power
events:
  - {event: T-05, height: 8, why: "He commanded the Red Army and sat in the Politburo"}
  - {label: The plenum censures him, date: "1923-10-25", height: 5, why: "Only two votes were cast against the censure"}
  - {label: He misses Lenin's funeral, date: "1924-01-27", height: 3, between: [2, 5], why: "Stalin was seen as the mourner"}
  - {label: He leaves the War Commissariat, date: "1925-01-26", height: 1, why: "He kept his seat but lost his only office"}
support: {give: [1]}
challenge: {letters: false}
"""

    kind: Literal["living-graph"]
    from_: PartialDate = Field(alias="from")
    to: PartialDate
    high: Line = Field(description="what the top of the graph means")
    low: Line = Field(description="what the foot of the graph means")
    events: tuple[Moment, ...] = Field(min_length=3, max_length=10, description="in the order of time")
    letters: bool = Field(default=True, description="print the letter of each event above its date")
    give: tuple[int, ...] = Field(default=(), description="places of events, in the order of time, already marked")
    reasons: bool = Field(
        default=True, description="print a cell for the reason of each event; without: reasons are told"
    )
    alt: Line | None = Field(default=None, description="what the drawing shows; default: the title and the years")
    marks: int | None = Field(
        default=None, ge=1, le=60, description="default: one for each place and each reason asked"
    )

    @model_validator(mode="after")
    def _in_order(self) -> LivingGraphActivity:
        for place in self.give:
            if not 1 <= place <= len(self.events):
                raise PydanticCustomError(
                    "give_place",
                    "there is no place {place}: the graph has {count} events",
                    {"place": place, "count": len(self.events), "hint": "give: names places from 1, in order of time"},
                )
        for n, (one, other) in enumerate(pairwise(event.said("date").ordinal for event in self.events), 1):
            if other < one:
                raise PydanticCustomError(
                    "not_in_order",
                    "event {next} is earlier than event {place}",
                    {"next": n + 1, "place": n, "hint": "write the events in the order of time"},
                )
        self._diagram({})
        return self

    @property
    def total(self) -> int:
        """One mark for each place and each reason asked, unless `marks` says otherwise."""
        return self.marks or (2 if self.reasons else 1) * len(self.events)

    def _diagram(self, given: Mapping[int, int]) -> LivingGraph:
        years = Run(f" ({self.from_.year}–{self.to.year})")
        marks = [
            {
                "date": event.said("date"),
                "end": event.said("end"),
                "height": event.height,
                "between": event.between,
                "given": given.get(place),
            }
            for place, event in enumerate(self.events, 1)
        ]
        return LivingGraph.model_validate(
            {
                "kind": "living-graph",
                "from": self.from_,
                "to": self.to,
                "high": self.high,
                "low": self.low,
                "marks": marks,
                "letters": self.letters,
                "alt": self.alt or Line((*self.title.runs, years)),
            }
        )

    def pose(self, level: Level, dice: Dice) -> Posed:
        """The graph without its line; the events that a level gives are marked."""
        given = {place: reveal(self.events[place - 1].height) for place in self.give}
        events = tuple(Put(string.ascii_uppercase[n], e.written, e.said("label")) for n, e in enumerate(self.events))
        return Posed(Puzzle(self._diagram(given), events), tuple(event.why for event in self.events))
