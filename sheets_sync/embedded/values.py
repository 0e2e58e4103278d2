"""Values of ranges: read under the render options, written, appended, cleared."""

from collections.abc import Callable, Iterable
from datetime import date
from itertools import zip_longest
from types import NoneType
from typing import Any, Final

from sheets_sync.collector import collector_paused
from sheets_sync.embedded import a1, formats
from sheets_sync.embedded.cells import number_format, tidy, type_in
from sheets_sync.embedded.errors import JSON, invalid
from sheets_sync.embedded.model import ErrorValue, Formula, Sheet
from sheets_sync.embedded.ranges import Area, show

Grid = list[list[Any]]
PLAIN_DIGITS: Final = 10**15  # beyond, numbers are shown with an exponent


def read(area: Area, options: JSON, locale: str) -> JSON:
    """The ValueRange of an area: trailing empty cells trimmed, no `values` where there are none."""
    render = options.get("valueRenderOption") or "FORMATTED_VALUE"
    dates_as_text = options.get("dateTimeRenderOption") == "FORMATTED_STRING"
    columns = options.get("majorDimension") == "COLUMNS"
    with collector_paused():
        rows = _rendered(area, render, dates_as_text, locale)
        grid = trimmed(turned(rows) if columns else rows)
    found: JSON = {"range": area.show(), "majorDimension": "COLUMNS" if columns else "ROWS"}
    if grid:
        found["values"] = grid
    return found


def turned(rows: Grid) -> Iterable[list[Any]]:
    """Rows as columns."""
    widths = set(map(len, rows))
    if len(widths) == 1:
        return ([row[column] for row in rows] for column in range(widths.pop()))
    return map(list, zip_longest(*rows, fillvalue=None))


def trimmed(lines: Iterable[list[Any]]) -> Grid:
    """Without the empty cells and lines at the end; empty cells inside as ''."""
    grid: Grid = []
    for line in lines:
        if None in line:
            end = len(line)
            while end and line[end - 1] is None:
                end -= 1
            line = ["" if value is None else value for value in line[:end]]
        grid.append(line)
    while grid and not grid[-1]:
        grid.pop()
    return grid


def _rendered(area: Area, render: str, dates_as_text: bool, locale: str) -> Grid:
    sheet = area.sheet
    bottom = min(area.bottom, sheet.filled_height())
    left, right = area.left, area.right
    if render == "FORMATTED_VALUE":
        return _formatted_rows(area, bottom, locale)
    if render == "FORMULA":
        rows = [_formulas(sheet, row)[left:right] for row in range(area.top, bottom)]
    elif not sheet.computed:
        rows = [row.values[left:right] for row in sheet.rows[area.top : bottom]]
    else:
        rows = [sheet.shown(row)[left:right] for row in range(area.top, bottom)]
        rows = [[v.shown if type(v) is ErrorValue else v for v in row] for row in rows]
    if dates_as_text:
        _dates_to_text(sheet, rows, area, locale)
    return rows


def _formulas(sheet: Sheet, index: int) -> list[Any]:
    row = sheet.row(index)
    values = [v.text if type(v) is Formula else v for v in row.values] if row else []
    for column, value in sheet.computed.get(index, {}).items():
        if column >= len(values):
            values.extend([None] * (column + 1 - len(values)))
        if values[column] is None:  # spilled from a formula elsewhere
            values[column] = value.shown if isinstance(value, ErrorValue) else value
    return values


def _dates_to_text(sheet: Sheet, rows: Grid, area: Area, locale: str) -> None:
    for index, row in enumerate(rows, area.top):
        for offset, value in enumerate(row):
            if type(value) in (int, float):
                form = number_format(sheet, index, area.left + offset)
                if formats.is_date(form):
                    row[offset] = formats.show(value, form, locale)


def _formatted_rows(area: Area, bottom: int, locale: str) -> Grid:
    sheet, left, right = area.sheet, area.left, area.right
    rows = sheet.rows[area.top : bottom]
    if not sheet.computed and not any(row.extras for row in rows):
        return _plain_texts([row.values[left:right] for row in rows])
    return [_formatted(sheet, index, left, right, locale) for index in range(area.top, bottom)]


def _plain_texts(rows: Grid) -> Grid:
    """Values in the automatic format, made column by column: a column is mostly of one type."""
    if len(set(map(len, rows))) != 1 or not rows[0]:
        return [_texts(row) for row in rows]
    columns = map(_texts, turned(rows))
    return list(map(list, zip(*columns, strict=True)))


def _texts(values: list[Any]) -> list[Any]:
    kinds = set(map(type, values))
    if kinds <= {str, NoneType}:
        return values
    if kinds == {int} and max(values) < PLAIN_DIGITS and min(values) > -PLAIN_DIGITS:
        return list(map(str, values))
    if bool in kinds and len(kinds) > 1:  # to a dict True is 1
        return [value if value is None else formats.show(value, None, "") for value in values]
    texts = {value: None if value is None else formats.show(value, None, "") for value in set(values)}
    return list(map(texts.__getitem__, values))


