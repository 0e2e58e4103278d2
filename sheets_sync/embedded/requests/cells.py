"""Requests that write cells: updateCells, repeatCell, appendCells, setDataValidation, and merges."""

from typing import Any

from sheets_sync.embedded import fields, ranges, refs
from sheets_sync.embedded.a1 import Span
from sheets_sync.embedded.call import Call
from sheets_sync.embedded.cells import KEPT, entered
from sheets_sync.embedded.errors import JSON, invalid
from sheets_sync.embedded.fields import Mask
from sheets_sync.embedded.model import Formula, Row, Sheet
from sheets_sync.embedded.ranges import Area

MOST_CELLS = 10_000_000
TOO_MANY_CELLS = "This action would increase the number of cells in the workbook above the limit of 10000000 cells."


def write_cell(row: Row, column: int, data: JSON, mask: Mask) -> None:
    """Write the mask's fields of a CellData into a cell; fields the data lacks are cleared."""
    everything = "*" in mask
    if everything or "userEnteredValue" in mask:
        row.put(column, entered(data.get("userEnteredValue")))
    touched = {name: mask.get(name) for name in KEPT if everything or name in mask}
    if touched:
        made = fields.apply(row.extra(column), data, touched)
        row.put_extra(column, _tidied(made))


def _tidied(extra: JSON) -> JSON:
    return {name: value for name, value in extra.items() if value not in (None, "", {}, [])}


def update_cells(call: Call, body: JSON) -> JSON | None:
    """`updateCells`: rows of CellData over a range, or from a start."""
    mask = fields.update_mask("CellData", body.get("fields"))
    rows: list[JSON] = body.get("rows", [])
    area = _target(call, body, rows)
    for down in range(area.bottom - area.top):
        cells: list[JSON] = rows[down].get("values", []) if down < len(rows) else []
        width = area.right - area.left if "range" in body else len(cells)
        if area.sheet.row(area.top + down) is None and not cells:
            continue
        row = area.sheet.edit(area.top + down)
        for right in range(width):
            write_cell(row, area.left + right, cells[right] if right < len(cells) else {}, mask)
    return None


def _target(call: Call, body: JSON, rows: list[JSON]) -> Area:
    """The cells that updateCells covers: its range, or as many as it gives from its start."""
    height = len(rows)
    width = max((len(row.get("values", [])) for row in rows), default=0)
    if "range" in body:
        area = call.area(body["range"])
        if height > area.bottom - area.top or width > area.right - area.left:
            side = "rows" if height > area.bottom - area.top else "columns"
            raise invalid(f"Attempting to write {side} outside of the range.")
        return area
    if "start" not in body:
        raise invalid("Must specify either range or start.")
    start = body["start"]
    sheet = call.book.sheet(start.get("sheetId", 0))
    top, left = start.get("rowIndex", 0), start.get("columnIndex", 0)
    area = ranges.within(sheet, Span(top, top + height, left, left + width))
    if top + height > sheet.height:
        raise invalid(f"Attempting to write row: {sheet.height}, beyond the last requested row of: {sheet.height - 1}")
    if left + width > sheet.width:
        raise invalid(
            f"Attempting to write column: {sheet.width}, beyond the last requested column of: {sheet.width - 1}"
        )
    call.guard(area)
    return area


def repeat_cell(call: Call, body: JSON) -> JSON | None:
    """`repeatCell`: one CellData over a whole range; relative references of a formula go along."""
    mask = fields.update_mask("CellData", body.get("fields"))
    area = call.area(body.get("range", {}))
    data: JSON = body.get("cell", {})
    formula = data.get("userEnteredValue", {}).get("formulaValue")
    clearing = not any(data.get(name) for name in ("userEnteredValue", *KEPT))
    bottom = min(area.bottom, len(area.sheet.rows)) if clearing else area.bottom
    repeat = _Repeat(data, mask)
    for index in range(area.top, bottom):
        row = area.sheet.edit(index)
        for column in area.columns:
            repeat.write(row, column)
            if formula and ("*" in mask or "userEnteredValue" in mask):
                row.put(column, Formula(refs.translate(formula, index - area.top, column - area.left)))
    return None


class _Repeat:
    """Writes one CellData many times; cells that had the same fields before share the same ones after."""

    def __init__(self, data: JSON, mask: Mask) -> None:
        self._data = data
        self._mask = mask
        self._value = entered(data.get("userEnteredValue"))
        self._made: dict[int, tuple[JSON, JSON]] = {}
        self._extras = {name: mask.get(name) for name in KEPT if "*" in mask or name in mask}

    def write(self, row: Row, column: int) -> None:
        if "*" in self._mask or "userEnteredValue" in self._mask:
            row.put(column, self._value)
        if self._extras:
            before = row.extra(column)
            known = self._made.get(id(before))
            if known is None:  # the old one is kept so that its id stays its own
                known = (before, _tidied(fields.apply(before, self._data, self._extras)))
                self._made[id(before)] = known
            row.put_extra(column, known[1])


