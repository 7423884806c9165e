"""Cloze: gaps, the word bank, distractors, first letters, diagrams with blanks."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lessonpress.activities.cloze import NARROW_LETTERS, Blank
from lessonpress.model.base import LEVELS, Level
from lessonpress.model.sealed import reveal
from tests.activities.bench import both, html, lesson_of, make, pose, puzzle, refused

FLOW: dict[str, Any] = {
    "kind": "circular-flow",
    "alt": "A ring.",
    "steps": ["The [[Secretariat]] is headed", "Officials are placed", "They choose [[delegates]]", "Delegates vote"],
}
WORDS = st.lists(st.from_regex(r"\A[A-Za-z]{2,12}\Z"), min_size=1, max_size=6)


def bank(activity: Any) -> list[str]:
    return [word.plain for word in puzzle(activity).bank]


def blanks(activity: Any) -> list[Blank]:
    return [piece for paragraph in puzzle(activity).paragraphs for piece in paragraph if isinstance(piece, Blank)]


def test_example_has_three_gaps_for_three_marks() -> None:
    """A gap is a mark unless `marks` says otherwise."""
    assert make("cloze").total == 3
    assert make("cloze", marks=6).total == 6


def test_bank_is_alphabetical_and_complete() -> None:
    """The bank holds every answer and distractor in the order of the alphabet, whatever their case."""
    assert bank(make("cloze")) == ["Comintern", "Kronstadt", "March", "programme"]
    activity = make("cloze", text="One [[zebra]] and [[Apple]] and [[mango]].", distractors=["banana"])
    assert bank(activity) == ["Apple", "banana", "mango", "zebra"]


@given(answers=WORDS, others=WORDS)
def test_bank_gives_no_order_away(answers: list[str], others: list[str]) -> None:
    """However the gaps stand in the text, the same words give the same bank."""

    def made(words: list[str]) -> list[str]:
        return bank(make("cloze", text="So " + " and ".join(f"[[{w}]]" for w in words) + ".", distractors=others))

    found = made(answers)
    assert found == sorted(found, key=lambda word: (word.lower(), word))
    assert found == made(answers[::-1])
    assert sorted(found) == sorted([*answers, *(w for w in others if w not in answers)])


def test_word_that_fills_two_gaps_stands_twice() -> None:
    """The bank has as many words to use as there are gaps."""
    activity = make("cloze", text="A [[party]] and a [[party]].", distractors=["group", "party"])
    assert bank(activity) == ["group", "party", "party"]
    assert puzzle(activity).uses == 2


@pytest.mark.parametrize("level", LEVELS)
def test_levels_change_the_help_alone(level: Level) -> None:
    """First letters come at support level, the bank goes at challenge level; gaps and marks stay."""
    activity = make("cloze", level)
    assert [b.number for b in blanks(activity)] == list(range(1, activity.total + 1))
    assert [b.first for b in blanks(activity)] == (["M", "K", "p"] if level == "support" else ["", "", ""])
    assert bool(bank(activity)) == (level != "challenge")


def test_all_gaps_are_as_wide_as_the_longest_needs() -> None:
    """One long answer makes every gap wide, so that width tells nothing."""
    assert not puzzle(make("cloze", text="An [[" + "a" * NARROW_LETTERS + "]].")).wide
    assert puzzle(make("cloze", text="A [[b]] and an [[" + "a" * (NARROW_LETTERS + 1) + "]].")).wide


def test_gaps_on_the_sheet_are_all_alike() -> None:
    """Without its number no gap of a sheet differs from another."""
    markup = html(pose(lesson_of("cloze", text="A [[b]] and a [[longer one]].")))
    gaps = re.findall(r'<span class="gap.*?</span>', markup)
    assert len(gaps) == 2
    assert len({re.sub(r"<sup>\d+</sup>|(?<=blank )\d+", "", gap) for gap in gaps}) == 1


def test_without_a_bank_no_answer_is_printed() -> None:
    """At challenge level the answers stand on the key alone."""
    sheet, key = both("cloze", "challenge", text="A [[quokkazim]] and a [[velpzim]].", distractors=None, title="Fill")
    for word in ("quokkazim", "velpzim"):
        assert word not in sheet
        assert word in key


def test_also_accepted_answers_are_on_no_sheet() -> None:
    """What is also accepted is no word of the bank, and stands on no sheet."""
    activity = make("cloze", text="A [[one|quokkazim]].")
    assert bank(activity) == ["Comintern", "one"]
    assert reveal(activity.gaps[0].accept[0]).plain == "quokkazim"
    sheet, _ = both("cloze", text="A [[one|quokkazim]].")
    assert "quokkazim" not in sheet


def test_also_accepted_answers_are_on_the_key() -> None:
    """Who marks finds what is also accepted."""
    _, key = both("cloze", text="A [[one|quokkazim]].")
    assert "quokkazim" in key


def test_solution_is_the_gaps_in_order() -> None:
    """The solution holds the answer of each blank at its number."""
    posed = make("cloze").pose("core", None)
    assert [reveal(answer).plain for answer in posed.solution] == ["March", "Kronstadt", "programme"]


def test_diagram_with_blanks_takes_the_place_of_text() -> None:
    """The labels of a diagram can be the gaps: numbered on the drawing, words in the bank."""
    activity = make("cloze", text=None, diagram=FLOW, distractors=["Comintern"])
    assert activity.total == 2
    assert puzzle(activity).paragraphs == ()
    assert bank(activity) == ["Comintern", "delegates", "Secretariat"]
    sheet, key = both("cloze", "challenge", text=None, diagram=FLOW, distractors=None)
    assert "Secretariat" not in sheet
    assert "Secretariat" in key


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"text": "No gap at all."}, "no_gaps"),
        ({"text": None}, "no_gaps"),
        ({"text": "A gap [[left open."}, "gap_open"),
        ({"text": "An empty [[ ]] one."}, "gap_empty"),
        ({"text": "A [[" + "very " * 6 + "long]] one."}, "gap_long"),
        ({"text": ["a", "list"]}, "text_type"),
        ({"marks": "0"}, "greater_than_equal"),
        ({"diagram": {"kind": "spiral", "alt": "x"}}, "union_tag_invalid"),
    ],
)
def test_refusals(changes: dict[str, Any], code: str) -> None:
    """A cloze without gaps, with broken, empty or over-long ones is refused."""
    assert code in refused("cloze", **changes)


def test_a_gap_has_words_on_the_sheet() -> None:
    """Those who hear the text hear of the gap and its first letter; on a key they hear the answer."""
    sheet, key = both("cloze", "support")
    assert re.findall(r'class="gap[^"]*" aria-label="([^"]*)"', sheet)[0].startswith("blank 1")
    assert "aria-label" not in key
