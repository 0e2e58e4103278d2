"""From the invented community to batchUpdate requests that make its spreadsheets as people would have."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from sheets_sync.demo.community import Community
from sheets_sync.demo.draft import SPECS
from sheets_sync.demo.layout import Sheet
from sheets_sync.demo.parts import Entry, Formula
from sheets_sync.furnishing.furnish import ROWS, Existing, furnish
from sheets_sync.writing.edits import Request, cell_value

FRESH = (Existing("גיליון1", 0, is_empty=True),)
"""What a new spreadsheet holds."""


def fill(
    community: Community, existing: Mapping[str, Sequence[Existing]] | None = None, *, rows: int = ROWS
) -> dict[str, list[Request]]:
    """The requests for each workbook's spreadsheet, to be sent as one batch each; `existing` are the tabs there."""
    tabs = existing or {}
    return {name: _workbook(sheets, tabs.get(name, FRESH), rows) for name, sheets in community.workbooks.items()}


def _workbook(sheets: Sequence[Sheet], existing: Sequence[Existing], rows: int) -> list[Request]:
    specs = [replace(SPECS[sheet.table], hebrew=sheet.title) for sheet in sheets if sheet.table]
    requests = furnish(specs, existing, rows=rows)
    for sheet in sheets:
        requests += _tab(sheet)
    return requests


def _tab(sheet: Sheet) -> Iterator[Request]:
    if not sheet.table:
        yield {"addSheet": {"properties": {"sheetId": sheet.sheet, "title": sheet.title, "rightToLeft": True}}}
    if sheet.header_row:
        yield from _titles(sheet.sheet, sheet.header_row)
    start = {"sheetId": sheet.sheet, "rowIndex": 0, "columnIndex": 0}
    rows = [{"values": [{"userEnteredValue": entered(entry)} for entry in row]} for row in sheet.rows]
    yield {"updateCells": {"start": start, "rows": rows, "fields": "userEnteredValue"}}
    yield from sheet.touches


def _titles(sheet: int, rows: int) -> Iterator[Request]:
    """Rows above the headers, which stay frozen with them."""
    span = {"sheetId": sheet, "dimension": "ROWS", "startIndex": 0, "endIndex": rows}
    yield {"insertDimension": {"range": span, "inheritFromBefore": False}}
    area = {"sheetId": sheet, "startRowIndex": 0, "endRowIndex": rows}
    yield {"repeatCell": {"range": area, "cell": {}, "fields": "userEnteredFormat,note"}}
    frozen = {"sheetId": sheet, "gridProperties": {"frozenRowCount": rows + 1}}
    yield {"updateSheetProperties": {"properties": frozen, "fields": "gridProperties.frozenRowCount"}}


def entered(entry: Entry) -> dict[str, Any]:
    """An ExtendedValue of what a person entered."""
    return {"formulaValue": entry.text} if isinstance(entry, Formula) else cell_value(entry)
