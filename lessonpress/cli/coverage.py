"""`lessonpress coverage`: where each point of the specification is taught."""

from __future__ import annotations

from pathlib import Path

import click

from lessonpress.call import load_library
from lessonpress.cli.options import content_option, templates_folder
from lessonpress.compose.checks import covering, missing_evidence
from lessonpress.options import Options


@click.command(name="coverage", short_help="Show where each point of the specification is taught.")
@content_option
def command(content: Path) -> int:
    """List every point with its verdict and the activities that teach it."""
    library = load_library(Options(content, Path("output"), templates_folder()))
    taught = total = 0
    for unit in library.units:
        where: dict[str, list[str]] = {}
        for lesson in unit.lessons:
            for claim, activities in covering(lesson).items():
                if claim in unit.points and not missing_evidence(unit.points[claim].evidence, activities):
                    where.setdefault(claim, []).append(f"{lesson.number} ({', '.join(a.name for a in activities)})")
        for claim, point in unit.points.items():
            lessons = where.get(claim, [])
            click.echo(f"{claim}  {point.verdict:<10} {'lesson ' + '; '.join(lessons) if lessons else 'NOT TAUGHT'}")
            taught += bool(lessons)
            total += 1
    click.echo(f"{taught} of {total} points taught")
    return 0 if taught == total and not library.has_errors else 1
