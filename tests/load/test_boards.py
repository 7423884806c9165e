"""Boards: data files with papers, types of question, objectives and levels, and what is said of a wrong one."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from pydantic import TypeAdapter

from lessonpress.diagnostics import Diagnostic
from lessonpress.load import load
from lessonpress.load.boards import board_names, read_board
from lessonpress.load.files import known_of, read_file, validate
from lessonpress.model.base import Context, Course
from lessonpress.model.boards import Board
from lessonpress.model.lesson import Unit
from tests.activities.bench import ROOT, TEMPLATES, unit

PAPER = """name: A board
course: gcse
papers:
  - name: Paper 1
    marks: 20
    minutes: 40
    check: [minutes]
    questions:
      - {name: "1", stem: Describe two, skill: describe, marks: 4, minutes: 5}
      - {name: "2", stem: Explain, skill: explain, marks: 8, answer: 2, of: 3, check: [questions, minutes]}
aos: {describe: AO1, explain: [AO1, AO2]}
check: [aos]
"""


def parsed(tmp_path: Path, text: str) -> tuple[Board | None, list[Diagnostic]]:
    """A board file read, and what is said of it."""
    path = tmp_path / "board.yaml"
    path.write_text(text, "utf-8")
    problems: list[Diagnostic] = []
    document = read_file(path, lambda path: path.name, problems)
    found = validate(document, document.root, TypeAdapter(Board), Context(), problems, known_of(Board))
    return found, problems


def board(name: object, course: Course, templates: Path = TEMPLATES) -> tuple[Board, list[Diagnostic]]:
    """The board that a unit has for a course."""
    problems: list[Diagnostic] = []
    of_unit = Unit.model_validate({**unit().model_dump(exclude={"title", "subject", "licence"}), "title": "A unit",
                                   "subject": "History", "licence": "CC BY", "board": name})  # fmt: skip
    return read_board(templates, of_unit, course, lambda path: path.name, problems), problems


@pytest.mark.parametrize("name", board_names(TEMPLATES))
def test_every_board_is_sound(name: str) -> None:
    """The files that we ship are read without a word, and every course has one with papers."""
    problems: list[Diagnostic] = []
    document = read_file(TEMPLATES / "boards" / f"{name}.yaml", str, problems)
    found = validate(document, document.root, TypeAdapter(Board), Context(), problems, known_of(Board))
    assert problems == []
    assert bool(found.papers) == (found.course is not None)


def test_every_course_has_a_board() -> None:
    """A unit finds papers for GCSE, A-level and the IB."""
    text = [(TEMPLATES / "boards" / f"{name}.yaml").read_text("utf-8") for name in board_names(TEMPLATES)]
    for course in ("gcse", "alevel", "ib"):
        assert any(f"\ncourse: {course}\n" in one for one in text)


def test_a_unit_names_a_board_for_each_course() -> None:
    """The course chooses among the boards of a unit; one of another course, or none, leaves the generic levels."""
    named = {"gcse": "edexcel-gcse", "ib": "ib"}
    assert board(named, "gcse")[0].name.plain == "Edexcel GCSE"
    assert board(named, "ib")[0].name.plain == "IB Diploma"
    assert board(named, "alevel")[0].name.plain == "Generic levels"
    assert board("edexcel-gcse", "ib")[0].name.plain == "Generic levels"
    assert board("edexcel-gcse", "gcse")[0].papers


def test_levels_that_a_board_lacks_are_the_generic_ones() -> None:
    """A board file tells only what is its own."""
    found, _ = board("ib", "ib")
    assert 9 in found.levels["judgement"]
    assert 16 in found.levels["judgement"]
    assert 12 in found.levels["explain"]


def test_types_and_objectives_are_found_by_skill_and_marks(tmp_path: Path) -> None:
    """A question is told its type, its objectives and what of them must be checked."""
    found, problems = parsed(tmp_path, PAPER)
    assert problems == []
    assert found is not None
    paper, kind = found.type_of("explain", 8) or pytest.fail("no type")
    assert (paper.name.plain, kind.name.plain, kind.total, kind.printed) == ("Paper 1", "2", 16, 3)
    assert found.type_of("explain", 7) is None
    assert found.ao_of("explain") == ("AO1", "AO2")
    assert found.ao_of("essay") == found.ao_of(None) == ()
    assert found.unsure("explain", 8) == ("minutes", "questions")
    assert found.unsure("describe", 5) == ()


@pytest.mark.parametrize(
    ("old", "new", "code", "line", "said"),
    [
        ("marks: 20", "marks: 21", "paper-marks", 5, "the questions of the paper give 20 marks, the paper has 21"),
        ("minutes: 5", "minutes: 50", "paper-minutes", 6, "the questions of the paper take 50 minutes, the paper has 40"),
        ("of: 3,", "of: 3, numbers: [a, b],", "type-numbers", 10, "2 numbers stand here, the paper prints 3"),
        ("skill: describe", "skill: tell", "unknown-value", 9, '"tell" cannot stand here'),
        ("check: [aos]", "check: [colour]", "unknown-value", 12, '"colour" cannot stand here'),
        ("course: gcse", "corse: gcse", "unknown-key", 2, 'unknown key "corse"'),
        ("check: [aos]", "levels: {explain: {8: [{marks: 5-7, descriptor: a}, {marks: 1-4, descriptor: b}]}}",
         "board-top", 12, "the levels of explain do not end at 8 marks"),
        ("check: [aos]", "levels: {explain: {8: [{marks: 6-8, descriptor: a}, {marks: 1-4, descriptor: b}]}}",
         "scheme-gap", 12, "leave a gap"),
    ],
)  # fmt: skip
def test_wrong_board_files_are_told_with_their_place(
    tmp_path: Path, old: str, new: str, code: str, line: int, said: str
) -> None:
    """Totals that do not agree, unknown words and levels that do not meet are told at their line."""
    assert old in PAPER
    _, problems = parsed(tmp_path, PAPER.replace(old, new, 1))
    assert [(d.code, d.place.line) for d in problems] == [(code, line)]
    assert said in problems[0].message


def test_a_teacher_adds_a_board_as_a_file(tmp_path: Path) -> None:
    """A file among the boards is all there is to a new board: lessons and banks are marked by it."""
    templates = tmp_path / "templates"
    for name in ("boards", "frames", "labels", "themes"):
        shutil.copytree(TEMPLATES / name, templates / name, ignore=shutil.ignore_patterns("*.ttf"))
    (templates / "boards" / "ours.yaml").write_text(PAPER, "utf-8")
    content = shutil.copytree(ROOT / "tests" / "errors" / "sound", tmp_path / "unit")
    settings = content / "unit.yaml"
    settings.write_text(settings.read_text("utf-8") + "\nboard: ours\n", "utf-8")
    found = load(content, templates, lambda _: None)
    assert not found.has_errors
    assert found.units[0].board is not None
    assert {lesson.ao_of("explain") for lesson in found.units[0].lessons} == {("AO1", "AO2")}
    ib = load(content, templates, lambda _: None, "ib").units[0]
    assert {lesson.ao_of("explain") for lesson in ib.lessons} == {()}
