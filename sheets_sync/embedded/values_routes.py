"""`/v4/spreadsheets/…/values`: get, update, append, clear, their batches and data filters."""

from flask import Blueprint, Response

from sheets_sync.embedded import ranges, shifting, values
from sheets_sync.embedded.call import Call
from sheets_sync.embedded.edits import Insert
from sheets_sync.embedded.errors import JSON, GoogleError, invalid
from sheets_sync.embedded.ranges import Area
from sheets_sync.embedded.requests.cells import grow
from sheets_sync.embedded.sheets_routes import filtered
from sheets_sync.embedded.web import answer, body, caller, query, service

routes = Blueprint("values", __name__)
METHOD = "sheets.spreadsheets.values."
BASE = "/v4/spreadsheets/<file_id>/values"


@routes.get(f"{BASE}/<path:text>")
def get(file_id: str, text: str) -> Response:
    """`values.get`."""
    options = query(METHOD + "get")
    with service().reading(caller(), file_id) as call:
        return answer(values.read(ranges.from_a1(call.book, text), options, call.locale))


@routes.get(f"{BASE}:batchGet")
def batch_get(file_id: str) -> Response:
    """`values.batchGet`."""
    options = query(METHOD + "batchGet")
    with service().reading(caller(), file_id) as call:
        found = [
            values.read(ranges.from_a1(call.book, text), options, call.locale) for text in options.get("ranges", [])
        ]
        return answer({"spreadsheetId": file_id, "valueRanges": found})


@routes.post(f"{BASE}:batchGetByDataFilter")
def batch_get_by_data_filter(file_id: str) -> Response:
    """`values.batchGetByDataFilter`: a range that meets several filters is answered once, with all of them."""
    query(METHOD + "batchGetByDataFilter")
    given = body("BatchGetValuesByDataFilterRequest")
    with service().reading(caller(), file_id) as call:
        matched: dict[str, JSON] = {}
        for data_filter in given.get("dataFilters", []):
            for area in filtered(call.book, data_filter):
                shown = area.show()
                if shown not in matched:
                    read = values.read(area, given, call.locale)
                    matched[shown] = {"valueRange": read, "dataFilters": []}
                matched[shown]["dataFilters"].append(data_filter)
        found: JSON = {"spreadsheetId": file_id}
        if matched:
            found["valueRanges"] = list(matched.values())
        return answer(found)


@routes.put(f"{BASE}/<path:text>")
def update(file_id: str, text: str) -> Response:
    """`values.update`."""
    options, account = query(METHOD + "update"), caller(write=True)
    given = body("ValueRange")
    with service().changing(account, file_id) as call:
        area = ranges.from_a1(call.book, text)
        if ranges.from_a1(call.book, given.get("range", text)).show() != area.show():
            raise invalid(f"Requested range [{given['range']}] does not match URL: [{text}]")
        found = {"spreadsheetId": file_id, **_write(call, area, given, options)}
        _include_values(call, [found], options)
    return answer(found)


def _write(call: Call, area: Area, given: JSON, options: JSON) -> JSON:
    enter = values.writer(options.get("valueInputOption", ""), call.locale, call.local.date())
    found = values.write(area, given, enter)
    call.guard(ranges.from_a1(call.book, found["updatedRange"]))
    return found


def _include_values(call: Call, found: list[JSON], options: JSON) -> None:
    """Add the updated values to the answers, when asked for."""
    if not options.get("includeValuesInResponse"):
        return
    service().books.recalculated(call.book)
    render = {
        "valueRenderOption": options.get("responseValueRenderOption"),
        "dateTimeRenderOption": options.get("responseDateTimeRenderOption"),
    }
    for each in found:
        area = ranges.from_a1(call.book, each["updatedRange"])
        each["updatedData"] = values.read(area, render, call.locale)


@routes.post(f"{BASE}:batchUpdate")
def batch_update(file_id: str) -> Response:
    """`values.batchUpdate`: all of the ranges, or none."""
    query(METHOD + "batchUpdate")
    account, given = caller(write=True), body("BatchUpdateValuesRequest")
    with service().changing(account, file_id) as call:
        responses = []
        for index, data in enumerate(given.get("data", [])):
            written = _write_data(call, index, data, given)
            responses.append({"spreadsheetId": file_id, **written})
        _include_values(call, responses, given)
    return answer(_totals(file_id, responses))


