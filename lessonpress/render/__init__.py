"""Jobs to bytes, in worker processes that import the printers only when there is something to print."""

from __future__ import annotations

import hashlib
import multiprocessing
from collections.abc import Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from lessonpress import __version__
from lessonpress.compose.jobs import Booklet, ClassSet, Deck, HtmlDocument, Job
from lessonpress.diagnostics import Diagnostic, Place
from lessonpress.render.rendered import Rendered

_printers: dict[str, Any] = {}
"""The printers of this worker process; a process has one of each, for as long as it lives."""


def render_all(jobs: Sequence[Job], workers: int) -> Iterator[tuple[int, Rendered]]:
    """Each job's index with what came of it, as it is done; a job that fails gives a diagnostic and no bytes."""
    if not jobs:
        return
    if workers <= 1:
        for index, job in enumerate(jobs):
            yield index, render(job)
        return
    # Spawned, not forked: the same on every system, and nothing of the parent is inherited by accident.
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(min(workers, len(jobs)), mp_context=context) as pool:
        todo = sorted(range(len(jobs)), key=lambda index: -_weight(jobs[index]))
        futures: dict[Future[Rendered], int] = {pool.submit(render, jobs[index]): index for index in todo}
        waiting = set(futures)
        try:
            while waiting:
                done, waiting = wait(waiting, return_when=FIRST_COMPLETED)
                for future in done:
                    yield futures[future], future.result()
        except BaseException:
            pool.shutdown(cancel_futures=True)
            raise


def _weight(job: Job) -> int:
    """How long a job may take, roughly: the longest go first, so that no worker ends alone."""
    if isinstance(job, Booklet):
        return sum(map(_weight, job.parts))
    if isinstance(job, ClassSet):
        return sum(_weight(job.documents[copy.document]) for copy in job.copies)
    return len(job.html) if isinstance(job, HtmlDocument) else len(job.markup) * 2


def render(job: Job) -> Rendered:
    """The bytes of one job. Any exception becomes a diagnostic: one bad page must not lose the others."""
    try:
        return _slides(job) if isinstance(job, Deck) else _paper(job)
    except Exception as error:  # noqa: BLE001 - whatever it is, the other jobs go on
        title = "deck" if isinstance(job, Deck) else job.title
        # What broke in a class set may hold a name.
        why = "" if isinstance(job, ClassSet) else f": {error}"
        message = f"could not be printed: {type(error).__name__}{why}"
        return Rendered(b"", 0, (), (Diagnostic("render-failed", message, Place(title)),))


def _paper(job: HtmlDocument | Booklet | ClassSet) -> Rendered:
    from lessonpress.render.booklet import print_booklet
    from lessonpress.render.class_set import print_class_set
    from lessonpress.render.pdf import Printer

    if job.root not in _printers:
        _printers[job.root] = Printer(Path(job.root))
    printer: Printer = _printers[job.root]
    if isinstance(job, ClassSet):
        return print_class_set(printer, job)
    return print_booklet(printer, job) if isinstance(job, Booklet) else printer.render(job)


def _slides(job: Deck) -> Rendered:
    from lessonpress.render.pptx.job import print_job

    return print_job(job)


def tools() -> dict[str, str]:
    """The versions that decide the bytes of what is printed, our own printers' source among them."""
    own = hashlib.sha256(b"".join(path.read_bytes() for path in sorted(Path(__file__).parent.rglob("*.py"))))
    found = {"lessonpress": __version__, "printers": own.hexdigest()}
    for name in ("weasyprint", "python-pptx", "jinja2", "fonttools", "lxml", "xlsxwriter", "pydyf"):
        try:
            found[name] = version(name)
        except PackageNotFoundError:  # pragma: no cover - all are dependencies
            found[name] = "none"
    return found
