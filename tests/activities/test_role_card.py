"""Role cards: a card for each role, a record with a cell for every column, what really happened."""

from __future__ import annotations

from typing import Any

import pytest

from lessonpress.model.base import LEVELS
from tests.activities.bench import both, html, lesson_of, make, page, pose, refused

ROLES = [{"role": f"Speaker {n}", "brief": "You speak.", "record": ["for", "quokkazim"]} for n in range(3)]


def test_every_role_has_its_card() -> None:
    """A card says who speaks, what they want and what they may say, and nothing of the record."""
    posed = pose(lesson_of("role-card"))
    cards = page(posed, "cards")
    for words in ("Delegate from a country district", "You want calm.", "Say that a split would ruin the party"):
        assert words in cards
        assert words == "Delegate from a country district" or words not in html(posed)
    assert "unity and open markets" not in cards


def test_a_table_has_the_roles_on_the_sheet() -> None:
    """Without cards the roles are read above the record."""
    posed = pose(lesson_of("role-card", **{"as": "table"}))
    assert "Say that a split would ruin the party" in html(posed)
    assert "unity and open markets" not in html(posed)


def test_the_record_has_a_cell_for_each_column_of_each_role() -> None:
    """The cells are blank on the sheet, but for those of the roles that the level gives."""
    posed = {level: pose(lesson_of("role-card"), level) for level in LEVELS}
    assert html(posed["core"]).count('class="cell blank"') == 4
    assert html(posed["support"]).count('class="cell blank"') == 2
    assert "with Zinoviev" in html(posed["support"])
    assert "with Zinoviev" not in html(posed["core"])


def test_the_outcome_is_for_the_key() -> None:
    """What really happened stands in the notes of the key alone."""
    sheet, key = both("role-card")
    assert "won by a wide margin" in key
    assert "won by a wide margin" not in sheet


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"columns": ["Side"]}, "role_record"),
        ({"columns": ["Side", "Why"], "roles": ROLES[:1], "support": None}, "too_short"),
        ({"given": "2"}, "given_roles"),
        ({"roles": [{"role": "x", "record": ["a", "b"]}, *ROLES]}, "missing"),
        ({"columns": ["a", "b", "c", "d"]}, "too_long"),
    ],
)
def test_refusals(changes: dict[str, Any], code: str) -> None:
    """A role without an entry for every column, one role alone, and nothing left to write are refused."""
    assert code in refused("role-card", **changes)


def test_marks() -> None:
    """A cell of the record is a mark, given or not, unless `marks` says otherwise."""
    assert make("role-card").total == make("role-card", "support").total == 4
    assert make("role-card", marks=6).total == 6
