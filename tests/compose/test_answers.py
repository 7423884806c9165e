"""Ink: nothing on sheets, answers on keys, long ones broken into lines, the rest kept for the notes."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from lessonpress.compose.answers import PT_PER_MM, SLACK, Ink, Written, all_text, break_line
from lessonpress.model.gaps import Gap
from lessonpress.model.sealed import seal
from lessonpress.model.text import Line, Prose, Run, cut
from tests.activities.bench import kit, make
from tests.contracts.sealing import Opened, Trap

KEY_SIZE = 11.5
WIDTH = 60.0
LONG = "Many short words that have to be broken into several lines " * 3
WORDS = st.text(alphabet="abc déЖ-–/’", min_size=1, max_size=14).filter(
    lambda text: text.strip() == text and "  " not in text and text != ""
)
RUNS = st.lists(
    st.builds(Run, WORDS, st.booleans(), st.booleans(), st.sampled_from(["", "ru"])), min_size=1, max_size=5
)


def ink(*, key: bool = True, task: str = "here") -> Ink:
    return Ink(key, kit().faces["text-bold"], kit().labels, KEY_SIZE, task)


def spaced(runs: list[Run]) -> Line:
    """A line of runs with a space after each."""
    return Line((*(Run(run.text + " ", run.strong, run.em, run.lang) for run in runs[:-1]), runs[-1]))


def marks(line: Line) -> list[tuple[str, bool, bool, str]]:
    """Each letter that prints ink, with the marks on it."""
    return [(char, run.strong, run.em, run.lang) for run in line.runs for char in run.text if not char.isspace()]


@pytest.mark.parametrize("lines", [None, 0, 1, 5])
def test_ink_on_a_sheet_never_reveals(lines: int | None) -> None:
    """On a sheet ink gives nothing, whatever it is handed, and remembers nothing."""
    pen = ink(key=False)
    assert pen(Trap(), lines=lines, width=40) == ("" if lines is None else [""] * lines)
    assert pen.plain(Trap()) == ""
    assert (pen.spilled, pen.written) == ([], [])


def test_ink_on_a_key_reveals() -> None:
    """On a key the same trap is opened."""
    for use in (lambda pen: pen(Trap()), lambda pen: pen(Trap(), lines=1), lambda pen: pen.plain(Trap())):
        with pytest.raises(Opened):
            use(ink())


@pytest.mark.parametrize("key", [True, False])
def test_what_is_not_there_is_nothing(key: bool) -> None:
    """Where there is no answer both give nothing, in as many lines as are asked for."""
    pen = ink(key=key)
    assert pen(None) == pen.plain(None) == ""
    assert pen(None, lines=2) == ["", ""]
    assert pen.written == []


@pytest.mark.parametrize(
    ("value", "markup", "plain"),
    [
        (Line.parse("a **b** & <c>"), "a <strong>b</strong> &amp; &lt;c&gt;", "a b & <c>"),
        (Prose.parse("one\n\ntwo"), "<p>one</p><p>two</p>", "one\ntwo"),
        ("A & B", "A &amp; B", "A & B"),
        (True, "True", "True"),
        (False, "False", "False"),
        (7, "7", "7"),
    ],
)
def test_answers_of_every_type_are_written(value: Any, markup: str, plain: str) -> None:
    """Rich text keeps its marks, plain text is escaped, truth is a word of the labels; each is remembered."""
    pen = ink()
    written = pen(seal(value))
    assert written == markup
    assert isinstance(written, Markup)
    assert pen.plain(seal(value)) == plain
    assert pen.written == [Written("here", plain)] * 2


def test_short_answer_leaves_its_other_lines_empty() -> None:
    """An answer takes the lines that it needs; the others stay empty; nothing spills."""
    pen = ink()
    pieces = pen(seal(Line.parse("a *few* words")), lines=3, width=WIDTH)
    assert pieces == ["a <em>few</em> words", "", ""]
    assert pen.spilled == []


def test_answers_are_broken_into_lines_that_fit() -> None:
    """Every line is as narrow as it must be, and together they are the answer."""
    pen = ink()
    pieces = pen(seal(Line.parse(LONG)), lines=12, width=WIDTH)
    assert len(pieces) == 12
    assert " ".join(str(piece) for piece in pieces if piece) == LONG.strip()
    assert all(pen.face.width(str(piece), KEY_SIZE) <= WIDTH * PT_PER_MM for piece in pieces)
    assert pen.spilled == []


def test_paragraphs_begin_on_lines_of_their_own() -> None:
    """A model answer in paragraphs keeps them apart, and plain values are lines too."""
    assert ink()(seal(Prose.parse("one\n\ntwo")), lines=3, width=WIDTH) == ["one", "two", ""]
    assert ink()(seal("text"), lines=1, width=WIDTH) == ["text"]
    assert ink()(seal(True), lines=1, width=WIDTH) == ["True"]


@pytest.mark.parametrize("lines", [1, 2, 3])
def test_what_does_not_fit_spills(lines: int) -> None:
    """The last line ends in an ellipsis and still fits; the whole is kept under the name of its question."""
    pen = ink()
    pieces = pen(seal(Line.parse(LONG)), lines=lines, width=WIDTH, q="here.2")
    assert len(pieces) == lines
    assert str(pieces[-1]).endswith("…")
    assert all(pen.face.width(str(piece), KEY_SIZE) <= WIDTH * PT_PER_MM * SLACK + 0.01 for piece in pieces)
    assert pen.spilled == [("here.2", Markup(LONG.strip()))]


def test_spill_without_a_question_is_kept_under_its_task() -> None:
    """Where a question has no name the task's is used; marks of the whole are kept."""
    pen = ink()
    pen(seal(Line.parse("**bold** " + LONG)), lines=1, width=WIDTH)
    assert pen.spilled[0][0] == "here"
    assert "<strong>bold</strong>" in pen.spilled[0][1]


