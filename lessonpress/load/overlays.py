"""Levels are overlays: `support:` and `challenge:` replace core values of the same name."""

from __future__ import annotations

from typing import Any

from lessonpress.diagnostics import Diagnostic
from lessonpress.model.base import Level
from lessonpress.schema import FIXED, OVERLAYS
from lessonpress.source import Document, Mapping, Sequence


def at_level(node: Any, level: Level) -> Any:
    """The tree as it stands at a level, overlays merged away; places are kept."""
    if isinstance(node, Sequence):
        out = Sequence(at_level(item, level) for item in node)
        out.mark, out.item_marks = node.mark, node.item_marks
        return out
    if not isinstance(node, Mapping):
        return node
    merged = Mapping({key: value for key, value in node.items() if not _is_overlay(key, value)})
    merged.mark, merged.key_marks = node.mark, dict(node.key_marks)
    overlay = node.get(level)
    if level in OVERLAYS and isinstance(overlay, Mapping):
        if isinstance(overlay.get("instead"), Mapping):
            return at_level(overlay["instead"], level)
        merged.update(overlay)
        merged.key_marks.update(overlay.key_marks)
    items = Mapping((key, at_level(value, level)) for key, value in merged.items())
    items.mark, items.key_marks = merged.mark, merged.key_marks
    return items


def _is_overlay(key: str, value: Any) -> bool:
    return key in OVERLAYS and (isinstance(value, Mapping) or value is None)


def check_overlays(document: Document, node: Any) -> list[Diagnostic]:
    """Overlays that touch what every level shares."""
    found: list[Diagnostic] = []
    todo = [node]
    while todo:
        here = todo.pop()
        if isinstance(here, Sequence):
            todo += list(here)
        elif isinstance(here, Mapping):
            for key, value in here.items():
                if key in OVERLAYS and isinstance(value, Mapping) and "instead" not in value:
                    found += [_fixed(document, value, name, key) for name in FIXED if name in value]
                todo.append(value)
    return found


def _fixed(document: Document, overlay: Mapping, name: str, level: str) -> Diagnostic:
    hint = "numbers and marks are the same at every level; for another activity write instead: {kind: ...}"
    return Diagnostic(
        "overlay-fixed", f'"{name}" cannot change at {level} level', document.place(overlay.key_marks[name]), hint
    )
