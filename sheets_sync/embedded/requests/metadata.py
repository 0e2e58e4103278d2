"""Developer metadata: made, found by lookup, changed, deleted."""

from collections.abc import Iterator

from sheets_sync.embedded import fields, ranges
from sheets_sync.embedded.call import Call
from sheets_sync.embedded.defaults import fresh_id
from sheets_sync.embedded.errors import JSON, invalid
from sheets_sync.embedded.model import Sheet, Spreadsheet
from sheets_sync.embedded.ranges import Area

MOST_CHARACTERS = 30_000


def every(book: Spreadsheet) -> Iterator[JSON]:
    """All metadata of the spreadsheet."""
    yield from book.metadata
    for sheet in book.sheets:
        yield from sheet.items("developerMetadata")


def location_type(location: JSON) -> str:
    """ROW, COLUMN, SHEET or SPREADSHEET."""
    if "dimensionRange" in location:
        return "ROW" if location["dimensionRange"].get("dimension") == "ROWS" else "COLUMN"
    return "SPREADSHEET" if location.get("spreadsheet") else "SHEET"


def create(call: Call, body: JSON) -> JSON | None:
    """`createDeveloperMetadata`: the caller may choose the id, which must be new."""
    given = dict(body.get("developerMetadata", {}))
    taken = {each["metadataId"] for each in every(call.book)}
    given.setdefault("metadataId", fresh_id(taken))
    if given["metadataId"] in taken:
        raise invalid(f"Developer metadata with id {given['metadataId']} already exists.")
    if given["metadataId"] < 0:
        raise invalid("developerMetadata.metadataId must be a positive number.")
    if not given.get("metadataKey"):
        raise invalid("developerMetadata.metadataKey must be set.")
    if given.get("visibility", "DEVELOPER_METADATA_VISIBILITY_UNSPECIFIED").endswith("UNSPECIFIED"):
        raise invalid("developerMetadata.visibility must be set.")
    _place(call, given)
    return {"developerMetadata": given}


def _place(call: Call, given: JSON) -> None:
    """Put metadata where its location says. Raises a 400 for a location that is none, or a full sheet."""
    location: JSON = dict(given.get("location", {}))
    if len({"spreadsheet", "sheetId", "dimensionRange"} & location.keys()) != 1:
        raise invalid("developerMetadata.location must be set to one of spreadsheet, sheetId and dimensionRange.")
    sheet: Sheet | None = None
    if "dimensionRange" in location:
        sheet, rows, start, end = ranges.dimension(call.book, location["dimensionRange"])
        if end - start != 1:
            raise invalid("Developer metadata can only be associated with a single row or column.")
        if end > (sheet.height if rows else sheet.width):
            raise invalid(f"Cannot add developer metadata beyond the grid: index {start}.")
        name = "ROWS" if rows else "COLUMNS"
        location["dimensionRange"] = {
            "sheetId": sheet.id, "dimension": name, "startIndex": start, "endIndex": end
        }  # fmt: skip
    elif "sheetId" in location:
        sheet = call.book.sheet(location["sheetId"])
    given["location"] = {"locationType": location_type(location), **location}
    target = call.book.metadata if sheet is None else sheet.items("developerMetadata")
    used = sum(len(m.get("metadataKey", "")) + len(m.get("metadataValue", "")) for m in [*target, given])
    if used > MOST_CHARACTERS:
        raise invalid(f"Developer metadata is limited to {MOST_CHARACTERS} characters.")
    target.append(given)


def matching(book: Spreadsheet, data_filter: JSON) -> list[JSON]:
    """The metadata that a data filter finds."""
    if "developerMetadataLookup" in data_filter:
        lookup = data_filter["developerMetadataLookup"]
        return [each for each in every(book) if _fits(book, each, lookup)]
    if "a1Range" in data_filter:
        area = ranges.from_a1(book, data_filter["a1Range"])
    else:
        area = ranges.from_grid(book, data_filter.get("gridRange", {}))
    return [each for each in every(book) if _within(area, each["location"])]


FIELDS = ("metadataId", "metadataKey", "metadataValue", "visibility")


