"""What the user sees when something goes wrong."""

from __future__ import annotations

import platform
import sys
import tempfile
import traceback
from pathlib import Path

import click

from lessonpress import __version__
from lessonpress.diagnostics import render
from lessonpress.errors import ContentError, UsageError


def report(error: Exception) -> int:
    """Tell an error on standard error and give the exit code for it."""
    if isinstance(error, ContentError):
        for diagnostic in error.diagnostics:
            click.echo(render(diagnostic), err=True)
        click.echo("nothing was built", err=True)
        return 1
    if isinstance(error, UsageError):
        click.echo(f"error: {error}", err=True)
        return 2
    path = _log_file(error)
    click.echo(f"lessonpress failed: {type(error).__name__}: {error}", err=True)
    click.echo(f"this is a fault of lessonpress, not of your content; please send us {path}", err=True)
    return 3


def _log_file(error: Exception) -> Path:
    """A file that holds what a report needs: versions, the command, the traceback."""
    lines = [
        f"lessonpress {__version__}, Python {platform.python_version()}, {platform.platform()}",
        "command: " + " ".join(sys.argv[1:]),
        "",
        "".join(traceback.format_exception(error)),
    ]
    with tempfile.NamedTemporaryFile("w", prefix="lessonpress-", suffix=".log", delete=False, encoding="utf-8") as file:
        file.write("\n".join(lines))
    return Path(file.name)
