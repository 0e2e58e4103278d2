"""`spreadsheets.create` with sheets and cells, and kinds of request that no other test names."""

from typing import Any

import pytest

from tests.embedded.clients import Person

AREA = {"sheetId": 0, "startRowIndex": 0, "endRowIndex": 2, "startColumnIndex": 0, "endColumnIndex": 2}


def cells(*row: Any) -> dict[str, Any]:
    return {"values": list(row)}


def text(value: str, **other: Any) -> dict[str, Any]:
    return {"userEnteredValue": {"stringValue": value}, **other}


GIVEN: dict[str, Any] = {
    "properties": {"title": "תקציב", "locale": "he_IL", "timeZone": "Asia/Jerusalem"},
    "sheets": [
        {
            "properties": {"title": "סעיפים", "rightToLeft": True, "gridProperties": {"frozenRowCount": 1}},
            "data": [
                {"rowData": [cells(text("סעיף", note="הערה"), text("סכום"))]},
                {
                    "startRow": 2,
                    "startColumn": 1,
                    "rowData": [cells({"userEnteredValue": {"formulaValue": "='לוח שנה'!A1*2"}})],
                },
            ],
            "conditionalFormats": [
                {
                    "ranges": [AREA],
                    "booleanRule": {"condition": {"type": kind}, "format": {"textFormat": {"bold": True}}},
                }
                for kind in ("BLANK", "NOT_BLANK")
            ],
            "protectedRanges": [{"range": AREA, "warningOnly": True}],
            "basicFilter": {"range": AREA},
        },
        {
            "properties": {"sheetId": 5, "title": "לוח שנה", "gridProperties": {"rowCount": 10, "columnCount": 3}},
            "data": [{"rowData": [cells({"userEnteredValue": {"numberValue": 21}})]}],
        },
    ],
    "namedRanges": [{"name": "סכומים", "range": AREA}],
}


def test_all_in_one_call(owner: Person) -> None:
    made = owner.call("POST", "/v4/spreadsheets", json=GIVEN)
    book = made["spreadsheetId"]
    assert owner.call("GET", f"/v4/spreadsheets/{book}") == made
    properties = made["properties"]
    assert (properties["title"], properties["locale"], properties["timeZone"]) == ("תקציב", "he_IL", "Asia/Jerusalem")
    first, second = made["sheets"]
    assert (first["properties"]["sheetId"], first["properties"]["title"]) == (0, "סעיפים")
    assert first["properties"]["gridProperties"] == {"rowCount": 1000, "columnCount": 26, "frozenRowCount": 1}
    assert second["properties"]["gridProperties"] == {"rowCount": 10, "columnCount": 3}
    kinds = [rule["booleanRule"]["condition"]["type"] for rule in first["conditionalFormats"]]
    assert kinds == ["BLANK", "NOT_BLANK"]
    assert first["protectedRanges"][0]["warningOnly"] is True
    assert first["basicFilter"]["range"]["endRowIndex"] == 2
    assert made["namedRanges"][0]["name"] == "סכומים"
    assert owner.values(book, "'סעיפים'") == [["סעיף", "סכום"], [], ["", "42"]]


def test_a_bad_part_makes_nothing(owner: Person) -> None:
    bad = {"sheets": [{"properties": {"title": "twice"}}, {"properties": {"title": "twice"}}]}
    owner.call("POST", "/v4/spreadsheets", 400, json=bad)
    assert owner.call("GET", "/drive/v3/files")["files"] == []


@pytest.fixture
def book(owner: Person) -> str:
    return owner.sheet()


def rows(start: int, end: int) -> dict[str, Any]:
    return {"sheetId": 0, "dimension": "ROWS", "startIndex": start, "endIndex": end}


def reply(owner: Person, book: str, kind: str, **body: Any) -> Any:
    return owner.batch(book, {kind: body})["replies"][0].get(kind)


def sheet(owner: Person, book: str, **options: str) -> Any:
    return owner.call("GET", f"/v4/spreadsheets/{book}", params=options)["sheets"][0]


def test_groups_of_rows(owner: Person, book: str) -> None:
    def groups() -> list[tuple[int, int, int]]:
        found = sheet(owner, book).get("rowGroups", [])
        return [(each["range"]["startIndex"], each["range"]["endIndex"], each["depth"]) for each in found]

    reply(owner, book, "addDimensionGroup", range=rows(2, 4))
    reply(owner, book, "addDimensionGroup", range=rows(1, 6))
    assert groups() == [(1, 6, 1), (2, 4, 2)]
    inner = {"range": rows(2, 4), "depth": 2, "collapsed": True}
    reply(owner, book, "updateDimensionGroup", dimensionGroup=inner, fields="collapsed")
    data = sheet(owner, book, includeGridData="true")["data"][0]["rowMetadata"]
    assert [index for index, row in enumerate(data) if row.get("hiddenByUser")] == [2, 3]
    reply(owner, book, "deleteDimensionGroup", range=rows(1, 6))
    assert groups() == [(2, 4, 1)]
    missing = owner.batch(book, {"deleteDimensionGroup": {"range": rows(5, 6)}}, expect=400)
    assert "Cannot find a group" in missing["error"]["message"]


