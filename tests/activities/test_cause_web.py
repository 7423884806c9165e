"""Cause web: causes shuffled, arrows of the model under seal and right whatever the letters, rows to explain them."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lessonpress.model.base import LEVELS
from lessonpress.model.dice import Dice
from lessonpress.model.sealed import reveal
from tests.activities.bench import both, html, lesson_of, make, pose, puzzle, refused

CAUSES = {"one": "Cause one", "two": "Cause two", "three": "Cause three", "four": "Cause four"}
ARROWS = [
    {"from": "one", "to": "two", "why": "firstzim"},
    {"from": "two", "to": "outcome", "why": "secondzim"},
    {"from": "three", "to": "four", "why": "thirdzim"},
]
CHANGES: dict[str, Any] = {"causes": CAUSES, "arrows": ARROWS}


@given(seed=st.integers())
def test_letters_follow_the_causes_wherever_they_stand(seed: int) -> None:
    """The causes are a permutation, and every arrow of the model joins the causes that it names."""
    posed = make("cause-web", **CHANGES).pose("core", Dice(seed))
    shown = [cause.plain for cause in posed.puzzle.diagram.causes]
    assert sorted(shown) == sorted(CAUSES.values())
    at = {"ABCD"[n]: cause for n, cause in enumerate(shown)} | {"X": "the outcome"}
    joined = [(at[reveal(one.tail).plain], at[reveal(one.head).plain]) for one in posed.solution]
    assert joined == [("Cause one", "Cause two"), ("Cause two", "the outcome"), ("Cause three", "Cause four")]
    drawn = [reveal(arrow) for arrow in posed.puzzle.diagram.arrows]
    assert drawn == [f"{reveal(one.tail)}-{reveal(one.head)}" for one in posed.solution]


def test_a_cause_stands_at_every_place_equally_often() -> None:
    """Over many seeds the first cause of the lesson has every letter about equally often."""
    activity = make("cause-web", **CHANGES)
    places = [0] * 4
    for seed in range(800):
        places[[c.plain for c in puzzle(activity, seed).diagram.causes].index("Cause one")] += 1
    assert all(150 < count < 250 for count in places)


@pytest.mark.parametrize("level", LEVELS)
def test_reasons_are_on_the_key_alone(level: Any) -> None:
    """At every level the sheet lacks the reasons that it is not given; the key has them all."""
    sheet, key = both("cause-web", level, **CHANGES)
    given_ = {"firstzim"} if level == "support" else set()
    for word in ("firstzim", "secondzim", "thirdzim"):
        assert (word in sheet) == (word in given_)
        assert word in key


def test_given_arrows_are_drawn_and_told() -> None:
    """At support level the first arrow is drawn, and its row holds letters and reason; the others are empty."""
    support = puzzle(make("cause-web", "support", **CHANGES), level="support")
    assert [row.why.plain if row.why else None for row in support.rows] == ["firstzim", None, None]
    assert len(support.diagram.given) == 1
    assert len(support.diagram.arrows) == 2
    assert puzzle(make("cause-web", **CHANGES)).diagram.given == ()


def test_arrows_without_a_row_stand_in_the_notes() -> None:
    """Fewer rows than arrows leave the rest to the notes; more rows than arrows stay empty on the key."""
    sheet, key = both("cause-web", **CHANGES, ask=2, support=None)
    assert sheet.count('class="cell blank"') == 2
    assert "thirdzim" in key[key.index('class="notes"') :]
    many = pose(lesson_of("cause-web", **CHANGES, ask=5))
    assert html(many, key=True).count('class="cell blank"') == 5
    assert many.marks == 10


def test_marks_default_to_two_an_arrow() -> None:
    """One for the arrow and one for the reason, the same at every level."""
    assert make("cause-web").total == make("cause-web", "support").total == 6
    assert make("cause-web", marks=4).total == 4


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"causes": {"one": "a", "two": "b"}}, "no_cause"),
        ({"arrows": ARROWS[:1]}, "too_short"),
        ({"arrows": [*ARROWS, {"from": "five", "to": "one", "why": "x"}]}, "no_cause"),
        ({"arrows": [*ARROWS, {"from": "outcome", "to": "one", "why": "x"}]}, "no_cause"),
        ({"arrows": [*ARROWS, {"from": "one", "to": "one", "why": "x"}]}, "own_cause"),
        ({"give": ["4"]}, "give_place"),
        ({"causes": "one"}, "dict_type"),
    ],
)
def test_refusals(changes: dict[str, Any], code: str) -> None:
    """Too few arrows, arrows from or to no cause, from the outcome or to themselves are refused."""
    assert code in refused("cause-web", **{**CHANGES, "support": None, **changes})
