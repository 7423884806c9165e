"""The type of a lesson, built from the kinds that were found, and its JSON Schema for editors."""

from __future__ import annotations

import copy
from typing import Annotated, Any, Union

from pydantic import Field, TypeAdapter

from lessonpress.activities import discover
from lessonpress.diagrams import AnyDiagram
from lessonpress.model.banks import (
    Event,
    ExamQuestion,
    Interpretation,
    Misconception,
    Person,
    QuizItem,
    Source,
    Term,
)
from lessonpress.model.lesson import Lesson

FORMAT = 1
"""The version of the format that this program reads; older ones are read too."""

BANKS: dict[str, type[Any]] = {
    "terms": Term,
    "people": Person,
    "events": Event,
    "sources": Source,
    "interpretations": Interpretation,
    "misconceptions": Misconception,
    "quiz": QuizItem,
    "questions": ExamQuestion,
}
"""The banks by file name, with the type of their entries."""

OVERLAYS = ("support", "challenge")
FIXED = ("kind", "id", "title", "marks")
"""Keys that an overlay must leave alone: numbers and marks are the same at every level."""

LEVELLED = ("Question", "Choice", "Statement", "Prompt")
"""Parts of activities that take overlays too."""
LISTS = frozenset({"answer", "points", "sources"})
"""Lists whose single item may stand alone."""


def lesson_type() -> type[Lesson[Any, Any]]:
    """The lesson over every kind of activity and diagram that is installed."""
    kinds: Any = Annotated[Union[tuple(discover().values())], Field(discriminator="kind")]  # noqa: UP007 - made at run time
    return Lesson[kinds, AnyDiagram]


def json_schema() -> dict[str, Any]:
    """The JSON Schema of a lesson file, overlays included."""
    schema = TypeAdapter(lesson_type()).json_schema(by_alias=True)
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    schema["title"] = "A lessonpress lesson"
    for name, definition in schema["$defs"].items():
        properties = definition.get("properties", {})
        _add_short_forms(properties)
        is_activity = "kind" in properties and properties["kind"].get("const") in discover()
        if is_activity or name in LEVELLED:
            _add_overlays(definition, is_activity=is_activity)
    return _without_noise(schema)  # type: ignore[no-any-return]


def _add_short_forms(properties: dict[str, Any]) -> None:
    """What validation reads besides the full form: one value for a list of one, and the board's mark scheme."""
    for key in LISTS.intersection(properties):
        properties[key] = _single(properties[key])
    if "mark_scheme" in properties and "skill" in properties:
        scheme = properties["mark_scheme"]
        scheme["anyOf"] = [{"const": "board"}, *(form for form in scheme["anyOf"] if form != {"const": "board"})]


def _single(node: dict[str, Any]) -> dict[str, Any]:
    """The schema of a list that also takes one item alone."""
    if "anyOf" in node:
        return {**node, "anyOf": [_single(form) for form in node["anyOf"]]}
    if node.get("type") != "array":
        return node
    item = _single(node["items"])
    return {"anyOf": [item, {**node, "items": item}]}


def _add_overlays(definition: dict[str, Any], *, is_activity: bool) -> None:
    """`support` and `challenge`: every field again, none required, the fixed ones left out."""
    properties = {k: copy.deepcopy(v) for k, v in definition["properties"].items() if k not in FIXED}
    if is_activity:
        properties["instead"] = {"type": "object", "description": "another activity under the same number and marks"}
    for level in OVERLAYS:
        definition["properties"][level] = {
            "type": "object",
            "additionalProperties": False,
            "properties": properties,
            "description": f"what is different at {level} level",
        }


def _without_noise(node: Any) -> Any:
    """The schema without the titles that pydantic makes of every field name."""
    if isinstance(node, dict):
        hidden = {k for k, v in node.get("properties", {}).items() if isinstance(v, dict) and v.get("hidden")}
        out = {}
        for key, value in node.items():
            if key == "title" and isinstance(value, str) and "$schema" not in node:
                continue
            out[key] = (
                {k: _without_noise(v) for k, v in value.items() if k not in hidden}
                if key in ("properties", "$defs")
                else _without_noise(value)
            )
        return out
    return [_without_noise(item) for item in node] if isinstance(node, list) else node
