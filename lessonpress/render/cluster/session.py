"""One connection to a cluster: greets its workers, hands them jobs, and takes what comes of these."""

from __future__ import annotations

import pickle
import time
import uuid
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import CancelledError
from contextlib import suppress
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING, Any, TypeVar

from lessonpress.compose.jobs import Job
from lessonpress.errors import UsageError
from lessonpress.render.cluster.bundle import Bundle, pack
from lessonpress.render.cluster.connection import CONNECT_SECONDS, one_line
from lessonpress.render.cluster.tasks import Tasks
from lessonpress.render.cluster.worker import Greeting, Order, greet, keep, print_there, versions
from lessonpress.render.pool import POLL_SECONDS, failed
from lessonpress.render.rendered import Rendered

if TYPE_CHECKING:
    from distributed import Client, Future

T = TypeVar("T")
PER_WORKER = 2
"""So many jobs a worker is given at once: one to print, one to go on with."""
FETCH_SECONDS = 120.0
ANSWER_SECONDS = 30.0
"""So long a scheduler may take to say which workers there are."""
LOOK_SECONDS = 2.0
"""So often is asked which workers there are."""
ALONE_SECONDS = 30.0
"""So long a scheduler may be without any worker in the middle of a build."""
HASHES = frozenset({"printers", "source"})
_NO_PROGRAM = "{} has no lessonpress that could print for this one ({}): install the same there and here"


class Lost(Exception):
    """There is nobody to print any more; says why."""


