"""Requests that carry, search and tidy cells, and kinds that are only kept."""

from typing import Any

import pytest

from tests.embedded.clients import Person


def area(top: int, bottom: int, left: int, right: int) -> dict[str, Any]:
    rows = {"startRowIndex": top, "endRowIndex": bottom}
    return {"sheetId": 0, **rows, "startColumnIndex": left, "endColumnIndex": right}


@pytest.fixture
def book(owner: Person) -> str:
    """| 1 | 2 | =A1+B1 | / | 3 | 4 | =A2+B2 |, and =C1 in E1."""
    file_id = owner.sheet()
    owner.write(file_id, "A1:E2", [[1, 2, "=A1+B1", "", "=C1"], [3, 4, "=A2+B2"]], "USER_ENTERED")
    return file_id


def formulas(owner: Person, book: str) -> Any:
    return owner.values(book, valueRenderOption="FORMULA")


def test_copy_takes_relative_references_along(owner: Person, book: str) -> None:
    owner.batch(book, {"copyPaste": {"source": area(0, 1, 0, 3), "destination": area(3, 5, 0, 3)}})
    assert formulas(owner, book)[3:] == [[1, 2, "=A4+B4"], [1, 2, "=A5+B5"]]


def test_an_empty_source_is_refused(owner: Person, book: str) -> None:
    copy = {"source": area(0, 0, 0, 3), "destination": area(3, 5, 0, 3)}
    owner.batch(book, {"copyPaste": copy}, expect=400)


@pytest.mark.parametrize(
    "request_",
    [
        {"pasteData": {"coordinate": {"rowIndex": 2**31 - 1}, "data": "x", "delimiter": ","}},
        {"cutPaste": {"source": area(0, 1, 0, 1), "destination": {"columnIndex": 2**31 - 1}}},
        {"insertRange": {"range": {"sheetId": 0, "startRowIndex": 5, "endRowIndex": 9}, "shiftDimension": "DIAGONAL"}},
        {"addSheet": {"properties": {"gridProperties": {"rowCount": 2**31 - 1}}}},
        {"appendDimension": {"sheetId": 0, "dimension": "ROWS", "length": 2**31 - 1}},
    ],
    ids=lambda request_: next(iter(request_)),
)
def test_what_would_need_too_much_is_refused(owner: Person, book: str, request_: dict[str, Any]) -> None:
    owner.batch(book, request_, expect=400)


@pytest.mark.parametrize(
    ("kind", "value", "bold"),
    [("PASTE_VALUES", 3, False), ("PASTE_FORMULA", "=C4+D4", False), ("PASTE_FORMAT", None, True),
     ("PASTE_NORMAL", "=C4+D4", True)],
)  # fmt: skip
def test_kinds_of_paste(owner: Person, book: str, kind: str, value: Any, bold: bool) -> None:
    form = {"userEnteredFormat": {"textFormat": {"bold": True}}}
    owner.batch(book, {"repeatCell": {"range": area(0, 1, 2, 3), "cell": form, "fields": "userEnteredFormat"}})
    owner.batch(book, {"copyPaste": {"source": area(0, 1, 2, 3), "destination": area(3, 4, 4, 5), "pasteType": kind}})
    params: dict[str, Any] = {"ranges": "E4", "includeGridData": "true"}
    data = owner.call("GET", f"/v4/spreadsheets/{book}", params=params)["sheets"][0]["data"][0]
    cell = data.get("rowData", [{"values": [{}]}])[0]["values"][0]
    assert owner.values(book, "E4", valueRenderOption="FORMULA") == (None if value is None else [[value]])
    assert ("userEnteredFormat" in cell) is bold


def test_cut_keeps_all_pointing_at_it(owner: Person, book: str) -> None:
    owner.batch(book, {"cutPaste": {"source": area(0, 1, 0, 3), "destination": {"sheetId": 0, "rowIndex": 9}}})
    assert formulas(owner, book)[0] == ["", "", "", "", "=C10"]
    assert formulas(owner, book)[9] == [1, 2, "=A10+B10"]
    assert owner.values(book, "E1") == [["3"]]


