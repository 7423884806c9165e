"""Nothing is lost and nothing half-written: full disks, cut-off builds, two builds at once, clocks that lie."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from lessonpress import build as builder
from lessonpress.cli import run
from lessonpress.compose.jobs import Job
from lessonpress.errors import ContentError, UsageError
from lessonpress.load.unit import LoadedUnit
from lessonpress.options import Options
from lessonpress.plan import Made
from lessonpress.render.rendered import Rendered
from lessonpress.state import STATE, look
from lessonpress.write import JOURNAL, LOCK, Output
from tests import torture
from tests.tiny import ROOT, Press, edit, files, options, write_unit

FIRST = ["tiny/students/01-first/worksheet.pdf", "tiny/teachers/01-first/answer-key.pdf"]
SECOND = [path.replace("01-first", "02-second") for path in FIRST]
QUESTION = "Ask something that the reading answers."


@pytest.fixture
def unit(tmp_path: Path) -> Path:
    return write_unit(tmp_path / "content")


@pytest.fixture(autouse=True)
def press(monkeypatch: pytest.MonkeyPatch) -> Press:
    made = Press()
    monkeypatch.setattr("lessonpress.build.render_all", made)
    return made


class Cut:
    """A printer that is interrupted after so many documents."""

    def __init__(self, after: int) -> None:
        self._press, self._after = Press(), after

    def __call__(self, jobs: Iterable[Job], *how: object) -> Iterator[tuple[int, Rendered]]:
        for number, rendered in self._press(jobs, 1):
            if number == self._after:
                raise KeyboardInterrupt
            yield number, rendered


# ---- builds that are cut off


def test_what_was_done_before_an_interruption_is_not_done_again(
    unit: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, press: Press
) -> None:
    """The journal names what is whole; the next build prints the rest, and leaves no journal."""
    monkeypatch.setattr("lessonpress.build.render_all", Cut(3))
    with pytest.raises(KeyboardInterrupt):
        builder.build(options(tmp_path))
    assert (tmp_path / "output" / JOURNAL).exists()
    monkeypatch.setattr("lessonpress.build.render_all", press)
    outcome = builder.build(options(tmp_path))
    assert (len(outcome.plan.stale), len(outcome.plan.fresh)) == (1, 3)
    assert not (tmp_path / "output" / JOURNAL).exists()
    assert look(options(tmp_path)) is not None


def test_a_journal_that_ends_in_the_middle_of_a_line_is_read_as_far_as_it_goes(
    unit: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, press: Press
) -> None:
    """The power went while it was written: the last file is made again."""
    monkeypatch.setattr("lessonpress.build.render_all", Cut(2))
    with pytest.raises(KeyboardInterrupt):
        builder.build(options(tmp_path))
    journal = tmp_path / "output" / JOURNAL
    journal.write_bytes(journal.read_bytes()[:-20] + b"\xff")
    monkeypatch.setattr("lessonpress.build.render_all", press)
    assert len(builder.build(options(tmp_path)).plan.fresh) == 1


def test_files_that_were_being_written_are_swept_up(unit: Path, tmp_path: Path) -> None:
    """A temporary file of a build that was killed goes with the next one; a file of the user's does not."""
    builder.build(options(tmp_path))
    output = tmp_path / "output"
    (output / JOURNAL).write_text("", "utf-8")
    (output / "tiny" / ".abc.part").write_text("half", "utf-8")
    (output / "tiny" / "mine.part").write_text("mine", "utf-8")
    builder.build(options(tmp_path))
    assert not (output / "tiny" / ".abc.part").exists()
    assert (output / "tiny" / "mine.part").read_text("utf-8") == "mine"


