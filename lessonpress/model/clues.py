"""Words to find from their meaning, and the letters that they have in a grid."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any, ClassVar

from pydantic import ConfigDict, Field, GetJsonSchemaHandler, ValidationInfo, model_validator
from pydantic_core import CoreSchema, PydanticCustomError

from lessonpress.model.activity import Activity
from lessonpress.model.base import Model
from lessonpress.model.marking import Answer
from lessonpress.model.refs import lookup
from lessonpress.model.sealed import reveal
from lessonpress.model.text import Line, plain

SHORTEST, LONGEST = 3, 15
"""How many letters a word of a grid has: a shorter one is found by chance, a longer one is too wide."""


class Clue(Model):
    """A word to find, and what tells it: a term of the bank by its id, or a word with its own clue."""

    model_config = ConfigDict(json_schema_extra={"required": []})

    word: Answer
    clue: Line = Field(description="what tells the word; default: the gloss of the term, or its definition")
    term: str | None = Field(default=None, description="an id of banks/terms.yaml, in place of `word`")

    @model_validator(mode="before")
    @classmethod
    def _from_bank(cls, data: Any, info: ValidationInfo) -> Any:
        """The word and the meaning of a term; the term itself is left out, for it names the answer."""
        if isinstance(data, str):
            data = {"term": data}
        if not isinstance(data, dict) or data.get("term") is None:
            return data
        term = lookup("terms", data["term"], info)
        meaning = term.definition if term.gloss is None else term.gloss
        return {"word": term.term, "clue": meaning} | {key: value for key, value in data.items() if key != "term"}

    @model_validator(mode="after")
    def _can_be_asked(self) -> Clue:
        word = typed(self)
        count = len(letters(word))
        if not SHORTEST <= count <= LONGEST:
            raise PydanticCustomError(
                "grid_letters",
                '"{word}" has {count} letters; a word of a grid has {least} to {most}',
                {"word": word, "count": count, "least": SHORTEST, "most": LONGEST, "hint": "ask for another word"},
            )
        if f" {_words(word)} " in f" {_words(self.clue.plain)} ":
            raise PydanticCustomError(
                "clue_tells",
                'the clue of "{word}" names the word itself',
                {"word": word, "hint": "write another one: {term: ..., clue: ...}"},
            )
        return self


class OrTerm:
    """Shows editors that a clue may be written as the id of a term alone."""

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        return {"anyOf": [{"type": "string"}, handler(schema)]}


class OfClues(Activity):
    """Words to find from their meaning: the words of the lesson, which may stand in other activities too."""

    answers_elsewhere: ClassVar[bool] = True

    words: tuple[Annotated[Clue, OrTerm()], ...]
    marks: int | None = Field(default=None, ge=1, le=60, description="default: one a word")

    @property
    def total(self) -> int:
        """One mark a word unless `marks` says otherwise."""
        return self.marks or len(self.words)

    @property
    def links(self) -> tuple[tuple[Line, Answer], ...]:
        """Each clue with its word."""
        return tuple((clue.clue, clue.word) for clue in self.words)


def typed(clue: Clue) -> str:
    """The word of a clue as it was typed, for what is said to its author when it is read."""
    return reveal(clue.word).plain


def letters(text: str) -> str:
    """The letters of a text as they stand in a grid: capitals, and nothing else."""
    return "".join(sign for sign in text.upper() if sign.isalpha())


def lengths(text: str) -> str:
    """How many letters each word of a text has, as crosswords tell it: `7` or `5, 8`."""
    parts = (letters(part) for part in text.replace("-", " ").split())
    return ", ".join(str(len(part)) for part in parts if part)


def check_words(clues: Sequence[Clue]) -> list[str]:
    """The letters of each word of a grid. Raises where one stands there twice."""
    found = [letters(typed(clue)) for clue in clues]
    for at, word in enumerate(found):
        if word in found[:at]:
            raise PydanticCustomError(
                "same_words",
                'the word "{word}" stands here twice',
                {"word": typed(clues[at]), "hint": "take one of them out"},
            )
    return found


def _words(text: str) -> str:
    """A text as small words with single spaces, for comparing."""
    return " ".join("".join(sign if sign.isalnum() else " " for sign in plain(text).lower()).split())
