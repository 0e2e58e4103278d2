"""`spreadsheets.get`: the spreadsheet as Google shows it, with grid data when asked for."""

from typing import Any

from sheets_sync.embedded import formats
from sheets_sync.embedded.call import Call
from sheets_sync.embedded.cells import KEPT, extended, number_format
from sheets_sync.embedded.errors import JSON
from sheets_sync.embedded.fields import Mask, wants
from sheets_sync.embedded.links import written_link
from sheets_sync.embedded.model import LISTS, ErrorValue, Row, Sheet, Spreadsheet
from sheets_sync.embedded.ranges import Area

DATA = ("sheets", "data")
PIXELS = {"ROWS": 21, "COLUMNS": 100}


def resource(
    book: Spreadsheet, base: str, mask: Mask | None, areas: list[Area] | None, *, data: bool, caller: Call | None = None
) -> JSON:
    """The Spreadsheet resource, as much of it as the mask lets through; of the sheets that the areas name, if any."""
    found: JSON = {
        "spreadsheetId": book.id,
        "properties": book.properties,
        "spreadsheetUrl": f"{base}/spreadsheets/d/{book.id}/edit",
    }
    sheets = book.sheets if areas is None else [sheet for sheet in book.sheets if any(a.sheet is sheet for a in areas)]
    found["sheets"] = [_sheet(book, sheet, mask, areas, data, caller) for sheet in sheets]
    if book.named_ranges:
        found["namedRanges"] = answered(book.named_ranges)
    if book.metadata:
        found["developerMetadata"] = answered(book.metadata)
    return found


def _sheet(
    book: Spreadsheet, sheet: Sheet, mask: Mask | None, areas: list[Area] | None, data: bool, caller: Call | None
) -> JSON:
    found: JSON = {"properties": sheet.properties}
    own = [area for area in areas or [] if area.sheet is sheet] or [Area(sheet, 0, sheet.height, 0, sheet.width)]
    if data and wants(mask, *DATA):
        found["data"] = [grid_data(book, area, mask) for area in own]
    for name in LISTS:
        if sheet.things.get(name):
            found[name] = answered(sheet.things[name])
    if "protectedRanges" in found and caller is not None:
        for protected in found["protectedRanges"]:
            protected["requestingUserCanEdit"] = caller.may_pass(protected)
    if "developerMetadata" in found:
        # What stands on a row or column is shown with it.
        found["developerMetadata"] = [m for m in found["developerMetadata"] if "sheetId" in m["location"]]
        if not found["developerMetadata"]:
            del found["developerMetadata"]
    if "basicFilter" in sheet.things:
        found["basicFilter"] = answered(sheet.things["basicFilter"])
    return found


def answered(thing: Any) -> Any:
    """A piece of JSON as Google answers it: sheet 0 is not named in a range, colours lose their zeros."""
    if isinstance(thing, list):
        return [answered(item) for item in thing]
    if not isinstance(thing, dict):
        return thing
    made = {key: answered(value) for key, value in thing.items() if value is not None}
    is_range = made.keys() & {"startRowIndex", "endRowIndex", "startColumnIndex", "endColumnIndex", "dimension"}
    if made.get("sheetId") == 0 and (is_range or set(made) == {"sheetId"}):
        del made["sheetId"]
    if made.keys() & {"red", "green", "blue"} and made.keys() <= {"red", "green", "blue", "alpha"}:
        made = {key: value for key, value in made.items() if value}
    return made


def grid_data(book: Spreadsheet, area: Area, mask: Mask | None) -> JSON:
    """The GridData of an area: rows as far as something stands in them, and the sizes of rows and columns."""
    sheet = area.sheet
    found: JSON = {}
    if area.top:
        found["startRow"] = area.top
    if area.left:
        found["startColumn"] = area.left
    if wants(mask, *DATA, "rowData"):
        rows = _row_data(book, area, mask)
        if rows:
            found["rowData"] = rows
    for name, dimension, span in (("rowMetadata", "ROWS", area.rows), ("columnMetadata", "COLUMNS", area.columns)):
        if wants(mask, *DATA, name):
            found[name] = _metadata(sheet, dimension, span)
    return found


def _row_data(book: Spreadsheet, area: Area, mask: Mask | None) -> list[JSON]:
    maker = CellMaker(book, area.sheet, mask)
    rows: list[JSON] = []
    for index in range(area.top, min(area.bottom, max(len(area.sheet.rows), area.sheet.filled_height()))):
        cells = [maker.cell(index, column) for column in range(area.left, min(area.right, maker.width(index)))]
        while cells and not cells[-1]:
            cells.pop()
        rows.append({"values": cells} if cells else {})
    while rows and not rows[-1]:
        rows.pop()
    return rows


