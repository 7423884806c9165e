"""What every kind of activity has, and what posing one gives."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any, ClassVar
from unicodedata import category

from pydantic import Field, StringConstraints

from lessonpress.model.base import Level, Model
from lessonpress.model.dice import Dice
from lessonpress.model.sealed import Sealed
from lessonpress.model.text import Line, Prose

PHASES = ("starter", "input", "main", "optional", "plenary", "homework")
TIMED = ("starter", "input", "main", "plenary")
"""The phases whose minutes must fit the lesson; the others are done elsewhere or only by some."""

# Small ASCII letters and figures, and the letters of any other alphabet.
Slug = Annotated[str, StringConstraints(pattern=r"^[^\x00-/:-`{-\x7f\s]+(-[^\x00-/:-`{-\x7f\s]+)*$", max_length=60)]
Claim = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9]+(-[A-Za-z0-9]+)*$", to_upper=True)]


@dataclass(frozen=True, slots=True)
class Posed:
    """One activity as it is put to pupils: what they see, and the solution under seal.

    `order` holds the numbers of its questions as the author wrote them, in the order in which they are put; empty
    where that is the author's.
    """

    puzzle: Any
    solution: Any = None
    order: tuple[int, ...] = ()


class Activity(Model):
    """One thing that pupils do. A kind is a subclass with `kind: Literal[...]`, an `example` and `pose`."""

    example: ClassVar[str] = ""
    """A complete activity of this kind, in YAML."""
    shows: ClassVar[frozenset[str]] = frozenset()
    """Fields with answers that the sheet shows on purpose, shuffled or in part."""
    numbered: ClassVar[bool] = True
    """Whether the activity takes a number on the sheet."""
    on_paper: ClassVar[bool] = True
    """Whether the activity prints on the worksheet."""
    drawn_once: ClassVar[bool] = False
    """Whether every version draws the same: the class does it together, from the slide."""
    answers_elsewhere: ClassVar[bool] = False
    """Whether other activities may print its answers: words of the lesson (not beside their clue), samples out of many."""

    kind: str
    id: Slug | None = Field(default=None, description="slides are placed by it; default: the slug of the title")
    title: Line = Field(description="says what to do")
    minutes: int = Field(default=0, ge=0, le=240)
    covers: tuple[Claim, ...] = Field(default=(), max_length=4, description="points of the specification, at most four")
    instruction: Line | None = Field(default=None, description="one line under the heading")
    notes: Prose | None = Field(default=None, description="for the teacher only")
    levels: tuple[Level, ...] = Field(default=("support", "core", "challenge"), description="the levels that do it")
    date_ok: str | None = Field(default=None, description="why a date that stands in no bank is right")

    @property
    def name(self) -> str:
        """The id, or the slug of the title."""
        return self.id or slug(self.title.plain)

    @property
    def total(self) -> int:
        """The marks of the activity."""
        return 0

    @property
    def exhibits(self) -> int:
        """How many letters (Source A, B ...) the activity takes from the run of the sheet."""
        return 0

    @property
    def cut_out(self) -> bool:
        """Whether the activity has cards to cut out, which print as a document of their own."""
        return False

    @property
    def points(self) -> tuple[tuple[str, str], ...]:
        """Points covered by a part of the activity: claim and the part's key (`data-q` suffix)."""
        return ()

    @property
    def links(self) -> tuple[tuple[Line, Sealed[Line]], ...]:
        """Pairs that pupils are to join; no other activity may join them."""
        return ()

    def by_guessing(self, puzzle: Any) -> float:
        """The marks that a pupil may expect who chooses by chance among what the posed puzzle offers."""
        return 0.0

    def pose(self, level: Level, dice: Dice) -> Posed:
        """The activity as it is put at a level."""
        return Posed(self)


class AnyOrder(Activity):
    """An activity whose questions may stand in any order, because none leans on another."""

    shuffle: bool = Field(default=False, description="the questions stand in a drawn order, another in each version")

    def drawn_order(self, count: int, dice: Dice) -> tuple[int, ...]:
        """The numbers of `count` questions, from 1, in the order in which they are put."""
        numbers = tuple(range(1, count + 1))
        return dice.shuffled(numbers) if self.shuffle else numbers


def slug(text: str) -> str:
    """Text as an id: lower-case words with hyphens; words of another alphabet stay in it."""
    bare = [c for c in text.lower() if c not in "’'" and category(c) != "Mn"]
    letters = [c for c in bare if c.isalpha()]
    is_latin = 2 * sum(map(str.isascii, letters)) >= len(letters)
    words = "".join(c if c.isalnum() and (c.isascii() or not is_latin) else " " for c in bare).split()
    return "-".join(words)[:60].strip("-") or "activity"
