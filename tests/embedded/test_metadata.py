"""Developer metadata: where it may stand, and how it is found."""

from typing import Any

import pytest

from tests.embedded.clients import Person


def rows(start: int, end: int, sheet: int = 0) -> dict[str, Any]:
    return {"dimensionRange": {"sheetId": sheet, "dimension": "ROWS", "startIndex": start, "endIndex": end}}


def columns(start: int, end: int) -> dict[str, Any]:
    return {"dimensionRange": {"sheetId": 0, "dimension": "COLUMNS", "startIndex": start, "endIndex": end}}


PLACES = {
    1: {"spreadsheet": True},
    2: {"sheetId": 0},
    3: rows(0, 1),
    4: rows(4, 5),
    5: columns(2, 3),
    6: {"sheetId": 7},
}


def made(number: int, location: Any, **other: Any) -> dict[str, Any]:
    usual = {"metadataId": number, "metadataKey": f"k{number % 2}", "metadataValue": "v", "visibility": "DOCUMENT"}
    return {"createDeveloperMetadata": {"developerMetadata": {**usual, "location": location, **other}}}


@pytest.fixture
def book(owner: Person) -> str:
    """One of each of PLACES; the even ones have the key k0, the odd ones k1."""
    file_id = owner.sheet()
    owner.write(file_id, "A1", [[f"{column}{row}" for column in "abc"] for row in range(1, 6)])
    owner.batch(file_id, {"addSheet": {"properties": {"sheetId": 7, "title": "other"}}})
    owner.batch(file_id, *(made(number, place) for number, place in PLACES.items()))
    return file_id


def found(owner: Person, book: str, *filters: dict[str, Any]) -> list[int]:
    path = f"/v4/spreadsheets/{book}/developerMetadata:search"
    answer = owner.call("POST", path, json={"dataFilters": list(filters)})
    return sorted(each["developerMetadata"]["metadataId"] for each in answer.get("matchedDeveloperMetadata", []))


@pytest.mark.parametrize(
    ("lookup", "ids"),
    [
        ({"metadataKey": "k0"}, [2, 4, 6]),
        ({"metadataId": 3}, [3]),
        ({"metadataKey": "k0", "metadataId": 3}, []),
        ({"metadataValue": "other"}, []),
        ({"visibility": "PROJECT"}, []),
        ({"locationType": "ROW"}, [3, 4]),
        ({"locationType": "SHEET"}, [2, 6]),
        ({"locationType": "SPREADSHEET"}, [1]),
        ({"metadataLocation": rows(4, 5), "locationMatchingStrategy": "EXACT_LOCATION"}, [4]),
        ({"metadataLocation": rows(3, 4), "locationMatchingStrategy": "EXACT_LOCATION"}, []),
        # A row meets its sheet and every column, but no other row.
        ({"metadataLocation": rows(4, 5), "locationMatchingStrategy": "INTERSECTING_LOCATION"}, [2, 4, 5]),
        ({"metadataLocation": rows(4, 5)}, [2, 4, 5]),
        ({"metadataLocation": columns(0, 1)}, [2, 3, 4]),
        ({"metadataLocation": {"sheetId": 0}}, [2, 3, 4, 5]),
        ({"metadataLocation": {"sheetId": 7}}, [6]),
        ({"metadataLocation": {"spreadsheet": True}}, [1]),
        ({"metadataLocation": {"sheetId": 0}, "locationType": "COLUMN"}, [5]),
    ],
)
def test_lookups(owner: Person, book: str, lookup: dict[str, Any], ids: list[int]) -> None:
    assert found(owner, book, {"developerMetadataLookup": lookup}) == ids


@pytest.mark.parametrize(
    ("data_filter", "ids"),
    [({"a1Range": "A1:B2"}, [3]), ({"a1Range": "C4:C6"}, [4, 5]), ({"gridRange": {"sheetId": 7}}, [6])],
)
def test_by_the_cells_it_stands_for(owner: Person, book: str, data_filter: dict[str, Any], ids: list[int]) -> None:
    assert found(owner, book, data_filter) == ids


def test_one_by_its_id(owner: Person, book: str) -> None:
    path = f"/v4/spreadsheets/{book}/developerMetadata/"
    row = {"dimension": "ROWS", "startIndex": 4, "endIndex": 5}  # of sheet 0, which is not named
    one = owner.call("GET", path + "4")
    assert one["location"] == {"locationType": "ROW", "dimensionRange": row}
    owner.call("GET", path + "99", 404)


