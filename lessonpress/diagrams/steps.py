"""Running text with blanks, broken into centred lines inside a box."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from lessonpress.diagrams.canvas import Canvas
from lessonpress.diagrams.drawing import Box, Label
from lessonpress.model.gaps import Gap, GapText

BLANK = 36.0  # mm on paper: the length of every blank, its number included
WRITTEN = 8.0  # a line with a blank: one handwritten word, and its rule clear of the text below


@dataclass(frozen=True, slots=True)
class Word:
    """A word or a blank of a step, and its width in mm."""

    text: str
    width: float
    glued: bool  # no space before it
    gap: int | None = None
    answer: object = None


@dataclass(frozen=True, slots=True)
class Step:
    """Lines of words and blanks, and their height in mm."""

    lines: tuple[tuple[Word, ...], ...]
    height: float


def steps_of(texts: Sequence[GapText], canvas: Canvas, width: float) -> list[Step] | None:
    """The steps broken into lines, their blanks numbered through the ring; None where a word is too wide."""
    out, number = [], 0
    for step in texts:
        words = _words(step, canvas, number)
        number += len(step.gaps)
        if any(word.width > width for word in words):
            return None
        lines = _fill(words, canvas, width)
        out.append(Step(lines, sum(_pitch(line, canvas) for line in lines)))
    return out


def _words(step: GapText, canvas: Canvas, number: int) -> list[Word]:
    out: list[Word] = []
    glued = False
    for piece in (piece for paragraph in step.paragraphs for piece in paragraph):
        if isinstance(piece, Gap):
            number += 1
            out.append(Word(str(number), canvas.mm(BLANK), glued, number, piece.answer))
            glued = True
            continue
        text = piece.line.plain
        for n, word in enumerate(text.split(" ")):
            if word:
                out.append(Word(word, canvas.width(word, canvas.body_pt), glued and n == 0))
        glued = not text.endswith(" ")
    return out


def _fill(words: list[Word], canvas: Canvas, width: float) -> tuple[tuple[Word, ...], ...]:
    """Lines of at most `width` mm; what is glued to a word stays beside it."""
    lines: list[list[Word]] = [[]]
    for group in _groups(words):
        if lines[-1] and _length([*lines[-1], *group], canvas) > width:
            lines.append([])
        lines[-1] += group
    return tuple(tuple(line) for line in lines)


def _groups(words: list[Word]) -> list[list[Word]]:
    out: list[list[Word]] = []
    for word in words:
        if word.glued and out:
            out[-1].append(word)
        else:
            out.append([word])
    return out


def _length(line: list[Word] | tuple[Word, ...], canvas: Canvas) -> float:
    spaces = sum(not word.glued for word in line[1:])
    return sum(word.width for word in line) + spaces * _space(canvas)


def _space(canvas: Canvas) -> float:
    return canvas.width(" ", canvas.body_pt)


def _pitch(line: tuple[Word, ...], canvas: Canvas) -> float:
    """A line with a blank is as high as one handwritten word needs."""
    plain = canvas.step(canvas.body_pt)
    if not any(word.gap for word in line):
        return plain
    return plain * 1.25 if canvas.tight else canvas.mm(WRITTEN)


def text_items(step: Step, box: Box, canvas: Canvas) -> list[Label]:
    """The words and blanks of a step in the middle of its box."""
    out: list[Label] = []
    size, top = canvas.body_pt, box.y + (box.height - step.height) / 2
    for line in step.lines:
        pitch = _pitch(line, canvas)
        # A blank keeps a little of its pitch below, so that its rule is clear of the next line.
        extra = pitch - canvas.step(size)
        baseline = top + extra - min(extra, canvas.mm(1.0)) + canvas.drop(size)
        left = box.x + (box.width - _length(line, canvas)) / 2
        for n, word in enumerate(line):
            left += _space(canvas) if n and not word.glued else 0.0
            out.append(_label(word, left, baseline, canvas))
            left += word.width
        top += pitch
    return out


def _label(word: Word, x: float, y: float, canvas: Canvas) -> Label:
    if word.gap is None:
        return Label(x, y, word.text, canvas.body_pt)
    return Label(x, y, word.text, canvas.body_pt, "ink", 700, gap=word.gap, width=word.width, answer=word.answer)
