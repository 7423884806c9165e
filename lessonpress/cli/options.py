"""Options that commands share, and the folders that they mean."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, get_args

import click

from lessonpress.compose.documents import DOCUMENTS
from lessonpress.errors import UsageError
from lessonpress.options import LEVELS, Course, Options

content_option = click.option(
    "--content",
    default="content",
    show_default=True,
    type=click.Path(path_type=Path),
    help="Folder of the units, or one unit.",
)

course_option = click.option(
    "--course",
    type=click.Choice(get_args(Course)),
    default="gcse",
    show_default=True,
    help="Which exam questions and mark schemes.",
)


def what_to_build(command: Callable[..., Any]) -> Callable[..., Any]:
    """The argument and the options that say what is made, of which content, and where; `options_of` reads them."""
    found = click.argument("lessons", nargs=-1, metavar="[LESSON]...")(command)
    for option in reversed(_what_to_build()):
        found = option(found)
    return found


def _what_to_build() -> list[Callable[[Any], Any]]:
    return [
        content_option,
        click.option(
            "--output", default="output", show_default=True, type=click.Path(path_type=Path), help="Folder to write to."
        ),
        click.option(
            "--only", callback=chosen(DOCUMENTS), metavar="LIST", help="Documents: " + ", ".join(DOCUMENTS) + "."
        ),
        click.option("--levels", callback=chosen(LEVELS), metavar="LIST", help="Levels: " + ", ".join(LEVELS) + "."),
        course_option,
        click.option(
            "--versions",
            type=click.IntRange(1, 26),
            default=1,
            show_default=True,
            metavar="N",
            help="How many versions: A, B ... with other orders, each with its key, and one page with all their answers.",
        ),
        click.option("--seed", type=click.IntRange(min=0), help="Seed of all that is shuffled; default: the unit's."),
        click.option("--paper", default="a4", show_default=True, help="Paper: a4 or letter."),
        click.option(
            "--punched", is_flag=True, help="Leave room for punched holes, mirrored for printing on both sides."
        ),
        click.option(
            "--profile",
            default="standard",
            show_default=True,
            help="Access profile: standard, large-print, large-print-24, dyslexia or low-ink.",
        ),
        click.option("--theme", help="Theme; default: the unit's."),
        click.option(
            "--roster",
            type=click.Path(path_type=Path),
            help="CSV of pupils (name, class; level, version, profile): a named copy each, in hand-out order.",
        ),
        click.option("--each", is_flag=True, help="With --roster: a PDF for each pupil too."),
        click.option("--jobs", type=click.IntRange(min=1, max=64), help="Worker processes; default: one a core."),
        click.option(
            "--cluster",
            metavar="ADDRESS",
            help="Print on the workers of a Dask scheduler, such as tls://host:8786, or of local:N: see docs/cluster.md.",
        ),
    ]


def options_of(jobs: int | None, **given: Any) -> Options:
    """What a call asks for; without `jobs` a worker for each core."""
    return Options(templates=templates_folder(), jobs=jobs or os.cpu_count() or 1, revised=source_date(), **given)


def templates_folder() -> Path:
    """The templates: those of the checkout, else those that the wheel carries. Raises UsageError without either."""
    package = Path(__file__).resolve().parents[1]
    for folder in (package.parent / "templates", package / "templates"):
        if (folder / "documents").is_dir():
            return folder
    raise UsageError("the templates are missing: install lessonpress again")


def words(ctx: click.Context, param: click.Parameter, value: str | None) -> tuple[str, ...]:
    """A list written with commas."""
    return tuple(word.strip() for word in (value or "").split(",") if word.strip())


def chosen(choices: tuple[str, ...]) -> Any:
    """A callback for a list of words out of a closed set."""

    def callback(ctx: click.Context, param: click.Parameter, value: str | None) -> tuple[str, ...]:
        found = words(ctx, param, value)
        for word in found:
            if word not in choices:
                raise click.BadParameter(f'"{word}" is none of {", ".join(choices)}')
        return tuple(choice for choice in choices if choice in found) or choices

    return callback


def source_date() -> str | None:
    """The date of SOURCE_DATE_EPOCH, yyyy-mm-dd in UTC; None where it is not set."""
    value = os.environ.get("SOURCE_DATE_EPOCH", "")
    if not value:
        return None
    try:
        return dt.datetime.fromtimestamp(int(value), tz=dt.UTC).date().isoformat()
    except (ValueError, OverflowError, OSError):
        raise UsageError("SOURCE_DATE_EPOCH is not a number of seconds") from None


def count(number: int, noun: str) -> str:
    """A number of things in words."""
    return f"{number} {noun}{'' if number == 1 else 's'}"
