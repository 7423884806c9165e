"""Interpretations: readings of the bank or of the lesson, facts that do not say whose they are, three questions."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lessonpress.compose.answers import all_text
from lessonpress.model.banks import Interpretation
from lessonpress.model.base import Context
from lessonpress.model.dice import Dice
from lessonpress.model.sealed import reveal
from lessonpress.model.text import Prose
from tests.activities.bench import both, context, html, lesson_of, make, pose, puzzle, refused

FACTS = {"The vote", "In October", "The whole delegation", "Without the party"}


def bank() -> Context:
    """The bench's banks with two interpretations."""
    entries = {
        f"h-{n}": Interpretation.model_validate(
            {
                "id": f"H-{n}",
                "title": f"Title {n}",
                "argument": f"Argument {n}.",
                "historians": [f"Historian {n}"],
                "evidence_for": [f"For {n}"],
                "evidence_against": [f"Against {n}"],
            }
        )
        for n in (1, 2)
    }
    return replace(context(), banks={**context().banks, "interpretations": entries})


def test_the_text_of_the_bank_is_read_in_place_of_the_argument() -> None:
    """An interpretation with a text of its own is read as that, unless the lesson writes another."""
    context = bank()
    told = context.banks["interpretations"]["h-1"].model_copy(update={"text": Prose.parse("As pupils read it.")})
    banks = replace(context, banks={"interpretations": {**context.banks["interpretations"], "h-1": told}})
    posed = make("interpretations", banks=banks, readings=["H-1", "H-2"]).pose("core", Dice(1))
    assert [reading.text.plain for reading in posed.puzzle.readings] == ["As pupils read it.", "Argument 2."]


def test_readings_of_the_bank_bring_their_text_and_facts() -> None:
    """An id alone gives the argument, the historians, the title as the claim and the evidence of the bank."""
    posed = make("interpretations", banks=bank(), readings=["H-1", "H-2"]).pose("core", Dice(1))
    first = posed.puzzle.readings[0]
    assert (first.text.plain, [h.plain for h in first.historians]) == ("Argument 1.", ["Historian 1"])
    side = posed.solution[1]
    assert [all_text(x) for x in (side.claim, side.supports, side.limits)] == ["Title 2", "For 2", "Against 2"]


def test_what_the_lesson_says_wins_over_the_bank() -> None:
    """A text, claim, names or facts of the lesson stand in place of those of the bank."""
    own = {"interpretation": "H-1", "text": "Own text.", "claim": "Own claim.", "after": ["Own"], "evidence_for": ["x"]}
    posed = make("interpretations", banks=bank(), readings=[own, "H-2"]).pose("core", Dice(1))
    first, side = posed.puzzle.readings[0], posed.solution[0]
    assert (first.text.plain, [h.plain for h in first.historians]) == ("Own text.", ["Own"])
    assert [all_text(x) for x in (side.claim, side.supports, side.limits)] == ["Own claim.", "x", "Against 1"]


@given(seed=st.integers())
def test_facts_are_a_permutation_of_both_sides(seed: int) -> None:
    """Every fact for and against either view is printed once at support level."""
    activity = make("interpretations", "support")
    facts = [line.plain for line in activity.pose("support", Dice(seed)).puzzle.facts]
    known = [reveal(f).plain for r in activity.readings for f in (*r.evidence_for, *r.evidence_against)]
    assert sorted(facts) == sorted(known)
    assert len(facts) == 4


def test_facts_give_no_order_away() -> None:
    """Over many seeds the first fact of the lesson stands at every place about equally often."""
    activity = make("interpretations", "support")
    first = reveal(activity.readings[0].evidence_for[0]).plain
    places = [0] * 4
    for seed in range(800):
        places[[line.plain for line in puzzle(activity, seed, "support").facts].index(first)] += 1
    assert all(150 < count < 250 for count in places)


def test_facts_stand_at_support_level_alone() -> None:
    """Core and challenge have to find the evidence themselves; the key has it at every level."""
    for level in ("core", "challenge"):
        sheet, key = both("interpretations", level)
        assert not [fact for fact in FACTS if fact in sheet]
        assert all(fact in key for fact in FACTS)
    assert all(fact in html(pose(lesson_of("interpretations"), "support")) for fact in FACTS)


def test_claims_and_answers_are_on_the_key_alone() -> None:
    """What each reading comes down to is asked, not printed."""
    sheet, key = both("interpretations")
    for words in ("Appointments decided who won.", "The person and his timing decided", "votes followed appointments"):
        assert words not in sheet
        assert words in key
    assert "After: Carr, Daniels" in sheet


def test_reasons_may_be_left_out() -> None:
    """Without the question why they differ there are two questions, with their marks."""
    assert make("interpretations").total == 16
    activity = make("interpretations", reasons=None)
    assert activity.total == 12
    assert html(pose(lesson_of("interpretations", reasons=None))).count('class="let"') == 2


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"readings": ["H-1"]}, "too_short"),
        ({"readings": ["H-1", "h-1"]}, "same_reading"),
        ({"readings": ["H-1", "H-9"]}, "unknown_id"),
        ({"readings": ["H-1", {"text": "Only a text."}]}, "reading"),
        ({"readings": ["H-1", {"text": "word " * 121, "claim": "x"}]}, "too_many_words"),
        ({"differ": {"ask": "What?", "marks": "2"}}, "no_answer"),
    ],
)
def test_refusals(changes: dict[str, Any], code: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """One reading, the same one twice, a text without its claim and questions without answers are refused."""
    monkeypatch.setattr("tests.activities.bench.context", bank)
    assert code in refused("interpretations", **changes)
