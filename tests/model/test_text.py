"""Running text: typesetting, runs, scripts, escaping."""

from __future__ import annotations

import html
import itertools
import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from lxml import etree
from pydantic import TypeAdapter, ValidationError

from lessonpress.model.base import Context
from lessonpress.model.text import MAX_CHARACTERS, Block, Line, Prose, Run, plain, typeset

TEXT = st.text(
    st.one_of(
        st.sampled_from("*_<>&\"'-.[]()\\`#|{}%\n ~1.9a"), st.characters(codec="utf-8", categories=("L", "N", "P", "S"))
    ),
    max_size=60,
)
LINE = TypeAdapter(Line)
PROSE = TypeAdapter(Prose)
ALLOWED = re.compile(r'</?(?:strong|em|p|ul|li)>|<span lang="ru">|</span>')


def refusal(adapter: TypeAdapter, value: object, context: Context | None = None) -> str:
    with pytest.raises(ValidationError) as error:
        adapter.validate_python(value, context=context)
    return error.value.errors()[0]["type"]


@given(TEXT)
@example("<script>alert(1)</script>")
@example('**<b onclick="x">**')
@example("&lt; <!-- {{ x }} -->")
@example("Ж<**б**")
def test_nothing_in_a_text_becomes_markup(text: str) -> None:
    """Whatever is typed, the only tags of its HTML are ours, and each is closed."""
    for value in (Line.parse(text, {"Cyrl": "ru"}), Prose.parse(text, {"Cyrl": "ru"})):
        markup = value.__html__()
        assert not re.search("[<>]", ALLOWED.sub("", markup))
        root = etree.fromstring(f"<x>{markup}</x>")
        shown = "".join(root.itertext())
        assert "".join(shown.split()) == "".join(value.plain.split())
        assert str(value) == value.plain


@given(TEXT)
def test_html_and_plain_text_say_the_same(text: str) -> None:
    """A line's HTML without its tags is its plain text."""
    line = Line.parse(text)
    assert html.unescape(ALLOWED.sub("", line.__html__())) == line.plain


@given(TEXT)
def test_neighbouring_runs_differ(text: str) -> None:
    """Text that is set in one way stands in one run, and no run is empty."""
    runs = Line.parse(text, {"Cyrl": "ru"}).runs
    assert all(run.text for run in runs)
    assert all((a.strong, a.em, a.lang) != (b.strong, b.em, b.lang) for a, b in itertools.pairwise(runs))


@given(TEXT)
@example("1. a > b & c~d #e")
def test_a_line_without_marks_says_what_it_would_say_before_one(text: str) -> None:
    """Text that is taken as it stands, because it has no marks, is what Markdown makes of it where a mark follows."""
    words = " ".join(re.sub(r"[*_\\\"']", "", text).split())
    assert Line.parse(f"{words}|").plain == Line.parse(f"{words}|**a**").plain[:-1]


def test_texts_that_were_read_already_are_taken_as_they_are() -> None:
    """With `texts` a line that stands twice is read once, as a line and as prose apart; what is refused is again."""
    context = Context(texts={}, glyphs=frozenset(map(ord, "*abc")))
    one, two = (LINE.validate_python("*abc*", context=context) for _ in range(2))
    assert one is two
    assert one == Line.parse("*abc*")
    assert PROSE.validate_python("*abc*", context=context) == Prose.parse("*abc*")
    assert [refusal(LINE, value, context) for value in ("d", "d", "", [], [])] == [
        "glyph",
        "glyph",
        "text_empty",
        "text_type",
        "text_type",
    ]
    assert LINE.validate_python("*abc*", context=Context()) is not one


@given(TEXT)
def test_a_line_has_no_line_ends(text: str) -> None:
    """However a text is broken in the file, a line of it is one line."""
    assert not re.search(r"[\n\r]", Line.parse(text).plain)


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("1922-29", "1922–29"),
        ("co-operate", "co-operate"),
        ("wait...", "wait…"),
        ("he - not she", "he – not she"),
        ("2 June 1924", "2\u00a0June\u00a01924"),
        ("12 June", "12\u00a0June"),
        ("May 1924", "May\u00a01924"),
        ("Mayor 1924", "Mayor 1924"),
        ("(c) 1924", "(c) 1924"),
    ],
)
def test_typesetting(typed: str, printed: str) -> None:
    """Ranges get en dashes, dates stay on one line, and nothing else changes."""
    assert typeset(typed) == printed


