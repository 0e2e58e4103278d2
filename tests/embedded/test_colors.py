"""`xColor` and `xColorStyle` are one colour, whichever is written and whichever is read."""

from typing import Any

import pytest

from tests.embedded.clients import Person

RED, BLUE = {"red": 1}, {"blue": 1}
CELL = {"sheetId": 0, "startRowIndex": 0, "endRowIndex": 1, "startColumnIndex": 0, "endColumnIndex": 1}


def paint(form: dict[str, Any], fields: str) -> dict[str, Any]:
    return {"repeatCell": {"range": CELL, "cell": {"userEnteredFormat": form}, "fields": fields}}


def formats(owner: Person, book: str) -> tuple[Any, Any]:
    """The cell's own format and the one in effect."""
    found = owner.call("GET", f"/v4/spreadsheets/{book}", params={"includeGridData": "true"})
    row = found["sheets"][0]["data"][0].get("rowData", [{}])[0]
    cell = row.get("values", [{}])[0]
    return cell.get("userEnteredFormat"), cell.get("effectiveFormat")


@pytest.mark.parametrize(
    ("form", "fields", "red"),
    [
        ({"backgroundColor": RED}, "userEnteredFormat", RED),
        ({"backgroundColor": RED}, "userEnteredFormat.backgroundColor", RED),
        ({"backgroundColor": RED}, "userEnteredFormat(backgroundColor,textFormat)", RED),
        ({"backgroundColorStyle": {"rgbColor": RED}}, "userEnteredFormat.backgroundColorStyle", RED),
        ({"backgroundColorStyle": {"rgbColor": RED}}, "userEnteredFormat.backgroundColorStyle.rgbColor", RED),
        ({"backgroundColor": BLUE, "backgroundColorStyle": {"rgbColor": RED}}, "userEnteredFormat", RED),
        ({"backgroundColorStyle": {"themeColor": "TEXT"}}, "userEnteredFormat", {}),
    ],
)
def test_either_sets_both(owner: Person, form: dict[str, Any], fields: str, red: Any) -> None:
    """Over a cell that was blue before, by the style."""
    book = owner.sheet()
    before = paint({"backgroundColorStyle": {"rgbColor": BLUE}}, "userEnteredFormat")
    owner.batch(book, before, paint(form, fields))
    own, effective = formats(owner, book)
    for found in (own, effective):
        assert found["backgroundColor"] == red
        assert found["backgroundColorStyle"].get("rgbColor", {}) == red


@pytest.mark.parametrize("name", ["backgroundColor", "backgroundColorStyle"])
def test_either_clears_both(owner: Person, name: str) -> None:
    book = owner.sheet()
    owner.batch(book, paint({"backgroundColor": RED}, "*"), paint({}, f"userEnteredFormat.{name}"))
    own, _ = formats(owner, book)
    assert own is None


def test_texts_tabs_and_bands_as_well(owner: Person) -> None:
    book = owner.sheet()
    tab = {"properties": {"sheetId": 0, "tabColorStyle": {"rgbColor": RED}}, "fields": "tabColorStyle"}
    band = {"range": CELL, "rowProperties": {"firstBandColor": BLUE}}
    text = paint({"textFormat": {"foregroundColor": BLUE}}, "userEnteredFormat.textFormat.foregroundColor")
    owner.batch(book, {"updateSheetProperties": tab}, {"addBanding": {"bandedRange": band}}, text)
    own, effective = formats(owner, book)
    assert own["textFormat"]["foregroundColorStyle"] == effective["textFormat"]["foregroundColorStyle"]
    assert own["textFormat"]["foregroundColorStyle"] == {"rgbColor": BLUE}
    sheet = owner.call("GET", f"/v4/spreadsheets/{book}")["sheets"][0]
    assert sheet["properties"]["tabColor"] == RED
    assert sheet["bandedRanges"][0]["rowProperties"]["firstBandColorStyle"] == {"rgbColor": BLUE}
