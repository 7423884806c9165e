"""The gallery lesson in every theme, profile and paper, and a lesson in each language:
`python -m tests.conformance.matrix output/matrix output/languages`.

Every kind of activity stands on worksheet, key and reading of each, at core level; the decks are those of the
themes, for a deck has neither profile nor paper.
"""

from __future__ import annotations

import itertools
import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from lessonpress.build import build
from lessonpress.diagnostics import render
from lessonpress.options import Options
from lessonpress.outcome import Outcome
from lessonpress.theme import A4, papers, profiles, themes
from tests.gallery import ROOT, TELLS, write

TEMPLATES = ROOT / "templates"
LANGUAGES = ROOT / "tests" / "languages"
OF_AN_EXAMPLE = ("reading-length", TELLS)
"""What is said of the examples of the kinds because they are short, and all on one topic."""


def combinations() -> list[tuple[str, str, str, bool]]:
    """Every theme with every profile on every paper, and with room for holes on the first paper."""
    wide = itertools.product(themes(TEMPLATES), profiles(TEMPLATES), papers(TEMPLATES), (False,))
    return [*wide, *itertools.product(themes(TEMPLATES), profiles(TEMPLATES)[:1], (A4,), (True,))]


def make(output: Path, jobs: int) -> Iterator[tuple[str, Outcome]]:
    """Build the gallery in each combination, one after the other."""
    with tempfile.TemporaryDirectory() as folder:
        write(Path(folder))
        for theme, profile, paper, punched in combinations():
            plan = Options(
                Path(folder),
                output,
                TEMPLATES,
                lessons=("03-gallery",),
                levels=("core",),
                theme=theme,
                profile=profile,
                paper=paper,
                punched=punched,
                jobs=jobs,
            )
            yield f"{theme}, {profile}, {paper}{', punched' if punched else ''}", build(plan)


def speak(output: Path, jobs: int) -> Iterator[tuple[str, Outcome]]:
    """Build the lesson in each language."""
    for unit in sorted(path.parent for path in LANGUAGES.glob("*/unit.yaml")):
        yield unit.name, build(Options(unit, output / unit.name, TEMPLATES, jobs=jobs))


def main(folder: str = "output/matrix", languages: str = "output/languages") -> int:
    """Build them all, tell what was said of each; 1 where anything was."""
    said, jobs = 0, os.cpu_count() or 1
    for name, outcome in itertools.chain(make(Path(folder), jobs), speak(Path(languages), jobs)):
        print(f"{name}: {len(outcome.written)} written, {len(outcome.plan.fresh)} fresh")
        for diagnostic in outcome.diagnostics:
            if diagnostic.code not in OF_AN_EXAMPLE:
                said += 1
                print(render(diagnostic))
    print(f"{len(combinations())} combinations; {said} diagnostics")
    return 1 if said else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
