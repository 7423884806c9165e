"""`lessonpress themes`: the themes that are installed."""

from __future__ import annotations

import click

from lessonpress.cli.options import templates_folder
from lessonpress.theme import load_theme, themes


@click.command(name="themes", short_help="List the themes.")
def command() -> int:
    """One line a theme: its name and what it is for."""
    templates = templates_folder()
    for name in themes(templates):
        click.echo(f"{name:<18} {load_theme(templates, name).title}")
    return 0
