"""The board of a unit: the file that its course names, with the generic levels below its own."""

from __future__ import annotations

from pathlib import Path

from pydantic import TypeAdapter

from lessonpress.diagnostics import Diagnostic, did_you_mean
from lessonpress.load.checks import place_of
from lessonpress.load.files import Name, known_of, read_file, validate
from lessonpress.model.banks import Skill
from lessonpress.model.base import Context, Course
from lessonpress.model.boards import Board
from lessonpress.model.lesson import Unit
from lessonpress.source import Document

GENERIC = "generic"


def board_names(templates: Path) -> list[str]:
    """The boards that there are, by the names of their files."""
    return sorted(path.stem for path in (templates / "boards").glob("*.yaml"))


def unknown_boards(document: Document, unit: Unit, templates: Path) -> list[Diagnostic]:
    """The boards that a unit names and that are not there."""
    known, found = board_names(templates), []
    for name, course in {name: course for course, name in unit.board.items()}.items():
        if name not in known:
            hint = did_you_mean(name, known) or "known: " + ", ".join(known)
            place = place_of(document, "board", course)
            found.append(Diagnostic("unknown-board", f'no board is called "{name}"', place, hint))
    return found


def read_board(templates: Path, unit: Unit | None, course: Course, name: Name, problems: list[Diagnostic]) -> Board:
    """The board of a unit for a course; what it has no levels for has those of the generic one.

    A unit without a board for the course, or one with a board of another course, has the generic one.
    """
    generic = _read(templates, GENERIC, name, problems)
    called = unit.board.get(course, GENERIC) if unit is not None else GENERIC
    if called == GENERIC or called not in board_names(templates):
        return generic
    own = _read(templates, called, name, problems)
    if own.course not in (None, course):
        return generic
    levels = {skill: {**generic.levels.get(skill, {}), **own.levels.get(skill, {})} for skill in _skills(generic, own)}
    return own.model_copy(update={"levels": levels})


def _skills(*boards: Board) -> tuple[Skill, ...]:
    return tuple(dict.fromkeys(skill for board in boards for skill in board.levels))


def _read(templates: Path, stem: str, name: Name, problems: list[Diagnostic]) -> Board:
    """The board of a file; teachers may change it, so it is never trusted to be there or to be sound."""
    path = templates / "boards" / f"{stem}.yaml"
    empty = Board.model_validate({"name": stem})
    if not path.is_file():
        return empty
    document = read_file(path, name, problems)
    if document.root is None:
        return empty
    found = validate(document, document.root, TypeAdapter(Board), Context(), problems, known_of(Board))
    return found if isinstance(found, Board) else empty
