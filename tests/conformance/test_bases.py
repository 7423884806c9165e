"""Decks on LibreOffice's templates, which nobody made for us, are sound."""

from __future__ import annotations

from pathlib import Path

import pytest

from lessonpress.render.pptx.checks import check
from lessonpress.render.pptx.job import print_job
from tests.conformance import bases
from tests.conformance.bases import IMPRESS, Row, impress_bases, jobs, kit_on, table

NAMES = ("Midnightblue", "Nature_Illustration", "Candy")
"""One with text on a dark band, one of 4:3, one with eleven masters."""


@pytest.fixture(scope="module")
def converted(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    if not IMPRESS.is_dir() or not bases.shutil.which("soffice"):
        pytest.skip("libreoffice-impress is not installed")
    found = impress_bases(tmp_path_factory.mktemp("impress"), NAMES)
    assert [path.stem for path in found] == sorted(NAMES)
    return {path.stem: path for path in found}


@pytest.mark.slow
@pytest.mark.prints
@pytest.mark.parametrize("use", ["layouts", "look"])
@pytest.mark.parametrize("name", NAMES)
def test_decks_on_impress_templates_are_sound(name: str, use: str, converted: dict[str, Path]) -> None:
    """A bundled lesson on each, on its layouts and in its look: what is told is the template's own faint colours."""
    _, job = next(jobs(kit_on(converted[name], use)))
    printed = print_job(job)
    assert printed.pages > 10
    assert check(printed.data) == []
    assert [said.message for said in printed.diagnostics if said.code != "slide-contrast"] == []


def test_a_run_is_a_table() -> None:
    """One row a base; a checker that is not installed is told."""
    told = table([Row("default", "layouts", 8, 160, 0, None, 1), Row("our own, classic", "theme", 8, 158, 0, 0, 0)])
    assert told.startswith(bases.HEADING)
    assert "| default | layouts | 8 | 160 | 0 | not run | 1 |" in told
    assert "| our own, classic | theme | 8 | 158 | 0 | 0 | 0 |" in told
