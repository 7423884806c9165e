"""`lessonpress kinds`: the kinds of activity."""

from __future__ import annotations

import sys

import click

from lessonpress.activities import discover


@click.command(name="kinds", short_help="List the kinds of activity.")
def command() -> int:
    """One line a kind: its name and what it is."""
    for name, kind in discover().items():
        doc = (sys.modules[kind.__module__].__doc__ or "").strip().splitlines()[0]
        click.echo(f"{name:<18} {doc}")
    return 0
