"""The JSON Schema of a lesson file: what editors accept, refuse and explain."""

from __future__ import annotations

import copy
import functools
import re
from typing import Any

import jsonschema
import pytest
import yaml

from lessonpress.schema import BANKS, FIXED, FORMAT, LEVELLED, OVERLAYS, json_schema, lesson_type
from tests.activities.bench import KINDS, ROOT

LESSONS = sorted((ROOT / "content").glob("*/lessons/*.yaml"))


class Core(yaml.CSafeLoader):
    """YAML as editors read it, by the core schema of YAML 1.2: no dates, no sexagesimals, no yes and no."""


Core.yaml_implicit_resolvers = {}
Core.add_implicit_resolver(
    "tag:yaml.org,2002:bool", re.compile(r"^(?:true|True|TRUE|false|False|FALSE)$"), list("tTfF")
)
Core.add_implicit_resolver("tag:yaml.org,2002:null", re.compile(r"^(?:null|~|)$"), ["n", "~", ""])
Core.add_implicit_resolver("tag:yaml.org,2002:int", re.compile(r"^[-+]?(?:0|[1-9]\d*)$"), list("-+0123456789"))
Core.add_implicit_resolver("tag:yaml.org,2002:float", re.compile(r"^[-+]?\d+\.\d+$"), list("-+0123456789"))


def read(text: str) -> Any:
    return yaml.load(text, Loader=Core)


@functools.cache
def validator() -> Any:
    return jsonschema.Draft202012Validator(json_schema())


def lesson(*activities: Any, **keys: Any) -> dict[str, Any]:
    return {"title": "x", "enquiry": "y?", "objectives": ["z"], "main": list(activities), **keys}


def example(kind: str, **changes: Any) -> dict[str, Any]:
    return {**read(KINDS[kind].example), **changes}


def accepts(data: Any) -> bool:
    return bool(validator().is_valid(data))


def errors(data: Any) -> list[str]:
    """The messages of the deepest errors, for a failing test to show."""
    found = [jsonschema.exceptions.best_match([error]) for error in validator().iter_errors(data)]
    return [f"{list(error.absolute_path)}: {error.message[:200]}" for error in found]


def test_schema_is_a_schema() -> None:
    """It is valid by its own draft, named, and of the format that the program reads."""
    schema = json_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    assert schema["title"] == "A lessonpress lesson"
    assert schema["properties"]["format"]["default"] == FORMAT
    assert json_schema() == schema
    assert json_schema() is not schema


@pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.stem[:30])
def test_lessons_of_the_unit_are_accepted(path: Any) -> None:
    """No lesson that we ship is underlined in an editor."""
    assert errors(read(path.read_text("utf-8"))) == []


def test_there_are_lessons_to_accept() -> None:
    """The test before this one reads the whole unit."""
    assert len(LESSONS) >= 8


@pytest.mark.parametrize("kind", sorted(KINDS))
@pytest.mark.parametrize("level", OVERLAYS)
def test_overlays_are_part_of_every_kind(kind: str, level: str) -> None:
    """At a level every field may be replaced but those that levels share, and none need be."""
    assert accepts(lesson(example(kind, **{level: {}})))
    assert accepts(lesson(example(kind, **{level: {"minutes": 3, "instruction": "Read."}})))
    assert accepts(lesson(example(kind, **{level: {"instead": {"kind": "matching"}}})))
    for key in FIXED:
        assert not accepts(lesson(example(kind, **{level: {key: 1 if key == "marks" else "x"}})))
    assert not accepts(lesson(example(kind, **{level: {"colour": "red"}})))
    assert not accepts(lesson(example(kind, **{level: {level: {}}})))


@pytest.mark.parametrize(
    ("kind", "field"),
    [
        ("short-answer", "questions"),
        ("multiple-choice", "questions"),
        ("true-false", "statements"),
        ("exit-ticket", "prompts"),
    ],
)
def test_overlays_are_part_of_questions(kind: str, field: str) -> None:
    """Questions, choices, statements and prompts take overlays too, without `instead`."""
    data = example(kind)
    one = copy.deepcopy(data[field][0])
    asked = "statement" if "statement" in one else "ask"
    data[field] = [{**one, "support": {asked: "Easier?"}}]
    assert errors(lesson(data)) == []
    data[field] = [{**one, "support": {"marks": 1}}]
    assert not accepts(lesson(data))
    data[field] = [{**one, "support": {"instead": {}}}]
    assert not accepts(lesson(data))


