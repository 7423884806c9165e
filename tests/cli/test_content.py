"""`check`, `coverage`, `kinds`, `themes`, `schema`: what they print, and with which code they leave."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from lessonpress.activities import discover
from lessonpress.cli import run
from lessonpress.schema import json_schema
from lessonpress.theme import themes
from tests.tiny import TEMPLATES, Press, edit, write_unit

POINT = """S-1:
  claim: The post looked dull.
  verdict: imprecise
  accurate: It was.
  evidence: first paragraph
"""


@pytest.fixture
def unit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return write_unit(Path("content"), lessons=["01-first"])


def test_check_tells_every_problem(unit: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Warnings alone leave with 0; an error with 1."""
    assert run(["check"]) == 0
    told = capsys.readouterr()
    assert told.out == "1 lesson checked: 0 errors, 3 warnings\n"
    assert told.err.count("warning:") == 3
    edit(unit / "lessons" / "01-first.yaml", "minutes: 60", "minutes: sixty")
    assert run(["check", str(unit)]) == 1
    told = capsys.readouterr()
    assert told.out == "0 lessons checked: 1 error, 0 warnings\n"
    assert f"{unit.as_posix()}/lessons/01-first.yaml:4:10: error:" in told.err
    assert not Path("output").exists()


def test_check_as_json(unit: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A list of problems and nothing else."""
    assert run(["check", "--json"]) == 0
    assert {problem["severity"] for problem in json.loads(capsys.readouterr().out)} == {"warning"}
    (unit / "unit.yaml").unlink()
    assert run(["check", "--json"]) == 1
    assert [problem["code"] for problem in json.loads(capsys.readouterr().out)] == ["no-unit"]


def test_check_with_layout_looks_at_pages(
    unit: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Warnings of the pages are told with their file, errors leave with 1, and nothing is written."""
    press = Press()
    monkeypatch.setattr("lessonpress.build.render_all", press)
    press.warn = "Lesson first"
    assert run(["check", "--layout", "--theme", "classic"]) == 0
    told = capsys.readouterr()
    assert "tiny/students/01-first/worksheet.pdf: warning: a property is unknown\n" in told.err
    assert "tiny/teachers/01-first/deck.pptx: warning: a property is unknown\n" in told.err
    press.fail = "Ask something"
    assert run(["check", "--layout", "--json"]) == 1
    codes = [problem["code"] for problem in json.loads(capsys.readouterr().out)]
    assert "render-failed" in codes
    assert not Path("output").exists()


def test_coverage_shows_where_a_point_is_taught(unit: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Nowhere at first; then in the lesson whose activity covers it and holds its evidence."""
    (unit / "specification.yaml").write_text(POINT, "utf-8")
    assert run(["coverage"]) == 1
    assert capsys.readouterr().out == "S-1  imprecise  NOT TAUGHT\n0 of 1 points taught\n"
    lesson = unit / "lessons" / "01-first.yaml"
    edit(lesson, "title: Answer from the reading", "title: Answer from the reading\n    covers: [S-1]")
    assert run(["coverage"]) == 1
    capsys.readouterr()
    edit(lesson, "Ask something that the reading answers.", "Ask of the first paragraph.")
    assert run(["coverage"]) == 0
    assert capsys.readouterr().out == "S-1  imprecise  lesson 1 (answer-from-the-reading)\n1 of 1 points taught\n"


def test_kinds_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    """A line for each, in order, with what it is."""
    assert run(["kinds"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines] == list(discover())
    assert all(len(line.split()) > 3 for line in lines)


def test_themes_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    """A line for each theme that can be chosen."""
    assert run(["themes"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines] == list(themes(TEMPLATES))
    assert {"classic", "constructivist"} <= {line.split()[0] for line in lines}


def test_the_schema_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    """The very schema that lessons are checked with."""
    assert run(["schema"]) == 0
    assert json.loads(capsys.readouterr().out) == json_schema()