def test_cells_give_way_and_close_up(owner: Person, book: str) -> None:
    owner.batch(book, {"insertRange": {"range": area(0, 1, 0, 1), "shiftDimension": "ROWS"}})
    assert formulas(owner, book) == [["", 2, "=A2+B1", "", "=C1"], [1, 4, "=A3+B2"], [3]]
    owner.batch(book, {"deleteRange": {"range": area(0, 1, 0, 1), "shiftDimension": "ROWS"}})
    assert formulas(owner, book) == [[1, 2, "=A1+B1", "", "=C1"], [3, 4, "=A2+B2"]]
    owner.batch(book, {"deleteRange": {"range": area(0, 1, 0, 1), "shiftDimension": "COLUMNS"}})
    assert formulas(owner, book) == [[2, "=#REF!+A1", "", "=B1"], [3, 4, "=A2+B2"]]


def test_find_and_replace(owner: Person, book: str) -> None:
    owner.write(book, "G1:G3", [["חוג נוער"], ["נוער"], [12]])
    replace = {"find": "נוער", "replacement": "צעירים", "allSheets": True}
    reply = owner.batch(book, {"findReplace": replace})["replies"][0]["findReplace"]
    assert reply == {"valuesChanged": 2, "occurrencesChanged": 2, "rowsChanged": 2, "sheetsChanged": 1}
    whole = {"find": "צעירים", "replacement": "x", "sheetId": 0, "matchEntireCell": True}
    owner.batch(book, {"findReplace": whole})
    pattern = {"find": "^(1)(2)$", "replacement": "$2$1", "range": area(0, 9, 6, 7), "searchByRegex": True}
    owner.batch(book, {"findReplace": pattern})
    assert owner.values(book, "G1:G3") == [["חוג צעירים"], ["x"], ["21"]]
    inside = {"find": "A2", "replacement": "B1", "allSheets": True, "includeFormulas": True}
    assert owner.batch(book, {"findReplace": inside})["replies"][0]["findReplace"]["formulasChanged"] == 1
    assert owner.values(book, "C2") == [["6"]]


def test_tidying(owner: Person, book: str) -> None:
    owner.write(book, "G1:H4", [["  a  b ", 1], ["x,y", 2], ["A b", 1], ["a b", 1]])
    owner.batch(book, {"trimWhitespace": {"range": area(0, 4, 6, 7)}})
    assert owner.values(book, "G1") == [["a b"]]
    reply = owner.batch(book, {"deleteDuplicates": {"range": area(0, 4, 6, 8)}})["replies"][0]
    assert reply == {"deleteDuplicates": {"duplicatesRemovedCount": 2}}
    assert owner.values(book, "G1:H4") == [["a b", "1"], ["x,y", "2"]]
    owner.batch(book, {"textToColumns": {"source": area(1, 2, 6, 7), "delimiterType": "COMMA"}})
    assert owner.values(book, "G2:H2") == [["x", "y"]]
    paste = {"coordinate": {"sheetId": 0, "rowIndex": 6, "columnIndex": 0}, "data": "1\t=A7*2\nx", "delimiter": "\t"}
    owner.batch(book, {"pasteData": paste})
    assert owner.values(book, "A7:B8") == [["1", "2"], ["x"]]


def test_shuffling_loses_nothing(owner: Person, book: str) -> None:
    owner.write(book, "G1:G50", [[number] for number in range(50)])
    owner.batch(book, {"randomizeRange": {"range": area(0, 50, 6, 7)}})
    found = [row[0] for row in owner.values(book, "G1:G50", valueRenderOption="UNFORMATTED_VALUE")]
    assert sorted(found) == list(range(50))


STORED: list[tuple[dict[str, Any], str, str, str]] = [
    ({"addBanding": {"bandedRange": {"range": area(0, 3, 0, 3), "rowProperties": {"headerColor": {"red": 1}}}}},
     "bandedRange", "bandedRangeId", "bandedRanges"),
    ({"addFilterView": {"filter": {"title": "mine", "range": area(0, 3, 0, 3)}}}, "filter", "filterViewId",
     "filterViews"),
    ({"addTable": {"table": {"name": "t", "range": area(0, 3, 0, 3)}}}, "table", "tableId", "tables"),
    ({"addChart": {"chart": {"spec": {"title": "c"}, "position": {"overlayPosition": {"anchorCell": {"sheetId": 0}}}}}},
     "chart", "chartId", "charts"),
]  # fmt: skip


