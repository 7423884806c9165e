"""Answers under seal."""

from __future__ import annotations

import copy
import json
import operator
import pickle
from collections.abc import Callable
from typing import Any

import pytest
from pydantic import TypeAdapter

from lessonpress.model.banks import QuizItem
from lessonpress.model.marking import Answer
from lessonpress.model.sealed import Sealed, SealedError, reveal, seal
from lessonpress.model.text import Line

ATTEMPTS: dict[str, Callable[[Any], object]] = {
    "str": str,
    "format": lambda s: f"{s}",
    "percent": lambda s: "%s" % s,  # noqa: UP031 - the way round a seal that a template could try
    "iter": list,
    "len": len,
    "truth": bool,
    "contains": lambda s: "x" in s,
    "item": lambda s: s[0],
    "slice": lambda s: s[:1],
    "equal": lambda s: s == "x",
    "unequal": lambda s: s != "x",
    "equal from the right": lambda s: s == "x",
    "less": lambda s: s < "x",
    "sorted": lambda s: sorted([s, s]),
    "in a list": lambda s: s in ["x", "y"],
    "hash": hash,
    "in a set": lambda s: {s},
    "add": lambda s: s + "x",
    "add from the left": lambda s: "x" + s,
    "mod": lambda s: s % 1,
    "mod from the left": lambda s: 1 % s,
    "mul": lambda s: s * 2,
    "int": int,
    "float": float,
    "index": operator.index,
    "call": lambda s: s(),
    "html": lambda s: s.__html__(),
    "bytes": bytes,
    "fspath": open,
    "set": lambda s: setattr(s, "x", 1),
    "delete": lambda s: delattr(s, "x"),
    "reversed": lambda s: list(reversed(s)),
}


@pytest.mark.parametrize("attempt", ATTEMPTS.values(), ids=ATTEMPTS.keys())
def test_a_sealed_value_refuses(attempt: Callable[[Any], object]) -> None:
    """Nothing that a template or a careless line of code does to an answer tells it."""
    with pytest.raises(SealedError, match="under seal"):
        attempt(seal(Line.parse("Kronstadt")))


@pytest.mark.parametrize("name", ["value", "runs", "plain", "__dict__", "_value"])
def test_a_sealed_value_has_no_attributes(name: str) -> None:
    """The value cannot be read by a name."""
    with pytest.raises(AttributeError):
        getattr(seal(Line.parse("Kronstadt")), name)


@pytest.mark.parametrize(
    "tell", [repr, ascii, lambda s: json.dumps([s], default=repr), lambda s: repr([s]), lambda s: f"{s!r}"]
)
def test_what_is_printed_of_a_seal_tells_nothing(tell: Callable[[Any], str]) -> None:
    """A trace or a log shows that something is sealed, not what."""
    assert "<sealed>" in tell(seal("Kronstadt"))
    assert "Kronstadt" not in tell(seal("Kronstadt"))


def test_only_reveal_opens_a_seal() -> None:
    """The value comes back whole from reveal, also after a journey to another process."""
    answer = seal(Line.parse("Kronstadt"))
    assert reveal(answer) == Line.parse("Kronstadt")
    assert reveal(pickle.loads(pickle.dumps(answer))) == Line.parse("Kronstadt")
    assert reveal(copy.deepcopy(answer)) == Line.parse("Kronstadt")


def test_validation_seals_and_leaves_seals_alone() -> None:
    """A field of answers seals what it reads, once."""
    adapter = TypeAdapter(Answer)
    answer = adapter.validate_python("Kronstadt")
    assert adapter.validate_python(answer) is answer
    assert reveal(answer).plain == "Kronstadt"
    assert reveal(TypeAdapter(Sealed).validate_python(3)) == 3


def test_a_model_hides_its_answers() -> None:
    """The text of a whole entry shows its question and hides its answer."""
    item = QuizItem.model_validate({"id": "a", "ask": "Which revolt?", "answer": "Kronstadt", "accept": ["Cronstadt"]})
    assert "Which revolt?" in repr(item)
    assert "onstadt" not in repr(item)
