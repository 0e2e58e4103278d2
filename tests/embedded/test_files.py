"""Files in and out: .xlsx and .csv, and files that must be refused."""

import io
import zipfile
from datetime import datetime
from typing import Any

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill
from openpyxl.worksheet.datavalidation import DataValidation

from tests.embedded.clients import Person

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
UPLOAD = "/upload/drive/v3/files"


def workbook() -> bytes:
    """| סעיף | תקציב | with a note, a date, a formula, a dropdown and a merge, right to left; and a hidden tab."""
    made = openpyxl.Workbook()
    sheet = made.active
    assert sheet is not None
    sheet.title = "תקציב"
    sheet.sheet_view.rightToLeft = True
    sheet.freeze_panes = "B2"
    for row in (["סעיף", "תקציב", "מתי"], ["חגים", 18000, datetime(2026, 11, 22)], ["נוער", "=B2*2", None]):
        sheet.append(row)
    sheet["A1"].font = Font(bold=True, color="FF0000FF")
    sheet["A1"].fill = PatternFill("solid", fgColor="FFFFFF00")
    sheet["A2"].comment = Comment("לבדוק", "x")
    sheet["B2"].number_format = '#,##0" ₪"'
    sheet.column_dimensions["A"].width = 30
    sheet.merge_cells("A5:B6")
    choice = DataValidation(type="list", formula1='"כן,לא"')
    choice.add("D2:D3")
    sheet.add_data_validation(choice)
    made.create_sheet("נסתר").sheet_state = "hidden"
    data = io.BytesIO()
    made.save(data)
    return data.getvalue()


def upload(owner: Person, data: bytes, kind: str = XLSX, expect: int = 200) -> Any:
    headers = {"Content-Type": kind}
    return owner.call("POST", UPLOAD, expect, params={"uploadType": "media"}, data=data, headers=headers)


def look(owner: Person, file_id: str) -> Any:
    return owner.call("GET", f"/v4/spreadsheets/{file_id}", params={"includeGridData": "true"})


def check_workbook(owner: Person, file_id: str) -> None:
    first, second = look(owner, file_id)["sheets"]
    grid = first["properties"]["gridProperties"]
    assert (first["properties"]["title"], first["properties"]["rightToLeft"]) == ("תקציב", True)
    assert (grid["frozenRowCount"], grid["frozenColumnCount"]) == (1, 1)
    assert (second["properties"]["title"], second["properties"]["hidden"]) == ("נסתר", True)
    rows = [row.get("values", []) for row in first["data"][0]["rowData"]]
    assert [cell.get("formattedValue") for cell in rows[1][:3]] == ["חגים", "18,000 ₪", "2026-11-22 0:00:00"]
    assert rows[2][1]["userEnteredValue"] == {"formulaValue": "=B2*2"}
    assert rows[2][1]["effectiveValue"] == {"numberValue": 36000}
    assert rows[1][0]["note"] == "לבדוק"
    form = rows[0][0]["userEnteredFormat"]
    assert (form["textFormat"]["bold"], form["backgroundColor"]) == (True, {"red": 1, "green": 1})
    assert rows[1][3]["dataValidation"]["condition"]["type"] == "ONE_OF_LIST"
    assert first["merges"][0]["endRowIndex"] == 6
    assert first["data"][0]["columnMetadata"][0]["pixelSize"] == 215


def test_xlsx_in_and_out_again(owner: Person) -> None:
    file_id = upload(owner, workbook())["id"]
    check_workbook(owner, file_id)
    exported = owner.get(f"{owner.base}/drive/v3/files/{file_id}/export", params={"mimeType": XLSX}, timeout=10)
    check_workbook(owner, upload(owner, exported.content)["id"])


@pytest.mark.parametrize("end", [b"\r\n", b"\n"])
def test_multipart_names_the_file(owner: Person, end: bytes) -> None:
    """The boundary may stand within the content; Google's own client ends lines as mail does."""
    content = workbook() + b"--X\r"
    parts = (b"application/json; charset=UTF-8", b'{"name": "budget"}'), (XLSX.encode(), content)
    body = b"".join(b"--X%bContent-Type: %b%b%b%b%b" % (end, kind, end, end, data, end) for kind, data in parts)
    headers = {"Content-Type": 'multipart/related; boundary="X"'}
    options = {"uploadType": "multipart"}
    made = owner.call("POST", UPLOAD, params=options, data=body + b"--X--", headers=headers)
    assert made["name"] == "budget"
    check_workbook(owner, made["id"])