@pytest.mark.parametrize(("add", "field", "id_name", "listed"), STORED, ids=[each[3] for each in STORED])
def test_kept_and_given_back(
    owner: Person, book: str, add: dict[str, Any], field: str, id_name: str, listed: str
) -> None:
    kind = next(iter(add))
    reply = owner.batch(book, add)["replies"][0][kind][field]
    insert = {"sheetId": 0, "dimension": "ROWS", "startIndex": 0, "endIndex": 2}
    owner.batch(book, {"insertDimension": {"range": insert}})
    found = owner.call("GET", f"/v4/spreadsheets/{book}")["sheets"][0][listed]
    assert [each[id_name] for each in found] == [reply[id_name]]
    if "range" in reply:
        assert found[0]["range"]["startRowIndex"] == 2
    delete = {"addBanding": "deleteBanding", "addFilterView": "deleteFilterView", "addTable": "deleteTable"}
    name = {"filterViewId": "filterId", "chartId": "objectId"}.get(id_name, id_name)
    owner.batch(book, {delete.get(kind, "deleteEmbeddedObject"): {name: reply[id_name]}})
    assert listed not in owner.call("GET", f"/v4/spreadsheets/{book}")["sheets"][0]


def test_merging_keeps_the_first_value(owner: Person, book: str) -> None:
    owner.batch(book, {"mergeCells": {"range": area(0, 2, 0, 2)}})
    assert formulas(owner, book) == [[1, "", "=A1+B1", "", "=C1"], ["", "", "=A2+B2"]]
    error = owner.batch(book, {"mergeCells": {"range": area(1, 3, 0, 1)}}, expect=400)["error"]
    assert "You must select all cells in a merged range" in error["message"]
    owner.batch(book, {"unmergeCells": {"range": area(0, 2, 0, 2)}})
    assert "merges" not in owner.call("GET", f"/v4/spreadsheets/{book}")["sheets"][0]


def test_a_smaller_grid_cuts_cells_off(owner: Person, book: str) -> None:
    grid = {"sheetId": 0, "gridProperties": {"rowCount": 1, "columnCount": 3}}
    wanted = "gridProperties.rowCount,gridProperties.columnCount"
    owner.batch(book, {"updateSheetProperties": {"properties": grid, "fields": wanted}})
    assert formulas(owner, book) == [[1, 2, "=A1+B1"]]


def test_repeat_cell_carries_a_formula(owner: Person, book: str) -> None:
    cell = {"userEnteredValue": {"formulaValue": "=A1*$A$1"}}
    repeat = {"range": area(0, 2, 6, 8), "cell": cell, "fields": "userEnteredValue"}
    owner.batch(book, {"repeatCell": repeat})
    assert owner.values(book, "G1:H2", valueRenderOption="FORMULA") == [
        ["=A1*$A$1", "=B1*$A$1"],
        ["=A2*$A$1", "=B2*$A$1"],
    ]


def test_validation_rules_follow_a_renamed_and_edited_source(owner: Person, book: str) -> None:
    owner.batch(book, {"addSheet": {"properties": {"sheetId": 9, "title": "lists"}}})
    condition = {"type": "ONE_OF_RANGE", "values": [{"userEnteredValue": "=lists!A1:A5"}]}
    rule = {"range": area(0, 1, 0, 1), "rule": {"condition": condition, "strict": True}}
    rows = {"sheetId": 9, "dimension": "ROWS", "startIndex": 0, "endIndex": 2}
    title = {"properties": {"sheetId": 9, "title": "רשימות"}, "fields": "title"}
    owner.batch(
        book, {"setDataValidation": rule}, {"insertDimension": {"range": rows}}, {"updateSheetProperties": title}
    )
    data = owner.call("GET", f"/v4/spreadsheets/{book}", params={"ranges": "Sheet1!A1", "includeGridData": "true"})
    found = data["sheets"][0]["data"][0]["rowData"][0]["values"][0]["dataValidation"]["condition"]["values"]
    assert found == [{"userEnteredValue": "='רשימות'!A3:A7"}]
