"""Which cells a conditional format is true for."""

from datetime import date
from typing import Any

import pytest

from sheets_sync.embedded import conditions
from sheets_sync.embedded.defaults import new_spreadsheet
from sheets_sync.embedded.model import Value
from sheets_sync.embedded.ranges import Area

TODAY = date(2026, 11, 22)
SERIAL = 46348  # of TODAY
COLUMN: list[Any] = [10, 20.5, "חוגים", "Judo", None, SERIAL, SERIAL - 1, SERIAL + 0.75, True]


def true_rows(kind: str, *values: Any, locale: str = "he_IL") -> list[int]:
    """The rows (from 0) of a sheet whose first column is COLUMN; a dict among the values is a relative date."""
    book = new_spreadsheet("id", "t", {"locale": locale})
    sheet = book.sheets[0]
    for index, value in enumerate(COLUMN):
        sheet.edit(index).put(0, value)
    given = [value if isinstance(value, dict) else {"userEnteredValue": value} for value in values]
    area = {"sheetId": 0, "startRowIndex": 0, "endRowIndex": len(COLUMN), "startColumnIndex": 0, "endColumnIndex": 1}
    rule = {"ranges": [area], "booleanRule": {"condition": {"type": kind, "values": given}, "format": {}}}
    sheet.items("conditionalFormats").append(rule)
    found = conditions.formats(book, sheet, Area(sheet, 0, 20, 0, 5), sums, TODAY)
    return sorted(row for row, _ in found)


def sums(formulas: list[str]) -> list[Value]:
    """Stands for the engine, which has its own tests: only `=10+10` is asked for here."""
    assert set(formulas) == {"=10+10"}
    return [20 for _ in formulas]


@pytest.mark.parametrize(
    ("kind", "values", "rows"),
    [
        ("NUMBER_GREATER", ["10"], [1, 5, 6, 7]),
        ("NUMBER_GREATER_THAN_EQ", ["10"], [0, 1, 5, 6, 7]),
        ("NUMBER_LESS", ["20.5"], [0]),
        ("NUMBER_LESS", ["=10+10"], [0]),
        ("NUMBER_EQ", ["1000%"], [0]),
        ("NUMBER_NOT_EQ", ["10"], [1, 5, 6, 7]),
        ("NUMBER_BETWEEN", ["21", "10"], [0, 1]),
        ("NUMBER_NOT_BETWEEN", ["10", "21"], [5, 6, 7]),
        ("NUMBER_EQ", ["ten"], []),
        ("NUMBER_BETWEEN", ["10", "ten"], []),
        ("TEXT_CONTAINS", ["חוג"], [2]),
        ("TEXT_CONTAINS", ["UDO"], [3]),
        ("TEXT_STARTS_WITH", ["ju"], [3]),
        ("TEXT_ENDS_WITH", ["ים"], [2]),
        ("TEXT_EQ", ["judo"], [3]),
        ("BLANK", [], [4]),
        ("NOT_BLANK", [], [0, 1, 2, 3, 5, 6, 7, 8]),
        ("DATE_EQ", ["22/11/2026"], [5, 7]),
        ("DATE_EQ", ["2026-11-22"], [5, 7]),
        ("DATE_EQ", [{"relativeDate": "TODAY"}], [5, 7]),
        ("DATE_EQ", [{"relativeDate": "YESTERDAY"}], [6]),
        ("DATE_AFTER", ["21/11/2026"], [5, 7]),
        ("DATE_BEFORE", ["22/11/2026"], [0, 1, 6]),
        ("GEREMATRIA", ["10"], []),
    ],
)
def test_conditions(kind: str, values: list[Any], rows: list[int]) -> None:
    assert true_rows(kind, *values) == rows


@pytest.mark.parametrize(("locale", "rows"), [("he_IL", []), ("en_US", [5, 7])])
def test_a_date_is_read_in_the_spreadsheets_locale(locale: str, rows: list[int]) -> None:
    assert true_rows("DATE_EQ", "11/22/2026", locale=locale) == rows
