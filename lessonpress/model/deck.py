"""The slides that a lesson adds to its deck: a union on the layout, a field for each of its roles."""

from __future__ import annotations

from typing import Annotated, Any, Generic, Literal, TypeVar

from pydantic import BeforeValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from lessonpress.model.base import Model
from lessonpress.model.text import Line, Prose

D = TypeVar("D")


def as_text(value: Any) -> Any:
    """A list of points from one text or several."""
    return value if isinstance(value, list | tuple) else [value]


Points = Annotated[tuple[Line, ...], BeforeValidator(as_text)]


class Table(Model):
    """A table with a header row."""

    columns: tuple[Line, ...] = Field(min_length=2, max_length=6)
    rows: tuple[tuple[Line, ...], ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _rows_are_full(self) -> Table:
        for row in self.rows:
            if len(row) != len(self.columns):
                raise PydanticCustomError(
                    "table_row",
                    'the row "{row}" has {got} cells, the table has {want} columns',
                    {"row": row[0].plain if row else "", "got": len(row), "want": len(self.columns)},
                )
        return self


class Idea(Model, Generic[D]):
    """One idea on one slide: points, with a diagram, a table or alone."""

    title: Line
    points: Points = ()
    diagram: D | None = None
    table: Table | None = None
    notes: Prose


class Item(Model):
    """What every slide of a lesson's own has."""

    after: str = Field(description="a phase, or the id of an activity")
    title: Line
    notes: Prose = Field(description="what a cover teacher says and does")


class TitleBody(Item, Generic[D]):
    """Points, with a diagram or a table or alone."""

    layout: Literal["title-body"]
    points: Points = ()
    diagram: D | None = None
    table: Table | None = None


class Side(Model):
    """One of two columns."""

    head: Line
    points: Points


class TwoContent(Item):
    """Two columns with heads; the right one is the better answer."""

    layout: Literal["two-content"]
    left: Side
    right: Side
    task: Line | None = None


class Comparison(Item):
    """A table."""

    layout: Literal["comparison"]
    table: Table


class Hinge(Item):
    """A multiple-choice question for the whole class; it prints two slides."""

    layout: Literal["question"]
    ask: Line
    options: tuple[Line, ...] = Field(min_length=2, max_length=4)
    answer: Line
    why: dict[str, Line] = Field(default={}, description="the misconception behind each wrong option")

    @model_validator(mode="after")
    def _answer_is_an_option(self) -> Hinge:
        if self.answer.plain not in [option.plain for option in self.options]:
            raise PydanticCustomError("no_right_option", "the answer is not one of the options, word for word")
        return self


class Part(Model):
    """A named part of a model paragraph."""

    part: Line
    text: Line


class ModelAnswer(Item):
    """A model paragraph, its parts named."""

    layout: Literal["answer"]
    parts: tuple[Part, ...] = Field(min_length=2, max_length=6)


class TimelineSlide(Item, Generic[D]):
    """A diagram across the slide, and one sentence."""

    layout: Literal["timeline"]
    diagram: D
    line: Line | None = None


class TaskSlide(Item):
    """What to do on the sheet, with numbers and minutes."""

    layout: Literal["task"]
    tasks: tuple[int, ...] = Field(min_length=1, description="numbers on the sheet")
    minutes: int = Field(ge=1)
    steps: Points = ()
    stuck: Line | None = None
    finished: Line | None = None


class SectionSlide(Item):
    """A divider between parts of a long lesson."""

    layout: Literal["section"]
    points: Points = ()
