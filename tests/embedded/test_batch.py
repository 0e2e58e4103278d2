"""batchUpdate: what each request does, and that a batch is all or nothing."""

from typing import Any

import pytest

from tests.embedded.clients import Person

META = {"metadataId": 7, "metadataKey": "submission", "metadataValue": "abc", "visibility": "DOCUMENT"}


def rows(start: int, end: int) -> dict[str, Any]:
    return {"sheetId": 0, "dimension": "ROWS", "startIndex": start, "endIndex": end}


def columns(start: int, end: int) -> dict[str, Any]:
    return {**rows(start, end), "dimension": "COLUMNS"}


def area(top: int, bottom: int, left: int, right: int) -> dict[str, Any]:
    return {
        "sheetId": 0,
        "startRowIndex": top,
        "endRowIndex": bottom,
        "startColumnIndex": left,
        "endColumnIndex": right,
    }


def rule(formula: str, *ranges: dict[str, Any]) -> dict[str, Any]:
    condition = {"type": "CUSTOM_FORMULA", "values": [{"userEnteredValue": formula}]}
    return {"ranges": list(ranges), "booleanRule": {"condition": condition, "format": {"backgroundColor": {"red": 1}}}}


@pytest.fixture
def book(owner: Person) -> str:
    """| a | b | =A1+... |: three rows of numbers, their sum in D1, a note on B2."""
    file_id = owner.sheet()
    owner.write(file_id, "A1:D3", [[1, 2, 3, "=SUM(A1:C3)"], [4, 5, 6, "=B2*2"], [7, 8, 9, "=$A$3"]], "USER_ENTERED")
    note = {"start": {"sheetId": 0, "rowIndex": 1, "columnIndex": 1}, "rows": [{"values": [{"note": "לבדוק"}]}]}
    owner.batch(file_id, {"updateCells": {**note, "fields": "note"}})
    return file_id


def sheet(owner: Person, file_id: str, mask: str = "sheets") -> Any:
    return owner.call("GET", f"/v4/spreadsheets/{file_id}", params={"fields": mask})["sheets"][0]


def formulas(owner: Person, file_id: str) -> list[str]:
    grid = owner.values(file_id, valueRenderOption="FORMULA")
    return [value for row in grid for value in row if isinstance(value, str) and value.startswith("=")]


def notes(owner: Person, file_id: str) -> dict[tuple[int, int], str]:
    data = sheet(owner, file_id, "sheets.data.rowData.values.note").get("data", [{}])[0]
    grid = data.get("rowData", [])
    return {(r, c): cell["note"] for r, row in enumerate(grid) for c, cell in enumerate(row.get("values", [])) if cell}


@pytest.mark.parametrize(
    ("request_", "formulas_after", "note_at"),
    [
        ({"insertDimension": {"range": rows(1, 3)}}, ["=SUM(A1:C5)", "=B4*2", "=$A$5"], (3, 1)),
        ({"insertDimension": {"range": rows(0, 1)}}, ["=SUM(A2:C4)", "=B3*2", "=$A$4"], (2, 1)),
        ({"insertDimension": {"range": columns(1, 2)}}, ["=SUM(A1:D3)", "=C2*2", "=$A$3"], (1, 2)),
        ({"deleteDimension": {"range": rows(0, 1)}}, ["=B1*2", "=$A$2"], (0, 1)),
        ({"deleteDimension": {"range": columns(0, 1)}}, ["=SUM(A1:B3)", "=A2*2", "=#REF!"], (1, 0)),
        ({"moveDimension": {"source": rows(0, 1), "destinationIndex": 3}}, ["=B1*2", "=$A$2", "=SUM(A1:C2)"], (0, 1)),
    ],
)
def test_formulas_and_notes_follow(
    owner: Person, book: str, request_: dict[str, Any], formulas_after: list[str], note_at: tuple[int, int]
) -> None:
    owner.batch(book, request_)
    assert formulas(owner, book) == formulas_after
    assert notes(owner, book) == {note_at: "לבדוק"}