def _fits(book: Spreadsheet, found: JSON, lookup: JSON) -> bool:
    if any(name in lookup and found.get(name) != lookup[name] for name in FIELDS):
        return False
    wanted = lookup.get("locationType", "DEVELOPER_METADATA_LOCATION_TYPE_UNSPECIFIED")
    if not wanted.endswith("UNSPECIFIED") and found["location"]["locationType"] != wanted:
        return False
    if "metadataLocation" not in lookup:
        return True
    return _located(found["location"], lookup)


def _located(location: JSON, lookup: JSON) -> bool:
    """Whether a location is the lookup's, or meets it: INTERSECTING_LOCATION is what Google assumes."""
    wanted = lookup["metadataLocation"]
    if location_type(wanted) == location["locationType"] and _bare(wanted) == _bare(location):
        return True
    return lookup.get("locationMatchingStrategy") != "EXACT_LOCATION" and _meet(_bare(wanted), _bare(location))


def _meet(one: JSON, other: JSON) -> bool:
    """Whether two locations have cells in common; the spreadsheet's own meets no other (DeveloperMetadataLookup)."""
    if _sheet_of(one) is None or _sheet_of(one) != _sheet_of(other):
        return False
    spans = [location["dimensionRange"] for location in (one, other) if "dimensionRange" in location]
    if len(spans) < 2 or spans[0]["dimension"] != spans[1]["dimension"]:
        return True
    return bool(max(span["startIndex"] for span in spans) < min(span["endIndex"] for span in spans))


def _bare(location: JSON) -> JSON:
    found = {name: value for name, value in location.items() if name != "locationType"}
    if "dimensionRange" in found:
        found["dimensionRange"] = {"sheetId": 0, "startIndex": 0, **found["dimensionRange"]}
    return found


def _sheet_of(location: JSON) -> int | None:
    if "dimensionRange" in location:
        return int(location["dimensionRange"].get("sheetId", 0))
    return location.get("sheetId")


def _within(area: Area, location: JSON) -> bool:
    """Whether a row or column is one of the area's, or the sheet is covered whole."""
    if _sheet_of(location) != area.sheet.id:
        return False
    found = location.get("dimensionRange")
    if found is None:
        return (area.bottom - area.top, area.right - area.left) == (area.sheet.height, area.sheet.width)
    return found["startIndex"] in (area.rows if found["dimension"] == "ROWS" else area.columns)


def area_of(book: Spreadsheet, found: JSON) -> Area | None:
    """The cells that metadata stands for; None for the spreadsheet's own."""
    location = found["location"]
    if "dimensionRange" not in location:
        return ranges.from_grid(book, {"sheetId": location["sheetId"]}) if "sheetId" in location else None
    sheet, rows, start, end = ranges.dimension(book, location["dimensionRange"])
    return Area(sheet, start, end, 0, sheet.width) if rows else Area(sheet, 0, sheet.height, start, end)


def update(call: Call, body: JSON) -> JSON | None:
    """`updateDeveloperMetadata`: all that the filters find."""
    mask = fields.update_mask("DeveloperMetadata", body.get("fields"))
    changed = []
    for found in _found(call, body.get("dataFilters", [])):
        made = fields.apply(found, body.get("developerMetadata", {}), mask)
        made["metadataId"] = found["metadataId"]
        _remove(call.book, found)
        _place(call, made)
        changed.append(made)
    return {"developerMetadata": changed}


def _found(call: Call, filters: list[JSON]) -> list[JSON]:
    found: dict[int, JSON] = {}
    for data_filter in filters:
        found.update({each["metadataId"]: each for each in matching(call.book, data_filter)})
    return list(found.values())


def _remove(book: Spreadsheet, found: JSON) -> None:
    for target in (book.metadata, *(sheet.items("developerMetadata") for sheet in book.sheets)):
        target[:] = [each for each in target if each["metadataId"] != found["metadataId"]]


def delete(call: Call, body: JSON) -> JSON | None:
    """`deleteDeveloperMetadata`: all that the filter finds."""
    found = _found(call, [body.get("dataFilter", {})])
    for each in found:
        _remove(call.book, each)
    return {"deletedDeveloperMetadata": found}
