"""Questions with a few lines each, perhaps on a chart or a diagram."""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import Field

from lessonpress.diagrams import AnyDiagram
from lessonpress.model.activity import AnyOrder, Posed
from lessonpress.model.base import Level
from lessonpress.model.dice import Dice
from lessonpress.model.question import Question
from lessonpress.model.text import Prose


class ShortAnswer(AnyOrder):
    """Questions answered in a sentence or two."""

    example: ClassVar[str] = """
kind: short-answer
title: Read the vote
minutes: 5
intro: |
  At the 14th Congress 559 delegates voted for the leadership and 65 against it.
questions:
  - {ask: About what share voted against?, answer: about one in ten, marks: 1}
  - ask: Why did nobody outside Leningrad vote against?
    marks: 2
    answer: Local secretaries had managed the elections of delegates.
    mark_scheme: {credit: [secretaries were placed by the centre, they managed local elections]}
"""

    kind: Literal["short-answer"]
    intro: Prose | None = None
    diagram: AnyDiagram | None = None
    chart: AnyDiagram | None = None
    questions: tuple[Question, ...] = Field(min_length=1)

    @property
    def total(self) -> int:
        """The marks of all questions."""
        return sum(question.marks for question in self.questions)

    def pose(self, level: Level, dice: Dice) -> Posed:
        """The questions in the author's order, or in a drawn one."""
        order = self.drawn_order(len(self.questions), dice)
        return Posed(tuple(self.questions[number - 1] for number in order), order=order)
