"""What is asked of Google to furnish an empty spreadsheet."""

from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.catalogue import TABLES
from rules.columns import choice, count, day, longtext, money, multi, phone, ref, table, text, yes
from rules.table import TableSpec
from sheets_sync.furnishing.furnish import Existing, furnish, offered, sheet_id
from sheets_sync.tabs.service_tabs import SERVICE_TABLES
from sheets_sync.writing.edits import Request

ALL = (*TABLES, *SERVICE_TABLES)
LINES = table("lines", "סעיפים", "~שורות", text("code", "קוד"), text("line", "שם הסעיף", required=True, key=True))
BILLS = table(
    "bills",
    "חשבונות",
    "חשבונות ספקים",
    day("date", "תאריך", required=True, key=True),
    ref("line", "סעיף", to="lines"),
    ref("plan", "תוכנית", to="plan"),
    money("amount", "סכום", help="החזר נרשם במינוס."),
    choice("kind", "סוג", of="הזמנה · תשלום"),
    multi("days", "ימים", of="א׳ · ב׳"),
    yes("approved", "אושר"),
    phone("phone", "טלפון"),
    longtext("details", "פירוט"),
    count("age", "גיל", most=120),
    text("secret", "לא בתבנית", offered=False),
    money("left", "יתרה", own=True, help="מחושב."),
    text("answer", "מזהה", own=True),
)


def by_kind(requests: Sequence[Request], kind: str) -> list[Any]:
    return [request[kind] for request in requests if kind in request]


def cells_of(requests: Sequence[Request], key: str, spec: TableSpec) -> dict[str, Any]:
    """The CellData that each offered column's cells get, by field."""
    repeated = [body for body in by_kind(requests, "repeatCell") if body["range"]["sheetId"] == sheet_id(key)]
    return {column.field: body["cell"] for column, body in zip(offered(spec), repeated, strict=True)}


def test_a_tab_a_table_right_to_left_in_order() -> None:
    added = [body["properties"] for body in by_kind(furnish((LINES, BILLS)), "addSheet")]
    assert [(tab["title"], tab["sheetId"], tab["rightToLeft"]) for tab in added] == [
        ("סעיפים", sheet_id("lines"), True),
        ("חשבונות", sheet_id("bills"), True),
    ]
    assert all(tab["gridProperties"]["frozenRowCount"] == 1 for tab in added)


def test_english_is_left_to_right() -> None:
    requests = furnish((BILLS,), language="en")
    assert by_kind(requests, "addSheet")[0]["properties"] | {"gridProperties": None} == {
        "sheetId": sheet_id("bills"),
        "title": "bills",
        "rightToLeft": False,
        "gridProperties": None,
    }
    headers = by_kind(requests, "updateCells")[0]["rows"][0]["values"]
    assert [cell["userEnteredValue"]["stringValue"] for cell in headers][:3] == ["date", "line", "plan"]
    assert headers[0]["note"] == "Must be filled.\nA date: day/month/year."


def test_headers_are_styled_and_say_what_is_accepted() -> None:
    headers = by_kind(furnish((LINES, BILLS)), "updateCells")[1]["rows"][0]["values"]
    notes = {cell["userEnteredValue"]["stringValue"]: cell["note"] for cell in headers}
    assert notes == {
        "תאריך": "עמודת חובה.\nתאריך: יום/חודש/שנה.",
        "סעיף": 'שם מהלשונית "סעיפים".',
        "תוכנית": "",
        "סכום": "החזר נרשם במינוס.\nסכום בשקלים, למשל 1,250 או 1,250.50.",
        "סוג": "אחת האפשרויות: הזמנה · תשלום.",
        "ימים": "אפשר כמה, עם פסיק ביניהן: א׳ · ב׳.",
        "אושר": "תיבה מסומנת: כן.",
        "טלפון": "מספר טלפון, עם האפס שבהתחלה.",
        "פירוט": "",
        "גיל": "מספר שלם, מ־0 עד 120.",
        "יתרה": "מחושב.\nהמערכת ממלאת את העמודה; מה שנכתב בה ביד יוחלף.",
        "מזהה": "המערכת ממלאת את העמודה; מה שנכתב בה ביד יוחלף.",
        "הערות": "",
    }
    assert all(cell["userEnteredFormat"]["textFormat"]["bold"] for cell in headers)


def test_cells_are_formatted_and_validated_by_kind() -> None:
    cells = cells_of(furnish((LINES, BILLS)), "bills", BILLS)
    patterns = {name: cell["userEnteredFormat"].get("numberFormat", {}).get("pattern") for name, cell in cells.items()}
    assert patterns == {
        "date": "dd/mm/yyyy",
        "line": None,
        "plan": None,
        "amount": "#,##0.00 [$₪-40D]",
        "kind": None,
        "days": None,
        "approved": None,
        "phone": "@",
        "details": None,
        "age": "0",
        "left": "#,##0.00 [$₪-40D]",
        "answer": None,
        "notes": "@",
    }
    conditions = {name: cell["dataValidation"]["condition"] for name, cell in cells.items() if "dataValidation" in cell}
    assert conditions == {
        "date": {"type": "DATE_IS_VALID"},
        "line": {"type": "ONE_OF_RANGE", "values": [{"userEnteredValue": "='סעיפים'!$B$2:$B"}]},
        "kind": {"type": "ONE_OF_LIST", "values": [{"userEnteredValue": "הזמנה"}, {"userEnteredValue": "תשלום"}]},
        "approved": {"type": "BOOLEAN"},
    }
    assert not any(cell["dataValidation"]["strict"] for cell in cells.values() if "dataValidation" in cell)


