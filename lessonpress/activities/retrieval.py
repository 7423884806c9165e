"""A do-now from memory: questions on earlier lessons and on what pupils knew before the unit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any, ClassVar, Literal

from pydantic import BeforeValidator, Field, ValidationInfo, model_validator
from pydantic.json_schema import SkipJsonSchema
from pydantic_core import PydanticCustomError

from lessonpress.model.activity import Activity, Posed
from lessonpress.model.banks import QuizItem
from lessonpress.model.base import Level, Model, context
from lessonpress.model.dice import Dice
from lessonpress.model.marking import Answer
from lessonpress.model.refs import QuizRef


class Numbers(Model):
    """How many questions come from where: numbers of questions, not of lessons."""

    last: int = Field(default=0, ge=0, le=12, description="from the lesson before")
    earlier: int = Field(default=0, ge=0, le=12, description="from the lessons before that")
    prior: int = Field(default=0, ge=0, le=12, description="on what was known before the unit")

    @property
    def count(self) -> int:
        """All of them."""
        return self.last + self.earlier + self.prior


@dataclass(frozen=True)
class Pool:
    """The questions that a lesson may draw on."""

    last: tuple[QuizItem, ...] = ()
    earlier: tuple[QuizItem, ...] = ()
    prior: tuple[QuizItem, ...] = ()


@dataclass(frozen=True)
class Solution:
    """The answer of each question, and what else is right."""

    answers: tuple[Answer, ...]
    accept: tuple[tuple[Answer, ...], ...]


def _pool(value: Any, info: ValidationInfo) -> Pool:
    pool = context(info).pool
    return Pool(*pool) if pool else Pool()


class Retrieval(Activity):
    """Questions drawn by number, or picked by id; the answers come from the quiz bank."""

    example: ClassVar[str] = """
kind: retrieval
title: What do you remember?
minutes: 5
from: {last: 2, earlier: 1, prior: 1}
"""
    numbered: ClassVar[bool] = False
    drawn_once: ClassVar[bool] = True

    kind: Literal["retrieval"]
    from_: Numbers = Field(alias="from")
    pick: tuple[QuizRef, ...] = Field(default=(), description="ids to use; the rest is drawn")
    pool: SkipJsonSchema[Annotated[Pool, BeforeValidator(_pool)]] = Field(
        default=Pool(), validate_default=True, exclude=True
    )

    @model_validator(mode="after")
    def _enough(self) -> Retrieval:
        if not 1 <= self.from_.count <= 12:
            raise PydanticCustomError(
                "retrieval_count", "a retrieval asks 1 to 12 questions, not {count}", {"count": self.from_.count}
            )
        if len(self.pick) > self.from_.count:
            raise PydanticCustomError(
                "retrieval_pick",
                "{picked} questions are picked, but from: asks for {count}",
                {"picked": len(self.pick), "count": self.from_.count},
            )
        for name in ("last", "earlier", "prior"):
            wanted, there = getattr(self.from_, name), len(getattr(self.pool, name))
            if self.pool != Pool() and wanted > there:
                raise PydanticCustomError(
                    "retrieval_pool",
                    "from: {name} asks for {wanted} questions, the quiz bank has {there}",
                    {"name": name, "wanted": wanted, "there": there},
                )
        if self.pool != Pool():
            self._check_picks()
        return self

    def _check_picks(self) -> None:
        """Every picked question can be asked: it is from its part of the pool, once, and not one too many."""
        ids = [item.id for item in self.pick]
        parts = {name: [item.id for item in getattr(self.pool, name)] for name in ("last", "earlier", "prior")}
        for item in ids:
            if ids.count(item) > 1 or not any(item in part for part in parts.values()):
                raise PydanticCustomError(
                    "retrieval_pick",
                    'pick: "{id}" stands here twice, or is from no lesson before this one',
                    {"id": item},
                )
        for name, part in parts.items():
            picked, wanted = sum(item in part for item in ids), getattr(self.from_, name)
            if picked > wanted:
                raise PydanticCustomError(
                    "retrieval_pick",
                    "{picked} questions of {name} are picked, but from: asks for {wanted}",
                    {"picked": picked, "name": name, "wanted": wanted},
                )

    def pose(self, level: Level, dice: Dice) -> Posed:
        """The picked questions, then drawn ones until each number is met."""
        chosen: list[QuizItem] = []
        for name in ("last", "earlier", "prior"):
            pool: tuple[QuizItem, ...] = getattr(self.pool, name)
            wanted = getattr(self.from_, name)
            ids = {item.id for item in pool}
            picked = [item for item in self.pick if item.id in ids]
            rest = [item for item in pool if item.id not in {p.id for p in picked}]
            chosen += [*picked, *dice.sample(rest, wanted - len(picked))]
        solution = Solution(tuple(item.answer for item in chosen), tuple(item.accept for item in chosen))
        return Posed(tuple(item.ask for item in chosen), solution)
