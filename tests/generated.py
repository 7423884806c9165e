"""Files that are written from the code: `docs/reference.md`, `docs/schema/lesson.json`, `docs/print-linter.md`.

`python -m tests.generated` writes them; a test fails when they are stale.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, get_args

from lessonpress import diagrams
from lessonpress.activities import discover
from lessonpress.model import deck
from lessonpress.model.activity import Activity
from lessonpress.model.banks import Point
from lessonpress.model.lesson import Unit
from lessonpress.render.lint import RULES
from lessonpress.schema import BANKS, json_schema, lesson_type

ROOT = Path(__file__).parents[1]
REFERENCE = ROOT / "docs" / "reference.md"
SCHEMA = ROOT / "docs" / "schema" / "lesson.json"
PRINT_LINTER = ROOT / "docs" / "print-linter.md"

LAYOUTS = (
    deck.TitleBody[diagrams.AnyDiagram],
    deck.TwoContent,
    deck.Comparison,
    deck.Hinge,
    deck.ModelAnswer,
    deck.TimelineSlide[diagrams.AnyDiagram],
    deck.TaskSlide,
    deck.SectionSlide,
)
"""The slides that a lesson may add."""

PLURALS = {"a line": "lines", "an id": "ids", "text": "texts", "any value": "values"}
OF_A_SLIDE = ("after", "title", "notes")
PHASES = "starter, input, main, optional, plenary, homework"
HEAD = """# Reference

Every kind, field and bank, written by `make docs` from the models; a test fails when this page is stale.
[Writing content](authoring.md) shows how the parts go together.

*Text* is a small Markdown: `**bold**`, `*italic*`, and in prose paragraphs and lists.
A *line* is text without paragraphs. *Prose* may have them and stands under `|`.
"""

LINTER_HEAD = """# The print linter

Every PDF is looked at as it is printed: the pages as they are laid out, then the fonts of the file. `build` tells what
it finds, and keeps telling it as long as the file stands; `check --layout` does the same without writing anything.
A finding names the file, which names the lesson, then the page, the activity and the question.
An error stops its file: what stood there before is left. A warning does not.

Written by `make docs` from the rules; a test fails when this page is stale.
"""


def schema_text() -> str:
    """The JSON Schema of a lesson as it is kept."""
    return json.dumps(json_schema(), ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def reference_text() -> str:
    """The reference as it is kept."""
    page = Page()
    page.add(HEAD)
    _lesson(page)
    _kinds(page)
    _diagrams(page)
    _deck(page)
    _files(page)
    page.parts()
    return re.sub(r"\n{3,}", "\n\n", "\n".join(page.lines)).strip() + "\n"


def print_linter_text() -> str:
    """The page on the print linter as it is kept."""
    rows = [f"| `{rule.code}` | {rule.severity} | {_cell(rule.about)} | {_cell(rule.mend)} |" for rule in RULES]
    return "\n".join([LINTER_HEAD, "| Rule | | What it finds | How to mend it |", "|---|---|---|---|", *rows]) + "\n"


class Page:
    """The lines of the reference, and the parts that they have named."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self._parts: dict[str, dict[str, Any]] = {}
        self._done: set[str] = set()

    def add(self, *lines: str) -> None:
        """Paragraphs, each with an empty line after it."""
        for line in lines:
            self.lines += [line.strip("\n"), ""]

    def fields(self, model: Any, leave_out: Iterable[str] = ()) -> None:
        """The table of a model's fields."""
        self._table(model.model_json_schema(by_alias=True), set(leave_out))

    def parts(self) -> None:
        """The models that fields of others hold, each once."""
        self.add("## Parts")
        while waiting := sorted(set(self._parts) - self._done):
            for name in waiting:
                self._done.add(name)
                self.add(f"### {name}", self._parts[name].get("description", ""))
                self._table(self._parts[name], set())

    def _table(self, schema: dict[str, Any], leave_out: set[str]) -> None:
        for name, part in schema.get("$defs", {}).items():
            if "kind" not in part.get("properties", {}):
                self._parts.setdefault(_short(name), part)
        required = schema.get("required", [])
        rows = [
            f"| `{name}` | {_cell(words(node))} | {'required' if name in required else _default(node)} | {_cell(_about(node))} |"
            for name, node in schema.get("properties", {}).items()
            if name not in leave_out and not node.get("hidden")
        ]
        if rows:
            self.add("\n".join(["| Field | Type | Default | |", "|---|---|---|---|", *rows]))


def words(node: dict[str, Any]) -> str:
    """The type of a schema node in words."""
    if "$ref" in node:
        name = _short(node["$ref"].rsplit("/", 1)[-1])
        return f"[{name}](#{name.lower()})"
    for key in ("anyOf", "oneOf"):
        if key in node:
            if node.get("discriminator", {}).get("propertyName") == "kind":
                return "a [diagram](#diagrams)"
            found = [words(choice) for choice in node[key] if choice.get("type") != "null"]
            return " or ".join(dict.fromkeys(found))
    if "const" in node or "enum" in node:
        return ", ".join(f"`{value}`" for value in node.get("enum", [node.get("const")]))
    return _by_type(node)


