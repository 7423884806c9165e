"""Dice that fall the same way on every machine.

Only `random.Random.random` is used: the one draw that Python promises to keep.
"""

from __future__ import annotations

import hashlib
import random
from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")


class Dice:
    """A source of chance named by its seed and by what is being posed."""

    def __init__(self, *names: object) -> None:
        digest = hashlib.sha256("\x1f".join(map(str, names)).encode()).digest()
        self._random = random.Random(int.from_bytes(digest, "big"))  # noqa: S311 - games, not secrets

    def below(self, limit: int) -> int:
        """A whole number from 0 up to, not including, `limit`."""
        return int(self._random.random() * limit)

    def shuffled(self, items: Sequence[T]) -> tuple[T, ...]:
        """The items in a drawn order (Fisher-Yates)."""
        out = list(items)
        for last in range(len(out) - 1, 0, -1):
            other = self.below(last + 1)
            out[last], out[other] = out[other], out[last]
        return tuple(out)

    def disordered(self, items: Sequence[T]) -> tuple[T, ...]:
        """The items in a drawn order that is not the one given; as given when there is no other."""
        given = tuple(range(len(items)))
        for _ in range(20):
            order = self.shuffled(given)
            if order != given:
                return tuple(items[i] for i in order)
        return tuple(items)

    def sample(self, items: Sequence[T], count: int) -> tuple[T, ...]:
        """`count` of the items, fewer when there are not so many, in the order given."""
        chosen = sorted(self.shuffled(range(len(items)))[:count])
        return tuple(items[i] for i in chosen)
