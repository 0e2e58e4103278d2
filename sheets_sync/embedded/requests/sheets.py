"""Requests about whole sheets and the spreadsheet."""

import copy

from sheets_sync.embedded import fields, refs, shifting
from sheets_sync.embedded.call import PROTECTED, Call
from sheets_sync.embedded.defaults import fresh_id, new_sheet
from sheets_sync.embedded.errors import JSON, invalid
from sheets_sync.embedded.model import Row, Sheet
from sheets_sync.embedded.requests.cells import MOST_CELLS, TOO_MANY_CELLS


def _check_title(call: Call, title: str, own: Sheet | None = None) -> None:
    if not title or len(title) > 100:
        raise invalid("Sheet names cannot be blank or longer than 100 characters.")
    taken = call.book.titled(title)
    if taken is not None and taken is not own:
        raise invalid(f'A sheet with the name "{title}" already exists. Please enter another name.')


def _check_grid(call: Call, height: int, width: int, own: Sheet | None = None) -> None:
    if height < 1 or width < 1:
        name = "rowCount" if height < 1 else "columnCount"
        raise invalid(f"GridProperties.{name} must be greater than 0.")
    cells = sum(sheet.height * sheet.width for sheet in call.book.sheets if sheet is not own)
    if cells + height * width > MOST_CELLS:
        raise invalid(TOO_MANY_CELLS)


def _new_title(call: Call) -> str:
    number = len(call.book.sheets) + 1
    while call.book.titled(f"Sheet{number}"):
        number += 1
    return f"Sheet{number}"


def add_sheet(call: Call, body: JSON) -> JSON | None:
    """`addSheet`: answers the new sheet's properties."""
    given = body.get("properties", {})
    taken = {sheet.id for sheet in call.book.sheets}
    sheet_id = given.get("sheetId", fresh_id(taken))
    if sheet_id in taken or sheet_id < 0:
        raise invalid(f"Sheet already exists with id {sheet_id}." if sheet_id >= 0 else "sheetId cannot be negative.")
    title = given.get("title") or _new_title(call)
    _check_title(call, title)
    index = given.get("index", len(call.book.sheets))
    if not 0 <= index <= len(call.book.sheets):
        raise invalid(f"Sheet index {index} is out of range.")
    sheet = new_sheet(sheet_id, title, index, given)
    _check_grid(call, sheet.height, sheet.width)
    call.book.sheets.insert(index, sheet)
    call.book.renumber()
    call.book.structure += 1
    return {"properties": sheet.properties}


def delete_sheet(call: Call, body: JSON) -> JSON | None:
    """`deleteSheet`: formulas that pointed there are broken."""
    sheet = call.book.sheet(body.get("sheetId", 0))
    left = [each for each in call.book.sheets if each is not sheet]
    if not left:
        raise invalid("You can't remove all the sheets in a document.")
    if all(each.properties.get("hidden") for each in left):
        raise invalid("You can't remove all the visible sheets in a document.")
    if any(not call.may_pass(protected) for protected in sheet.items("protectedRanges")):
        raise invalid(PROTECTED)
    call.book.sheets[:] = left
    call.book.removed.add(sheet.id)
    call.book.named_ranges[:] = [n for n in call.book.named_ranges if n["range"].get("sheetId", 0) != sheet.id]
    call.book.renumber()
    call.book.structure += 1
    shifting.rewrite_formulas(call.book, lambda text, _home: refs.without(text, sheet.title))
    return None


def update_sheet(call: Call, body: JSON) -> JSON | None:
    """`updateSheetProperties`: a smaller grid cuts its cells off; a new title goes into the formulas."""
    mask = fields.update_mask("SheetProperties", body.get("fields"))
    given = body.get("properties", {})
    sheet = call.book.sheet(given.get("sheetId", 0))
    made = fields.apply(sheet.properties, given, mask)
    made["sheetId"], made["sheetType"] = sheet.id, "GRID"
    if "title" in mask or "*" in mask:
        _retitle(call, sheet, made.get("title", ""))
    grid = {"rowCount": sheet.height, "columnCount": sheet.width, **made.get("gridProperties", {})}
    made["gridProperties"] = {
        name: value for name, value in grid.items() if value or name in ("rowCount", "columnCount")
    }
    _check_grid(call, grid["rowCount"], grid["columnCount"], sheet)
    _check_frozen(grid)
    made["title"] = sheet.title
    made["index"] = sheet.properties["index"]
    sheet.properties = {name: value for name, value in made.items() if value is not False}
    _crop(call, sheet)
    if "index" in mask and "index" in given:
        _reorder(call, sheet, given["index"])
    return None


def _check_frozen(grid: JSON) -> None:
    for name, limit, word in (("frozenRowCount", "rowCount", "rows"), ("frozenColumnCount", "columnCount", "columns")):
        if grid.get(name, 0) >= grid[limit]:
            raise invalid(f"You can't freeze all visible {word} on the sheet.")


