"""The commands: thin, in Hebrew or English by the terminal's language; errors become words and an exit status."""

import sys

import click
from rich.console import Console

from sheets_sync.cli.lazy import LazyGroup
from sheets_sync.cli.terminal import terminal_language
from sheets_sync.errors import Trouble

COMMANDS = {
    "demo": "sheets_sync.cli.demo:demo",
    "init": "sheets_sync.cli.furnish:init",
    "sync": "sheets_sync.cli.passes:sync",
    "check": "sheets_sync.cli.check:check",
    "rehearse": "sheets_sync.cli.rehearse:rehearse",
    "serve": "sheets_sync.cli.serve:serve",
    "web": "sheets_sync.cli.serve:web",
    "clock": "sheets_sync.cli.serve:clock",
    "upgrade": "sheets_sync.cli.upgrade:upgrade",
    "google": "sheets_sync.cli.google:google",
    "import": "sheets_sync.cli.taking:import_",
    "doctor": "sheets_sync.cli.doctor:doctor",
    "settings": "sheets_sync.cli.settings:settings",
    "tables": "sheets_sync.cli.listings:tables",
    "rules": "sheets_sync.cli.listings:rules",
}


@click.group(cls=LazyGroup, lazy=COMMANDS, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="sheets-sync")
@click.option("--json-logs", is_flag=True, help="clock, web and serve log JSON, one object a line (see [log]).")
def commands(json_logs: bool) -> None:  # read by cli/logs.py from the context
    """Reads a community's spreadsheets, says next to the cell what is wrong, and tells the right person once."""


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
