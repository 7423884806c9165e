"""Levels are overlays."""

from __future__ import annotations

from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from lessonpress.load.overlays import at_level, check_overlays
from lessonpress.model.base import LEVELS
from lessonpress.source import Document, Mapping, Sequence, read

KEYS = st.sampled_from(["text", "instruction", "questions", "ask", "word_bank"])
PLAIN = st.recursive(
    st.sampled_from(["one", "two words"]),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(KEYS, inner, max_size=3)),
    max_leaves=8,
)
OVERLAID = st.dictionaries(KEYS, PLAIN, min_size=1, max_size=3).flatmap(
    lambda core: st.fixed_dictionaries(
        {"main": st.just(core)},
        optional={level: st.dictionaries(KEYS, PLAIN, max_size=3) for level in ("support", "challenge")},
    )
)


def tree(text: str) -> Document:
    return read("a.yaml", text.encode())


def marks(node: Any) -> list[object]:
    if isinstance(node, Mapping):
        return [node.mark, *node.key_marks.values(), *(m for value in node.values() for m in marks(value))]
    if isinstance(node, Sequence):
        return [node.mark, *node.item_marks, *(m for value in node for m in marks(value))]
    return []


@given(OVERLAID)
def test_a_value_of_an_overlay_replaces_that_of_the_core(data: dict[str, Any]) -> None:
    """At its level an overlay's values stand in place of the core's; at others nothing of it does."""
    core = data["main"]
    whole = {**core, **{level: data[level] for level in ("support", "challenge") if level in data}}
    root = tree(yaml.dump({"main": [whole]})).root
    for level in LEVELS:
        assert at_level(root, level) == {"main": [{**core, **data.get(level, {})}]}


@given(OVERLAID)
def test_merging_keeps_every_place(data: dict[str, Any]) -> None:
    """Each value of a merged tree has the mark that it has in the file."""
    root = tree(yaml.dump({"main": [{**data["main"], **{k: v for k, v in data.items() if k != "main"}}]})).root
    for level in LEVELS:
        merged = at_level(root, level)
        assert set(map(repr, marks(merged))) <= set(map(repr, marks(root)))
        assert merged["main"][0].key_marks.keys() >= merged["main"][0].keys()


def test_lists_are_replaced_whole() -> None:
    """A list of an overlay is not mixed with that of the core."""
    root = tree("items: [a, b]\nsupport: {items: [c]}\n").root
    assert at_level(root, "support") == {"items": ["c"]}


def test_another_activity_may_stand_instead() -> None:
    """With instead: nothing of the core is left at that level."""
    root = tree("main: [{kind: a, title: b, challenge: {instead: {kind: c, title: d}}}]").root
    assert at_level(root, "challenge") == {"main": [{"kind": "c", "title": "d"}]}
    assert at_level(root, "core") == {"main": [{"kind": "a", "title": "b"}]}


@pytest.mark.parametrize("key", ["support", "challenge"])
def test_a_word_of_the_content_may_be_called_like_a_level(key: str) -> None:
    """A pair or a name that happens to be a level's is no overlay."""
    root = tree(f"pairs: {{{key}: a text, other: b}}").root
    assert at_level(root, "support") == {"pairs": {key: "a text", "other": "b"}}


def test_an_overlay_without_values_changes_nothing() -> None:
    """A level's key with nothing after it is no text."""
    assert at_level(tree("a: b\nsupport:\n").root, "support") == {"a": "b"}


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("main: [{support: {marks: 1, text: x}}]", ["overlay-fixed"]),
        ("main: [{support: {kind: a, id: b, marks: 1}}]", ["overlay-fixed"] * 3),
        ("main: [{a: [{challenge: {marks: 2}}]}]", ["overlay-fixed"]),
        ("main: [{support: {instead: {kind: a, marks: 2}}}]", []),
        ("main: [{support: {instead: {kind: a}, text: x}}]", ["overlay-instead"]),
        ("support: {text: x}", ["overlay-lesson"]),
        ("main: [{support: {text: x}}]", []),
    ],
)
def test_overlays_leave_alone_what_all_levels_share(text: str, codes: list[str]) -> None:
    """Kind, id and marks cannot change, nothing stands beside instead:, and a lesson has no levels."""
    document = tree(text)
    found = check_overlays(document, document.root)
    assert [d.code for d in found] == codes
    assert all(d.place.line == 1 and d.place.column > 0 and d.hint for d in found)
    assert "marks" not in str(at_level(document.root, "support")) or "instead" in text or "challenge" in text
