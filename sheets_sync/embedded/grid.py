"""`spreadsheets.get`: the spreadsheet as Google shows it, with grid data when asked for."""

from typing import Any

from sheets_sync.embedded import formats
from sheets_sync.embedded.call import Call
from sheets_sync.embedded.cells import KEPT, extended, number_format
from sheets_sync.embedded.errors import JSON
from sheets_sync.embedded.fields import Mask, Picked, inside, pick, wants
from sheets_sync.embedded.links import written_link
from sheets_sync.embedded.model import EMPTY, LISTS, ErrorValue, Formula, Row, Sheet, Spreadsheet
from sheets_sync.embedded.ranges import Area

DATA = ("sheets", "data")
PIXELS = {"ROWS": 21, "COLUMNS": 100}
BLANK = Row(0)


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
            found[name] = _metadata(sheet, dimension, span, inside(mask, *DATA, name))
    return found


def _row_data(book: Spreadsheet, area: Area, mask: Mask | None) -> list[JSON]:
    maker = CellMaker(book, area, mask)
    bottom = min(area.bottom, max(len(area.sheet.rows), area.sheet.filled_height()))
    rows = Picked(maker.row(index) for index in range(area.top, bottom))
    while rows and not rows[-1]:
        rows.pop()
    return rows


class CellMaker:
    """Makes a sheet's CellData, only what the mask lets through.

    What cells share (a furnished column has one format and one rule for all its rows) is made once, and rows without
    values that are alike are one.
    """

    def __init__(self, book: Spreadsheet, area: Area, mask: Mask | None) -> None:
        cell = inside(mask, *DATA, "rowData", "values")
        self._sheet = area.sheet
        self._columns = area.columns
        self._mask = cell
        self._locale = str(book.properties.get("locale", "en_US"))
        self._default: JSON = book.properties.get("defaultFormat", {})
        self._values = wants(cell, "userEnteredValue")
        self._effective = wants(cell, "effectiveValue")
        self._formatted = wants(cell, "formattedValue")
        self._format = wants(cell, "effectiveFormat")
        self._link = wants(cell, "hyperlink")
        self._kept = [name for name in KEPT if wants(cell, name)]
        self._rows: dict[tuple[int, ...], JSON] = {}
        self._extras: dict[int, JSON] = {}
        self._formats: dict[tuple[int, str, str], JSON] = {}

    def row(self, index: int) -> JSON:
        """One row's RowData; {} where nothing stands."""
        row, shown = self._sheet.row(index), self._sheet.shown(index)
        if shown or row is None:
            return self._row(index, row or BLANK, shown)
        key = (*row.extras, *map(id, row.extras.values()))
        if key not in self._rows:
            self._rows[key] = self._row(index, row, shown)
        return self._rows[key]

    def _row(self, index: int, row: Row, shown: list[Any]) -> JSON:
        width = max(len(shown), max(row.extras, default=-1) + 1)
        columns = range(self._columns.start, min(self._columns.stop, width))
        cells = [self._cell(index, row, column, shown) for column in columns]
        while cells and not cells[-1]:
            cells.pop()
        return {"values": cells} if cells else {}

    def _cell(self, index: int, row: Row, column: int, shown: list[Any]) -> JSON:
        extra = row.extra(column)
        written = row.get(column)
        value = shown[column] if column < len(shown) and not isinstance(shown[column], Formula) else None
        found: JSON = {}
        if self._values and written is not None:
            found["userEnteredValue"] = extended(written)
        if value is not None and self._effective:
            found["effectiveValue"] = extended(value)
        if value is not None and self._formatted:
            found["formattedValue"] = formats.show(value, number_format(self._sheet, index, column), self._locale)
        found = pick(found, self._mask)
        if extra:
            found.update(self._shared(extra))
        if self._link and (link := written_link(written) or _format_link(extra)):
            found["hyperlink"] = link
        if self._format and (value is not None or "userEnteredFormat" in extra):
            kind = self._sheet.kinds.get((index, column), "")
            found["effectiveFormat"] = self._effective_format(extra.get("userEnteredFormat", EMPTY), kind, value)
        return found

    def _shared(self, extra: JSON) -> JSON:
        """What a cell has beside its value, made once for all that share it."""
        made = self._extras.get(id(extra))
        if made is None:
            made = pick({name: answered(extra[name]) for name in self._kept if name in extra}, self._mask)
            self._extras[id(extra)] = made
        return made

    def _effective_format(self, own: JSON, kind: str, value: object) -> JSON:
        key = (id(own), kind, _alignment(value))
        if key not in self._formats:
            made = answered(merged(self._default, own))
            if kind and "numberFormat" not in made:
                made["numberFormat"] = {"type": kind, "pattern": formats.pattern_of({"type": kind}, self._locale)}
            whole = {"hyperlinkDisplayType": "PLAIN_TEXT", "horizontalAlignment": key[2], **made}
            self._formats[key] = pick(whole, inside(self._mask, "effectiveFormat"))
        return self._formats[key]


def _format_link(extra: JSON) -> Any:
    return extra.get("userEnteredFormat", EMPTY).get("textFormat", EMPTY).get("link", EMPTY).get("uri")


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


def _metadata(sheet: Sheet, dimension: str, span: range, mask: Mask | None) -> list[JSON]:
    on: dict[int, list[JSON]] = {}
    for found in sheet.items("developerMetadata"):
        place = found["location"].get("dimensionRange")
        if place and place["dimension"] == dimension:
            on.setdefault(place["startIndex"], []).append(answered(found))
    usual = {"pixelSize": PIXELS[dimension]}
    plain = pick(usual, mask)
    made = Picked()
    for index in span:
        props = _props(sheet, dimension, index)
        if index in on:
            props = {**props, "developerMetadata": on[index]}
        made.append(pick({**usual, **props}, mask) if props else plain)
    return made


def _props(sheet: Sheet, dimension: str, index: int) -> JSON:
    if dimension == "COLUMNS":
        return sheet.columns[index] if index < len(sheet.columns) else {}
    row = sheet.row(index)
    return row.props if row else {}
