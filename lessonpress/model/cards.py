"""Cards to cut out: what the kinds that deal them share."""

from __future__ import annotations

import string
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal, TypeVar

from pydantic import Field

from lessonpress.model.activity import Activity
from lessonpress.model.dice import Dice
from lessonpress.model.text import Line

T = TypeVar("T")

DRAWS = 30
"""After so many draws every order gives something away: the last one is taken."""


@dataclass(frozen=True, slots=True)
class Card:
    """A card: the sign in its corner, its text a paragraph a line, perhaps a heading and points below."""

    sign: str
    text: tuple[Line, ...]
    head: Line | None = None
    points: tuple[Line, ...] = ()


@dataclass(frozen=True, slots=True)
class LoopCard:
    """A card of a loop: its number, what it has and what it asks."""

    sign: str
    has: Line
    asks: Line


class CutOut(Activity):
    """An activity whose cards are cut out, or which is printed as a table with nothing to cut."""

    form: Literal["cards", "table"] = Field(
        default="cards", alias="as", description="cards to cut out, or a table with nothing to cut"
    )

    @property
    def cut_out(self) -> bool:
        """Whether cards are printed, on pages of their own."""
        return self.form == "cards"


def lettered(cards: Sequence[Line]) -> tuple[Card, ...]:
    """A card of each line, under the letters of the alphabet."""
    return tuple(Card(letter, (line,)) for letter, line in zip(string.ascii_uppercase, cards, strict=False))


def mixed(items: Sequence[T], tells: Callable[[tuple[T, ...]], bool], dice: Dice) -> tuple[T, ...]:
    """The items in a drawn order that does not tell anything, as far as there is such an order."""
    order = dice.shuffled(items)
    for _ in range(DRAWS):
        if not tells(order):
            break
        order = dice.shuffled(items)
    return order
