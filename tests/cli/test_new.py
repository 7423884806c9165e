"""`lessonpress new`: what it writes builds as it stands."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from lessonpress.activities import discover
from lessonpress.cli import run
from lessonpress.cli.new import OWN_SCHEMA_LINE
from tests.tiny import Press

TITLES = ["My first unit", 'The "great" war: 1914-18', "Überblick \\ #1", "1848"]


@pytest.fixture(autouse=True)
def in_an_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize("title", TITLES)
def test_a_new_unit_builds(title: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Whatever signs its title has, every document of it is made."""
    monkeypatch.setattr("lessonpress.build.render_all", Press())
    assert run(["new", "unit", title]) == 0
    assert capsys.readouterr().out.count("wrote content/") == 2
    assert run(["check"]) == 0
    assert run(["build"]) == 0
    assert "16 files written" in capsys.readouterr().out


@pytest.mark.slow
def test_a_new_unit_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    """By the real printers, with no error."""
    assert run(["new", "unit", "Printed"]) == 0
    assert run(["build", "--jobs", "1", "--levels", "core"]) == 0
    assert len(list(Path("output").rglob("*.pdf"))) == 9
    assert len(list(Path("output").rglob("deck.pptx"))) == 1


def test_a_new_lesson_gets_the_next_number(capsys: pytest.CaptureFixture[str]) -> None:
    """After the highest, and with the line that editors read."""
    run(["new", "unit", "One"])
    assert run(["new", "lesson", "What came next?"]) == 0
    assert "wrote content/one/lessons/02-what-came-next.yaml" in capsys.readouterr().out
    Path("content/one/lessons/02-what-came-next.yaml").rename("content/one/lessons/09-what-came-next.yaml")
    assert run(["new", "lesson", "At last", "--content", "content/one"]) == 0
    path = Path("content/one/lessons/10-at-last.yaml")
    assert path.read_text("utf-8").startswith(OWN_SCHEMA_LINE + 'title: "At last"\n')
    assert run(["check"]) == 0


def test_with_two_units_a_lesson_says_which(capsys: pytest.CaptureFixture[str]) -> None:
    """The units are named; one is chosen with --unit."""
    run(["new", "unit", "One"])
    run(["new", "unit", "Two"])
    assert run(["new", "lesson", "More"]) == 2
    assert "say which unit with --unit: one, two" in capsys.readouterr().err
    assert run(["new", "lesson", "More", "--unit", "two"]) == 0
    assert Path("content/two/lessons/02-more.yaml").is_file()
    assert run(["new", "lesson", "More", "--unit", "three"]) == 2
    assert "there is no unit" in capsys.readouterr().err


def test_nothing_is_written_over(capsys: pytest.CaptureFixture[str]) -> None:
    """A second unit of the same name is refused."""
    run(["new", "unit", "One"])
    Path("content/one/unit.yaml").write_text("mine", "utf-8")
    assert run(["new", "unit", "One"]) == 2
    assert "content/one/unit.yaml is there already; nothing was written" in capsys.readouterr().err
    assert Path("content/one/unit.yaml").read_text("utf-8") == "mine"


@pytest.mark.parametrize("kind", discover())
def test_an_activity_can_be_pasted_into_a_lesson(kind: str, capsys: pytest.CaptureFixture[str]) -> None:
    """It is a list of one, of that kind."""
    assert run(["new", "activity", kind]) == 0
    text = capsys.readouterr().out
    (found,) = yaml.load(text, Loader=yaml.CSafeLoader)
    assert found["kind"] == kind
    assert all(line.startswith(("- ", "  ")) or not line for line in text.splitlines())


def test_an_unknown_kind_leaves_with_2(capsys: pytest.CaptureFixture[str]) -> None:
    """A kind that does not exist is wrong usage."""
    assert run(["new", "activity", "clze"]) == 2
    assert 'no kind is called "clze"; did you mean "cloze"' in capsys.readouterr().err
    assert run(["new", "activity", "zzz"]) == 2
    assert f"known: {', '.join(discover())}" in capsys.readouterr().err
