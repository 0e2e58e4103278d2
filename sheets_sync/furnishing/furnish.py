"""Furnishing a spreadsheet that a person made empty and shared: the tabs of some tables, as batchUpdate requests. Pure.

Tabs with anything in them are left alone; only what is missing is added.
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from zlib import crc32

from rules.english import chosen_all
from rules.names import fold, split_year
from rules.table import Column, Kind, TableSpec
from rules.wording import Language
from sheets_sync.furnishing.header_notes import free_title, header_note, tab_title
from sheets_sync.furnishing.styles import WIDTHS, cells_format, header_format
from sheets_sync.reading.read import OWN_COLUMN
from sheets_sync.writing.edits import Request, column_letters

ROWS = 1000
SPARE_COLUMNS = 4
DEFAULT_TITLE = re.compile(r"(?:Sheet|גיליון|גליון)\s?\d+")
PROTECTED: Mapping[Language, str] = {
    "he": "הכותרות: לפיהן המערכת מוצאת את העמודות",
    "en": "Headers: the service finds the columns by them",
}


@dataclass(frozen=True, slots=True)
class Existing:
    """A tab that is there: its title, its sheetId, and whether nothing at all stands in it."""

    title: str
    sheet: int
    is_empty: bool = False


@dataclass(frozen=True, slots=True)
class Fitting:
    """A table to be furnished: the tab's sheetId and title, and whether that tab is still to be made."""

    spec: TableSpec
    sheet: int
    title: str
    is_new: bool


def furnish(
    specs: Sequence[TableSpec],
    existing: Sequence[Existing] = (),
    language: Language = "he",
    *,
    rows: int = ROWS,
    apart: Collection[str] = (),
) -> list[Request]:
    """Requests, for one spreadsheet, that add the tabs of these tables in their order; [] when all are there.

    A tab named like a table is that table's: filled, it stays as it is; empty, it is furnished in place. The empty tab
    that Google puts in a new spreadsheet goes away. The tables of `apart` (keys) get tabs of their own in any case.
    """
    fittings = fit(specs, existing, language, apart)
    titles = {spec.key: tab_title(spec, language) for spec in specs}
    requests = [_tab(fitting, language, rows) for fitting in fittings.values()]
    for fitting in fittings.values():
        requests += _columns(fitting, titles, fittings, language)
    if fittings:
        requests += [{"deleteSheet": {"sheetId": tab.sheet}} for tab in existing if _is_default(tab)]
    return requests


def fit(
    specs: Sequence[TableSpec],
    existing: Sequence[Existing] = (),
    language: Language = "he",
    apart: Collection[str] = (),
) -> dict[str, Fitting]:
    """The tables that have no filled tab, by key, and the tab that each is to get; those of `apart` get a new one."""
    there = [tab for tab in existing if not tab.is_empty]
    missing = [spec for spec in specs if spec.key in apart or not any(_is_of(tab, spec) for tab in there)]
    return {spec.key: _fitting(spec, existing, language, is_apart=spec.key in apart) for spec in missing}


def sheet_id(key: str) -> int:
    """The sheetId that a new tab of a table gets: it depends on the table's key alone."""
    return crc32(key.encode()) & 0x7FFFFFFF


def offered(spec: TableSpec) -> list[Column]:
    """The columns that stand in the template, in order."""
    return [column for column in spec.columns if column.offered]


def _is_of(tab: Existing, spec: TableSpec) -> bool:
    names = {fold(name) for name in (spec.hebrew, spec.key.replace("_", " "), *spec.aliases)}
    return fold(tab.title) in names or fold(split_year(tab.title)[0]) in names


def _is_default(tab: Existing) -> bool:
    return tab.is_empty and DEFAULT_TITLE.fullmatch(tab.title.strip()) is not None


def _fitting(spec: TableSpec, existing: Sequence[Existing], language: Language, *, is_apart: bool) -> Fitting:
    """An empty tab of the table's name, else a new one under a sheetId and a title that are free."""
    for tab in existing:
        if tab.is_empty and _is_of(tab, spec) and not is_apart:
            return Fitting(spec, tab.sheet, tab.title, is_new=False)
    taken = {tab.sheet for tab in existing}
    sheet = sheet_id(spec.key)
    while sheet in taken:
        sheet = (sheet + 1) & 0x7FFFFFFF
    title = free_title(tab_title(spec, language), (tab.title for tab in existing))
    return Fitting(spec, sheet, title, is_new=True)


