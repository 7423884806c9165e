"""`lessonpress build`: bring the output folder up to date."""

from __future__ import annotations

import json
import os
import time
from pathlib import Path
from typing import Any

import click

from lessonpress.build import Options, Outcome, Watch, build
from lessonpress.cli.options import chosen, content_option, count, course_option, source_date, templates_folder
from lessonpress.cli.progress import progress
from lessonpress.compose.documents import DOCUMENTS
from lessonpress.diagnostics import render
from lessonpress.errors import ContentError
from lessonpress.model.base import LEVELS
from lessonpress.plan import Plan


@click.command(name="build", short_help="Build worksheets, keys, readings and decks.")
@click.argument("lessons", nargs=-1, metavar="[LESSON]...")
@content_option
@click.option(
    "--output", default="output", show_default=True, type=click.Path(path_type=Path), help="Folder to write to."
)
@click.option("--only", callback=chosen(DOCUMENTS), metavar="LIST", help="Documents: " + ", ".join(DOCUMENTS) + ".")
@click.option("--levels", callback=chosen(LEVELS), metavar="LIST", help="Levels: " + ", ".join(LEVELS) + ".")
@course_option
@click.option(
    "--versions",
    type=click.IntRange(1, 26),
    default=1,
    show_default=True,
    metavar="N",
    help="How many versions: A, B ... with other orders, each with its key, and one page with all their answers.",
)
@click.option("--seed", type=click.IntRange(min=0), help="Seed of all that is shuffled; default: the unit's.")
@click.option("--paper", default="a4", show_default=True, help="Paper: a4 or letter.")
@click.option("--punched", is_flag=True, help="Leave room for punched holes, mirrored for printing on both sides.")
@click.option(
    "--profile",
    default="standard",
    show_default=True,
    help="Access profile: standard, large-print, large-print-24, dyslexia or low-ink.",
)
@click.option("--theme", help="Theme; default: the unit's.")
@click.option(
    "--roster",
    type=click.Path(path_type=Path),
    help="CSV of pupils (name, class; level, version, profile): a named copy each, in hand-out order.",
)
@click.option("--each", is_flag=True, help="With --roster: a PDF for each pupil too.")
@click.option("--jobs", type=click.IntRange(min=1, max=64), help="Worker processes; default: one a core.")
@click.option("--strict", is_flag=True, help="Build nothing when anything has an error.")
@click.option("--timings", is_flag=True, help="Say how long each stage took.")
@click.option("--json", "as_json", is_flag=True, help="Print the outcome as JSON.")
@click.option("--quiet", is_flag=True, help="Print errors only.")
def command(lessons: tuple[str, ...], timings: bool, as_json: bool, quiet: bool, jobs: int | None, **given: Any) -> int:
    """Build the lessons named by stem or number; all lessons without a name."""
    options = Options(
        templates=templates_folder(), lessons=lessons, jobs=jobs or os.cpu_count() or 1, revised=source_date(), **given
    )
    clock = _Clock()
    with progress(quiet or as_json) as bar:
        try:
            outcome = build(options, Watch(clock.stage, bar.total, bar.done))
        except ContentError as error:
            if not as_json:
                raise
            # Whoever reads JSON gets it in every case.
            outcome = Outcome(Plan((), (), ()), diagnostics=error.diagnostics)
    clock.stage("")
    if as_json:
        click.echo(json.dumps(_as_json(outcome), ensure_ascii=False, indent=1))
    else:
        _tell(outcome, quiet=quiet)
    if timings:
        for name, seconds in clock.stages:
            click.echo(f"{name:>8} {seconds:7.2f} s", err=True)
    return 0 if outcome.ok else 1


def _tell(outcome: Outcome, *, quiet: bool) -> None:
    for diagnostic in outcome.diagnostics:
        if diagnostic.is_error or not quiet:
            click.echo(render(diagnostic), err=True)
    if quiet:
        return
    if outcome.written:
        click.echo(
            f"{len(outcome.written)} files written, {len(outcome.plan.fresh)} were fresh (seed {', '.join(map(str, outcome.seeds))})"
        )
    elif not outcome.failed:
        click.echo(f"nothing was stale: {len(outcome.plan.fresh)} files are fresh")
    for path in outcome.removed:
        click.echo(f"removed {path}: the content does not make it any more")
    if outcome.failed:
        left = [path for path in outcome.failed if path not in outcome.written]
        tail = "; what stood there before is left as it was" if left else ""
        click.echo(f"{count(len(outcome.failed), 'file')} failed{tail}", err=True)


def _as_json(outcome: Outcome) -> dict[str, Any]:
    return {
        "written": list(outcome.written),
        "fresh": sorted(artefact.path for artefact in outcome.plan.fresh),
        "removed": list(outcome.removed),
        "failed": list(outcome.failed),
        "seeds": list(outcome.seeds),
        "diagnostics": [diagnostic.as_dict() for diagnostic in outcome.diagnostics],
    }


class _Clock:
    """Notes how long each stage takes."""

    def __init__(self) -> None:
        self.stages: list[tuple[str, float]] = []
        self._name, self._start = "", time.perf_counter()

    def stage(self, name: str) -> None:
        """A stage begins, and the one before it ends."""
        now = time.perf_counter()
        if self._name:
            self.stages.append((self._name, now - self._start))
        self._name, self._start = name, now
