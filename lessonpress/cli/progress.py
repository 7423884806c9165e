"""A progress bar for commands that print documents."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any


class Bar:
    """A progress bar on a terminal; nothing elsewhere."""

    def __init__(self, progress: Any = None) -> None:
        self._progress, self._task = progress, None

    def total(self, count: int) -> None:
        """How many files there are to make."""
        if self._progress is not None and count:
            self._task = self._progress.add_task("printing", total=count)

    def done(self, path: str) -> None:
        """One more is done."""
        if self._progress is not None and self._task is not None:
            self._progress.update(self._task, advance=1, description=path)


@contextmanager
def progress(silent: bool) -> Iterator[Bar]:
    """A bar for what is printed while this lasts, unless `silent` or without a terminal."""
    if silent or not sys.stderr.isatty():
        yield Bar()
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    console = Console(stderr=True)
    with Progress(
        BarColumn(), MofNCompleteColumn(), TextColumn("{task.description}"), console=console, transient=True
    ) as progress:
        yield Bar(progress)
