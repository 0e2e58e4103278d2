"""What `init` writes in tabs it has just made: first rows, invented examples, the banner of the welfare tab. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta

from rules.dates import serial
from rules.english import chosen
from rules.table import Cell, Column, Kind
from rules.wording import Language
from sheets_sync.furnishing.example_rows import EXAMPLES, Given, Row, first_rows
from sheets_sync.furnishing.furnish import Fitting, offered
from sheets_sync.writing.edits import Request, set_cells

BANNERS: Mapping[str, tuple[str, str]] = {
    "welfare": (
        "קוד פנייה בלבד. שמות, טלפונים, מספרי זהות, כתובות ופרטי המקרה לא נרשמים בקובץ הזה.",
        "Case codes only. No names, phones, id numbers, addresses or details of the case are written in this file.",
    ),
}
"""What must not be written in a tab, in a row above its headers."""

BANNER_STYLE = {
    "backgroundColor": {"red": 0.99, "green": 0.89, "blue": 0.84},
    "textFormat": {"bold": True, "foregroundColor": {"red": 0.6, "green": 0.15, "blue": 0.1}},
    "wrapStrategy": "OVERFLOW_CELL",
}


def starting_rows(
    fittings: Mapping[str, Fitting], profile: str, language: Language, today: date, *, examples: bool
) -> Iterator[Request]:
    """Requests that write under the headers of these new tabs; none for a tab that was there."""
    first = first_rows(profile)
    for key, fitting in fittings.items():
        rows = [*first.get(key, ())]
        if examples and key in EXAMPLES:
            rows.append(EXAMPLES[key])
        if rows:
            yield from _rows(fitting, rows, language, today)
        if key in BANNERS:
            yield from _banner(fitting, BANNERS[key][0 if language == "he" else 1])


def _rows(fitting: Fitting, rows: Sequence[Row], language: Language, today: date) -> Iterator[Request]:
    """A request a column that holds something, so that ticks and validations of the others stay."""
    for at, column in enumerate(offered(fitting.spec)):
        cells = [[_cell(column, row.get(column.field), language, today)] for row in rows]
        if any(cell is not None for [cell] in cells):
            yield set_cells(fitting.sheet, 1, at, cells)


def _cell(column: Column, given: Given | None, language: Language, today: date) -> Cell:
    match given:
        case timedelta():
            return serial(today + given)
        case (he, en):
            if column.choices and column.kind in (Kind.CHOICE, Kind.MULTI):
                return chosen(column.choices[0], language)  # the community's own list, in its settings
            return he if language == "he" else en
        case str() if column.kind in (Kind.CHOICE, Kind.MULTI):
            return chosen(given, language)
    return given


def _banner(fitting: Fitting, text: str) -> Iterator[Request]:
    """A row above the headers, frozen with them; what refers to the rows below moves along."""
    sheet = fitting.sheet
    span = {"sheetId": sheet, "dimension": "ROWS", "startIndex": 0, "endIndex": 1}
    yield {"insertDimension": {"range": span, "inheritFromBefore": False}}
    area = {"sheetId": sheet, "startRowIndex": 0, "endRowIndex": 1}
    style = {"userEnteredFormat": BANNER_STYLE}
    yield {"repeatCell": {"range": area, "cell": style, "fields": "userEnteredFormat,note,dataValidation"}}
    yield set_cells(sheet, 0, 0, [[text]])
    frozen = {"sheetId": sheet, "gridProperties": {"frozenRowCount": 2}}
    yield {"updateSheetProperties": {"properties": frozen, "fields": "gridProperties.frozenRowCount"}}
