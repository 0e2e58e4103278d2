"""`/v4/spreadsheets`: create, get, batchUpdate, copyTo, developer metadata."""

from flask import Blueprint, Response

from sheets_sync.embedded import batch, defaults, grid, ranges
from sheets_sync.embedded.call import Call
from sheets_sync.embedded.errors import JSON, GoogleError, invalid
from sheets_sync.embedded.fields import Mask, wants
from sheets_sync.embedded.model import Spreadsheet
from sheets_sync.embedded.ranges import Area
from sheets_sync.embedded.requests import cells, metadata, rules, sheets
from sheets_sync.embedded.web import answer, base_url, body, caller, mask, query, service

routes = Blueprint("sheets", __name__)
METHOD = "sheets.spreadsheets."


@routes.post("/v4/spreadsheets")
def create() -> Response:
    """`spreadsheets.create`: properties, sheets and their cells."""
    query(METHOD + "create")
    account, given = caller(write=True), body("Spreadsheet")
    service().check_may_own(account)
    properties = given.get("properties", {})
    book = defaults.new_spreadsheet(service().fresh_id(), properties.get("title") or "Untitled spreadsheet", properties)
    if given.get("sheets"):
        _fill(Call(book, account.email, True, service().clock()), given["sheets"])
    for named in given.get("namedRanges", []):
        rules.add_named(Call(book, account.email, True, service().clock()), {"namedRange": named})
    service().add(account, book)
    with service().reading(account, book.id) as call:
        return answer(grid.resource(call.book, base_url(), mask(), None, data=False, caller=call))


def _fill(call: Call, given: list[JSON]) -> None:
    """Put the given sheets in the place of the first."""
    call.book.sheets.clear()
    for index, found in enumerate(given):
        properties = dict(found.get("properties", {}))
        properties.pop("index", None)
        if index == 0:
            properties.setdefault("sheetId", 0)
            properties.setdefault("title", "Sheet1")
        sheets.add_sheet(call, {"properties": properties})
        _furnish(call, call.book.sheets[-1].id, found)


def _furnish(call: Call, sheet_id: int, found: JSON) -> None:
    for data in found.get("data", []):
        start = {"sheetId": sheet_id, "rowIndex": data.get("startRow", 0), "columnIndex": data.get("startColumn", 0)}
        if data.get("rowData"):
            cells.update_cells(call, {"start": start, "rows": data["rowData"], "fields": "*"})
    for rule in reversed(found.get("conditionalFormats", [])):
        rules.add_conditional(call, {"rule": rule})
    for protected in found.get("protectedRanges", []):
        rules.add_protected(call, {"protectedRange": protected})
    if found.get("basicFilter"):
        rules.set_filter(call, {"filter": found["basicFilter"]})


@routes.get("/v4/spreadsheets/<file_id>")
def get(file_id: str) -> Response:
    """`spreadsheets.get`: grid data when `includeGridData`, or when the field mask asks for it."""
    options = query(METHOD + "get")
    with service().reading(caller(), file_id) as call:
        asked = options.get("ranges")
        areas = [ranges.from_a1(call.book, text) for text in asked] if asked else None
        data = _with_data(options.get("includeGridData"), mask())
        return answer(grid.resource(call.book, base_url(), mask(), areas, data=data, caller=call))


def _with_data(asked: bool | None, wanted: Mask | None) -> bool:
    """Google ignores includeGridData when a field mask is given."""
    return bool(asked) if wanted is None else wants(wanted, "sheets", "data") and "*" not in wanted


@routes.post("/v4/spreadsheets/<file_id>:getByDataFilter")
def get_by_data_filter(file_id: str) -> Response:
    """`spreadsheets.getByDataFilter`."""
    query(METHOD + "getByDataFilter")
    given = body("GetSpreadsheetByDataFilterRequest")
    with service().reading(caller(), file_id) as call:
        filters = given.get("dataFilters", [])
        areas = [area for data_filter in filters for area in filtered(call.book, data_filter)]
        data = _with_data(given.get("includeGridData"), mask())
        return answer(grid.resource(call.book, base_url(), mask(), areas or None, data=data, caller=call))