class CellMaker:
    """Makes a sheet's CellData, only the fields that the mask lets through."""

    def __init__(self, book: Spreadsheet, sheet: Sheet, mask: Mask | None) -> None:
        at = (*DATA, "rowData", "values")
        self._sheet = sheet
        self._locale = str(book.properties.get("locale", "en_US"))
        self._default: JSON = book.properties.get("defaultFormat", {})
        self._values = wants(mask, *at, "userEnteredValue")
        self._effective = wants(mask, *at, "effectiveValue")
        self._formatted = wants(mask, *at, "formattedValue")
        self._format = wants(mask, *at, "effectiveFormat")
        self._link = wants(mask, *at, "hyperlink")
        self._kept = [name for name in KEPT if wants(mask, *at, name)]
        self._formats: dict[tuple[int, str], JSON] = {}

    def width(self, index: int) -> int:
        """One more than the last column where something stands."""
        row = self._sheet.row(index)
        extras = max(row.extras, default=-1) + 1 if row else 0
        return max(len(self._sheet.shown(index)), extras)

    def cell(self, index: int, column: int) -> JSON:
        """One cell's CellData."""
        row = self._sheet.row(index)
        found: JSON = {}
        value = self._sheet.effective(index, column)
        written = row.get(column) if row else None
        if self._values and written is not None:
            found["userEnteredValue"] = extended(written)
        if value is not None:
            self._add_value(found, index, column)
        if row is not None:
            self._add_extra(found, row, column)
        if self._format and (value is not None or "userEnteredFormat" in (row.extra(column) if row else {})):
            found["effectiveFormat"] = self._effective_format(index, column)
        return found

    def _add_value(self, found: JSON, index: int, column: int) -> None:
        value = self._sheet.effective(index, column)
        if self._effective:
            found["effectiveValue"] = extended(value)
        if self._formatted:
            found["formattedValue"] = formats.show(value, number_format(self._sheet, index, column), self._locale)

    def _add_extra(self, found: JSON, row: Row, column: int) -> None:
        extra = row.extra(column)
        for name in self._kept:
            if name in extra:
                found[name] = answered(extra[name])
        text_format = extra.get("userEnteredFormat", {}).get("textFormat", {})
        link = written_link(row.get(column)) or text_format.get("link", {}).get("uri")
        if link and self._link:
            found["hyperlink"] = link

    def _effective_format(self, index: int, column: int) -> JSON:
        row = self._sheet.row(index)
        own: JSON = row.extra(column).get("userEnteredFormat", {}) if row else {}
        kind = self._sheet.kinds.get((index, column), "")
        key = (id(own), kind)
        if key not in self._formats:
            made = answered(merged(self._default, own))
            if kind and "numberFormat" not in made:
                made["numberFormat"] = {"type": kind, "pattern": formats.pattern_of({"type": kind}, self._locale)}
            self._formats[key] = {"hyperlinkDisplayType": "PLAIN_TEXT", **made}
        value = self._sheet.effective(index, column)
        found = self._formats[key]
        return found if "horizontalAlignment" in found else {**found, "horizontalAlignment": _alignment(value)}


def _alignment(value: object) -> str:
    if isinstance(value, bool | ErrorValue):
        return "CENTER"
    return "RIGHT" if isinstance(value, int | float) else "LEFT"


def merged(default: JSON, own: JSON) -> JSON:
    """One format over another, field by field."""
    made = dict(default)
    for name, value in own.items():
        known = made.get(name)
        if name in ("textFormat", "padding", "borders") and isinstance(value, dict) and isinstance(known, dict):
            value = merged(known, value)
        made[name] = value
    return made


def _metadata(sheet: Sheet, dimension: str, span: range) -> list[JSON]:
    on: dict[int, list[JSON]] = {}
    for found in sheet.items("developerMetadata"):
        place = found["location"].get("dimensionRange")
        if place and place["dimension"] == dimension:
            on.setdefault(place["startIndex"], []).append(answered(found))
    made = []
    for index in span:
        props = {"pixelSize": PIXELS[dimension], **_props(sheet, dimension, index)}
        made.append({**props, "developerMetadata": on[index]} if index in on else props)
    return made


def _props(sheet: Sheet, dimension: str, index: int) -> JSON:
    if dimension == "COLUMNS":
        return sheet.columns[index] if index < len(sheet.columns) else {}
    row = sheet.row(index)
    return row.props if row else {}
