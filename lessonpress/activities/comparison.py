"""A table to complete: cells given, blank, or left to the pupil's own judgement."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any, ClassVar, Literal

from pydantic import BeforeValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from lessonpress.model.activity import Activity, Posed
from lessonpress.model.base import Level, Model
from lessonpress.model.dice import Dice
from lessonpress.model.marking import Answer
from lessonpress.model.sealed import reveal
from lessonpress.model.text import Line, plain


class Cell(Model):
    """One cell: an answer to write, text that is given, or an open judgement with a sample."""

    answer: Answer | None = None
    full: Answer | None = Field(default=None, description="the whole answer where the cell holds a short form")
    given: Line | None = None
    open: Answer | None = None

    @model_validator(mode="after")
    def _one_thing(self) -> Cell:
        if sum(x is not None for x in (self.answer, self.given, self.open)) != 1:
            raise PydanticCustomError("cell", "a cell is an answer, or one of given: and open:")
        return self


def _cell(value: Any) -> Any:
    return {"answer": value} if isinstance(value, str | int | float) else value


class Row(Model):
    """A named row of cells."""

    head: Line
    cells: tuple[Annotated[Cell, BeforeValidator(_cell)], ...]


def _rows(value: Any) -> Any:
    if isinstance(value, dict):
        return [{"head": head, "cells": cells} for head, cells in value.items()]
    return value


@dataclass(frozen=True)
class View:
    """A cell as it is put: `text` where something is printed in it; `open` for a judgement."""

    text: Line | None
    open: bool = False


@dataclass(frozen=True)
class Puzzle:
    """Column heads, and rows of cells; `examples` tells which rows are printed filled."""

    columns: tuple[Line, ...]
    heads: tuple[Line, ...]
    rows: tuple[tuple[View, ...], ...]
    examples: tuple[bool, ...]

    @property
    def judged(self) -> tuple[bool, ...]:
        """Of each column after the first, whether all that it asks for is the pupils' own judgement."""
        asked = [row for row, is_example in zip(self.rows, self.examples, strict=True) if not is_example]
        return tuple(all(row[n].open for row in asked) for n in range(len(self.columns) - 1))


class Comparison(Activity):
    """A table with blanks."""

    example: ClassVar[str] = """
kind: comparison
title: Weigh each claim
minutes: 10
columns: [Claim, Evidence for, A limit, Your word]
rows:
  Politburo agenda: [The Secretariat prepared papers, {given: "Kamenev, then Rykov, chaired"}, {open: influenced}]
  Rivals' places: [Supporters could be moved, Removal took a vote, {open: did not control}]
support: {give: [[Politburo agenda, Evidence for]]}
"""
    shows: ClassVar[frozenset[str]] = frozenset({"rows"})

    kind: Literal["comparison"]
    columns: tuple[Line, ...] = Field(min_length=2, max_length=6, description="the first heads the row names")
    rows: Annotated[tuple[Row, ...], BeforeValidator(_rows)] = Field(
        min_length=2, json_schema_extra={"type": "object", "additionalProperties": {"type": "array"}}
    )
    example_row: str | None = Field(default=None, alias="example", description="the row that is printed filled")
    give: tuple[tuple[str, str], ...] = Field(default=(), description="cells printed at this level: [row, column]")
    marks: int | None = Field(default=None, ge=1, le=60, description="default: one a blank")

    @model_validator(mode="after")
    def _fits(self) -> Comparison:
        wanted = len(self.columns) - 1
        for row in self.rows:
            if len(row.cells) != wanted:
                raise PydanticCustomError(
                    "table_row",
                    'the row "{row}" has {got} cells, the table has {want} columns for them',
                    {"row": row.head.plain, "got": len(row.cells), "want": wanted},
                )
        heads, columns = [_key(row.head) for row in self.rows], [_key(c) for c in self.columns[1:]]
        for row_name, column in (*self.give, *(((self.example_row, ""),) if self.example_row else ())):
            if _key(row_name) not in heads:
                raise PydanticCustomError("table_name", 'no row is called "{name}"', {"name": row_name})
            if column and _key(column) not in columns:
                raise PydanticCustomError("table_name", 'no column is called "{name}"', {"name": column})
        return self

    @property
    def total(self) -> int:
        """One mark a blank unless `marks` says otherwise."""
        if self.marks:
            return self.marks
        rows = [row for row in self.rows if _key(row.head) != _key(self.example_row or "")]
        return sum(cell.given is None for row in rows for cell in row.cells)

    def pose(self, level: Level, dice: Dice) -> Posed:
        """Given cells and the example row open, all others blank."""
        give = {(_key(row), _key(column)) for row, column in self.give}
        rows, answers, examples = [], [], []
        for row in self.rows:
            is_example = self.example_row is not None and _key(row.head) == _key(self.example_row)
            views, solution = [], []
            for column, cell in zip(self.columns[1:], row.cells, strict=True):
                shown = is_example or (_key(row.head), _key(column)) in give
                answer = cell.answer if cell.answer is not None else cell.open
                text = reveal(answer) if shown and answer is not None else cell.given
                views.append(View(text, cell.open is not None))
                solution.append(None if shown or cell.given is not None else cell)
            rows.append(tuple(views))
            answers.append(tuple(solution))
            examples.append(is_example)
        return Posed(
            Puzzle(self.columns, tuple(row.head for row in self.rows), tuple(rows), tuple(examples)), tuple(answers)
        )


def _key(text: Line | str) -> str:
    return plain(text).strip().lower()
