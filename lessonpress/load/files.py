"""One file of content: read, held against its model, its problems noted."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from pydantic import BaseModel, TypeAdapter, ValidationError

from lessonpress.diagnostics import Diagnostic, Place
from lessonpress.load.known import known_keys
from lessonpress.load.messages import Known, diagnose
from lessonpress.model.base import Context
from lessonpress.schema import FORMAT
from lessonpress.source import Document, Mapping, Shape, read, read_table

Name = Callable[[Path], str]
"""How a file is called in messages."""


def read_file(path: Path, name: Name, problems: list[Diagnostic], table: Shape | None = None) -> Document:
    """The document of a file of YAML, or of a table where its shape is given; a missing one is told, and has no tree."""
    try:
        data = path.read_bytes()
    except OSError as error:
        if isinstance(error, FileNotFoundError):
            found = Diagnostic("missing-file", "this file is missing", Place(name(path)))
        else:
            hint = "it must be a file that you may read"
            found = Diagnostic(
                "unreadable-file", f"this file cannot be read: {error.strerror}", Place(name(path)), hint
            )
        document = Document(name(path), None, (), (found,))
    else:
        document = read(name(path), data) if table is None else read_table(name(path), data, table)
    problems += document.diagnostics
    return document


def newer(document: Document) -> list[Diagnostic]:
    """A file of a later format is refused whole: what it says cannot be known here."""
    root = document.root
    value = root.get("format") if isinstance(root, Mapping) else None
    if isinstance(value, str) and value.isdecimal() and int(value) > FORMAT:
        hint = f"this program reads format {FORMAT}; update lessonpress"
        place = document.place(getattr(value, "mark", None))
        return [Diagnostic("newer-format", f"this file is written in format {value}", place, hint)]
    return []


def validate(
    document: Document,
    root: Any,
    adapter: TypeAdapter[Any],
    context: Context,
    problems: list[Diagnostic],
    known: Known,
) -> Any:
    """The value of a tree, or None with the problems noted."""
    try:
        return adapter.validate_python(root, context=context)
    except ValidationError as error:
        problems += diagnose(document, root, error.errors(include_url=False), known)
        return None


def known_of(model: type[BaseModel]) -> Known:
    """Tells the keys that may stand at a path below a model."""
    return lambda loc: known_keys(model, loc)
