"""The tab `columns`: what people say of a column holds from the next pass on, and no answer of theirs is lost."""

from typing import Any

import pytest

from rules.dates import serial
from rules.headers import Certainty
from rules.table import Cell
from sheets_sync.account import Account
from sheets_sync.furnishing.furnish import offered, sheet_id
from sheets_sync.pass_ import run_pass
from sheets_sync.store import inbox
from sheets_sync.store.database import writing
from sheets_sync.tabs.said_tabs import COLUMNS_TAB
from sheets_sync.writing.edits import set_cells
from tests.webhooks.wire import submission
from tests.world import NOON, SPECS, World

TITLE = COLUMNS_TAB.hebrew
HEADERS = [column.hebrew for column in COLUMNS_TAB.columns]
AT = {column.field: index for index, column in enumerate(COLUMNS_TAB.columns)}
EXPENSES = sheet_id("expenses")
FIELDS = [column.field for column in offered(SPECS["expenses"])]
SUPPLIER, USED = FIELDS.index("supplier"), len(FIELDS)
DAY = serial(NOON.date())


def rows(world: World) -> dict[str, dict[str, Any]]:
    """The tab's rows by header, by field."""
    header, *lines = world.values("main", TITLE)
    where = {field: header.index(HEADERS[at]) for field, at in AT.items()}
    table = [{field: line[at] if at < len(line) else "" for field, at in where.items()} for line in lines]
    return {line["header"]: line for line in table}


def sheet(world: World) -> Any:
    return world.tab("main", TITLE)


def spot(world: World, text: str) -> tuple[int, int, int]:
    """Sheet, row and column of the answer about a header."""
    header, *lines = world.values("main", TITLE)
    at = header.index(HEADERS[AT["header"]])
    row = next(i for i, line in enumerate(lines, 1) if line[at] == text)
    return sheet(world)["properties"]["sheetId"], row, header.index(HEADERS[AT["right"]])


def answer(world: World, text: str, said: Cell) -> None:
    """What a person says of a header."""
    world.edit(world.ids["main"], [set_cells(*spot(world, text), [[said]])])


def rename(world: World, column: int, header: str) -> None:
    """A person renames a header of the expenses."""
    world.edit(world.ids["budget"], [set_cells(EXPENSES, 0, column, [[header]])])


def offers(world: World, text: str) -> list[str]:
    _, row, column = spot(world, text)
    cell = sheet(world)["data"][0]["rowData"][row]["values"][column]
    return [value["userEnteredValue"] for value in cell["dataValidation"]["condition"]["values"]]


def suppliers(account: Account) -> list[Any]:
    return list(account.picture.book["expenses"]["supplier"])


@pytest.fixture
def bought(world: World) -> World:
    """An expense whose supplier stands under a header of the person's making."""
    world.fill("expenses", {"date": DAY, "line": "חגים", "supplier": "דפוס גל", "amount": 100, "kind": "תשלום"})
    rename(world, SUPPLIER, "ממי קנינו")
    return world


def test_only_what_is_not_sure_is_listed(bought: World) -> None:
    """| לשונית | הכותרת | העמודה שהובנה | : one row, of the header that nobody knows; the sure ones are not listed."""
    bought.run()
    assert list(rows(bought)) == ["ממי קנינו"]
    row = rows(bought)["ממי קנינו"]
    assert (row["tab"], row["field"], row["right"]) == ("הוצאות", "", "")
    assert row["certainty"] == "לא מוכרת, ולכן אינה נקראת."
    assert offers(bought, "ממי קנינו")[:2] == ["כן", "לא"]
    assert "ספק" in offers(bought, "ממי קנינו")
    assert "תאריך" not in offers(bought, "ממי קנינו")
    assert bought.run().requests == 0


def test_a_field_that_is_chosen_is_read_from_the_next_pass(bought: World) -> None:
    assert suppliers(bought.run()) == [None]
    answer(bought, "ממי קנינו", "ספק")
    account = bought.run()
    assert suppliers(account) == ["דפוס גל"]
    assert account.picture.readings["expenses"].headers.missing == ()
    assert rows(bought)["ממי קנינו"]["certainty"] == "לפי התשובה: נקראת כספק."
    assert bought.run().requests == 0
    answer(bought, "ממי קנינו", None)
    assert suppliers(bought.run()) == [None]


