"""What recorded answers of Google show (docs: sheets-api.md, facts marked R), each a test over HTTP."""

from typing import Any

import pytest

from tests.embedded.clients import Person

AREA = {"sheetId": 0, "startRowIndex": 0, "endRowIndex": 1, "startColumnIndex": 0, "endColumnIndex": 1}


@pytest.fixture
def book(owner: Person) -> str:
    return owner.sheet()


def read(owner: Person, book: str, text: str, **options: str) -> Any:
    return owner.call("GET", f"/v4/spreadsheets/{book}/values/{text}", params=options)


def error(owner: Person, method: str, path: str, code: int, **kwargs: Any) -> Any:
    found = owner.call(method, path, code, **kwargs)["error"]
    assert found["code"] == code
    return found


def test_trailing_blanks_are_trimmed_and_inner_rows_are_empty_lists(owner: Person, book: str) -> None:
    owner.write(book, "A1", [["a", "", "c", ""], [], ["x"]])
    assert read(owner, book, "A1:E10") == {
        "range": "Sheet1!A1:E10",
        "majorDimension": "ROWS",
        "values": [["a", "", "c"], [], ["x"]],
    }


def test_by_columns(owner: Person, book: str) -> None:
    owner.write(book, "A1", [["a", "", "c"], ["b"]])
    found = read(owner, book, "A1:E10", majorDimension="COLUMNS")
    assert found["values"] == [["a", "b"], [], ["c"]]


def test_a_blank_range_has_no_values_key(owner: Person, book: str) -> None:
    assert read(owner, book, "B2:C3") == {"range": "Sheet1!B2:C3", "majorDimension": "ROWS"}


@pytest.mark.parametrize(
    ("asked", "answered"),
    [
        ("A1:C", "Sheet1!A1:C1000"),
        ("A:B", "Sheet1!A1:B1000"),
        ("2:3", "Sheet1!A2:Z3"),
        ("Sheet1", "Sheet1!A1:Z1000"),
        ("sheet1!b2", "Sheet1!B2"),
        ("C3:A1", "Sheet1!A1:C3"),
        ("A999:B2000", "Sheet1!A999:B1000"),
        ("'with space'!A1:B", "'with space'!A1:B1000"),
        ("לוח", "'לוח'!A1:Z1000"),
        ("'A1'!B2", "'A1'!B2"),
        ("'it''s'!A1", "'it''s'!A1"),
    ],
)
def test_ranges_come_back_normalised(owner: Person, book: str, asked: str, answered: str) -> None:
    for title in ("with space", "לוח", "A1", "it's"):
        owner.batch(book, {"addSheet": {"properties": {"title": title}}})
    assert read(owner, book, asked)["range"] == answered


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ("Nowhere!A1", "Unable to parse range: Nowhere!A1"),
        ("A0", "Unable to parse range: A0"),
        ("A1001", "Range (Sheet1!A1001) exceeds grid limits. Max rows: 1000, max columns: 26"),
        ("AA1:AB2", "Range (Sheet1!AA1:AB2) exceeds grid limits. Max rows: 1000, max columns: 26"),
    ],
)
def test_bad_ranges(owner: Person, book: str, asked: str, message: str) -> None:
    found = error(owner, "GET", f"/v4/spreadsheets/{book}/values/{asked}", 400)
    assert (found["message"], found["status"]) == (message, "INVALID_ARGUMENT")


def test_writing_past_the_range_or_the_grid(owner: Person, book: str) -> None:
    path, options = f"/v4/spreadsheets/{book}/values/", {"valueInputOption": "RAW"}
    cases = {
        "A1:B1": ([["a"], ["b"]], "Requested writing within range [Sheet1!A1:B1], but tried writing to row [2]"),
        "A1:A2": ([["a", "b"]], "Requested writing within range [Sheet1!A1:A2], but tried writing to column [B]"),
        "Z1": ([["a", "b"]], "Requested writing within range [Sheet1!Z1], but tried writing to column [AA]"),
    }
    for asked, (values, message) in cases.items():
        assert error(owner, "PUT", path + asked, 400, params=options, json={"values": values})["message"] == message
    assert "values" not in read(owner, book, "Sheet1")


