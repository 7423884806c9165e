"""What is documented: every public name in the code, every kind for authors."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from lessonpress.diagrams import KINDS as DIAGRAMS
from lessonpress.model.activity import PHASES
from tests.activities.bench import KINDS, ROOT, context, node

PACKAGE = ROOT / "lessonpress"
MODULES = sorted(PACKAGE.rglob("*.py"))
AUTHORING = ROOT / "docs" / "authoring.md"
INHERITED = {
    "pose",
    "total",
    "exhibits",
    "points",
    "parse",
    "gaps",
    "describe",
    "get_command",
    "list_commands",
    "format_help",
    "invoke",
    "emit",
}
"""Methods that a base class documents."""


def short(path: Path) -> str:
    return path.relative_to(PACKAGE).as_posix()


def public(tree: ast.Module) -> Iterator[tuple[str, ast.AST]]:
    """The module, its public classes and functions, and the public methods of public classes."""
    yield "(module)", tree
    for item in tree.body:
        if isinstance(item, ast.FunctionDef | ast.ClassDef) and not item.name.startswith("_"):
            yield item.name, item
            for method in item.body if isinstance(item, ast.ClassDef) else ():
                if isinstance(method, ast.FunctionDef) and not method.name.startswith("_") and not _is_overload(method):
                    yield f"{item.name}.{method.name}", method


def _is_overload(method: ast.FunctionDef) -> bool:
    return any("overload" in ast.dump(one) or "setter" in ast.dump(one) for one in method.decorator_list)


def test_there_is_something_to_document() -> None:
    """The tests of this file look at hundreds of names and not at none."""
    assert sum(1 for path in MODULES for _ in public(ast.parse(path.read_text("utf-8")))) > 300


@pytest.mark.parametrize("path", MODULES, ids=short)
def test_public_names_have_docstrings(path: Path) -> None:
    """Every public name says in a sentence what it is: a capital first, a full stop last."""
    for name, item in public(ast.parse(path.read_text("utf-8"))):
        text = ast.get_docstring(item)  # type: ignore[arg-type]
        if text is None and name.rpartition(".")[2] in INHERITED:
            continue
        assert text, f"{name} has no docstring"
        summary = text.split("\n\n")[0]
        assert re.match(r"[A-Z`\"'“0-9]", summary) or summary.split()[0] in {"python-pptx", "lessonpress"}, (
            f"{name}: {summary}"
        )
        assert summary.rstrip()[-1] in ".:!?", f"{name}: {summary}"


@pytest.mark.parametrize("path", sorted((ROOT / "tests").rglob("test_*.py")), ids=lambda path: path.name)
def test_tests_say_what_they_claim(path: Path) -> None:
    """Every test claims something, in one sentence."""
    for item in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(item, ast.FunctionDef) and item.name.startswith("test_"):
            text = ast.get_docstring(item)
            assert (text or "").rstrip().endswith("."), item.name


def test_authors_find_every_kind() -> None:
    """The page for authors has a section with an example for each kind, and a line for each diagram and phase."""
    text = AUTHORING.read_text("utf-8")
    for kind in KINDS:
        section = re.search(rf"^### {kind}\b.*?(?=^##)", text, re.MULTILINE | re.DOTALL)
        assert section, kind
        assert f"kind: {kind}" in section.group(), kind
    for kind in DIAGRAMS:
        assert f"kind: {kind}," in text, kind
    assert all(f"\n{phase}: [" in text for phase in PHASES)


def test_fields_that_authors_read_about_exist() -> None:
    """Every key of an example of the page for authors is a field of its kind, or an overlay."""
    text = AUTHORING.read_text("utf-8")
    checked = 0
    for block in re.findall(r"```yaml\n- kind: (\S+)\n(.*?)```", text, re.DOTALL):
        kind, body = block
        keys = set(re.findall(r"^  (\w+):", body, re.MULTILINE))
        fields = {info.alias or name for name, info in KINDS[kind].model_fields.items()}
        assert keys <= fields | {"support", "challenge"}, kind
        checked += 1
    assert checked == len(KINDS)


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_kinds_say_what_they_are(kind: str) -> None:
    """The docstring of a kind's module begins with a sentence, and its example is complete and small."""
    module = __import__(KINDS[kind].__module__, fromlist=["x"])
    assert re.match(r"[A-Z].+\.", module.__doc__ or "")
    root = node(KINDS[kind].example)
    assert root["kind"] == kind
    assert len(KINDS[kind].example.splitlines()) <= 25
    assert context().pool