def test_no_line_at_all_spills_everything() -> None:
    """An answer without a line is kept whole, so that nothing is lost."""
    pen = ink()
    assert pen(seal(Line.parse("some answer")), lines=0, width=WIDTH, q="here.1") == []
    assert pen.spilled == [("here.1", Markup("some answer"))]


def test_spilling_keeps_marks_on_the_last_line() -> None:
    """A shortened line keeps what is bold bold, and the ellipsis plain."""
    pieces = ink()(seal(Line.parse("**" + LONG.strip() + "**")), lines=1, width=WIDTH)
    assert pieces[0].startswith("<strong>Many")
    assert pieces[0].endswith("</strong>…")


@given(runs=RUNS, width=st.floats(8, 200))
def test_breaking_keeps_every_mark(runs: list[Run], width: float) -> None:
    """Broken into lines, a text keeps each letter with its marks, in order, and every line fits its width."""
    face, line = kit().faces["text-bold"], spaced(runs)
    pieces = break_line(face, line, KEY_SIZE, width)
    assert [mark for piece in pieces for mark in marks(piece)] == marks(line)
    assert all(face.width(piece.plain, KEY_SIZE) <= width or len(piece.plain) == 1 for piece in pieces)


@given(runs=RUNS, start=st.integers(0, 60), length=st.integers(0, 60))
def test_cutting_takes_a_slice(runs: list[Run], start: int, length: int) -> None:
    """A part of a line is that slice of its text, without empty runs."""
    line = spaced(runs)
    part = cut(line, start, start + length)
    assert part.plain == line.plain[start : start + length]
    assert all(run.text for run in part.runs)
    assert cut(line, 0, len(line.plain)) == line


def test_empty_line_is_one_empty_line() -> None:
    """Nothing to break is one line with nothing on it."""
    assert [line.plain for line in break_line(kit().faces["text-bold"], Line(()), KEY_SIZE, 50)] == [""]


def test_all_text_holds_answers_and_every_field() -> None:
    """Checks see all that an activity says, under seal or not, and none of its bookkeeping."""
    activity = make(
        "cloze", notes="Notezim.", covers=["S1-01"], text="A [[quokkazim|other]] gap.\n\nSecond [[velpzim]]."
    )
    text = all_text(activity)
    for word in ("A quokkazim gap.", "velpzim", "Notezim.", "Comintern", "Complete the account"):
        assert word in text, word
    for word in ("S1-01", "cloze", "challenge"):
        assert word not in text, word


def test_all_text_walks_everything() -> None:
    """Mappings, lists, sealed values, gaps and dataclasses are walked; numbers and nothing say nothing."""
    gap = Gap(seal(Line.parse("filled")))
    value = {"key": [seal("under"), (Prose.parse("prose"), 7, None)], "gap": gap, "written": Written("t", "w")}
    assert all_text(value).split("\n") == ["key", "under", "prose", "gap", "filled", "written", "t", "w"]
    assert all_text(None) == ""