def test_null_leaves_a_cell_and_an_empty_text_empties_it(owner: Person, book: str) -> None:
    owner.write(book, "A1", [["a", "b", "c"]])
    found = owner.write(book, "A1", [[None, "", "z"]])
    assert (found["updatedCells"], found["updatedRange"]) == (2, "Sheet1!A1:C1")
    assert read(owner, book, "A1:C1")["values"] == [["a", "", "z"]]


def test_raw_text_stays_text(owner: Person, book: str) -> None:
    texts = ["=IMPORTXML(1)", "0501234567", "22/11/2026", "TRUE", "+1", "'x"]
    owner.write(book, "A1", [texts])
    assert read(owner, book, "A1:F1", valueRenderOption="UNFORMATTED_VALUE")["values"] == [texts]


def test_append_finds_the_last_table(owner: Person, book: str) -> None:
    """After a row x,'',z the next append to the whole sheet lands under z."""
    path = f"/v4/spreadsheets/{book}/values/Sheet1!A1:Z1000:append"
    first = owner.call("POST", path, params={"valueInputOption": "RAW"}, json={"values": [["x", "", "z"]]})
    second = owner.call("POST", path, params={"valueInputOption": "RAW"}, json={"values": [["x", "", "z"]]})
    assert (first["updates"]["updatedRange"], "tableRange" in first) == ("Sheet1!A1:C1", False)
    assert (second["updates"]["updatedRange"], second["tableRange"]) == ("Sheet1!C2:E2", "Sheet1!C1")


def test_zeros_are_left_out(owner: Person, book: str) -> None:
    """A range of sheet 0 does not name it; a colour's zero channels are gone."""
    condition = {"type": "NOT_BLANK"}
    rule = {
        "ranges": [AREA],
        "booleanRule": {"condition": condition, "format": {"backgroundColor": {"red": 1, "green": 0, "blue": 0}}},
    }
    owner.batch(book, {"addConditionalFormatRule": {"rule": rule, "index": 0}})
    found = owner.call("GET", f"/v4/spreadsheets/{book}")["sheets"][0]["conditionalFormats"][0]
    assert found["ranges"] == [{name: value for name, value in AREA.items() if name != "sheetId"}]
    assert found["booleanRule"]["format"]["backgroundColor"] == {"red": 1}


def test_a_new_spreadsheet(owner: Person) -> None:
    made = owner.call("POST", "/v4/spreadsheets", json={"properties": {"title": "x"}})
    properties = made["properties"]
    assert (properties["locale"], properties["timeZone"], properties["autoRecalc"]) == ("en_US", "Etc/GMT", "ON_CHANGE")
    assert len(properties["spreadsheetTheme"]["themeColors"]) == 9
    grid = {"rowCount": 1000, "columnCount": 26}
    sheet = {"sheetId": 0, "title": "Sheet1", "index": 0, "sheetType": "GRID", "gridProperties": grid}
    assert made["sheets"] == [{"properties": sheet}]
    assert made["spreadsheetUrl"].endswith(f"/spreadsheets/d/{made['spreadsheetId']}/edit")
    assert len(made["spreadsheetId"]) == 44


@pytest.mark.parametrize(
    "mask",
    ["spreadsheetId,sheets.properties(title,index)", "spreadsheetId,sheets/properties/title,sheets.properties.index"],
)
def test_field_masks_in_both_syntaxes(owner: Person, book: str, mask: str) -> None:
    found = owner.call("GET", f"/v4/spreadsheets/{book}", params={"fields": mask})
    assert found == {"spreadsheetId": book, "sheets": [{"properties": {"title": "Sheet1", "index": 0}}]}


def test_a_mask_that_matches_nothing(owner: Person, book: str) -> None:
    found = error(owner, "GET", f"/v4/spreadsheets/{book}", 400, params={"fields": "sheets.nothing"})
    assert found["message"] == "Request contains an invalid argument."
    text = "Error expanding 'fields' parameter. Cannot find matching fields for path 'sheets.nothing'."
    assert found["details"][0]["fieldViolations"] == [{"field": "sheets.nothing", "description": text}]


