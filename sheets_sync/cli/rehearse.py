"""`rehearse` says what the rules would have said on past days; it sends, writes and remembers nothing."""

from contextlib import nullcontext
from pathlib import Path

import click

from rules.lifecycle import Alert
from sheets_sync.cli.listings import print_json
from sheets_sync.cli.opened import day_given, opened, settings_given
from sheets_sync.cli.rehearsed import tell_rehearsed
from sheets_sync.cli.terminal import progress, settings_option
from sheets_sync.look import Picture
from sheets_sync.previewing import preview
from sheets_sync.rehearsal_report import rehearsal_report
from sheets_sync.rehearsing import period_of, rehearsals, rule_named, thresholds
from sheets_sync.store import alerts
from sheets_sync.store.database import reading
from sheets_sync.wiring import Service


@click.command()
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@click.option("--rule", "key", metavar="KEY", help="Only this rule, whether it is on or off.")
@click.option("--set", "changed", metavar="PARAM=VALUE", multiple=True, help="A threshold of the rule to try.")
@click.option("--from", "first", metavar="DATE", help="The first day; 90 days before the last where not given.")
@click.option("--to", "last", metavar="DATE", help="The last day; today where not given.")
@click.option("--json", "as_json", is_flag=True, help="As JSON: a line a rule and day on which something was.")
@click.option("--language", type=click.Choice(["he", "en"]), default="he", show_default=True, help="Of JSON messages.")
@settings_option
@click.pass_context
def rehearse(
    context: click.Context,
    files: tuple[Path, ...],
    key: str | None,
    changed: tuple[str, ...],
    first: str | None,
    last: str | None,
    as_json: bool,
    language: str,
    settings_file: Path,
) -> None:
    """What the rules would have said on each past day, by the dates in the tables. Sends, writes, remembers nothing.

    With --set the same beside it with another threshold. FILES (.xlsx) are taken as one community, without a Google.
    """
    rule = None if key is None else rule_named(key)
    tried = thresholds(rule, changed)
    begin = None if first is None else day_given("--from", first)
    end = None if last is None else day_given("--to", last)
    with opened(files, settings_file, settings_given(context, settings_file)) as service:
        today = service.now().date()
        period = period_of(begin, end, today)
        with nullcontext() if as_json else progress("חוזרים על הימים שעברו…", "Going over the past days…"):
            picture = _picture(service)
            found = rehearsals(picture, picture.settings, _alerts(service), period, today, rule, tried)
    if as_json:
        print_json(rehearsal_report(found, "he" if language == "he" else "en"))
    else:
        tell_rehearsed(found, with_findings=rule is not None)


def _picture(service: Service) -> Picture:
    """The community as it stands. Raises GoogleTrouble for a spreadsheet that cannot be read."""
    account = preview(service)
    if account.troubles:
        raise next(iter(account.troubles.values()))
    return account.picture


def _alerts(service: Service) -> list[Alert]:
    with reading(service.engine) as connection:
        return [*alerts.known(connection, service.community, service.settings.community.zone).values()]