def _tab(fitting: Fitting, language: Language, rows: int) -> Request:
    width = max(26, len(offered(fitting.spec)) + SPARE_COLUMNS)
    properties = {
        "sheetId": fitting.sheet,
        "rightToLeft": language == "he",
        "gridProperties": {"rowCount": rows, "columnCount": width, "frozenRowCount": 1},
    }
    if fitting.is_new:
        return {"addSheet": {"properties": {**properties, "title": fitting.title}}}
    return {"updateSheetProperties": {"properties": properties, "fields": "rightToLeft,gridProperties"}}


def _columns(
    fitting: Fitting, titles: Mapping[str, str], fittings: Mapping[str, Fitting], language: Language
) -> Iterator[Request]:
    spec, sheet = fitting.spec, fitting.sheet
    columns = offered(spec)
    yield _headers(columns, sheet, titles, language)
    for index, column in enumerate(columns):
        cell = {"userEnteredFormat": cells_format(column, grey=is_grey(column, columns))}
        offering = validation(column, fittings, language)
        if offering:
            cell["dataValidation"] = offering
        area = {"sheetId": sheet, "startRowIndex": 1, "startColumnIndex": index, "endColumnIndex": index + 1}
        yield {"repeatCell": {"range": area, "cell": cell, "fields": ",".join(cell)}}
        span = {"sheetId": sheet, "dimension": "COLUMNS", "startIndex": index, "endIndex": index + 1}
        width = {"range": span, "properties": {"pixelSize": WIDTHS[column.kind]}, "fields": "pixelSize"}
        yield {"updateDimensionProperties": width}
        if column.own:
            yield own_mark(span, f"{spec.key}.{column.field}")
    header = {"sheetId": sheet, "startRowIndex": 0, "endRowIndex": 1}
    protected = {"range": header, "description": PROTECTED[language], "warningOnly": True}
    yield {"addProtectedRange": {"protectedRange": protected}}


def _headers(columns: Sequence[Column], sheet: int, titles: Mapping[str, str], language: Language) -> Request:
    cells = [
        {
            "userEnteredValue": {"stringValue": column.hebrew if language == "he" else column.english},
            "userEnteredFormat": header_format(grey=is_grey(column, columns)),
            "note": header_note(column, titles, language),
        }
        for column in columns
    ]
    start = {"sheetId": sheet, "rowIndex": 0, "columnIndex": 0}
    fields = "userEnteredValue,userEnteredFormat,note"
    return {"updateCells": {"start": start, "rows": [{"values": cells}], "fields": fields}}


def is_grey(column: Column, columns: Sequence[Column]) -> bool:
    """Whether a column is set back: one of the service's in a person's table, not in a tab that is the service's."""
    return column.own and not columns[0].own


def validation(column: Column, fittings: Mapping[str, Fitting], language: Language) -> dict[str, Any]:
    """A DataValidationRule that offers and warns but refuses nothing; {} where any value may stand."""
    match column.kind:
        case Kind.CHOICE | Kind.TEXT if column.choices:
            return _rule("ONE_OF_LIST", *chosen_all(column.choices, language))
        case Kind.BOOL:
            return _rule("BOOLEAN")
        case Kind.DATE if not column.own:
            return _rule("DATE_IS_VALID")
        case Kind.REF if column.table in fittings:
            return _rule("ONE_OF_RANGE", _key_range(fittings[column.table]))
    return {}


def _rule(kind: str, *values: str) -> dict[str, Any]:
    condition: dict[str, Any] = {"type": kind}
    if values:
        condition["values"] = [{"userEnteredValue": value} for value in values]
    return {"condition": condition, "strict": False, "showCustomUi": True}


def _key_range(fitting: Fitting) -> str:
    """The cells of the table's first key column, as a formula."""
    named = fitting.spec.key_fields[0]
    at = next(index for index, column in enumerate(offered(fitting.spec)) if column.field == named)
    letters = column_letters(at)
    title = fitting.title.replace("'", "''")
    return f"='{title}'!${letters}$2:${letters}"


def own_mark(span: Mapping[str, Any], value: str) -> Request:
    """Mark a column as the service's, so that it is known again wherever it is moved."""
    metadata = {
        "metadataKey": OWN_COLUMN,
        "metadataValue": value,
        "location": {"dimensionRange": span},
        "visibility": "DOCUMENT",
    }
    return {"createDeveloperMetadata": {"developerMetadata": metadata}}
