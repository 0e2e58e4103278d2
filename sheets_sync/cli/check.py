"""`check` reads and reports, and writes nothing: the configured spreadsheets, or any files."""

from collections.abc import Callable, Mapping
from contextlib import nullcontext
from dataclasses import replace
from datetime import UTC, date, datetime, time
from pathlib import Path

import click
import msgspec

from rules.profiles import PROFILES
from sheets_sync.account import Account
from sheets_sync.cli.account import tell
from sheets_sync.cli.listings import PROFILE, json_option, print_json
from sheets_sync.cli.opened import day_given, opened_all, settings_given
from sheets_sync.cli.terminal import communities_option, console, progress
from sheets_sync.config import Community
from sheets_sync.previewing import preview
from sheets_sync.report import report
from sheets_sync.wiring import Service


@click.command()
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@click.option("--profile", type=PROFILE, help="Instead of the settings' profile.")
@click.option("--today", metavar="DATE", help="Check as if today were this date, such as 2026-11-30.")
@json_option
@click.option("--language", type=click.Choice(["he", "en"]), default="he", show_default=True, help="Of JSON messages.")
@communities_option
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
    with opened_all(files, settings_file, chosen) as services:
        chosen_services = [_set(service, profile, day) for service in services]
        with nullcontext() if as_json else progress("קוראים את הגיליונות…", "Reading the spreadsheets…"):
            accounts = {service.community: preview(service) for service in chosen_services}
    if as_json:
        reports = {key: report(one.picture, "he" if language == "he" else "en") for key, one in accounts.items()}
        print_json(reports if len(reports) > 1 else next(iter(reports.values())))
    else:
        _tell_all(accounts)
    if troubles := [trouble for account in accounts.values() for trouble in account.troubles.values()]:
        raise troubles[0]


def _tell_all(accounts: Mapping[str, Account]) -> None:
    """What was found; of several communities each under its key."""
    for key, account in accounts.items():
        if len(accounts) > 1:
            console.rule(key)
        tell(account, wrote=False)


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
