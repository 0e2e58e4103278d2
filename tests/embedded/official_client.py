"""Google's own client library against the embedded Google; run by test_official_client.py where it is installed."""

import tempfile
from pathlib import Path
from typing import Any

from google.oauth2.service_account import Credentials
from googleapiclient.discovery import build  # type: ignore[import-not-found]
from googleapiclient.errors import HttpError  # type: ignore[import-not-found]

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
    body = {"name": "n", "mimeType": "application/vnd.google-apps.spreadsheet"}
    assert refused(service.files().create(body=body)) == (403, "The user's Drive storage quota has been exceeded.")


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


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as made:
        main(Path(made))
