"""What pydantic says, in the words of a teacher, at the place in the file."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from pydantic_core import ErrorDetails

from lessonpress.diagnostics import Diagnostic, did_you_mean
from lessonpress.load.hints import CODES, FORMS, HINTS, KEYED, SCALARS, SIMPLE, TEXT
from lessonpress.load.places import Path, locate, pinpoint
from lessonpress.schema import OVERLAYS
from lessonpress.source import Document, Mapping, Scalar, short

Known = Callable[[Path], Iterable[str]]


def diagnose(document: Document, root: Any, errors: Iterable[ErrorDetails], known: Known) -> list[Diagnostic]:
    """The diagnostics of a failed validation; `known` gives the keys that may stand at a place."""
    errors = list(errors)
    meant = {(*error["loc"][:-1], name) for error in errors for name in _meant(error, known)}
    paths = [tuple(error["loc"]) for error in errors]
    return [
        _diagnostic(document, root, error, known)
        for error in errors
        if error["type"] != "broken_entry"
        and not (error["type"] == "missing" and tuple(error["loc"]) in meant)
        and not (error["type"] == "too_short" and _is_echo(tuple(error["loc"]), paths))
    ]


def _meant(error: ErrorDetails, known: Known) -> Iterable[str]:
    """The key that was meant by an unknown one: it is told once, not as missing too."""
    if error["type"] == "extra_forbidden":
        key, choices = str(error["loc"][-1]), known(tuple(error["loc"]))
        yield from (choice for choice in choices if did_you_mean(key, choices) == did_you_mean(choice, [choice]))


def _is_echo(loc: Path, paths: list[Path]) -> bool:
    """Whether something within is wrong too: pydantic counts only what is right."""
    return any(len(path) > len(loc) and path[: len(loc)] == loc for path in paths)


def _diagnostic(document: Document, root: Any, error: ErrorDetails, known: Known) -> Diagnostic:
    loc, kind, ctx = tuple(error["loc"]), error["type"], error.get("ctx", {})
    if kind.startswith("union_tag"):
        return _tag(document, root, loc, ctx)
    value, place, key = locate(document, root, loc, at_key=kind == "extra_forbidden")
    if kind not in ("missing", "extra_forbidden"):
        place = pinpoint(document, root, loc, kind, ctx)
    message, hint = _words(error, value, key, known)
    code = "no-value" if message.endswith("has no value") else CODES.get(kind, kind.replace("_", "-"))
    return Diagnostic(code, message, place, hint)


def _tag(document: Document, root: Any, loc: Path, ctx: dict[str, Any]) -> Diagnostic:
    """A value of several kinds that does not say which, or names one that does not exist."""
    name = str(ctx.get("discriminator", "kind")).strip("'")
    value, place, _ = locate(document, root, loc)
    if not isinstance(value, Mapping):
        return Diagnostic("not-keys", "this must be keys with values", place, f"start with {name}:")
    if name not in value:
        start = (
            "write kind: cloze, or another kind" if name == "kind" and "alt" not in value else f"say which: {name}: ..."
        )
        return Diagnostic("missing-key", f'"{name}" is missing', place, start)
    tag, place, _ = locate(document, root, (*loc, name))
    choices = [c.strip(" '") for c in str(ctx.get("expected_tags", "")).split(",")]
    if not isinstance(tag, Scalar):
        message = f'"{name}" has no value' if tag is None else f'"{name}" must be one word'
        return Diagnostic("no-value", message, place, _list("known", [c for c in choices if c]))
    hint = did_you_mean(tag, choices) or "known: " + ", ".join(choices)
    return Diagnostic(f"unknown-{name}", f'unknown {name} "{short(tag)}"', place, hint)


@dataclass(frozen=True, slots=True)
class _Found:
    """A refusal of pydantic's with the value in the file, its key, and the keys that could stand there."""

    error: ErrorDetails
    value: Any
    key: str
    known: Known

    @property
    def ctx(self) -> dict[str, Any]:
        return self.error.get("ctx", {})