def test_an_edit_that_is_taken_back_after_a_cut_off_build_is_taken_back_in_the_files(
    unit: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The file was replaced and nobody wrote it down; that it is another one is seen by its content."""
    builder.build(options(tmp_path))
    before = files(tmp_path / "output")
    edit(unit / "lessons" / "01-first.yaml", QUESTION, QUESTION[::-1])

    def cut(self: Output, path: str, entry: Made) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as during:
        during.setattr(Output, "note", cut)
        with pytest.raises(KeyboardInterrupt):
            builder.build(options(tmp_path))
    assert files(tmp_path / "output") != before
    edit(unit / "lessons" / "01-first.yaml", QUESTION[::-1], QUESTION)
    builder.build(options(tmp_path))
    assert files(tmp_path / "output") == before


def test_an_interruption_leaves_with_130(unit: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One word, and no traceback."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("lessonpress.build.render_all", Cut(1))
    assert run(["build", "--only", "worksheet"]) == 130


@pytest.mark.slow
def test_twenty_killed_builds_lose_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """At random moments, over a set of edits: no torn file, and the next build ends as a clean one."""
    monkeypatch.setattr("lessonpress.build.render_all", torture.pretend)
    child = [sys.executable, "-m", "tests.torture", "--pretend", "--child"]
    report = torture.torture(tmp_path, 20, 7, child)
    assert (report.kills, report.torn, report.differing) == (20, 0, 0)


# ---- two at once


HOLD = """
import sys, time
from pathlib import Path
from lessonpress.write import Output
with Output(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(60)
"""


def hold(output: Path) -> subprocess.Popen[str]:
    """A process that has an output folder for itself."""
    child = subprocess.Popen([sys.executable, "-c", HOLD, str(output)], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert child.stdout is not None
    assert child.stdout.readline() == "held\n"
    return child


def test_a_second_build_waits_and_then_refuses(unit: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It says that it waits; after a while it gives up, and has written nothing."""
    output, told = tmp_path / "output", []
    with hold(output) as child:
        monkeypatch.setattr("lessonpress.write.WAIT", 0.2)
        with pytest.raises(UsageError, match="another build is still writing"):
            builder.build(options(tmp_path), builder.Watch(note=told.append))
        assert told == [f"another build is writing to {output}; waiting until it is done"]
        assert files(output) == {}
        child.kill()


def test_a_lock_of_a_build_that_was_killed_holds_nobody_up(unit: Path, tmp_path: Path) -> None:
    """The lock goes with its process, whatever file it leaves."""
    output = tmp_path / "output"
    with hold(output) as child:
        child.send_signal(signal.SIGKILL)
    assert (output / LOCK).exists()
    told: list[str] = []
    assert builder.build(options(tmp_path), builder.Watch(note=told.append)).ok
    assert told == []


# ---- disks and rights


LIMITED = """
import resource, sys
from pathlib import Path
from lessonpress import build as builder
from lessonpress.cli import run
from tests.torture import pretend
resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, 50_000))
builder.render_all = pretend
sys.exit(run(["build", "--only", "worksheet,answer-key", "--levels", "core"]))
"""


def test_a_full_disk_is_told_and_earlier_files_stay(
    unit: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No file may grow beyond a limit of the system: the build stops with words, and what stood there stands."""
    builder.build(options(tmp_path))
    before = files(tmp_path / "output")
    edit(unit / "lessons" / "01-first.yaml", QUESTION, "What is new?")
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-c", LIMITED], cwd=tmp_path, env=env, capture_output=True, text=True, check=False, timeout=60
    )
    assert (done.returncode, "cannot be written: File too large" in done.stderr) == (2, True), done.stderr
    assert files(tmp_path / "output") == before
    assert builder.build(options(tmp_path)).ok


def test_an_output_below_a_file_cannot_be(unit: Path, tmp_path: Path) -> None:
    """The message names the folder, before anything is printed."""
    (tmp_path / "file").write_text("", "utf-8")
    with pytest.raises(UsageError, match="cannot be a folder"):
        builder.build(Options(**{**vars(options(tmp_path)), "output": tmp_path / "file" / "output"}))


@pytest.mark.parametrize("error", [PermissionError(13, "Permission denied"), OSError(30, "Read-only file system")])
def test_a_folder_that_takes_no_lock_is_told(
    unit: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: OSError, press: Press
) -> None:
    """A read-only disk is known before anything is printed."""

    def refuse(*args: object, **kwargs: object) -> None:
        raise error

    monkeypatch.setattr("filelock.FileLock.acquire", refuse)
    with pytest.raises(UsageError, match=f"cannot be written: {error.strerror}"):
        builder.build(options(tmp_path))
    assert press.jobs == []


def test_a_file_that_is_open_elsewhere_is_named(unit: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Windows lets nobody replace what a reader shows; the other files are as they were, and the next build goes on."""
    builder.build(options(tmp_path))
    before = files(tmp_path / "output")
    edit(unit / "lessons" / "01-first.yaml", QUESTION, "What is new?")
    replace = Path.replace

    def held(self: Path, target: Path) -> Path:
        if str(target).endswith("answer-key.pdf"):
            raise PermissionError(13, "Permission denied")
        return replace(self, target)

    with monkeypatch.context() as during:
        during.setattr(Path, "replace", held)
        with pytest.raises(UsageError, match=r"answer-key\.pdf cannot be written: Permission denied"):
            builder.build(options(tmp_path))
    after = files(tmp_path / "output")
    assert [path for path in before if after[path] != before[path]] == FIRST[:1]
    assert builder.build(options(tmp_path)).plan.stale == (FIRST[1],)


# ---- inputs and clocks


def test_a_lesson_that_vanishes_while_it_is_read(unit: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is passed over or told; the next build sees that it is gone."""
    builder.build(options(tmp_path))
    load = builder.load_one

    def late(asked: Options, folder: Path) -> LoadedUnit:
        (unit / "lessons" / "02-second.yaml").unlink(missing_ok=True)
        return load(asked, folder)

    edit(unit / "lessons" / "01-first.yaml", QUESTION, "What is new?")
    monkeypatch.setattr("lessonpress.build.load_one", late)
    builder.build(options(tmp_path))
    assert set(FIRST) <= set(files(tmp_path / "output"))
    builder.build(options(tmp_path))
    assert list(files(tmp_path / "output")) == FIRST
    assert look(options(tmp_path)) is not None


def test_an_edit_while_the_build_runs_is_seen_by_the_next(
    unit: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the build has read already is looked at again: the times were taken before it was read."""
    load = builder.load_one

    def early(asked: Options, folder: Path) -> LoadedUnit:
        found = load(asked, folder)
        edit(unit / "lessons" / "01-first.yaml", QUESTION, "What is new?")
        return found

    with monkeypatch.context() as during:
        during.setattr("lessonpress.build.load_one", early)
        builder.build(options(tmp_path))
    assert look(options(tmp_path)) is None
    assert builder.build(options(tmp_path)).plan.stale == tuple(FIRST)


def test_a_clock_that_was_set_back_hides_no_edit(unit: Path, tmp_path: Path) -> None:
    """A time need not be later to be another one."""
    lesson = unit / "lessons" / "01-first.yaml"
    for path in unit.rglob("*.yaml"):
        os.utime(path, (time.time() + 10**8, time.time() + 10**8))
    builder.build(options(tmp_path))
    edit(lesson, QUESTION, "What is new?")
    os.utime(lesson, (0, 0))
    assert builder.build(options(tmp_path)).plan.stale == tuple(FIRST)


def test_a_vanished_content_folder_removes_nothing(unit: Path, tmp_path: Path) -> None:
    """A disk that is not there is no reason to delete what was built."""
    builder.build(options(tmp_path))
    before = files(tmp_path / "output")
    (tmp_path / "content").rename(tmp_path / "away")
    with pytest.raises(ContentError):
        builder.build(options(tmp_path))
    assert files(tmp_path / "output") == before


def test_only_files_of_ours_are_removed(unit: Path, tmp_path: Path) -> None:
    """What a teacher put beside the files stays, with its folder."""
    builder.build(options(tmp_path))
    mine = tmp_path / "output" / Path(SECOND[0]).parent / "notes.docx"
    mine.write_text("mine", "utf-8")
    (unit / "lessons" / "02-second.yaml").unlink()
    builder.build(options(tmp_path))
    assert sorted(files(tmp_path / "output")) == sorted([*FIRST, mine.relative_to(tmp_path / "output").as_posix()])


def test_state_and_manifest_say_different_things(unit: Path, tmp_path: Path) -> None:
    """Times stand in the state alone: two builds of the same content have the same manifest."""
    builder.build(options(tmp_path))
    manifest = (tmp_path / "output" / "manifest.json").read_bytes()
    builder.build(options(tmp_path, output=tmp_path / "other"))
    assert (tmp_path / "other" / "manifest.json").read_bytes() == manifest
    assert list(json.loads(manifest)["files"]) == sorted([*FIRST, *SECOND])
    assert (tmp_path / "output" / STATE).read_bytes() != (tmp_path / "other" / STATE).read_bytes()
