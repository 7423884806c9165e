"""The room that a diagram is placed in, and the measuring of text in it.

Lengths written for paper (10.5 pt text) grow with the text, so that one `place` serves a
sheet and a slide.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from lessonpress.diagrams.drawing import ASCENT, DESCENT, MM_PER_PT, Anchor, Box, Dot, Item, Label, Role
from lessonpress.measure import Face
from lessonpress.model.language import BRITISH, Language

PAPER_BODY = 10.5
SLACK = 1.02  # printers round glyph widths


@dataclass(frozen=True, slots=True)
class Words:
    """The few words that diagrams print by themselves, in the language of the unit."""

    months: tuple[str, ...] = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
    together: str = "Together"
    against: str = "Against"
    issue: str = "Issue"
    language: Language = BRITISH


@dataclass(frozen=True, slots=True)
class Bounds:
    """The space that an item takes, in mm."""

    left: float
    top: float
    right: float
    bottom: float

    def overlaps(self, other: Bounds, slack: float = 0.01) -> bool:
        """Whether the two share more than `slack` mm both ways."""
        return (
            min(self.right, other.right) - max(self.left, other.left) > slack
            and min(self.bottom, other.bottom) - max(self.top, other.top) > slack
        )


@dataclass(frozen=True, slots=True)
class Canvas:
    """A width in mm, a height in mm where there is a limit, two text sizes in pt and the faces by weight."""

    width_mm: float
    height_mm: float | None
    body_pt: float
    small_pt: float
    faces: Mapping[int, Face]
    words: Words = Words()
    _wrapped: dict[tuple[object, ...], list[str]] = field(default_factory=dict, init=False, compare=False, repr=False)

    @property
    def tight(self) -> bool:
        """Whether the height is limited and nothing is written on by hand: a slide."""
        return self.height_mm is not None

    def mm(self, paper: float) -> float:
        """A length given for paper, grown with the text of this canvas."""
        return paper * self.body_pt / PAPER_BODY

    def step(self, size: float) -> float:
        """The distance in mm between two baselines of text of `size` pt."""
        return size * 1.2 * MM_PER_PT

    def face(self, weight: int) -> Face:
        """The face of a weight: the next heavier, else the heaviest there is."""
        return self.faces[min((w for w in self.faces if w >= weight), default=max(self.faces))]

    def width(self, text: str, size: float, weight: int = 400) -> float:
        """The width of a text in mm."""
        return self.face(weight).width(text, size) * MM_PER_PT * SLACK

    def air(self, paper: float) -> float:
        """An empty space given for paper; on a slide, where height is scarce, little more than half of it."""
        return self.mm(paper) * (0.55 if self.tight else 1.0)

    def wrap(self, text: str, size: float, width: float, weight: int = 400, *, even: bool = True) -> list[str]:
        """The text in as few lines of at most `width` mm as can be, and where asked of even length.

        Lines break at spaces only, never inside a word or at its hyphen; a word that is wider
        than `width` stands alone. What was wrapped once is remembered: the same text is tried in many places.
        """
        key = text, size, width, weight, even
        if key not in self._wrapped:
            self._wrapped[key] = self._lines_of(text, size, width, weight, even=even)
        return list(self._wrapped[key])

    def _lines_of(self, text: str, size: float, width: float, weight: int, *, even: bool) -> list[str]:
        lines = self._fill(text, size, width, weight)
        while even and len(lines) > 1:
            narrower = self._fill(text, size, self.widest(lines, size, weight) - 0.01, weight)
            if len(narrower) > len(lines) or narrower == lines:
                break
            lines = narrower
        return lines

    def _fill(self, text: str, size: float, width: float, weight: int) -> list[str]:
        lines: list[str] = []
        for word in text.split(" "):
            if lines and self.width(f"{lines[-1]} {word}", size, weight) <= width:
                lines[-1] += f" {word}"
            else:
                lines.append(word)
        return lines

    def lines(
        self,
        texts: Sequence[str],
        x: float,
        top: float,
        size: float,
        *,
        weight: int = 400,
        role: Role = "ink",
        anchor: Anchor = "start",
    ) -> list[Label]:
        """Lines of text below each other, the first with its line box at `top`."""
        first = top + self.drop(size)
        return [Label(x, first + n * self.step(size), text, size, role, weight, anchor) for n, text in enumerate(texts)]

    def drop(self, size: float) -> float:
        """From the top of a line box to its baseline, in mm."""
        return (self.step(size) + (ASCENT - DESCENT) * size * MM_PER_PT) / 2

    def widest(self, texts: Sequence[str], size: float, weight: int = 400) -> float:
        """The width in mm of the widest of the texts; 0 of none."""
        return max((self.width(text, size, weight) for text in texts), default=0.0)

    def bounds(self, item: Item) -> Bounds:
        """The space that an item takes; of text, from its ascenders to its descenders."""
        if isinstance(item, Label):
            return self._label(item)
        if isinstance(item, Box):
            return Bounds(item.x, item.y, item.x + item.width, item.y + item.height)
        if isinstance(item, Dot):
            r = item.radius
            return Bounds(item.x - r, item.y - r, item.x + r, item.y + r)
        across, down = zip(*item.points, strict=True)
        return Bounds(min(across), min(down), max(across), max(down))

    def _label(self, item: Label) -> Bounds:
        width = item.width if item.gap else self.width(item.text, item.size, item.weight)
        left = item.x - {"start": 0.0, "middle": width / 2, "end": width}[item.anchor]
        em = item.size * MM_PER_PT
        foot = item.rule_y + 0.04 * em if item.gap else item.y + DESCENT * em
        return Bounds(left, item.y - ASCENT * em, left + width, foot)
