"""Real gspread, google-auth and HTTP against the embedded Google."""

import gspread
import pytest

from sheets_sync.embedded.server import SERVICE_EMAIL
from tests.embedded.clients import Person


@pytest.fixture
def book(owner: Person, client: gspread.Client) -> gspread.Spreadsheet:
    file_id = owner.sheet("חוגים")
    owner.share(file_id, SERVICE_EMAIL)
    return client.open_by_key(file_id)


def test_writes_and_reads(book: gspread.Spreadsheet) -> None:
    sheet = book.sheet1
    sheet.update([["שם", "מחיר"], ["ג׳ודו", 230], ["קרמיקה", 180.5]], "A1")
    assert sheet.get_all_values() == [["שם", "מחיר"], ["ג׳ודו", "230"], ["קרמיקה", "180.5"]]
    assert sheet.get_all_records() == [{"שם": "ג׳ודו", "מחיר": 230}, {"שם": "קרמיקה", "מחיר": 180.5}]


def test_formulas(book: gspread.Spreadsheet) -> None:
    sheet = book.sheet1
    sheet.update([[1, 2, "=A1+B1", "=A1/0", "=NOSUCH(1)"]], "A1", raw=False)
    assert sheet.get("A1:E1", value_render_option=gspread.utils.ValueRenderOption.unformatted) == [
        [1, 2, 3, "#DIV/0!", "#NAME?"]
    ]
    assert sheet.acell("C1", value_render_option=gspread.utils.ValueRenderOption.formula).value == "=A1+B1"
    sheet.insert_row(["x"], 1)
    assert sheet.acell("C2", value_render_option=gspread.utils.ValueRenderOption.formula).value == "=A2+B2"
    assert sheet.acell("C2").value == "3"


def test_tabs_notes_formats(book: gspread.Spreadsheet) -> None:
    made = book.add_worksheet("מעקב", 10, 5)
    made.update([["א", "ב"]], "A1")
    made.format("A1:B1", {"textFormat": {"bold": True}})
    made.insert_note("A1", "לבדוק")
    assert made.get_note("A1") == "לבדוק"
    made.freeze(rows=1)
    assert [sheet.title for sheet in book.worksheets()] == ["Sheet1", "מעקב"]
    assert book.worksheet("מעקב").frozen_row_count == 1
    book.del_worksheet(made)
    assert [sheet.title for sheet in book.worksheets()] == ["Sheet1"]


def test_a_service_account_owns_nothing(client: gspread.Client) -> None:
    with pytest.raises(gspread.exceptions.APIError, match="storage quota has been exceeded"):
        client.create("mine")


def test_not_shared_and_not_there(owner: Person, client: gspread.Client) -> None:
    with pytest.raises(PermissionError):
        client.open_by_key(owner.sheet())
    with pytest.raises(gspread.SpreadsheetNotFound):
        client.open_by_key("1" * 44)
