"""Sorting a range as Sheets sorts: numbers, then text, then booleans, then errors; blanks always last."""

import unicodedata
from collections.abc import Callable
from typing import Any

from sheets_sync.embedded import refs
from sheets_sync.embedded.call import Call
from sheets_sync.embedded.errors import JSON, invalid
from sheets_sync.embedded.model import EMPTY, Entered, ErrorValue, Formula, Sheet, Value
from sheets_sync.embedded.ranges import Area

Cell = tuple[Entered, JSON]


def sort_range(call: Call, body: JSON) -> JSON | None:
    """`sortRange`: each row's cells go together with their formats, notes and validation."""
    area = call.area(body.get("range", {}))
    specs: list[JSON] = body.get("sortSpecs", [])
    for spec in specs:
        if spec.get("dimensionIndex", 0) not in area.columns:
            raise invalid(f"Sort column {spec.get('dimensionIndex', 0)} is outside of the range.")
    sort_area(call, area, specs)
    return None


def sort_area(call: Call, area: Area, specs: list[JSON]) -> None:
    """Sort the rows of an area; stable, the first spec weighing most."""
    sheet = area.sheet
    bottom = min(area.bottom, max(sheet.filled_height(), len(sheet.rows)))
    order = list(range(area.top, bottom))
    for spec in reversed(specs):
        column = spec.get("dimensionIndex", 0)
        down = spec.get("sortOrder") == "DESCENDING"
        filled = [row for row in order if sheet.effective(row, column) is not None]
        blank = [row for row in order if sheet.effective(row, column) is None]
        filled.sort(key=_key_of(sheet, column), reverse=down)
        order = filled + blank
    if order != list(range(area.top, bottom)):
        _rearrange(sheet, area, order)
        call.book.structure += 1


def _key_of(sheet: Sheet, column: int) -> Callable[[int], tuple[int, Any]]:
    return lambda row: sort_key(sheet.effective(row, column))


def sort_key(value: Value) -> tuple[int, Any]:
    """The place of a value in a sort."""
    if isinstance(value, bool):
        return 2, value
    if isinstance(value, int | float):
        return 0, value
    if isinstance(value, ErrorValue):
        return 3, value.shown
    return 1, unicodedata.normalize("NFKD", str(value)).casefold()


def _rearrange(sheet: Sheet, area: Area, order: list[int]) -> None:
    taken = {row: [cell(sheet, row, column) for column in area.columns] for row in order}
    for place, row in enumerate(order, area.top):
        target = sheet.edit(place)
        for column, (value, extra) in zip(area.columns, taken[row], strict=True):
            if isinstance(value, Formula):
                value = Formula(refs.translate(value.text, place - row, 0))
            target.put(column, value)
            target.put_extra(column, extra)


def cell(sheet: Sheet, row: int, column: int) -> Cell:
    """What stands in a cell, and its other fields."""
    found = sheet.row(row)
    return (found.get(column), found.extra(column)) if found else (None, EMPTY)