def test_a_no_takes_the_column_out_and_a_yes_brings_it_back(world: World) -> None:
    """`ספק` inside a longer header is uncertain: it is read, and asked about."""
    world.fill("expenses", {"date": DAY, "line": "חגים", "supplier": "דפוס גל", "amount": 100, "kind": "תשלום"})
    rename(world, SUPPLIER, "אצל איזה ספק קנינו?")
    assert suppliers(world.run()) == ["דפוס גל"]
    row = rows(world)["אצל איזה ספק קנינו?"]
    assert (row["field"], row["certainty"]) == ("ספק", "נקראת כך, ולא בטוח שזה נכון.")
    answer(world, "אצל איזה ספק קנינו?", "לא")
    assert suppliers(world.run()) == [None]
    assert rows(world)["אצל איזה ספק קנינו?"]["certainty"] == "לפי התשובה: אינה נקראת."
    answer(world, "אצל איזה ספק קנינו?", "כן")
    account = world.run()
    assert suppliers(account) == ["דפוס גל"]
    [match] = [one for one in account.picture.readings["expenses"].headers.matches if one.field == "supplier"]
    assert match.certainty is Certainty.CONFIRMED
    assert rows(world)["אצל איזה ספק קנינו?"]["right"] == "כן"
    assert world.run().requests == 0


def test_an_answer_outlives_moving_the_column_and_renaming_the_tab(bought: World) -> None:
    bought.run()
    answer(bought, "ממי קנינו", "ספק")
    bought.run()
    source = {"sheetId": EXPENSES, "dimension": "COLUMNS", "startIndex": SUPPLIER, "endIndex": SUPPLIER + 1}
    title = {"sheetId": EXPENSES, "title": "הוצאות 2026"}
    bought.edit(
        bought.ids["budget"],
        [
            {"moveDimension": {"source": source, "destinationIndex": 0}},
            {"updateSheetProperties": {"properties": title, "fields": "title"}},
        ],
    )
    account = bought.run()
    assert suppliers(account) == ["דפוס גל"]
    assert account.picture.book["expenses"].at["supplier"] == 0
    assert rows(bought)["ממי קנינו"]["tab"] == "הוצאות 2026"


@pytest.mark.parametrize(("said", "proposal"), [("ספקק", "ספק"), ("קוסם", "")])
def test_an_answer_that_is_no_column_is_marked_and_what_held_holds(bought: World, said: str, proposal: str) -> None:
    bought.run()
    answer(bought, "ממי קנינו", "ספק")
    bought.run()
    answer(bought, "ממי קנינו", said)
    assert suppliers(bought.run()) == ["דפוס גל"]
    header, *lines = bought.values("main", "לתיקון בגיליון")
    [line] = [line for line in lines if line[0].startswith(TITLE)]
    assert "אינה עמודה של הוצאות" in line[header.index("מה לא מסתדר")]
    assert line[header.index("הצעה")] == proposal
    assert bought.run().requests == 0


def test_a_row_goes_when_its_header_is_understood_and_stays_with_an_answer(bought: World) -> None:
    bought.run()
    rename(bought, SUPPLIER, "ספק")
    bought.run()
    assert rows(bought) == {}
    rename(bought, SUPPLIER, "ממי קנינו")
    bought.run()
    answer(bought, "ממי קנינו", "ספק")
    bought.run()
    rename(bought, SUPPLIER, "ספק")
    assert suppliers(bought.run()) == ["דפוס גל"]
    assert rows(bought)["ממי קנינו"]["certainty"] == "העמודה כבר אינה בלשונית."
    assert bought.run().requests == 0
    rename(bought, SUPPLIER, "ממי קנינו")
    assert suppliers(bought.run()) == ["דפוס גל"]


