"""Requests about rows and columns: insert, delete, move, append, their properties and groups."""

from typing import Any

from sheets_sync.embedded import fields, ranges, shifting
from sheets_sync.embedded.call import Call
from sheets_sync.embedded.edits import Delete, Insert, Move
from sheets_sync.embedded.errors import JSON, invalid
from sheets_sync.embedded.model import Sheet
from sheets_sync.embedded.ranges import Area
from sheets_sync.embedded.requests.cells import MOST_CELLS, TOO_MANY_CELLS


def insert(call: Call, body: JSON) -> JSON | None:
    """`insertDimension`: new rows or columns, with the formats of those before (or after)."""
    sheet, rows, start, end = ranges.dimension(call.book, body.get("range", {}))
    limit = sheet.height if rows else sheet.width
    if start > limit:
        name = "row" if rows else "column"
        raise invalid(f"Cannot insert a {name} at {start}: the sheet has {limit}.")
    before = bool(body.get("inheritFromBefore"))
    if before and start == 0:
        raise invalid("Cannot inherit from before when inserting at the beginning of the sheet.")
    _guard_size(call, sheet, end - start, rows)
    shifting.apply(call.book, sheet, Insert(rows, start, end - start))
    model = start - 1 if before else end
    if model < limit + end - start:
        _inherit(sheet, rows, model, start, end)
    return None


def _guard_size(call: Call, sheet: Sheet, count: int, rows: bool) -> None:
    cells = sum(each.height * each.width for each in call.book.sheets)
    cells += count * (sheet.width if rows else sheet.height)
    if cells > MOST_CELLS:
        raise invalid(TOO_MANY_CELLS)


def _inherit(sheet: Sheet, rows: bool, model: int, start: int, end: int) -> None:
    """Give new rows (columns) the formats and validation of the one they were inserted beside."""
    if rows:
        row = sheet.row(model)
        extras = {column: _lasting(extra) for column, extra in row.extras.items()} if row else {}
        extras = {column: extra for column, extra in extras.items() if extra}
        for index in range(start, end) if extras else ():
            sheet.edit(index).extras = dict(extras)
        return
    for index, each in enumerate(sheet.rows):
        extra = _lasting(each.extra(model))
        for column in range(start, end) if extra else ():
            sheet.edit(index).put_extra(column, extra)
    width = sheet.columns[model].get("pixelSize") if model < len(sheet.columns) else None
    for column in range(start, end) if width else ():
        sheet.column(column)["pixelSize"] = width


def _lasting(extra: JSON) -> JSON:
    return {name: extra[name] for name in ("userEnteredFormat", "dataValidation") if name in extra}


def delete(call: Call, body: JSON) -> JSON | None:
    """`deleteDimension`."""
    sheet, rows, start, end = ranges.dimension(call.book, body.get("range", {}))
    limit = sheet.height if rows else sheet.width
    name = "row" if rows else "column"
    if start >= limit:
        raise invalid(f"Cannot delete a {name} that doesn't exist. Tried to delete {name} index {start} but there are "
                      f"only {limit} {name}s.")  # fmt: skip
    end = min(end, limit)
    if end - start >= limit:
        raise invalid(f"You can't delete all the {name}s on the sheet.")
    frozen = sheet.properties["gridProperties"].get("frozenRowCount" if rows else "frozenColumnCount", 0)
    if start == 0 and limit - end == 0 and frozen:
        raise invalid(f"You can't delete all non-frozen {name}s.")
    call.guard(_lines(sheet, rows, start, end))
    shifting.apply(call.book, sheet, Delete(rows, start, end))
    _keep_frozen_within(sheet)
    return None


def _keep_frozen_within(sheet: Sheet) -> None:
    grid = sheet.properties["gridProperties"]
    for name, limit in (("frozenRowCount", sheet.height - 1), ("frozenColumnCount", sheet.width - 1)):
        if grid.get(name, 0) > limit:
            grid[name] = limit


def _lines(sheet: Sheet, rows: bool, start: int, end: int) -> Area:
    if rows:
        return Area(sheet, start, min(end, sheet.height), 0, sheet.width)
    return Area(sheet, 0, sheet.height, start, min(end, sheet.width))


def move(call: Call, body: JSON) -> JSON | None:
    """`moveDimension`: the destination counts as things stood before."""
    sheet, rows, start, end = ranges.dimension(call.book, body.get("source", {}))
    to = body.get("destinationIndex", 0)
    limit = sheet.height if rows else sheet.width
    if end > limit or not 0 <= to <= limit:
        raise invalid("Cannot move rows or columns beyond the grid.")
    call.guard(_lines(sheet, rows, start, end))
    if not start <= to <= end:
        shifting.apply(call.book, sheet, Move(rows, start, end, to))
    return None


