"""`import` takes a file into the embedded Google and says what was understood."""

import tempfile
from pathlib import Path

import click

from sheets_sync.cli.columns import show_columns
from sheets_sync.cli.google import data_option
from sheets_sync.cli.terminal import progress, say
from sheets_sync.config import Community, Database, Google, Settings, SpreadsheetSettings
from sheets_sync.embedded.server import EmbeddedGoogle
from sheets_sync.look import look
from sheets_sync.reading.fetch import read
from sheets_sync.trial import upload
from sheets_sync.wiring import open_service


@click.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@data_option
def import_(file: Path, data: Path) -> None:
    """Take an .xlsx file into the embedded Google, and say column by column what was understood."""
    reading = progress("קוראים את הקובץ…", "Reading the file…")
    with tempfile.TemporaryDirectory() as folder, EmbeddedGoogle(data) as server, reading:
        key_file = data / "service-account.json"
        account = server.make_key_file(key_file)
        spreadsheet = upload(server, file, account)
        url = f"{server.url}/spreadsheets/d/{spreadsheet}/edit"
        settings = Settings(
            Community(file.stem),
            [SpreadsheetSettings("main", url)],
            google=Google(key_file, server.url),
            database=Database(f"sqlite:///{folder}/memory.db"),
        )
        service = open_service(settings)
        picture = look(read(service.gateway, settings), settings, service.now().date())
        service.engine.dispose()
    show_columns(picture)
    say(
        f"הקובץ נמצא ב־{data}. לפתיחה: sheets-sync google --data {data}",
        f"The spreadsheet is in {data}. To open it: sheets-sync google --data {data}",
    )
