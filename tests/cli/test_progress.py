"""How a build goes on, told while it does."""

from __future__ import annotations

import json

import pytest

from lessonpress.cli import progress
from lessonpress.cli.progress import EVERY_SECONDS, Tally, events


class Clock:
    """A clock that a test moves."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def test_a_tally_knows_only_what_it_can_know() -> None:
    """While lessons are still composed there may be more to do, and nobody knows how long it takes."""
    clock = Clock()
    tally = Tally(clock)
    tally.planned(4, 2, False)
    assert (str(tally), tally.left) == ("0 of 4 or more documents printed, 2 were fresh", None)
    clock.now = 2.0
    tally.one(True)
    tally.one(False)
    assert str(tally) == "2 of 4 or more documents printed, 2 were fresh, 1 failed, 1.0 a second"
    tally.planned(6, 2, True)
    assert tally.left == pytest.approx(4.0)
    assert str(tally) == "2 of 6 documents printed, 2 were fresh, 1 failed, 1.0 a second, about 4 s left"


def test_no_time_is_left_when_all_is_done() -> None:
    """The last line tells how it went."""
    clock = Clock()
    tally = Tally(clock)
    tally.planned(1, 0, True)
    clock.now = 0.5
    tally.one(True)
    assert str(tally) == "1 of 1 documents printed, 0 were fresh, 2.0 a second"


def test_lines_come_now_and_then() -> None:
    """Not one for each document; a build that told any tells its end, and a quick one is silent."""
    for pause, count in ((0.1, 0), (EVERY_SECONDS / 2, 2)):
        clock, told = Clock(), []
        watch = progress._lines(told.append, clock)
        watch.planned(4, 0, True)
        for number in range(4):
            clock.now += pause
            watch.done(f"{number}.pdf", 1, pause, True)
        assert len(told) == count
    assert told[-1].startswith("4 of 4 documents printed")


def test_events_are_lines_of_json() -> None:
    """One for each step, with its name."""
    told: list[str] = []
    watch = events(told.append)
    watch.planned(2, 1, True)
    watch.done("é.pdf", 3, 0.12345, False)
    watch.note("waiting")
    assert [json.loads(line) for line in told] == [
        {"event": "planned", "stale": 2, "fresh": 1, "all": True},
        {"event": "done", "path": "é.pdf", "pages": 3, "seconds": 0.123, "made": False},
        {"event": "note", "text": "waiting"},
    ]
    assert "é" in told[1]


def test_a_bar_takes_all_that_is_told(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """On a terminal a bar is drawn; a note stays, with its brackets."""
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    with progress.progress(silent=False) as watch:
        watch.planned(1, 0, False)
        watch.done("a.pdf", 1, 0.1, True)
        watch.note("another build [is] writing")
        watch.planned(1, 0, True)
    assert "another build [is] writing" in capsys.readouterr().err
