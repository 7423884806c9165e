"""Printers in processes of their own, so that every core has work and one bad document costs no other.

The parent imports no printer. A worker prints one document at a time and is given the next when it is done. One that
dies, hangs or takes too much memory is replaced, and its document is tried once more.
"""

from __future__ import annotations

import gc
import heapq
import multiprocessing
import os
import signal
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from multiprocessing import resource_tracker
from multiprocessing.connection import Connection, wait

from lessonpress.compose.jobs import Booklet, ClassSet, Deck, HtmlDocument, Job
from lessonpress.diagnostics import Diagnostic, Place
from lessonpress.errors import Fault
from lessonpress.render.rendered import Rendered

AHEAD = 32
"""So many jobs are kept ready, of which the longest goes first; more would fill the memory."""
PER_WORKER = 4
"""For so many jobs that wait another worker is started: to import a printer takes as long as a few documents."""
MAX_JOBS = 150
"""After so many documents a worker makes room for a new one: libraries below WeasyPrint keep some 60 kB of each."""
MAX_BYTES = 3 * 2**30
"""A worker may take so much memory; a document that needs more is refused."""
LEAST_SECONDS, SIGNS_PER_SECOND = 60.0, 1000
"""How long a document may take: a minute, and a second for so many signs of markup: fifty times what it needs."""
PER_COPY = 5000
"""What a named copy of a class set weighs, whose pages are laid out once for all."""
POLL_SECONDS = 0.5
MAX_TRIES = 2
MAX_DEATHS = 8
"""After so many deaths without one document printed, printing itself is what fails."""
OUT_OF_MEMORY = 77
"""With this a worker leaves that ran out of memory."""


class Died(Exception):
    """A worker ended before its document was done; says how."""


@dataclass(order=True)
class _Task:
    """A job and its number, in the order in which they are taken: tried before, then long, then early."""

    order: tuple[int, int, int]
    job: Job = field(compare=False)
    tries: int = field(default=0, compare=False)

    @property
    def number(self) -> int:
        return self.order[2]


def weight(job: Job) -> int:
    """How long a job may take, roughly: the longest go first, so that no worker ends alone."""
    if isinstance(job, Booklet):
        return sum(map(weight, job.parts))
    if isinstance(job, ClassSet):
        return sum(map(weight, job.documents)) + PER_COPY * len(job.copies)
    return len(job.html) if isinstance(job, HtmlDocument) else len(job.markup) * 2


def seconds_for(job: Job) -> float:
    """How long a document may take before its worker is stopped."""
    return LEAST_SECONDS + weight(job) / SIGNS_PER_SECOND


class Worker:
    """A process that prints one job at a time: `send` it, and `receive` what came of it. Both raise Died."""

    def __init__(self, main: Callable[[Connection], None]) -> None:
        # Spawned, not forked: the same on every system, and nothing of the parent is inherited by accident.
        context = multiprocessing.get_context("spawn")
        self.pipe, other = context.Pipe()
        self._process = context.Process(target=main, args=(other,), daemon=True)
        with uninterrupted():
            self._process.start()
        other.close()
        self.printed = 0
        self._deadline = 0.0

    def send(self, job: Job, seconds: float) -> None:
        """Hand on a job, and how long it may take."""
        self._deadline = time.monotonic() + seconds
        try:
            self.pipe.send(job)
        except OSError as error:
            raise Died(self._end()) from error

    def receive(self) -> Rendered:
        """What came of the job; waits for it."""
        try:
            rendered: Rendered = self.pipe.recv()
        except (EOFError, OSError) as error:
            raise Died(self._end()) from error
        self.printed += 1
        return rendered

    def check_time(self) -> None:
        """Raise Died where the job has taken too long, and end the process."""
        if time.monotonic() > self._deadline:
            self.kill()
            raise Died("took too long")

    def kill(self) -> None:
        """End the process at once."""
        self._process.kill()
        self._process.join()
        self.pipe.close()

    def close(self) -> None:
        """Let the process end by itself."""
        self.pipe.close()
        self._process.join(1.0)
        self._process.kill()

    def _end(self) -> str:
        """How the process ended that has closed its pipe."""
        self._process.join(1.0)
        self.kill()
        code = self._process.exitcode or 0
        if code == OUT_OF_MEMORY:
            return f"needed more than {MAX_BYTES / 2**30:g} GB of memory"
        return f"ended its printer with signal {-code}" if code < 0 else "ended its printer"


