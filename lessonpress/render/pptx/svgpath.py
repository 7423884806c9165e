"""The two little languages inside SVG attributes: transforms and path data."""

from __future__ import annotations

import math
import re
from typing import TypeAlias

Matrix: TypeAlias = tuple[float, float, float, float, float, float]
Point: TypeAlias = tuple[float, float]
NUMBER = re.compile(r"[-+]?(?:\d*\.\d+|\d+\.?)(?:[eE][-+]?\d+)?")
_TRANSFORM = re.compile(r"(\w+)\s*\(([^)]*)\)\s*,?\s*")
_TOKEN = re.compile(rf"[A-Za-z]|{NUMBER.pattern}")
IDENTITY: Matrix = (1, 0, 0, 1, 0, 0)


class PathError(ValueError):
    """A transform or a path that has no native counterpart."""


def numbers(text: str) -> list[float]:
    """Every number of a list such as `points`."""
    return [float(number) for number in NUMBER.findall(text)]


def multiply(a: Matrix, b: Matrix) -> Matrix:
    """The transform that does b first and a after it."""
    return (
        a[0] * b[0] + a[2] * b[1],
        a[1] * b[0] + a[3] * b[1],
        a[0] * b[2] + a[2] * b[3],
        a[1] * b[2] + a[3] * b[3],
        a[0] * b[4] + a[2] * b[5] + a[4],
        a[1] * b[4] + a[3] * b[5] + a[5],
    )


def apply(m: Matrix, point: Point) -> Point:
    """Where a point is moved to."""
    x, y = point
    return m[0] * x + m[2] * y + m[4], m[1] * x + m[3] * y + m[5]


def matrix(text: str) -> Matrix:
    """The matrix of a `transform`; raises PathError for skews, mirrors and uneven scales."""
    if _TRANSFORM.sub("", text).strip():
        raise PathError(f"transform {text!r} is not supported")
    result = IDENTITY
    for name, arguments in _TRANSFORM.findall(text):
        result = multiply(result, _step(name, numbers(arguments), f"{name}({arguments})"))
    return result


def _step(name: str, values: list[float], text: str) -> Matrix:
    if name == "translate" and len(values) in (1, 2):
        return (1, 0, 0, 1, values[0], values[1] if len(values) == 2 else 0)
    if name == "scale" and len(values) in (1, 2) and values[0] == values[-1] > 0:
        return (values[0], 0, 0, values[0], 0, 0)
    if name == "rotate" and len(values) in (1, 3):
        cos, sin = math.cos(math.radians(values[0])), math.sin(math.radians(values[0]))
        x, y = (values[1], values[2]) if len(values) == 3 else (0.0, 0.0)
        return (cos, sin, -sin, cos, x - cos * x + sin * y, y - sin * x - cos * y)
    raise PathError(f"transform {text} is not supported")


def subpaths(data: str) -> list[tuple[list[Point], bool]]:
    """The straight segments of path data as (points, closed); raises PathError for curves."""
    return _Pen(_TOKEN.findall(data)).draw()


class _Pen:
    """Walks through the tokens of path data."""

    def __init__(self, tokens: list[str]) -> None:
        self._tokens = tokens
        self._done: list[tuple[list[Point], bool]] = []
        self._points: list[Point] = []
        self._at: Point = (0.0, 0.0)

    def draw(self) -> list[tuple[list[Point], bool]]:
        command = ""
        while self._tokens:
            if self._tokens[0].isalpha():
                command = self._tokens.pop(0)
                if command not in "MmLlHhVvZz":
                    raise PathError(f"path command {command!r} is not supported; draw with straight segments")
                if command in "Zz":
                    self._close()
                    continue
            command = self._move(command)
        self._finish(closed=False)
        return self._done

    def _move(self, command: str) -> str:
        """Go to the next point; after a moveto more points are linetos."""
        if not command:
            raise PathError("path data begins with a command")
        here = self._at if command.islower() else (0.0, 0.0)
        if command in "Hh":
            self._at = here[0] + self._take(), self._at[1]
        elif command in "Vv":
            self._at = self._at[0], here[1] + self._take()
        else:
            self._at = here[0] + self._take(), here[1] + self._take()
        if command in "Mm":
            self._finish(closed=False)
        if not self._points and command not in "Mm":
            raise PathError("path data begins with M")
        self._points.append(self._at)
        return {"M": "L", "m": "l"}.get(command, command)

    def _take(self) -> float:
        if not self._tokens or self._tokens[0].isalpha():
            raise PathError("path data breaks off")
        return float(self._tokens.pop(0))

    def _close(self) -> None:
        if not self._points:
            raise PathError("path data closes nothing")
        first = self._points[0]
        self._finish(closed=True)
        self._at = first
        self._points = [first]

    def _finish(self, *, closed: bool) -> None:
        if len(self._points) > 1:
            self._done.append((self._points, closed))
        self._points = []
