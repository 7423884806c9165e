"""`python -m benchmarks.run [--quick]`: every claim about speed and memory, measured and written to RESULTS.md.

With --quick on few documents, once each, to see that it works; what it measures is worth nothing, and it is printed.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from benchmarks import compare
from benchmarks.measure import ROOT, Failed, adopt, say
from benchmarks.report import Report
from benchmarks.scale import scale

RESULTS = ROOT / "benchmarks/RESULTS.md"
PROGRAMS = {
    "Chromium": ("chromium", "--version"),
    "pandoc": ("pandoc", "--version"),
    "XeLaTeX": ("xelatex", "--version"),
    "LibreOffice": ("soffice", "--version"),
    "Typst": (sys.executable, "-c", "from importlib.metadata import version; print(version('typst'))"),
}


@dataclass(frozen=True)
class Size:
    """How much is measured."""

    lessons: tuple[str, ...]
    rounds: int
    library: int
    smaller: tuple[int, ...]
    pupils: int


WHOLE = Size((), 3, 200, (10, 25, 50), compare.PUPILS)
QUICK = Size(("02",), 1, 3, (1, 2), 4)


def measure(size: Size) -> Report:
    """Measure all, in a folder that is removed again."""
    report, start = Report(versions=versions()), time.perf_counter()
    with tempfile.TemporaryDirectory(prefix="lessonpress-bench-") as name:
        folder = Path(name)
        for part in (
            partial(scale, report, folder, size.library, size.smaller),
            partial(compare.sheets, report, folder, size.lessons, size.rounds),
            partial(compare.builds, report, folder, size.lessons, size.rounds),
            partial(compare.class_sets, report, folder, size.rounds, size.pupils),
            partial(compare.decks, report, folder, size.lessons, size.rounds),
        ):
            try:
                part()
            except Failed as error:
                # What was measured before is not lost.
                report.holds(f"{part.func.__name__}, measured to the end", "yes", " ".join(str(error).split()), False)
    report.note = f"The whole run took {(time.perf_counter() - start) / 60:.0f} minutes."
    return report


def versions() -> dict[str, str]:
    """The versions of the other printers that are installed."""
    found = {}
    for name, call in PROGRAMS.items():
        try:
            told = subprocess.run(call, check=True, capture_output=True, text=True).stdout.split("\n")[0]
        except (OSError, subprocess.CalledProcessError):
            continue
        found[name] = told.strip()
    return found


def main() -> int:
    """Measure, and write what was found; 1 where a claim does not hold."""
    adopt()
    quick = "--quick" in sys.argv[1:]
    report = measure(QUICK if quick else WHOLE)
    if quick:
        print(report.markdown())
        return 0
    report.write(RESULTS)
    say(f"written to {RESULTS.relative_to(ROOT)}")
    return 1 if any(claim.holds is False for claim in report.claims) else 0


if __name__ == "__main__":
    sys.exit(main())