def _by_type(node: dict[str, Any]) -> str:
    kind = node.get("type", "any value")
    if isinstance(kind, list):
        is_prose = "Paragraphs" in node.get("description", "")
        return "prose" if is_prose else "a line" if "boolean" in kind else _text(node)
    if kind in ("array", "object"):
        return _list(node) if kind == "array" else _pairs(node)
    if kind == "string":
        is_id = node.get("pattern", "").startswith("^[") and "a-z" in node["pattern"]
        return "an id" if is_id else _text(node)
    names = {"boolean": "true or false", "integer": "whole number" + _span(node, "minimum", "maximum")}
    return names.get(kind, kind)


def _list(node: dict[str, Any]) -> str:
    if "prefixItems" in node:
        return "[" + ", ".join(words(item) for item in node["prefixItems"]) + "]"
    item = words(node.get("items", {}))
    return "list of " + PLURALS.get(item, item) + _span(node, "minItems", "maxItems")


def _pairs(node: dict[str, Any]) -> str:
    values = node.get("additionalProperties")
    return "`name: value` with values " + words(values) if isinstance(values, dict) else "`name: value`"


def _text(node: dict[str, Any]) -> str:
    """Text, or what its description says that it is."""
    about = node.get("description", "")
    return about if about.startswith(("an id", "a date", "text with", "the marks of", "[")) else "text"


def _span(node: dict[str, Any], low: str, high: str) -> str:
    if low in node and high in node:
        return f", {node[low]} to {node[high]}"
    return f", {node[low]} or more" if node.get(low) else f", at most {node[high]}" if high in node else ""


def _default(node: dict[str, Any]) -> str:
    value = node.get("default")
    if value is None or value in ([], {}, ""):
        return ""
    return f"`{value}`" if isinstance(value, str) else f"`{json.dumps(value)}`"


def _about(node: dict[str, Any]) -> str:
    """The description of a field, unless its type says the same."""
    about = node.get("description", "")
    return (
        ""
        if about in ("One line of rich text.", "Paragraphs and lists of rich text.") or about == words(node)
        else about
    )


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


def _short(name: str) -> str:
    """The name of a model without its module and without what it is generic over."""
    return re.split(r"_Annotated|\[", name)[0].rsplit("__", 1)[-1]


def _doc(thing: Any) -> str:
    return re.sub(r"\n +", "\n", (thing.__doc__ or "").strip())


def _yaml(text: str) -> str:
    return f"```yaml\n{text.strip()}\n```"


def _lesson(page: Page) -> None:
    page.add("## A lesson", f"`lessons/NN-slug.yaml`. The phases ({PHASES}) hold activities.")
    schema = lesson_type().model_json_schema(by_alias=True)
    properties = dict(schema["properties"])
    for phase in PHASES.split(", "):
        properties[phase] = {
            "type": "array",
            "items": {"description": "[activities](#kinds-of-activity)", "type": "string"},
        }
    properties["deck"] = {
        "type": "array",
        "items": {"description": "[slides](#slides-of-a-lessons-own)", "type": "string"},
    }
    page._table({"properties": properties, "required": schema["required"]}, set())


def _kinds(page: Page) -> None:
    page.add("## Kinds of activity", "Every activity has these fields; the kinds below name only their own.")
    page.fields(Activity, ["kind"])
    page.add(
        "It may also hold `support:` and `challenge:`, each with fields that replace those of the same name at that level."
    )
    common = set(Activity.model_json_schema(by_alias=True)["properties"])
    for name, kind in discover().items():
        page.add(f"### {name}", _doc(sys.modules[kind.__module__]))
        page.fields(kind, common)
        page.add(_yaml(kind.example))


def _diagrams(page: Page) -> None:
    page.add("## Diagrams", "Every diagram has these fields.")
    page.fields(diagrams.Diagram, ["kind"])
    common = set(diagrams.Diagram.model_json_schema(by_alias=True)["properties"])
    for kind in diagrams.discover():
        page.add(f"### {kind.name}", _doc(sys.modules[kind.model.__module__]))
        page.fields(kind.model, common)


def _deck(page: Page) -> None:
    page.add("## Slides of a lesson's own", "Items of `deck:`. Every one has these fields.")
    page.fields(deck.Item)
    for model in LAYOUTS:
        name = get_args(model.model_fields["layout"].annotation)[0]
        page.add(f"### layout: {name}", _doc(model if model.__doc__ else model.__mro__[1]))
        page.fields(model, ["layout", *OF_A_SLIDE])


def _files(page: Page) -> None:
    page.add("## unit.yaml", _doc(Unit))
    page.fields(Unit)
    page.add(
        "## Banks",
        "`banks/<name>.yaml`: entries by id. An entry of `quiz.yaml` stands in a list under the slug of its lesson.",
    )
    for name, model in BANKS.items():
        page.add(f"### banks/{name}.yaml", _doc(model))
        page.fields(model, [] if name == "quiz" else ["id"])
    page.add("## specification.yaml", _doc(Point) + " Entries by id.")
    page.fields(Point, ["id"])


def files() -> Iterator[tuple[Path, str]]:
    """Every generated file with the text that it should hold."""
    yield SCHEMA, schema_text()
    yield REFERENCE, reference_text()
    yield PRINT_LINTER, print_linter_text()


def main() -> None:
    """Write the generated files that are stale."""
    for path, text in files():
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.is_file() or path.read_text("utf-8") != text:
            path.write_text(text, "utf-8")
            print(f"wrote {path.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
