"""Uploads in pieces, and requests whose query is too long for an address."""

from typing import Any

import pytest
import requests

from sheets_sync.embedded.server import SERVICE_EMAIL, EmbeddedGoogle
from tests.embedded.clients import Person

CSV = "שם,סכום\r\nדנה,12\r\n".encode()
WHOLE = [["שם", "סכום"], ["דנה", "12"]]
FILES = "/upload/drive/v3/files"


def begin(owner: Person, method: str = "POST", path: str = FILES, metadata: dict[str, Any] | None = None) -> str:
    """The address that takes the pieces."""
    headers = {"X-Upload-Content-Type": "text/csv; charset=utf-8"}
    options = {"uploadType": "resumable"}
    found = owner.request(method, owner.base + path, params=options, json=metadata or {}, headers=headers, timeout=10)
    assert (found.status_code, found.content) == (200, b"")
    return found.headers["Location"]


def put(address: str, data: bytes, content_range: str = "") -> requests.Response:
    """Without a token: the address alone says whose it is."""
    headers = {"Content-Range": content_range} if content_range else {}
    return requests.put(address, data=data, headers=headers, timeout=10)


def test_in_one_piece(owner: Person) -> None:
    made = put(begin(owner, metadata={"name": "חברים"}), CSV).json()
    assert (made["name"], owner.values(made["id"])) == ("חברים", WHOLE)


def test_in_pieces(owner: Person) -> None:
    """The first is sent twice, as after a lost answer; in between the client asks how much has come."""
    address, total = begin(owner), len(CSV)
    for _ in range(2):
        come = put(address, CSV[:5], f"bytes 0-4/{total}")
        assert (come.status_code, come.headers["Range"]) == (308, "bytes=0-4")
    assert put(address, b"", f"bytes */{total}").headers["Range"] == "bytes=0-4"
    assert put(address, CSV[5:10], "bytes 5-9/*").status_code == 308
    made = put(address, CSV[10:], f"bytes 10-{total - 1}/{total}")
    assert owner.values(made.json()["id"]) == WHOLE
    assert put(address, b"", f"bytes */{total}").status_code == 404


def test_nothing_has_come_yet(owner: Person) -> None:
    come = put(begin(owner), b"", f"bytes */{len(CSV)}")
    assert (come.status_code, "Range" in come.headers) == (308, False)


@pytest.mark.parametrize("content_range", ["bytes 3-7/40", "bytes 0-9/40", "bytes", "bytes 4-0/40", "lines 0-4/40"])
def test_a_piece_that_does_not_fit(owner: Person, content_range: str) -> None:
    address = begin(owner)
    assert put(address, b"abcde", content_range).status_code == 400
    assert put(address, CSV).status_code == 200


def test_replacing(owner: Person) -> None:
    file_id = owner.sheet("keep")
    put(begin(owner, "PATCH", f"{FILES}/{file_id}"), CSV)
    assert owner.values(file_id) == WHOLE
    assert owner.call("GET", f"/drive/v3/files/{file_id}")["name"] == "keep"


def test_who_may_begin(owner: Person, google: EmbeddedGoogle, client: Any) -> None:
    file_id, options = owner.sheet(), {"uploadType": "resumable"}
    stranger = Person(google, "stranger@example.com")
    stranger.call("PATCH", f"{FILES}/{file_id}", 404, params=options, json={})
    owner.share(file_id, "stranger@example.com", "reader")
    stranger.call("PATCH", f"{FILES}/{file_id}", 403, params=options, json={})
    owner.share(file_id, SERVICE_EMAIL)
    client.open_by_key(file_id)
    refused = client.http_client.session.post(google.url + FILES, params=options, json={})
    assert refused.json()["error"]["message"] == "The user's Drive storage quota has been exceeded."


def test_an_address_is_good_for_its_own_file(owner: Person) -> None:
    first, second = owner.sheet(), owner.sheet()
    address = begin(owner, "PATCH", f"{FILES}/{first}")
    assert put(address.replace(first, second), CSV).status_code == 404
    assert put(begin(owner)[:-1] + "_", CSV).status_code == 404


def test_old_uploads_make_room(owner: Person) -> None:
    address = begin(owner)
    for _ in range(20):
        newest = begin(owner)
    assert (put(address, CSV).status_code, put(newest, CSV).status_code) == (404, 200)


def test_a_query_in_the_body(owner: Person) -> None:
    """Google's own client does this with an address of over 2,048 letters."""
    file_id = owner.sheet()
    owner.write(file_id, "A1", [[1], [2]])
    ranges = [("ranges", f"Sheet1!A{row}") for row in range(1, 301)]
    path, headers = f"/v4/spreadsheets/{file_id}/values:batchGet", {"X-HTTP-Method-Override": "GET"}
    found = owner.call("POST", path, data=ranges, headers=headers)["valueRanges"]
    assert (len(found), found[1]["values"]) == (300, [["2"]])


def test_a_method_in_a_header(owner: Person) -> None:
    file_id = owner.sheet()
    headers = {"X-HTTP-Method-Override": "PATCH"}
    owner.call("POST", f"/drive/v3/files/{file_id}", json={"name": "new"}, headers=headers)
    assert owner.call("GET", f"/drive/v3/files/{file_id}")["name"] == "new"
