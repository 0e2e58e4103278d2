"""Furnished spreadsheets on the embedded Google, over real gspread."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import gspread
import pytest

from rules.catalogue import TABLES
from sheets_sync.cli.furnish import existing_tabs
from sheets_sync.config import SpreadsheetSettings
from sheets_sync.embedded.server import SERVICE_EMAIL, EmbeddedGoogle
from sheets_sync.furnishing.furnish import furnish, offered, sheet_id
from sheets_sync.google.gateway import Gateway, open_gateway
from sheets_sync.reading.fetch import read_spreadsheet
from sheets_sync.reading.read import Spreadsheet
from sheets_sync.tabs.service_tabs import SERVICE_TABLES
from tests.embedded.clients import Person, service_client

ALL = (*SERVICE_TABLES, *TABLES)


@pytest.fixture(scope="module")
def google(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedGoogle]:
    with EmbeddedGoogle(tmp_path_factory.mktemp("google")) as running:
        yield running


@pytest.fixture(scope="module")
def key(google: EmbeddedGoogle, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("key") / "key.json"
    google.make_key_file(path)
    return path


@pytest.fixture(scope="module")
def client(google: EmbeddedGoogle, key: Path) -> gspread.Client:
    return service_client(google, key)


@pytest.fixture(scope="module")
def gateway(google: EmbeddedGoogle, key: Path) -> Gateway:
    return open_gateway(key, google.url)


@pytest.fixture
def book(google: EmbeddedGoogle, client: gspread.Client) -> gspread.Spreadsheet:
    """A spreadsheet that a person made empty and shared."""
    person = Person(google, "rakezet@example.org")
    made = person.sheet("לוח העבודה", locale="iw_IL", timeZone="Asia/Jerusalem")
    person.share(made, SERVICE_EMAIL)
    return client.open_by_key(made)


def read(gateway: Gateway, book: gspread.Spreadsheet) -> Spreadsheet:
    return read_spreadsheet(gateway, SpreadsheetSettings("main", f"/d/{book.id}"))


def init(gateway: Gateway, book: gspread.Spreadsheet, *specs: Any) -> list[Any]:
    """What `init` does; the requests that were sent."""
    requests = furnish(specs or ALL, existing_tabs(read(gateway, book)))
    if requests:
        book.batch_update({"requests": requests})
    return requests


def test_an_empty_spreadsheet_gets_all_tabs_once(gateway: Gateway, book: gspread.Spreadsheet) -> None:
    assert init(gateway, book)
    assert [(sheet.title, sheet.id) for sheet in book.worksheets()] == [(s.hebrew, sheet_id(s.key)) for s in ALL]
    assert init(gateway, book) == []


def test_headers_and_marks_are_read_back(gateway: Gateway, book: gspread.Spreadsheet) -> None:
    init(gateway, book)
    tabs = {tab.place.sheet: tab for tab in read(gateway, book).tabs}
    for spec in ALL:
        tab, columns = tabs[sheet_id(spec.key)], offered(spec)
        assert [column[0] for column in tab.grid.columns] == [column.hebrew for column in columns]
        assert tab.own == {at: f"{spec.key}.{column.field}" for at, column in enumerate(columns) if column.own}


def test_what_is_there_stays_and_what_misses_is_added(gateway: Gateway, book: gspread.Spreadsheet) -> None:
    mine = book.sheet1
    mine.update_title("תקציב 2026")
    mine.update([["סעיף", "תקציב"], ["חגים", 18000]], "B3")
    before = mine.get_all_values()
    init(gateway, book)
    assert "תקציב" not in [sheet.title for sheet in book.worksheets()]
    assert book.worksheet("תקציב 2026").get_all_values() == before
    assert len(book.worksheets()) == len(ALL)


def test_typed_phones_and_house_numbers_keep_what_was_typed(gateway: Gateway, book: gspread.Spreadsheet) -> None:
    init(gateway, book)
    families = book.worksheet("משפחות חדשות")
    at = {title: chr(ord("A") + index) for index, title in enumerate(families.row_values(1))}
    phone, house, arrival = at["טלפון"], at["כתובת/מס׳ בית"], at["תאריך הגעה"]
    typed = {phone: "0401234567", house: "3/5", arrival: "14/03/2026"}
    for column, text in typed.items():
        families.update([[text]], f"{column}2", raw=False)
    raw = gspread.utils.ValueRenderOption.unformatted
    assert [families.acell(f"{column}2", raw).value for column in typed] == ["0401234567", "3/5", 46095]
    assert families.acell(f"{arrival}2").value == "14/03/2026"


def test_amounts_show_shekels(gateway: Gateway, book: gspread.Spreadsheet) -> None:
    init(gateway, book)
    budget = book.worksheet("תקציב")
    column = budget.row_values(1).index("תקציב מאושר")
    budget.update_cell(2, column + 1, 18000.5)
    assert budget.cell(2, column + 1).value == "18,000.50 ₪"


def test_choices_are_offered_and_others_warned_of(gateway: Gateway, book: gspread.Spreadsheet) -> None:
    init(gateway, book)
    fields = "sheets(properties.title,data.rowData.values.dataValidation)"
    told = book.fetch_sheet_metadata({"ranges": "הוצאות!A2:Z2", "includeGridData": "true", "fields": fields})
    rules = [cell.get("dataValidation") for cell in told["sheets"][0]["data"][0]["rowData"][0]["values"]]
    shown = [(rule["condition"]["type"], rule.get("strict", False)) for rule in rules if rule]
    assert ("ONE_OF_LIST", False) in shown
    assert ("BOOLEAN", False) in shown
    ranges = [rule["condition"]["values"] for rule in rules if rule and rule["condition"]["type"] == "ONE_OF_RANGE"]
    assert [{"userEnteredValue": "='תקציב'!$B$2:$B"}] in ranges