def test_parts_with_overlays_exist() -> None:
    """Every part that is named as taking overlays is a part of the schema."""
    assert set(LEVELLED) <= set(json_schema()["$defs"])


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_wrong_keys_are_refused(kind: str) -> None:
    """A key that does not exist, and a required one that is missing, are underlined."""
    assert not accepts(lesson(example(kind, colour="red")))
    without = example(kind)
    del without["title"]
    assert not accepts(lesson(without))
    assert not accepts(lesson({**example(kind), "kind": "spaceship"}))


@pytest.mark.parametrize(
    ("kind", "changes"),
    [
        ("short-answer", {"questions": [{"ask": "a", "answer": "one"}]}),
        ("short-answer", {"questions": [{"ask": "a", "answer": ["one", "two"]}]}),
        ("short-answer", {"questions": [{"ask": "a", "answer": [["one", "two"], ["three"]]}]}),
        ("short-answer", {"questions": [{"ask": "a", "answer": 1924}]}),
        ("short-answer", {"questions": [{"ask": "a", "skill": "explain", "mark_scheme": "board"}]}),
        ("short-answer", {"questions": [{"ask": "a", "answer": "b", "answer_space": {"rows": 2, "labels": ["x"]}}]}),
        ("multiple-choice", {"questions": [{"ask": "a", "options": ["b", "c"], "answer": "b"}]}),
        ("multiple-choice", {"questions": [{"ask": "a", "options": ["b", "c", "d"], "answer": ["b", "c"]}]}),
        ("source", {"sources": "PS-03"}),
        ("source", {"frame": "nop"}),
        ("exposition", {"slides": [{"title": "a", "points": "one", "notes": "b"}]}),
        ("extended-writing", {"mark_scheme": "board"}),
        ("matching", {"example": {"a": "b"}}),
        ("matching", {"pairs": {"a": 1924, "b": "c"}}),
        ("comparison", {"give": [["a", "b"]], "example": "a"}),
        ("ordering", {"items": ["a", {"item": "b", "event": "T-05"}, "c"]}),
        ("reading", {"gloss": ["politburo", {"word": "meaning"}]}),
        ("retrieval", {"pick": ["some-id"]}),
        ("true-false", {"statements": [{"statement": "a", "verdict": True}]}),
    ],
)
def test_short_forms_are_accepted(kind: str, changes: dict[str, Any]) -> None:
    """What the loader reads in a short form is not underlined."""
    assert errors(lesson(example(kind, **changes))) == []


@pytest.mark.parametrize(
    ("kind", "changes"),
    [
        ("short-answer", {"questions": [{"ask": "a", "answer": {"b": "c"}}]}),
        ("short-answer", {"questions": [{"ask": "a", "skill": "explain", "mark_scheme": "bord"}]}),
        ("multiple-choice", {"questions": [{"ask": "a", "options": ["b"], "answer": "b"}]}),
        ("source", {"frame": ["nop"]}),
        ("matching", {"pairs": ["a", "b"]}),
        ("comparison", {"rows": ["a", "b"]}),
        ("cloze", {"text": ["a"]}),
        ("true-false", {"statements": [{"statement": "a", "verdict": "perhaps"}]}),
        ("retrieval", {"pool": []}),
    ],
)
def test_wrong_shapes_are_refused(kind: str, changes: dict[str, Any]) -> None:
    """What the loader refuses for its shape is underlined."""
    assert not accepts(lesson(example(kind, **changes)))


def test_entries_are_named_by_id() -> None:
    """Where an entry of a bank stands in the model, the schema asks for its id."""
    assert accepts(lesson(terms=["politburo"], misconceptions=["M-1"]))
    assert not accepts(lesson(terms=[{"term": "Politburo"}]))
    assert "Source" not in json_schema()["$defs"]


def test_schema_has_no_noise() -> None:
    """No titles made of field names, and nothing hidden from authors."""

    def walk(node: Any, path: str = "") -> None:
        if isinstance(node, dict):
            if path:
                assert not isinstance(node.get("title"), str), path
            assert not node.get("hidden"), path
            for key, value in node.items():
                walk(value, f"{path}/{key}")
        elif isinstance(node, list):
            for value in node:
                walk(value, f"{path}/-")

    walk(json_schema())


def test_fields_are_explained() -> None:
    """Most fields of an activity say what they are for."""
    fields = json_schema()["$defs"]["Cloze"]["properties"]
    assert fields["first_letters"]["description"] == "print the first letter of each answer"
    assert fields["support"]["description"] == "what is different at support level"


def test_lesson_is_generic_in_the_kinds_found() -> None:
    """The lesson's type names every kind, and the banks are eight."""
    text = str(lesson_type().model_fields["main"].annotation)
    assert all(kind.__name__ in text for kind in KINDS.values())
    assert len(BANKS) == 8
