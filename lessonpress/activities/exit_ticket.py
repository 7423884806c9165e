"""A short check at the end of the lesson, without marks."""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import Field

from lessonpress.model.activity import Activity
from lessonpress.model.question import Prompt


class ExitTicket(Activity):
    """One to three prompts to answer before leaving."""

    example: ClassVar[str] = """
kind: exit-ticket
title: Before you go
minutes: 4
prompts:
  - {ask: "Filing cabinet (0) or throne (10)? Why there?", answer_space: 2, answer: "a number with one piece of evidence"}
"""
    numbered: ClassVar[bool] = False
    answers_elsewhere: ClassVar[bool] = True

    kind: Literal["exit-ticket"]
    prompts: tuple[Prompt, ...] = Field(min_length=1, max_length=4)
