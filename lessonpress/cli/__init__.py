"""The command line. Only click is imported here: a command imports what it needs when it runs."""

from __future__ import annotations

import importlib
import sys
from typing import Any

import click

from lessonpress import __version__

COMMANDS = {
    "build": "Build worksheets, keys, readings and decks.",
    "check": "Check the content and print every problem.",
    "coverage": "Show where each point of the specification is taught.",
    "kinds": "List the kinds of activity.",
    "new": "Write a new unit, lesson, activity or bank to fill in.",
    "pack": "Zip what was built, or list what to print again.",
    "schema": "Print the JSON Schema of a lesson.",
    "themes": "List the themes, or check a school's PowerPoint file.",
    "verify": "Build again elsewhere, and compare with what stands.",
}


class Lazy(click.Group):
    """A group whose commands are imported when they are called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of all commands."""
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of a name; None for one that does not exist."""
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(f"lessonpress.cli.{cmd_name}")
        command: click.Command = module.command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list of commands, from the table above, so that help imports none of them."""
        with formatter.section("Commands"):
            formatter.write_dl(sorted(COMMANDS.items()))


@click.group(cls=Lazy, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, message="%(prog)s %(version)s")
def cli() -> None:
    """Turn YAML lessons into worksheets, answer keys, readings and PowerPoint decks."""


def main(args: list[str] | None = None) -> None:
    """Run the command line and leave with its exit code.

    0 done; 1 the content has errors; 2 wrong usage; 3 a fault of ours, with a log file; 130 interrupted.
    """
    sys.exit(run(args))


def run(args: list[str] | None = None) -> int:
    """Run the command line and give its exit code."""
    try:
        result: Any = cli.main(args=args, prog_name="lessonpress", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        return 2
    except (click.Abort, KeyboardInterrupt):
        click.echo("interrupted", err=True)
        return 130
    except Exception as error:  # noqa: BLE001 - the last door: nobody sees a bare traceback
        from lessonpress.cli.failure import report

        return report(error)
    return result if isinstance(result, int) else 0
