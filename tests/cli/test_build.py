"""`lessonpress build`: its options, what it says, its exit codes."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import pytest

from lessonpress.cli import run
from lessonpress.cli.options import source_date, templates_folder
from lessonpress.compose.documents import DOCUMENTS
from lessonpress.compose.jobs import HtmlDocument
from lessonpress.errors import UsageError
from lessonpress.options import Options
from lessonpress.outcome import Outcome
from tests.tiny import TEMPLATES, Press, edit, files, write_unit

CORE = ["--only", "worksheet,answer-key", "--levels", "core"]
FIRST = ["tiny/students/01-first/worksheet.pdf", "tiny/teachers/01-first/answer-key.pdf"]


@pytest.fixture
def unit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A unit in ./content, which is where the command looks."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    return write_unit(Path("content"), lessons=["01-first"])


def events(told: str) -> list[dict[str, Any]]:
    """What `--json` printed, a line each."""
    return [json.loads(line) for line in told.splitlines()]


@pytest.fixture
def press(monkeypatch: pytest.MonkeyPatch) -> Press:
    made = Press()
    monkeypatch.setattr("lessonpress.build.render_all", made)
    return made


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[Options]:
    """The options of builds that are not done."""
    seen: list[Options] = []

    def note(options: Options, watch: object) -> Outcome:
        seen.append(options)
        return Outcome()

    monkeypatch.setattr("lessonpress.build.build", note)
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    return seen


def test_every_option_reaches_the_build(asked: list[Options], monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing that is typed is lost on the way."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "86400")
    args = "build 1 02-two --content c --output o --only deck,worksheet --levels challenge,core --course ib --seed 9 --paper letter --punched --profile dyslexia --theme classic --jobs 3 --strict --versions 4 --roster r.csv --each"
    assert run(args.split()) == 0
    expected = Options(
        Path("c"),
        Path("o"),
        TEMPLATES,
        ("1", "02-two"),
        ("worksheet", "deck"),
        ("core", "challenge"),
        "ib",
        9,
        paper="letter",
        punched=True,
        profile="dyslexia",
        theme="classic",
        jobs=3,
        strict=True,
        revised="1970-01-02",
        versions=4,
        roster=Path("r.csv"),
        each=True,
    )
    assert asked == [expected]


@pytest.mark.parametrize(
    ("args", "said"),
    [
        ("--profile large-prin", 'no profile is called "large-prin": did you mean "large-print"?'),
        ("--paper legal", 'no paper is called "legal": there are a4, letter'),
        ("--profile low-ink --only deck", "a deck has no paper and no profile"),
    ],
)
def test_a_profile_or_paper_that_is_not_there(
    unit: Path, args: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """A wrong name is told with the right ones, and nothing is built."""
    assert run(["build", *args.split()]) == 2
    assert said in capsys.readouterr().err
    assert not Path("output").exists()


def test_profile_and_paper_have_a_folder_of_their_own(unit: Path, press: Press) -> None:
    """Files of a profile and a paper stand in folders below the lesson; the deck, which has neither, is left out."""
    assert run(["build", "--paper", "letter", "--punched", "--profile", "large-print", "--levels", "core"]) == 0
    made = {Path(name) for name in files(Path("output"))}
    assert {path.parent.as_posix() for path in made} == {
        *(f"tiny/{tree}/01-first/letter-punched/large-print" for tree in ("students", "teachers")),
        *(f"tiny/{tree}/letter-punched/large-print" for tree in ("students", "teachers")),
    }
    assert {"worksheet.pdf", "reading.pdf", "answer-key.pdf"} < {path.name for path in made}
    assert {path.suffix for path in made} == {".pdf"}


def test_without_options_everything_is_built(asked: list[Options]) -> None:
    """content/ to output/, every document, every level, a worker for each core."""
    assert run(["build"]) == 0
    (options,) = asked
    plain = Options(Path("content"), Path("output"), TEMPLATES)
    assert options.jobs >= 1
    assert (options.only, options.levels, options.revised) == (DOCUMENTS, plain.levels, None)
    assert (options.content, options.output) == (plain.content, plain.output)


def test_what_was_done_is_told(unit: Path, press: Press, capsys: pytest.CaptureFixture[str]) -> None:
    """Files written, the seed that was used; then that nothing was stale; then what was removed."""
    assert run(["build", *CORE]) == 0
    assert capsys.readouterr().out == "2 files written, 0 were fresh (seed 1)\n"
    assert run(["build", *CORE]) == 0
    assert capsys.readouterr().out == "nothing was stale: 2 files are fresh\n"
    (unit / "lessons" / "01-first.yaml").rename(unit / "lessons" / "01-new.yaml")
    assert run(["build", *CORE]) == 0
    told = capsys.readouterr().out
    assert f"removed {FIRST[0]}: the content does not make it any more\n" in told
    assert sorted(files(Path("output"))) == [path.replace("first", "new") for path in FIRST]


def test_problems_are_told_with_their_place(unit: Path, press: Press, capsys: pytest.CaptureFixture[str]) -> None:
    """A warning names the file, the line and the text; --quiet keeps it."""
    run(["build", *CORE])
    told = capsys.readouterr().err
    assert "content/tiny/lessons/01-first.yaml:13:5: warning: the reading has 22 words" in told
    assert "   13 |     text: |\n" in told
    assert run(["build", "--quiet", *CORE]) == 0
    assert capsys.readouterr() == ("", "")


def test_errors_leave_with_1_and_the_rest_is_built(
    unit: Path, press: Press, capsys: pytest.CaptureFixture[str]
) -> None:
    """--quiet tells errors all the same; --strict builds nothing."""
    write_unit(Path("content"), "other", ["01-first"])
    edit(unit / "lessons" / "01-first.yaml", "minutes: 60", "minutes: sixty")
    assert run(["build", "--strict", *CORE]) == 1
    assert "nothing was built" in capsys.readouterr().err
    assert not Path("output").exists()
    assert run(["build", "--quiet", *CORE]) == 1
    told = capsys.readouterr()
    assert told.out == ""
    assert "content/tiny/lessons/01-first.yaml:4:10: error:" in told.err
    assert len(files(Path("output"))) == 2


def test_a_failed_print_leaves_with_1(unit: Path, press: Press, capsys: pytest.CaptureFixture[str]) -> None:
    """What failed is told; nothing of it is written."""
    press.fail = "Ask something"
    assert run(["build", *CORE]) == 1
    told = capsys.readouterr()
    assert told.out == ""
    assert "2 files failed; what stood there before is left as it was" in told.err
    assert files(Path("output")) == {}


def test_a_question_that_moved_is_no_file_left_as_it_was(
    unit: Path, press: Press, capsys: pytest.CaptureFixture[str]
) -> None:
    """A key that does not match its sheet is there to be looked at."""
    press.shift = 1.0
    assert run(["build", *CORE]) == 1
    assert capsys.readouterr().err.endswith("1 file failed\n")
    assert FIRST[1] in files(Path("output"))


def test_the_outcome_as_json(unit: Path, press: Press, capsys: pytest.CaptureFixture[str]) -> None:
    """One object on standard output and nothing else, even where something is wrong."""
    edit(unit / "unit.yaml", "theme: classic", "theme: constructivist")
    assert run(["build", "--json", *CORE]) == 0
    told = capsys.readouterr()
    lines = events(told.out)
    assert [(e["path"], e["pages"], e["made"]) for e in lines if e["event"] == "done"] == [(p, 1, True) for p in FIRST]
    assert [(e["stale"], e["fresh"], e["all"]) for e in lines if e["event"] == "planned"][-1] == (2, 0, True)
    data = lines[-1]
    assert (data["event"], data["ok"], data["written"]) == ("outcome", True, FIRST)
    assert (data["fresh"], data["removed"], data["failed"], data["seeds"]) == ([], [], [], [1])
    problems = [e for e in lines if e["event"] == "diagnostic"]
    assert {"code", "severity", "message", "file", "line"} <= set(problems[0])
    assert told.err == ""
    run(["build", "--json", *CORE])
    assert events(capsys.readouterr().out)[-1]["fresh"] == FIRST


def test_errors_as_json(unit: Path, press: Press, capsys: pytest.CaptureFixture[str]) -> None:
    """Where nothing can be built, the problems are told as JSON too."""
    (unit / "unit.yaml").unlink()
    assert run(["build", "--json", *CORE]) == 1
    problem, data = events(capsys.readouterr().out)
    assert (problem["event"], problem["code"]) == ("diagnostic", "no-unit")
    assert (data["ok"], data["written"]) == (False, [])


def test_timings_name_every_stage(unit: Path, press: Press, capsys: pytest.CaptureFixture[str]) -> None:
    """And the slowest documents: on standard error, so that --json stays sound."""
    run(["build", "--timings", "--quiet", *CORE])
    lines = capsys.readouterr().err.splitlines()
    assert [line.split()[0] for line in lines[:5]] == ["look", "load", "compose", "print", "write"]
    assert sorted(line.split()[-1] for line in lines[5:]) == FIRST


def test_a_terminal_gets_a_bar(unit: Path, press: Press, monkeypatch: pytest.MonkeyPatch) -> None:
    """The bar counts the files; --quiet has none, and nothing is drawn where nothing is stale."""
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    assert run(["build", *CORE]) == 0
    assert run(["build", *CORE]) == 0
    assert run(["build", "--quiet", *CORE]) == 0


def test_an_unknown_lesson_leaves_with_2(unit: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A lesson that does not exist is wrong usage."""
    assert run(["build", "01-frist"]) == 2
    assert capsys.readouterr().err.startswith('error: no lesson is called "01-frist"; did you mean "01-first"')


