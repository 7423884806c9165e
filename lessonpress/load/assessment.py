"""The assessment of a unit: which questions it asks, and what is wrong with those that `unit.yaml` names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from lessonpress.diagnostics import Diagnostic, did_you_mean
from lessonpress.load.checks import place_of
from lessonpress.model.assessment import Assessment, chosen, first_whole
from lessonpress.model.banks import ExamQuestion
from lessonpress.model.base import Course
from lessonpress.model.boards import Board
from lessonpress.model.lesson import Unit
from lessonpress.model.refs import BROKEN
from lessonpress.source import Document


def assessment_of(unit: Unit, board: Board, questions: Mapping[str, ExamQuestion], course: Course) -> Assessment | None:
    """The questions that a unit names for a course, else the first paper that its bank fills; None without either."""
    names = unit.assessment.get(course)
    if names is None:
        return first_whole(board, questions.values(), course)
    found = [questions[name.lower()] for name in names if name.lower() in questions]
    return chosen(board, found) if len(found) == len(names) else None


def check_assessment(
    document: Document, unit: Unit, board: Board, questions: Mapping[str, Any], course: Course
) -> Iterator[Diagnostic]:
    """Questions that are not in the bank, that are named twice, or that are of no type of the course's board."""
    known = [entry.id for entry in questions.values() if entry is not BROKEN]
    for name, idents in unit.assessment.items():
        for index, ident in enumerate(idents):
            place = place_of(document, "assessment", name, index)
            question = questions.get(ident.lower())
            if question is None:
                hint = did_you_mean(ident, known) or "write it in the bank"
                yield Diagnostic("unknown-id", f'no entry "{ident}" in banks/questions.yaml', place, hint)
            elif ident.lower() in [one.lower() for one in idents[:index]]:
                yield Diagnostic("duplicate-id", f'"{ident}" is asked twice', place, "name another question")
            elif name == course and isinstance(question, ExamQuestion) and not _fits(board, question):
                what = f"{question.skill}, {question.marks} mark{'' if question.marks == 1 else 's'}"
                message = f'"{ident}" ({what}) is of no question type of the board {board.name}'
                yield Diagnostic("unfit-question", message, place, _fitting(board))


def _fits(board: Board, question: ExamQuestion) -> bool:
    return board.type_of(question.skill, question.marks) is not None


def _fitting(board: Board) -> str:
    """What the board asks for instead."""
    types = dict.fromkeys(f"{kind.skill} {kind.marks}" for _, kind in board.types())
    if not types:
        return "name a board with papers for this course under board:"
    return f"it asks: {', '.join(types)}"
