"""What pydantic says, in the words of a teacher, at the place in the file."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from pydantic_core import ErrorDetails

from lessonpress.diagnostics import Diagnostic, did_you_mean
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
    return Diagnostic(kind.replace("_", "-"), message, place, hint)


def _tag(document: Document, root: Any, loc: Path, ctx: dict[str, Any]) -> Diagnostic:
    """A value of several kinds that does not say which, or names one that does not exist."""
    name = str(ctx.get("discriminator", "kind")).strip("'")
    value, place, _ = locate(document, root, loc)
    if not isinstance(value, Mapping):
        return Diagnostic("model-type", "this must be keys with values", place, f"start with {name}:")
    if name not in value:
        start = (
            "write kind: cloze, or another kind" if name == "kind" and "alt" not in value else f"say which: {name}: ..."
        )
        return Diagnostic("missing", f'"{name}" is missing', place, start)
    tag, place, _ = locate(document, root, (*loc, name))
    if not isinstance(tag, Scalar):
        return Diagnostic("no-value", f'"{name}" must be one word', place, f"write {name}: and a word")
    choices = [c.strip(" '") for c in str(ctx.get("expected_tags", "")).split(",")]
    hint = did_you_mean(tag, choices) or "known: " + ", ".join(choices)
    return Diagnostic(f"unknown-{name}", f'unknown {name} "{short(tag)}"', place, hint)


_LIST = ("this must be a list", "write [one, two], or a line with - for each")
_KEYED = ("this must be keys with values", "write key: value, one to a line")
_TEXT = ("this must be text", "put it in quotation marks or under |")
_NUMBER = "write digits, such as 5"

_SIMPLE = {
    "text_type": _TEXT,
    "string_type": _TEXT,
    "text_empty": ("the text is empty", "write it, or delete the key"),
    "list_type": _LIST,
    "tuple_type": _LIST,
    "dict_type": _KEYED,
    "mapping_type": _KEYED,
    "model_type": _KEYED,
    "model_attributes_type": _KEYED,
    "no_answer": ("the question has no answer", "write answer:, model: or mark_scheme:"),
    "no_gaps": ("there is no gap", "write one as [[answer]]"),
}
"""The message and the hint where neither depends on the value."""

_SCALARS = {
    "int_parsing": ("is not a whole number", _NUMBER),
    "int_parsing_size": ("is too large a number", _NUMBER),
    "int_type": ("is not a whole number", _NUMBER),
    "int_from_float": ("is not a whole number", _NUMBER),
    "float_parsing": ("is not a number", _NUMBER),
    "float_type": ("is not a number", _NUMBER),
    "decimal_parsing": ("is not a number", _NUMBER),
    "decimal_type": ("is not a number", _NUMBER),
    "finite_number": ("is not a number", _NUMBER),
    "bool_parsing": ("is neither true nor false", "write true or false"),
    "bool_type": ("is neither true nor false", "write true or false"),
}
"""What a value is not, and the hint."""

_FORMS = {
    "id": "small letters, digits and single hyphens, such as read-the-vote",
    "covers": "letters, digits and single hyphens, such as S1-10",
    "code": "2 to 8 capital letters or digits, such as SRP",
    "revised": "a date written 2026-11-01",
    "lang": "the code of a language, such as en-GB",
}
"""The form of a text that must match a pattern, by its key."""

_HINTS = {
    "all_right": "add a wrong option, or take an answer out",
    "anchor": "anchors: names places from 1 to the number of items",
    "cell": "write the answer alone, {given: ...} or {open: ...}",
    "course": "for one question at every course write question: and its id",
    "date": "a date that is not known to the day is written 1924 or 1924-06",
    "enquiry_lines": "break the question once, by sense, or shorten it",
    "few_pairs": "add a pair, or ask it as a question",
    "fixed_marks": "leave marks: and skill: out, or write the question out with ask:",
    "gap_empty": "write the answer between the brackets",
    "gap_long": "make the gap of one or two words of it",
    "gap_open": "close it with ]]",
    "gloss_word": "it must stand in the text of every level; gloss another word, or change the text",
    "glyph": "write it in other words, or take it out",
    "image_broken": "save the picture again as PNG or JPEG",
    "image_huge": "save the picture smaller; 2000 pixels across are enough for print",
    "image_kind": "save the picture as PNG or JPEG",
    "image_missing": "put the file into images/, or correct its name",
    "image_outside": "copy the picture into images/ and write its name alone",
    "no_correction": "write what is right: correction: ...",
    "no_marks": "add marks:",
    "no_right_option": "copy the answer from options:",
    "retrieval_count": "write for example from: {last: 2, earlier: 1}",
    "retrieval_pick": "raise a number of from:, or pick fewer",
    "retrieval_pool": "add questions to the bank, or ask for fewer",
    "same_options": "change one of them",
    "same_source": "name it once",
    "scheme_count": "describe each level of answer: {marks: 5-8, descriptor: ...}",
    "scheme_gap": "the marks of the levels meet: 5-8, then 1-4",
    "scheme_kind": "write credit: for points, or levels: for levels",
    "scheme_start": "the lowest level starts at 1 mark; no marks need no level",
    "scheme_sum": "add points of credit, or raise each:",
    "scheme_top": "the top level ends at the marks of the question",
    "slide_text": "copy the words from text:",
    "slide_words": "shorten it: a slide shows the heart of a source",
    "table_name": "names are copied from columns: and rows:",
    "table_row": "a row has a cell for every column but that of its name",
    "too_many_words": "shorten it",
    "two_answers": "keep answer: for a short answer, model: for a long one",
    "unknown_id": "write it in the bank, or name another entry",
    "which_question": "keep one of the two",
}
"""How to mend what a model refuses, where the model does not say it."""


def _words(error: ErrorDetails, value: Any, key: str, known: Known) -> tuple[str, str]:
    kind, ctx = error["type"], error.get("ctx", {})
    if kind == "missing":
        return f'"{key}" is missing', "add it here"
    if kind == "extra_forbidden":
        return _unknown(key, value, set(known(tuple(error["loc"]))))
    if kind == "literal_error":
        expected = str(ctx.get("expected", "")).replace("'", "")
        choices = [c.strip() for c in expected.replace(" or ", ",").split(",")]
        return f'"{short(value)}" cannot stand here; write {expected}', did_you_mean(str(value), choices)
    if value is None and kind not in _HINTS:
        return f'"{key}" has no value', "write it, or delete the key"
    if key == "mark_scheme" and kind == "model_type":
        return f'"{short(value)}" is no mark scheme', "write board, {credit: [...]} or {levels: [...]}"
    if kind == "text_type" and isinstance(value, Mapping) and len(value) == 1:
        name, rest = next(iter(value.items()))
        return "a colon turns this text into a key", f'put the text in quotation marks:\n"{name}: {rest or ""}"'
    if kind in _SIMPLE:
        return _SIMPLE[kind]
    if kind in _SCALARS:
        message, hint = _SCALARS[kind]
        return f'"{short(value)}" {message}' if isinstance(value, Scalar) else f"this {message}", hint
    return _sized(error, value, key)


def _unknown(key: str, value: Any, known: set[str]) -> tuple[str, str]:
    if key in OVERLAYS and not isinstance(value, Mapping):
        return f'"{key}" must be keys with values', f"write {key}: {{key: value}}, with what is different at that level"
    if key == "instead" and not isinstance(value, Mapping):
        return '"instead" must be another activity', "write instead: {kind: ..., title: ...}"
    hint = did_you_mean(key, known) or "keys that may stand here: " + ", ".join(sorted(known))
    return f'unknown key "{short(key)}"', hint


def _sized(error: ErrorDetails, value: Any, key: str) -> tuple[str, str]:
    kind, ctx = error["type"], error.get("ctx", {})
    if kind in ("too_short", "string_too_short"):
        return f'"{key}" needs at least {ctx["min_length"]}; {_there(value)}', "add to it"
    if kind == "too_long":
        return f'"{key}" holds at most {ctx["max_length"]}; {_there(value)}', "take some out"
    if kind == "string_too_long":
        return f"the text is longer than {ctx['max_length']} characters", "shorten it"
    if kind in ("greater_than_equal", "greater_than"):
        return f"{short(value)} is too small", f"the least is {ctx.get('ge', ctx.get('gt'))}"
    if kind in ("less_than_equal", "less_than"):
        return f"{short(value)} is too large", f"the most is {ctx.get('le', ctx.get('lt'))}"
    if kind == "string_pattern_mismatch":
        return f'"{short(value)}" does not have the right form', _FORMS.get(key, "")
    if kind == "value_error":
        return error["msg"].removeprefix("Value error, "), ""
    message = error["msg"] if not error["msg"].startswith("Input should") else "this does not fit here"
    return message, str(ctx.get("hint") or _HINTS.get(kind, ""))


def _there(value: Any) -> str:
    count = len(value) if isinstance(value, list | dict) else 0
    return f"there {'is' if count == 1 else 'are'} {count or 'none'}"
