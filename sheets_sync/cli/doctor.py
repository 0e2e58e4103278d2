"""`doctor` says what is wrong with an installation and what would mend it; it writes nothing."""

import sys
from collections.abc import Iterable
from pathlib import Path

import click
from rich.markup import escape

from sheets_sync.cli.listings import print_json
from sheets_sync.cli.terminal import console, plain, say, settings_option, terminal_language
from sheets_sync.doctor.examine import examine
from sheets_sync.doctor.line import Line
from sheets_sync.wiring import utc_now
from webhooks.signature import Signer


@click.command()
@settings_option
@click.option("--json", "as_json", is_flag=True, help="As JSON: a list of check, ok, words, remedy.")
@click.option("--send-to", default="", metavar="ADDRESS", help="Also send a test mail to this address.")
def doctor(settings_file: Path, as_json: bool, send_to: str) -> None:
    """Check settings, key, clock, sharing, tabs, database, mail and web; exit status 1 when something is wrong."""
    lines = examine(settings_file, utc_now, Signer, send_to)
    found = [*lines] if as_json else [*_told(lines)]
    wrong = sum(not line.ok for line in found)
    if as_json:
        print_json([_json(line) for line in found])
    elif wrong:
        say(f"לא תקין: {wrong} מתוך {len(found)}.", f"wrong: {wrong} of {len(found)}.")
    else:
        say("הכול תקין.", "All is well.")
    if wrong:
        sys.exit(1)


def _told(lines: Iterable[Line]) -> Iterable[Line]:
    """The lines, each printed as it is found."""
    language = terminal_language()
    for line in lines:
        mark = "[green]✓[/]" if line.ok else "[red]✗[/]"
        console.print(f"{mark} {escape(plain(line.words(language)))}")
        if line.remedy(language):
            console.print(f"    → {escape(plain(line.remedy(language)))}")
        yield line


def _json(line: Line) -> dict[str, object]:
    language = terminal_language()
    return {"check": line.check, "ok": line.ok, "words": line.words(language), "remedy": line.remedy(language)}
