"""`lessonpress build`: bring the output folder up to date."""

from __future__ import annotations

import json
import time
from dataclasses import replace
from typing import Any

import click

from lessonpress.cli.options import count, options_of, what_to_build
from lessonpress.cli.progress import events, progress
from lessonpress.diagnostics import render
from lessonpress.errors import ContentError
from lessonpress.options import Options
from lessonpress.outcome import Outcome
from lessonpress.state import look

SLOWEST = 10
"""So many documents `--timings` names."""


@click.command(name="build", short_help="Build worksheets, keys, readings and decks.")
@what_to_build
@click.option("--strict", is_flag=True, help="Build nothing when anything has an error.")
@click.option("--timings", is_flag=True, help="Say how long each stage took, and which documents took longest.")
@click.option("--json", "as_json", is_flag=True, help="Print events as JSON, one a line; the last is the outcome.")
@click.option("--quiet", is_flag=True, help="Print errors only.")
def command(timings: bool, as_json: bool, quiet: bool, **given: Any) -> int:
    """Build the lessons named by stem or number; all lessons without a name."""
    options = options_of(**given)
    clock = _Clock()
    outcome = look(options) or _build(options, clock, silent=quiet, as_json=as_json)
    clock.stage("")
    if as_json:
        _tell_events(outcome)
    else:
        _tell(outcome, quiet=quiet)
    if timings:
        _tell_timings(clock, outcome)
    return 0 if outcome.ok else 1


def _build(options: Options, clock: _Clock, *, silent: bool, as_json: bool) -> Outcome:
    """Build, telling how it goes on."""
    # Whoever has nothing to build does not wait for this.
    from lessonpress.build import build

    if not as_json:
        with progress(silent) as watch:
            return build(options, replace(watch, stage=clock.stage))
    try:
        return build(options, replace(events(click.echo), stage=clock.stage))
    except ContentError as error:
        # Whoever reads JSON gets it in every case.
        return Outcome(diagnostics=error.diagnostics)


def _tell(outcome: Outcome, *, quiet: bool) -> None:
    for diagnostic in outcome.diagnostics:
        if diagnostic.is_error or not quiet:
            click.echo(render(diagnostic), err=True)
    if quiet:
        return
    if outcome.written:
        seeds = ", ".join(map(str, outcome.seeds))
        click.echo(f"{len(outcome.written)} files written, {len(outcome.plan.fresh)} were fresh (seed {seeds})")
    elif not outcome.failed:
        click.echo(f"nothing was stale: {len(outcome.plan.fresh)} files are fresh")
    for path in outcome.removed:
        click.echo(f"removed {path}: the content does not make it any more")
    if outcome.failed:
        left = [path for path in outcome.failed if path not in outcome.written]
        tail = "; what stood there before is left as it was" if left else ""
        click.echo(f"{count(len(outcome.failed), 'file')} failed{tail}", err=True)


def _tell_events(outcome: Outcome) -> None:
    for diagnostic in outcome.diagnostics:
        click.echo(json.dumps({"event": "diagnostic", **diagnostic.as_dict()}, ensure_ascii=False))
    end = {
        "event": "outcome",
        "ok": outcome.ok,
        "written": list(outcome.written),
        "fresh": sorted(outcome.plan.fresh),
        "removed": list(outcome.removed),
        "failed": list(outcome.failed),
        "seeds": list(outcome.seeds),
    }
    click.echo(json.dumps(end, ensure_ascii=False))


def _tell_timings(clock: _Clock, outcome: Outcome) -> None:
    for name, seconds in clock.stages.items():
        click.echo(f"{name:>8} {seconds:7.2f} s", err=True)
    for path, seconds in sorted(outcome.seconds, key=lambda one: -one[1])[:SLOWEST]:
        click.echo(f"{seconds:14.2f} s  {path}", err=True)


class _Clock:
    """Notes how long the stages take; a stage that comes again is added to."""

    def __init__(self) -> None:
        self.stages: dict[str, float] = {}
        self._name, self._start = "look", time.perf_counter()

    def stage(self, name: str) -> None:
        """A stage begins, and the one before it ends."""
        now = time.perf_counter()
        self.stages[self._name] = self.stages.get(self._name, 0.0) + now - self._start
        self._name, self._start = name, now
