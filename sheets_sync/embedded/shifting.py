"""Everything of a spreadsheet that points at cells, carried along when rows or columns come, go or move."""

from collections.abc import Callable
from typing import Any

from sheets_sync.embedded import refs
from sheets_sync.embedded.edits import Delete, Edit, Insert, Move
from sheets_sync.embedded.errors import JSON
from sheets_sync.embedded.model import LISTS, Formula, Row, Sheet, Spreadsheet

GRID_RANGE = frozenset({"sheetId", "startRowIndex", "endRowIndex", "startColumnIndex", "endColumnIndex"})
GONE: Any = object()


def apply(book: Spreadsheet, sheet: Sheet, edit: Edit) -> None:
    """Carry out an edit of a sheet's rows or columns, and carry along all that points there."""
    book.structure += 1
    if edit.rows:
        _edit_rows(sheet, edit)
    else:
        _edit_columns(sheet, edit)
    _edit_formulas(book, sheet, edit)
    for other in book.sheets:
        _edit_things(other, sheet, edit)
    book.named_ranges[:] = [n for n in (shifted(n, sheet, edit) for n in book.named_ranges) if n is not GONE]


def _edit_rows(sheet: Sheet, edit: Edit) -> None:
    grid = sheet.properties["gridProperties"]
    if isinstance(edit, Insert):
        grid["rowCount"] += edit.count
        if edit.at < len(sheet.rows):
            sheet.rows[edit.at : edit.at] = [sheet.new_row() for _ in range(edit.count)]
    elif isinstance(edit, Delete):
        grid["rowCount"] -= edit.end - edit.start
        sheet.drop_rows(edit.start, edit.end)
    else:
        if max(edit.end, edit.to) > len(sheet.rows):
            sheet.edit(max(edit.end, edit.to) - 1)
        block = sheet.rows[edit.start : edit.end]
        del sheet.rows[edit.start : edit.end]
        sheet.rows[edit.target : edit.target] = block
        sheet.reordered = True


def _edit_columns(sheet: Sheet, edit: Edit) -> None:
    grid = sheet.properties["gridProperties"]
    if isinstance(edit, Insert):
        grid["columnCount"] += edit.count
    elif isinstance(edit, Delete):
        grid["columnCount"] -= edit.end - edit.start
    else:
        sheet.column(max(edit.end, edit.to) - 1)
    _edit_list(sheet.columns, edit, dict)
    for index, row in enumerate(sheet.rows):
        if row.values or row.extras:
            _edit_row(sheet.edit(index), edit)


def _edit_row(row: Row, edit: Edit) -> None:
    if isinstance(edit, Move) and max(edit.end, edit.to) > len(row.values):
        row.values.extend([None] * (max(edit.end, edit.to) - len(row.values)))
    _edit_list(row.values, edit, lambda: None)
    while row.values and row.values[-1] is None:
        row.values.pop()
    moved = {edit.interval(column, column + 1): extra for column, extra in row.extras.items()}
    row.extras = {place[0]: extra for place, extra in moved.items() if place is not None}


def _edit_list(items: list[Any], edit: Edit, blank: Any) -> None:
    if isinstance(edit, Insert):
        if edit.at < len(items):
            items[edit.at : edit.at] = [blank() for _ in range(edit.count)]
    elif isinstance(edit, Delete):
        del items[edit.start : edit.end]
    else:
        block = items[edit.start : edit.end]
        del items[edit.start : edit.end]
        items[edit.target : edit.target] = block


def _edit_formulas(book: Spreadsheet, edited: Sheet, edit: Edit) -> None:
    rewrite_formulas(book, lambda text, home: refs.shift(text, home.title, edited.title, edit))


Change = Callable[[str, Sheet], str]


def rewrite_formulas(book: Spreadsheet, change: Change) -> None:
    """Put every formula of the spreadsheet's cells and validation rules through `change(text, its sheet)`."""
    for home in book.sheets:
        rewritten: dict[int, tuple[JSON, JSON]] = {}
        for index, row in enumerate(home.rows):
            if book.has_formulas:
                _rewrite_values(home, index, row, change)
            if row.extras:
                _rewrite_validation(home, index, row, change, rewritten)


