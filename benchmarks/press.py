"""One process that prints, to be measured from outside: `python -m benchmarks.press` with `pool N JOBS`, `here JOBS`,
`profile JOBS` (what part of the time each package took, as JSON) or `naive FILE.html ...`.

JOBS is a file of pickled jobs that this very benchmark wrote. Of each call the last line tells the pages.
"""

from __future__ import annotations

import cProfile
import json
import pickle
import pstats
import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from lessonpress.compose.jobs import Job
from lessonpress.render import render
from lessonpress.render.pool import print_in_pool
from lessonpress.render.rendered import Rendered

PARTS = {
    "weasyprint/layout": "WeasyPrint: layout",
    "weasyprint/text": "WeasyPrint: text, by Pango",
    "weasyprint/css": "WeasyPrint: CSS",
    "weasyprint/formatting_structure": "WeasyPrint: boxes",
    "weasyprint/draw": "WeasyPrint: drawing",
    "weasyprint/pdf": "WeasyPrint: PDF, its tags and fonts",
    "weasyprint/svg": "WeasyPrint: SVG",
    "weasyprint": "WeasyPrint: the rest",
    "fontTools": "fontTools",
    "tinycss2": "tinycss2, cssselect2",
    "cssselect2": "tinycss2, cssselect2",
    "pydyf": "pydyf",
    "lessonpress/render/lint": "lessonpress: print linter",
    "lessonpress": "lessonpress: the rest",
}
"""Packages by a part of the path of their files, the narrower first."""


def jobs_of(path: str) -> list[Job]:
    """The jobs that were pickled into a file."""
    jobs: list[Job] = pickle.loads(Path(path).read_bytes())
    return jobs


def here(jobs: Iterable[Job]) -> int:
    """Print jobs in this process; the pages of all."""
    return sum(pages(render(job)) for job in jobs)


def pages(rendered: Rendered) -> int:
    """The pages of what was printed, the files beside it included; ends the process where it failed."""
    if not rendered.data:
        sys.exit(str(rendered.diagnostics))
    return rendered.pages


def naive(files: Iterable[str]) -> int:
    """Print files as WeasyPrint's own documentation shows it."""
    import pypdfium2
    from weasyprint import HTML

    found = 0
    for file in files:
        data = HTML(filename=file).write_pdf(pdf_variant="pdf/ua-1")
        found += len(pypdfium2.PdfDocument(data))
    return found


def profile(jobs: list[Job]) -> dict[str, float]:
    """What part of the time each package takes; what is built into Python counts for its caller."""
    render(jobs[0])
    profiler = cProfile.Profile(builtins=False)
    profiler.runcall(here, jobs)
    spent: Counter[str] = Counter()
    for (file, _, _), (_, _, own, _, _) in pstats.Stats(profiler).stats.items():  # type: ignore[attr-defined]
        spent[next((name for part, name in PARTS.items() if f"/{part}/" in file), "Python and the rest")] += own
    whole = sum(spent.values())
    return {name: seconds / whole for name, seconds in spent.most_common()}


def main(way: str, *rest: str) -> None:
    """Print as the call says, and tell what came of it."""
    if way == "naive":
        print(naive(rest))
    elif way == "pool":
        print(sum(pages(rendered) for _, rendered in print_in_pool(jobs_of(rest[1]), int(rest[0]))))
    elif way == "profile":
        print(json.dumps(profile(jobs_of(rest[0]))))
    else:
        print(here(jobs_of(rest[0])))


if __name__ == "__main__":
    main(*sys.argv[1:])
