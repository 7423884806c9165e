"""What every document of a unit is made of: its lessons, its banks and its dice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Any, TypeVar

from lessonpress.compose.answers import parts_of
from lessonpress.compose.kit import Kit
from lessonpress.load.unit import LoadedUnit
from lessonpress.model.banks import Entry, Event, Interpretation, Person, Term
from lessonpress.model.dice import Dice
from lessonpress.model.lesson import ResolvedLesson, Unit

E = TypeVar("E", bound=Entry)


@dataclass(frozen=True)
class Material:
    """A unit with its sound lessons in their order, the kit that measures it, and the seed of what is shuffled."""

    kit: Kit
    loaded: LoadedUnit
    lessons: tuple[ResolvedLesson, ...]
    seed: int

    @property
    def unit(self) -> Unit:
        """What `unit.yaml` says."""
        return self.lessons[0].unit

    @property
    def revised(self) -> str:
        """The date of the edition, yyyy-mm-dd: the unit's, unless another stands in for all dates."""
        return self.lessons[0].as_of or self.unit.revised

    def dice(self, *names: object) -> Dice:
        """The dice of a document, named after it."""
        return Dice(self.seed, self.loaded.slug, *names)

    @property
    def terms(self) -> tuple[Term, ...]:
        """The terms of the bank, in its order."""
        return self._bank("terms", Term)

    @property
    def people(self) -> tuple[Person, ...]:
        """The people of the bank, in its order."""
        return self._bank("people", Person)

    @property
    def events(self) -> tuple[Event, ...]:
        """The events of the bank in the order of time."""
        return tuple(sorted(self._bank("events", Event), key=lambda event: (event.date.ordinal, event.id)))

    @property
    def interpretations(self) -> tuple[Interpretation, ...]:
        """The interpretations of the bank, in its order."""
        return self._bank("interpretations", Interpretation)

    def _bank(self, name: str, kind: type[E]) -> tuple[E, ...]:
        return tuple(entry for entry in self.loaded.banks.get(name, {}).values() if isinstance(entry, kind))

    @cached_property
    def met(self) -> dict[str, int]:
        """The number of the lesson that first names a term among its words, by the id of the term."""
        found: dict[str, int] = {}
        for lesson in self.lessons:
            for term in lesson.core.terms:
                found.setdefault(term.id, lesson.number)
        return found

    @cached_property
    def named_in(self) -> Counter[tuple[type[Entry], str]]:
        """In how many lessons an entry of a bank is named, by its kind and id."""
        found: Counter[tuple[type[Entry], str]] = Counter()
        for lesson in self.lessons:
            found.update({(type(entry), entry.id) for entry in _entries(lesson.core)})
        return found

    def foremost(self, entries: Sequence[E], count: int) -> tuple[E, ...]:
        """So many entries at most, those that the most lessons name before the others, in the order given."""
        first = sorted(range(len(entries)), key=lambda n: (-self.named_in[type(entries[n]), entries[n].id], n))
        return tuple(entries[n] for n in sorted(first[:count]))

    def spread(self, entries: Sequence[E], count: int) -> tuple[E, ...]:
        """So many entries at most from beginning to end: of as many runs of equal length, from each the foremost."""
        ends = [round(n * len(entries) / count) for n in range(count + 1)]
        runs = [entries[begin:end] for begin, end in pairwise(ends)]
        return tuple(entry for run in runs for entry in self.foremost(run, 1))


def _entries(value: Any) -> Iterator[Entry]:
    """The entries of banks that a value holds."""
    if isinstance(value, Entry):
        yield value
    for part in parts_of(value):
        yield from _entries(part)
