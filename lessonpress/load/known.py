"""The keys that may stand at a place, found by walking the types along the path of a problem."""

from __future__ import annotations

import types
from collections.abc import Iterable, Mapping, Sequence
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel

from lessonpress.model.marking import MarkScheme, Rows
from lessonpress.model.sealed import Sealed
from lessonpress.schema import OVERLAYS

_READ_BY_HAND: dict[str, Any] = {"answer_space": Rows, "mark_scheme": MarkScheme}
"""Fields of any type, with the model that reads them when they hold keys."""

_WITHOUT_OVERLAYS = ("Lesson", "Unit")


def known_keys(model: Any, loc: tuple[Any, ...]) -> set[str]:
    """The keys that may stand beside the unknown one at the end of `loc`; none where any may."""
    found = [model]
    for step in loc[:-1]:
        found = [inner for kind in found for inner in _step(kind, step)]
    keys: set[str] = set()
    for kind in found:
        keys |= names(kind) if _is_model(kind) else set()
    return keys


def names(model: type[BaseModel]) -> set[str]:
    """The keys of a model as they are written in a file."""
    found = {info.alias or name for name, info in model.model_fields.items() if not (info.exclude and not info.alias)}
    return {*found, *OVERLAYS} if "kind" in found or "ask" in found or "statement" in found else found


def _is_model(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, BaseModel)


def _members(kind: Any) -> list[Any]:
    """The types that a type may stand for: wrappers taken off, unions opened."""
    origin = get_origin(kind)
    if origin is Annotated:
        return _members(get_args(kind)[0])
    if origin is Union or origin is types.UnionType:
        return [member for part in get_args(kind) for member in _members(part)]
    if isinstance(origin, type) and issubclass(origin, Sealed):
        return _members(get_args(kind)[0])
    return [kind]


def _step(kind: Any, step: Any) -> Iterable[Any]:
    """The types below a type, one step of a path further on."""
    if _is_model(kind):
        for name, info in kind.model_fields.items():
            if step in (info.alias, name):
                yield from (_READ_BY_HAND.get(name) if kind is Any else kind for kind in _members(info.annotation))
        if _tagged(kind, step):
            yield kind
        return
    origin, args = get_origin(kind), get_args(kind)
    if origin is tuple or origin in (list, Sequence):
        yield from _members(args[0])
    elif origin is dict or origin is Mapping:
        yield from _members(args[1])
    else:
        yield kind


def _tagged(model: type[BaseModel], tag: Any) -> bool:
    """Whether a model is the one of its union that `kind:` or `layout:` names."""
    fields = (model.model_fields.get(name) for name in ("kind", "layout"))
    return any(get_origin(f.annotation) is Literal and tag in get_args(f.annotation) for f in fields if f is not None)
