"""A web of causes: pupils draw arrows from cause to cause and to the outcome, and say how one led to the other."""

from __future__ import annotations

import string
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from lessonpress.diagnostics import did_you_mean
from lessonpress.diagrams.cause_web import OUTCOME, CauseWeb
from lessonpress.model.activity import Activity, Posed
from lessonpress.model.base import Level, Model
from lessonpress.model.dice import Dice
from lessonpress.model.marking import Answer
from lessonpress.model.sealed import Sealed, reveal, seal
from lessonpress.model.text import Line

END = "outcome"
Name = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=30)]


class Arrow(Model):
    """One arrow of the model: from a cause to another or to the outcome, and how it led there."""

    from_: Sealed[Name] = Field(alias="from")
    to: Sealed[Name] = Field(description="the name of a cause, or outcome")
    why: Answer


@dataclass(frozen=True)
class Row:
    """A row to fill, or one that a level gives with its letters and its reason."""

    tail: str = ""
    head: str = ""
    why: Line | None = None


@dataclass(frozen=True)
class Puzzle:
    """The web without arrows, but for those that are given, and a row for each arrow that is asked for."""

    diagram: CauseWeb
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Drawn:
    """An arrow of the model by its letters, and how one led to the other."""

    tail: Answer
    head: Answer
    why: Answer


class CauseWebActivity(Activity):
    """Causes to link, with reasons."""

    example: ClassVar[str] = """
kind: cause-web
title: Link the causes of Trotsky's defeat
minutes: 12
outcome: Trotsky loses
causes:
  ban: Factions are banned
  post: Stalin places officials
  silence: Trotsky keeps silent
  rivals: Zinoviev and Kamenev fear him
arrows:
  - {from: ban, to: post, why: "Officials could call any opposition a faction"}
  - {from: rivals, to: silence, why: "He stood alone in the Politburo"}
  - {from: post, to: outcome, why: "The conference of January 1924 condemned him by a large majority"}
support: {give: [1]}
"""
    shows: ClassVar[frozenset[str]] = frozenset({"arrows"})

    kind: Literal["cause-web"]
    outcome: Line
    causes: dict[Name, Line] = Field(min_length=4, max_length=8, description="by names of your own; print is shuffled")
    arrows: tuple[Arrow, ...] = Field(min_length=2, max_length=12, description="those of one good web")
    ask: int | None = Field(
        default=None, ge=1, le=8, description="arrows to explain; default: as many as arrows:, at most 6"
    )
    give: tuple[int, ...] = Field(default=(), description="places of arrows that are printed")
    alt: Line | None = Field(default=None, description="what the drawing shows; default: the title")
    marks: int | None = Field(default=None, ge=1, le=60, description="default: two an arrow that is asked for")

    @model_validator(mode="before")
    @classmethod
    def _arrows_join_causes(cls, data: Any) -> Any:
        """Look at the names before they are sealed."""
        causes, arrows = data.get("causes"), data.get("arrows")
        if not isinstance(causes, Mapping) or not isinstance(arrows, list | tuple):
            return data
        for arrow in (one for one in arrows if isinstance(one, Mapping)):
            ends = [name for name in (arrow.get("from"), arrow.get("to")) if isinstance(name, str)]
            for name in ends:
                if name not in causes and (name != END or name == arrow.get("from")):
                    hint = did_you_mean(name, [*causes, END]) or "names are copied from causes:"
                    raise PydanticCustomError("no_cause", 'no cause is called "{name}"', {"name": name, "hint": hint})
            if len(ends) == 2 and ends[0] == ends[1]:
                raise PydanticCustomError(
                    "own_cause", '"{name}" leads to itself', {"name": ends[0], "hint": "name another cause"}
                )
        return data

    @model_validator(mode="after")
    def _given_are_rows(self) -> CauseWebActivity:
        for place in self.give:
            if not 1 <= place <= min(len(self.arrows), self.rows):
                raise PydanticCustomError(
                    "give_place",
                    "there is no place {place}: the table has {count} rows",
                    {"place": place, "count": self.rows, "hint": "give: names places of arrows from 1"},
                )
        return self

    @property
    def rows(self) -> int:
        """How many arrows are asked for."""
        return self.ask or min(len(self.arrows), 6)

    @property
    def total(self) -> int:
        """Two marks an arrow unless `marks` says otherwise."""
        return self.marks or 2 * self.rows

    def pose(self, level: Level, dice: Dice) -> Posed:
        """The causes shuffled round the outcome; letters follow their places."""
        order = dice.shuffled(tuple(self.causes))
        letters = {name: string.ascii_uppercase[n] for n, name in enumerate(order)} | {END: OUTCOME}
        ends = [(letters[reveal(arrow.from_)], letters[reveal(arrow.to)]) for arrow in self.arrows]
        given = [place in self.give for place in range(1, len(ends) + 1)]
        diagram = CauseWeb(
            kind="cause-web",
            outcome=self.outcome,
            causes=tuple(self.causes[name] for name in order),
            arrows=tuple(Sealed(f"{a}-{b}") for (a, b), shown in zip(ends, given, strict=True) if not shown),
            given=tuple(f"{a}-{b}" for (a, b), shown in zip(ends, given, strict=True) if shown),
            alt=self.alt or self.title,
        )
        rows = [
            Row(*ends[n], reveal(self.arrows[n].why)) if n < len(ends) and given[n] else Row() for n in range(self.rows)
        ]
        model = tuple(
            Drawn(seal(Line.parse(a)), seal(Line.parse(b)), arrow.why)
            for (a, b), arrow in zip(ends, self.arrows, strict=True)
        )
        return Posed(Puzzle(diagram, tuple(rows)), model)
