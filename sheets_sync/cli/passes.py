"""`sync` does one pass, or says what it would do."""

from pathlib import Path

import click

from sheets_sync.cli.account import tell
from sheets_sync.cli.terminal import console, plain, progress, say, settings_option
from sheets_sync.config import Settings, load
from sheets_sync.pass_ import run_pass
from sheets_sync.previewing import preview
from sheets_sync.telling.letters import messages
from sheets_sync.telling.outbox import deliver
from sheets_sync.wiring import Service, open_channels, open_service


@click.command()
@settings_option
@click.option("--dry-run", is_flag=True, help="Print what would be written and sent; change nothing.")
def sync(settings_file: Path, dry_run: bool) -> None:
    """Do one pass: read, check, mark, and tell."""
    settings = load(settings_file)
    service = open_service(settings)
    if dry_run:
        _rehearse(service)
        return
    with progress("קוראים את הגיליונות…", "Reading the spreadsheets…"):
        account = run_pass(service)
    tell(account)
    _deliver(service, settings)
    if account.troubles:
        raise next(iter(account.troubles.values()))


def _rehearse(service: Service) -> None:
    account = preview(service)
    tell(account, wrote=False)
    for message in messages(account.plan.post, account.picture, service.settings):
        console.rule(plain(message.recipient))
        console.print(plain(message.subject), style="bold")
        console.print(plain(message.text))


def _deliver(service: Service, settings: Settings) -> None:
    if not settings.mail.host:
        say(
            "לא הוגדר שרת דואר (mail.host), לכן לא נשלחו הודעות.",
            "No mail server is set (mail.host): nothing was sent.",
        )
        return
    done = deliver(service.engine, open_channels(settings), service.clock)
    say(f"הודעות שנשלחו: {done.sent}, ממתינות: {done.waiting}", f"letters sent: {done.sent}, waiting: {done.waiting}")
