"""The commands: thin, in Hebrew or English by the terminal's language; errors become words and an exit status."""

import sys

import click
from rich.console import Console

from sheets_sync.cli.check import check
from sheets_sync.cli.demo import demo
from sheets_sync.cli.furnish import init
from sheets_sync.cli.google import google, import_
from sheets_sync.cli.listings import rules, tables
from sheets_sync.cli.passes import sync
from sheets_sync.cli.serve import clock, serve, web
from sheets_sync.cli.settings import settings
from sheets_sync.cli.terminal import terminal_language
from sheets_sync.errors import Trouble


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="sheets-sync")
def commands() -> None:
    """Reads a community's spreadsheets, says next to the cell what is wrong, and tells the right person once."""


for command in (demo, init, sync, check, serve, web, clock, google, import_, settings, tables, rules):
    commands.add_command(command)


def main() -> None:
    """Run a command; a Trouble is told in words, on standard error."""
    try:
        commands(standalone_mode=False)
    except Trouble as trouble:
        Console(stderr=True).print(trouble.words(terminal_language()), style="red", soft_wrap=True, highlight=False)
        sys.exit(trouble.status)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except (click.exceptions.Abort, KeyboardInterrupt):
        sys.exit(130)
