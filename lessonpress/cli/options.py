"""Options that commands share, and the folders that they mean."""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path
from typing import Any, get_args

import click

from lessonpress.errors import UsageError
from lessonpress.options import Course

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