def test_rules_metadata_and_protection_follow(owner: Person, book: str) -> None:
    owner.batch(
        book,
        {"addConditionalFormatRule": {"rule": rule("=$A2>3", area(1, 3, 0, 3))}},
        {"addProtectedRange": {"protectedRange": {"range": area(0, 1, 0, 4), "warningOnly": True}}},
        {"setBasicFilter": {"filter": {"range": area(0, 3, 0, 4)}}},
        {"mergeCells": {"range": area(2, 3, 0, 2)}},
        {"addNamedRange": {"namedRange": {"name": "total", "range": area(0, 1, 3, 4)}}},
        {"createDeveloperMetadata": {"developerMetadata": {**META, "location": {"dimensionRange": rows(1, 2)}}}},
        {"insertDimension": {"range": rows(0, 2)}},
    )
    found = sheet(owner, book)
    shifted = {"startRowIndex": 3, "endRowIndex": 5, "startColumnIndex": 0, "endColumnIndex": 3}
    assert found["conditionalFormats"][0]["ranges"] == [shifted]
    condition = found["conditionalFormats"][0]["booleanRule"]["condition"]
    assert condition["values"] == [{"userEnteredValue": "=$A4>3"}]
    assert found["protectedRanges"][0]["range"]["startRowIndex"] == 2
    assert found["basicFilter"]["range"]["endRowIndex"] == 5
    assert found["merges"][0]["startRowIndex"] == 4
    assert found["data"][0]["rowMetadata"][3]["developerMetadata"][0]["metadataId"] == 7
    named = owner.call("GET", f"/v4/spreadsheets/{book}", params={"fields": "namedRanges"})["namedRanges"]
    assert named[0]["range"]["startRowIndex"] == 2


def test_one_bad_request_applies_nothing(owner: Person, book: str) -> None:
    before = owner.call("GET", f"/v4/spreadsheets/{book}", params={"includeGridData": "true"})
    error = owner.batch(
        book,
        {"insertDimension": {"range": rows(0, 1)}},
        {"updateCells": {"range": area(0, 1, 0, 1), "fields": "userEnteredValue", "rows": []}},
        {"addSheet": {"properties": {"title": "Sheet1"}}},
        expect=400,
    )
    assert error["error"]["status"] == "INVALID_ARGUMENT"
    assert error["error"]["message"] == (
        'Invalid requests[2].addSheet: A sheet with the name "Sheet1" already exists. Please enter another name.'
    )
    assert owner.call("GET", f"/v4/spreadsheets/{book}", params={"includeGridData": "true"}) == before


def test_a_metadata_id_is_used_once(owner: Person, book: str) -> None:
    made = {"createDeveloperMetadata": {"developerMetadata": {**META, "location": {"spreadsheet": True}}}}
    owner.batch(book, made)
    error = owner.batch(book, made, expect=400)["error"]
    assert (error["code"], error["status"]) == (400, "INVALID_ARGUMENT")
    lookup = {"dataFilter": {"developerMetadataLookup": {"metadataKey": "submission"}}}
    owner.batch(book, {"deleteDeveloperMetadata": lookup})
    owner.batch(book, made)


def test_a_row_is_placed_and_found_by_its_metadata(owner: Person, book: str) -> None:
    """Insert, fill and mark a row in one batch, then find it after another insert."""
    owner.batch(
        book,
        {"insertDimension": {"range": rows(3, 4), "inheritFromBefore": True}},
        {
            "updateCells": {
                "start": {"sheetId": 0, "rowIndex": 3, "columnIndex": 0},
                "rows": [{"values": [{"userEnteredValue": {"stringValue": "0501234567"}}]}],
                "fields": "userEnteredValue",
            }
        },
        {"createDeveloperMetadata": {"developerMetadata": {**META, "location": {"dimensionRange": rows(3, 4)}}}},
        {"insertDimension": {"range": rows(0, 1)}},
    )
    filters = {"dataFilters": [{"developerMetadataLookup": {"metadataId": 7}}]}
    found = owner.call("POST", f"/v4/spreadsheets/{book}/values:batchGetByDataFilter", json=filters)
    assert found["valueRanges"][0]["valueRange"]["range"] == "Sheet1!A5:Z5"
    assert found["valueRanges"][0]["valueRange"]["values"] == [["0501234567"]]


