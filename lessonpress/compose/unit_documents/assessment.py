"""The assessment of a unit and its mark scheme: the questions, and what is read for each of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from lessonpress.compose.unit_documents.material import Material
from lessonpress.model.assessment import Asked, Assessment
from lessonpress.model.banks import ExamQuestion, Interpretation, Source
from lessonpress.model.boards import Board
from lessonpress.model.language import ALPHABET
from lessonpress.model.marking import MarkScheme, Space, space_for
from lessonpress.model.text import Line, plain


@dataclass(frozen=True)
class Put:
    """A question as it is put.

    `letters` and `numbers` are those of all sources and interpretations that it is about; `sources` and `views`
    the ones among them that are printed before it, because no question before it was about them.
    """

    name: str
    asked: Asked
    letters: tuple[str, ...]
    numbers: tuple[int, ...]
    sources: tuple[tuple[str, Source], ...]
    views: tuple[tuple[int, Interpretation], ...]
    points: tuple[Line, ...]
    space: Space
    scheme: MarkScheme | None


def names(material: Material, _form: str = "") -> dict[str, Any] | None:
    """The assessment of a unit and its questions; None for a unit whose bank and board make none."""
    found = material.loaded.assessment
    return None if found is None else {"assessment": found, "questions": tuple(put(found, material.loaded.banks))}


def put(assessment: Assessment, banks: Mapping[str, Mapping[str, Any]]) -> Iterator[Put]:
    """The questions in their order; sources are lettered and interpretations numbered through the whole paper."""
    sources: dict[str, str] = {}
    views: dict[str, int] = {}
    for index, one in enumerate(assessment.asked, 1):
        new_sources = _new(one.question.sources, sources)
        new_views = _new(one.question.interpretations, views)
        sources |= {ident: _letter(len(sources) + n) for n, ident in enumerate(new_sources)}
        views |= {ident: len(views) + n for n, ident in enumerate(new_views, 1)}
        yield Put(
            f"assessment.{index}",
            one,
            tuple(sorted({sources[ident.lower()] for ident in one.question.sources})),
            tuple(sorted({views[ident.lower()] for ident in one.question.interpretations})),
            tuple((sources[ident], banks["sources"][ident]) for ident in new_sources),
            tuple((views[ident], banks["interpretations"][ident]) for ident in new_views),
            _points(one.question),
            space_for(None, one.question.marks, "core"),
            _scheme(one.question, assessment.board),
        )


def _new(idents: Iterable[str], known: Mapping[str, Any]) -> list[str]:
    return [ident for ident in dict.fromkeys(map(str.lower, idents)) if ident not in known]


def _letter(index: int) -> str:
    return ALPHABET[index].upper() if index < len(ALPHABET) else str(index + 1)


def _scheme(question: ExamQuestion, board: Board) -> MarkScheme | None:
    """The scheme of a question, else the levels that the board has for its skill and marks."""
    levels = board.levels.get(question.skill, {}).get(question.marks)
    return question.mark_scheme or (MarkScheme(levels=levels) if levels else None)


def _points(question: ExamQuestion) -> tuple[Line, ...]:
    """The stimulus points, unless the question itself names them."""
    asked = plain(question.ask.plain).lower()
    return () if all(plain(point.plain).lower() in asked for point in question.stimulus) else question.stimulus
