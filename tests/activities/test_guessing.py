"""What chance gives, for each kind that can be guessed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lessonpress.model.base import LEVELS, Level
from lessonpress.model.dice import Dice
from lessonpress.model.guessing import from_bank
from lessonpress.model.text import Line
from tests.activities.bench import KINDS, context, make, node

CHOICE = "kind: multiple-choice\ntitle: Choose\nquestions: [{ask: Who?, options: [a, b, c, d], answer: %s, marks: 2}]"
JUDGE = """kind: true-false
title: Judge
%s
statements:
  - {statement: One, verdict: true}
  - {statement: Two, verdict: false, correction: three}
"""
MATCH = "kind: matching\ntitle: Match\npairs: {a: A1, b: B1, c: C1}\ndistractors: [D1]\nexample: {e: E1}"
ORDER = "kind: ordering\ntitle: Order\nitems: [one, two, three, four]\nanchors: [1, 2]"
CLOZE = "kind: cloze\ntitle: Fill\ntext: A [[red]] or [[blue]] one.\ndistractors: [black, brown]\n"
SORT = "kind: categorise\ntitle: Sort\ncategories: {One: [a, b], Two: [c, d]}\n"
ODD = "kind: odd-one-out\ntitle: Odd\nsets: [{items: [a, b, c, d], odd: a, why: it is}]"


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (CHOICE % "a", 2 / 4),
        (CHOICE % "[a, b]", 2 / 6),
        (JUDGE % "", 0.5),
        (JUDGE % "correct: false", 1.0),
        (MATCH, 3 / 4),
        (ORDER, 4 / 2),
        (CLOZE, 2 / 4),
        (CLOZE + "first_letters: true", 1 + 1 / 3),
        (CLOZE + "word_bank: false", 0),
        (SORT, 4 / 2),
        (SORT + "named: false", 0),
        (ODD, 1 / 4),
        ("kind: short-answer\ntitle: Say\nquestions: [{ask: Which?, answer: this, marks: 2}]", 0),
    ],
)
def test_what_chance_gives(written: str, expected: float) -> None:
    """The expected marks follow from what the sheet offers: options, letters, words of a bank, places, categories."""
    tree = node(written)
    activity = KINDS[tree["kind"]].model_validate(tree, context=context())
    assert activity.by_guessing(activity.pose("core", Dice("x")).puzzle) == pytest.approx(expected)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("level", LEVELS)
def test_guessing_never_earns_more_than_there_is(kind: str, level: Level) -> None:
    """For every kind chance gives no fewer marks than none and no more than the activity has."""
    activity = make(kind, level)
    assert 0 <= activity.by_guessing(activity.pose(level, Dice("x")).puzzle) <= activity.total


@given(st.lists(st.text(min_size=1, max_size=5), min_size=1, max_size=9), st.integers(1, 9), st.integers(1, 20))
def test_a_larger_bank_is_harder_to_guess(words: list[str], blanks: int, marks: int) -> None:
    """Chance gives one word in the bank for each blank, so a further word never helps."""
    bank = [Line.parse("x" + word) for word in words]
    now, then = from_bank(marks, bank, blanks), from_bank(marks, [*bank, bank[0]], blanks)
    assert now == pytest.approx(marks / len(bank))
    assert then < now
