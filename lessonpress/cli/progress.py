"""How a build goes on, told while it does: a bar on a terminal, plain lines elsewhere, events for programs."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import click

from lessonpress.outcome import Watch

EVERY_SECONDS = 5.0
"""Plain lines come no more often."""


class Tally:
    """What is done, what is left, and how fast it goes.

    `left` is the time that the rest will take at the rate so far, None while nobody knows; what is still being
    composed is not counted, so `is_all` says whether `stale` is all that there will be.
    """

    def __init__(self, clock: Callable[[], float] = time.perf_counter) -> None:
        self.stale = self.fresh = self.done = self.failed = 0
        self.is_all = False
        self._clock, self._start = clock, clock()

    def planned(self, stale: int, fresh: int, is_all: bool) -> None:
        """So much there is to do, as far as is known."""
        self.stale, self.fresh, self.is_all = stale, fresh, is_all

    def one(self, made: bool) -> None:
        """One more is done, or has failed."""
        self.done += 1
        self.failed += not made

    @property
    def rate(self) -> float:
        """Documents a second."""
        passed = self._clock() - self._start
        return self.done / passed if passed else 0.0

    @property
    def left(self) -> float | None:
        """Seconds until all is done."""
        return (self.stale - self.done) / self.rate if self.is_all and self.done else None

    def __str__(self) -> str:
        known = str(self.stale) if self.is_all else f"{self.stale} or more"
        parts = [f"{self.done} of {known} documents printed", f"{self.fresh} were fresh"]
        parts += [f"{self.failed} failed"] if self.failed else []
        parts += [f"{self.rate:.1f} a second"] if self.done else []
        parts += [f"about {self.left:.0f} s left"] if self.left is not None and self.done < self.stale else []
        return ", ".join(parts)


@contextmanager
def progress(silent: bool) -> Iterator[Watch]:
    """Whom a build tells how it goes on: a bar on a terminal, else a line now and then; nobody if `silent`."""
    if silent:
        yield Watch()
    elif sys.stderr.isatty():
        with _bar() as watch:
            yield watch
    else:
        yield _lines(lambda text: click.echo(text, err=True))


def _lines(tell: Callable[[str], None], clock: Callable[[], float] = time.perf_counter) -> Watch:
    """Tells a line every few seconds, and one at the end of a build that told any."""
    tally, told = Tally(clock), [clock()]

    def done(path: str, pages: int, seconds: float, made: bool) -> None:
        tally.one(made)
        is_last = tally.is_all and tally.done == tally.stale and len(told) > 1
        if is_last or clock() - told[-1] >= EVERY_SECONDS:
            told.append(clock())
            tell(str(tally))

    return Watch(planned=tally.planned, done=done, note=tell)


@contextmanager
def _bar() -> Iterator[Watch]:
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn

    console, tally = Console(stderr=True, highlight=False), Tally()
    columns = (BarColumn(), TextColumn("{task.fields[tally]}"), TextColumn("[dim]{task.description}"))
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task("", total=None, tally="")

        def show(**changes: Any) -> None:
            total = tally.stale if tally.is_all else None
            bar.update(task, total=total, completed=tally.done, tally=str(tally), **changes)

        def planned(stale: int, fresh: int, is_all: bool) -> None:
            tally.planned(stale, fresh, is_all)
            show()

        def done(path: str, pages: int, seconds: float, made: bool) -> None:
            tally.one(made)
            show(description=path)

        yield Watch(planned=planned, done=done, note=lambda text: console.print(text, markup=False))


def events(tell: Callable[[str], None]) -> Watch:
    """Tells each step as a line of JSON, for programs: see docs/events.md."""

    def event(name: str, **values: Any) -> None:
        tell(json.dumps({"event": name, **values}, ensure_ascii=False))

    def done(path: str, pages: int, seconds: float, made: bool) -> None:
        event("done", path=path, pages=pages, seconds=round(seconds, 3), made=made)

    return Watch(
        planned=lambda stale, fresh, is_all: event("planned", stale=stale, fresh=fresh, all=is_all),
        done=done,
        note=lambda text: event("note", text=text),
    )
