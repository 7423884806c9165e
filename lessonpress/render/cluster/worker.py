"""What runs on a worker of a cluster: a greeting, the keeping of bundles, and one printer in a process of its own."""

from __future__ import annotations

import hashlib
import multiprocessing
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from importlib.metadata import version
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import TYPE_CHECKING

from lessonpress.compose.jobs import Job
from lessonpress.render import tools
from lessonpress.render.cluster.bundle import Bundle, moved, unpack
from lessonpress.render.pool import MAX_JOBS, MAX_TRIES, POLL_SECONDS, Died, Worker, failed, seconds_for, serve
from lessonpress.render.rendered import Rendered

if TYPE_CHECKING:
    from distributed import Worker as DaskWorker

FOLDER = "lessonpress-bundles"


@dataclass(frozen=True)
class Greeting:
    """What a worker says of itself: where it is, the life that it lives there, its threads, versions and bundles."""

    address: str
    life: str
    threads: int
    versions: dict[str, str]
    bundles: frozenset[str]


@dataclass(frozen=True)
class Order:
    """A job as it is sent: with the bundle that has its files, and the versions that it is to be printed with."""

    job: Job
    bundle: str
    versions: dict[str, str]


class Press:
    """One printer in a process of its own, started when it is first needed and again when it has died."""

    def __init__(self, main: Callable[[Connection], None] = serve) -> None:
        self._main = main
        self._worker: Worker | None = None

    def print(self, job: Job) -> Rendered:
        """What came of a job; one whose printer dies is tried once more."""
        died = Died("")
        for _ in range(MAX_TRIES):
            try:
                return self._try(job)
            except Died as error:
                died, self._worker = error, None
        return failed(job, f"could not be printed: it {died}, twice")

    def _try(self, job: Job) -> Rendered:
        if self._worker is None:
            with _may_have_children():
                self._worker = Worker(self._main)
        worker = self._worker
        worker.send(job, seconds_for(job))
        while not wait([worker.pipe], POLL_SECONDS):
            worker.check_time()
        rendered = worker.receive()
        if worker.printed >= MAX_JOBS:
            self.close()
        return rendered

    def close(self) -> None:
        """Let the printer go."""
        if self._worker is not None:
            self._worker.close()
            self._worker = None


class _Desk:
    """What a worker process keeps from job to job: what it is made of, and its press."""

    def __init__(self) -> None:
        self.versions = versions()
        self.press = Press()


_desk: list[_Desk] = []
"""The desk of this worker process, once it has one; it lives as long as the process."""


def greet(dask_worker: DaskWorker) -> Greeting:
    """What a worker says of itself at the beginning of a build, looked up afresh."""
    found = versions()
    if _desk and _desk[0].versions != found:
        _desk.pop().press.close()
    return _greeting(dask_worker)


def _greeting(worker: DaskWorker) -> Greeting:
    if not _desk:
        _desk.append(_Desk())
    folder = _folder(worker)
    # A name that is being unpacked is not whole yet, and is no hash.
    kept = frozenset(path.name for path in folder.iterdir()) if folder.is_dir() else frozenset()
    return Greeting(worker.address, worker.id, worker.state.nthreads, _desk[0].versions, kept)


def keep(bundle: Bundle, dask_worker: DaskWorker) -> None:
    """Keep a bundle for as long as the worker lives."""
    unpack(bundle, _folder(dask_worker))


def print_there(order: Order) -> Rendered | Greeting:
    """What came of a job; a greeting from a worker that may not or cannot print it yet."""
    from distributed import get_worker

    worker = get_worker()
    said = _greeting(worker)
    if said.threads != 1 or said.versions != order.versions or order.bundle not in said.bundles:
        return said
    root = str(_folder(worker) / order.bundle)
    rendered = _desk[0].press.print(moved(order.job, root))
    # What is said of a file names it as a build without a cluster does.
    told = tuple(replace(one, message=one.message.replace(root, order.job.root)) for one in rendered.diagnostics)
    return replace(rendered, diagnostics=told)


def versions() -> dict[str, str]:
    """All that decides the bytes of what is printed: libraries, Python, the source of this program."""
    package = Path(__file__).parents[1]
    own = hashlib.sha256()
    for path in sorted(package.rglob("*.py")):
        own.update(f"{path.relative_to(package).as_posix()}\n".encode())
        own.update(path.read_bytes())
    python = f"{sys.version_info.major}.{sys.version_info.minor}"
    others = {name: version(name) for name in ("distributed", "pillow")}
    return {"python": python, **tools(), **others, "source": own.hexdigest()}


def _folder(worker: DaskWorker) -> Path:
    return Path(worker.local_directory) / FOLDER


@contextmanager
def _may_have_children() -> Iterator[None]:
    """Let a process that Dask started begin another.

    Dask's nanny makes its worker a daemon, and Python keeps those from having children lest they outlive it; a printer
    ends as soon as its pipe is closed.
    """
    config = multiprocessing.current_process()._config  # type: ignore[attr-defined]
    before = config.get("daemon")
    config["daemon"] = False
    try:
        yield
    finally:
        config["daemon"] = before