def append_cells(call: Call, body: JSON) -> JSON | None:
    """`appendCells`: rows behind the last row with data; the grid grows when it must."""
    mask = fields.update_mask("CellData", body.get("fields"))
    sheet = call.book.sheet(body.get("sheetId", 0))
    rows: list[JSON] = body.get("rows", [])
    top = sheet.filled_height()
    grow(sheet, top + len(rows), max((len(row.get("values", [])) for row in rows), default=0))
    for down, found in enumerate(rows):
        cells: list[JSON] = found.get("values", [])
        if not cells:
            continue
        call.guard(Area(sheet, top + down, top + down + 1, 0, len(cells)))
        row = sheet.edit(top + down)
        for column, data in enumerate(cells):
            write_cell(row, column, data, mask)
    return None


def grow(sheet: Sheet, height: int, width: int) -> None:
    """Make the grid at least that large. Raises a 400 for more cells than a spreadsheet may have."""
    grid = sheet.properties["gridProperties"]
    if max(grid["rowCount"], height) * max(grid["columnCount"], width) > MOST_CELLS:
        raise invalid(TOO_MANY_CELLS)
    grid["rowCount"] = max(grid["rowCount"], height)
    grid["columnCount"] = max(grid["columnCount"], width)


def set_data_validation(call: Call, body: JSON) -> JSON | None:
    """`setDataValidation`: a rule over a range; none clears it."""
    area = call.area(body.get("range", {}))
    rule: JSON | None = body.get("rule")
    bottom = area.bottom if rule else min(area.bottom, len(area.sheet.rows))
    for index in range(area.top, bottom):
        row = area.sheet.edit(index)
        for column in area.columns:
            row.put_extra(column, fields.apply(row.extra(column), {"dataValidation": rule}, {"dataValidation": None}))
    return None


def merge_cells(call: Call, body: JSON) -> JSON | None:
    """`mergeCells`: all, by rows or by columns; only the top left value stays."""
    area = call.area(body.get("range", {}))
    kind = body.get("mergeType", "MERGE_ALL")
    for part in _parts(area, kind):
        for merge in area.sheet.items("merges"):
            other = ranges.from_grid(call.book, merge)
            if part.meets(other) and not _covers(part, other):
                raise invalid("You must select all cells in a merged range to merge or unmerge them.")
        _merge(call, part)
    return None


def _covers(outer: Area, inner: Area) -> bool:
    return (outer.top <= inner.top and inner.bottom <= outer.bottom) and (
        outer.left <= inner.left and inner.right <= outer.right
    )


def _parts(area: Area, kind: str) -> list[Area]:
    if kind == "MERGE_ROWS":
        return [Area(area.sheet, row, row + 1, area.left, area.right) for row in area.rows]
    if kind == "MERGE_COLUMNS":
        return [Area(area.sheet, area.top, area.bottom, column, column + 1) for column in area.columns]
    return [area]


def _merge(call: Call, area: Area) -> None:
    _unmerge(call, area)
    if (area.bottom - area.top) * (area.right - area.left) < 2:
        return
    area.sheet.items("merges").append(area.grid_range())
    for index in range(area.top, min(area.bottom, len(area.sheet.rows))):
        row = area.sheet.edit(index)
        for column in area.columns:
            if (index, column) != (area.top, area.left):
                row.put(column, None)


def _unmerge(call: Call, area: Area) -> None:
    merges = area.sheet.items("merges")
    merges[:] = [merge for merge in merges if not area.meets(ranges.from_grid(call.book, merge))]


def unmerge_cells(call: Call, body: JSON) -> JSON | None:
    """`unmergeCells`: every merge that the range holds."""
    _unmerge(call, call.area(body.get("range", {})))
    return None


def borders(call: Call, body: JSON) -> JSON | None:
    """`updateBorders`: each side on the cells along it."""
    area = call.area(body.get("range", {}))
    for index in area.rows:
        row = area.sheet.edit(index)
        for column in area.columns:
            sides = _sides(area, index, column, body)
            if sides:
                form = row.extra(column).get("userEnteredFormat", {})
                made = {**form, "borders": {**form.get("borders", {}), **sides}}
                row.put_extra(column, {**row.extra(column), "userEnteredFormat": made})
    return None


def _sides(area: Area, row: int, column: int, body: JSON) -> dict[str, Any]:
    wanted = {
        "top": body.get("top" if row == area.top else "innerHorizontal"),
        "bottom": body.get("bottom" if row == area.bottom - 1 else "innerHorizontal"),
        "left": body.get("left" if column == area.left else "innerVertical"),
        "right": body.get("right" if column == area.right - 1 else "innerVertical"),
    }
    return {side: border for side, border in wanted.items() if border is not None}