@contextmanager
def uninterrupted() -> Iterator[None]:
    """What starts a process here keeps interruptions from it: they are for the parent, which ends its workers."""
    if not hasattr(signal, "pthread_sigmask"):  # pragma: no cover - Windows: the worker itself ignores them
        yield
        return
    # It lets interruptions through when it starts, so it must be running.
    resource_tracker.ensure_running()
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def serve(pipe: Connection) -> None:
    """The life of a worker: print what comes through the pipe until it is closed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _limit_memory()
    from lessonpress.render import render

    is_warm = False
    with suppress(EOFError, OSError):
        while True:
            job = pipe.recv()
            try:
                pipe.send(timed(render, job))
            except MemoryError:
                os._exit(OUT_OF_MEMORY)
            if not is_warm:
                # What the printers are made of stays for ever: it need not be looked through after each document.
                gc.collect()
                gc.freeze()
                is_warm = True


def timed(render: Callable[[Job], Rendered], job: Job) -> Rendered:
    """What came of a job, with the seconds that it took."""
    start = time.perf_counter()
    rendered = render(job)
    return replace(rendered, seconds=time.perf_counter() - start)


def _limit_memory() -> None:
    with suppress(ImportError, ValueError, OSError):  # Windows has no limits, and a lower one may be set already
        import resource

        resource.setrlimit(resource.RLIMIT_DATA, (MAX_BYTES, resource.getrlimit(resource.RLIMIT_DATA)[1]))


def print_in_pool(
    jobs: Iterable[Job], workers: int, main: Callable[[Connection], None] = serve
) -> Iterator[tuple[int, Rendered]]:
    """Each job's number with what came of it, as it is done. Jobs are taken from `jobs` as they are needed."""
    pool = _Pool(workers, main)
    try:
        yield from pool.run(jobs)
    finally:
        pool.close()


class _Pool:
    """The workers and what each is doing, the jobs that wait."""

    def __init__(self, limit: int, main: Callable[[Connection], None]) -> None:
        self._limit, self._main = limit, main
        self._waiting: list[_Task] = []
        self._idle: list[Worker] = []
        self._busy: dict[Connection, tuple[Worker, _Task]] = {}
        self._printed = self._deaths = 0

    def run(self, jobs: Iterable[Job]) -> Iterator[tuple[int, Rendered]]:
        coming = enumerate(jobs)
        is_all = False
        while self._waiting or self._busy or not is_all:
            yield from self._hand_out()
            if not is_all and len(self._waiting) < AHEAD:
                # What composes jobs takes its time: between one and the next the workers are looked after.
                number, job = next(coming, (-1, None))
                if job is None:
                    is_all = True
                else:
                    heapq.heappush(self._waiting, _Task((0, -weight(job), number), job))
                yield from self._collect(0)
            else:
                yield from self._collect(POLL_SECONDS)

    def _hand_out(self) -> Iterator[tuple[int, Rendered]]:
        """Give the next jobs to idle workers; start another where many wait."""
        while self._waiting and (self._idle or self._wants_another()):
            worker = self._idle.pop() if self._idle else Worker(self._main)
            task = heapq.heappop(self._waiting)
            try:
                worker.send(task.job, seconds_for(task.job))
            except Died as died:
                yield from self._again(task, died)
            else:
                self._busy[worker.pipe] = worker, task

    def _wants_another(self) -> bool:
        started = len(self._busy)
        return started < self._limit and (started == 0 or len(self._waiting) >= PER_WORKER)

    def _collect(self, seconds: float) -> Iterator[tuple[int, Rendered]]:
        """What has come of jobs; waits so long for the first."""
        ready = wait(list(self._busy), seconds)
        for pipe in list(self._busy):
            worker, task = self._busy[pipe]
            try:
                if pipe not in ready:
                    worker.check_time()
                    continue
                rendered = worker.receive()
            except Died as died:
                del self._busy[pipe]
                yield from self._again(task, died)
            else:
                del self._busy[pipe]
                self._printed += 1
                if worker.printed < MAX_JOBS:
                    self._idle.append(worker)
                else:
                    worker.close()
                yield task.number, rendered

    def _again(self, task: _Task, died: Died) -> Iterator[tuple[int, Rendered]]:
        """Try a job once more, before all others; the second time it has failed."""
        self._deaths += 1
        if self._deaths >= MAX_DEATHS and not self._printed:
            raise Fault(f"no document can be printed: each {died}")
        task.tries += 1
        if task.tries < MAX_TRIES:
            task.order = (-1, *task.order[1:])
            heapq.heappush(self._waiting, task)
        else:
            yield task.number, failed(task.job, f"could not be printed: it {died}, twice")

    def close(self) -> None:
        for worker, _ in self._busy.values():
            worker.kill()
        for worker in self._idle:
            worker.close()


def failed(job: Job, message: str) -> Rendered:
    """What comes of a job that could not be printed."""
    title = "deck" if isinstance(job, Deck) else job.title
    return Rendered(b"", 0, (), (Diagnostic("render-failed", message, Place(title)),))
