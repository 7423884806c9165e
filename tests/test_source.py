"""YAML to text with places."""

from __future__ import annotations

import re

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from lessonpress.diagnostics import Place
from lessonpress.source import MAX_DEPTH, MAX_NODES, Document, Mapping, Mark, Scalar, Sequence, explain, read, short

WORDS = st.text(st.characters(codec="utf-8", categories=("L", "N")), min_size=1, max_size=12)
PROSE = st.lists(WORDS, min_size=1, max_size=5).map(" ".join)
TRAPS = st.sampled_from(
    [
        "[[",
        "]]",
        '"',
        "'",
        ": ",
        " #",
        ", ",
        "{",
        "}",
        "- ",
        "\t",
        "\n",
        "|",
        "*",
        "&",
        "!",
        "%",
        "@",
        "\r\n",
        "\u2028",
        "---",
    ]
)


def tree(text: str) -> Document:
    return read("a.yaml", text.encode())


def walk(node: object) -> list[Scalar]:
    if isinstance(node, Scalar):
        return [node]
    children = node.values() if isinstance(node, Mapping) else node if isinstance(node, Sequence) else ()
    return [scalar for child in children for scalar in walk(child)]


@given(
    st.dictionaries(
        WORDS, st.one_of(PROSE, st.lists(PROSE, max_size=4), st.dictionaries(WORDS, PROSE, max_size=3)), min_size=1
    )
)
def test_spans_point_at_the_text_of_values_and_keys(data: dict[str, object]) -> None:
    """The place of every value on one line is where its text stands, and so is that of every key."""
    document = tree(yaml.dump(data, allow_unicode=True, width=1000))
    for scalar in walk(document.root):
        mark = scalar.mark
        stands = document.lines[mark.line][mark.column : mark.column + mark.width]
        assert stands.strip("'\"") == str(scalar) or stands.startswith(("'", '"'))
    for key, mark in document.root.key_marks.items() if document.root else ():
        assert (
            document.lines[mark.line][mark.column :].lstrip("'\"? ").startswith(key)
            or "\\" in document.lines[mark.line]
        )


@given(st.lists(st.one_of(TRAPS, PROSE), max_size=12).map("".join))
@example("\u2028a: [b")
@example("a: !<")
@example("? a\n? a\n")
@example("a: &a [*a]")
@example("{a: b, c")
@example("- - - |+3\n")
def test_no_text_raises(text: str) -> None:
    """Whatever a file holds, reading it gives a tree or a diagnostic with a place in the file."""
    document = tree(text)
    assert document.root is not None or document.diagnostics
    for diagnostic in document.diagnostics:
        assert diagnostic.place.file == "a.yaml"
        assert 1 <= diagnostic.place.line <= len(document.lines)


@given(st.binary(max_size=60))
def test_no_bytes_raise(data: bytes) -> None:
    """Bytes that are no text get a diagnostic."""
    document = read("a.yaml", data)
    assert document.root is not None or document.diagnostics


@given(PROSE)
def test_scalars_stay_as_typed(text: str) -> None:
    """A value under a bar is the text itself, never a number, a date or a truth."""
    assert tree(f"a: |\n  {text}\n").root == {"a": text + "\n"}


@pytest.mark.parametrize("text", ["no", "1:30", "0.50", "1922-24", "010", "~", "null", "0x1F", "1e3", "2026-11-01"])
def test_what_other_readers_turn_into_values_stays_text(text: str) -> None:
    """Numbers, dates and words for truth are text until a field asks for more."""
    root = tree(f"a: {text}\nb: [{text}]").root
    assert root == {"a": text, "b": [text]}
    assert root["a"].plain


@pytest.mark.parametrize("text", ["a:\n", "a:  # nothing\n", "{a: }", "{a: , b: x}"])
def test_a_key_without_value_holds_nothing(text: str) -> None:
    """A key that is followed by nothing has the value None, and keeps its place."""
    root = tree(text).root
    assert root["a"] is None
    assert root.key_marks["a"].line == 0


