"""Google's own client library against the embedded Google; run by test_official_client.py where it is installed."""

import io
import json
import tempfile
from importlib.resources import files
from pathlib import Path
from typing import Any

import openpyxl
from google.oauth2.credentials import Credentials as UserCredentials
from google.oauth2.service_account import Credentials
from googleapiclient.discovery import build, build_from_document  # type: ignore[import-not-found]
from googleapiclient.errors import HttpError  # type: ignore[import-not-found]
from googleapiclient.http import MediaIoBaseUpload  # type: ignore[import-not-found]

from sheets_sync.embedded.errors import QUOTA_EXCEEDED
from sheets_sync.embedded.export import XLSX
from sheets_sync.embedded.files import SPREADSHEET as MIME
from sheets_sync.embedded.server import SERVICE_EMAIL, EmbeddedGoogle
from tests.embedded.clients import SCOPES, Person


def sheets(service: Any, file_id: str) -> None:
    """Values, grid data, batches, metadata."""
    values = service.spreadsheets().values()
    body = {"values": [["א", 1, "=B1*2"]]}
    option = {"valueInputOption": "USER_ENTERED"}
    assert values.update(spreadsheetId=file_id, range="Sheet1!A1", body=body, **option).execute()["updatedCells"] == 3
    assert values.get(spreadsheetId=file_id, range="A1:C1").execute()["values"] == [["א", "1", "2"]]
    two = values.batchGet(spreadsheetId=file_id, ranges=["A1", "B1:C1"]).execute()["valueRanges"]
    assert [found["range"] for found in two] == ["Sheet1!A1", "Sheet1!B1:C1"]
    row = {"values": [["z"]]}
    added = values.append(spreadsheetId=file_id, range="A1", valueInputOption="RAW", body=row).execute()
    assert added["updates"]["updatedRange"] == "Sheet1!A2"
    assert values.clear(spreadsheetId=file_id, range="A2", body={}).execute()["clearedRange"] == "Sheet1!A2"
    mask = "sheets.data.rowData.values.formattedValue"
    grid = service.spreadsheets().get(spreadsheetId=file_id, ranges=["A1:B1"], fields=mask).execute()
    cells = [{"formattedValue": "א"}, {"formattedValue": "1"}]
    assert grid == {"sheets": [{"data": [{"rowData": [{"values": cells}]}]}]}
    requests = {"requests": [{"addSheet": {"properties": {"title": "לוח"}}}]}
    reply = service.spreadsheets().batchUpdate(spreadsheetId=file_id, body=requests).execute()["replies"][0]
    assert reply["addSheet"]["properties"]["title"] == "לוח"


def drive(service: Any, file_id: str) -> None:
    """Files, permissions, changes, export, and the refusal to own."""
    assert service.files().list(q="trashed=false", fields="files(id)").execute() == {"files": [{"id": file_id}]}
    assert service.permissions().list(fileId=file_id).execute()["permissions"][0]["role"] == "owner"
    token = service.changes().getStartPageToken().execute()["startPageToken"]
    assert service.changes().list(pageToken=token).execute()["changes"] == []
    assert service.files().export(fileId=file_id, mimeType="text/csv").execute() == "א,1,2\r\n".encode()
    body = {"name": "n", "mimeType": MIME}
    assert refused(service.files().create(body=body)) == (403, QUOTA_EXCEEDED)


def local_drive(url: str, credentials: Any) -> Any:
    """Drive with uploads: their address is made from the document's `rootUrl`, which `api_endpoint` leaves alone."""
    document = json.loads((files("sheets_sync.embedded") / "discovery" / "drive.v3.json").read_text())
    return build_from_document({**document, "rootUrl": f"{url}/"}, credentials=credentials)


def workbook(rows: int) -> bytes:
    made = openpyxl.Workbook()
    sheet = made.active
    assert sheet is not None
    for number in range(rows):
        sheet.append([number, f"שורה {number * 7919 % rows}"])
    data = io.BytesIO()
    made.save(data)
    return data.getvalue()


def uploads(person: Any, account: Any, values: Any, shared: str) -> None:
    """A person uploads files, in one request and in pieces; the service account replaces what is shared with it."""
    text = MediaIoBaseUpload(io.BytesIO('שם,סכום\r\n"א,ב",12\r\n'.encode()), mimetype="text/csv")
    made = person.files().create(body={"name": "מהקובץ", "mimeType": MIME}, media_body=text, fields="*").execute()
    assert (made["name"], made["mimeType"], made["ownedByMe"]) == ("מהקובץ", MIME, True)
    assert values.get(spreadsheetId=made["id"], range="A1:B2").execute()["values"] == [["שם", "סכום"], ["א,ב", "12"]]
    for rows, resumable in ((3, False), (20_000, True)):
        data = workbook(rows)
        media = MediaIoBaseUpload(io.BytesIO(data), mimetype=XLSX, resumable=resumable, chunksize=2**18)
        made = person.files().create(body={"name": "x", "mimeType": MIME}, media_body=media).execute()
        last = values.get(spreadsheetId=made["id"], range=f"A{rows}:B{rows}").execute()["values"]
        assert last == [[str(rows - 1), f"שורה {(rows - 1) * 7919 % rows}"]]
        assert not resumable or len(data) > 2**18  # more than one piece
    new = MediaIoBaseUpload(io.BytesIO(b"new"), mimetype="text/csv")
    account.files().update(fileId=shared, media_body=new).execute()
    assert values.get(spreadsheetId=shared, range="Sheet1").execute()["values"] == [["new"]]
    body = {"name": "n", "mimeType": MIME}
    assert refused(account.files().create(body=body, media_body=text)) == (403, QUOTA_EXCEEDED)


def many_ranges(values: Any, file_id: str) -> None:
    """An address so long that the client sends it as a POST."""
    ranges = [f"Sheet1!A{row}:B{row}" for row in range(1, 201)]
    found = values.batchGet(spreadsheetId=file_id, ranges=ranges).execute()["valueRanges"]
    assert (len(found), found[199]["range"]) == (200, "Sheet1!A200:B200")


def refused(request: Any) -> tuple[int, str]:
    """The status and reason of a call that must be refused."""
    try:
        request.execute()
    except HttpError as error:
        return error.status_code, error.reason
    raise AssertionError("it was not refused")


def main(directory: Path) -> None:
    """All of it, as a service account with which a person shared a spreadsheet."""
    with EmbeddedGoogle(directory / "google") as google:
        owner = Person(google, "owner@example.com")
        file_id = owner.sheet()
        owner.share(file_id, SERVICE_EMAIL)
        google.make_key_file(directory / "key.json")
        key = str(directory / "key.json")
        credentials = Credentials.from_service_account_file(key, scopes=SCOPES)  # type: ignore[no-untyped-call]
        at = {"credentials": credentials, "static_discovery": True}
        service = build("sheets", "v4", client_options={"api_endpoint": google.url}, **at)
        sheets(service, file_id)
        missing = service.spreadsheets().get(spreadsheetId="1" * 44)
        assert refused(missing) == (404, "Requested entity was not found.")
        drive(build("drive", "v3", client_options={"api_endpoint": f"{google.url}/drive/v3/"}, **at), file_id)
        many_ranges(service.spreadsheets().values(), file_id)
        token = UserCredentials(google.person_token(owner.email))  # type: ignore[no-untyped-call]
        person = build("sheets", "v4", client_options={"api_endpoint": google.url}, **{**at, "credentials": token})
        drives = local_drive(google.url, token), local_drive(google.url, credentials)
        uploads(*drives, person.spreadsheets().values(), file_id)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as made:
        main(Path(made))