@given(TEXT)
def test_typesetting_twice_changes_nothing_more(text: str) -> None:
    """Typeset text is left alone."""
    assert typeset(typeset(text)) == typeset(text)


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ('"Too rude"', "“Too rude”"),
        ("Lenin's 'notes'", "Lenin’s ‘notes’"),
        ("**bold** and *title*", "<strong>bold</strong> and <em>title</em>"),
        ("***both***", "<strong><em>both</em></strong>"),
        ("2 * 3 * 4", "2 * 3 * 4"),
        (r"\*no\*", "*no*"),
        ("[link](http://x)", "[link](http://x)"),
        ("`code` # no", "`code` # no"),
        ("a < b & c", "a &lt; b &amp; c"),
        ("", ""),
    ],
)
def test_small_markdown(typed: str, printed: str) -> None:
    """Bold, italics and curly quotation marks are all there is; other Markdown prints as typed."""
    assert Line.parse(typed).__html__() == printed


def test_prose_has_paragraphs_and_lists() -> None:
    """Blank lines part paragraphs, hyphens make lists, and words are counted over all of them."""
    prose = Prose.parse("One two\nthree.\n\n- four\n- **five**\n\nSix.")
    assert prose.__html__() == "<p>One two three.</p><ul><li>four</li><li><strong>five</strong></li></ul><p>Six.</p>"
    assert prose.words == 6
    assert [line.plain for line in prose.paragraphs] == ["One two three.", "four", "five", "Six."]
    assert prose.plain == "One two three.\nfour\nfive\nSix."
    assert prose.blocks[0] == Block("paragraph", (Line((Run("One two three."),)),))


@pytest.mark.parametrize(
    "text", ["# Not a heading", "> not a quotation", "1. no number lost", "1924. Lenin dies.", "3) no", "---", "<div>"]
)
@pytest.mark.parametrize("before", ["", "before\n\n", "before\n"])
def test_blocks_that_do_not_exist_stay_text(text: str, before: str) -> None:
    """Headings, quotations and numbered lists are no part of the language: nothing of them is lost."""
    assert plain(Prose.parse(before + text).plain).split() == (before + text).split()
    assert plain(Prose.parse(f"- {text}").plain) == text or text in {"---", "# Not a heading", "> not a quotation"}


@pytest.mark.parametrize("text", ["- one\n  - two\n- three", "- one\n - two\n- three", "- one\n\n  - two\n\n- three"])
def test_a_list_within_a_list_loses_nothing(text: str) -> None:
    """Items that are indented further are items of the same list."""
    assert [line.plain for line in Prose.parse(text).blocks[0].lines] == ["one", "two", "three"]


def test_other_scripts_carry_their_language() -> None:
    """Cyrillic words get the unit's language, spaces between them included; other text gets none."""
    line = Line.parse("In Russian *власть народа* means power", {"Cyrl": "ru", "Grek": "el", "Xxxx": "xx"})
    assert line.runs[1] == Run("власть народа", em=True, lang="ru")
    assert '<em><span lang="ru">власть народа</span></em>' in line.__html__()
    runs = Line.parse("λόγος Ленин", {"Cyrl": "ru", "Grek": "el"}).runs
    assert [run.lang for run in runs] == ["el", "", "ru"]
    assert [run.lang for run in Line.parse("Ленин", {"Latn": "en"}).runs] == [""]


@given(st.text(st.sampled_from("аяЖaz -."), max_size=20))
def test_cutting_by_script_loses_nothing(text: str) -> None:
    """The runs of a line say what the line says without its scripts."""
    assert Line.parse(text, {"Cyrl": "ru"}).plain == Line.parse(text).plain


@pytest.mark.parametrize("value", [3, True, 2.5])
def test_numbers_can_stand_for_text(value: object) -> None:
    """A number or a truth that a program hands over is its text."""
    assert LINE.validate_python(value).plain == str(value)
    line = Line.parse("x")
    assert LINE.validate_python(line) is line
    assert LINE.json_schema()["type"] == ["string", "number", "boolean"]


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ([], "text_type"),
        ({}, "text_type"),
        (None, "text_type"),
        ("", "text_empty"),
        (" \n", "text_empty"),
        ("x" * (MAX_CHARACTERS + 1), "text_long"),
    ],
)
def test_what_is_no_text_is_refused(value: object, code: str) -> None:
    """Lists, mappings, nothing, blanks and books are no texts."""
    assert refusal(LINE, value) == refusal(PROSE, value) == code


def test_signs_without_a_glyph_are_refused() -> None:
    """A sign that a font of the theme lacks is refused; spaces and control characters are told elsewhere."""
    context = Context(glyphs=frozenset(map(ord, "abc")))
    assert refusal(LINE, "ab🎉", context) == "glyph"
    assert LINE.validate_python("a\u2003b\x07c", context=context).plain
    assert LINE.validate_python("🎉", context=Context()).plain == "🎉"


def test_plain_text_is_for_comparing() -> None:
    """Typographic signs become those of the keyboard."""
    assert plain("“1922–29” ‘x’…\u00a0y") == "\"1922-29\" 'x'... y"
