"""The command line: names, exit codes, help that imports nothing heavy."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import click
import pytest

import lessonpress
from lessonpress.cli import COMMANDS, Lazy, cli, main, run
from lessonpress.errors import ContentError, UsageError
from tests.tiny import ROOT, Press

HEAVY = {"weasyprint", "pptx", "pydantic", "jinja2", "fontTools", "lxml", "yaml", "PIL"}


def test_help_names_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    """Each with what it does; the words are those of the command itself."""
    assert run(["--help"]) == 0
    told = capsys.readouterr().out
    context = click.Context(cli)
    assert isinstance(cli, Lazy)
    assert cli.list_commands(context) == sorted(COMMANDS)
    for name, about in COMMANDS.items():
        assert re.search(rf"^  {name} +{re.escape(about)}$", told, re.MULTILINE)
        command = cli.get_command(context, name)
        assert command is not None
        assert command.get_short_help_str(100) == about


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    """`-h` works everywhere."""
    assert run([name, "-h"]) == 0
    assert capsys.readouterr().out.startswith(f"Usage: lessonpress {name}")


@pytest.mark.parametrize("args", [["--help"], ["--version"]], ids=["help", "version"])
def test_help_imports_nothing_heavy(args: list[str]) -> None:
    """Whoever asks for help does not wait for the printers."""
    call = [sys.executable, "-X", "importtime", "generate.py", *args]
    done = subprocess.run(call, cwd=ROOT, capture_output=True, text=True, check=True)
    imported = {line.rsplit("|", 1)[-1].strip().split(".")[0] for line in done.stderr.splitlines() if "|" in line}
    assert "click" in imported
    assert imported & HEAVY == set()


def test_the_version_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    """A fresh clone knows its version without being installed."""
    assert run(["--version"]) == 0
    assert capsys.readouterr().out == f"lessonpress {lessonpress.__version__}\n"


@pytest.mark.parametrize(
    ("args", "message"),
    [
        ([], ""),
        (["biuld"], "No such command 'biuld'"),
        (["build", "--nothing"], "No such option"),
        (["build", "--jobs", "0"], "not in the range"),
        (["build", "--only", "worksheet,poster"], '"poster" is none of worksheet, '),
        (["build", "--levels", "hard"], '"hard" is none of support, core, challenge'),
        (["build", "--paper", "a3"], 'no paper is called "a3"'),
        (["new", "unit"], "Missing argument"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_wrong_usage_leaves_with_2(args: list[str], message: str, capsys: pytest.CaptureFixture[str]) -> None:
    """And says what is wrong with it."""
    assert run(args) == 2
    told = capsys.readouterr()
    assert message in told.err + told.out


def fail_with(error: BaseException, monkeypatch: pytest.MonkeyPatch) -> int:
    """The exit code of a command that raises an error."""

    def broken(*args: object, **kwargs: object) -> None:
        raise error

    monkeypatch.setattr("lessonpress.cli.kinds.discover", broken)
    return run(["kinds"])


def test_errors_of_the_content_leave_with_1(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Content with errors leaves with 1 and says so."""
    assert fail_with(ContentError([]), monkeypatch) == 1
    assert capsys.readouterr().err == "nothing was built\n"


def test_errors_of_usage_leave_with_2(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Wrong usage leaves with 2."""
    assert fail_with(UsageError("there is no such thing"), monkeypatch) == 2
    assert capsys.readouterr().err == "error: there is no such thing\n"


def test_a_fault_of_ours_leaves_with_3_and_a_log(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The log holds what a report needs; the traceback is in it and nowhere else."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    monkeypatch.setattr(sys, "argv", ["generate.py", "kinds"])
    assert fail_with(ZeroDivisionError("a sum"), monkeypatch) == 3
    (log,) = tmp_path.glob("lessonpress-*.log")
    told, text = capsys.readouterr().err, log.read_text("utf-8")
    assert told.startswith("lessonpress failed: ZeroDivisionError: a sum\n")
    assert str(log) in told
    assert "Traceback" not in told
    assert text.startswith(f"lessonpress {lessonpress.__version__}, Python 3.")
    assert "command: kinds" in text
    assert "raise error\nZeroDivisionError: a sum" in text


@pytest.mark.parametrize("error", [KeyboardInterrupt(), click.Abort()], ids=["control-c", "abort"])
def test_an_interrupt_leaves_with_130(
    error: BaseException, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """An interrupt leaves with 130, as shells expect."""
    assert fail_with(error, monkeypatch) == 130
    assert capsys.readouterr().err.strip() == "interrupted"


def test_main_leaves_with_the_code(monkeypatch: pytest.MonkeyPatch) -> None:
    """`main` is what the installed command calls."""
    with pytest.raises(SystemExit) as left:
        main(["kinds", "--nothing"])
    assert left.value.code == 2


def test_a_command_that_gives_no_code_was_done(monkeypatch: pytest.MonkeyPatch) -> None:
    """None counts as 0."""
    monkeypatch.setattr(cli, "main", lambda **kwargs: None)
    assert run([]) == 0


def test_without_its_packages_the_front_door_says_what_to_do(tmp_path: Path) -> None:
    """A fresh clone, before `make`: no traceback, but the command that mends it."""
    (tmp_path / "click.py").write_text("raise ModuleNotFoundError(name='click')", "utf-8")
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            f"import sys, runpy; sys.path[:0] = [{str(tmp_path)!r}, {str(ROOT)!r}]; runpy.run_path({str(ROOT / 'generate.py')!r}, run_name='__main__')",
        ],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert done.stderr.startswith("lessonpress needs a package that is not installed: click.\nRun `make`")


def test_press_is_a_printer() -> None:
    """The printer that tests use gives one result a job."""
    assert list(Press()([], 1)) == []
