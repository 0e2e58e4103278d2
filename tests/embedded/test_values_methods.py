"""The `values` methods: what they answer, and in which forms they take and give values."""

from typing import Any

import pytest

from tests.embedded.clients import Person


@pytest.fixture
def book(owner: Person) -> str:
    """| 1 | =A1*2 | 11/22/2026 | x | in A1:D1, with the date as a date."""
    file_id = owner.sheet()
    owner.write(file_id, "A1", [["1", "=A1*2", "11/22/2026", "x"]], "USER_ENTERED")
    return file_id


def call(owner: Person, book: str, method: str, verb: str, body: Any = None, expect: int = 200, **params: Any) -> Any:
    return owner.call(method, f"/v4/spreadsheets/{book}/values{verb}", expect, json=body, params=params)


@pytest.mark.parametrize(
    ("params", "shown"),
    [
        ({}, ["1", "2", "11/22/2026", "x"]),
        ({"valueRenderOption": "UNFORMATTED_VALUE"}, [1, 2, 46348, "x"]),
        ({"valueRenderOption": "UNFORMATTED_VALUE", "dateTimeRenderOption": "SERIAL_NUMBER"}, [1, 2, 46348, "x"]),
        (
            {"valueRenderOption": "UNFORMATTED_VALUE", "dateTimeRenderOption": "FORMATTED_STRING"},
            [1, 2, "11/22/2026", "x"],
        ),
        ({"valueRenderOption": "FORMULA"}, [1, "=A1*2", 46348, "x"]),
        ({"valueRenderOption": "FORMULA", "dateTimeRenderOption": "FORMATTED_STRING"}, [1, "=A1*2", "11/22/2026", "x"]),
    ],
)
def test_renderings(owner: Person, book: str, params: dict[str, Any], shown: list[Any]) -> None:
    assert call(owner, book, "GET", "/A1:D1", **params)["values"] == [shown]
    body = {"dataFilters": [{"a1Range": "A1:D1"}], **params}
    found = call(owner, book, "POST", ":batchGetByDataFilter", body)
    assert found["valueRanges"][0]["valueRange"]["values"] == [shown]


def test_several_ranges(owner: Person, book: str) -> None:
    found = call(owner, book, "GET", ":batchGet", ranges=["A1:B1", "Z9", "D1"], majorDimension="COLUMNS")
    assert found["valueRanges"] == [
        {"range": "Sheet1!A1:B1", "majorDimension": "COLUMNS", "values": [["1"], ["2"]]},
        {"range": "Sheet1!Z9", "majorDimension": "COLUMNS"},
        {"range": "Sheet1!D1", "majorDimension": "COLUMNS", "values": [["x"]]},
    ]


def test_writing_columns_and_reading_back_in_the_answer(owner: Person, book: str) -> None:
    options: dict[str, Any] = {"valueInputOption": "USER_ENTERED", "includeValuesInResponse": "true"}
    body = {"majorDimension": "COLUMNS", "values": [["5", "=A2+1"], ["22/11"]]}
    found = call(owner, book, "PUT", "/A2:B3", body, responseValueRenderOption="FORMULA", **options)
    assert (found["updatedRows"], found["updatedColumns"], found["updatedCells"]) == (2, 2, 3)
    assert found["updatedData"]["values"] == [[5, "22/11"], ["=A2+1"]]
    assert owner.values(book, "A2:B3") == [["5", "22/11"], ["6"]]


def test_the_body_may_name_the_range_in_its_own_way(owner: Person, book: str) -> None:
    option: dict[str, Any] = {"valueInputOption": "RAW"}
    call(owner, book, "PUT", "/A2", {"range": "'Sheet1'!A2:A2", "values": [["same"]]}, **option)
    refused = call(owner, book, "PUT", "/A2", {"range": "A3", "values": [["other"]]}, 400, **option)
    assert "does not match" in refused["error"]["message"]
    assert owner.values(book, "A2:A3") == [["same"]]


