"""`lessonpress themes`: the themes that are installed, and whether a school's file can be the base of decks."""

from __future__ import annotations

from pathlib import Path

import click

from lessonpress.cli.options import templates_folder
from lessonpress.theme import load_theme, themes


@click.command(name="themes", short_help="List the themes, or check a school's PowerPoint file.")
@click.option(
    "--check-base",
    "base",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Tell what becomes of our slides on this .pptx or .potx.",
)
def command(base: Path | None) -> int:
    """One line a theme: its name and what it is for."""
    templates = templates_folder()
    if base is not None:
        return _check(templates, base)
    for name in themes(templates):
        click.echo(f"{name:<18} {load_theme(templates, name).title}")
    return 0


def _check(templates: Path, base: Path) -> int:
    from lessonpress.compose.deck_kit import read_fonts, read_wanted
    from lessonpress.compose.school.report import check_base
    from lessonpress.theme.office import Refused

    try:
        report = check_base(base.read_bytes(), read_wanted(templates), read_fonts(templates), {})
    except Refused as refused:
        click.echo(f'error: "{base.name}" cannot be the base of decks: {refused}', err=True)
        click.echo(f"  = help: {refused.hint}", err=True)
        return 1
    click.echo(f'"{base.name}" can be the base of decks')
    for line in report.lines():
        click.echo(line)
    return 0
