"""`doctor` says what is wrong with an installation and what would mend it; it writes nothing."""

import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import click
from rich.markup import escape

from sheets_sync.cli.listings import print_json
from sheets_sync.cli.terminal import communities_option, console, plain, say, terminal_language
from sheets_sync.doctor.examine import examine_all
from sheets_sync.doctor.line import Line
from sheets_sync.wiring import utc_now
from webhooks.signature import Signer


@click.command()
@communities_option
@click.option("--json", "as_json", is_flag=True, help="As JSON: a list of settings, check, ok, words, remedy.")
@click.option("--send-to", default="", metavar="ADDRESS", help="Also send a test mail to this address.")
def doctor(settings_file: Path, as_json: bool, send_to: str) -> None:
    """Check settings, key, clock, sharing, tabs, database, mail and web; exit status 1 when something is wrong."""
    groups = examine_all(settings_file, utc_now, Signer, send_to)
    if as_json:
        told = {file: [*lines] for file, lines in groups}
        print_json([_json(file, line) for file, lines in told.items() for line in lines])
    else:
        told = _told_all(groups, grouped=settings_file.is_dir())
        _sum_up(told)
    if any(not line.ok for lines in told.values() for line in lines):
        sys.exit(1)


def _told_all(groups: Iterable[tuple[Path, Iterable[Line]]], *, grouped: bool) -> dict[Path, list[Line]]:
    """All lines by their file, each printed as it is found; a heading over those of each where there are several."""
    told: dict[Path, list[Line]] = {}
    for file, lines in groups:
        if grouped:
            console.print(f"\n[bold]{escape(file.name)}[/]")
        told[file] = [*_told(lines)]
    return told


def _told(lines: Iterable[Line]) -> Iterable[Line]:
    language = terminal_language()
    for line in lines:
        mark = "[green]✓[/]" if line.ok else "[red]✗[/]"
        console.print(f"{mark} {escape(plain(line.words(language)))}")
        if line.remedy(language):
            console.print(f"    → {escape(plain(line.remedy(language)))}")
        yield line


def _sum_up(told: Mapping[Path, Sequence[Line]]) -> None:
    """How many lines are wrong, and in which files where there are several."""
    wrong = {file.name: sum(not line.ok for line in lines) for file, lines in told.items()}
    number, of = sum(wrong.values()), sum(map(len, told.values()))
    if not number:
        say("הכול תקין.", "All is well.")
        return
    where = ", ".join(f"{name} ({count})" for name, count in wrong.items() if count)
    at = f" · {where}" if len(told) > 1 else ""
    say(f"לא תקין: {number} מתוך {of}{at}", f"wrong: {number} of {of}{at}")


def _json(file: Path, line: Line) -> dict[str, object]:
    language = terminal_language()
    words, remedy = line.words(language), line.remedy(language)
    return {"settings": file.name, "check": line.check, "ok": line.ok, "words": words, "remedy": remedy}
