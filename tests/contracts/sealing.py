"""Putting traps in the place of answers, and canaries in the place of text."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Any

from pydantic import BaseModel

from lessonpress.model.sealed import Sealed
from lessonpress.model.text import Line, Prose


class Opened(Exception):
    """Somebody revealed an answer that nobody may look at."""


class Trap(Sealed[Any]):
    """A sealed value that cannot be revealed."""

    __slots__ = ()

    def __init__(self) -> None:
        pass

    @property
    def _Sealed__value(self) -> Any:  # noqa: N802 - the name that reveal looks under
        raise Opened


def trapped(value: Any, count: list[int] | None = None) -> Any:  # noqa: PLR0911 - a return for each sort of value
    """A copy of a value in which every sealed value, however deep, is a trap; `count[0]` counts them."""
    if isinstance(value, Sealed):
        if count is not None:
            count[0] += 1
        return Trap()
    if isinstance(value, Line | Prose | str | int | float | None):
        return value
    if isinstance(value, tuple | list | frozenset):
        return type(value)(trapped(item, count) for item in value)
    if isinstance(value, dict):
        return {key: trapped(item, count) for key, item in value.items()}
    if isinstance(value, BaseModel):
        new = value.model_copy(update={name: trapped(getattr(value, name), count) for name in type(value).model_fields})
        for name, item in (value.__pydantic_private__ or {}).items():
            new.__pydantic_private__[name] = trapped(item, count)
        return new
    if is_dataclass(value):
        new = copy.copy(value)
        for field in fields(value):
            object.__setattr__(new, field.name, trapped(getattr(value, field.name), count))
        return new
    return value


def leaves(node: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The path of every text in a tree of YAML."""
    if isinstance(node, dict):
        for key, value in node.items():
            yield from leaves(value, (*path, key))
    elif isinstance(node, list):
        for index, value in enumerate(node):
            yield from leaves(value, (*path, index))
    else:
        yield path


def planted(node: Any, path: tuple[Any, ...], word: str) -> Any:
    """A copy of a tree of YAML with one text replaced."""
    new = copy.deepcopy(node)
    holder = new
    for step in path[:-1]:
        holder = holder[step]
    holder[path[-1]] = word
    return new


def sealed_texts(value: Any, *, inside: bool = False) -> Iterator[str]:  # noqa: C901, PLR0912 - a branch for each sort of value
    """Every text that stands under seal somewhere in a value."""
    if isinstance(value, Sealed):
        yield from sealed_texts(object.__getattribute__(value, "_Sealed__value"), inside=True)
    elif isinstance(value, str):
        if inside:
            yield value
    elif isinstance(value, Line | Prose):
        if inside:
            yield value.plain
    elif isinstance(value, tuple | list):
        for item in value:
            yield from sealed_texts(item, inside=inside)
    elif isinstance(value, dict):
        for item in value.values():
            yield from sealed_texts(item, inside=inside)
    elif isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from sealed_texts(getattr(value, name), inside=inside)
    elif is_dataclass(value):
        for field in fields(value):
            yield from sealed_texts(getattr(value, field.name), inside=inside)
