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
        own = {key: value for key, value in overlay.items() if key not in FIXED}
        merged.update(own)
        merged.key_marks.update({key: overlay.key_marks[key] for key in own})
    items = Mapping((key, at_level(value, level)) for key, value in merged.items())
    items.mark, items.key_marks = merged.mark, merged.key_marks
    return items


def _is_overlay(key: str, value: Any) -> bool:
    return key in OVERLAYS and (isinstance(value, Mapping) or value is None)


def check_overlays(document: Document, root: Any) -> list[Diagnostic]:
    """Overlays that touch what every level shares, or stand where none can."""
    found: list[Diagnostic] = []
    todo = [root]
    while todo:
        here = todo.pop()
        if isinstance(here, Sequence):
            todo += reversed(here)
        elif isinstance(here, Mapping):
            for key, value in here.items():
                if key in OVERLAYS and isinstance(value, Mapping):
                    if here is root:
                        found.append(_of_lesson(document, here, key))
                    found += _overlay(document, value, key)
            todo += reversed(here.values())
    return found


def _of_lesson(document: Document, root: Mapping, level: str) -> Diagnostic:
    hint = f"put {level}: into the activities and questions that are different"
    message = "a lesson as a whole has no levels"
    return Diagnostic("overlay-lesson", message, document.place(root.key_marks[level]), hint)


def _overlay(document: Document, overlay: Mapping, level: str) -> list[Diagnostic]:
    if isinstance(overlay.get("instead"), Mapping):
        hint = "put it into the other activity"
        message = f'"{{}}" cannot stand beside instead: at {level} level'
        wrong = [key for key in overlay if key != "instead"]
        code = "overlay-instead"
    else:
        hint = "numbers and marks are the same at every level; for another activity write instead: {kind: ...}"
        message = f'"{{}}" cannot change at {level} level'
        wrong = [key for key in FIXED if key in overlay]
        code = "overlay-fixed"
    return [Diagnostic(code, message.format(key), document.place(overlay.key_marks[key]), hint) for key in wrong]
