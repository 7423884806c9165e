"""Places of problems, and the keys that may stand there."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, Field, TypeAdapter, ValidationError

from lessonpress.activities import discover
from lessonpress.load.files import known_of
from lessonpress.load.known import known_keys, names
from lessonpress.load.messages import diagnose
from lessonpress.load.places import locate, pinpoint, place_of_text
from lessonpress.model.banks import Source
from lessonpress.model.lesson import Unit
from lessonpress.model.sealed import Sealed
from lessonpress.schema import lesson_type
from lessonpress.source import Document, read


def tree(text: str) -> Document:
    return read("a.yaml", text.encode())


@given(
    st.recursive(
        st.just("x"),
        lambda inner: st.one_of(
            st.lists(inner, min_size=1, max_size=3), st.dictionaries(st.sampled_from("abc"), inner, min_size=1)
        ),
        max_leaves=10,
    ),
    st.data(),
)
def test_a_path_leads_to_its_value(data: object, draw: st.DataObject) -> None:
    """Every path into a tree leads to the value there, and parts that name no key are passed over."""
    document = tree(f"a: {data}".replace("'", ""))
    node: Any = document.root
    loc: list[object] = []
    while isinstance(node, dict | list):
        step = draw.draw(st.sampled_from(list(node) if isinstance(node, dict) else range(len(node))))
        loc += [step, "no-such-key"] if draw.draw(st.booleans()) else [step]
        node = node[step]
    value, place, _ = locate(document, document.root, tuple(loc))
    assert value is node
    assert place.text[place.column - 1] == "x"


def test_a_mapping_may_be_read_as_the_list_of_its_entries() -> None:
    """A number that counts the entries of a mapping leads to the entry."""
    document = tree("pairs:\n  Trotsky: War\n  Rykov: chairman\n")
    value, place, key = locate(document, document.root, ("pairs", 1, "right"))
    assert (value, str(place), key) == ("chairman", "a.yaml:3:10", "right")


def test_a_block_is_pointed_at_by_its_key() -> None:
    """A value of several lines is found by its key; an alias of a field is its key without the hyphen."""
    document = tree("from:\n  last: 1\ntext: |\n  a\n  b\n")
    assert str(locate(document, document.root, ("text",))[1]) == "a.yaml:3:1"
    assert str(locate(document, document.root, ("from_",))[1]) == "a.yaml:1:1"
    assert str(locate(document, None, ())[1]) == "a.yaml"


@pytest.mark.parametrize(
    ("text", "loc", "code", "ctx", "place"),
    [
        ("a: b\nanchors: [1, 4]", (), "anchor", {"place": 4}, "2:14"),
        ("a: b\nanchors: [1]", (), "anchor", {"place": 4}, "2:1"),
        ("text: |\n  one\n  two 🎉\n", ("text",), "glyph", {"sign": "🎉"}, "3:7"),
        ('text: "\\U0001F389"\nb: 🎉\n', ("text",), "glyph", {"sign": "🎉"}, "1:7"),
        ("text: one\n", ("text",), "glyph", {"sign": "🎉"}, "1:7"),
        ("text: |\n  a [[one]]\n  b [[two\n", ("text",), "gap_open", {}, "3:5"),
        ("text: |\n  a [[long\n", ("text",), "gap_long", {"answer": "long"}, "2:5"),
        ("rows: {x: [a]}", (), "table_row", {"row": "X"}, "1:8"),
        ("places: {stalim: 1}", ("places", 0, "person"), "unknown_id", {"id": "stalim"}, "1:10"),
        ("a: b", (), "scheme_top", {}, "1:1"),
    ],
)
def test_a_problem_is_pinned_to_what_it_is_about(
    text: str, loc: tuple[Any, ...], code: str, ctx: dict[str, Any], place: str
) -> None:
    """The key, the name or the sign that a message speaks of is what the caret stands under."""
    document = tree(text)
    assert str(pinpoint(document, document.root, loc, code, ctx)) == f"a.yaml:{place}"


def test_a_text_is_found_whatever_its_case() -> None:
    """A claim is found in any list or mapping below, or not at all."""
    document = tree("- [s1-01, S1-02]\n- {covers: S1-03}\n")
    assert str(place_of_text(document, document.root, "s1-03")) == "a.yaml:2:12"
    assert place_of_text(document, document.root, "S1-04") is None


LESSON = lesson_type()


@pytest.mark.parametrize(
    ("loc", "some", "others"),
    [
        (("x",), {"title", "deck"}, {"kind", "support"}),
        (("main", 0, "cloze", "x"), {"distractors", "support", "title"}, {"questions"}),
        (("main", 0, "short-answer", "questions", 0, "x"), {"ask", "support", "mark_scheme"}, {"kind"}),
        (("main", 0, "short-answer", "questions", 0, "mark_scheme", "x"), {"credit", "levels"}, {"ask"}),
        (("main", 0, "short-answer", "questions", 0, "answer_space", "x"), {"rows", "labels"}, {"ask"}),
        (("main", 0, "extended-writing", "planner", "x"), {"shape", "boxes"}, {"support"}),
        (("main", 0, "extended-writing", "mark_scheme", "levels", 0, "x"), {"marks", "descriptor"}, {"levels"}),
        (("main", 0, "reading", "diagram", "timeline", "x"), {"events", "from"}, {"places"}),
        (("main", 0, "retrieval", "from", "x"), {"last"}, {"pool"}),
        (("main", 0, "retrieval", "x"), {"from", "pick"}, {"pool", "from_"}),
        (("main", 0, "exposition", "slides", 0, "table", "x"), {"columns", "rows"}, {"title"}),
        (("deck", 0, "two-content", "left", "x"), {"head", "points"}, {"task"}),
        (("deck", 0, "question", "x"), {"options", "after"}, {"left"}),
        (("nowhere", "x"), set(), {"title"}),
    ],
)
def test_the_keys_of_a_place_are_those_of_its_type(loc: tuple[Any, ...], some: set[str], others: set[str]) -> None:
    """Whatever the depth, the keys that are offered are those that may stand there."""
    keys = known_keys(LESSON, loc)
    assert some <= keys
    assert not others & keys


def test_keys_of_mappings_of_models_are_known() -> None:
    """A mapping of entries, and an entry under seal, are walked through."""

    class Inner(BaseModel):
        word: str

    class Outer(BaseModel):
        by_name: dict[str, Inner]
        sealed: Sealed[Inner] | None = None

    assert known_keys(Outer, ("by_name", "a", "x")) == known_keys(Outer, ("sealed", "x")) == {"word"}


def test_no_hidden_field_is_offered() -> None:
    """Ids that stand before an entry, and what the program fills in, are no keys."""
    assert "id" not in names(Source)
    for kind in discover().values():
        assert "pool" not in names(kind)
        assert {"support", "challenge", "kind"} <= names(kind)


def told(model: Any, text: str) -> list[str]:
    document = tree(text)
    with pytest.raises(ValidationError) as error:
        TypeAdapter(model).validate_python(document.root)
    found = diagnose(document, document.root, error.value.errors(), known_of(model))
    return [f"{d.place.line}:{d.place.column} {d.code}: {d.message} | {d.hint}" for d in found]


class Odd(BaseModel):
    """Fields that no lesson has today, but a new kind may have."""

    number: float = 0
    least: float = Field(default=1, gt=0)
    flag: bool = False
    word: str = Field(default="x", max_length=3)
    words: set[str] = set()
    table: dict[str, int] = {}
    whole: int = 1


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("number: many", '1:9 not-a-number: "many" is not a number | write digits, such as 5'),
        ("number: [1]", "1:1 not-a-number: this is not a number | write digits, such as 5"),
        (
            "whole: 9999" + "9" * 5000,
            '1:8 not-a-number: "' + "9" * 37 + '..." is too large a number | write digits, such as 5',
        ),
        ("flag: [x]", "1:1 not-true-or-false: this is neither true nor false | write true or false"),
        ("flag:", '1:1 no-value: "flag" has no value | write it, or delete the key'),
        ("word: long", "1:7 too-long: the text is longer than 3 characters | shorten it"),
        ("word: [x]", "1:1 not-text: this must be text | put it in quotation marks or under |"),
        ("words: one", "1:8 set-type: this does not fit here | "),
        ("table: one", "1:8 not-keys: this must be keys with values | write key: value, one to a line"),
        ("least: 0", "1:8 greater-than: this does not fit here | "),
    ],
)
def test_no_words_of_pydantic_reach_a_teacher(text: str, expected: str) -> None:
    """Whatever a field of a new kind refuses is told in plain words, at its place."""
    assert told(Odd, text) == [expected]


def test_a_misspelt_key_is_told_once() -> None:
    """A key that was meant for a missing one is not told as missing too."""
    text = "titel: T\ncode: AB\nsubject: S\nseed: 1\nedition: 1\nrevised: 2026-11-01\n"
    assert told(Unit, text) == [
        '1:1 missing-key: "licence" is missing | add it here',
        '1:1 unknown-key: unknown key "titel" | did you mean "title"?',
    ]


def test_every_kind_is_told_when_none_is_near() -> None:
    """A kind that resembles none gets the list of all."""
    found = told(LESSON, "title: T\nenquiry: E?\nobjectives: [O]\nmain: [{kind: xyzzy}, {kind: }, {title: T}, text]\n")
    assert all(kind in found[0] for kind in discover())
    assert [line.split(":")[1].split()[1] for line in found] == ["unknown-kind", "no-value", "missing-key", "not-keys"]
