"""`lessonpress check`: every problem of the content, in one run, without writing anything."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import click

from lessonpress.build import check
from lessonpress.cli.figures import as_data, show, unit_figures
from lessonpress.cli.options import count, course_option, templates_folder
from lessonpress.cli.progress import progress
from lessonpress.diagnostics import render
from lessonpress.options import Course, Options


@click.command(name="check", short_help="Check the content and print every problem.")
@click.argument("path", default="content", type=click.Path(path_type=Path))
@click.option(
    "--layout", is_flag=True, help="Lay out every page and slide too, and look at them; takes as long as a build."
)
@course_option
@click.option(
    "--stats", is_flag=True, help="Show every lesson in figures: marks, minutes, guessing, reading ages, words."
)
@click.option("--theme", help="Theme to lay out in; default: the unit's.")
@click.option("--json", "as_json", is_flag=True, help="Print the problems as JSON.")
def command(path: Path, layout: bool, course: Course, stats: bool, theme: str | None, as_json: bool) -> int:
    """Check a content folder or one unit."""
    options = Options(path, Path("output"), templates_folder(), course=course, theme=theme, jobs=os.cpu_count() or 1)
    with progress(as_json) as watch:
        library, diagnostics = check(options, watch, layout=layout)
    figures = unit_figures(library, options) if stats else []
    if as_json:
        told: Any = [d.as_dict() for d in diagnostics]
        told = {"problems": told, "statistics": as_data(figures)} if stats else told
        click.echo(json.dumps(told, ensure_ascii=False, indent=1))
    else:
        show(figures)
        for diagnostic in diagnostics:
            click.echo(render(diagnostic), err=True)
        errors = sum(d.is_error for d in diagnostics)
        lessons = sum(len(unit.lessons) for unit in library.units)
        others = count(len(diagnostics) - errors, "warning")
        click.echo(f"{count(lessons, 'lesson')} checked: {count(errors, 'error')}, {others}")
    return 1 if any(d.is_error for d in diagnostics) else 0
