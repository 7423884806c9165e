"""Text with gaps: `[[answer]]` or `[[answer|also accepted]]`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler, ValidationInfo
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from lessonpress.model.base import context
from lessonpress.model.language import Language
from lessonpress.model.sealed import Sealed, seal
from lessonpress.model.text import Line, Run, check_text

_GAP = re.compile(r"\[\[(.*?)\]\]", re.DOTALL)
MAX_LETTERS = 24


@dataclass(frozen=True, slots=True)
class Text:
    """A piece of text between gaps."""

    line: Line
    gap: bool = False


@dataclass(frozen=True, slots=True)
class Gap:
    """A blank and what fills it."""

    answer: Sealed[Line]
    accept: tuple[Sealed[Line], ...] = ()
    gap: bool = True


@dataclass(frozen=True, slots=True)
class GapText:
    """Paragraphs of text and gaps."""

    paragraphs: tuple[tuple[Text | Gap, ...], ...]

    @property
    def gaps(self) -> tuple[Gap, ...]:
        """The gaps in reading order."""
        return tuple(p for paragraph in self.paragraphs for p in paragraph if isinstance(p, Gap))

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.with_info_plain_validator_function(_validate)

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        return {"type": "string", "description": "text with gaps: [[answer]] or [[answer|also accepted]]"}


def _validate(value: Any, info: ValidationInfo) -> GapText:
    if isinstance(value, GapText):
        return value
    value = check_text(value, info)
    if value.count("[[") != value.count("]]"):
        raise PydanticCustomError("gap_open", "a gap is not closed: every [[ needs its ]]")
    paragraphs = [p for p in re.split(r"\n\s*\n", value.strip()) if p.strip()]
    return GapText(tuple(tuple(_pieces(" ".join(p.split()), info)) for p in paragraphs))


def _pieces(paragraph: str, info: ValidationInfo) -> list[Text | Gap]:
    how = context(info).scripts, context(info).language
    out: list[Text | Gap] = []
    at = 0
    for found in _GAP.finditer(paragraph):
        if found.start() > at:
            out.append(Text(_line(paragraph[at : found.start()], *how)))
        out.append(_gap(found.group(1), *how))
        at = found.end()
    if at < len(paragraph):
        out.append(Text(_line(paragraph[at:], *how)))
    return out


def _line(text: str, scripts: Mapping[str, str], language: Language) -> Line:
    """Text between gaps, its outer spaces kept: they part the words from the blank."""
    line = Line.parse(text, scripts, language)
    if not line.runs:
        return Line((Run(" "),))
    runs = list(line.runs)
    if text[0] == " ":
        runs[0] = replace(runs[0], text=" " + runs[0].text.lstrip(" "))
    if text[-1] == " ":
        runs[-1] = replace(runs[-1], text=runs[-1].text.rstrip(" ") + " ")
    return Line(tuple(runs))


def _gap(inside: str, scripts: Mapping[str, str], language: Language) -> Gap:
    words = [part.strip() for part in inside.split("|")]
    if not words[0]:
        raise PydanticCustomError("gap_empty", "a gap has no answer: write it between the brackets, [[answer]]")
    if len(words[0]) > MAX_LETTERS:
        raise PydanticCustomError(
            "gap_long",
            'the answer "{answer}" is longer than a gap can hold ({limit} letters)',
            {"answer": words[0], "limit": MAX_LETTERS},
        )
    lines = [Line.parse(word, scripts, language) for word in words if word]
    return Gap(seal(lines[0]), tuple(seal(line) for line in lines[1:]))
