"""Sheets and keys survive photocopiers in every theme, and the measure would see it if they did not."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest
from PIL import Image

from lessonpress.compose.kit import Kit, make_kit
from lessonpress.theme import Theme, load_theme, themes
from tests.activities.bench import TEMPLATES
from tests.copies import COPIERS, Counts, Spot, bad, length_left, lost, measure, table
from tests.documents.test_paper import whole

pytestmark = [pytest.mark.slow, pytest.mark.prints]


def kit(theme: Theme) -> Kit:
    """The kit of a theme."""
    return make_kit(TEMPLATES, theme, "en-GB")


def classic(**changes: object) -> Kit:
    """The kit of the theme classic with a fault."""
    return kit(dataclasses.replace(load_theme(TEMPLATES, "classic"), **changes))


@pytest.mark.parametrize("name", themes(TEMPLATES))
def test_copies_keep_lines_and_marks(name: str) -> None:
    """On a grey, a one-bit and a bad copy of sheet and key all but one in a hundred lines and marks are left."""
    counts = measure(kit(load_theme(TEMPLATES, name)), [whole()])
    assert {copier for _, copier in counts} == set(COPIERS)
    assert {what for what, _ in counts} >= {"sheet: answer line", "key: tick", "key: answer", "key: frame of an answer"}
    assert counts["sheet: answer line", "one bit"][1] > 40
    assert lost(counts) == []


def lines_and_marks(counts: Counts) -> set[str]:
    """What is lost on a one-bit copy."""
    return {said.partition(" left of ")[2].partition(" (")[0] for said in lost(counts) if "one bit" in said}


def test_light_lines_would_be_seen_to_vanish() -> None:
    """Lines in a light grey, or as fine as a hair, are lost on a one-bit copy and nothing else is."""
    theme = load_theme(TEMPLATES, "classic")
    for changes in (
        {"colours": {**theme.colours, "rule": "#A0A0A0"}},
        {"lengths": {**theme.lengths, "fine": ".3pt"}},
    ):
        found = lines_and_marks(measure(classic(**changes), [whole()]))
        assert (
            {"sheet: answer line", "key: answer line"}
            <= found
            <= {f"{a}: {b}" for a in ("sheet", "key") for b in ("answer line", "cell")}
        )


def test_missing_marks_would_be_seen() -> None:
    """A key without its ticks, in boxes or after answers, or with frames no heavier than those of the sheet, is caught."""
    theme = load_theme(TEMPLATES, "classic")
    without = (*theme.styles, ".key i.tick{background:none!important}.key .box.on{border-width:var(--firm)}")
    found = lines_and_marks(measure(classic(styles=without), [whole()]))
    assert found == {"key: tick", "key: frame of an answer", "key: answer"}


def test_a_line_is_left_where_it_is_black() -> None:
    """The length that is left is counted along the line, whichever way it runs."""
    page = Image.new("L", (400, 400), 255)
    page.paste(0, (100, 200, 300, 202))
    page.paste(0, (200, 100, 202, 200))
    px = 25.4 / 200
    assert length_left(page, Spot("line", 0, 100 * px, 201 * px, 300 * px, 201 * px)) == 1
    assert length_left(page, Spot("line", 0, 201 * px, 100 * px, 201 * px, 300 * px)) == pytest.approx(0.5, abs=0.05)
    assert length_left(page, Spot("line", 0, 5, 5, 20, 5)) == 0


def test_a_bad_copier_is_bad_in_the_same_way() -> None:
    """Its specks are the same in every run; white paper stays white and black stays black."""
    page = Image.new("L", (200, 200), 255)
    page.paste(0, (50, 50, 100, 100))
    assert bad(page).tobytes() == bad(page).tobytes()
    assert bad(page).getpixel((10, 10)) == 255
    assert bad(page).getpixel((75, 75)) == 0


def test_the_page_about_copies_names_every_theme() -> None:
    """What was measured is written down for every theme, and nothing was lost."""
    page = (Path(TEMPLATES).parent / "docs" / "copies.md").read_text("utf-8").partition("<!-- measured -->")[2]
    for name in themes(TEMPLATES):
        rows = [line for line in page.splitlines() if line.startswith(f"| {name} |")]
        assert len(rows) > 8
        assert "| sheet: answer line |" in "\n".join(rows)


def test_the_table_has_a_column_for_each_copier() -> None:
    """Counts stand as left of all."""
    assert "| x | sheet: gap | 1 of 2 | 2 of 2 | 0 of 2 |" in table(
        {"x": {("sheet: gap", name): counts for name, counts in zip(COPIERS, ((1, 2), (2, 2), (0, 2)), strict=True)}}
    )
