"""Labels that hang from poles like flags, so that no label covers another label or its pole.

A flag reaches to the right of its pole, or to the left where the right edge is near. It stands
in a row; the poles of higher rows pass through lower ones, so a flag must be higher than every
pole that it reaches over.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
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
    field = _Field(flags, limit)
    mirrored = [not side for side in _sides([Flag(limit - f.pole, f.width) for f in reversed(flags)], limit)][::-1]
    starts = [_sides(flags, limit), mirrored]
    found = [best for left in starts if (best := _improved(field, left, cost)) is not None]
    return min(found, key=lambda best: best[0])[1] if found else None


def _improved(field: _Field, left: list[bool], cost: Cost) -> tuple[float, list[Planted]] | None:
    """The best that turning flags one by one comes to, with its cost."""
    if not all(field.has_room(n, left) for n in range(len(left))):
        return None
    best = field.planted(left)
    least = cost(best)
    since = 0
    for n in (*range(len(left)), *range(len(left))):
        if since == len(left):  # each of them has been tried as they stand now
            break
        since += 1
        turned = [side != (m == n) for m, side in enumerate(left)]
        if field.has_room(n, turned):
            other = field.planted(turned)
            if (lower := cost(other)) < least - 1e-9:
                left, best, least, since = turned, other, lower, 0
    return least, best


class _Field:
    """Flags with what each reaches over when it hangs to the right, and when to the left."""

    def __init__(self, flags: Sequence[Flag], limit: float) -> None:
        poles = [flag.pole for flag in flags]
        self._spans = [((f.pole, f.pole + f.width), (f.pole - f.width, f.pole)) for f in flags]
        self._inside = [tuple(low >= 0 and high <= limit for low, high in spans) for spans in self._spans]
        # The poles that a flag reaches over stand next to its own.
        self._over = [
            (range(n + 1, bisect_right(poles, right[1])), range(bisect_left(poles, left[0]), n))
            for n, (right, left) in enumerate(self._spans)
        ]

    def has_room(self, n: int, left: Sequence[bool]) -> bool:
        """Whether a flag stays on the canvas and faces none: two flags over each other's poles would each be higher."""
        over = self._over[n][left[n]]
        return self._inside[n][left[n]] and not any(left[m] != left[n] and n in self._over[m][left[m]] for m in over)

    def planted(self, left: Sequence[bool]) -> list[Planted]:
        """The rows for flags that all have room on their sides.

        A flag stands higher than all whose poles it reaches over; of those that are ready the last comes first.
        """
        rows, stood = [-1] * len(left), list[list[tuple[float, float]]]()
        over = [self._over[n][side] for n, side in enumerate(left)]
        waiting = list(range(len(left)))[::-1]
        while waiting:
            n = next(n for n in waiting if -1 not in rows[over[n].start : over[n].stop])
            waiting.remove(n)
            below = rows[over[n].start : over[n].stop]
            rows[n] = _lowest(self._spans[n][left[n]], 1 + max(below, default=-1), stood)
        return [Planted(row, side) for row, side in zip(rows, left, strict=True)]


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


def _lowest(span: tuple[float, float], row: int, stood: list[list[tuple[float, float]]]) -> int:
    """The lowest row from `row` up in which a flag meets no other; it stands there then."""
    low, high = span
    while row < len(stood) and any(start < high and low < end for start, end in stood[row]):
        row += 1
    if row == len(stood):
        stood.append([])
    stood[row].append(span)
    return row
