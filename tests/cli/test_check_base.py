"""`themes --check-base`: a school's file is told about before any theme names it."""

from __future__ import annotations

from pathlib import Path

import pytest

from lessonpress.cli import run
from tests.school_files import DEFAULT, TYPES, file, swap


def test_the_map_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    """Each of our layouts, the rule, the form; no theme is needed."""
    assert run(["themes", "--check-base", str(DEFAULT)]) == 0
    told = capsys.readouterr().out
    assert told.startswith('"default.pptx" can be the base of decks\n')
    assert 'task           "Title and Content", as for title-body: minutes in the title and help as text' in told
    assert "warnings:" in told


def test_a_refusal_says_how_to_save_the_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """On standard error, with exit code 1."""
    path = tmp_path / "school.pptx"
    path.write_bytes(file({TYPES: swap("presentationml.presentation.main", "presentation.macroEnabled.main")}))
    assert run(["themes", "--check-base", str(path)]) == 1
    told = capsys.readouterr().err
    assert 'error: "school.pptx" cannot be the base of decks: this file holds macros' in told
    assert "help: in PowerPoint choose Save As" in told


def test_a_file_that_is_not_there_is_wrong_usage(capsys: pytest.CaptureFixture[str]) -> None:
    """As for every command."""
    assert run(["themes", "--check-base", "nothing.pptx"]) == 2
    assert "nothing.pptx" in capsys.readouterr().err
