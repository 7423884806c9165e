"""Text with gaps."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from lessonpress.model.base import Context
from lessonpress.model.gaps import MAX_LETTERS, Gap, GapText, Text
from lessonpress.model.sealed import reveal

GAPS = TypeAdapter(GapText)
WORD = st.text(st.sampled_from("abcxyz"), min_size=1, max_size=MAX_LETTERS)
PIECE = st.one_of(
    WORD, WORD.map("[[{}]]".format), st.lists(WORD, min_size=2, max_size=4).map(lambda w: f"[[{'|'.join(w)}]]")
)


def refusal(value: object, context: Context | None = None) -> str:
    with pytest.raises(ValidationError) as error:
        GAPS.validate_python(value, context=context)
    return error.value.errors()[0]["type"]


def told(text: GapText) -> str:
    """The text with its gaps filled."""
    return "\n".join(
        "".join(reveal(p.answer).plain if isinstance(p, Gap) else p.line.plain for p in paragraph)
        for paragraph in text.paragraphs
    )


@given(st.lists(st.lists(PIECE, min_size=1, max_size=8).map(" ".join), min_size=1, max_size=3))
def test_a_gap_text_says_what_was_written(paragraphs: list[str]) -> None:
    """Text and answers together give the account, spaces beside the gaps included."""
    text = GAPS.validate_python("\n\n".join(paragraphs))
    expected = [" ".join(w.strip("[]").split("|")[0] for w in p.split(" ")) for p in paragraphs]
    assert told(text) == "\n".join(expected)
    assert len(text.gaps) == sum(p.count("[[") for p in paragraphs)
    assert len(text.paragraphs) == len(paragraphs)


def test_a_gap_has_an_answer_and_what_else_is_accepted() -> None:
    """The first word fills the gap, the others are accepted; both stand under seal."""
    gap = GAPS.validate_python("Before [[ Kronstadt | the Kronstadt revolt || ]], then.").gaps[0]
    assert reveal(gap.answer).plain == "Kronstadt"
    assert [reveal(line).plain for line in gap.accept] == ["the Kronstadt revolt"]
    assert "Kronstadt" not in repr(gap)


def test_spaces_beside_a_gap_part_it_from_the_words() -> None:
    """A blank is not glued to its neighbours, and two gaps keep the space between them."""
    pieces = GAPS.validate_python("In *May* [[one]] [[two]], so").paragraphs[0]
    assert [p.line.plain for p in pieces if isinstance(p, Text)] == ["In May ", " ", ", so"]
    assert pieces[0].line.runs[1].em
    assert not pieces[0].gap
    assert pieces[1].gap


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("a [[]] b", "gap_empty"),
        ("a [[ |b]] c", "gap_empty"),
        ("a [[b c", "gap_open"),
        ("a b]] c", "gap_open"),
        (f"a [[{'b' * (MAX_LETTERS + 1)}]]", "gap_long"),
        ("", "text_empty"),
        (["a"], "text_type"),
        (None, "text_type"),
    ],
)
def test_bad_gaps_are_refused(value: object, code: str) -> None:
    """Gaps without answer, without end or with too long an answer never reach a page."""
    assert refusal(value) == code


def test_the_answer_of_a_gap_needs_glyphs_too() -> None:
    """A sign that no font has is refused within a gap as elsewhere."""
    assert refusal("a [[🎉]]", Context(glyphs=frozenset(map(ord, "a[]")))) == "glyph"


def test_a_parsed_text_passes() -> None:
    """A value that is a gap text already is kept, and editors are told that a text stands here."""
    text = GAPS.validate_python("a [[b]]")
    assert GAPS.validate_python(text) is text
    assert GAPS.json_schema()["type"] == "string"