@pytest.mark.parametrize("option", [{}, {"valueInputOption": "INPUT_VALUE_OPTION_UNSPECIFIED"}])
def test_how_to_enter_must_be_said(owner: Person, book: str, option: dict[str, Any]) -> None:
    refused = call(owner, book, "PUT", "/A2", {"values": [["x"]]}, 400, **option)["error"]
    assert (refused["message"], refused["status"]) == (
        "'valueInputOption' is required but not specified",
        "INVALID_ARGUMENT",
    )


def test_several_writes_are_counted_together(owner: Person, book: str) -> None:
    owner.batch(book, {"addSheet": {"properties": {"title": "שני"}}})
    data = [{"range": "A2", "values": [["a", "b"]]}, {"range": "'שני'!A1", "values": [[1], [2]]}]
    body = {"valueInputOption": "RAW", "data": data, "includeValuesInResponse": True}
    found = call(owner, book, "POST", ":batchUpdate", body)
    totals = {name: value for name, value in found.items() if name.startswith("total")}
    assert totals == {
        "totalUpdatedRows": 3,
        "totalUpdatedColumns": 3,
        "totalUpdatedCells": 4,
        "totalUpdatedSheets": 2,
    }
    assert [each["updatedRange"] for each in found["responses"]] == ["Sheet1!A2:B2", "'שני'!A1:A2"]
    assert found["responses"][1]["updatedData"]["values"] == [["1"], ["2"]]


def test_appending_overwrites_or_inserts(owner: Person, book: str) -> None:
    """A note far below the table: OVERWRITE fills the blank row, INSERT_ROWS pushes it down."""
    owner.write(book, "A3", [["below"]])
    option: dict[str, Any] = {"valueInputOption": "RAW"}
    first = call(owner, book, "POST", "/A1:append", {"values": [["over"]]}, **option)
    assert first["updates"]["updatedRange"] == "Sheet1!A2"
    second = call(owner, book, "POST", "/A1:append", {"values": [["in"]]}, insertDataOption="INSERT_ROWS", **option)
    assert (second["tableRange"], second["updates"]["updatedRange"]) == ("Sheet1!A1:D3", "Sheet1!A4")
    owner.write(book, "A6", [["far"]])
    call(owner, book, "POST", "/A1:append", {"values": [["in"]]}, insertDataOption="INSERT_ROWS", **option)
    assert [row[:1] for row in owner.values(book, "A1:A7")] == [["1"], ["over"], ["below"], ["in"], ["in"], [], ["far"]]


def test_appending_columns_and_past_the_grid(owner: Person, book: str) -> None:
    option: dict[str, Any] = {"valueInputOption": "RAW"}
    body = {"majorDimension": "COLUMNS", "values": [[1, 2], [3, 4]]}
    found = call(owner, book, "POST", "/A1:append", body, **option)
    assert found["updates"]["updatedRange"] == "Sheet1!A2:B3"
    owner.write(book, "A1000", [["end"]])
    assert call(owner, book, "POST", "/A1000:append", {"values": [["new"]]}, **option)["updates"]["updatedCells"] == 1
    assert owner.values(book, "A1000:A1001") == [["end"], ["new"]]


def test_clearing_several_keeps_formats_and_notes(owner: Person, book: str) -> None:
    found = call(owner, book, "POST", ":batchClear", {"ranges": ["A1", "C1:D"]})
    assert found == {"spreadsheetId": book, "clearedRanges": ["Sheet1!A1", "Sheet1!C1:D1000"]}
    assert owner.values(book) == [["", "0"]]
    owner.write(book, "C1", [[46349]])
    assert owner.values(book, "C1") == [["11/23/2026"]]


def test_one_bad_range_clears_nothing(owner: Person, book: str) -> None:
    refused = call(owner, book, "POST", ":batchClear", {"ranges": ["A1", "Nowhere!A1"]}, 400)["error"]
    assert refused["message"] == "Invalid range[1]: Unable to parse range: Nowhere!A1"
    assert owner.values(book, "A1") == [["1"]]
