"""A library of two hundred lessons: built from nothing, again, and after an edit; its memory; how time grows."""

from __future__ import annotations

import json
import shutil
import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.library import ONLY, PER_LESSON, edit_lesson, write_library
from benchmarks.measure import Failed, Sample, Took, median, run, say
from benchmarks.printers import PYTHON
from benchmarks.report import Report, Table, exponent, number

HEAVY = ("weasyprint", "jinja2", "pydantic", "yaml", "pptx")
WORKERS = 2
NO_OPS, EDITS = 9, 3
EARLY, LATE = (50, 150), (900, 1000)
"""Between so many documents the memory of workers is compared."""


@dataclass(frozen=True)
class Built:
    """A build of a library: what it took, and the paths that it made."""

    took: Took
    made: tuple[str, ...]


def is_done(line: str) -> bool:
    """Whether a line says that a document is done."""
    return line.startswith('{"event": "done"')


def call(content: Path, output: Path) -> list[str | Path]:
    """The call that builds a library."""
    folders = ["--content", content, "--output", output]
    return [PYTHON, "generate.py", "build", *folders, "--only", ONLY, "--jobs", str(WORKERS), "--json"]


def build(content: Path, output: Path) -> Built:
    """Build a library, in a new process. Raises Failed where a document fails or is missing."""
    took = run(call(content, output), watched=is_done)
    events = [json.loads(line) for line in took.out.splitlines()]
    last = events[-1]
    if last["event"] != "outcome" or not last["ok"]:
        raise Failed(f"the build of {content.name} did not end well: {took.out[-600:]}")
    return Built(took, tuple(event["path"] for event in events if event["event"] == "done" and event["made"]))


def scale(report: Report, folder: Path, lessons: int, smaller: Sequence[int]) -> None:
    """Measure a library of so many lessons, and smaller ones for how time grows."""
    content, output = write_library(folder / "library", lessons), folder / "made"
    say(f"A library of {lessons} lessons, cold")
    cold = build(content, output)
    if len(cold.made) != lessons * PER_LESSON:
        raise Failed(f"{len(cold.made)} documents of {lessons} lessons")
    say(f"  {len(cold.made)} documents in {cold.took.wall:.0f} s, {cold.took.cpu:.0f} s of processor")
    _no_ops(report, content, output, lessons)
    _edits(report, content, output, cold)
    _memory(report, cold)
    shutil.rmtree(output)
    _growth(report, folder, [*smaller, lessons], cold)


def _no_ops(report: Report, content: Path, output: Path, lessons: int) -> None:
    say("  nothing to do, and `import click`, in turns")
    again: list[Took] = []
    click: list[Took] = []
    for _ in range(NO_OPS):
        again.append(run(call(content, output)))
        click.append(run([PYTHON, "-c", "import click"]))
    if any('"event": "done"' in took.out for took in again):
        raise Failed("a build with nothing to do made something")
    bound = max(0.25, 2.5 * median(click, "wall"))
    report.at_most(f"no-op of {lessons} lessons, the whole process", median(again, "wall"), bound, " s")
    report.tell('`python -c "import click"`', f"{number(median(click, 'wall'))} s")
    found = imported(content, output)
    names = ", ".join(found) or "none"
    report.holds("WeasyPrint, Jinja2, pydantic, PyYAML and python-pptx, imported by it", "none", names, not found)


def imported(content: Path, output: Path) -> list[str]:
    """Which of the heavy packages a build imports."""
    program = (
        "import runpy, sys\n"
        "sys.argv = sys.argv[1:]\n"
        "try: runpy.run_path(sys.argv[0], run_name='__main__')\n"
        "except SystemExit: pass\n"
        "print('imported', *sys.modules)"
    )
    python, *rest = call(content, output)
    said = run([python, "-c", program, *rest]).out.splitlines()[-1].split()
    assert said[0] == "imported"
    return [name for name in HEAVY if name in said]


def _edits(report: Report, content: Path, output: Path, cold: Built) -> None:
    say("  one lesson edited")
    edits = []
    strange: set[str] = set()
    for turn in range(EDITS):
        lesson = edit_lesson(content, turn)
        edits.append(build(content, output))
        unit, stem = lesson.split("/")
        strange |= {path for path in edits[-1].made if not (path.startswith(f"{unit}/") and f"/{stem}/" in path)}
    most = max(len(edit.made) for edit in edits)
    seconds = statistics.median(edit.took.wall for edit in edits)
    own = f"{most} of {len(cold.made)} documents, {len(strange)} of other lessons"
    report.holds("one lesson edited: made", "its ten", own, not strange and most == PER_LESSON)
    report.at_most("one lesson edited: from a cold process", seconds, 5, " s")
    report.at_least("cold build / one lesson edited", cold.took.wall / seconds, 60, " ×")


def _memory(report: Report, cold: Built) -> None:
    samples = cold.took.samples
    if not any(sample.worker.now for sample in samples):
        report.skipped.append("memory of workers: this system does not tell")
        return
    peak = max(sample.worker.peak for sample in samples)
    parent = max(sample.parent.peak for sample in samples)
    report.at_most("memory of a worker, its highest", peak, 300, " MB")
    early, late = typical(samples, EARLY), typical(samples, LATE)
    if early and late:
        report.at_most("memory of workers, document 1,000 / document 50", late / early, 1.1, " ×")
    report.at_most(f"memory of the parent over {len(cold.made)} documents, its highest", parent, 250, " MB")
    step = max(1, len(cold.made) // 10)
    rows = []
    for start in range(0, len(cold.made), step):
        inside = [sample for sample in samples if start <= sample.lines < start + step]
        if inside:
            workers = typical(samples, (start, start + step))
            parents = statistics.median(sample.parent.now for sample in inside)
            rows.append((f"{start} to {start + step}", f"{number(workers)} MB", f"{number(parents)} MB"))
    told = f"The largest of {WORKERS} workers and the parent while the library was built from nothing, the middle of all looks."
    report.tables.append(Table("Memory", told, ("documents", "worker", "parent"), tuple(rows)))


def typical(samples: Sequence[Sample], between: tuple[int, int]) -> float:
    """The middle of the largest worker's memory while documents of these numbers were printed; 0 if nobody looked."""
    low, high = between
    seen = [sample.worker.now for sample in samples if low <= sample.lines < high]
    return statistics.median(seen) if seen else 0.0


def _growth(report: Report, folder: Path, sizes: Sequence[int], cold: Built) -> None:
    rows, times = [], []
    for size in sizes:
        built = cold
        if size != sizes[-1]:
            say(f"A library of {size} lessons, cold")
            content = write_library(folder / f"library-{size}", size)
            built = build(content, folder / f"made-{size}")
            shutil.rmtree(folder / f"made-{size}")
        times.append(built.took.wall)
        each = built.took.wall / len(built.made)
        rows.append((str(size), str(len(built.made)), number(built.took.wall), number(built.took.cpu), number(each)))
    told = f"Cold builds with {WORKERS} workers, each once; {ONLY}."
    head = ("lessons", "documents", "seconds", "CPU-seconds", "seconds a document")
    report.tables.append(Table("Growth", told, head, tuple(rows)))
    what = f"growth of time from {sizes[0]} to {sizes[-1]} lessons, the exponent"
    report.at_most(what, exponent(sizes, times), 1.1)
