"""`lessonpress pack`: what was built, zipped for students and for teachers; or what must be printed again."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from lessonpress.cli.options import content_option, count, course_option, source_date, templates_folder
from lessonpress.errors import UsageError
from lessonpress.options import Options
from lessonpress.pack import changes, earlier, pack
from lessonpress.write import read_manifest


@click.command(name="pack", short_help="Zip what was built, or list what to print again.")
@click.argument("target", required=False, metavar="[LESSON|UNIT]")
@content_option
@click.option(
    "--output", default="output", show_default=True, type=click.Path(path_type=Path), help="Folder of what was built."
)
@click.option(
    "--since",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="List what changed since this manifest.json or teachers' pack, and zip nothing.",
)
@course_option
@click.option("--versions", type=click.IntRange(1, 26), default=1, metavar="N", help="As it was built.")
@click.option("--seed", type=click.IntRange(min=0), help="As it was built.")
@click.option("--paper", default="a4", help="As it was built.")
@click.option("--punched", is_flag=True, help="As it was built.")
@click.option("--profile", default="standard", help="As it was built.")
@click.option("--theme", help="As it was built.")
def command(target: str | None, since: Path | None, content: Path, output: Path, **given: Any) -> int:
    """Zip the files of a lesson (stem or number) or a unit (slug) for students and for teachers."""
    if since is not None:
        return _list(since, output, target)
    if target is None:
        raise UsageError("name a lesson or a unit to pack, or a manifest with --since")
    options = Options(content, output, templates_folder(), revised=source_date(), **given)
    for one in pack(options, target):
        click.echo(f"wrote {output / one.path}: {count(one.documents, 'document')}")
    return 0


def _list(since: Path, output: Path, target: str | None) -> int:
    found = changes(earlier(since), read_manifest(output), target)
    for change in found:
        pages = f"  {count(change.pages, 'page')}" if change.pages else ""
        click.echo(f"{change.how:<8} {change.path}{pages}")
    differ = "differs" if len(found) == 1 else "differ"
    click.echo(f"{count(len(found), 'file')} {differ}: {count(sum(c.pages for c in found), 'page')} to print again")
    return 0
