"""`lessonpress new`: a unit, a lesson or an activity to fill in."""

from __future__ import annotations

import json
from pathlib import Path

import click

from lessonpress.activities import discover
from lessonpress.cli.options import content_option
from lessonpress.diagnostics import did_you_mean
from lessonpress.errors import UsageError
from lessonpress.load.tables import SHAPES
from lessonpress.model.activity import slug
from lessonpress.schema import json_schema
from lessonpress.source.sheets import write_csv, write_xlsx
from lessonpress.source.table import NOTE
from lessonpress.write import write_file

SCHEMA_LINE = "# yaml-language-server: $schema=../../../docs/schema/lesson.json\n"
"""The first line of a lesson in a checkout, which tells editors where the schema is."""
OWN_SCHEMA_LINE = "# yaml-language-server: $schema=../../lesson.schema.json\n"
"""The first line of a lesson elsewhere: the schema is written beside the units."""

UNIT = """format: 1
title: {title}
code: {code}
subject: History
lang: en-GB
seed: 1
edition: "1.0"
revised: 2026-11-01
theme: classic
licence: CC BY 4.0. Free to copy and adapt with credit.
prior: []
"""

LESSON = """title: {title}
enquiry: |
  What is the question of this lesson?
minutes: 60
objectives:
  - Say what pupils will know or be able to do
notes: |
  What the lesson is for, what to listen for, how a cover teacher runs it.
input:
  - kind: reading
    title: Read the story
    minutes: 10
    text: |
      Write what pupils learn from here, in numbered paragraphs of three or four sentences.

      A second paragraph stands after an empty line.
    check:
      - {{ask: What does the first paragraph say?, answer: write the answer, marks: 1}}
main:
  - kind: short-answer
    title: Answer from the reading
    minutes: 10
    questions:
      - {{ask: Ask something that the reading answers., answer: write the answer, marks: 2}}
plenary:
  - kind: exit-ticket
    title: Before you go
    minutes: 4
    prompts: [{{ask: What was the most important thing today?, answer: what to expect}}]
"""


BANK_NOTES = {
    "lesson": "the slug of the lesson, as in lessons/NN-slug.yaml",
    "id": "a short name of its own, such as war-commissar",
    "ask": "the question",
    "answer": "the answer",
    "accept": "what is right too; several with ; between them",
    "code": "a number of your own, or nothing",
    "term": "the word as it is printed",
    "definition": "35 words at most",
    "gloss": "for a margin, 12 words at most, or nothing",
    "date": "1924, 1924-06 or 1924-06-02",
    "end": "the last date of what took long, or nothing",
    "also": "other dates that texts may name; several with ; between them",
    "when": "the date as it is printed",
    "event": "what happened, in a sentence",
    "label": "what happened, in a few words",
    "why": "why it matters, or nothing",
}
"""What the row of notes of an empty table says of each column."""
WIDE = ("ask", "answer", "definition", "gloss", "event", "why", "accept")


@click.group(name="new", short_help="Write a new unit, lesson, activity or bank to fill in.")
def command() -> None:
    """Write a file that builds as it stands, to be filled in."""


@command.command()
@click.argument("title")
@content_option
def unit(title: str, content: Path) -> int:
    """Write a new unit with a first lesson."""
    folder = content / slug(title)
    code = "".join(word[0] for word in slug(title).split("-"))[:6].upper().ljust(2, "X")
    _write(folder / "unit.yaml", UNIT.format(title=_quoted(title), code=code))
    _write(
        folder / "lessons" / "01-first-lesson.yaml", _schema_line(folder.parent) + LESSON.format(title="First lesson")
    )
    return 0


@command.command()
@click.argument("title")
@click.option("--unit", "unit_name", help="Folder of the unit; needed when there are several.")
@content_option
def lesson(title: str, unit_name: str | None, content: Path) -> int:
    """Write a new lesson, with the next number of the unit."""
    folder = _unit(content, unit_name)
    numbers = [int(path.stem.split("-")[0]) for path in (folder / "lessons").glob("[0-9]*-*.yaml")]
    name = f"{max(numbers, default=0) + 1:02d}-{slug(title)}.yaml"
    _write(folder / "lessons" / name, _schema_line(folder.parent) + LESSON.format(title=_quoted(title)))
    return 0


@command.command()
@click.argument("name", type=click.Choice(list(SHAPES)))
@click.option("--xlsx/--csv", "is_xlsx", default=True, show_default=True, help="An Excel file, or CSV.")
@click.option("--unit", "unit_name", help="Folder of the unit; needed when there are several.")
@content_option
def bank(name: str, is_xlsx: bool, unit_name: str | None, content: Path) -> int:
    """Write an empty table of a bank, beside its YAML or in its place."""
    shape = SHAPES[name]
    notes = [BANK_NOTES[column] for column in shape.columns]
    notes[0] = f"{NOTE} {notes[0]} (rows that begin with {NOTE} are notes)"
    data = write_xlsx(name, shape.columns, notes, WIDE) if is_xlsx else write_csv(shape.columns, notes)
    path = _unit(content, unit_name) / "banks" / f"{name}.{'xlsx' if is_xlsx else 'csv'}"
    _write(path, data)
    return 0


@command.command()
@click.argument("kind")
def activity(kind: str) -> int:
    """Print an example of a kind, to paste into a lesson."""
    kinds = discover()
    if kind not in kinds:
        raise UsageError(f'no kind is called "{kind}"; {did_you_mean(kind, kinds) or "known: " + ", ".join(kinds)}')
    lines = kinds[kind].example.strip().splitlines()
    click.echo("\n".join(["- " + lines[0], *("  " + line for line in lines[1:])]))
    return 0


def _schema_line(content: Path) -> str:
    """The first line of a lesson; away from a checkout the schema that it names is written, too."""
    if (content.parent / "docs/schema/lesson.json").is_file():
        return SCHEMA_LINE
    schema = json.dumps(json_schema(), ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    write_file(content / "lesson.schema.json", schema.encode())
    return OWN_SCHEMA_LINE


def _unit(content: Path, name: str | None) -> Path:
    folders = (
        [content] if (content / "unit.yaml").is_file() else sorted(path.parent for path in content.glob("*/unit.yaml"))
    )
    if name is not None:
        folders = [folder for folder in folders if folder.name == name]
    if len(folders) != 1:
        names = ", ".join(folder.name for folder in folders)
        raise UsageError(f"say which unit with --unit: {names}" if folders else f"there is no unit in {content}")
    return folders[0]


def _quoted(title: str) -> str:
    return '"' + title.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _write(path: Path, text: str | bytes) -> None:
    if path.exists():
        raise UsageError(f"{path} is there already; nothing was written")
    write_file(path, text.encode() if isinstance(text, str) else text)
    click.echo(f"wrote {path}")
