"""What there is to print: jobs that wait, and jobs that are still to come."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator

from lessonpress.compose.jobs import Job
from lessonpress.render.pool import AHEAD, weight


class Tasks:
    """Jobs with their numbers: those that wait, the longest first, and those still to come."""

    def __init__(self, jobs: Iterable[Job]) -> None:
        self._coming = iter(enumerate(jobs))
        self._waiting: list[tuple[int, int, Job]] = []
        self.is_all = False

    def __len__(self) -> int:
        return len(self._waiting)

    @property
    def is_full(self) -> bool:
        """Whether no more need be asked for now."""
        return self.is_all or len(self) >= AHEAD

    def pull(self) -> bool:
        """Ask for the next job, and tell whether there was one."""
        number, job = next(self._coming, (-1, None))
        if job is None:
            self.is_all = True
        else:
            self.put(number, job)
        return not self.is_all

    def put(self, number: int, job: Job) -> None:
        """Let a job wait."""
        heapq.heappush(self._waiting, (-weight(job), number, job))

    def pop(self) -> tuple[int, Job]:
        """The longest that waits."""
        _, number, job = heapq.heappop(self._waiting)
        return number, job

    def rest(self) -> Iterator[tuple[int, Job]]:
        """All that is not printed, as it is asked for."""
        while self._waiting or self.pull():
            yield self.pop()
