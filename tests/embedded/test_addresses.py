"""The same things at the other addresses, and by the other ways in, that Google knows."""

import io
from typing import Any

import openpyxl
import pytest
import requests

from sheets_sync.embedded.server import EmbeddedGoogle
from tests.embedded.clients import Person


@pytest.fixture
def book(owner: Person) -> str:
    file_id = owner.sheet()
    owner.batch(file_id, {"addSheet": {"properties": {"title": "שני", "sheetId": 7}}})
    owner.write(file_id, "A1", [["first"]])
    owner.write(file_id, "'שני'!A1", [["א", "ב,ג"], ["x\ty\nz", "'1"]])
    return file_id


def test_a_slash_before_the_verb_or_at_the_end(owner: Person, book: str) -> None:
    """Clients that join a base and a path ask for `…/<id>/` and `…/<id>/:batchUpdate` (google-spreadsheet 5)."""
    assert owner.call("GET", f"/v4/spreadsheets/{book}/")["spreadsheetId"] == book
    owner.call("POST", f"/v4/spreadsheets/{book}/:batchUpdate", json={"requests": [{"deleteSheet": {"sheetId": 7}}]})
    body = {"dataFilters": [{"a1Range": "A1"}]}
    found = owner.call("POST", f"/v4/spreadsheets/{book}/:getByDataFilter", json=body)
    assert [sheet["properties"]["title"] for sheet in found["sheets"]] == ["Sheet1"]
    assert owner.call("GET", f"/drive/v3/files/{book}/")["id"] == book
    owner.call("DELETE", f"/drive/v3/files/{book}/", 204)


def test_a_connection_that_is_closed_is_said_to_be(google: EmbeddedGoogle, owner: Person, book: str) -> None:
    """A client that keeps connections and asks for this one to be closed does not use it again."""
    with requests.Session() as session:
        for _ in range(3):
            headers = {**owner.headers, "Connection": "close"}
            answer = session.get(f"{google.url}/v4/spreadsheets/{book}", headers=headers, timeout=10)
            assert (answer.status_code, answer.headers["Connection"]) == (200, "close")


def test_a_slash_in_a_title_is_kept(owner: Person, book: str) -> None:
    owner.batch(book, {"addSheet": {"properties": {"title": "a/"}}})
    assert owner.call("GET", f"/v4/spreadsheets/{book}/values/a/")["range"] == "'a/'!A1:Z1000"


@pytest.mark.parametrize(
    ("options", "content"),
    [
        ({"format": "csv"}, b"first\r\n"),
        ({"format": "csv", "gid": "7"}, 'א,"ב,ג"\r\n"x\ty\nz",\'1\r\n'.encode()),
        ({"format": "tsv", "gid": "7"}, "א\tב,ג\r\nx y z\t'1".encode()),
    ],
)
def test_download(owner: Person, book: str, options: dict[str, str], content: bytes) -> None:
    """The address of the page with `export` for `edit`."""
    address = owner.call("GET", f"/v4/spreadsheets/{book}")["spreadsheetUrl"].replace("edit", "export")
    assert owner.get(address, params=options, timeout=10).content == content


def test_download_of_a_workbook(owner: Person, book: str) -> None:
    found = owner.get(f"{owner.base}/spreadsheets/d/{book}/export", params={"format": "xlsx"}, timeout=10)
    assert openpyxl.load_workbook(io.BytesIO(found.content)).sheetnames == ["Sheet1", "שני"]


@pytest.mark.parametrize(("options", "code"), [({"format": "pdf"}, 501), ({"format": "x"}, 400), ({"gid": "5"}, 400)])
def test_what_cannot_be_downloaded(owner: Person, book: str, options: dict[str, str], code: int) -> None:
    owner.call("GET", f"/spreadsheets/d/{book}/export", code, params=options)


def test_a_download_asks_who_calls(owner: Person, book: str, google: EmbeddedGoogle) -> None:
    path = f"/spreadsheets/d/{book}/export"
    Person(google, "stranger@example.com").call("GET", path, 403)
    assert requests.get(google.url + path, timeout=10).status_code == 401


def ask(google: EmbeddedGoogle, method: str, path: str, **kwargs: Any) -> requests.Response:
    """A call with an API key and no token."""
    return requests.request(method, google.url + path, timeout=10, params={"key": "any"}, **kwargs)


def test_an_api_key_reads_what_is_public_alone(owner: Person, book: str, google: EmbeddedGoogle) -> None:
    path = f"/v4/spreadsheets/{book}/values/A1"
    assert ask(google, "GET", path).status_code == 403
    owner.call("POST", f"/drive/v3/files/{book}/permissions", json={"type": "anyone", "role": "writer"})
    assert ask(google, "GET", path).json()["values"] == [["first"]]
    assert ask(google, "PUT", path, json={"values": [["x"]]}).status_code == 401
    assert ask(google, "GET", "/drive/v3/files").json()["files"] == []
    owner.call("DELETE", f"/drive/v3/files/{book}/permissions/anyoneWithLink", 204)
    assert ask(google, "GET", path).status_code == 403


def test_a_wrong_token_is_not_saved_by_a_key(owner: Person, book: str, google: EmbeddedGoogle) -> None:
    owner.call("POST", f"/drive/v3/files/{book}/permissions", json={"type": "anyone", "role": "reader"})
    headers = {"Authorization": "Bearer nonsense"}
    assert ask(google, "GET", f"/v4/spreadsheets/{book}", headers=headers).status_code == 401
