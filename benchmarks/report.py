"""What was measured, as `RESULTS.md`: the machine, each claim beside what was wanted, then all the numbers."""

from __future__ import annotations

import math
import os
import platform
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path

PACKAGES = ("weasyprint", "pydyf", "fonttools", "jinja2", "pydantic", "python-pptx", "lxml")


@dataclass(frozen=True)
class Claim:
    """Something that should hold: what, the bound in words, what was measured, and whether it holds; None for a report."""

    what: str
    wanted: str
    measured: str
    holds: bool | None


@dataclass(frozen=True)
class Table:
    """Numbers under a heading, with a sentence on how they were taken."""

    title: str
    told: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass
class Report:
    """All that a run found."""

    claims: list[Claim] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    skipped: list[str] = field(default_factory=list)
    versions: dict[str, str] = field(default_factory=dict)
    note: str = ""

    def at_most(self, what: str, value: float, bound: float, unit: str = "") -> None:
        """A claim that a number is at most a bound."""
        self.claims.append(Claim(what, f"at most {number(bound)}{unit}", f"{number(value)}{unit}", value <= bound))

    def at_least(self, what: str, value: float, bound: float, unit: str = "") -> None:
        """A claim that a number is at least a bound."""
        self.claims.append(Claim(what, f"at least {number(bound)}{unit}", f"{number(value)}{unit}", value >= bound))

    def holds(self, what: str, wanted: str, measured: str, does: bool) -> None:
        """A claim that is no number."""
        self.claims.append(Claim(what, wanted, measured, does))

    def tell(self, what: str, measured: str) -> None:
        """A number that nothing is asked of."""
        self.claims.append(Claim(what, "", measured, None))

    def markdown(self) -> str:
        """The report as a page."""
        parts = [
            "# Benchmarks",
            "Written by `make bench`: whole processes, in turns, the middle of each; read ratios, not seconds.",
        ]
        parts += [self.note] if self.note else []
        parts.append("\n".join(f"- {name}: {value}" for name, value in {**machine(), **self.versions}.items()))
        rows = [(c.what, c.wanted, c.measured, _sign(c.holds)) for c in self.claims]
        parts.append(f"## Claims\n\n{_table(('', 'wanted', 'measured', 'holds'), rows)}")
        for table in self.tables:
            parts.append(f"## {table.title}\n\n{table.told}\n\n{_table(table.head, table.rows)}")
        if self.skipped:
            parts.append("## Skipped\n\n" + "\n".join(f"- {one}" for one in self.skipped))
        return "\n\n".join(parts) + "\n"

    def write(self, path: Path) -> None:
        """Write the page."""
        path.write_text(self.markdown(), "utf-8")


def number(value: float) -> str:
    """A number with as many digits as it is worth."""
    if value == 0 or abs(value) >= 100:
        return f"{value:.0f}"
    return f"{value:.{max(0, 2 - math.floor(math.log10(abs(value))))}f}".rstrip("0").rstrip(".")


def exponent(sizes: Sequence[float], times: Sequence[float]) -> float:
    """How times grow with sizes: 1 for in line, 2 for a square; a straight line through both logarithms."""
    xs, ys = [math.log(size) for size in sizes], [math.log(seconds) for seconds in times]
    x, y = sum(xs) / len(xs), sum(ys) / len(ys)
    return sum((a - x) * (b - y) for a, b in zip(xs, ys, strict=True)) / sum((a - x) ** 2 for a in xs)


def machine() -> dict[str, str]:
    """The computer and what our documents are printed with."""
    told = {"processor": _processor(), "cores": str(os.cpu_count()), "system": platform.system()}
    told["Python"] = platform.python_version()
    return told | {name: version(name) for name in PACKAGES}


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text("utf-8").splitlines()
    except OSError:
        return platform.machine()
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.machine()


def _sign(holds: bool | None) -> str:
    return "" if holds is None else "yes" if holds else "**no**"


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(cell.replace('|', '/') for cell in line)} |" for line in lines)


def shares(spent: Mapping[str, float]) -> Table:
    """A profile as a table."""
    rows = tuple((name, f"{share:.0%}") for name, share in spent.items() if share >= 0.005)
    told = "The worksheets of the bundled unit in one process, under cProfile; C code counts for its caller."
    return Table("Where the time of a sheet goes", told, ("part", "share"), rows)