def _retitle(call: Call, sheet: Sheet, title: str) -> None:
    _check_title(call, title, sheet)
    old = sheet.title
    sheet.properties["title"] = title
    if old == title:
        return
    call.book.structure += 1
    shifting.rewrite_formulas(call.book, lambda text, _home: refs.rename(text, old, title))
    for each in call.book.sheets:
        for name in ("conditionalFormats", "protectedRanges", "filterViews"):
            each.things[name] = _renamed(each.things.get(name, []), old, title)


def _renamed(thing: object, old: str, new: str) -> object:
    if isinstance(thing, list):
        return [_renamed(item, old, new) for item in thing]
    if isinstance(thing, dict):
        return {key: _renamed(value, old, new) for key, value in thing.items()}
    return refs.rename(thing, old, new) if isinstance(thing, str) and thing.startswith("=") else thing


def _crop(call: Call, sheet: Sheet) -> None:
    """Cut off what a smaller grid leaves outside."""
    if len(sheet.rows) > sheet.height:
        sheet.drop_rows(sheet.height, len(sheet.rows))
        call.book.structure += 1
    del sheet.columns[sheet.width :]
    for index, row in enumerate(sheet.rows):
        if len(row.values) > sheet.width or max(row.extras, default=0) >= sheet.width:
            _crop_row(sheet.edit(index), sheet.width)
            call.book.structure += 1


def _crop_row(row: Row, width: int) -> None:
    del row.values[width:]
    while row.values and row.values[-1] is None:
        row.values.pop()
    row.extras = {column: extra for column, extra in row.extras.items() if column < width}


def _reorder(call: Call, sheet: Sheet, index: int) -> None:
    """Move a sheet: its new index counts as things stood before."""
    sheets = call.book.sheets
    if not 0 <= index <= len(sheets):
        raise invalid(f"Sheet index {index} is out of range.")
    old = sheets.index(sheet)
    sheets.remove(sheet)
    sheets.insert(index - 1 if index > old else index, sheet)
    call.book.renumber()


def update_spreadsheet(call: Call, body: JSON) -> JSON | None:
    """`updateSpreadsheetProperties`: title, locale, time zone."""
    mask = fields.update_mask("SpreadsheetProperties", body.get("fields"))
    made = fields.apply(call.book.properties, body.get("properties", {}), mask)
    if not made.get("title"):
        raise invalid("Spreadsheet titles cannot be blank.")
    if made["title"] != call.book.properties["title"]:
        call.renamed.append(made["title"])
    call.book.properties = made
    call.book.structure += 1  # dates are reckoned anew
    return None


def copied(sheet: Sheet, sheet_id: int, title: str, index: int) -> Sheet:
    """A copy of a sheet under another id: cells, formats, rules."""
    properties = {**copy.deepcopy(sheet.properties), "sheetId": sheet_id, "title": title, "index": index}
    made = Sheet(properties, columns=copy.deepcopy(sheet.columns), things=_moved(sheet.things, sheet.id, sheet_id))
    for place, row in enumerate(sheet.rows):
        target = made.edit(place)
        target.values, target.extras, target.props = list(row.values), dict(row.extras), dict(row.props)
    for name in ("developerMetadata", "tables", "charts", "slicers"):
        made.things.pop(name, None)  # their ids must be unique
    return made


def _moved(thing: object, old: int, new: int) -> JSON:
    found = _with_id(thing, old, new)
    assert isinstance(found, dict)
    return found


def _with_id(thing: object, old: int, new: int) -> object:
    if isinstance(thing, list):
        return [_with_id(item, old, new) for item in thing]
    if not isinstance(thing, dict):
        return thing
    made = {key: _with_id(value, old, new) for key, value in thing.items()}
    is_range = thing.keys() & {"startRowIndex", "startColumnIndex", "endRowIndex", "endColumnIndex", "dimension"}
    if thing.get("sheetId", 0) == old and ("sheetId" in thing or is_range):
        made["sheetId"] = new
    return made


def duplicate_sheet(call: Call, body: JSON) -> JSON | None:
    """`duplicateSheet`."""
    sheet = call.book.sheet(body.get("sourceSheetId", 0))
    taken = {each.id for each in call.book.sheets}
    sheet_id = body.get("newSheetId", fresh_id(taken))
    if sheet_id in taken:
        raise invalid(f"Sheet already exists with id {sheet_id}.")
    title = body.get("newSheetName") or _copy_title(call, sheet.title)
    _check_title(call, title)
    index = body.get("insertSheetIndex", 0)
    _check_grid(call, sheet.height, sheet.width)
    made = copied(sheet, sheet_id, title, index)
    call.book.sheets.insert(index, made)
    call.book.renumber()
    call.book.structure += 1
    return {"properties": made.properties}


def _copy_title(call: Call, title: str) -> str:
    made, number = f"Copy of {title}", 2
    while call.book.titled(made):
        made, number = f"Copy of {title} {number}", number + 1
    return made


def adopt(call: Call, sheet: Sheet, title: str) -> JSON:
    """Take a copied sheet into the spreadsheet, behind the others; answers its properties."""
    sheet_id = fresh_id({each.id for each in call.book.sheets})
    _check_grid(call, sheet.height, sheet.width)
    made = copied(sheet, sheet_id, _copy_title(call, title), len(call.book.sheets))
    call.book.sheets.append(made)
    call.book.structure += 1
    return made.properties