def test_a_named_range_is_renamed_and_goes(owner: Person, book: str) -> None:
    owner.write(book, "A1", [["3", "=SUM(amounts)"]], "USER_ENTERED")
    small = {**AREA, "endColumnIndex": 1}
    one = reply(owner, book, "addNamedRange", namedRange={"name": "amounts", "range": small})["namedRange"]
    assert owner.values(book, "B1") == [["3"]]
    owner.batch(book, {"addNamedRange": {"namedRange": {"name": "Amounts", "range": AREA}}}, expect=400)
    changed = {"namedRangeId": one["namedRangeId"], "range": {**small, "startRowIndex": 1}}
    reply(owner, book, "updateNamedRange", namedRange=changed, fields="range")
    assert owner.values(book, "B1") == [["0"]]
    reply(owner, book, "deleteNamedRange", namedRangeId=one["namedRangeId"])
    assert owner.values(book, "B1") == [["#NAME?"]]
    owner.batch(book, {"deleteNamedRange": {"namedRangeId": one["namedRangeId"]}}, expect=400)


def test_a_protection_changes_and_goes(owner: Person, book: str) -> None:
    made = reply(owner, book, "addProtectedRange", protectedRange={"range": AREA})["protectedRange"]
    number = made["protectedRangeId"]
    changed = {"protectedRangeId": number, "description": "d", "range": {**AREA, "endRowIndex": 9}}
    reply(owner, book, "updateProtectedRange", protectedRange=changed, fields="description,range")
    held = sheet(owner, book)["protectedRanges"][0]
    assert (held["description"], held["range"]["endRowIndex"]) == ("d", 9)
    reply(owner, book, "deleteProtectedRange", protectedRangeId=number)
    assert "protectedRanges" not in sheet(owner, book)


def test_a_conditional_rule_is_replaced_and_moved(owner: Person, book: str) -> None:
    def rule(kind: str) -> dict[str, Any]:
        form = {"textFormat": {"bold": True}}
        return {"ranges": [AREA], "booleanRule": {"condition": {"type": kind}, "format": form}}

    for kind in ("BLANK", "NOT_BLANK"):
        reply(owner, book, "addConditionalFormatRule", rule=rule(kind), index=0)
    moved = reply(owner, book, "updateConditionalFormatRule", index=0, newIndex=1, sheetId=0)
    assert (moved["oldIndex"], moved["newIndex"]) == (0, 1)
    replaced = reply(owner, book, "updateConditionalFormatRule", index=0, rule=rule("TEXT_IS_EMAIL"))
    assert replaced["oldRule"]["booleanRule"]["condition"]["type"] == "BLANK"
    kinds = [each["booleanRule"]["condition"]["type"] for each in sheet(owner, book)["conditionalFormats"]]
    assert kinds == ["TEXT_IS_EMAIL", "NOT_BLANK"]
    owner.batch(book, {"deleteConditionalFormatRule": {"index": 2, "sheetId": 0}}, expect=400)


def test_a_slicer_a_chart_and_a_table_are_kept(owner: Person, book: str) -> None:
    anchor = {"overlayPosition": {"anchorCell": {"sheetId": 0, "rowIndex": 1}}}
    spec = {"dataRange": AREA, "title": "one"}
    slicer = reply(owner, book, "addSlicer", slicer={"spec": spec, "position": anchor})["slicer"]
    reply(owner, book, "updateSlicerSpec", slicerId=slicer["slicerId"], spec={"title": "two"}, fields="title")
    chart = reply(owner, book, "addChart", chart={"spec": {"title": "one"}, "position": anchor})["chart"]
    reply(owner, book, "updateChartSpec", chartId=chart["chartId"], spec={"title": "two"})
    table = reply(owner, book, "addTable", table={"name": "one", "range": AREA})["table"]
    reply(owner, book, "updateTable", table={"tableId": table["tableId"], "name": "two"}, fields="name")
    held = sheet(owner, book)
    assert (
        held["slicers"][0]["spec"]["title"] == held["charts"][0]["spec"]["title"] == held["tables"][0]["name"] == "two"
    )
    assert held["slicers"][0]["spec"]["dataRange"]["endRowIndex"] == 2
    reply(owner, book, "deleteEmbeddedObject", objectId=chart["chartId"])
    reply(owner, book, "deleteEmbeddedObject", objectId=slicer["slicerId"])
    reply(owner, book, "deleteTable", tableId=table["tableId"])
    assert not {"slicers", "charts", "tables"} & sheet(owner, book).keys()
    owner.batch(book, {"deleteEmbeddedObject": {"objectId": 99}}, expect=400)


def test_a_duplicate_keeps_what_the_sheet_holds(owner: Person, book: str) -> None:
    owner.write(book, "A1", [["3", "=A1*2"]], "USER_ENTERED")
    note = {"start": {"sheetId": 0}, "rows": [cells({"note": "n"})], "fields": "note"}
    owner.batch(
        book, {"updateCells": note}, {"mergeCells": {"range": {**AREA, "startRowIndex": 1}, "mergeType": "MERGE_ALL"}}
    )
    made = reply(owner, book, "duplicateSheet", sourceSheetId=0, newSheetId=9, newSheetName="עותק")["properties"]
    assert (made["sheetId"], made["title"], made["index"]) == (9, "עותק", 0)
    owner.write(book, "Sheet1!A1", [[100]])
    assert owner.values(book, "עותק") == [["3", "6"]]
    copy = sheet(owner, book, includeGridData="true")
    assert copy["merges"][0]["sheetId"] == 9
    assert copy["data"][0]["rowData"][0]["values"][0]["note"] == "n"
