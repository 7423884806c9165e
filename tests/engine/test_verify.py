"""`verify`: what stands is what the content gives, byte for byte."""

from __future__ import annotations

from pathlib import Path

import pytest

from lessonpress.cli import run
from tests.tiny import Press, edit, files, write_unit

CORE = ["--only", "worksheet,answer-key", "--levels", "core"]
FIRST = ["tiny/students/01-first/worksheet.pdf", "tiny/teachers/01-first/answer-key.pdf"]


@pytest.fixture
def unit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A unit that was built."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    monkeypatch.setattr("lessonpress.build.render_all", Press())
    folder = write_unit(Path("content"))
    assert run(["build", *CORE]) == 0
    return folder


def verified(capsys: pytest.CaptureFixture[str], *args: str) -> tuple[int, list[str]]:
    capsys.readouterr()
    code = run(["verify", *CORE, *args])
    return code, capsys.readouterr().out.splitlines()


def test_what_was_built_comes_out_again(unit: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing differs, and nothing that stands is touched."""
    before = files(Path("output"))
    assert verified(capsys) == (0, ["4 files byte for byte the same, 0 not"])
    assert files(Path("output")) == before


def test_every_difference_is_named(unit: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A file altered by hand, one that is missing, and one of content that has changed since."""
    (Path("output") / FIRST[0]).write_bytes(b"other")
    (Path("output") / FIRST[1]).unlink()
    edit(unit / "lessons" / "02-second.yaml", "Ask something", "Now ask something")
    code, lines = verified(capsys)
    assert code == 1
    assert lines == [
        f"{FIRST[0]} was altered since it was made",
        f"{FIRST[0].replace('01-first', '02-second')} comes out otherwise: the content, a template or a tool has changed",
        f"{FIRST[1]} is missing",
        f"{FIRST[1].replace('01-first', '02-second')} comes out otherwise: the content, a template or a tool has changed",
        "0 files byte for byte the same, 4 not",
    ]


def test_files_of_other_calls_are_held_against_the_manifest(unit: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """They are not made again, and counted apart; what was never built is told."""
    run(["build", "--paper", "letter", *CORE])
    assert verified(capsys) == (0, ["4 files byte for byte the same, 0 not; 4 files of other calls as they were made"])
    code, lines = verified(capsys, "--profile", "dyslexia")
    assert (code, lines[0]) == (1, "tiny/students/01-first/dyslexia/worksheet.pdf was not built")


def test_a_printer_that_gives_other_bytes_is_found_out(
    unit: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same input and another file: that is what this command is for."""

    def other(jobs: object, *how: object) -> object:
        for number, made in Press()(jobs, 1):  # type: ignore[arg-type]
            yield number, type(made)(made.data + b"!", made.pages, made.anchors)

    monkeypatch.setattr("lessonpress.build.render_all", other)
    code, lines = verified(capsys)
    assert (code, lines[0]) == (1, f"{FIRST[0]} comes out otherwise: with the same input")


def test_without_a_manifest_there_is_nothing_to_verify(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Wrong usage, told in words."""
    monkeypatch.chdir(tmp_path)
    write_unit(Path("content"))
    code, _ = verified(capsys)
    assert code == 2
