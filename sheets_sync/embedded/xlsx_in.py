"""An .xlsx file as a spreadsheet: tabs, values, formulas, notes, formats, widths, merges, dropdowns."""

import io
import zipfile
from datetime import date, datetime, time, timedelta
from typing import Any

import openpyxl
from openpyxl.cell.cell import Cell
from openpyxl.utils import range_boundaries
from openpyxl.worksheet.worksheet import Worksheet

from sheets_sync.embedded import defaults
from sheets_sync.embedded.a1 import column_index
from sheets_sync.embedded.cells import tidy
from sheets_sync.embedded.dates import serial_of
from sheets_sync.embedded.errors import JSON, GoogleError
from sheets_sync.embedded.model import Entered, Formula, Sheet, Spreadsheet
from sheets_sync.embedded.xlsx_formats import format_of

MOST_UNPACKED = 150 * 2**20
MOST_CELLS = 2_000_000


def refused(why: str) -> GoogleError:
    """The 400 for a file that cannot or must not be read."""
    return GoogleError(400, f"Bad Request: the file cannot be imported: {why}", reason="badRequest")


def check_safe(data: bytes) -> None:
    """Refuse what is no .xlsx, unpacks to too much, or declares XML entities."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            infos = archive.infolist()
            if sum(info.file_size for info in infos) > MOST_UNPACKED:
                raise refused("it unpacks to too much")
            for info in infos:
                _check_member(archive, info)
    except (zipfile.BadZipFile, NotImplementedError, EOFError, RuntimeError) as error:
        raise refused(f"it is not an .xlsx file ({error})") from None


def _check_member(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> None:
    with archive.open(info) as member:
        text = member.read(MOST_UNPACKED)
        if member.read(1):
            raise refused("it unpacks to more than it declares")
    if info.filename.endswith((".xml", ".rels", ".vml")):
        wide = text[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\x00" in text[:4]
        if wide or b"<!DOCTYPE" in text or b"<!ENTITY" in text:
            raise refused("its XML declares entities")


def read(data: bytes, file_id: str, title: str, locale: str = "he_IL") -> Spreadsheet:
    """The spreadsheet of an .xlsx file. Raises a 400 for a file that cannot or must not be read."""
    check_safe(data)
    try:
        workbook = openpyxl.load_workbook(io.BytesIO(data))
    except (KeyError, ValueError, TypeError, AttributeError, SyntaxError, OSError) as error:
        raise refused(str(error) or type(error).__name__) from None
    book = defaults.new_spreadsheet(file_id, title, {"locale": locale, "timeZone": "Asia/Jerusalem"})
    book.sheets = [_sheet(each, index) for index, each in enumerate(workbook.worksheets)]
    if not book.sheets:
        raise refused("it has no sheets")
    return book


def _sheet(source: Worksheet, index: int) -> Sheet:
    cells = source._cells  # iter_rows would make a cell for every blank one
    if len(cells) > MOST_CELLS:
        raise refused("it has too many cells")
    filled = [cell for cell in cells.values() if cell.value is not None or cell.has_style]
    grid: JSON = {
        "rowCount": max([1000, *(cell.row or 1 for cell in filled)]),
        "columnCount": max([26, *(cell.column or 1 for cell in filled)]),
    }
    grid |= _frozen(source)
    properties: JSON = {"gridProperties": grid}
    if source.sheet_view.rightToLeft:
        properties["rightToLeft"] = True
    if source.sheet_state != "visible":
        properties["hidden"] = True
    sheet = defaults.new_sheet(index, source.title, index, properties)
    for cell in sorted(cells.values(), key=lambda each: (each.row, each.column)):
        _take(sheet, cell)
    _take_layout(sheet, source)
    _take_validation(sheet, source)
    return sheet


def _frozen(source: Worksheet) -> JSON:
    pane = str(source.freeze_panes or "A1")
    letters = pane.rstrip("0123456789")
    rows, columns = int(pane[len(letters) :]) - 1, column_index(letters)
    found = {"frozenRowCount": rows, "frozenColumnCount": columns}
    return {name: count for name, count in found.items() if count}


def _take(sheet: Sheet, cell: Any) -> None:
    if not isinstance(cell, Cell):  # the hidden part of a merge
        return
    value = _value(cell)
    extra: JSON = {}
    form = format_of(cell)
    if form:
        extra["userEnteredFormat"] = form
    if cell.comment is not None:
        extra["note"] = str(cell.comment.text)
    if value is None and not extra:
        return
    row = sheet.edit(cell.row - 1)
    row.put(cell.column - 1, value)
    row.put_extra(cell.column - 1, extra)


def _value(cell: Cell) -> Entered:
    value: Any = cell.value
    if cell.data_type == "f":
        text = getattr(value, "text", value)  # an array formula holds its text
        return Formula(str(text) if str(text).startswith("=") else f"={text}")
    if isinstance(value, datetime | date):
        return serial_of(value)
    if isinstance(value, time):
        return (value.hour * 3600 + value.minute * 60 + value.second) / 86400
    if isinstance(value, timedelta):
        return value.total_seconds() / 86400
    if value is None or isinstance(value, bool | int | float | str):
        return tidy(value)
    return str(value)


def _take_layout(sheet: Sheet, source: Worksheet) -> None:
    for name, found in source.column_dimensions.items():
        last = found.max or found.min or 0
        for column in range((found.min or column_index(name) + 1) - 1, min(last, sheet.width)):
            props = sheet.column(column)
            if found.customWidth or found.width != 13:
                props["pixelSize"] = round(found.width * 7 + 5)
            if found.hidden:
                props["hiddenByUser"] = True
    for number, row in source.row_dimensions.items():
        props = {"pixelSize": round(row.height * 4 / 3)} if row.height else {}
        if row.hidden:
            props["hiddenByUser"] = True
        if props and number <= sheet.height:
            sheet.edit(number - 1).props = props
    for merge in source.merged_cells.ranges:
        found_merge = {
            "sheetId": sheet.id, "startRowIndex": merge.min_row - 1, "endRowIndex": merge.max_row,
            "startColumnIndex": merge.min_col - 1, "endColumnIndex": merge.max_col,
        }  # fmt: skip
        sheet.items("merges").append(found_merge)


def _take_validation(sheet: Sheet, source: Worksheet) -> None:
    for found in source.data_validations.dataValidation:
        if found.type != "list" or not found.formula1:
            continue
        rule = _list_rule(str(found.formula1), bool(found.showErrorMessage))
        for area in str(found.sqref).split():
            left, top, right, bottom = range_boundaries(area)
            for row in range((top or 1) - 1, min(bottom or sheet.height, sheet.height, (top or 1) + 5000)):
                target = sheet.edit(row)
                for column in range((left or 1) - 1, min(right or sheet.width, sheet.width)):
                    target.put_extra(column, {**target.extra(column), "dataValidation": rule})


def _list_rule(formula: str, strict: bool) -> JSON:
    if formula.startswith('"'):
        values = [{"userEnteredValue": part.strip()} for part in formula.strip('"').split(",")]
        condition = {"type": "ONE_OF_LIST", "values": values}
    else:
        condition = {"type": "ONE_OF_RANGE", "values": [{"userEnteredValue": "=" + formula.lstrip("=")}]}
    return {"condition": condition, "showCustomUi": True, **({"strict": True} if strict else {})}