def filtered(book: Spreadsheet, data_filter: JSON) -> list[Area]:
    """The areas that a data filter names."""
    if "a1Range" in data_filter:
        return [ranges.from_a1(book, data_filter["a1Range"])]
    if "gridRange" in data_filter:
        return [ranges.from_grid(book, data_filter["gridRange"])]
    if "developerMetadataLookup" not in data_filter:
        raise invalid("DataFilter must have a filter set.")
    found = [metadata.area_of(book, each) for each in metadata.matching(book, data_filter)]
    return [area for area in found if area is not None]


@routes.post("/v4/spreadsheets/<file_id>:batchUpdate")
def batch_update(file_id: str) -> Response:
    """`spreadsheets.batchUpdate`: all of the requests, or none."""
    query(METHOD + "batchUpdate")
    account, given = caller(write=True), body("BatchUpdateSpreadsheetRequest")
    with service().changing(account, file_id) as call:
        replies = batch.apply(call, given.get("requests", []))
        found: JSON = {"spreadsheetId": file_id, "replies": grid.answered(replies)}
        if given.get("includeSpreadsheetInResponse"):
            service().books.recalculated(call.book)
            found["updatedSpreadsheet"] = _updated(call, given)
    return answer(found)


def _updated(call: Call, given: JSON) -> JSON:
    """The spreadsheet as the batch leaves it, in its answer."""
    asked = given.get("responseRanges")
    areas = [ranges.from_a1(call.book, text) for text in asked] if asked else None
    whole = mask()
    inner = whole.get("updatedSpreadsheet") if whole and "*" not in whole else None
    data = bool(given.get("responseIncludeGridData"))
    return grid.resource(call.book, base_url(), inner, areas, data=data, caller=call)


@routes.post("/v4/spreadsheets/<file_id>/sheets/<int:sheet_id>:copyTo")
def copy_to(file_id: str, sheet_id: int) -> Response:
    """`sheets.copyTo`: into another spreadsheet, or the same."""
    query(METHOD + "sheets.copyTo")
    account, given = caller(write=True), body("CopySheetToAnotherSpreadsheetRequest")
    with service().reading(account, file_id) as source:
        made = sheets.copied(source.book.sheet(sheet_id), 1, "", 0)
        title = source.book.sheet(sheet_id).title
    with service().changing(account, given.get("destinationSpreadsheetId", "")) as call:
        properties = sheets.adopt(call, made, title)
    return answer(properties)


@routes.get("/v4/spreadsheets/<file_id>/developerMetadata/<int:metadata_id>")
def get_metadata(file_id: str, metadata_id: int) -> Response:
    """`developerMetadata.get`."""
    query(METHOD + "developerMetadata.get")
    with service().reading(caller(), file_id) as call:
        for found in metadata.every(call.book):
            if found["metadataId"] == metadata_id:
                return answer(grid.answered(found))
    raise GoogleError(404, f"No developer metadata with ID {metadata_id}")


@routes.post("/v4/spreadsheets/<file_id>/developerMetadata:search")
def search_metadata(file_id: str) -> Response:
    """`developerMetadata.search`."""
    query(METHOD + "developerMetadata.search")
    given = body("SearchDeveloperMetadataRequest")
    with service().reading(caller(), file_id) as call:
        matched: dict[int, JSON] = {}
        for data_filter in given.get("dataFilters", []):
            for each in metadata.matching(call.book, data_filter):
                known = matched.setdefault(each["metadataId"], {"developerMetadata": each, "dataFilters": []})
                known["dataFilters"].append(data_filter)
        return answer({"matchedDeveloperMetadata": grid.answered(list(matched.values()))} if matched else {})
