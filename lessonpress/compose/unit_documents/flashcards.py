"""Flashcards of a unit: a question on the front, what is to be known on the back; words, people and events."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from lessonpress.compose.cards import CardRuler, Grid
from lessonpress.compose.unit_documents.material import Material
from lessonpress.model.banks import Person
from lessonpress.model.cards import Card
from lessonpress.model.text import Line

DATES = 24
"""So many events at most have a card: those that lessons name most, from beginning to end."""
SLACK_MM = 1.5
SHAPES = ((2, 4), (2, 3), (2, 2), (1, 3), (1, 2), (1, 1))
"""Columns and rows of a page, the densest first: eight cards where all of them can be read."""
FOLDED = ((2, 4), (2, 3), (2, 2), (2, 1))
"""The same for cards whose back stands beside the front."""


@dataclass(frozen=True)
class Flashcard:
    """A card under its number, of the kind `term`, `person` or `event`."""

    number: int
    kind: str
    front: Line
    back: tuple[Line, ...]


@dataclass(frozen=True)
class Leaf:
    """A sheet of paper: its fronts by rows, and its backs by rows as they lie when the paper is turned on its long
    edge; None where there is no card.
    """

    fronts: tuple[tuple[Flashcard | None, ...], ...]
    backs: tuple[tuple[Flashcard | None, ...], ...]


def names(material: Material, form: str) -> dict[str, Any] | None:
    """The cards, to print on both sides or, in the form "fold", front beside back; None for a unit without any.

    The type is the largest in which the longest card can be read, the same for all fronts and for all backs.
    """
    cards = tuple(_cards(material))
    if not cards:
        return None
    how = material.kit.labels("flashcards_fold_how" if form == "fold" else "flashcards_how")
    ruler = CardRuler(material.kit, Line.parse(material.unit.title.plain), how)
    measured = [Card("-", face) for card in cards for face in ((card.front,), card.back)]
    grid = ruler.grid(measured, FOLDED if form == "fold" else SHAPES)
    # A word alone on its front is set larger than the text of the backs.
    fronts = ruler.grid([Card("-", (), card.front) for card in cards], ((grid.columns, grid.rows),))
    theme = material.kit.theme
    page = theme.mm("page-height") - theme.mm("margin-top") - theme.mm("margin-bottom")
    # Every page leaves as much free as the head of the first: fronts and backs have to lie on each other.
    head = round(page - grid.rows * grid.height - SLACK_MM, 2)
    return {
        "form": form,
        "how": how,
        "grid": grid,
        "fronts": fronts,
        "head": head,
        "cards": cards,
        "leaves": tuple(leaves(cards, grid)),
    }


def _cards(material: Material) -> Iterator[Flashcard]:
    """Every word, every person and the foremost events, numbered through."""
    faces: list[tuple[str, Line, tuple[Line, ...]]] = []
    faces += [("term", term.term, (term.definition,)) for term in material.terms]
    faces += [("person", person.name, back) for person in material.people if (back := _of(person))]
    faces += [("event", event.when, (event.label,)) for event in material.spread(material.events, DATES)]
    for number, (kind, front, back) in enumerate(faces, 1):
        yield Flashcard(number, kind, front, back)


def _of(person: Person) -> tuple[Line, ...]:
    """What is to be known of a person: what the power rested on, else the last office; and the end."""
    known = person.base or next(reversed(person.offices), None)
    return tuple(line for line in (known, person.fate) if line is not None)


def leaves(cards: Iterable[Flashcard], grid: Grid) -> Iterator[Leaf]:
    """The sheets of paper that the cards take; the backs of a row stand in turned order."""
    todo = list(cards)
    while todo:
        page, todo = todo[: grid.count], todo[grid.count :]
        filled = [*page, *[None] * (-len(page) % grid.columns)]
        rows = tuple(tuple(filled[n : n + grid.columns]) for n in range(0, len(filled), grid.columns))
        yield Leaf(rows, tuple(row[::-1] for row in rows))
