"""Ink: the one thing that may be handed an answer under seal.

On a sheet ink gives nothing and never looks. On a key it gives the answer, and remembers what
it wrote: the notes after the key need what was too long, and the checks need every answer.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from typing import Any

from markupsafe import Markup, escape
from pydantic import BaseModel

from lessonpress.measure import Face, wrap
from lessonpress.model.gaps import Gap, GapText
from lessonpress.model.sealed import Sealed, reveal
from lessonpress.model.text import Line, Prose, cut

PT_PER_MM = 72 / 25.4
SLACK = 0.98
"""Lines are filled to this part: the measured widths leave kerning out."""
UNSAID = frozenset({"kind", "id", "covers", "levels", "pool", "date_ok", "skill"})
"""Fields of models that are bookkeeping and no text."""


@dataclass(frozen=True)
class Written:
    """An answer that ink wrote: in which task, and as plain text."""

    task: str
    text: str


@dataclass
class Ink:
    """Writes answers on keys and nothing on sheets."""

    is_key: bool
    face: Face
    word: Callable[[str], str]
    """The label of a key, for true and false."""
    size: float
    """The size of answers on ruled lines, in points."""
    task: str = ""
    spilled: list[tuple[str, Markup]] = field(default_factory=list)
    written: list[Written] = field(default_factory=list)

    def __call__(
        self,
        answer: Sealed[Any] | None,
        lines: int | None = None,
        width: float | None = None,
        size: float | None = None,
        q: str = "",
    ) -> Any:
        """The answer on a key, an empty string on a sheet; `lines` breaks it into that many pieces of `width` mm."""
        if not self.is_key or answer is None:
            return [""] * lines if lines is not None else ""
        value = reveal(answer)
        self.written.append(Written(self.task, self._plain(value)))
        if lines is None:
            return self._markup(value)
        return self._broken(value, lines, width or 0.0, size or self.size, q or self.task)

    def plain(self, answer: Sealed[Any] | None) -> str:
        """The answer without marks, for drawings."""
        if not self.is_key or answer is None:
            return ""
        text = self._plain(reveal(answer))
        self.written.append(Written(self.task, text))
        return text

    def opened(self, answer: Sealed[Any]) -> Any:
        """The value of an answer on keys and slides, None on a sheet; for a diagram that is an answer as a whole."""
        return reveal(answer) if self.is_key else None

    def _plain(self, value: Any) -> str:
        if isinstance(value, bool):
            return self.word("true" if value else "false")
        return str(getattr(value, "plain", value))

    def _markup(self, value: Any) -> Markup:
        if isinstance(value, bool):
            return escape(self._plain(value))
        return Markup(value.__html__()) if hasattr(value, "__html__") else escape(value)  # noqa: S704 - rich text escapes itself

    def _broken(self, value: Any, lines: int, width: float, size: float, q: str) -> list[Markup]:
        """The answer in `lines` pieces; what does not fit ends in an ellipsis and is kept whole for the notes."""
        paragraphs = (
            value.paragraphs
            if hasattr(value, "paragraphs")
            else (value if isinstance(value, Line) else Line.parse(self._plain(value)),)
        )
        pieces = [
            piece for line in paragraphs for piece in break_line(self.face, line, size, width * PT_PER_MM * SLACK)
        ]
        if len(pieces) > lines:
            self.spilled.append((q, self._markup(value)))
            if lines < 1:
                return []
            room = width * PT_PER_MM * SLACK - self.face.width("…", size)
            last = break_line(self.face, pieces[lines - 1], size, room)[0]
            pieces = [*pieces[: lines - 1], Line((*last.runs, *Line.parse("…").runs))]
        marked = [Markup(piece.__html__()) for piece in pieces]  # noqa: S704 - rich text escapes itself
        return [*marked, *[Markup("")] * (lines - len(marked))]


def break_line(face: Face, line: Line, size: float, width: float) -> list[Line]:
    """A rich line broken into printed lines of at most `width` points, its marks kept."""
    text = line.plain
    out, at = [], 0
    for piece in wrap(face, text, size, width):
        start = text.index(piece, at) if piece else at
        out.append(cut(line, start, start + len(piece)))
        at = start + len(piece)
    return out or [Line(())]


def all_text(value: Any) -> str:
    """Every text in a value and all that it holds, answers included; for checks, never for print."""
    return "\n".join(_texts(value))


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, Sealed):
        yield from _texts(reveal(value))
    elif isinstance(value, str):
        yield value
    elif isinstance(value, Line | Prose):
        yield value.plain
    elif isinstance(value, GapText):
        yield from ("".join(all_text(piece) for piece in paragraph) for paragraph in value.paragraphs)
    else:
        for part in parts_of(value):
            yield from _texts(part)


def parts_of(value: Any) -> Iterable[Any]:
    """What a value holds that may be text or hold it; nothing of a number or of nothing."""
    if isinstance(value, Gap):
        return (value.answer,)
    if isinstance(value, Mapping):
        return (part for pair in value.items() for part in pair)
    if isinstance(value, list | tuple):
        return value
    if isinstance(value, BaseModel):
        return (getattr(value, name) for name in type(value).model_fields if name not in UNSAID)
    if is_dataclass(value):
        return (getattr(value, item.name) for item in fields(value))
    return ()
