"""`google` serves the embedded Google by itself. It starts light: without the rules, the database, the mail."""

from pathlib import Path

import click

from sheets_sync.cli.terminal import say
from sheets_sync.embedded.server import EmbeddedGoogle

data_option = click.option(
    "--data",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("sheets-sync-google"),
    show_default=True,
    help="The folder that holds the spreadsheets.",
)


@click.command()
@data_option
@click.option("--port", type=click.IntRange(0, 65535), default=0, help="0: the port of last time, or a free one.")
@click.option("--any-token", is_flag=True, help="Any bearer token is one and the same person's.")
@click.option("--service-accounts-may-own", is_flag=True, help="Unlike Google: service accounts may own files.")
@click.option("--admin", is_flag=True, help="For tests: faults on demand at /admin.")
def google(data: Path, port: int, any_token: bool, service_accounts_may_own: bool, admin: bool) -> None:
    """Serve Sheets and Drive on this machine, for any client, until Ctrl-C."""
    server = EmbeddedGoogle(
        data, port, any_token=any_token, service_accounts_may_own=service_accounts_may_own, admin=admin
    )
    server.serve_forever(lambda url: say(f"Google מקומי: {url}", f"The embedded Google: {url}"))
