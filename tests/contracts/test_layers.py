"""The house: layers, the size of modules and functions, who imports what."""

from __future__ import annotations

import ast
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest

from tests.activities.bench import ROOT

PACKAGE = ROOT / "lessonpress"
MODULES = sorted(PACKAGE.rglob("*.py"))
MAX_MODULE, MAX_FUNCTION, SHORT = 300, 60, 15
IMPURE = {"time", "random", "os", "datetime", "getpass", "socket", "locale"}
MAY = {
    "model/dice.py": {"random"},  # the one source of chance, seeded
    "cli": IMPURE,
    "write.py": {"os"},  # renames and syncs files
    "state.py": {"os"},  # sizes and times of thousands of files
    "render": {"os", "time", "datetime"},  # workers, and the clock that printers must be kept from
}
"""Below the command line there is no clock, environment or chance, but for these."""


def short(path: Path) -> str:
    return path.relative_to(PACKAGE).as_posix()


def functions(path: Path) -> list[tuple[str, int]]:
    """Every function of a module with the number of its lines."""
    tree = ast.parse(path.read_text("utf-8"))
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef)
    return [
        (node.name, (node.end_lineno or node.lineno) - node.lineno + 1)
        for node in ast.walk(tree)
        if isinstance(node, kinds)
    ]


def imports(path: Path) -> set[str]:
    """The top-level names that a module imports."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module.split(".")[0])
    return found


def config() -> dict[str, Any]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]


def test_the_package_is_found() -> None:
    """The tests of this file look at the whole package and not at nothing."""
    assert len(MODULES) > 50
    assert sum(len(functions(path)) for path in MODULES) > 300


@pytest.mark.slow
def test_import_contracts_are_kept() -> None:
    """Modules import from layers below alone, and the contracts say so of every layer."""
    contracts = config()["importlinter"]["contracts"]
    assert len(contracts) >= 4
    layers = next(contract for contract in contracts if contract["type"] == "layers")
    assert layers["exhaustive"]
    told = {
        part
        for line in layers["layers"]
        for part in line.replace("(", "").replace(")", "").replace(":", "|").split("|")
    }
    found = {short(path).split("/")[0].removesuffix(".py") for path in MODULES} - {"__init__", "__main__"}
    assert found <= {name.strip() for name in told}
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stdout[-2000:]


@pytest.mark.parametrize("path", MODULES, ids=short)
def test_modules_are_short(path: Path) -> None:
    """A module has at most 300 lines, a function at most 60."""
    assert len(path.read_text("utf-8").splitlines()) <= MAX_MODULE
    assert [(name, lines) for name, lines in functions(path) if lines > MAX_FUNCTION] == []


def test_most_functions_are_shorter() -> None:
    """Three functions of four have at most 15 lines."""
    lines = [count for path in MODULES for _, count in functions(path)]
    assert sum(count <= SHORT for count in lines) >= len(lines) * 0.75


@pytest.mark.parametrize("path", MODULES, ids=short)
def test_no_clock_environment_or_chance(path: Path) -> None:
    """Below the command line a module knows neither time, place nor chance."""
    allowed = set().union(*(names for start, names in MAY.items() if short(path).startswith(start)))
    assert imports(path) & IMPURE <= allowed


@pytest.mark.parametrize("path", MODULES, ids=short)
def test_modules_are_lazy_about_annotations(path: Path) -> None:
    """A module with code keeps annotations as text, and has no star imports."""
    tree = ast.parse(path.read_text("utf-8"))
    body = [node for node in tree.body if not isinstance(node, ast.Expr)]
    if any(isinstance(node, ast.FunctionDef | ast.ClassDef) for node in body):
        first = body[0]
        assert getattr(first, "module", "") == "__future__"
    assert not [
        n for n in ast.walk(tree) if isinstance(n, ast.ImportFrom) and any(alias.name == "*" for alias in n.names)
    ]
