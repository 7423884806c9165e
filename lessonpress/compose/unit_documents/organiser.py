"""The knowledge organiser: what a pupil should know of a unit by heart, numbered, on one page.

How many entries of each kind: Robert Peal, "Organising historical knowledge" (2017): about 25 key words, ten dates and
eight people.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from lessonpress.compose.cards import SLACK
from lessonpress.compose.unit_documents.material import Material
from lessonpress.diagrams.drawing import MM_PER_PT
from lessonpress.measure import Face, wrap
from lessonpress.model.banks import Person
from lessonpress.model.text import Line

MOST = {"terms": 25, "dates": 10, "people": 8, "claims": 4}
"""How many entries of a kind stand on the page where it has room for all."""
LEAST_PT = 9.0
STEP_PT = 0.25
LEADING = 1.22
GAP_MM = 7.0
NUMBER_MM = 6.5
PROMPT = 0.36
"""The part of a column that prompts have."""
ROW_MM = 7.0
"""The least height of a row: one line of handwriting."""
PAD_MM = 1.3
LOOSE_MM = 2.5
"""How much higher rows may be made to fill the page."""
TITLE_MM = 8.5
HEAD_MM = 37.0
"""What stands above the columns, and a little air."""


@dataclass(frozen=True)
class Fact:
    """A prompt and what is to be known of it, under its number, in a row of `height` mm; `blank` leaves room to write
    that down.
    """

    prompt: Line
    answer: Line
    number: int = 0
    height: float = ROW_MM
    blank: bool = False


@dataclass(frozen=True)
class Section:
    """Facts of one kind; `goes_on` where the section began in the column before."""

    kind: str
    facts: tuple[Fact, ...]
    goes_on: bool = False


@dataclass(frozen=True)
class Sheet:
    """The sections by columns, the type in points and its line in mm."""

    columns: tuple[tuple[Section, ...], ...]
    size: float
    lead: float


def names(material: Material, form: str) -> dict[str, Any] | None:
    """The organiser whole, or in one of its forms, "half-blank" or "blank"; None for a unit without facts.

    Type is as large as lets all entries stand on the page; at 9 points there are fewer entries. In larger type the
    page is one column that takes as many pages as it takes.
    """
    if not any(section.facts for section in _sections(material, 1.0)):
        return None
    made = _flowing(material) if material.kit.theme.profile.large else _fitted(material)
    return {"sheet": _in_form(made, material, form), "form": form}


def _flowing(material: Material) -> Sheet:
    theme = material.kit.theme
    return Sheet((_numbered(_sections(material, 1.0)),), theme.pt("cell"), theme.mm("cell-lead"))


def _sections(material: Material, part: float) -> tuple[Section, ...]:
    """The foremost entries of each kind, so large a part of the most; none of these is numbered."""
    most = {kind: max(1, round(count * part)) for kind, count in MOST.items()}
    terms = [Fact(t.term, t.gloss or t.definition) for t in material.foremost(material.terms, most["terms"])]
    dates = [Fact(e.when, e.label) for e in material.spread(material.events, most["dates"])]
    people = [Fact(p.name, _known_for(p)) for p in material.people[: most["people"]] if _known_for(p).plain]
    claims = [Fact(i.title, i.argument) for i in material.interpretations[: most["claims"]]]
    by_kind = {"terms": terms, "dates": dates, "people": people, "claims": claims}
    return tuple(Section(kind, tuple(facts)) for kind, facts in by_kind.items() if facts)


def _known_for(person: Person) -> Line:
    """What is to be known of a person first: what the power rested on, else an office, else the end."""
    return person.base or next(iter(person.offices), None) or person.fate or Line(())


def _numbered(sections: Sequence[Section]) -> tuple[Section, ...]:
    """The sections with their facts numbered through."""
    out, number = [], 0
    for section in sections:
        facts = tuple(replace(fact, number=number + n) for n, fact in enumerate(section.facts, 1))
        number += len(facts)
        out.append(replace(section, facts=facts))
    return tuple(out)


def _fitted(material: Material) -> Sheet:
    """The page in the largest type in which all entries fit; fewer entries where the smallest is still too large."""
    ruler = _Ruler(material)
    part = 1.0
    while True:
        sections = _numbered(_sections(material, part))
        size = material.kit.theme.pt("cell")
        while size >= LEAST_PT:
            if (made := ruler.columns(sections, size)) is not None:
                return made
            size -= STEP_PT
        if part <= 0.1:
            return ruler.split(sections, LEAST_PT)
        part -= 0.05


def _in_form(made: Sheet, material: Material, form: str) -> Sheet:
    """The sheet with the answers blank that its form leaves out: of two that follow each other, one by the dice."""
    facts = [fact for column in made.columns for section in column for fact in section.facts]
    dice = material.dice("knowledge-organiser")
    drawn = [dice.below(2) for _ in facts[::2]]
    blank = {
        fact.number
        for index, fact in enumerate(facts)
        if form == "blank" or (form == "half-blank" and drawn[index // 2] == index % 2)
    }
    columns = tuple(
        tuple(
            replace(section, facts=tuple(replace(fact, blank=fact.number in blank) for fact in section.facts))
            for section in column
        )
        for column in made.columns
    )
    return replace(made, columns=columns)


class _Ruler:
    """Measures rows of the two columns of a page."""

    def __init__(self, material: Material) -> None:
        theme, faces = material.kit.theme, material.kit.faces
        self._face, self._bold = faces["text"], faces["text-bold"]
        width = (theme.measure_mm - GAP_MM) / 2 - NUMBER_MM
        self._prompt, self._answer = width * PROMPT - 2.0, width * (1 - PROMPT)
        self._height = theme.mm("page-height") - theme.mm("margin-first") - theme.mm("margin-bottom") - HEAD_MM

    def rows(self, sections: Sequence[Section], size: float) -> dict[int, float]:
        """The heights of the facts in mm by their numbers."""
        return {fact.number: self._row(fact, size) for section in sections for fact in section.facts}

    def _row(self, fact: Fact, size: float) -> float:
        lines = max(
            self._lines(self._bold, fact.prompt, self._prompt, size),
            self._lines(self._face, fact.answer, self._answer, size),
        )
        return max(lines * size * LEADING * MM_PER_PT + PAD_MM, ROW_MM)

    def _lines(self, face: Face, line: Line, width: float, size: float) -> int:
        return len(wrap(face, line.plain, size, width / MM_PER_PT * SLACK))

    def columns(self, sections: Sequence[Section], size: float) -> Sheet | None:
        """The facts in two columns of nearly one height, the rows as high as the page has room; None without room."""
        rows = self.rows(sections, size)
        made = _split(sections, size, rows)
        room = [self._height - _column(column, rows) for column in made.columns]
        if min(room) < 0:
            return None
        counts = [sum(len(section.facts) for section in column) for column in made.columns]
        more = min(LOOSE_MM, *(free / max(1, count) for free, count in zip(room, counts, strict=True)))
        return replace(made, columns=tuple(tuple(_set(section, rows, more) for section in c) for c in made.columns))

    def split(self, sections: Sequence[Section], size: float) -> Sheet:
        """The facts in two columns, whatever room they take."""
        return _split(sections, size, self.rows(sections, size))


def _set(section: Section, rows: Mapping[int, float], more: float) -> Section:
    facts = (replace(fact, height=round(rows[fact.number] + more, 2)) for fact in section.facts)
    return replace(section, facts=tuple(facts))


def _split(sections: Sequence[Section], size: float, rows: Mapping[int, float]) -> Sheet:
    """The facts in two columns, parted where these are most alike; no section has one fact alone in a column."""
    count = sum(len(section.facts) for section in sections)
    parts = [_parted(sections, at) for at in range(1, count)] or [(tuple(sections), ())]
    sound = [pair for pair in parts if all(len(s.facts) > 1 or not s.goes_on for s in pair[1])] or parts
    best = min(sound, key=lambda pair: max(_column(column, rows) for column in pair))
    return Sheet(best, size, round(size * LEADING * MM_PER_PT, 3))


def _column(column: Sequence[Section], rows: Mapping[int, float]) -> float:
    return sum(TITLE_MM + sum(rows[fact.number] for fact in section.facts) for section in column)


def _parted(sections: Sequence[Section], at: int) -> tuple[tuple[Section, ...], tuple[Section, ...]]:
    """The sections in two columns, the first of `at` facts."""
    left, right, seen = [], [], 0
    for section in sections:
        here = max(0, min(at - seen, len(section.facts)))
        seen += len(section.facts)
        if here:
            left.append(replace(section, facts=section.facts[:here]))
        if here < len(section.facts):
            right.append(replace(section, facts=section.facts[here:], goes_on=here > 0))
    return tuple(left), tuple(right)
