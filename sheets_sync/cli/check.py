"""`check` reads and reports, and writes nothing: the configured spreadsheets, or any files."""

from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import replace
from datetime import UTC, date, datetime, time
from pathlib import Path

import click
import msgspec

from rules.profiles import PROFILES
from sheets_sync.cli.account import tell
from sheets_sync.cli.listings import PROFILE, json_option, print_json
from sheets_sync.cli.opened import day_given, opened, settings_given
from sheets_sync.cli.terminal import progress, settings_option
from sheets_sync.config import Community
from sheets_sync.pass_ import preview
from sheets_sync.report import report
from sheets_sync.wiring import Service


@click.command()
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@click.option("--profile", type=PROFILE, help="Instead of the settings' profile.")
@click.option("--today", metavar="DATE", help="Check as if today were this date, such as 2026-11-30.")
@json_option
@click.option("--language", type=click.Choice(["he", "en"]), default="he", show_default=True, help="Of JSON messages.")
@settings_option
@click.pass_context
def check(
    context: click.Context,
    files: tuple[Path, ...],
    profile: str | None,
    today: str | None,
    as_json: bool,
    language: str,
    settings_file: Path,
) -> None:
    """Read and report; write nothing, send nothing. FILES (.xlsx) are checked as one community, without a Google."""
    chosen = settings_given(context, settings_file)
    day = None if today is None else day_given("--today", today)
    with opened(files, settings_file, chosen) as service:
        service = _set(service, profile, day)
        with nullcontext() if as_json else progress("קוראים את הגיליונות…", "Reading the spreadsheets…"):
            account = preview(service)
    if as_json:
        print_json(report(account.picture, "he" if language == "he" else "en"))
    else:
        tell(account, wrote=False)
    if account.troubles:
        raise next(iter(account.troubles.values()))


def _set(service: Service, profile: str | None, day: date | None) -> Service:
    """The service with another profile or another today."""
    if profile is not None:
        community: Community = msgspec.structs.replace(service.settings.community, profile=PROFILES[profile].key)
        service = replace(service, settings=msgspec.structs.replace(service.settings, community=community))
    return service if day is None else replace(service, clock=_noon(service, day))


def _noon(service: Service, day: date) -> Callable[[], datetime]:
    """A clock that stands at noon of a day in the community's zone."""
    moment = datetime.combine(day, time(12), service.settings.community.zone).astimezone(UTC)
    return lambda: moment
