"""Labels that hang from poles like flags, so that no label covers another label or its pole.

A flag reaches to the right of its pole, or to the left where the right edge is near. It stands
in a row; the poles of higher rows pass through lower ones, so a flag must be higher than every
pole that it reaches over.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Flag:
    """A flag of `width` mm on a pole at `pole` mm."""

    pole: float
    width: float


@dataclass(frozen=True, slots=True)
class Planted:
    """Where a flag stands: its row, 0 next to the axis, and the side of the pole."""

    row: int
    left: bool


Cost: TypeAlias = Callable[[Sequence[Planted]], float]


def apart(wanted: Sequence[float], gap: float, low: float, high: float) -> list[float]:
    """Rising places as near as can be to the wanted ones (mm), `gap` apart and between `low` and `high`."""
    out: list[float] = []
    for place in wanted:
        out.append(max(place, low, out[-1] + gap if out else low))
    limit = high
    for n in range(len(out) - 1, -1, -1):
        out[n] = min(out[n], limit)
        limit = out[n] - gap
    return _centred(wanted, out, gap, low, high)


def _centred(wanted: Sequence[float], out: list[float], gap: float, low: float, high: float) -> list[float]:
    """Each run of touching places moved so that it lies in the middle of what was wanted."""
    start = 0
    for n in range(1, len(out) + 1):
        if n < len(out) and out[n] - out[n - 1] <= gap + 1e-9:
            continue
        run = range(start, n)
        shift = sum(wanted[i] - out[i] for i in run) / len(run)
        least = (out[start - 1] + gap if start else low) - out[start]
        most = (out[n] - gap if n < len(out) else high) - out[n - 1]
        shift = max(least, min(shift, most))
        out[start:n] = [place + shift for place in out[start:n]]
        start = n
    return out


def plant(flags: Sequence[Flag], limit: float, cost: Cost) -> list[Planted] | None:
    """Rows and sides for flags whose poles rise from left to right, inside 0 to `limit` mm.

    Flags are turned round one by one as long as that lowers the cost. None where the flags
    have no room.
    """
    mirrored = [not side for side in _sides([Flag(limit - f.pole, f.width) for f in reversed(flags)], limit)][::-1]
    found = [
        best for left in (_sides(flags, limit), mirrored) if (best := _improved(flags, left, limit, cost)) is not None
    ]
    return min(found, key=cost, default=None)


def _improved(flags: Sequence[Flag], left: list[bool], limit: float, cost: Cost) -> list[Planted] | None:
    best = _rows(flags, left, limit)
    if best is None:
        return None
    for _ in range(2):
        for n in range(len(flags)):
            turned = [side != (m == n) for m, side in enumerate(left)]
            other = _rows(flags, turned, limit)
            if other is not None and cost(other) < cost(best) - 1e-9:
                left, best = turned, other
    return best


def _rows(flags: Sequence[Flag], left: Sequence[bool], limit: float) -> list[Planted] | None:
    """The rows for flags on given sides; None where two face each other or one leaves the canvas."""
    spans = [
        (f.pole - f.width, f.pole) if side else (f.pole, f.pole + f.width) for f, side in zip(flags, left, strict=True)
    ]
    if any(low < 0 or high > limit for low, high in spans):
        return None
    above: list[set[int]] = [_under(n, spans, flags, left) for n in range(len(flags))]
    rows: dict[int, int] = {}
    while len(rows) < len(flags):
        ready = [n for n in range(len(flags)) if n not in rows and above[n] <= rows.keys()]
        if not ready:
            return None
        n = ready[-1]
        rows[n] = _lowest(n, 1 + max((rows[m] for m in above[n]), default=-1), rows, spans)
    return [Planted(rows[n], left[n]) for n in range(len(flags))]


def _sides(flags: Sequence[Flag], limit: float) -> list[bool]:
    """Which flags hang to the left: those at the right edge, and those that would face one of them."""
    left = [f.pole + f.width > limit for f in flags]
    changed = True
    while changed:
        changed = False
        for a, b in _facing(flags, left):
            if flags[a].pole + flags[a].width > flags[b].pole and flags[b].pole - flags[b].width < flags[a].pole:
                left[a] = changed = True
    return left


def _facing(flags: Sequence[Flag], left: list[bool]) -> Iterable[tuple[int, int]]:
    for b in range(len(flags)):
        for a in range(b):
            if left[b] and not left[a]:
                yield a, b


def _under(n: int, spans: Sequence[tuple[float, float]], flags: Sequence[Flag], left: Sequence[bool]) -> set[int]:
    """The flags whose poles flag n reaches over, and which must therefore be lower."""
    low, high = spans[n]
    others = range(n) if left[n] else range(n + 1, len(flags))
    return {m for m in others if low <= flags[m].pole <= high}


def _lowest(n: int, row: int, rows: dict[int, int], spans: Sequence[tuple[float, float]]) -> int:
    """The lowest row from `row` up in which flag n meets no other."""
    while any(rows[m] == row and spans[m][0] < spans[n][1] and spans[n][0] < spans[m][1] for m in rows):
        row += 1
    return row
