"""`lessonpress verify`: whether what was built is what the content gives, byte for byte."""

from __future__ import annotations

from typing import Any

import click

from lessonpress.cli.options import count, options_of, what_to_build
from lessonpress.cli.progress import progress
from lessonpress.diagnostics import render
from lessonpress.verify import verify


@click.command(name="verify", short_help="Build again elsewhere, and compare with what stands.")
@what_to_build
def command(**given: Any) -> int:
    """Build again into a scratch folder, with the options that it was built with, and compare byte for byte."""
    with progress(silent=False) as watch:
        found = verify(options_of(**given), watch)
    for diagnostic in found.outcome.diagnostics:
        if diagnostic.is_error:
            click.echo(render(diagnostic), err=True)
    for one in found.differences:
        click.echo(f"{one.path} {one.how}")
    others = f"; {count(found.others, 'file')} of other calls as they were made" if found.others else ""
    click.echo(f"{count(found.same, 'file')} byte for byte the same, {len(found.differences)} not{others}")
    return 0 if found.ok else 1
