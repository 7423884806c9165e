"""One lesson with every kind of activity at every level: `python -m tests.gallery output/gallery`.

The activities are the examples of the kinds; their unit borrows the banks of the bundled one.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
import textwrap
from dataclasses import replace
from pathlib import Path

from lessonpress.activities import discover
from lessonpress.build import build
from lessonpress.cli.new import LESSON, UNIT
from lessonpress.diagnostics import render
from lessonpress.model.activity import PHASES
from lessonpress.options import Options
from lessonpress.outcome import Outcome

ROOT = Path(__file__).parents[1]
UNIT_WITH_BANKS = ROOT / "content" / "power-struggle"
PHASE = {"retrieval": "starter", "reading": "input", "exposition": "input", "exit-ticket": "plenary"}
"""Where a kind stands; all others stand in main."""

TELLS = "leaked-answer"
"""What is never said of the gallery: examples of all kinds on one topic tell one another's answers."""

HEAD = """title: Gallery
enquiry: |
  What does every kind of activity
  look like?
minutes: 300
objectives: [Compare the kinds of activity]
terms: [politburo]
notes: |
  Every kind once, with the example of its module.
"""

QUIZ = """{slug}:
  - {{id: {slug}-one, ask: What is asked first of the {slug} lesson?, answer: the {slug} beginning}}
  - {{id: {slug}-two, ask: What is asked next of the {slug} lesson?, answer: the {slug} middle}}
  - {{id: {slug}-three, ask: What is asked last of the {slug} lesson?, answer: the {slug} end}}
"""

PRIOR = """prior:
  - {id: before, ask: What was known before the unit?, answer: something}
"""


def write(content: Path) -> Path:
    """The unit of the gallery, with two lessons to remember before it."""
    folder = content / "gallery"
    (folder / "lessons").mkdir(parents=True)
    shutil.copytree(UNIT_WITH_BANKS / "banks", folder / "banks")
    settings = UNIT.format(title="Gallery", code="GAL").replace("prior: []\n", PRIOR)
    (folder / "unit.yaml").write_text(settings.replace("theme: classic", "theme: constructivist"), "utf-8")
    (folder / "banks" / "quiz.yaml").write_text(QUIZ.format(slug="first") + QUIZ.format(slug="second"), "utf-8")
    for number, slug in enumerate(("first", "second"), 1):
        path = folder / "lessons" / f"{number:02d}-{slug}.yaml"
        path.write_text(LESSON.format(title=f"The {slug} lesson"), "utf-8")
    (folder / "lessons" / "03-gallery.yaml").write_text(lesson(), "utf-8")
    return folder


def lesson() -> str:
    """The lesson with the example of every kind, each in its phase."""
    text = HEAD
    for phase in PHASES:
        examples = [kind.example for name, kind in discover().items() if PHASE.get(name, "main") == phase]
        if examples:
            text += f"{phase}:\n" + "".join(_item(example) for example in examples)
    return text


def _item(example: str) -> str:
    return "  - " + textwrap.indent(example.strip(), "    ").lstrip() + "\n"


def make(output: Path, jobs: int = 2) -> Outcome:
    """Build the gallery, every document at every level, into a folder."""
    with tempfile.TemporaryDirectory() as folder:
        write(Path(folder))
        outcome = build(Options(Path(folder), output, ROOT / "templates", lessons=("03-gallery",), jobs=jobs))
    return replace(outcome, diagnostics=tuple(said for said in outcome.diagnostics if said.code != TELLS))


def main(output: str = "output/gallery") -> int:
    """Build the gallery and print what is wrong with it."""
    outcome = make(Path(output))
    for diagnostic in outcome.diagnostics:
        print(render(diagnostic), file=sys.stderr)
    print(f"{len(outcome.written)} files written below {output}")
    return 0 if outcome.ok else 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