def test_two_columns_of_one_answer_the_first_is_read(bought: World) -> None:
    bought.edit(bought.ids["budget"], [set_cells(EXPENSES, 0, USED, [["אצל מי"], ["אולם"]])])
    bought.run()
    answer(bought, "ממי קנינו", "ספק")
    answer(bought, "אצל מי", "ספק")
    assert suppliers(bought.run()) == ["דפוס גל"]
    assert rows(bought)["אצל מי"]["certainty"] == "לפי התשובה זו העמודה ספק, אבל עמודה אחרת כבר נקראת כך."


def test_answers_hold_while_the_main_spreadsheet_cannot_be_read(bought: World) -> None:
    bought.run()
    answer(bought, "ממי קנינו", "ספק")
    bought.run()
    bought.faults({"match": f"/{bought.ids['main']}", "do": "status", "code": 403, "times": 10})
    assert suppliers(run_pass(bought.service)) == ["דפוס גל"]
    bought.faults()
    assert suppliers(bought.run()) == ["דפוס גל"]


def test_no_row_goes_while_its_spreadsheet_cannot_be_read(bought: World) -> None:
    bought.run()
    bought.faults({"match": f"/{bought.ids['budget']}", "do": "status", "code": 403, "times": 10})
    run_pass(bought.service)
    bought.faults()
    assert list(rows(bought)) == ["ממי קנינו"]


def test_sorting_and_a_column_of_the_persons_lose_nothing(bought: World) -> None:
    bought.edit(bought.ids["budget"], [set_cells(EXPENSES, 0, USED, [["אצל מי"], ["אולם"]])])
    bought.run()
    answer(bought, "ממי קנינו", "ספק")
    id = sheet(bought)["properties"]["sheetId"]
    new = {"sheetId": id, "dimension": "COLUMNS", "startIndex": 1, "endIndex": 2}
    area = {"sheetId": id, "startRowIndex": 1, "endRowIndex": 3, "startColumnIndex": 0}
    bought.edit(
        bought.ids["main"],
        [
            {"insertDimension": {"range": new, "inheritFromBefore": True}},
            set_cells(id, 0, 1, [["שלי"], ["לשאול"], ["גם"]]),
            {"sortRange": {"range": area, "sortSpecs": [{"dimensionIndex": 2, "sortOrder": "DESCENDING"}]}},
        ],
    )
    assert suppliers(bought.run()) == ["דפוס גל"]
    assert sorted(line[1] for line in bought.values("main", TITLE)[1:]) == ["גם", "לשאול"]
    assert bought.run().requests == 0


def test_a_deleted_tab_is_made_again(bought: World) -> None:
    bought.run()
    bought.edit(bought.ids["main"], [{"deleteSheet": {"sheetId": sheet(bought)["properties"]["sheetId"]}}])
    bought.run()
    assert list(rows(bought)) == ["ממי קנינו"]
    assert bought.run().requests == 0


def test_headers_of_a_restricted_spreadsheet_do_not_leave_it(bought: World) -> None:
    books = [type(one)(one.name, one.url, restricted=one.name == "budget") for one in bought.settings.spreadsheets]
    bought.with_settings(spreadsheets=books)
    bought.run()
    assert rows(bought) == {}


def test_a_form_answer_goes_to_the_column_that_people_named(world: World) -> None:
    fields = [column.field for column in offered(SPECS["registrations"])]
    phone = fields.index("phone")
    world.edit(world.ids["main"], [set_cells(sheet_id("registrations"), 0, phone, [["לאן מתקשרים"]])])
    world.fill("registrations", {"participant": "איתי דגן", "phone": "050-7654321", "class_name": "קרמיקה"})
    world.run()
    answer(world, "לאן מתקשרים", "טלפון")
    body = submission(**{"מה שם הילד/ה?": "נועה כץ", "טלפון נייד": "050-1234567", "לאיזה חוג?": "קרמיקה"})
    with writing(world.service.engine) as connection:
        inbox.take(connection, "test", "registrations", "m-1", body, world.now)
    assert world.run().placed == 1
    header, _, added = world.values("main", "נרשמים")
    assert added[header.index("לאן מתקשרים")] == "050-1234567"