class Session:
    """One connection: what was sent to its workers, and what they were given."""

    def __init__(self, client: Client, address: str) -> None:
        self._client, self._address = client, address
        self._versions = versions()
        self._bundles: dict[str, Bundle] = {}
        self._met: dict[str, Any] = {}
        self._given: dict[str, set[str]] = {}
        self._sent: dict[str, tuple[Future[Any], int, Job]] = {}
        self._done: SimpleQueue[str] = SimpleQueue()
        self._workers = 0
        self._looked = self._seen = time.monotonic()

    def meet(self) -> None:
        """Greet all workers that there are; waits a little for the first."""
        self._check_scheduler()
        deadline = time.monotonic() + CONNECT_SECONDS
        while not self._workers:
            if time.monotonic() > deadline:
                raise UsageError(
                    f"the scheduler {self._address} has no workers: "
                    f"start one with `dask worker {self._address} --nthreads 1`"
                )
            time.sleep(POLL_SECONDS / 5)
            self._workers = self._count_workers()
        self._met = self._everywhere(greet)
        for address, said in self._met.items():
            self._check(address, said)

    def run(self, tasks: Tasks) -> Iterator[tuple[int, Rendered]]:
        """Each job's number with what came of it; raises Lost with all that was not printed back among the tasks."""
        try:
            while tasks or self._sent or not tasks.is_all:
                while tasks and len(self._sent) < max(1, self._workers) * PER_WORKER:
                    self._send(*tasks.pop())
                if is_full := tasks.is_full:
                    yield from self._collect(tasks, POLL_SECONDS)
                else:
                    # What composes jobs takes its time: between one and the next the workers are looked after.
                    tasks.pull()
                    yield from self._collect(tasks, 0)
                self._look(is_waiting=is_full)
        finally:
            for _, number, job in self._sent.values():
                tasks.put(number, job)

    def close(self) -> None:
        """Call back what was not printed."""
        with suppress(Exception):  # of a vanished scheduler nothing can be called back
            self._client.cancel([future for future, _, _ in self._sent.values()], force=True)

    # ---- jobs

    def _send(self, number: int, job: Job) -> None:
        key = f"lessonpress-{uuid.uuid4().hex}"
        if job.root not in self._bundles:
            bundle = self._bundles[job.root] = pack(Path(job.root))
            self._give(bundle, self._met)
        order = Order(job, self._bundles[job.root].name, self._versions)
        parcel = pickle.dumps((print_there, order))
        future = self._try(lambda: self._client.submit(_porter(), parcel, key=key, pure=False))
        self._sent[key] = future, number, job
        future.add_done_callback(lambda done: self._done.put(done.key))

    def _collect(self, tasks: Tasks, seconds: float) -> Iterator[tuple[int, Rendered]]:
        """What has come of jobs; waits so long for the first."""
        with suppress(Empty):
            key = self._done.get(block=seconds > 0, timeout=seconds)
            while True:
                future, number, job = self._sent[key]
                said = self._result(future, job)
                del self._sent[key]
                future.release()
                if isinstance(said, Rendered):
                    yield number, said
                else:
                    self._check(said.address, said)
                    self._give(self._bundles[job.root], {said.address: said})
                    tasks.put(number, job)
                key = self._done.get_nowait()

    def _result(self, future: Future[Any], job: Job) -> Rendered | Greeting:
        from distributed import KilledWorker

        if future.status == "error":
            error = self._try(lambda: future.exception(timeout=FETCH_SECONDS))
            if isinstance(error, ImportError | AttributeError):
                raise UsageError(_NO_PROGRAM.format(f"a worker of {self._address}", one_line(error)))
            why = "every worker that had it died" if isinstance(error, KilledWorker) else one_line(error)
            return failed(job, f"could not be printed: {why}")
        result: Rendered | Greeting = self._try(lambda: future.result(timeout=FETCH_SECONDS))
        return result

    # ---- workers

    def _look(self, *, is_waiting: bool) -> None:
        """See now and then who is there; raises Lost where nobody is."""
        now = time.monotonic()
        if self._client.status != "running":
            raise Lost(f"the scheduler {self._address} is gone")
        if now - self._looked < LOOK_SECONDS:
            return
        self._looked, self._workers = now, self._count_workers()
        if self._workers or not is_waiting:
            self._seen = now
        elif now - self._seen > ALONE_SECONDS:
            raise Lost(f"the scheduler {self._address} has no workers any more")

    def _count_workers(self) -> int:
        # A scheduler that hangs is as good as gone.
        ask: Any = self._client.scheduler
        return len(self._try(lambda: self._client.sync(ask.ncores, callback_timeout=ANSWER_SECONDS)))

    def _everywhere(self, function: Callable[..., Any], *given: Any, at: list[str] | None = None) -> dict[str, Any]:
        """What a function gives on every worker, or what it raises there; of one that has gone nothing."""
        found = self._try(lambda: self._client.run(function, *given, workers=at, on_error="return"))
        return {address: said for address, said in found.items() if not isinstance(said, OSError)}

    def _check_scheduler(self) -> None:
        """Raise UsageError for a scheduler that cannot open what it is to hand on."""
        said: Any = self._try(self._client.get_versions)
        found = said["scheduler"]["packages"]
        there = {"python": ".".join(found["python"].split(".")[:2]), "distributed": found["distributed"]}
        if differing := "; ".join(_differences(there, {name: self._versions[name] for name in there})):
            raise UsageError(
                f"the scheduler {self._address} cannot be used: {differing}. Install the same there and here"
            )

    def _check(self, address: str, said: Greeting | Exception) -> None:
        """Raise UsageError for a worker that would print other bytes than this machine, or none."""
        if isinstance(said, Exception):
            raise UsageError(_NO_PROGRAM.format(f"the worker {address}", one_line(said)))
        if said.threads != 1:
            raise UsageError(
                f"the worker {address} has {said.threads} threads, and a printer needs one of its own: "
                f"start it with `dask worker {self._address} --nworkers {said.threads} --nthreads 1`"
            )
        if said.versions != self._versions:
            raise UsageError(
                f"the worker {address} would print other bytes than this computer: "
                f"{'; '.join(_differences(said.versions, self._versions))}. Install the same there and here"
            )

    def _give(self, bundle: Bundle, workers: Mapping[str, Any]) -> None:
        """Send a bundle to the workers that have not got it."""
        for address, said in workers.items():
            self._check(address, said)
        lacks = [one for one in workers.values() if bundle.name not in one.bundles | self._given.get(one.life, set())]
        if lacks:
            for address, said in self._everywhere(keep, bundle, at=[one.address for one in lacks]).items():
                if isinstance(said, Exception):
                    raise UsageError(f"the worker {address} cannot keep the fonts: {one_line(said)}")
            for one in lacks:
                self._given.setdefault(one.life, set()).add(bundle.name)

    def _try(self, ask: Callable[[], T]) -> T:
        """What the scheduler answers; raises Lost where it does not."""
        from distributed.client import ClosedClientError

        try:
            return ask()
        except (OSError, CancelledError, ClosedClientError, TimeoutError) as error:
            raise Lost(f"the scheduler {self._address} is gone") from error


def _porter() -> Callable[[bytes], Any]:
    """What opens a parcel on a worker and does what is in it.

    The scheduler opens whatever it hands on, and need not have lessonpress: a function without a name of its own
    travels as code, and a parcel as bytes.
    """

    def deliver(parcel: bytes) -> Any:
        import pickle

        function, order = pickle.loads(parcel)  # noqa: S301 - a cluster trusts its own: see docs/cluster.md
        return function(order)

    return deliver


def _differences(there: Mapping[str, str], here: Mapping[str, str]) -> Iterator[str]:
    """In words what differs between two sets of versions."""
    differing = [name for name in sorted({*there, *here}) if there.get(name) != here.get(name)]
    for name in differing:
        if name not in HASHES:
            yield f"{name} is {there.get(name, 'missing')} there and {here.get(name, 'missing')} here"
    if HASHES & set(differing):
        yield "the program itself is another"