def test_the_answer_carries_the_sheet_as_written(owner: Person, book: str) -> None:
    update = {
        "range": area(0, 1, 0, 1),
        "rows": [{"values": [{"userEnteredValue": {"numberValue": 10}, "note": "חדש"}]}],
        "fields": "userEnteredValue,note",
    }
    found = owner.batch(
        book,
        {"updateCells": update},
        includeSpreadsheetInResponse=True,
        responseIncludeGridData=True,
        responseRanges=["Sheet1!A1:D1"],
    )
    cells = found["updatedSpreadsheet"]["sheets"][0]["data"][0]["rowData"][0]["values"]
    assert (cells[0]["userEnteredValue"], cells[0]["note"]) == ({"numberValue": 10}, "חדש")
    assert cells[3]["effectiveValue"] == {"numberValue": 54}


def test_sorting_takes_notes_and_formulas_along(owner: Person, book: str) -> None:
    spec = {"dimensionIndex": 0, "sortOrder": "DESCENDING"}
    owner.batch(book, {"sortRange": {"range": area(1, 3, 0, 4), "sortSpecs": [spec]}})
    assert owner.values(book, "A1:A3") == [["1"], ["7"], ["4"]]
    assert formulas(owner, book) == ["=SUM(A1:C3)", "=$A$3", "=B3*2"]
    assert notes(owner, book) == {(2, 1): "לבדוק"}


def test_a_hard_protection_keeps_others_out(owner: Person, book: str, google: Any) -> None:
    owner.batch(book, {"addProtectedRange": {"protectedRange": {"range": area(0, 1, 0, 4)}}})
    helper = Person(google, "helper@example.com")
    owner.share(book, helper.email)
    cell = {"range": area(0, 1, 0, 1), "rows": [{"values": [{}]}], "fields": "userEnteredValue"}
    error = helper.batch(book, {"updateCells": cell}, expect=400)["error"]
    assert "You are trying to edit a protected cell or object." in error["message"]
    helper.batch(book, {"updateCells": {**cell, "range": area(1, 2, 0, 1)}})
    owner.batch(book, {"updateCells": cell})


@pytest.mark.parametrize(
    ("request_", "message"),
    [
        ({"repeatCell": {"range": {"sheetId": 9}, "fields": "note"}}, "No grid with id: 9"),
        (
            {"repeatCell": {"range": {"sheetId": 0, "startRowIndex": 1000, "startColumnIndex": 0, "endColumnIndex": 2},
                            "fields": "note"}},
            "Range (Sheet1!A1001:B) exceeds grid limits. Max rows: 1000, max columns: 26",
        ),
        ({"updateCells": {"range": {"sheetId": 0}, "rows": []}}, "At least one field must be listed in 'fields'."),
        ({"deleteSheet": {"sheetId": 0}}, "You can't remove all the sheets in a document."),
        ({"deleteConditionalFormatRule": {"index": 4, "sheetId": 0}}, "No conditional format on sheet: 0 at index: 4"),
    ],
)  # fmt: skip
def test_refusals(owner: Person, book: str, request_: dict[str, Any], message: str) -> None:
    kind = next(iter(request_))
    found = owner.batch(book, request_, expect=400)["error"]["message"]
    assert found.startswith(f"Invalid requests[0].{kind}: {message}")


def test_an_unsupported_kind_is_named(owner: Person, book: str) -> None:
    error = owner.batch(book, {"addDataSource": {}}, expect=501)["error"]
    assert error["status"] == "UNIMPLEMENTED"
    assert "addDataSource" in error["message"]


def test_unknown_fields_are_told_by_their_path(owner: Person, book: str) -> None:
    error = owner.batch(book, {"updateCells": {"colour": 1, "range": {"sheetId": "x"}}}, expect=400)["error"]
    fields = [violation["field"] for violation in error["details"][0]["fieldViolations"]]
    assert fields == ["requests[0].update_cells", "requests[0].update_cells.range.sheet_id"]
    assert "Unknown name \"colour\" at 'requests[0].update_cells': Cannot find field." in error["message"]
