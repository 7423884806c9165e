"""The files that are written from the models are up to date, and the lessons agree with them."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from lessonpress.activities import discover
from lessonpress.cli.new import SCHEMA_LINE
from lessonpress.diagrams import KINDS
from lessonpress.schema import BANKS
from tests.generated import REFERENCE, ROOT, SCHEMA, files, main

LESSONS = sorted(ROOT.glob("content/*/lessons/*.yaml"))


class EditorLoader(yaml.CSafeLoader):
    """Types scalars as editors do, by YAML 1.2: `no` and dates are text, `true` and `3` are not."""


EditorLoader.yaml_implicit_resolvers = {}
for tag, pattern, first in (
    ("bool", r"true|True|TRUE|false|False|FALSE", "tTfF"),
    ("int", r"[-+]?[0-9]+", "-+0123456789"),
    ("float", r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?", "-+0123456789."),
    ("null", r"~|null|Null|NULL|", ["~", "n", "N", ""]),
):
    EditorLoader.add_implicit_resolver(f"tag:yaml.org,2002:{tag}", re.compile(f"^(?:{pattern})$"), list(first))


def as_an_editor_sees_it(text: str) -> Any:
    return yaml.load(text, Loader=EditorLoader)


@pytest.fixture(scope="module")
def validator() -> Any:
    return jsonschema.Draft202012Validator(json.loads(SCHEMA.read_text("utf-8")))


@pytest.mark.parametrize(
    ("path", "text"), list(files()), ids=lambda value: value.name if isinstance(value, Path) else ""
)
def test_generated_files_are_up_to_date(path: Path, text: str) -> None:
    """Each generated file holds what `make docs` would write."""
    assert path.read_text("utf-8") == text, f"{path.name} is stale: run make docs"


def test_writing_them_again_changes_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    """`make docs` leaves files alone that are up to date."""
    before = [(path, path.stat().st_mtime_ns) for path in (REFERENCE, SCHEMA)]
    main()
    assert [(path, path.stat().st_mtime_ns) for path in (REFERENCE, SCHEMA)] == before
    assert capsys.readouterr().out == ""


def test_the_reference_names_everything() -> None:
    """Every kind, diagram and bank has its heading, and no link leads nowhere."""
    text = REFERENCE.read_text("utf-8")
    headings = set(re.findall(r"^#+ (.+)$", text, re.MULTILINE))
    assert {*discover(), *KINDS, *(f"banks/{bank}.yaml" for bank in BANKS)} <= headings
    anchors = {re.sub(r"[^a-z0-9 -]", "", heading.lower()).replace(" ", "-") for heading in headings}
    links = set(re.findall(r"\]\(#([^)]+)\)", text))
    assert links
    assert links <= anchors


def test_there_are_lessons() -> None:
    """The tests below run over something."""
    assert len(LESSONS) >= 8


@pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.stem[:20])
def test_lessons_are_what_the_schema_says(path: Path, validator: Any) -> None:
    """A lesson names the schema in its first line, and an editor finds no fault in it."""
    text = path.read_text("utf-8")
    assert text.startswith(SCHEMA_LINE)
    assert (path.parent / SCHEMA_LINE.partition("=")[2].strip()).resolve() == SCHEMA
    faults = [
        f"{'.'.join(map(str, e.absolute_path))}: {e.message[:200]}"
        for e in validator.iter_errors(as_an_editor_sees_it(text))
    ]
    assert faults == []


@pytest.mark.parametrize("kind", discover())
def test_examples_are_what_the_schema_says(kind: str, validator: Any) -> None:
    """An editor finds no fault in the example of a kind."""
    lesson = {
        "title": "A",
        "enquiry": "B?",
        "objectives": ["C"],
        "main": [as_an_editor_sees_it(discover()[kind].example)],
    }
    assert [e.message[:300] for e in validator.iter_errors(lesson)] == []


def test_the_schema_refuses_what_is_wrong(validator: Any) -> None:
    """The schema is not so loose that it accepts anything."""
    right: dict[str, Any] = {"title": "A", "enquiry": "B?", "objectives": ["C"]}
    activity = {"kind": "cloze", "title": "D", "text": "E [[f]] g."}
    assert validator.is_valid({**right, "main": [activity]})
    for wrong in (
        {**right, "titel": "A"},
        {**right, "main": [{**activity, "kind": "close"}]},
        {**right, "main": [{**activity, "word_bnak": True}]},
        {**right, "main": [{**activity, "support": {"kind": "matching"}}]},
    ):
        assert not validator.is_valid(wrong)