def test_query_parameters_are_held_against_the_schema(owner: Person, book: str) -> None:
    path = f"/v4/spreadsheets/{book}/values/A1"
    unknown = error(owner, "GET", path, 400, params={"colour": "red"})
    assert 'Unknown name "colour": Cannot bind query parameter.' in unknown["message"]
    wrong = error(owner, "GET", path, 400, params={"majorDimension": "DIAGONAL"})
    assert wrong["details"][0]["fieldViolations"][0]["field"] == "major_dimension"


def test_broken_json(owner: Person, book: str) -> None:
    found = error(owner, "POST", f"/v4/spreadsheets/{book}:batchUpdate", 400, data=b'{"requests": [')
    assert found["message"].startswith("Invalid JSON payload received.")
    assert error(owner, "POST", f"/v4/spreadsheets/{book}:batchUpdate", 400, json={"requests": []})["message"] == (
        "Must specify at least one request."
    )


def test_who_may_not(owner: Person, book: str, google: Any) -> None:
    stranger = Person(google, "stranger@example.com")
    assert error(owner, "GET", "/v4/spreadsheets/" + "1" * 44, 404)["message"] == "Requested entity was not found."
    refused = error(stranger, "GET", f"/v4/spreadsheets/{book}", 403)
    assert (refused["message"], refused["status"]) == ("The caller does not have permission", "PERMISSION_DENIED")
    stranger.headers["Authorization"] = "Bearer nonsense"
    assert error(stranger, "GET", f"/v4/spreadsheets/{book}", 401)["status"] == "UNAUTHENTICATED"


@pytest.mark.parametrize(
    ("role", "reads", "writes"), [("reader", 200, 403), ("commenter", 200, 403), ("writer", 200, 200)]
)
def test_roles(owner: Person, book: str, google: Any, role: str, reads: int, writes: int) -> None:
    guest = Person(google, "guest@example.com")
    owner.share(book, guest.email, role)
    guest.call("GET", f"/v4/spreadsheets/{book}/values/A1", reads)
    options = {"params": {"valueInputOption": "RAW"}, "json": {"values": [["x"]]}}
    guest.call("PUT", f"/v4/spreadsheets/{book}/values/A1", writes, **options)
    guest.call("DELETE", f"/drive/v3/files/{book}", 403)


def test_a_batch_of_values_names_the_bad_one_and_writes_none(owner: Person, book: str) -> None:
    data = [{"range": "A1", "values": [["x"]]}, {"range": "Nowhere!A1", "values": [["y"]]}]
    body = {"valueInputOption": "RAW", "data": data}
    found = error(owner, "POST", f"/v4/spreadsheets/{book}/values:batchUpdate", 400, json=body)
    assert found["message"] == "Invalid data[1]: Unable to parse range: Nowhere!A1"
    assert "values" not in read(owner, book, "A1")


def test_grid_data(owner: Person, book: str) -> None:
    owner.write(book, "B2", [[1.5]])
    params: dict[str, Any] = {"ranges": "B2:C3", "includeGridData": "true"}
    data = owner.call("GET", f"/v4/spreadsheets/{book}", params=params)["sheets"][0]["data"][0]
    assert (data["startRow"], data["startColumn"], len(data["rowMetadata"])) == (1, 1, 2)
    cell = data["rowData"][0]["values"][0]
    assert cell["userEnteredValue"] == cell["effectiveValue"] == {"numberValue": 1.5}
    assert (cell["formattedValue"], cell["effectiveFormat"]["horizontalAlignment"]) == ("1.5", "RIGHT")
    assert "userEnteredFormat" not in cell


def test_a_link_is_shown_with_its_cell(owner: Person, book: str) -> None:
    owner.write(book, "A1", [['=HYPERLINK("#gid=0&range=B7","B7")']], "USER_ENTERED")
    params: dict[str, Any] = {"fields": "sheets.data.rowData.values(hyperlink,formattedValue)"}
    data = owner.call("GET", f"/v4/spreadsheets/{book}", params=params)["sheets"][0]["data"][0]
    cell = data["rowData"][0]["values"][0]
    assert cell == {"formattedValue": "B7", "hyperlink": "#gid=0&range=B7"}
