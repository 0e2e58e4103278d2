"""`upgrade` copies the database and brings it to this version's tables."""

from pathlib import Path

import click

from sheets_sync.cli.terminal import say, settings_option
from sheets_sync.config import load
from sheets_sync.store.migrate import Upgraded
from sheets_sync.store.migrate import upgrade as bring_up
from sheets_sync.wiring import open_memory, utc_now


@click.command()
@settings_option
@click.option("--no-backup", is_flag=True, help="Make no copy first, or: PostgreSQL was copied with pg_dump.")
def upgrade(settings_file: Path, no_backup: bool) -> None:
    """Copy the database, then bring it to this version's tables."""
    settings = load(settings_file)
    _tell(bring_up(open_memory(settings), utc_now().date(), copied=no_backup))


def _tell(done: Upgraded) -> None:
    if done.backup:
        say(f"עותק מלפני העדכון: {done.backup}", f"The copy from before: {done.backup}")
    if done.before == done.after:
        say(f"מסד הנתונים כבר בגרסה {done.after}.", f"The database is at version {done.after} already.")
    else:
        before = done.before or "0000"
        say(f"מסד הנתונים עודכן: {before} ← {done.after}", f"The database was brought up: {before} → {done.after}")
