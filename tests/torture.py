"""Kill builds at random moments, and see that nothing is lost: `python -m tests.torture KILLS [--pretend] [--seed N]`.

After each kill every file that is there must be one that a whole build makes, byte for byte, and the next build must end
in the files of a clean one. `--pretend` prints with a printer that only writes; it is what `make test` runs.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from lessonpress import build as builder
from lessonpress.compose.jobs import HtmlDocument, Job
from lessonpress.options import Options
from lessonpress.render.rendered import Rendered
from lessonpress.write import MANIFEST
from tests.tiny import ROOT, edit, files, options, write_lesson, write_unit

QUESTION = "Ask something that the reading answers."
STATES: dict[str, Callable[[Path], object]] = {
    "as it was": lambda unit: None,
    "a question edited": lambda unit: edit(unit / "lessons/01-first.yaml", QUESTION, "What is new?"),
    "a question of the same length": lambda unit: edit(unit / "lessons/01-first.yaml", QUESTION, QUESTION[::-1]),
    "an answer edited": lambda unit: edit(
        unit / "lessons/02-second.yaml", "answer: write the answer, marks: 2", "answer: yes, marks: 2"
    ),
    "a lesson added": lambda unit: write_lesson(unit, "03-third"),
    "a lesson deleted": lambda unit: (unit / "lessons/01-first.yaml").unlink(),
    "another theme": lambda unit: edit(unit / "unit.yaml", "theme: classic", "theme: constructivist"),
}
"""What a teacher may have done between two builds."""


def asked(folder: Path, output: str = "output") -> Options:
    """What every build here is asked for."""
    return options(folder, output=folder / output, only=("worksheet", "answer-key", "reading"))


def pretend(jobs: Iterable[Job], *how: object) -> Iterator[tuple[int, Rendered]]:
    """Prints nothing, and takes long enough to be killed: each file is as long as a sheet is."""
    for number, job in enumerate(jobs):
        assert isinstance(job, HtmlDocument)
        time.sleep(0.005)
        yield number, Rendered((job.html + job.revised).encode() * 4, 1)


def put(folder: Path, state: str) -> None:
    """Write the content of a state; files that stay as they are keep their times."""
    with tempfile.TemporaryDirectory() as scratch:
        unit = write_unit(Path(scratch))
        STATES[state](unit)
        wanted = {path.relative_to(scratch): path.read_bytes() for path in unit.rglob("*") if path.is_file()}
    content = folder / "content"
    for path in [path for path in content.rglob("*") if path.is_file()]:
        if path.relative_to(content) not in wanted:
            path.unlink()
    for name, data in wanted.items():
        path = content / name
        if not path.exists() or path.read_bytes() != data:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)


def whole(output: Path) -> dict[str, bytes]:
    """The files of an output folder with its manifest."""
    return {**files(output), MANIFEST: (output / MANIFEST).read_bytes()}


@dataclass
class Report:
    """What came of it: how many builds were killed at work, what was torn, what ended otherwise than a clean build.

    `missed` counts those that were done before.
    """

    kills: int = 0
    missed: int = 0
    torn: int = 0
    differing: int = 0

    def __str__(self) -> str:
        return f"{self.kills} kills, {self.torn} torn files, {self.differing} differing bytes"


def torture(folder: Path, kills: int, seed: int, child: list[str]) -> Report:
    """Kill so many builds; `child` is the command that builds a folder."""
    dice, report = random.Random(seed), Report()
    clean = {}
    for state in STATES:
        put(folder, state)
        outcome = builder.build(asked(folder, f"clean/{state}"))
        assert outcome.ok, outcome.diagnostics
        clean[state] = whole(folder / "clean" / state)
    known = {(path, data) for made in clean.values() for path, data in made.items()}
    put(folder, "as it was")
    start = time.perf_counter()
    subprocess.run([*child, str(folder)], cwd=ROOT, check=True)
    typical = time.perf_counter() - start
    while report.kills < kills:
        state = dice.choice(list(STATES))
        put(folder, state)
        start = time.perf_counter()
        running = subprocess.Popen([*child, str(folder)], cwd=ROOT, start_new_session=True)
        # A build is at work in the later part of its life; before that it is being imported.
        try:
            running.wait(typical * dice.uniform(0.4, 1.0))
        except subprocess.TimeoutExpired:
            os.killpg(running.pid, signal.SIGKILL)
            running.wait()
            report.kills += 1
        else:
            assert running.returncode == 0, state
            report.missed += 1
        # How long a build takes is not the same from hour to hour.
        typical = typical * 1.05 if running.returncode else time.perf_counter() - start
        report.torn += sum((path, data) not in known for path, data in files(folder / "output").items())
        # Sometimes the next build is killed too, before anybody has put things right.
        if dice.random() < 0.6:
            outcome = builder.build(asked(folder))
            assert outcome.ok, (state, outcome.failed, [str(d) for d in outcome.diagnostics if d.is_error])
            report.differing += whole(folder / "output") != clean[state]
    return report


def main() -> None:
    """Torture, or be the build that is tortured."""
    parser = argparse.ArgumentParser()
    parser.add_argument("kills", nargs="?", type=int, default=200)
    parser.add_argument("--pretend", action="store_true")
    parser.add_argument("--seed", type=int, default=1922)
    parser.add_argument("--child", type=Path)
    given = parser.parse_args()
    if given.pretend:
        builder.render_all = pretend
    if given.child:
        outcome = builder.build(asked(given.child))
        for one in outcome.diagnostics if not outcome.ok else ():
            print(one, file=sys.stderr)
        sys.exit(0 if outcome.ok else 1)
    child = [sys.executable, "-m", "tests.torture", *(["--pretend"] if given.pretend else []), "--child"]
    folder = Path(tempfile.mkdtemp(prefix="lessonpress-torture-"))
    try:
        report = torture(folder, given.kills, given.seed, child)
    finally:
        shutil.rmtree(folder)
    print(report)
    sys.exit(1 if report.torn or report.differing else 0)


if __name__ == "__main__":
    main()
