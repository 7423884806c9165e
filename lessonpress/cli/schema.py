"""`lessonpress schema`: the JSON Schema of a lesson, for editors."""

from __future__ import annotations

import json

import click

from lessonpress.schema import json_schema


@click.command(name="schema", short_help="Print the JSON Schema of a lesson.")
def command() -> int:
    """Print the schema; `schema > lesson.json` and name it in the first line of a lesson."""
    click.echo(json.dumps(json_schema(), ensure_ascii=False, indent=1, sort_keys=True))
    return 0
