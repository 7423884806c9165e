"""A tiny unit to build, and a printer that only pretends to print."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from lessonpress.cli.new import LESSON, UNIT
from lessonpress.compose.jobs import Booklet, Deck, Job
from lessonpress.diagnostics import Diagnostic, Place, warning
from lessonpress.options import Options
from lessonpress.render.rendered import Anchor, Rendered
from lessonpress.write import sha256

ROOT = Path(__file__).parents[1]
TEMPLATES = ROOT / "templates"
SHEETS = ("worksheet", "answer-key")
LESSONS = ("01-first", "02-second")


def write_unit(content: Path, name: str = "tiny", lessons: Sequence[str] = LESSONS) -> Path:
    """A unit of lessons as `new` writes them."""
    folder = content / name
    (folder / "lessons").mkdir(parents=True)
    (folder / "unit.yaml").write_text(UNIT.format(title='"A tiny unit"', code="TU"), "utf-8")
    for stem in lessons:
        write_lesson(folder, stem)
    return folder


def write_lesson(unit: Path, stem: str, **changes: str) -> Path:
    """A lesson called by its stem, with some of its text replaced."""
    path = unit / "lessons" / f"{stem}.yaml"
    text = LESSON.format(title=f"Lesson {stem.partition('-')[2]}")
    for old, new in changes.items():
        assert old in text
        text = text.replace(old, new)
    path.write_text(text, "utf-8")
    return path


def edit(path: Path, old: str, new: str) -> None:
    """Replace text that must be there."""
    text = path.read_text("utf-8")
    assert old in text, f"{old!r} does not stand in {path.name}"
    path.write_text(text.replace(old, new), "utf-8")


def options(folder: Path, **changes: Any) -> Options:
    """What builds the content of a folder into its output: sheets and keys at core level."""
    plain = Options(folder / "content", folder / "output", TEMPLATES, only=SHEETS, levels=("core",))
    return dataclasses.replace(plain, **changes)


def files(output: Path) -> dict[str, bytes]:
    """What stands in an output folder, the manifest and the build's own notes aside."""
    found = sorted(p for p in output.rglob("*") if p.is_file() and p.name != "manifest.json" and p.name[0] != ".")
    return {path.relative_to(output).as_posix(): path.read_bytes() for path in found}


class Press:
    """A printer that gives a few bytes made of the job; it fails, warns or shifts where a test says so."""

    def __init__(self) -> None:
        self.jobs: list[Job] = []
        self.fail: str = ""
        self.warn: str = ""
        self.shift: float = 0.0

    def __call__(
        self, jobs: Iterable[Job], workers: int, cluster: str | None = None, note: Any = None
    ) -> Iterator[tuple[int, Rendered]]:
        for index, job in enumerate(jobs):
            self.jobs.append(job)
            yield index, self._print(job)

    def _print(self, job: Job) -> Rendered:
        text = (
            job.markup if isinstance(job, Deck) else repr(job) if isinstance(job, Booklet) else job.html + job.revised
        )
        if self.fail and self.fail in text:
            return Rendered(b"", 0, (), (Diagnostic("render-failed", "could not be printed", Place("x")),))
        said = (warning("printer", "a property is unknown", Place("x"), "see the CSS"),)
        away = self.shift if not isinstance(job, Deck) and "answer key" in job.title.lower() else 0.0
        anchor = Anchor("question.1", 1, 15.0, 40.0 + away)
        return Rendered(sha256(text.encode()).encode(), 1, (anchor,), said if self.warn and self.warn in text else ())