@pytest.mark.parametrize(
    ("location", "other", "message"),
    [
        ({}, {}, "location must be set"),
        ({"spreadsheet": True, "sheetId": 0}, {}, "location must be set"),
        (rows(0, 2), {}, "a single row or column"),
        (rows(1000, 1001), {}, "beyond the grid"),
        ({"sheetId": 5}, {}, "No grid with id: 5"),
        ({"sheetId": 0}, {"metadataKey": ""}, "metadataKey must be set"),
        ({"sheetId": 0}, {"visibility": "DEVELOPER_METADATA_VISIBILITY_UNSPECIFIED"}, "visibility must be set"),
        ({"sheetId": 0}, {"metadataId": 4}, "already exists"),
        ({"sheetId": 0}, {"metadataValue": "x" * 30_000}, "30000 characters"),
    ],
)
def test_what_is_refused(owner: Person, book: str, location: Any, other: dict[str, Any], message: str) -> None:
    refused = owner.batch(book, made(9, location, **other), expect=400)
    assert message in refused["error"]["message"]
    assert found(owner, book, {"developerMetadataLookup": {"metadataId": 9}}) == []


def test_changing_and_deleting_all_that_is_found(owner: Person, book: str) -> None:
    lookup = {"developerMetadataLookup": {"metadataKey": "k0"}}
    change = {"dataFilters": [lookup], "developerMetadata": {"metadataValue": "new"}, "fields": "metadataValue"}
    replies = owner.batch(book, {"updateDeveloperMetadata": change})["replies"]
    changed = replies[0]["updateDeveloperMetadata"]["developerMetadata"]
    assert {each["metadataId"]: each["metadataValue"] for each in changed} == {2: "new", 4: "new", 6: "new"}
    replies = owner.batch(book, {"deleteDeveloperMetadata": {"dataFilter": lookup}})["replies"]
    deleted = replies[0]["deleteDeveloperMetadata"]["deletedDeveloperMetadata"]
    assert sorted(each["metadataId"] for each in deleted) == [2, 4, 6]
    every = [{"developerMetadataLookup": {"metadataId": number}} for number in PLACES]
    assert found(owner, book, *every) == [1, 3, 5]


def test_moving_it_to_another_row(owner: Person, book: str) -> None:
    lookup = {"developerMetadataLookup": {"metadataId": 3}}
    change = {"dataFilters": [lookup], "developerMetadata": {"location": rows(1, 2)}, "fields": "location"}
    owner.batch(book, {"updateDeveloperMetadata": change})
    assert found(owner, book, {"a1Range": "A2"}) == [3]
    assert found(owner, book, {"a1Range": "A1"}) == []


def test_cells_by_metadata(owner: Person, book: str) -> None:
    """Grid data, values, and writing: a row is found by its mark wherever it has gone."""
    rows_before = {"sheetId": 0, "dimension": "ROWS", "startIndex": 0, "endIndex": 2}
    owner.batch(book, {"insertDimension": {"range": rows_before}})
    mark = {"developerMetadataLookup": {"metadataId": 4}}
    path = f"/v4/spreadsheets/{book}"
    grid = owner.call("POST", path + ":getByDataFilter", json={"dataFilters": [mark], "includeGridData": True})
    assert grid["sheets"][0]["data"][0]["startRow"] == 6
    read = owner.call("POST", path + "/values:batchGetByDataFilter", json={"dataFilters": [mark]})
    assert read["valueRanges"] == [
        {
            "valueRange": {"range": "Sheet1!A7:Z7", "majorDimension": "ROWS", "values": [["a5", "b5", "c5"]]},
            "dataFilters": [mark],
        }
    ]
    body = {"valueInputOption": "RAW", "data": [{"dataFilter": mark, "values": [["new", None, ""]]}]}
    wrote = owner.call("POST", path + "/values:batchUpdateByDataFilter", json=body)
    assert (wrote["totalUpdatedCells"], wrote["responses"][0]["updatedRange"]) == (2, "Sheet1!A7:C7")
    assert wrote["responses"][0]["dataFilter"] == mark
    assert owner.values(book, "A7:C7") == [["new", "b5"]]
    cleared = owner.call("POST", path + "/values:batchClearByDataFilter", json={"dataFilters": [mark]})
    assert cleared["clearedRanges"] == ["Sheet1!A7:Z7"]
    assert owner.values(book, "A7:C7") is None
