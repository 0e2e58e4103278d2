"""`init` furnishes spreadsheets that a person made and shared with the service account."""

from pathlib import Path

import click

from rules.catalogue import TABLES
from rules.profiles import COMMUNITY, PROFILES, Profile
from rules.table import TableSpec
from rules.tailored import tailored
from rules.wording import Language
from sheets_sync.cli.listings import PROFILE
from sheets_sync.cli.terminal import console, progress, say, settings_option
from sheets_sync.config import SPREADSHEET_ID, Google, SpreadsheetSettings, load
from sheets_sync.errors import BadSettings
from sheets_sync.furnishing.furnish import Existing, fit, furnish
from sheets_sync.furnishing.guide import guide_requests
from sheets_sync.furnishing.starting_rows import starting_rows
from sheets_sync.google.client import urgently
from sheets_sync.google.gateway import Gateway, open_gateway
from sheets_sync.reading.fetch import read_spreadsheet
from sheets_sync.reading.read import Spreadsheet
from sheets_sync.tabs.custom_spec import CUSTOM_RULES
from sheets_sync.tabs.custom_tab import example_requests
from sheets_sync.tabs.service_tabs import MAIN, SERVICE_TABLES
from sheets_sync.wiring import open_service, utc_now

WORKBOOKS = tuple(dict.fromkeys([MAIN, *(spec.workbook for spec in TABLES)]))


@click.command()
@click.option("--into", "url", required=True, help="The spreadsheet's address; a person made it and shared it.")
@click.option("--workbook", type=click.Choice([*WORKBOOKS, "all"]), default="all", show_default=True)
@click.option("--profile", type=PROFILE, help="Whose tables; else the settings' profile.")
@click.option("--language", type=click.Choice(["he", "en"]), default="he", show_default=True)
@click.option("--key-file", type=click.Path(dir_okay=False, path_type=Path), help="Instead of the settings' key file.")
@click.option("--base-url", default="", help="An embedded Google's address, instead of the settings'.")
@click.option("--examples", is_flag=True, help="An invented row in each new tab, to be deleted.")
@settings_option
def init(
    url: str,
    workbook: str,
    profile: str | None,
    language: str,
    key_file: Path | None,
    base_url: str,
    examples: bool,
    settings_file: Path,
) -> None:
    """Furnish a spreadsheet: tabs, headers, dropdowns, formats. What already stands in it stays as it is."""
    settings = None if key_file else load(settings_file)
    google = settings.google if settings else Google(key_file or Google().key_file, base_url)
    post = profile or (settings.community.profile if settings else COMMUNITY.key)
    specs = specs_of(workbook, PROFILES[post])
    gateway = open_service(settings).gateway if settings else open_gateway(google.key_file, google.base_url)
    with urgently():
        spreadsheet = _opened(gateway, url)
    if not specs:
        raise BadSettings(
            f"לפרופיל {post} אין לשוניות בקובץ {workbook}", f"The profile {post} has no tabs in {workbook}"
        )
    offered = [tailored(spec, settings.life.lists) for spec in specs] if settings else specs
    existing, words = existing_tabs(spreadsheet), _language(language)
    requests = furnish(offered, existing, words)
    requests += starting_rows(fit(offered, existing, words), post, words, utc_now().date(), examples=examples)
    requests += guide_requests(offered, existing, words) if requests else []
    if made := fit(offered, existing, words).get(CUSTOM_RULES.key):
        requests += example_requests(made.sheet, words)
    if not requests:
        say("כל הלשוניות כבר שם; שום דבר לא השתנה.", "All the tabs are there; nothing was changed.")
        return
    with progress("מקימים את הלשוניות…", "Furnishing the tabs…"), urgently():
        gateway.write(spreadsheet.id, requests)
    names = " · ".join(spec.hebrew if language == "he" else spec.key for spec in specs)
    say(f"הקובץ מוכן: {names}", f"The spreadsheet is ready: {names}")
    say("בקובץ ההגדרות:", "In the settings file:")
    name = MAIN if workbook == "all" else workbook
    console.print(f'[[spreadsheets]]\nname = "{name}"\nurl = "{url}"', markup=False)


def _language(chosen: str) -> Language:
    return "he" if chosen == "he" else "en"


def specs_of(workbook: str, profile: Profile) -> list[TableSpec]:
    """A profile's tables of a workbook, the service's own tabs first in `main`; of all of them for `all`."""
    specs = [*SERVICE_TABLES, *profile.tables]
    return [spec for spec in specs if workbook in ("all", spec.workbook)]


def existing_tabs(spreadsheet: Spreadsheet) -> list[Existing]:
    """The tabs that are there, and which of them are empty."""
    return [Existing(tab.title, tab.place.sheet, is_empty=tab.is_bare) for tab in spreadsheet.tabs]


def _opened(gateway: Gateway, url: str) -> Spreadsheet:
    """The spreadsheet of an address; Unshared names the account to share it with."""
    if not SPREADSHEET_ID.search(url):
        raise BadSettings(f"זו אינה כתובת של Google Sheets: {url}", f"This is not a Google Sheets address: {url}")
    return read_spreadsheet(gateway, SpreadsheetSettings(MAIN, url))
