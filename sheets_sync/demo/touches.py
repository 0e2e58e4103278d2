"""What people did to their tabs beside entering cells: notes, colours, rules, filters, merges, hidden columns."""

from collections.abc import Sequence

from sheets_sync.demo.layout import Standing
from sheets_sync.writing.edits import Request, grid_range, set_note

YELLOW = {"red": 1, "green": 0.95, "blue": 0.6}
GREEN = {"red": 0.85, "green": 0.94, "blue": 0.83}


def in_budget(there: Standing) -> Sequence[Request]:
    """Notes on two plans, a bold total, a hidden column."""
    column, last = there.at["planned"], there.height - 1
    bold = {"userEnteredFormat": {"textFormat": {"bold": True}}}
    total = grid_range(there.sheet, last, 0, columns=there.width)
    return (
        set_note(there.sheet, there.header_row + 1, column, "כולל את עדלאידע. לדבר עם המזכירות לפני שינוי."),
        set_note(there.sheet, there.header_row + 10, column, "הוגדל באישור הוועד."),
        {"repeatCell": {"range": total, "cell": bold, "fields": "userEnteredFormat.textFormat.bold"}},
        _hide(there, "code"),
    )


def in_expenses(there: Standing) -> Sequence[Request]:
    """A merged title, and a colour on some rows."""
    title = grid_range(there.sheet, 0, 0, columns=8)
    large = {"userEnteredFormat": {"textFormat": {"bold": True, "fontSize": 14}, "horizontalAlignment": "CENTER"}}
    fields = "userEnteredFormat(textFormat,horizontalAlignment)"
    return (
        {"mergeCells": {"range": title, "mergeType": "MERGE_ALL"}},
        {"repeatCell": {"range": title, "cell": large, "fields": fields}},
        _colour(there, there.header_row + 5, 3, GREEN),
    )


def in_classes(there: Standing) -> Sequence[Request]:
    """Classes that did not open struck through, a note on an instructor, a hidden column."""
    condition = {"type": "TEXT_EQ", "values": [{"userEnteredValue": "לא נפתח"}]}
    rule = {
        "ranges": [grid_range(there.sheet, there.header_row + 1, there.at["status"], there.height)],
        "booleanRule": {"condition": condition, "format": {"textFormat": {"strikethrough": True}}},
    }
    return (
        {"addConditionalFormatRule": {"rule": rule, "index": 0}},
        set_note(there.sheet, there.header_row + 1, there.at["instructor"], "מעדיפה שיעורים עד 18:00"),
        _hide(there, "form"),
    )


def in_registrations(there: Standing) -> Sequence[Request]:
    """A filter over the table, rows that someone marked, and notes of talks."""
    filtered = grid_range(there.sheet, there.header_row, 0, there.height - there.header_row, there.width)
    return (
        {"setBasicFilter": {"filter": {"range": filtered}}},
        _colour(there, there.header_row + 3, 1, YELLOW),
        _colour(there, there.header_row + 17, 2, YELLOW),
        set_note(there.sheet, there.header_row + 3, there.at["payment"], "ישלמו אחרי החגים"),
        set_note(there.sheet, there.header_row + 1, there.at["phone"], "להתקשר רק בערב"),
    )


def in_families(there: Standing) -> Sequence[Request]:
    """A note of the coordinator's."""
    return (set_note(there.sheet, there.header_row + 9, there.at["family"], "שכנים של משפחה מההרחבה, הציעו עזרה"),)


def _hide(there: Standing, name: str) -> Request:
    at = there.at[name]
    span = {"sheetId": there.sheet, "dimension": "COLUMNS", "startIndex": at, "endIndex": at + 1}
    hidden = {"range": span, "properties": {"hiddenByUser": True}, "fields": "hiddenByUser"}
    return {"updateDimensionProperties": hidden}


def _colour(there: Standing, row: int, rows: int, colour: dict[str, float]) -> Request:
    area = grid_range(there.sheet, row, 0, rows, 6)
    cell = {"userEnteredFormat": {"backgroundColor": colour}}
    return {"repeatCell": {"range": area, "cell": cell, "fields": "userEnteredFormat.backgroundColor"}}