def _words(error: ErrorDetails, value: Any, key: str, known: Known) -> tuple[str, str]:
    """The message and the hint."""
    kind = error["type"]
    found = _Found(error, value, key, known)
    if value is None and kind not in ("missing", "extra_forbidden"):
        return f'"{key}" has no value', "write it, or delete the key"
    if kind in _TOLD_BY:
        return _TOLD_BY[kind](found)
    if kind in SIMPLE:
        return SIMPLE[kind]
    if kind in SCALARS:
        message, hint = SCALARS[kind]
        return f'"{short(value)}" {message}' if isinstance(value, Scalar) else f"this {message}", hint
    message = error["msg"] if not error["msg"].startswith("Input should") else "this does not fit here"
    return message.removeprefix("Value error, "), str(found.ctx.get("hint") or HINTS.get(kind, ""))


def _missing(found: _Found) -> tuple[str, str]:
    return f'"{found.key}" is missing', "add it here"


def _unknown(found: _Found) -> tuple[str, str]:
    key = found.key
    if key in OVERLAYS and not isinstance(found.value, Mapping):
        return f'"{key}" must be keys with values', f"write {key}: {{key: value}}, with what is different at that level"
    if key == "instead" and not isinstance(found.value, Mapping):
        return '"instead" must be another activity', "write instead: {kind: ..., title: ...}"
    known = set(found.known(tuple(found.error["loc"])))
    return f'unknown key "{short(key)}"', did_you_mean(key, known) or _list("keys that may stand here", sorted(known))


def _literal(found: _Found) -> tuple[str, str]:
    expected = str(found.ctx.get("expected", "")).replace("'", "")
    choices = [choice.strip() for choice in expected.replace(" or ", ",").split(",")]
    return f'"{short(found.value)}" cannot stand here; write {expected}', did_you_mean(str(found.value), choices)


def _text(found: _Found) -> tuple[str, str]:
    if isinstance(found.value, Mapping) and len(found.value) == 1:
        name, rest = next(iter(found.value.items()))
        return "a colon turns this text into a key", f'put the text in quotation marks:\n"{name}: {rest or ""}"'
    return TEXT


def _model(found: _Found) -> tuple[str, str]:
    if found.key == "mark_scheme":
        return f'"{short(found.value)}" is no mark scheme', "write board, {credit: [...]} or {levels: [...]}"
    return KEYED


def _too_few(found: _Found) -> tuple[str, str]:
    return f'"{found.key}" needs at least {found.ctx["min_length"]}; {_there(found.value)}', "add to it"


def _too_many(found: _Found) -> tuple[str, str]:
    return f'"{found.key}" holds at most {found.ctx["max_length"]}; {_there(found.value)}', "take some out"


def _too_long(found: _Found) -> tuple[str, str]:
    return f"the text is longer than {found.ctx['max_length']} characters", "shorten it"


def _too_small(found: _Found) -> tuple[str, str]:
    return f"{short(found.value)} is too small", f"the least is {found.ctx['ge']}"


def _too_large(found: _Found) -> tuple[str, str]:
    return f"{short(found.value)} is too large", f"the most is {found.ctx['le']}"


def _form(found: _Found) -> tuple[str, str]:
    return f'"{short(found.value)}" does not have the right form', FORMS.get(found.key, "")


_TOLD_BY: dict[str, Callable[[_Found], tuple[str, str]]] = {
    "extra_forbidden": _unknown,
    "greater_than_equal": _too_small,
    "less_than_equal": _too_large,
    "literal_error": _literal,
    "missing": _missing,
    "model_type": _model,
    "string_pattern_mismatch": _form,
    "string_too_long": _too_long,
    "text_type": _text,
    "too_long": _too_many,
    "too_short": _too_few,
}
"""Who words a refusal that takes more than a table."""


def _there(value: Any) -> str:
    count = len(value) if isinstance(value, list | dict) else 0
    return f"there {'is' if count == 1 else 'are'} {count or 'none'}"


def _list(start: str, words: list[str]) -> str:
    return f"{start}: {', '.join(words)}" if words else ""