def _formatted(sheet: Sheet, index: int, left: int, right: int, locale: str) -> list[Any]:
    values = sheet.shown(index)[left:right]
    for offset, value in enumerate(values):
        if value is not None and type(value) is not str:
            values[offset] = formats.show(value, number_format(sheet, index, left + offset), locale)
    return values


Writer = Callable[[Sheet, int, int, Any], None]


def writer(option: str, locale: str, today: date) -> Writer:
    """How a value is entered: as it is (RAW), or as a person types it (USER_ENTERED)."""
    if option not in ("RAW", "USER_ENTERED"):
        raise invalid("'valueInputOption' is required but not specified")

    def raw(sheet: Sheet, row: int, column: int, value: Any) -> None:
        sheet.edit(row).put(column, tidy(value))

    def typed(sheet: Sheet, row: int, column: int, value: Any) -> None:
        if isinstance(value, str):
            type_in(sheet, row, column, value, locale, today)
        else:
            raw(sheet, row, column, value)

    return typed if option == "USER_ENTERED" else raw


def write(area: Area, found: JSON, enter: Writer) -> JSON:
    """Write a ValueRange into an area; answers the counts of an UpdateValuesResponse without the id.

    `null` leaves a cell alone and does not count; an empty text empties it and counts.
    """
    grid: Grid = found.get("values", [])
    if found.get("majorDimension") == "COLUMNS":
        grid = [list(row) for row in zip_longest(*grid, fillvalue=None)]
    width = max(map(len, grid), default=0)
    _check_fits(area, len(grid), width)
    rows, columns, cells = set(), set(), 0
    for down, line in enumerate(grid):
        for right, value in enumerate(line):
            if value is None:
                continue
            if isinstance(value, dict | list):
                kind = "struct_value" if isinstance(value, dict) else "list_value"
                raise invalid(f"Invalid values[{down}][{right}]: {kind}")
            enter(area.sheet, area.top + down, area.left + right, value)
            cells += 1
            rows.add(down)
            columns.add(right)
    return _counts(area, len(grid), width, rows, columns, cells)


def _counts(area: Area, height: int, width: int, rows: set[int], columns: set[int], cells: int) -> JSON:
    bottom = area.top + height if height else area.bottom
    right = area.left + width if width else area.right
    counts: JSON = {"updatedRange": show(area.sheet, area.top, bottom, area.left, right)}
    if cells:
        counts |= {"updatedRows": len(rows), "updatedColumns": len(columns), "updatedCells": cells}
    return counts


def _check_fits(area: Area, height: int, width: int) -> None:
    bottom = area.sheet.height if area.open_end else area.bottom
    right = area.sheet.width if area.open_end else area.right
    where = f"Requested writing within range [{area.show()}], but tried writing to"
    if area.top + height > bottom:
        raise invalid(f"{where} row [{bottom + 1}]")
    if area.left + width > right:
        raise invalid(f"{where} column [{a1.column_name(right)}]")


def clear(area: Area) -> None:
    """Empty the cells' values; formats, notes and validation stay."""
    sheet = area.sheet
    for index in range(area.top, min(area.bottom, len(sheet.rows))):
        row = sheet.rows[index]
        if len(row.values) > area.left:
            target = sheet.edit(index)
            for column in range(area.left, min(area.right, len(target.values))):
                if column < len(target.values):
                    target.put(column, None)


def table(area: Area) -> Area | None:
    """The table that an append to the area finds: the block of filled cells that meets the last filled row in it.

    Google looks for the last table inside the range; blank rows and empty columns bound it.
    """
    sheet = area.sheet
    for row in range(min(area.bottom, sheet.filled_height()) - 1, area.top - 1, -1):
        filled = _filled(sheet, row, area.left, area.right)
        if filled:
            return _grown(Area(sheet, row, row + 1, filled[-1], filled[-1] + 1))
    return None


def _filled(sheet: Sheet, row: int, left: int, right: int) -> list[int]:
    values = sheet.shown(row)
    return [c for c in range(max(left, 0), min(right, len(values))) if values[c] is not None]


def _has(sheet: Sheet, row: int, left: int, right: int) -> bool:
    """Whether a cell of the row is filled between two columns."""
    part = sheet.shown(row)[max(left, 0) : right]
    return part.count(None) != len(part)


def _grown(area: Area) -> Area:
    """The area grown until its border is blank, corners included."""
    sheet, top, bottom, left, right = area.sheet, area.top, area.bottom, area.left, area.right
    while True:
        before = (left, right)
        while top > 0 and _has(sheet, top - 1, left - 1, right + 1):
            top -= 1
        while bottom < sheet.height and _has(sheet, bottom, left - 1, right + 1):
            bottom += 1
        border = range(max(top - 1, 0), bottom + 1)
        if left > 0 and any(_has(sheet, row, left - 1, left) for row in border):
            left -= 1
        if right < sheet.width and any(_has(sheet, row, right, right + 1) for row in border):
            right += 1
        if before == (left, right):
            return Area(sheet, top, bottom, left, right)
