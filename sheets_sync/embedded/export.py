"""Spreadsheets as files: .xlsx, .csv and .tsv."""

import csv
import io
import re
from collections.abc import Iterable
from typing import Any

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell
from openpyxl.comments import Comment
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from sheets_sync.embedded import values
from sheets_sync.embedded.a1 import Span, show
from sheets_sync.embedded.model import EMPTY, Entered, Formula, Sheet, Spreadsheet
from sheets_sync.embedded.ranges import Area
from sheets_sync.embedded.xlsx_formats import style

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv"
TSV = "text/tab-separated-values"
BREAKS = re.compile(r"\r\n|[\t\r\n]")


def to_file(book: Spreadsheet, kind: str, sheet: Sheet | None = None) -> bytes:
    """The spreadsheet as a file of that MIME type; of text, the sheet (the first unless one is given)."""
    if kind == XLSX:
        return to_xlsx(book)
    grid = _shown(book, sheet or book.sheets[0])
    return _csv(grid) if kind == CSV else _tsv(grid)


def _shown(book: Spreadsheet, sheet: Sheet) -> list[list[str]]:
    """The sheet's cells as they are shown, all rows of one length."""
    area = Area(sheet, 0, sheet.height, 0, sheet.width)
    grid = values.read(area, {}, str(book.properties.get("locale"))).get("values", [])
    width = max(map(len, grid), default=0)
    return [row + [""] * (width - len(row)) for row in grid]


def _csv(grid: list[list[str]]) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text).writerows(grid)
    return text.getvalue().encode()


def _tsv(grid: list[list[str]]) -> bytes:
    """Nothing is quoted: a tab or a line's end within a cell becomes a space."""
    return "\r\n".join("\t".join(BREAKS.sub(" ", text) for text in row) for row in grid).encode()


def to_xlsx(book: Spreadsheet) -> bytes:
    """All sheets: values, formulas, notes, formats, sizes, merges, dropdowns."""
    workbook = Workbook()
    for made in list(workbook.worksheets):
        workbook.remove(made)
    for sheet in book.sheets:
        _write(workbook.create_sheet(sheet.title[:31]), sheet)
    data = io.BytesIO()
    workbook.save(data)
    return data.getvalue()


def _write(target: Worksheet, sheet: Sheet) -> None:
    target.sheet_view.rightToLeft = bool(sheet.properties.get("rightToLeft"))
    target.sheet_state = "hidden" if sheet.properties.get("hidden") else "visible"
    grid = sheet.properties["gridProperties"]
    frozen = grid.get("frozenRowCount", 0), grid.get("frozenColumnCount", 0)
    if any(frozen):
        target.freeze_panes = f"{get_column_letter(frozen[1] + 1)}{frozen[0] + 1}"
    lists: dict[str, tuple[Any, list[str]]] = {}
    for index, row in enumerate(sheet.rows, 1):
        for column in sorted({*range(len(row.values)), *row.extras}):
            cell = target.cell(index, column + 1)
            assert isinstance(cell, Cell)
            _write_cell(cell, row.get(column), row.extra(column))
            _gather(lists, row.extra(column).get("dataValidation"), cell.coordinate)
        if row.props.get("pixelSize"):
            target.row_dimensions[index].height = row.props["pixelSize"] * 0.75
    for column, props in enumerate(sheet.columns, 1):
        if props.get("pixelSize"):
            target.column_dimensions[get_column_letter(column)].width = (props["pixelSize"] - 5) / 7
    for merge in sheet.items("merges"):
        sides = ("startRowIndex", "endRowIndex", "startColumnIndex", "endColumnIndex")
        target.merge_cells(show(Span(*(merge[side] for side in sides))))
    _write_lists(target, lists.values())


def _write_cell(cell: Cell, value: Entered, extra: dict[str, Any]) -> None:
    if isinstance(value, Formula):
        cell.value = value.text
    elif isinstance(value, str):
        cell.value = ILLEGAL_CHARACTERS_RE.sub("", value)
        cell.data_type = "s"  # a text that begins with = stays a text
    elif value is not None:
        cell.value = value
    if extra is EMPTY:
        return
    style(cell, extra.get("userEnteredFormat", {}))
    if extra.get("note"):
        cell.comment = Comment(ILLEGAL_CHARACTERS_RE.sub("", extra["note"]), "")


def _gather(lists: dict[str, tuple[Any, list[str]]], rule: dict[str, Any] | None, where: str) -> None:
    condition = (rule or {}).get("condition", {})
    if condition.get("type") not in ("ONE_OF_LIST", "ONE_OF_RANGE"):
        return
    found = [value.get("userEnteredValue", "") for value in condition.get("values", [])]
    formula = found[0] if condition["type"] == "ONE_OF_RANGE" else '"' + ",".join(found) + '"'
    if len(formula) <= 255:  # Excel's limit
        lists.setdefault(formula, (rule, []))[1].append(where)


def _write_lists(target: Worksheet, lists: Iterable[tuple[Any, list[str]]]) -> None:
    for rule, places in lists:
        condition = rule["condition"]
        found = [value.get("userEnteredValue", "") for value in condition["values"]]
        formula = found[0] if condition["type"] == "ONE_OF_RANGE" else '"' + ",".join(found) + '"'
        validation = DataValidation(type="list", formula1=formula, allow_blank=True)
        validation.showErrorMessage = bool(rule.get("strict"))
        for place in places:
            validation.add(place)
        target.add_data_validation(validation)
