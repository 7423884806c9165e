"""What a class set of thirty costs, as shares of thirty renders: `python benchmarks/class_set.py`."""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from lessonpress.call import compose_all, load_library, load_roster  # noqa: E402
from lessonpress.compose.jobs import NAME, ClassSet  # noqa: E402
from lessonpress.load.choice import select  # noqa: E402
from lessonpress.options import Options  # noqa: E402
from lessonpress.render.class_set import print_class_set  # noqa: E402
from lessonpress.render.pdf import Printer  # noqa: E402

LESSON = "05"
PUPILS = 30
LEVELS = ("support", "core", "challenge")
RUNS = 3


def class_set(levels: tuple[str, ...], versions: str) -> ClassSet:
    """The job of a class of thirty whose pupils have these levels and versions in turn."""
    rows = [
        f"Pupil {n:02d},10A,{levels[n % len(levels)]},{versions[n % 5 % len(versions)]}" for n in range(1, PUPILS + 1)
    ]
    with tempfile.TemporaryDirectory() as folder:
        roster = Path(folder) / "class.csv"
        roster.write_text("\n".join(["name,class,level,version", *rows]), "utf-8")
        wish = Options(
            ROOT / "content",
            Path(folder),
            ROOT / "templates",
            (LESSON,),
            only=("worksheet",),
            versions=2,
            roster=roster,
            each=True,
        )
        library = load_library(wish)
        artefacts, _ = compose_all(
            select(library, (LESSON,)), wish, load_roster(wish, [one.unit for one in library.units if one.unit])
        )
    (job,) = [one.job for one in artefacts if isinstance(one.job, ClassSet)]
    return job


def renders(printer: Printer, job: ClassSet) -> None:
    """Each copy as a document of its own."""
    for copy in job.copies:
        source = job.documents[copy.document]
        printer.render(replace(source, html=source.html.replace(NAME, copy.markup)))


def cpu(work: Callable[[], object]) -> float:
    """The seconds of the processor that a piece of work takes."""
    start = time.process_time()
    work()
    return time.process_time() - start


def measure() -> dict[str, float]:
    """The shares, each the middle of runs that take turns."""
    shares: dict[str, float] = {}
    printer = Printer(ROOT / "templates")
    for name, levels, versions in (("1 document", ("core",), "A"), ("6 documents", LEVELS, "AB")):
        job = class_set(levels, versions)
        joined = replace(job, each=False)
        printer.render(job.documents[0])
        rows = [
            (
                cpu(lambda job=job: renders(printer, job)),
                cpu(lambda job=job: print_class_set(printer, job)),
                cpu(lambda job=joined: print_class_set(printer, job)),
            )
            for _ in range(RUNS)
        ]
        whole, each, together = (statistics.median(column) for column in zip(*rows, strict=True))
        shares[f"class file, {name} / {PUPILS} renders"] = together / whole
        shares[f"class file and --each, {name} / {PUPILS} renders"] = each / whole
    return shares


if __name__ == "__main__":
    for label, share in measure().items():
        print(f"{label}: {share:.3f}")