def _rewrite_values(home: Sheet, index: int, row: Row, change: Change) -> None:
    for column, value in enumerate(row.values):
        if type(value) is Formula:
            text = change(value.text, home)
            if text != value.text:
                home.edit(index).put(column, Formula(text))


def _rewrite_validation(
    home: Sheet, index: int, row: Row, change: Change, rewritten: dict[int, tuple[JSON, JSON]]
) -> None:
    """`rewritten`: what is known already, by its id, of fields that cells share; the old ones keep their ids so."""
    for column, extra in list(row.extras.items()):
        if "dataValidation" not in extra:
            continue
        known = rewritten.get(id(extra))
        if known is None:
            known = rewritten[id(extra)] = (extra, _rewritten(extra, home, change))
        if known[1] is not extra:
            home.edit(index).put_extra(column, known[1])


def _rewritten(extra: JSON, home: Sheet, change: Change) -> JSON:
    """A cell's fields with the formulas of its rule changed; the same where nothing changes."""
    rule: JSON = extra["dataValidation"]
    values: list[JSON] = rule.get("condition", {}).get("values", [])
    if not any(str(value.get("userEnteredValue", "")).startswith("=") for value in values):
        return extra
    made = [{**value, "userEnteredValue": change(value["userEnteredValue"], home)} for value in values]
    return (
        extra
        if made == values
        else {**extra, "dataValidation": {**rule, "condition": {**rule["condition"], "values": made}}}
    )


def _edit_things(home: Sheet, edited: Sheet, edit: Edit) -> None:
    for name in LISTS:
        if name in home.things:
            found = [shifted(thing, edited, edit, home) for thing in home.things[name]]
            home.things[name] = [thing for thing in found if thing is not GONE and not _emptied(name, thing)]
    for name in ("basicFilter",):
        if name in home.things:
            thing = shifted(home.things[name], edited, edit, home)
            if thing is GONE:
                del home.things[name]
            else:
                home.things[name] = thing


def _emptied(name: str, thing: JSON) -> bool:
    """A conditional format whose last range is gone, a merge that is a single cell, goes as well."""
    if name == "merges":
        height = thing["endRowIndex"] - thing["startRowIndex"]
        return bool(height * (thing["endColumnIndex"] - thing["startColumnIndex"]) < 2)
    return name == "conditionalFormats" and not thing.get("ranges")


def shifted(thing: Any, edited: Sheet, edit: Edit, home: Sheet | None = None) -> Any:
    """A piece of JSON with every range of the edited sheet shifted; GONE when what it stands on is deleted."""
    if isinstance(thing, list):
        found = [shifted(item, edited, edit, home) for item in thing]
        return [item for item in found if item is not GONE]
    if isinstance(thing, str) and home is not None and thing.startswith("="):
        return refs.shift(thing, home.title, edited.title, edit)
    if not isinstance(thing, dict):
        return thing
    if "dimension" in thing and ("startIndex" in thing or "endIndex" in thing):
        return _dimension_range(thing, edited, edit)
    if thing and thing.keys() <= GRID_RANGE and thing.keys() - {"sheetId"}:
        return _grid_range(thing, edited, edit)
    made = {}
    for key, value in thing.items():
        made[key] = shifted(value, edited, edit, home)
        if made[key] is GONE:
            return GONE
    return made


def _grid_range(found: JSON, edited: Sheet, edit: Edit) -> Any:
    if found.get("sheetId", 0) != edited.id:
        return found
    axis = "Row" if edit.rows else "Column"
    return _sides(found, f"start{axis}Index", f"end{axis}Index", edit)


def _dimension_range(found: JSON, edited: Sheet, edit: Edit) -> Any:
    if found.get("sheetId", 0) != edited.id or (found["dimension"] == "ROWS") != edit.rows:
        return found
    return _sides(found, "startIndex", "endIndex", edit)


def _sides(found: JSON, start: str, end: str, edit: Edit) -> Any:
    if end not in found and start not in found:
        return found
    if end not in found:  # open: only the start moves
        place = edit.interval(found[start], 10**9)
        return {**found, start: place[0]} if place else GONE
    place = edit.interval(found.get(start, 0), found[end])
    if place is None:
        return GONE
    made = {**found, end: place[1]}
    if start in found:
        made[start] = place[0]
    return made
