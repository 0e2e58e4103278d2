"""A column that a tab of ours lacks (deleted, or newer than the tab): put after all that stands there. Pure."""

from collections.abc import Iterator, Mapping

from rules.names import fold
from rules.table import Column, TableSpec
from rules.wording import Language
from sheets_sync.furnishing.furnish import is_grey, own_mark
from sheets_sync.furnishing.header_notes import header_note
from sheets_sync.furnishing.styles import WIDTHS, cells_format, header_format
from sheets_sync.reading.read import Tab
from sheets_sync.writing.edits import Request


def lost_columns(spec: TableSpec, at: Mapping[str, int], header_row: int, tab: Tab) -> dict[str, int]:
    """A free column for each field that the tab lacks; `at` is where the others stand.

    Nothing is lost where a header names it (one of two alike stands for neither), nor where no header is left at all.
    """
    row = range(len(tab.grid.columns))
    shown = {fold(str(cell)) for one in row if (cell := tab.grid.cell(header_row, one)) not in (None, "")}
    if not any(_names(column) & shown for column in spec.columns):
        return {}
    lost = [one.field for one in spec.columns if one.field not in at and not _names(one) & shown]
    return {field: column for column, field in enumerate(lost, free_column(tab))}


def _names(column: Column) -> set[str]:
    return {fold(column.hebrew), fold(column.english)}


def free_column(tab: Tab) -> int:
    """The first 0-based column right of every value, note and column of ours."""
    noted = max((column for _, column in tab.notes), default=-1) + 1
    return max(len(tab.grid.columns), noted, max(tab.own, default=-1) + 1)


def added_column(
    spec: TableSpec, field: str, tab: Tab, header_row: int, at: int, language: Language
) -> Iterator[Request]:
    """Requests that make a column at a free place: its header, format and width, and our mark where we fill it."""
    column, sheet = spec.by_field[field], tab.place.sheet
    grey = is_grey(column, spec.columns)
    if (lacking := at + 1 - tab.column_count) > 0:
        yield {"appendDimension": {"sheetId": sheet, "dimension": "COLUMNS", "length": lacking}}
    header = {
        "userEnteredValue": {"stringValue": column.hebrew if language == "he" else column.english},
        "userEnteredFormat": header_format(grey=grey),
        "note": header_note(column, {}, language),
    }
    start = {"sheetId": sheet, "rowIndex": header_row, "columnIndex": at}
    fields = "userEnteredValue,userEnteredFormat,note"
    yield {"updateCells": {"start": start, "rows": [{"values": [header]}], "fields": fields}}
    below = {"sheetId": sheet, "startRowIndex": header_row + 1, "startColumnIndex": at, "endColumnIndex": at + 1}
    style = {"userEnteredFormat": cells_format(column, grey=grey)}
    yield {"repeatCell": {"range": below, "cell": style, "fields": "userEnteredFormat"}}
    span = {"sheetId": sheet, "dimension": "COLUMNS", "startIndex": at, "endIndex": at + 1}
    width = {"range": span, "properties": {"pixelSize": WIDTHS[column.kind]}, "fields": "pixelSize"}
    yield {"updateDimensionProperties": width}
    if column.own:
        yield own_mark(span, f"{spec.key}.{field}")
