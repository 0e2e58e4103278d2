"""`import` takes a file into the embedded Google and says what was understood."""

from pathlib import Path

import click

from sheets_sync.cli.columns import show_columns
from sheets_sync.cli.google import data_option
from sheets_sync.cli.terminal import progress, say
from sheets_sync.config import Community, Google, Settings, SpreadsheetSettings
from sheets_sync.embedded.server import EmbeddedGoogle
from sheets_sync.fetch import read
from sheets_sync.google.gateway import open_gateway
from sheets_sync.look import look
from sheets_sync.trial import upload
from sheets_sync.wiring import utc_now


@click.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@data_option
def import_(file: Path, data: Path) -> None:
    """Take an .xlsx file into the embedded Google, and say column by column what was understood."""
    with EmbeddedGoogle(data) as server, progress("קוראים את הקובץ…", "Reading the file…"):
        key_file = data / "service-account.json"
        account = server.make_key_file(key_file)
        spreadsheet = upload(server, file, account)
        url = f"{server.url}/spreadsheets/d/{spreadsheet}/edit"
        settings = Settings(
            Community(file.stem), [SpreadsheetSettings("main", url)], google=Google(key_file, server.url)
        )
        now = utc_now().astimezone(settings.community.zone)
        picture = look(read(open_gateway(key_file, server.url), settings), settings, now.date())
    show_columns(picture)
    say(
        f"הקובץ נמצא ב־{data}. לפתיחה: sheets-sync google --data {data}",
        f"The spreadsheet is in {data}. To open it: sheets-sync google --data {data}",
    )