def test_own_columns_are_greyed_and_marked() -> None:
    requests = furnish((LINES, BILLS))
    marks = [body["developerMetadata"] for body in by_kind(requests, "createDeveloperMetadata")]
    at = {column.field: index for index, column in enumerate(offered(BILLS))}
    assert [(mark["metadataKey"], mark["metadataValue"]) for mark in marks] == [
        ("sheets-sync.own", "bills.left"),
        ("sheets-sync.own", "bills.answer"),
    ]
    assert [mark["location"]["dimensionRange"]["startIndex"] for mark in marks] == [at["left"], at["answer"]]
    greyed = {name for name, cell in cells_of(requests, "bills", BILLS).items() if _is_grey(cell)}
    assert greyed == {"left", "answer"}


def _is_grey(cell: Any) -> bool:
    return "backgroundColor" in cell["userEnteredFormat"]


def test_headers_are_protected_with_a_warning_only() -> None:
    protected = [body["protectedRange"] for body in by_kind(furnish((BILLS,)), "addProtectedRange")]
    assert [(body["warningOnly"], body["range"]) for body in protected] == [
        (True, {"sheetId": sheet_id("bills"), "startRowIndex": 0, "endRowIndex": 1})
    ]


@pytest.mark.parametrize("title", ["חשבונות", "חשבונות 2026", 'חשבונות תשפ"ז', "חשבונות־ספקים", " Bills "])
def test_a_filled_tab_of_the_table_stays(title: str) -> None:
    assert furnish((BILLS,), [Existing(title, 7)]) == []


@pytest.mark.parametrize("title", ["משהו אחר", "חשבונות ישנים", "גיליון1"])
def test_other_filled_tabs_are_not_touched(title: str) -> None:
    requests = furnish((BILLS,), [Existing(title, 7)])
    assert by_kind(requests, "addSheet")
    assert not any(7 in _sheets(request) for request in requests)


def test_an_empty_tab_of_the_table_is_furnished_in_place() -> None:
    requests = furnish((LINES, BILLS), [Existing("סעיפים 2026", 7, is_empty=True)])
    assert by_kind(requests, "updateSheetProperties")[0]["properties"]["sheetId"] == 7
    assert [body["properties"]["sheetId"] for body in by_kind(requests, "addSheet")] == [sheet_id("bills")]
    line = cells_of(requests, "bills", BILLS)["line"]["dataValidation"]["condition"]
    assert line["values"] == [{"userEnteredValue": "='סעיפים 2026'!$B$2:$B"}]


@pytest.mark.parametrize(
    ("title", "is_empty", "goes"),
    [
        ("Sheet1", True, True),
        ("גיליון1", True, True),
        ("גיליון 1", True, True),
        ("Sheet1", False, False),
        ("טיוטה", True, False),
    ],
)
def test_only_googles_own_empty_tab_goes(title: str, is_empty: bool, goes: bool) -> None:
    requests = furnish((BILLS,), [Existing(title, 0, is_empty)])
    assert (requests[-1] == {"deleteSheet": {"sheetId": 0}}) is goes


def test_a_taken_sheet_id_is_not_used_again() -> None:
    requests = furnish((BILLS,), [Existing("אחר", sheet_id("bills"))])
    assert by_kind(requests, "addSheet")[0]["properties"]["sheetId"] == sheet_id("bills") + 1


def test_the_same_tables_give_the_same_requests_and_distinct_sheets() -> None:
    assert furnish(ALL) == furnish(ALL)
    assert len({sheet_id(spec.key) for spec in ALL}) == len(ALL)


@given(st.sets(st.sampled_from(ALL)))
def test_furnishing_what_was_furnished_asks_nothing(specs: set[TableSpec]) -> None:
    tabs = [Existing(spec.hebrew, sheet_id(spec.key)) for spec in specs]
    assert furnish([*specs], tabs) == []


@pytest.mark.parametrize("spec", ALL, ids=lambda spec: spec.key)
def test_every_declared_table_can_be_furnished(spec: TableSpec) -> None:
    requests = furnish(ALL)
    headers = next(body for body in by_kind(requests, "updateCells") if body["start"]["sheetId"] == sheet_id(spec.key))
    shown = [cell["userEnteredValue"]["stringValue"] for cell in headers["rows"][0]["values"]]
    assert shown == [column.hebrew for column in spec.columns if column.offered]
    assert len(set(shown)) == len(shown)


def _sheets(value: Any) -> set[int]:
    """Every sheetId named in a request."""
    if isinstance(value, dict):
        own = {value["sheetId"]} if "sheetId" in value else set()
        return own.union(*(_sheets(part) for part in value.values()))
    return set().union(*(_sheets(part) for part in value)) if isinstance(value, list) else set()
