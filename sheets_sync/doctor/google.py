"""Google: whether it lets us in, and each spreadsheet as a file and by its tabs."""

from collections.abc import Iterator

import msgspec

from sheets_sync.config import SpreadsheetSettings
from sheets_sync.doctor.case import Case
from sheets_sync.doctor.line import Line, good, troubled
from sheets_sync.doctor.sharing import file_lines
from sheets_sync.doctor.tables import table_lines
from sheets_sync.errors import BadCredentials, GoogleTrouble, NotFound
from sheets_sync.google.drive_file import DriveFile, ask_drive, drive_file
from sheets_sync.google.gateway import Gateway, open_gateway
from sheets_sync.look import look
from sheets_sync.reading.fetch import read

PATIENCE = 15.0
"""Seconds in which a call may be repeated: somebody waits for the answer."""


def google_lines(case: Case) -> Iterator[Line]:
    """Signing in, then each file, then their tabs; nothing where the key cannot be used, which `key_lines` says."""
    google = case.settings.google
    try:
        gateway = open_gateway(google.key_file, google.base_url, PATIENCE)
    except BadCredentials:
        return
    try:
        ask_drive(gateway)
    except GoogleTrouble as trouble:
        yield troubled("token", trouble)
        return
    yield good("token", "Google נתן אסימון לחשבון השירות", "Google gave the service account a token")
    yield good("drive", "ה־API של Drive פועל", "the Drive API answers")
    reached = []
    for one in case.settings.spreadsheets:
        lines = [*spreadsheet_lines(gateway, one)]
        yield from lines
        reached += [one] if lines[0].ok else []
    if reached:
        yield from _tabs(gateway, case, reached)


def spreadsheet_lines(gateway: Gateway, settings: SpreadsheetSettings) -> Iterator[Line]:
    """One spreadsheet as a file."""
    try:
        file = _file(gateway, settings.id)
    except GoogleTrouble as trouble:
        yield _named(troubled(f"spreadsheet.{settings.name}", trouble), settings.name)
        return
    yield from file_lines(settings, file, gateway.account)


def _file(gateway: Gateway, file: str) -> DriveFile:
    """The file; Drive calls one that is not shared with the account missing, Sheets tells the two apart."""
    try:
        return drive_file(gateway, file)
    except NotFound:
        gateway.outline(file)
        raise


def _tabs(gateway: Gateway, case: Case, reached: list[SpreadsheetSettings]) -> Iterator[Line]:
    """What stands in the files that can be reached, read as a pass reads them."""
    settings = msgspec.structs.replace(case.settings, spreadsheets=reached)
    snapshot = read(gateway, settings)
    for name, trouble in snapshot.troubles.items():
        yield _named(troubled(f"read.{name}", trouble), name)
    if snapshot.spreadsheets:
        today = case.clock().astimezone(settings.community.zone).date()
        yield from table_lines(look(snapshot, settings, today), settings, today)


def _named(line: Line, name: str) -> Line:
    return Line(line.check, line.ok, f"{name}: {line.he}", f"{name}: {line.en}", line.remedy_he, line.remedy_en)
