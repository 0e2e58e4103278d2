"""How the commands speak: the terminal's language, one console, one spinner."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from rich.console import Console

from rules.wording import FSI, PDI, Language
from sheets_sync.log_words import spoken

console = Console(highlight=False, soft_wrap=True)

settings_option = click.option(
    "--settings",
    "settings_file",
    type=click.Path(dir_okay=False, path_type=Path),
    default=Path("sheets-sync.toml"),
    show_default=True,
    envvar="SHEETS_SYNC_SETTINGS",
    help="The settings file.",
)

communities_option = click.option(
    "--settings",
    "settings_file",
    type=click.Path(path_type=Path),
    default=Path("sheets-sync.toml"),
    show_default=True,
    envvar="SHEETS_SYNC_SETTINGS",
    help="The settings file, or a folder of them: a community each.",
)


def terminal_language() -> Language:
    """Hebrew where the terminal's locale is Hebrew, else English."""
    return spoken(os.environ)


def say(he: str, en: str) -> None:
    """Print a line in the terminal's language."""
    console.print(plain(he if terminal_language() == "he" else en))


def plain(text: str) -> str:
    """Text without the isolating marks, which many terminals show as boxes."""
    return text.replace(FSI, "").replace(PDI, "")


@contextmanager
def progress(he: str, en: str) -> Iterator[None]:
    """Show that something long is under way; a plain line where the output is no terminal."""
    text = he if terminal_language() == "he" else en
    if console.is_terminal:
        with console.status(text):
            yield
    else:
        console.print(text)
        yield
