"""The log of the processes at work: its form, asked for by `--json-logs` or set, here and in those they start."""

import os

import click

from sheets_sync.cli.terminal import terminal_language
from sheets_sync.config import JSON_LOGS, Settings, log_form
from sheets_sync.log import set_up, take_over


def begin_log(settings: Settings) -> None:
    """From now on this process logs in the form that was asked for; nobody's traceback is printed."""
    set_up(log_form(settings, {**os.environ, **log_environment()}), terminal_language())
    take_over()


def log_environment() -> dict[str, str]:
    """What processes that are started need in their environment to log in the same form."""
    context = click.get_current_context(silent=True)
    asked = context is not None and context.find_root().params.get("json_logs", False)
    return {JSON_LOGS: "1"} if asked else {}
