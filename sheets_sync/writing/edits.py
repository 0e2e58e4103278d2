"""Google's batchUpdate requests, the few kinds the service writes, as plain dicts in Google's names."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from rules.table import Cell, Place

Request: TypeAlias = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Link:
    """A cell that leads somewhere: its label and the address."""

    label: str
    url: str


Writable: TypeAlias = Cell | Link

WRITE_MARK = 775_001
"""The id of the developer metadata that names, in the spreadsheet itself, the last write of ours that stands there."""


def grid_range(sheet: int, row: int, column: int, rows: int = 1, columns: int = 1) -> dict[str, int]:
    """A GridRange from a 0-based corner and a size."""
    return {
        "sheetId": sheet,
        "startRowIndex": row,
        "endRowIndex": row + rows,
        "startColumnIndex": column,
        "endColumnIndex": column + columns,
    }


def cell_value(value: Writable) -> dict[str, Any]:
    """An ExtendedValue; text stays text whatever it begins with, None empties the cell."""
    match value:
        case None | "":
            return {}
        case bool():
            return {"boolValue": value}
        case int() | float():
            return {"numberValue": value}
        case Link(label, url):
            return {"formulaValue": f'=HYPERLINK("{_quoted(url)}","{_quoted(label)}")'}
        case str():
            return {"stringValue": value}


def set_cells(sheet: int, row: int, column: int, rows: Sequence[Sequence[Writable]]) -> Request:
    """Write values only (formats stay) from a corner on."""
    data = [{"values": [{"userEnteredValue": cell_value(value)} for value in cells]} for cells in rows]
    return {
        "updateCells": {
            "start": {"sheetId": sheet, "rowIndex": row, "columnIndex": column},
            "rows": data,
            "fields": "userEnteredValue",
        }
    }


def set_note(sheet: int, row: int, column: int, note: str) -> Request:
    """Write a cell's note; '' removes it."""
    return {
        "updateCells": {
            "start": {"sheetId": sheet, "rowIndex": row, "columnIndex": column},
            "rows": [{"values": [{"note": note} if note else {}]}],
            "fields": "note",
        }
    }


def insert_rows(sheet: int, at: int, count: int, *, like_above: bool) -> Request:
    """Insert empty rows before the 0-based row `at`, formatted as the row above or below."""
    span = {"sheetId": sheet, "dimension": "ROWS", "startIndex": at, "endIndex": at + count}
    return {"insertDimension": {"range": span, "inheritFromBefore": like_above}}


def delete_row(sheet: int, at: int) -> Request:
    """Delete one row."""
    return {"deleteDimension": {"range": {"sheetId": sheet, "dimension": "ROWS", "startIndex": at, "endIndex": at + 1}}}


def append_rows(sheet: int, count: int) -> Request:
    """Add empty rows at the tab's end."""
    return {"appendDimension": {"sheetId": sheet, "dimension": "ROWS", "length": count}}


def mark_row(sheet: int, row: int, mark: int, key: str) -> Request:
    """Put developer metadata with an id of our choosing on a row; a second one with that id is refused."""
    location = {"dimensionRange": {"sheetId": sheet, "dimension": "ROWS", "startIndex": row, "endIndex": row + 1}}
    metadata = {"metadataId": mark, "metadataKey": key, "location": location, "visibility": "DOCUMENT"}
    return {"createDeveloperMetadata": {"developerMetadata": metadata}}


def mark_write(number: int, last: int | None) -> Request:
    """Put the write's number in the spreadsheet, in the same batch: whether a write stands can then be looked up."""
    if last is None:
        metadata = {
            "metadataId": WRITE_MARK,
            "metadataKey": "sheets-sync.write",
            "metadataValue": str(number),
            "location": {"spreadsheet": True},
            "visibility": "DOCUMENT",
        }
        return {"createDeveloperMetadata": {"developerMetadata": metadata}}
    return {
        "updateDeveloperMetadata": {
            "dataFilters": [{"developerMetadataLookup": {"metadataId": WRITE_MARK}}],
            "developerMetadata": {"metadataValue": str(number)},
            "fields": "metadataValue",
        }
    }


def column_letters(column: int) -> str:
    """A 0-based column as Sheets names it: 0 → A, 26 → AA."""
    letters = ""
    while column >= 0:
        letters = chr(ord("A") + column % 26) + letters
        column = column // 26 - 1
    return letters


def a1(row: int, column: int) -> str:
    """A 0-based cell as Sheets names it: (6, 1) → B7."""
    return f"{column_letters(column)}{row + 1}"


def address(place: Place, row: int | None = None, column: int = 0, base_url: str = "") -> str:
    """The web address of a tab, or of a cell in it; on the embedded Google its own host."""
    host = base_url or "https://docs.google.com"
    cell = "" if row is None else f"&range={a1(row, column)}"
    return f"{host}/spreadsheets/d/{place.spreadsheet}/edit#gid={place.sheet}{cell}"


def boxes(cells: Iterable[tuple[int, int]]) -> list[tuple[int, int, int]]:
    """Cells as the fewest vertical runs: (column, first row, row count), in order."""
    runs: list[tuple[int, int, int]] = []
    for column, row in sorted((column, row) for row, column in set(cells)):
        if runs and runs[-1][0] == column and runs[-1][1] + runs[-1][2] == row:
            runs[-1] = (column, runs[-1][1], runs[-1][2] + 1)
        else:
            runs.append((column, row, 1))
    return runs


def _quoted(text: str) -> str:
    return text.replace('"', '""')
