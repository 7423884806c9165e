"""How fast it is, as ratios within one run, so that they hold on any computer: `python benchmarks/run.py`."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
FRONT_DOOR = ROOT / "generate.py"
START_RUNS = 10
"""Starting is short, so it is measured more often; the shortest of all runs counts."""


def seconds(*call: str, runs: int = 1) -> float:
    """The shortest time that a call of Python takes."""
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        subprocess.run([sys.executable, *call], cwd=ROOT, check=True, capture_output=True)
        times.append(time.perf_counter() - start)
    return min(times)


def build(content: Path, output: Path, jobs: int) -> float:
    """The time that a build into a folder takes; errors of single lessons do not matter here."""
    start = time.perf_counter()
    folders = ["--content", str(content), "--output", str(output)]
    call = [sys.executable, str(FRONT_DOOR), "build", *folders, "--jobs", str(jobs), "--json"]
    done = subprocess.run(call, cwd=ROOT, check=False, capture_output=True, text=True)
    took = time.perf_counter() - start
    print(f"  {len(json.loads(done.stdout)['written'])} files with {jobs} workers: {took:.2f} s", file=sys.stderr)
    return took


def measure() -> list[tuple[str, float, str]]:
    """Each ratio with what it should be."""
    with tempfile.TemporaryDirectory() as folder:
        # A copy: whoever writes at the same time must not change what is measured.
        content = Path(shutil.copytree(ROOT / "content", Path(folder) / "content"))
        one = build(content, Path(folder) / "one", 1)
        two = build(content, Path(folder) / "two", 2)
        again = build(content, Path(folder) / "two", 2)
    helped = seconds(str(FRONT_DOOR), "--help", runs=START_RUNS)
    clicked = seconds("-c", "import click", runs=START_RUNS)
    return [
        ("no-op build / full build, 2 workers", again / two, "below 0.25"),
        ("full build, 2 workers / 1 worker", two / one, f"about {1 / min(2, os.cpu_count() or 1):.2f} to 0.70"),
        ("--help / import click", helped / clicked, "below 1.5"),
    ]


def main() -> None:
    """Print the ratios as a table."""
    rows = measure()
    print(f"{'ratio':<38} {'measured':>8}   wanted")
    for name, ratio, wanted in rows:
        print(f"{name:<38} {ratio:>8.2f}   {wanted}")


if __name__ == "__main__":
    main()