def test_an_empty_text_in_quotation_marks_is_text() -> None:
    """Quotation marks around nothing make an empty text, not a missing value."""
    assert tree("a: ''\n").root == {"a": ""}
    assert tree("['', , x]").root is None
    assert tree("- ''\n-\n- x\n").root == ["", None, "x"]


def test_aliases_stand_for_their_values() -> None:
    """An alias gives the anchored value with the place where it was written."""
    root = tree("a: &x [one, two]\nb: *x\nc: &y z\nd: *y\n").root
    assert root["b"] is root["a"]
    assert root["d"] == "z"
    assert root["d"].mark.line == 2


@pytest.mark.parametrize("text", ["a: &a [*a]", "a: &a {b: *a}", "a: &a [x, [*a, *a]]"])
def test_a_value_that_holds_itself_is_refused(text: str) -> None:
    """A tree without end is told, not walked for ever."""
    assert tree(text).diagnostics[0].code == "endless-alias"


def test_depth_through_aliases_counts() -> None:
    """A tree that is deep only through its aliases is refused like any other."""
    lines = ["a0: &a0 [x]"] + [f"a{n}: &a{n} [*a{n - 1}]" for n in range(1, 100)]
    found = tree("\n".join(lines)).diagnostics[0]
    assert found.code == "too-deep"
    assert found.place.line == MAX_DEPTH


def test_as_many_values_as_a_large_lesson_needs_are_read() -> None:
    """The limit on values is far above any lesson, and one value too many is told."""
    enough = "[" + ",".join("x" * (MAX_NODES - 1)) + "]"
    assert not tree(enough).diagnostics
    assert tree(enough[:-1] + ",x]").diagnostics[0].code == "too-many-values"


@given(PROSE, st.integers(0, 3))
def test_control_characters_are_pointed_at(text: str, lines: int) -> None:
    """A control character is told at the very sign, even behind letters of several bytes."""
    found = tree("\n" * lines + f"é: {text}\x07").diagnostics
    assert [(d.code, d.place.line, d.place.column) for d in found] == [("control-character", lines + 1, len(text) + 4)]


@pytest.mark.parametrize("sign", ["\\x07", "\\0", "\\e", "\\u0085", "\\ufeff"])
def test_escaped_control_characters_are_told_too(sign: str) -> None:
    """A control character that is written as a code is as unprintable as any."""
    assert [d.code for d in tree(f'a: "b {sign}"').diagnostics] == ["control-character"]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\u2028", "\u2029"])
def test_lines_end_where_yaml_ends_them(end: str) -> None:
    """Places agree with the parser about what a line is."""
    document = tree(f"a: 1{end}b: two{end}")
    mark = document.root["b"].mark
    assert document.lines[mark.line][mark.column :] == "two"


def test_a_wrong_byte_is_pointed_at_in_characters() -> None:
    """The column of bytes that are no UTF-8 counts signs, not bytes."""
    place = read("a.yaml", "é\né: ".encode() + b"\xff!\nx").diagnostics[0].place
    assert (place.line, place.column, place.text) == (2, 4, "é: \N{REPLACEMENT CHARACTER}!")


def test_a_place_outside_the_lines_has_no_text() -> None:
    """A mark behind the last line, and none at all, still give a place."""
    document = Document("a.yaml", None, ("x",))
    assert document.place(Mark(4, 2)) == Place("a.yaml", 5, 3)
    assert document.place(None) == Place("a.yaml")


@pytest.mark.parametrize("text", ["a: b c #d", "- b c #d", "{a: b c #d\n}", "a:\n  b c #d"])
def test_prose_that_loses_its_end_is_told(text: str) -> None:
    """Text that a # cuts short is an error; two spaces before it make a comment."""
    assert "comment-in-text" in [d.code for d in tree(text).diagnostics]
    assert not tree(text.replace(" #", "  #")).diagnostics
    assert not tree(text.replace(" #", " # ")).diagnostics