def _write_data(call: Call, index: int, data: JSON, options: JSON) -> JSON:
    try:
        return _write(call, ranges.from_a1(call.book, data.get("range", "")), data, options)
    except GoogleError as error:
        raise GoogleError(error.code, f"Invalid data[{index}]: {error.message}") from error


def _totals(file_id: str, responses: list[JSON]) -> JSON:
    found: JSON = {"spreadsheetId": file_id}
    if not responses:
        return found
    titles = {each["updatedRange"].rpartition("!")[0] for each in responses}
    for name in ("Rows", "Columns", "Cells"):
        total = sum(each.get(f"updated{name}", 0) for each in responses)
        if total:
            found[f"totalUpdated{name}"] = total
    return {**found, "totalUpdatedSheets": len(titles), "responses": responses}


@routes.post(f"{BASE}:batchUpdateByDataFilter")
def batch_update_by_data_filter(file_id: str) -> Response:
    """`values.batchUpdateByDataFilter`."""
    query(METHOD + "batchUpdateByDataFilter")
    account, given = caller(write=True), body("BatchUpdateValuesByDataFilterRequest")
    with service().changing(account, file_id) as call:
        responses = []
        for data in given.get("data", []):
            for area in filtered(call.book, data.get("dataFilter", {})):
                responses.append({"dataFilter": data["dataFilter"], **_write(call, area, data, given)})
        _include_values(call, responses, given)
    return answer(_totals(file_id, responses))


@routes.post(f"{BASE}/<path:text>:append")
def append(file_id: str, text: str) -> Response:
    """`values.append`: behind the table that the range holds; the grid grows when it must."""
    options, account = query(METHOD + "append"), caller(write=True)
    given = body("ValueRange")
    with service().changing(account, file_id) as call:
        asked = ranges.from_a1(call.book, text)
        table = values.table(asked)
        area = _behind(call, table or asked, table is not None, given, options)
        updates: JSON = {"spreadsheetId": file_id, **_write(call, area, given, options)}
        _include_values(call, [updates], options)
    found: JSON = {"spreadsheetId": file_id}
    if table is not None:
        found["tableRange"] = table.show()
    return answer({**found, "updates": updates})


def _behind(call: Call, at: Area, is_table: bool, given: JSON, options: JSON) -> Area:
    grid = given.get("values", [])
    across, down = max(map(len, grid), default=0), len(grid)
    height, width = (across, down) if given.get("majorDimension") == "COLUMNS" else (down, across)
    top = at.bottom if is_table else at.top
    if is_table and options.get("insertDataOption") == "INSERT_ROWS" and top < at.sheet.height and height:
        shifting.apply(call.book, at.sheet, Insert(True, top, height))
    grow(at.sheet, top + height, at.left + width)
    return Area(at.sheet, top, top + height, at.left, at.left + width)


@routes.post(f"{BASE}/<path:text>:clear")
def clear(file_id: str, text: str) -> Response:
    """`values.clear`."""
    query(METHOD + "clear")
    account = caller(write=True)
    body("ClearValuesRequest")
    with service().changing(account, file_id) as call:
        area = ranges.from_a1(call.book, text)
        call.guard(area)
        values.clear(area)
        return answer({"spreadsheetId": file_id, "clearedRange": area.show()})


@routes.post(f"{BASE}:batchClear")
def batch_clear(file_id: str) -> Response:
    """`values.batchClear`."""
    query(METHOD + "batchClear")
    account, given = caller(write=True), body("BatchClearValuesRequest")
    with service().changing(account, file_id) as call:
        areas = [_at_range(call, index, text) for index, text in enumerate(given.get("ranges", []))]
        return answer(_cleared(call, areas))


def _at_range(call: Call, index: int, text: str) -> Area:
    try:
        return ranges.from_a1(call.book, text)
    except GoogleError as error:
        raise GoogleError(error.code, f"Invalid range[{index}]: {error.message}") from error


@routes.post(f"{BASE}:batchClearByDataFilter")
def batch_clear_by_data_filter(file_id: str) -> Response:
    """`values.batchClearByDataFilter`."""
    query(METHOD + "batchClearByDataFilter")
    account, given = caller(write=True), body("BatchClearValuesByDataFilterRequest")
    with service().changing(account, file_id) as call:
        areas = [area for each in given.get("dataFilters", []) for area in filtered(call.book, each)]
        return answer(_cleared(call, areas))


def _cleared(call: Call, areas: list[Area]) -> JSON:
    for area in areas:
        call.guard(area)
        values.clear(area)
    return {"spreadsheetId": call.book.id, "clearedRanges": [area.show() for area in areas]}