@pytest.mark.parametrize(
    "body", [b"", b"--X--", b"--X\n\n{}\n--X--", b"--X\n\n[]\n--X\n\nx\n--X--", b"--X\n\n{\n--X\n\n\n--X--"]
)
def test_a_multipart_body_that_cannot_be_read(owner: Person, body: bytes) -> None:
    headers = {"Content-Type": "multipart/related; boundary=X"}
    owner.call("POST", UPLOAD, 400, params={"uploadType": "multipart"}, data=body, headers=headers)


def test_csv_in_and_out(owner: Person) -> None:
    file_id = upload(owner, 'שם,סכום\r\n"א,ב",12\r\n'.encode(), "text/csv")["id"]
    assert owner.values(file_id, valueRenderOption="UNFORMATTED_VALUE") == [["שם", "סכום"], ["א,ב", 12]]
    exported = owner.get(f"{owner.base}/drive/v3/files/{file_id}/export", params={"mimeType": "text/csv"}, timeout=10)
    assert exported.content.decode() == 'שם,סכום\r\n"א,ב",12\r\n'


def test_a_text_that_looks_like_a_formula_is_exported_as_text(owner: Person) -> None:
    file_id = owner.sheet()
    owner.write(file_id, "A1", [["=1+1", "00012"]])
    exported = owner.get(f"{owner.base}/drive/v3/files/{file_id}/export", params={"mimeType": XLSX}, timeout=10)
    sheet = openpyxl.load_workbook(io.BytesIO(exported.content)).worksheets[0]
    assert (sheet["A1"].data_type, sheet["A1"].value, sheet["B1"].value) == ("s", "=1+1", "00012")


def zipped(**members: bytes) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return data.getvalue()


def with_member(name: str, content: bytes) -> bytes:
    """The good workbook with one member put in the place of its own."""
    data = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook())) as source, zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as made:
        for info in source.infolist():
            made.writestr(info.filename, content if info.filename == name else source.read(info))
    return data.getvalue()


ENTITY = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>'


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"not a zip", id="no zip"),
        pytest.param(b"", id="empty"),
        pytest.param(zipped(x=b"y"), id="a zip of something else"),
        pytest.param(zipped(**{"xl/a.xml": b"\0" * (160 * 2**20)}), id="bomb"),
        pytest.param(with_member("xl/workbook.xml", ENTITY), id="entities"),
        pytest.param(with_member("xl/workbook.xml", ENTITY.decode().encode("utf-16")), id="entities in UTF-16"),
        pytest.param(with_member("xl/worksheets/sheet1.xml", b"<worksheet><sheetData>"), id="cut XML"),
    ],
)
def test_bad_files_are_refused_and_leave_nothing(owner: Person, data: bytes) -> None:
    error = upload(owner, data, expect=400)["error"]
    assert error["message"].startswith("Bad Request:")
    assert owner.call("GET", "/drive/v3/files")["files"] == []


def test_what_cannot_be_converted(owner: Person) -> None:
    upload(owner, b"%PDF", "application/pdf", 400)
    file_id = owner.sheet()
    owner.call("GET", f"/drive/v3/files/{file_id}/export", 400, params={"mimeType": "application/pdf"})


def test_replacing_takes_all_sheets(owner: Person) -> None:
    file_id = owner.sheet("keep")
    owner.write(file_id, "A1:B2", [["old", "old"], ["old", "old"]])
    path = f"/upload/drive/v3/files/{file_id}"
    owner.call("PATCH", path, params={"uploadType": "media"}, data=b"new", headers={"Content-Type": "text/csv"})
    assert owner.values(file_id) == [["new"]]
    assert owner.call("GET", f"/drive/v3/files/{file_id}")["name"] == "keep"
