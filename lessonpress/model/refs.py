"""Ids of bank entries, resolved to their values while a lesson is validated."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BeforeValidator, GetJsonSchemaHandler, ValidationInfo
from pydantic_core import CoreSchema, PydanticCustomError

from lessonpress.diagnostics import did_you_mean
from lessonpress.model.banks import (
    Entry,
    Event,
    ExamQuestion,
    Interpretation,
    Misconception,
    Person,
    QuizItem,
    Source,
    Term,
)
from lessonpress.model.base import context

BROKEN = object()
"""Stands in a bank for an entry that has errors of its own: what names it is not to blame."""


class UnreadBank(dict[str, Any]):
    """A bank that could not be read: nobody knows which ids it has."""

    def get(self, key: str, default: Any = None) -> Any:
        """The entry where one is known; a broken one for every other id."""
        return super().get(key, BROKEN)


class _ById:
    """Tells editors that an id stands where the model holds a value."""

    def __init__(self, bank: str) -> None:
        self.bank = bank

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        return {"type": "string", "description": f"an id of banks/{self.bank}.yaml"}


def lookup(bank: str, value: Any, info: ValidationInfo) -> Any:
    """The entry of a bank that an id names, whatever its case; values that are entries pass."""
    if isinstance(value, Entry):
        return value
    if not isinstance(value, str):
        raise PydanticCustomError("id_type", "this must be an id of banks/{bank}.yaml", {"bank": bank})
    entries = context(info).banks.get(bank, {})
    entry = entries.get(value.lower())
    if entry is BROKEN:
        raise PydanticCustomError("broken_entry", "the entry has errors of its own")
    if entry is None:
        raise PydanticCustomError(
            "unknown_id",
            'no entry "{id}" in banks/{bank}.yaml',
            {
                "id": value,
                "bank": bank,
                "hint": did_you_mean(value, [getattr(known, "id", "") or key for key, known in entries.items()]),
            },
        )
    return entry


def _ref(bank: str) -> Any:
    return BeforeValidator(lambda value, info: lookup(bank, value, info)), _ById(bank)


TermRef = Annotated[Term, *_ref("terms")]
PersonRef = Annotated[Person, *_ref("people")]
EventRef = Annotated[Event, *_ref("events")]
SourceRef = Annotated[Source, *_ref("sources")]
InterpretationRef = Annotated[Interpretation, *_ref("interpretations")]
MisconceptionRef = Annotated[Misconception, *_ref("misconceptions")]
QuestionRef = Annotated[ExamQuestion, *_ref("questions")]
QuizRef = Annotated[QuizItem, *_ref("quiz")]
