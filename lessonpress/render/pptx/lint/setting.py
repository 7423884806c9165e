"""How much room the text of a made deck takes, by the measuring faces."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lessonpress.measure import joined, wrap_advances
from lessonpress.render.pptx.fit import PITCH
from lessonpress.render.pptx.lint.made import Rect

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from lessonpress.measure import Face, Family
    from lessonpress.render.pptx.lint.made import Paragraph, Run, Text

_WORDS = re.compile(r"[ \t\n]+|(?<=[-–—/])(?=\w)")


@dataclass(frozen=True)
class Faces:
    """The measuring faces by font name; a font that is not among them is measured in the widest."""

    families: Mapping[str, Family]

    def face(self, run: Run) -> Face:
        """The face of a run."""
        family = self.families.get(run.font) or max(self.families.values(), key=lambda one: one.regular.width("n", 1))
        return family.face(bold=run.bold)

    def width(self, run: Run) -> float:
        """The width of a run in points."""
        return self.face(run).width(run.text, run.size)


@dataclass(frozen=True)
class Extent:
    """How wide and high a text is when it is set in its room, and its widest word, all in points."""

    width: float
    height: float
    word: str
    word_width: float


def extent(text: Text, faces: Faces) -> Extent:
    """Set a text in its room."""
    width = height = 0.0
    word, word_width = "", 0.0
    last = len(text.paragraphs) - 1
    for n, paragraph in enumerate(text.paragraphs):
        room = text.room.w - paragraph.margin if text.wraps else float("inf")
        runs = _after_number(paragraph)
        lines, widest = _lines(runs, room, faces)
        height += _height(paragraph, lines, faces)
        height += (paragraph.before if n else 0.0) + (paragraph.after if n < last else 0.0)
        width = max(width, widest + paragraph.margin)
        longest, long_width = _widest_word(runs, faces)
        if long_width + paragraph.margin > word_width:
            word, word_width = longest, long_width + paragraph.margin
    return Extent(min(width, max(text.room.w, word_width)) if text.wraps else width, height, word, word_width)


def place(text: Text, size: Extent) -> Rect:
    """Where in its room a text stands."""
    room, align = text.room, next((p.align for p in text.paragraphs if p.text.strip()), "l")
    x = room.x + (room.w - size.width) * {"ctr": 0.5, "r": 1.0}.get(align, 0.0)
    y = room.y + (room.h - size.height) * {"ctr": 0.5, "b": 1.0}.get(text.anchor, 0.0)
    return Rect(x, y, size.width, size.height)


def _after_number(paragraph: Paragraph) -> tuple[Run, ...]:
    """The runs without a number that hangs out in front of the text."""
    before, tab, _ = paragraph.text.partition("\t")
    if not tab or paragraph.indent >= 0:
        return paragraph.runs
    skip = len(before) + 1
    kept = []
    for run in paragraph.runs:
        if len(run.text) > skip:
            kept.append(type(run)(run.text[skip:], run.size, run.bold, run.font, run.colour) if skip else run)
        skip = max(0, skip - len(run.text))
    return tuple(kept)


def _lines(runs: Sequence[Run], room: float, faces: Faces) -> tuple[int, float]:
    """How many lines the runs take, and how wide the widest may be."""
    advances = [faces.face(run).advance(char) * run.size for run in runs for char in joined(run.text)]
    text = "".join(run.text for run in runs)
    lines = wrap_advances(text, advances, room)
    if len(lines) > 1:
        return len(lines), room if room != float("inf") else sum(advances)
    return len(lines), sum(advances)


def _height(paragraph: Paragraph, lines: int, faces: Faces) -> float:
    """The height of the lines; a larger number in front makes the first one higher."""
    shown = [run for run in paragraph.runs if run.text.strip()] or list(paragraph.runs)
    if not shown:
        return 0.0
    main = max(shown, key=lambda run: len(run.text))
    largest = max(run.size for run in shown)
    if paragraph.exact:
        return lines * paragraph.exact
    pitch = max(PITCH, faces.face(main).line) * paragraph.pitch
    return (lines * main.size + max(0.0, largest - main.size)) * pitch


def _widest_word(runs: Sequence[Run], faces: Faces) -> tuple[str, float]:
    """The word that takes most room; a word may be set in several ways."""
    text = "".join(run.text for run in runs)
    advances = [faces.face(run).advance(char) * run.size for run in runs for char in joined(run.text)]
    best, start = ("", 0.0), 0
    for word in _WORDS.split(text):
        start = text.index(word, start)
        width = sum(advances[start : start + len(word)])
        best = max(best, (word, width), key=lambda pair: pair[1])
        start += len(word)
    return best
