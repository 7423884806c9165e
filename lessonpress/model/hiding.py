"""Words hidden in a square of letters, each of which can be found there once and no more."""

from __future__ import annotations

import math
from codecs import decode
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lessonpress.model.dice import Dice

SIDE = 15
"""The most letters across and down: as many as a page has room for in large print."""
AIR = 1.9
"""How many squares there are, at the least, for each letter that is hidden."""
ATTEMPTS = 48
TRIES = 120
"""How often a filling is mended before the words are hidden anew."""

Way = tuple[int, int]
"""A step along a word: columns to the right, rows down."""
STRAIGHT: tuple[Way, ...] = ((1, 0), (0, 1))
SLANTING: tuple[Way, ...] = ((1, 1), (1, -1))
Square = tuple[int, int]

# Turned round by thirteen letters, so that nobody reads them here either.
_RUDE = "NEFR NFF PBPX PENC PHAG SNEG SHPX ENCR FRK FUVG FYHG GVG JNAX JUBER"
RUDE = tuple(decode(_RUDE, "rot13").split())
"""Words that no filling may spell."""


@dataclass(frozen=True)
class Run:
    """Where a word lies: its first square, its way and its length."""

    column: int
    row: int
    way: Way
    count: int

    @property
    def squares(self) -> list[Square]:
        """The squares of its letters, in their order."""
        return [(self.column + n * self.way[0], self.row + n * self.way[1]) for n in range(self.count)]

    def __str__(self) -> str:
        """What draws a ring round it: the first square, the length in squares, and the turn in degrees."""
        length = (self.count - 1) * math.hypot(*self.way)
        return f"{self.column} {self.row} {length:.3f} {math.degrees(math.atan2(self.way[1], self.way[0])):g}"


@dataclass(frozen=True)
class Hidden:
    """A filled square of letters, and where each word lies, in the order of the words."""

    rows: tuple[str, ...]
    runs: tuple[Run, ...]


def hide(words: Sequence[str], ways: Sequence[Way], dice: Dice) -> Hidden | None:
    """The words hidden along the ways that are allowed; None where no attempt finds room for all.

    The other letters are those of the words, so that none stands out in any language.
    """
    total = sum(map(len, words))
    least = max(*map(len, words), math.ceil(math.sqrt(total * AIR)))
    for attempt in range(ATTEMPTS):
        side = least + attempt // 8
        if side > SIDE:
            break
        runs = _placed(words, ways, side, dice)
        letters = _filled(words, runs, side, dice) if runs else None
        if runs and letters:
            rows = ("".join(letters[column, row] for column in range(side)) for row in range(side))
            return Hidden(tuple(rows), tuple(runs[n] for n in range(len(words))))
    return None


def sure(words: Sequence[str], ways: Sequence[Way]) -> Hidden | None:
    """A square that does not depend on the draw: words that are checked with it can always be posed."""
    return hide(words, ways, Dice("hiding"))


def _placed(words: Sequence[str], ways: Sequence[Way], side: int, dice: Dice) -> dict[int, Run] | None:
    """A run for every word, the long ones first; None where one finds no room."""
    letters: dict[Square, str] = {}
    runs: dict[int, Run] = {}
    for at in sorted(range(len(words)), key=lambda at: (-len(words[at]), at)):
        word = words[at]
        free = [run for run in _runs(len(word), ways, side) if _fits(word, run, letters)]
        if not free:
            return None
        # First the way, then the place: long words have fewer places on a slant.
        way = dice.shuffled(sorted({run.way for run in free}))[0]
        runs[at] = dice.shuffled([run for run in free if run.way == way])[0]
        letters.update(zip(runs[at].squares, word, strict=True))
    return runs


def _runs(count: int, ways: Sequence[Way], side: int) -> Iterator[Run]:
    """Every run of so many letters in a square."""
    for way in ways:
        for column in range(side):
            for row in range(side):
                end = (column + (count - 1) * way[0], row + (count - 1) * way[1])
                if all(0 <= place < side for place in end):
                    yield Run(column, row, way, count)


def _fits(word: str, run: Run, letters: dict[Square, str]) -> bool:
    """Whether a word can be written there: every letter on a free square or on its like, and not all on others'."""
    there = [letters.get(square) for square in run.squares]
    return None in there and all(old in (None, new) for old, new in zip(there, word, strict=True))


def _filled(words: Sequence[str], runs: dict[int, Run], side: int, dice: Dice) -> dict[Square, str] | None:
    """All letters of the square; those between the words are drawn until nothing can be found that is not hidden."""
    pool = "".join(words)
    fixed = {square: letter for at, run in runs.items() for square, letter in zip(run.squares, words[at], strict=True)}
    letters = {
        (column, row): fixed.get((column, row)) or pool[dice.below(len(pool))]
        for row in range(side)
        for column in range(side)
    }
    wanted = {frozenset(run.squares) for run in runs.values()}
    for _ in range(TRIES):
        again = next((found for found in found_in(letters, (*words, *RUDE)) if found not in wanted), None)
        if again is None:
            return letters
        loose = sorted(again - fixed.keys())
        if not loose:
            return None
        letters[loose[dice.below(len(loose))]] = pool[dice.below(len(pool))]
    return None


def found_in(letters: dict[Square, str], words: Sequence[str]) -> Iterator[frozenset[Square]]:
    """The squares of every word that can be read in any of the eight directions."""
    ways = [(x, y) for x in (-1, 0, 1) for y in (-1, 0, 1) if (x, y) != (0, 0)]
    by_first: dict[str, list[str]] = {}
    for word in words:
        by_first.setdefault(word[0], []).append(word)
    for (column, row), letter in letters.items():
        for word in by_first.get(letter, ()):
            for x, y in ways:
                if all(letters.get((column + n * x, row + n * y)) == sign for n, sign in enumerate(word)):
                    yield frozenset((column + n * x, row + n * y) for n in range(len(word)))
