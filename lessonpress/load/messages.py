"""What pydantic says, in the words of a teacher, at the place in the file."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from pydantic_core import ErrorDetails

from lessonpress.diagnostics import Diagnostic, Place, did_you_mean
from lessonpress.source import Document, Mapping, Mark, Scalar, Sequence

Explain = Callable[[ErrorDetails, Any, str, Iterable[str]], tuple[str, str]]


def diagnose(
    document: Document, root: Any, errors: Iterable[ErrorDetails], known: Callable[[tuple[Any, ...]], Iterable[str]]
) -> list[Diagnostic]:
    """The diagnostics of a failed validation; `known` gives the keys that may stand at a place."""
    out = []
    for error in errors:
        value, place, key = locate(document, root, error["loc"], at_key=error["type"] == "extra_forbidden")
        message, hint = _words(error, value, key, known(tuple(error["loc"])))
        out.append(Diagnostic(error["type"].replace("_", "-"), message, place, hint))
    return out


def locate(document: Document, root: Any, loc: tuple[Any, ...], *, at_key: bool = False) -> tuple[Any, Place, str]:
    """The value at a path, its place and the last key; parts of the path that name no key are passed over."""
    node, mark, last = root, getattr(root, "mark", None), ""
    for step in loc:
        if isinstance(node, Mapping) and isinstance(step, str) and step.removesuffix("_") in node:
            last = step.removesuffix("_")
            mark, node = node.key_marks[last], node[last]
        elif isinstance(node, Mapping) and isinstance(step, int) and step < len(node):
            last = list(node)[step]  # a mapping that was read as a list of its entries
            mark, node = node.key_marks[last], node[last]
        elif isinstance(node, Sequence) and isinstance(step, int) and step < len(node):
            mark, node = node.item_marks[step], node[step]
        elif isinstance(step, str):
            last = step
    if not at_key:
        mark = _value_mark(node, mark)
    return node, document.place(mark), last


def _value_mark(node: Any, mark: Mark | None) -> Mark | None:
    """A short value is pointed at; a block is pointed at by its key."""
    if isinstance(node, Scalar) and node.mark.width and "\n" not in node:
        return node.mark
    return mark


_SIMPLE = {
    "text_type": ("this must be text", "put it in quotation marks or under |"),
    "text_empty": ("the text is empty", "write it, or delete the key"),
    "string_type": ("this must be text", "put it in quotation marks"),
    "int_parsing": ("this must be a whole number", ""),
    "int_type": ("this must be a whole number", ""),
    "int_from_float": ("this must be a whole number", ""),
    "bool_parsing": ("this must be true or false", ""),
    "bool_type": ("this must be true or false", ""),
    "list_type": ("this must be a list", "write [one, two], or a line with - for each"),
    "tuple_type": ("this must be a list", "write [one, two], or a line with - for each"),
    "dict_type": ("this must be keys with values", "write key: value, one to a line"),
    "mapping_type": ("this must be keys with values", "write key: value, one to a line"),
    "model_type": ("this must be keys with values", "write key: value, one to a line"),
    "model_attributes_type": ("this must be keys with values", "write key: value, one to a line"),
    "no_answer": ("the question has no answer", "write answer:, model: or mark_scheme:"),
    "no_gaps": ("there is no gap", "write one as [[answer]]"),
}


def _words(error: ErrorDetails, value: Any, key: str, known: Iterable[str]) -> tuple[str, str]:
    kind, ctx = error["type"], error.get("ctx", {})
    if kind == "missing":
        return f'"{key}" is missing', "add it here"
    if kind == "extra_forbidden":
        return f'unknown key "{key}"', did_you_mean(key, known) or "keys that may stand here: " + ", ".join(
            sorted(known)
        )
    if kind == "union_tag_invalid":
        tag = str(ctx.get("tag", ""))
        choices = [c.strip(" '") for c in str(ctx.get("expected_tags", "")).split(",")]
        return f'unknown {_tag_name(ctx)} "{tag}"', did_you_mean(tag, choices) or "known: " + ", ".join(choices)
    if kind == "union_tag_not_found":
        return f'"{_tag_name(ctx)}" is missing', "say what it is, for example kind: cloze"
    if kind == "literal_error":
        expected = str(ctx.get("expected", "")).replace("'", "")
        choices = [c.strip() for c in expected.replace(" or ", ",").split(",")]
        return f'"{_short(value)}" cannot stand here; write {expected}', did_you_mean(str(value), choices)
    if value is None and kind in (
        "text_type",
        "string_type",
        "list_type",
        "tuple_type",
        "int_type",
        "model_type",
        "dict_type",
        "model_attributes_type",
    ):
        return f'"{key}" has no value', "write it, or delete the key"
    if kind in _SIMPLE:
        return _SIMPLE[kind]
    return _sized(kind, ctx, error, value)


def _sized(kind: str, ctx: dict[str, Any], error: ErrorDetails, value: Any) -> tuple[str, str]:
    if kind == "too_short":
        return f"at least {ctx['min_length']} must stand here; there {_are(ctx['actual_length'])}", ""
    if kind == "too_long":
        return f"at most {ctx['max_length']} may stand here; there {_are(ctx['actual_length'])}", ""
    if kind == "greater_than_equal":
        return f"{_short(value)} is too small: the least is {ctx['ge']}", ""
    if kind == "less_than_equal":
        return f"{_short(value)} is too large: the most is {ctx['le']}", ""
    if kind == "string_pattern_mismatch":
        return (
            f'"{_short(value)}" does not have the right form',
            "small letters, digits and single hyphens, such as read-the-vote",
        )
    return error["msg"], str(ctx.get("hint", ""))


def _tag_name(ctx: dict[str, Any]) -> str:
    return str(ctx.get("discriminator", "kind")).strip("'")


def _are(count: Any) -> str:
    return f"is {count}" if count == 1 else f"are {count}"


def _short(value: Any) -> str:
    text = str(value)
    return text if len(text) <= 40 else text[:37] + "..."
