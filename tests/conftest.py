"""How the tests are run: few examples, no deadline, the same examples every time."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from lessonpress.render.pdf import only_vendored_fonts

settings.register_profile(
    "lessonpress",
    max_examples=60,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("lessonpress")


@pytest.fixture(scope="session")
def fonts_of_the_project() -> str:
    """Where the list of the project's own fonts stands."""
    only_vendored_fonts(Path(__file__).parents[1] / "templates")
    return os.environ["FONTCONFIG_FILE"]


@pytest.fixture(autouse=True)
def _same_fonts(fonts_of_the_project: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every test begins with these fonts: a test that prints with templates of its own leaves a list of fonts behind
    that are soon deleted, and WeasyPrint ends the process where it finds none.
    """
    monkeypatch.setenv("FONTCONFIG_FILE", fonts_of_the_project)