def test_the_mended_line_of_quoted_prose_stands_under_a_bar() -> None:
    """Text with quotation marks of its own is not put into another pair."""
    hint = tree('a: he said "no" to #4').diagnostics[0].hint
    assert 'a: |\n  he said "no" to #4' in hint


@given(
    st.sampled_from(["ask", "- ask", "  - ask"]),
    PROSE,
    PROSE,
    st.sampled_from(["[[{}]] {}", '"{}" {}', "[{}] {}", "{{{}}} {}", "*{}* {}", "{}: {}: x"]),
)
def test_the_mended_line_of_a_trap_is_sound(key: str, one: str, two: str, shape: str) -> None:
    """The lines that the hint gives are read as the text that was meant."""
    text = shape.format(one, two)
    found = tree(f"{key}: {text}\n").diagnostics
    if found:
        assert found[0].code in {
            "gap-at-start",
            "quote-at-start",
            "bracket-at-start",
            "sign-at-start",
            "second-colon",
            "unknown-alias",
        }
        mended = found[0].hint.split("\n", 1)[1]
        assert walk(tree(mended).root)[-1].strip() == text


def test_a_comma_between_braces_is_told_with_the_whole_text() -> None:
    """A text between braces that a comma cuts gets the mended pair; a list of keys does not."""
    found = tree("{a: one, two, b: three}").diagnostics
    assert [(d.code, d.hint) for d in found] == [("comma-in-text", 'put the text in quotation marks:\na: "one, two"')]
    assert [d.hint for d in tree("{a: [x], two}").diagnostics] == ["put the text in quotation marks"]
    assert not tree("{a: one, two: }").diagnostics
    assert not tree("{two}").diagnostics


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        ("a: [b, c\nd: e\n", "1:4", "not closed"),
        ("a: {b: c\nd: e\n", "1:4", "not closed"),
        ('a: "b\n', "1:4", "not closed"),
        ('a: "b\n---\n', "1:4", "not closed"),
        ("a: b\n  c: d\n", "2:4", "a key stands where none can"),
        ("a:\n  - b\n c: d\n", "3:2", "indented differently"),
        ("a: - b\n", "1:4", "a line of its own"),
        ("a b\nc: d\n", "2:2", "a key stands where none can"),
        ("a: b\nc\n", "2:1", "no colon"),
        ('a: "\\q"\n', "1:5", "backslash"),
        ('a: "\\xZZ"\n', "1:7", "backslash"),
        ("a: b\n%x\n", "2:1", "%"),
    ],
)
def test_syntax_errors_are_told_in_plain_words(text: str, place: str, words: str) -> None:
    """What the parser says is put into the words of a teacher, at the place where to mend it."""
    (found,) = tree(text).diagnostics
    assert words in found.message
    assert str(found.place) == f"a.yaml:{place}"
    assert found.hint


def test_an_unknown_complaint_of_the_parser_is_passed_on() -> None:
    """A complaint that nobody translated is told as it is, with a place where there is one."""
    document = Document("a.yaml", None, ("a",))
    mark = yaml.Mark("a", 0, 7, 3, None, None)
    assert explain(yaml.YAMLError("odd"), document).message == "this is not YAML: odd"
    found = explain(yaml.scanner.ScannerError(None, None, "odd", mark), document)
    assert (found.message, str(found.place)) == ("this is not YAML: odd", "a.yaml:1:1")


@pytest.mark.parametrize(
    "text", ["a: |\n  [[x]] y\n", "a: >\n  x: y\n", "a: |-  # note\n  x\n", "a: 'it''s'\n", 'a: ["x", "y"]\n']
)
def test_sound_prose_falls_into_no_trap(text: str) -> None:
    """Bars, quotation marks and lists that YAML reads as meant are left alone."""
    assert not tree(text).diagnostics


@given(st.text())
def test_quoted_values_are_short_and_on_one_line(text: str) -> None:
    """A value in a message takes one line of at most forty signs."""
    assert len(short(text)) <= 40
    assert not re.search(r"[\n\r]", short(text))
