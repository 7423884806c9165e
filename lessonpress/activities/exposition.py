"""What the teacher tells: slides only, one idea each, nothing on the sheet."""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import Field

from lessonpress.diagrams import AnyDiagram
from lessonpress.model.activity import Activity
from lessonpress.model.deck import Idea


class Slide(Idea[AnyDiagram]):
    """One idea on one slide."""


class Exposition(Activity):
    """A run of slides that the teacher talks to."""

    example: ClassVar[str] = """
kind: exposition
title: Three bodies at the top
minutes: 6
slides:
  - title: Congress, Central Committee, Politburo
    points: [The congress elects the Central Committee, The Central Committee elects the Politburo]
    notes: |
      Point to each body in turn and ask who elects whom. About two minutes.
"""
    numbered: ClassVar[bool] = False
    on_paper: ClassVar[bool] = False

    kind: Literal["exposition"]
    slides: tuple[Slide, ...] = Field(min_length=1)
