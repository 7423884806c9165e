"""Printers on other machines, by Dask Distributed: jobs go there, bytes come back, the same as from the pool.

Of this program only these modules know Dask; docs/cluster.md tells how to use it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager

from lessonpress.compose.jobs import Job
from lessonpress.errors import UsageError
from lessonpress.render.cluster.connection import connected, is_open
from lessonpress.render.cluster.session import Lost, Session
from lessonpress.render.cluster.tasks import Tasks
from lessonpress.render.pool import print_in_pool
from lessonpress.render.rendered import Rendered

MAX_LOST = 3
"""After so many losses of the scheduler it is not looked for again."""


class _Away(Exception):
    """A scheduler that was there does not answer any more."""


def print_on_cluster(
    jobs: Iterable[Job], address: str, workers: int, note: Callable[[str], None]
) -> Iterator[tuple[int, Rendered]]:
    """Each job's number with what came of it, as it is done, printed by the workers of a Dask scheduler or `local:N`.

    Jobs are taken as they are needed; without any there is no connection. A scheduler that vanishes is looked for
    again; what is left when it stays away is printed here, by so many `workers`. Raises UsageError where there is no
    scheduler, or a worker that would print something else.
    """
    tasks = Tasks(jobs)
    if not tasks.pull():
        return
    lost, why = 0, ""
    while lost < MAX_LOST:
        try:
            with _session(address, note, is_first=not lost) as session:
                yield from session.run(tasks)
        except Lost as error:
            lost, why = lost + 1, str(error)
            note(f"{why}: looking for another")
        except _Away:
            break
        else:
            return
    left = f"the remaining {len(tasks)} documents" if tasks.is_all else f"{len(tasks)} documents and those that follow"
    note(f"{why}: {left} are printed here")
    numbers: list[int] = []
    for index, rendered in print_in_pool(_noted(tasks.rest(), numbers), max(workers, 1)):
        yield numbers[index], rendered


def _noted(tasks: Iterable[tuple[int, Job]], numbers: list[int]) -> Iterator[Job]:
    for number, job in tasks:
        numbers.append(number)
        yield job


@contextmanager
def _session(address: str, note: Callable[[str], None], *, is_first: bool) -> Iterator[Session]:
    """A connection to a cluster; raises UsageError where there is none, and later _Away."""
    with ExitStack() as stack:
        try:
            client = stack.enter_context(connected(address))
            session = Session(client, address)
            session.meet()
        except (UsageError, Lost) as error:
            if is_first:
                raise error if isinstance(error, UsageError) else UsageError(f"--cluster {address}: {error}") from None
            raise _Away from error
        if is_first and is_open(address):
            note(f"{address}: what is sent is not encrypted, names of pupils neither: see tls:// in docs/cluster.md")
        stack.callback(session.close)
        yield session
