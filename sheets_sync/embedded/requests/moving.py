"""Requests that carry cells elsewhere: copyPaste, cutPaste, insertRange, deleteRange."""

from dataclasses import dataclass
from typing import Any

from sheets_sync.embedded import ranges, refs, shifting
from sheets_sync.embedded.a1 import Span
from sheets_sync.embedded.call import Call
from sheets_sync.embedded.errors import JSON, invalid
from sheets_sync.embedded.model import EMPTY, Entered, ErrorValue, Formula, Sheet
from sheets_sync.embedded.ranges import Area
from sheets_sync.embedded.requests.cells import grow
from sheets_sync.embedded.requests.sorting import Cell, cell

# What each kind of paste takes along: the value ('entered', 'shown' or none), and fields of CellData.
FORMAT = ("userEnteredFormat", "textFormatRuns")
EVERY_FIELD = (*FORMAT, "note", "dataValidation", "pivotTable", "chipRuns")
PASTES: dict[str, tuple[str, tuple[str, ...]]] = {
    "PASTE_NORMAL": ("entered", EVERY_FIELD),
    "PASTE_NO_BORDERS": ("entered", EVERY_FIELD),
    "PASTE_VALUES": ("shown", ()),
    "PASTE_FORMULA": ("entered", ()),
    "PASTE_FORMAT": ("", FORMAT),
    "PASTE_DATA_VALIDATION": ("", ("dataValidation",)),
    "PASTE_CONDITIONAL_FORMATTING": ("", ()),
}


def copy_paste(call: Call, body: JSON) -> JSON | None:
    """`copyPaste`: the source is repeated as often as it fits into the destination."""
    source = ranges.from_grid(call.book, body.get("source", {}))
    given = ranges.from_grid(call.book, body.get("destination", {}))
    if source.bottom == source.top or source.right == source.left:
        raise invalid("The source range holds no cells.")
    turned = body.get("pasteOrientation") == "TRANSPOSE"
    grid = [[cell(source.sheet, row, column) for column in source.columns] for row in source.rows]
    shown = [[_as_value(source.sheet, row, column) for column in source.columns] for row in source.rows]
    height, width = (len(grid[0]), len(grid)) if turned else (len(grid), len(grid[0]))
    target = _target(given, height, width)
    call.guard(target)
    paste = body.get("pasteType", "PASTE_NORMAL")
    for row in target.rows:
        for column in target.columns:
            down, right = (row - target.top) % height, (column - target.left) % width
            at = (right, down) if turned else (down, right)
            move = (row - source.top - at[0], column - source.left - at[1])
            pasted = _Pasted(grid[at[0]][at[1]], shown[at[0]][at[1]], move)
            _paste(target.sheet, row, column, pasted, paste)
    if paste in ("PASTE_NORMAL", "PASTE_CONDITIONAL_FORMATTING", "PASTE_FORMAT"):
        _spread_rules(call, source, target)
    return None


def _as_value(sheet: Sheet, row: int, column: int) -> Entered:
    value = sheet.effective(row, column)
    return value.shown if isinstance(value, ErrorValue) else value