def test_an_output_path_under_a_file_leaves_with_2(
    unit: Path, press: Press, capsys: pytest.CaptureFixture[str]
) -> None:
    """An output folder below a file is wrong usage."""
    Path("output").write_text("", "utf-8")
    assert run(["build", *CORE]) == 2
    assert "cannot be a folder" in capsys.readouterr().err


def test_a_missing_content_folder_leaves_with_1(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """With the command that writes a first unit."""
    monkeypatch.chdir(tmp_path)
    assert run(["build"]) == 1
    assert "generate.py new unit" in capsys.readouterr().err


def test_source_date_epoch_dates_the_documents(unit: Path, press: Press, monkeypatch: pytest.MonkeyPatch) -> None:
    """It stands in for the date of the content, in UTC."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(365 * 86400 - 1))
    assert run(["build", *CORE]) == 0
    assert {job.revised for job in press.jobs if isinstance(job, HtmlDocument)} == {"1970-12-31"}


@pytest.mark.parametrize("value", ["yesterday", "1.5", "99999999999999999", "²"])
def test_a_source_date_that_is_none_is_told(value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """SOURCE_DATE_EPOCH that is no number of seconds is told."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", value)
    with pytest.raises(UsageError, match="not a number of seconds"):
        source_date()


def test_without_templates_the_program_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A broken installation is told in words."""
    monkeypatch.setattr("lessonpress.cli.options.__file__", str(tmp_path / "a" / "b" / "c.py"))
    with pytest.raises(UsageError, match="install lessonpress again"):
        templates_folder()
    (tmp_path / "a" / "templates" / "documents").mkdir(parents=True)
    assert templates_folder() == tmp_path / "a" / "templates"
