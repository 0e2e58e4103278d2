"""The tab `summary` (תמונת מצב): what stands where, on one page, written only when something in it changed."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from rules.table import Cell
from sheets_sync.reading.read import Tab
from sheets_sync.tabs.service_tabs import same
from sheets_sync.writing.edits import Request, Writable, cell_value, grid_range

WIDTH = 8
"""How many columns the summary uses; what a person puts right of them stays."""

INK = {"red": 0.13, "green": 0.2, "blue": 0.26}
STYLES: Mapping[str, Mapping[str, Any]] = {
    "title": {"textFormat": {"bold": True, "fontSize": 16, "foregroundColor": INK}},
    "section": {
        "textFormat": {"bold": True, "fontSize": 12, "foregroundColor": {"red": 1, "green": 1, "blue": 1}},
        "backgroundColor": {"red": 0.16, "green": 0.42, "blue": 0.44},
    },
    "header": {
        "textFormat": {"bold": True, "foregroundColor": INK},
        "backgroundColor": {"red": 0.88, "green": 0.94, "blue": 0.93},
    },
    "row": {"wrapStrategy": "WRAP", "verticalAlignment": "TOP"},
    "blank": {},
}
FORMATS = {
    "money": {"type": "NUMBER", "pattern": "#,##0 [$₪-40D]"},
    "percent": {"type": "PERCENT", "pattern": "0%"},
    "date": {"type": "DATE", "pattern": "dd/mm/yyyy"},
    "text": None,
}


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the page: its style, its cells, and the number format of each cell (`text` for none)."""

    style: str
    cells: tuple[Writable, ...]
    formats: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Block:
    """A section: its heading, the names of its columns, each column's format, and the rows."""

    heading: str
    headers: tuple[str, ...]
    formats: tuple[str, ...]
    rows: Sequence[tuple[Writable, ...]]
    empty: str = ""


def page(title: str, blocks: Sequence[Block]) -> list[Line]:
    """Lay blocks out one under the other."""
    lines = [Line("title", (title,))]
    for block in blocks:
        lines += [Line("blank", ()), Line("section", (block.heading,))]
        if block.rows:
            lines.append(Line("header", block.headers))
            lines += [Line("row", row, block.formats) for row in block.rows]
        elif block.empty:
            lines.append(Line("row", (block.empty,)))
    return lines


def new_page(sheet: int, title: str, height: int, *, right_to_left: bool) -> Iterator[Request]:
    """Requests that make the tab: wide enough to read, its title whole over all our columns and always in sight."""
    grid = {"rowCount": max(height, 100), "columnCount": WIDTH + 4, "frozenRowCount": 1}
    yield {
        "addSheet": {
            "properties": {
                "sheetId": sheet,
                "title": title,
                "index": 0,
                "rightToLeft": right_to_left,
                "gridProperties": {**grid, "hideGridlines": True},
            }
        }
    }
    yield {"mergeCells": {"range": grid_range(sheet, 0, 0, 1, WIDTH), "mergeType": "MERGE_ALL"}}
    for start, end, pixels in ((0, 2, 210), (2, WIDTH, 115)):
        span = {"sheetId": sheet, "dimension": "COLUMNS", "startIndex": start, "endIndex": end}
        yield {"updateDimensionProperties": {"range": span, "properties": {"pixelSize": pixels}, "fields": "pixelSize"}}


def page_requests(sheet: int, tab: Tab | None, lines: Sequence[Line], direction: str) -> Iterator[Request]:
    """Requests that make the tab show these lines; none when it does. `tab` is None while it is being made."""
    if tab is not None and _shows(tab, lines):
        return
    height = max(len(lines), tab.grid.height if tab else 0)
    if tab is not None and height > tab.row_count:
        yield {"appendDimension": {"sheetId": sheet, "dimension": "ROWS", "length": height - tab.row_count}}
    blank = Line("blank", ())
    rows = [_row(line, direction) for line in [*lines, *[blank] * (height - len(lines))]]
    area = grid_range(sheet, 0, 0, height, WIDTH)
    yield {"updateCells": {"range": area, "rows": rows, "fields": "userEnteredValue,userEnteredFormat"}}


def _shows(tab: Tab, lines: Sequence[Line]) -> bool:
    """Whether our columns of the tab read as the lines do, and nothing of ours stands below them."""
    height = max((len(column) for column in tab.grid.columns[:WIDTH]), default=0)
    blank = Line("blank", ())
    padded = [*lines, *[blank] * (height - len(lines))]
    return all(
        same(tab.grid.cell(row, column), _at(line, column))
        for row, line in enumerate(padded)
        for column in range(WIDTH)
    )


def _at(line: Line, column: int) -> Writable:
    return line.cells[column] if column < len(line.cells) else None


def _row(line: Line, direction: str) -> dict[str, Any]:
    return {"values": [_cell(line, column, direction) for column in range(WIDTH)]}


def _cell(line: Line, column: int, direction: str) -> dict[str, Any]:
    style: dict[str, Any] = {**STYLES[line.style], "textDirection": direction} if line.style != "blank" else {}
    number = FORMATS[line.formats[column]] if column < len(line.formats) else None
    if number:
        style = {**style, "numberFormat": number}
    return {"userEnteredValue": cell_value(_at(line, column)), "userEnteredFormat": style}


def share(part: int, whole: int) -> Cell:
    """A fraction for a percent cell, to a whole point; None where there is no whole."""
    return round(part / whole, 2) if whole else None
