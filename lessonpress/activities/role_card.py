"""Roles to play: a card for each, and a record of what every speaker wanted and why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from lessonpress.model.activity import Posed
from lessonpress.model.base import Level, Model
from lessonpress.model.cards import Card, CutOut
from lessonpress.model.dice import Dice
from lessonpress.model.marking import Answer
from lessonpress.model.sealed import Sealed, reveal
from lessonpress.model.text import Line, Prose


class Role(Model):
    """Somebody to play: who they are, what they may say, and what listeners should write down."""

    role: Line
    brief: Line = Field(description="who you are and what you want, in the second person")
    says: tuple[Line, ...] = Field(default=(), max_length=5, description="points to make")
    record: tuple[Answer, ...] = Field(default=(), description="one for each column")


@dataclass(frozen=True)
class Puzzle:
    """The role cards, and the cells of the record that are printed, by role and column."""

    cards: tuple[Card, ...]
    given: tuple[tuple[Line | None, ...], ...]


class RoleCard(CutOut):
    """Roles to play."""

    example: ClassVar[str] = """
kind: role-card
title: Speak for a side in December 1925
minutes: 12
situation: |
  You are delegates. Should one leader hold so much power, and what about the peasants?
columns: [Side, Reason given]
roles:
  - role: Delegate for the Leningrad committee
    brief: You think that the peasants are favoured and that one man decides too much.
    says: [Ask who chose the other delegates, Remind them that nobody is above the party]
    record: [with Zinoviev, the party has become an office]
  - role: Delegate from a country district
    brief: You want calm. Peasants sell again, and your secretary has helped you.
    says: [Say that a split would ruin the party]
    record: [with the leadership, unity and open markets]
support: {given: 1}
outcome: |
  The leadership won by a wide margin, and the losing side lost its city within weeks.
"""
    shows: ClassVar[frozenset[str]] = frozenset({"roles"})

    kind: Literal["role-card"]
    situation: Prose | None = Field(default=None, description="printed above the record")
    columns: tuple[Line, ...] = Field(min_length=1, max_length=3, description="what listeners write down of each role")
    roles: tuple[Role, ...] = Field(min_length=2, max_length=12)
    given: int = Field(default=0, ge=0, le=11, description="roles, from the first, whose record is printed")
    outcome: Sealed[Prose] | None = Field(default=None, description="what really happened; for the key")
    marks: int | None = Field(default=None, ge=1, le=60, description="default: one a cell of the record")

    @model_validator(mode="after")
    def _records_fill_columns(self) -> RoleCard:
        for role in self.roles:
            if len(role.record) != len(self.columns):
                raise PydanticCustomError(
                    "role_record",
                    'the record of "{name}" has {got} entries, the table has {want} columns',
                    {"name": role.role.plain, "got": len(role.record), "want": len(self.columns)},
                )
        if self.given >= len(self.roles):
            raise PydanticCustomError(
                "given_roles", "with given: {given} nothing is left to write", {"given": self.given}
            )
        return self

    @property
    def total(self) -> int:
        """One mark a cell of the record unless `marks` says otherwise."""
        return self.marks or len(self.roles) * len(self.columns)

    def pose(self, level: Level, dice: Dice) -> Posed:
        """The roles in the author's order: speakers have theirs."""
        cards = tuple(Card("", (role.brief,), role.role, role.says) for role in self.roles)
        given = tuple(
            tuple(reveal(one) if number < self.given else None for one in role.record)
            for number, role in enumerate(self.roles)
        )
        record = tuple(
            tuple(None if number < self.given else one for one in role.record) for number, role in enumerate(self.roles)
        )
        return Posed(Puzzle(cards, given), record)