def _target(given: Area, height: int, width: int) -> Area:
    """The cells that a paste fills: whole repeats of the source, at least one."""
    tall = max(1, (given.bottom - given.top) // height) * height
    wide = max(1, (given.right - given.left) // width) * width
    grow(given.sheet, given.top + tall, given.left + wide)
    return Area(given.sheet, given.top, given.top + tall, given.left, given.left + wide)


@dataclass(frozen=True)
class _Pasted:
    """What lands in one cell: its source, how that shows, and how far it has come."""

    found: Cell
    shown: Entered
    by: tuple[int, int]


def _paste(sheet: Sheet, row: int, column: int, pasted: _Pasted, paste: str) -> None:
    kind, names = PASTES[paste]
    target = sheet.edit(row)
    value, extra = pasted.found
    if kind == "entered":
        target.put(column, Formula(refs.translate(value.text, *pasted.by)) if isinstance(value, Formula) else value)
    elif kind == "shown":
        target.put(column, pasted.shown)
    if names:
        kept = {name: field for name, field in target.extra(column).items() if name not in names}
        target.put_extra(column, {**kept, **{name: extra[name] for name in names if name in extra}})


def _spread_rules(call: Call, source: Area, target: Area) -> None:
    """A conditional format that covers the source covers what was pasted as well."""
    if source.sheet is not target.sheet:
        return
    for rule in source.sheet.items("conditionalFormats"):
        covering = [ranges.from_grid(call.book, each) for each in rule["ranges"]]
        if any(_holds(area, source) for area in covering) and not any(_holds(area, target) for area in covering):
            rule["ranges"].append(target.grid_range())


def _holds(outer: Area, inner: Area) -> bool:
    return (outer.top <= inner.top and inner.bottom <= outer.bottom) and (
        outer.left <= inner.left and inner.right <= outer.right
    )


def cut_paste(call: Call, body: JSON) -> JSON | None:
    """`cutPaste`: cells and all that points at them move."""
    source = call.area(body.get("source", {}))
    to = body.get("destination", {})
    sheet = call.book.sheet(to.get("sheetId", 0))
    top, left = to.get("rowIndex", 0), to.get("columnIndex", 0)
    ranges.within(sheet, Span(top, top + 1, left, left + 1))  # it must start inside the grid
    grow(sheet, top + source.bottom - source.top, left + source.right - source.left)
    target = Area(sheet, top, top + source.bottom - source.top, left, left + source.right - source.left)
    call.guard(target)
    carry(call, source, target)
    return None


def carry(call: Call, source: Area, target: Area) -> None:
    """Move cells; references to them, formulas' and rules', follow."""
    grid = [[cell(source.sheet, row, column) for column in source.columns] for row in source.rows]
    _blank(source)
    for row, line in zip(target.rows, grid, strict=True):
        if any(value is not None or extra for value, extra in line) or target.sheet.row(row) is not None:
            edited = target.sheet.edit(row)
            for column, (value, extra) in zip(target.columns, line, strict=True):
                edited.put(column, value)
                edited.put_extra(column, extra)
    moved = refs.Block(source.sheet.title, source.top, source.bottom, source.left, source.right)
    by = target.top - source.top, target.left - source.left
    homes = (source.sheet.title, target.sheet.title)
    shifting.rewrite_formulas(call.book, lambda text, home: refs.relocate(text, home.title, moved, homes[1], by))
    _carry_merges(source, target)
    call.book.structure += 1


def _blank(area: Area) -> None:
    for index in range(area.top, min(area.bottom, len(area.sheet.rows))):
        row = area.sheet.edit(index)
        for column in area.columns:
            row.put(column, None)
            row.put_extra(column, EMPTY)


def _carry_merges(source: Area, target: Area) -> None:
    merges = source.sheet.items("merges")
    for merge in list(merges):
        rows_in = source.top <= merge["startRowIndex"] and merge["endRowIndex"] <= source.bottom
        if rows_in and source.left <= merge["startColumnIndex"] and merge["endColumnIndex"] <= source.right:
            merges.remove(merge)
            target.sheet.items("merges").append(_moved_merge(merge, source, target))


def _moved_merge(merge: JSON, source: Area, target: Area) -> JSON:
    down, right = target.top - source.top, target.left - source.left
    made: dict[str, Any] = {"sheetId": target.sheet.id}
    for name in ("startRowIndex", "endRowIndex"):
        made[name] = merge[name] + down
    for name in ("startColumnIndex", "endColumnIndex"):
        made[name] = merge[name] + right
    return made


def insert_range(call: Call, body: JSON) -> JSON | None:
    """`insertRange`: blank cells; those there give way downwards or sideways, and the grid grows when it must."""
    area = call.area(body.get("range", {}))
    sheet, rows = area.sheet, body.get("shiftDimension") == "ROWS"
    if body.get("shiftDimension") not in ("ROWS", "COLUMNS"):
        raise invalid("shiftDimension must be ROWS or COLUMNS.")
    if rows:
        end = max(sheet.filled_height(), len(sheet.rows), area.top)
        count = area.bottom - area.top
        grow(sheet, end + count, 0)
        source = Area(sheet, area.top, end, area.left, area.right)
        target = Area(sheet, area.top + count, end + count, area.left, area.right)
    else:
        end = max([area.left, *(len(row.values) for row in sheet.rows)])
        count = area.right - area.left
        grow(sheet, 0, end + count)
        source = Area(sheet, area.top, area.bottom, area.left, end)
        target = Area(sheet, area.top, area.bottom, area.left + count, end + count)
    carry(call, source, target)
    return None


def delete_range(call: Call, body: JSON) -> JSON | None:
    """`deleteRange`: the cells behind move up or aside into the place of the deleted."""
    area = call.area(body.get("range", {}))
    sheet, rows = area.sheet, body.get("shiftDimension") == "ROWS"
    if body.get("shiftDimension") not in ("ROWS", "COLUMNS"):
        raise invalid("shiftDimension must be ROWS or COLUMNS.")
    _blank(area)
    gone = refs.Block(sheet.title, area.top, area.bottom, area.left, area.right)
    shifting.rewrite_formulas(call.book, lambda text, home: refs.broken(text, home.title, gone))
    if rows:
        end = max(sheet.filled_height(), len(sheet.rows), area.bottom)
        source = Area(sheet, area.bottom, end, area.left, area.right)
        target = Area(sheet, area.top, area.top + end - area.bottom, area.left, area.right)
    else:
        end = max([area.right, *(len(row.values) for row in sheet.rows)])
        source = Area(sheet, area.top, area.bottom, area.right, end)
        target = Area(sheet, area.top, area.bottom, area.left, area.left + end - area.right)
    carry(call, source, target)
    return None
