"""`lessonpress check`: every problem of the content, in one run, without printing anything."""

from __future__ import annotations

import json
from pathlib import Path

import click

from lessonpress.build import Options, check
from lessonpress.cli.options import count, templates_folder
from lessonpress.diagnostics import render


@click.command(name="check", short_help="Check the content and print every problem.")
@click.argument("path", default="content", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print the problems as JSON.")
def command(path: Path, as_json: bool) -> int:
    """Check a content folder or one unit."""
    library, diagnostics = check(Options(path, Path("output"), templates_folder()))
    if as_json:
        click.echo(json.dumps([d.as_dict() for d in diagnostics], ensure_ascii=False, indent=1))
    else:
        for diagnostic in diagnostics:
            click.echo(render(diagnostic), err=True)
        errors = sum(d.is_error for d in diagnostics)
        lessons = sum(len(unit.lessons) for unit in library.units)
        others = count(len(diagnostics) - errors, "warning")
        click.echo(f"{count(lessons, 'lesson')} checked: {count(errors, 'error')}, {others}")
    return 1 if any(d.is_error for d in diagnostics) else 0