def append(call: Call, body: JSON) -> JSON | None:
    """`appendDimension`: empty rows or columns at the end."""
    sheet = call.book.sheet(body.get("sheetId", 0))
    length = body.get("length", 0)
    if length < 1:
        raise invalid("length must be greater than 0.")
    rows = body.get("dimension") == "ROWS"
    _guard_size(call, sheet, length, rows)
    sheet.properties["gridProperties"]["rowCount" if rows else "columnCount"] += length
    return None


def update_properties(call: Call, body: JSON) -> JSON | None:
    """`updateDimensionProperties`: size, hidden."""
    mask = fields.update_mask("DimensionProperties", body.get("fields"))
    sheet, rows, start, end = ranges.dimension(call.book, body.get("range", {}))
    limit = sheet.height if rows else sheet.width
    given = body.get("properties", {})
    for index in range(start, min(end, limit)):
        _set_props(sheet, rows, index, lambda known: fields.apply(known, given, mask))
    return None


def _set_props(sheet: Sheet, rows: bool, index: int, change: Any) -> None:
    if rows:
        row = sheet.edit(index)
        row.props = change(row.props)
    else:
        sheet.column(index)
        sheet.columns[index] = change(sheet.columns[index])


def auto_resize(call: Call, body: JSON) -> JSON | None:
    """`autoResizeDimensions`: a column as wide as its longest text (about 7 px a letter), a row as by default."""
    sheet, rows, start, end = ranges.dimension(call.book, body.get("dimensions", {}))
    if rows:
        for index in range(start, min(end, len(sheet.rows))):
            sheet.edit(index).props.pop("pixelSize", None)
        return None
    for column in range(start, min(end, sheet.width)):
        longest = max((len(_text(sheet, row, column)) for row in range(len(sheet.rows))), default=0)
        sheet.column(column)["pixelSize"] = max(21, 12 + 7 * longest)
    return None


def _text(sheet: Sheet, row: int, column: int) -> str:
    value = sheet.effective(row, column)
    return "" if value is None else str(value)


def _groups(sheet: Sheet, rows: bool) -> list[JSON]:
    return sheet.items("rowGroups" if rows else "columnGroups")


def add_group(call: Call, body: JSON) -> JSON | None:
    """`addDimensionGroup`: a group over the range, one deeper than those that hold it."""
    sheet, rows, start, end = ranges.dimension(call.book, body.get("range", {}))
    groups = _groups(sheet, rows)
    depth = 1 + sum(g["range"]["startIndex"] <= start and end <= g["range"]["endIndex"] for g in groups)
    found = {"sheetId": sheet.id, "dimension": "ROWS" if rows else "COLUMNS", "startIndex": start, "endIndex": end}
    for group in groups:
        if start <= group["range"]["startIndex"] and group["range"]["endIndex"] <= end and group["range"] != found:
            group["depth"] += 1
    groups.append({"range": found, "depth": depth})
    groups.sort(key=lambda group: (group["depth"], group["range"]["startIndex"]))
    return {"dimensionGroups": groups}


def _group_at(groups: list[JSON], start: int, end: int) -> JSON:
    at = [g for g in groups if (g["range"]["startIndex"], g["range"]["endIndex"]) == (start, end)]
    if not at:
        raise invalid("Cannot find a group over that range.")
    return max(at, key=lambda group: int(group["depth"]))


def delete_group(call: Call, body: JSON) -> JSON | None:
    """`deleteDimensionGroup`."""
    sheet, rows, start, end = ranges.dimension(call.book, body.get("range", {}))
    groups = _groups(sheet, rows)
    groups.remove(_group_at(groups, start, end))
    for group in groups:
        if start <= group["range"]["startIndex"] and group["range"]["endIndex"] <= end:
            group["depth"] -= 1
    return {"dimensionGroups": groups}


def update_group(call: Call, body: JSON) -> JSON | None:
    """`updateDimensionGroup`: collapsed or not."""
    mask = fields.update_mask("DimensionGroup", body.get("fields"))
    given = body.get("dimensionGroup", {})
    sheet, rows, start, end = ranges.dimension(call.book, given.get("range", {}))
    group = _group_at(_groups(sheet, rows), start, end)
    if "collapsed" in mask:
        group["collapsed"] = given.get("collapsed", False)
        for index in range(start, end):
            _set_props(sheet, rows, index, lambda known: {**known, "hiddenByUser": group["collapsed"]})
    return None
