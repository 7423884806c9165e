"""Jobs to bytes, in this process and in workers."""

from __future__ import annotations

from pathlib import Path

import pytest

from lessonpress.call import compose_all, load_library
from lessonpress.compose.jobs import Deck, HtmlDocument, Job
from lessonpress.load.choice import select
from lessonpress.render import render, render_all
from tests.tiny import TEMPLATES, options, write_unit

GOOD = HtmlDocument("<html lang=en><title>A</title><p>Text", "en", "A", str(TEMPLATES), "2026-11-01")
BAD_DATE = HtmlDocument("<p>Text", "en", "A bad date", str(TEMPLATES), "2026-02-30")


def test_no_jobs_need_no_printer() -> None:
    """Nothing comes of nothing."""
    assert list(render_all([], 4)) == []


def test_a_job_that_fails_loses_no_other() -> None:
    """The failure is a diagnostic on its job; the others are printed."""
    made = dict(render_all([BAD_DATE, GOOD], 1))
    assert made[0].data == b""
    assert [d.code for d in made[0].diagnostics] == ["render-failed"]
    assert made[0].diagnostics[0].message.startswith("could not be printed: ValueError: ")
    assert made[0].diagnostics[0].place.file == "A bad date"
    assert made[1].data.startswith(b"%PDF-1.7")
    assert made[1].pages == 1


def test_a_deck_that_fails_is_told_too() -> None:
    """Markup that is no XML is a fault of one deck."""
    made = render(Deck("<deck", {}, "{}", str(TEMPLATES)))
    assert [(d.code, d.place.file) for d in made.diagnostics] == [("render-failed", "deck")]


@pytest.fixture
def jobs(tmp_path: Path) -> list[Job]:
    """A sheet, its key, and a deck."""
    write_unit(tmp_path / "content", lessons=["01-first"])
    asked = options(tmp_path, only=("worksheet", "answer-key", "deck"))
    artefacts, _ = compose_all(select(load_library(asked), ()), asked)
    return [artefact.job for artefact in artefacts]


@pytest.mark.slow
def test_workers_print_what_one_process_prints(jobs: list[Job]) -> None:
    """The bytes, pages and places are the same; only the order in which they come may differ."""
    alone = dict(render_all(jobs, 1))
    assert all(rendered.data and not rendered.diagnostics for rendered in alone.values())
    assert dict(render_all(jobs, 2)) == alone
    assert sorted(alone) == [0, 1, 2]


@pytest.mark.slow
def test_an_interrupted_run_ends_its_workers() -> None:
    """Whoever stops listening does not wait for the jobs that have not begun."""
    running = render_all([GOOD, BAD_DATE, GOOD, GOOD], 2)
    next(running)
    running.close()
