"""Jobs to bytes, in worker processes that import the printers only when there is something to print."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from lessonpress import __version__
from lessonpress.compose.jobs import Booklet, ClassSet, Deck, HtmlDocument, Job
from lessonpress.render.engines import engines
from lessonpress.render.pool import failed, print_in_pool, timed
from lessonpress.render.rendered import Rendered

_printers: dict[str, Any] = {}
"""The printers of this worker process; a process has one of each, for as long as it lives."""


def render_all(
    jobs: Iterable[Job], workers: int, cluster: str | None = None, note: Callable[[str], None] = lambda text: None
) -> Iterator[tuple[int, Rendered]]:
    """Each job's number with what came of it, as it is done; a job that fails gives a diagnostic and no bytes.

    Without workers the jobs are printed in this process, one after the other; with the address of a cluster there,
    and `note` is told what becomes of it.
    """
    if cluster is not None:
        from lessonpress.render.cluster import print_on_cluster

        yield from print_on_cluster(jobs, cluster, workers, note)
        return
    if workers:
        yield from print_in_pool(jobs, workers)
        return
    for number, job in enumerate(jobs):
        yield number, timed(render, job)


def render(job: Job) -> Rendered:
    """The bytes of one job. Any exception becomes a diagnostic: one bad page must not lose the others."""
    try:
        return _slides(job) if isinstance(job, Deck) else _paper(job)
    except MemoryError:
        raise
    except Exception as error:  # noqa: BLE001 - whatever it is, the other jobs go on
        # What broke in a class set may hold a name.
        why = "" if isinstance(job, ClassSet) else f": {error}"
        return failed(job, f"could not be printed: {type(error).__name__}{why}")


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
    found = {"lessonpress": __version__, "printers": own.hexdigest(), **engines()}
    for name in ("weasyprint", "python-pptx", "jinja2", "fonttools", "lxml", "xlsxwriter", "pydyf"):
        try:
            found[name] = version(name)
        except PackageNotFoundError:  # pragma: no cover - all are dependencies
            found[name] = "none"
    return found
