"""Drive: files, sharing, changes, pushes."""

import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest

from sheets_sync.embedded.server import EmbeddedGoogle
from tests.embedded.clients import OWNER, Person

MIME = "application/vnd.google-apps.spreadsheet"


def names(person: Person, q: str) -> list[str]:
    params = {"q": q, "fields": "files(name)", "orderBy": "name"}
    return [file["name"] for file in person.call("GET", "/drive/v3/files", params=params)["files"]]


@pytest.mark.parametrize(
    ("q", "found"),
    [
        (f"mimeType='{MIME}'", ["budget", "classes 2026", "it's mine", "old"]),
        (f'mimeType="{MIME}" and name = "budget"', ["budget"]),
        ("name = 'it\\'s mine'", ["it's mine"]),
        ("name contains 'cla'", ["classes 2026"]),
        ("name contains '2026'", ["classes 2026"]),
        ("name = 'budget' or name = 'classes 2026'", ["budget", "classes 2026"]),
        ("not name = 'budget' and trashed = false", ["classes 2026", "it's mine"]),
        ("(name='budget' or name='classes 2026') and name contains 'b'", ["budget"]),
        ("trashed = true", ["old"]),
        (f"'{OWNER}' in owners and trashed=false", ["budget", "classes 2026", "it's mine"]),
        ("'other@example.com' in owners", []),
        ("'guest@example.com' in readers", ["budget"]),
    ],
)
def test_search(owner: Person, q: str, found: list[str]) -> None:
    made = {title: owner.sheet(title) for title in ("budget", "classes 2026", "it's mine", "old")}
    owner.call("PATCH", f"/drive/v3/files/{made['old']}", json={"trashed": True})
    owner.share(made["budget"], "guest@example.com", "reader")
    assert names(owner, q) == found


@pytest.mark.parametrize("q", ["name =", "nonsense = 'x'", "name ~ 'x'", "(name = 'x'"])
def test_a_search_that_cannot_be_read(owner: Person, q: str) -> None:
    found = owner.call("GET", "/drive/v3/files", 400, params={"q": q})["error"]
    assert found["errors"][0]["reason"] == "invalid"


def test_listing_by_pages(owner: Person) -> None:
    for number in range(5):
        owner.sheet(f"s{number}")
    seen, token = [], ""
    while True:
        params = {"pageSize": "2", "pageToken": token, "orderBy": "name"}
        page = owner.call("GET", "/drive/v3/files", params=params)
        seen += [file["name"] for file in page["files"]]
        token = page.get("nextPageToken", "")
        if not token:
            break
    assert seen == ["s0", "s1", "s2", "s3", "s4"]


def test_only_what_is_shared_is_seen(owner: Person, google: EmbeddedGoogle) -> None:
    guest = Person(google, "guest@example.com")
    file_id = owner.sheet("budget")
    assert names(guest, "trashed=false") == []
    missing = guest.call("GET", f"/drive/v3/files/{file_id}", 404)["error"]
    assert (missing["message"], missing["errors"][0]["reason"]) == (f"File not found: {file_id}.", "notFound")
    owner.share(file_id, guest.email, "reader")
    assert names(guest, "trashed=false") == ["budget"]
    assert guest.call("GET", f"/drive/v3/files/{file_id}/permissions", 403)["error"]["code"] == 403


def test_sharing_by_link(owner: Person, google: EmbeddedGoogle) -> None:
    file_id = owner.sheet()
    guest = Person(google, "guest@example.com")
    path = f"/drive/v3/files/{file_id}/permissions"
    made = owner.call("POST", path, json={"type": "anyone", "role": "reader"})
    assert made == {"kind": "drive#permission", "id": "anyoneWithLink", "type": "anyone", "role": "reader"}
    guest.call("GET", f"/v4/spreadsheets/{file_id}")
    assert names(guest, "trashed=false") == []
    owner.call("DELETE", f"{path}/anyoneWithLink", 204)
    guest.call("GET", f"/v4/spreadsheets/{file_id}", 403)


def test_times_have_milliseconds_and_versions_rise(owner: Person) -> None:
    file_id = owner.sheet()
    params = {"fields": "createdTime,modifiedTime,version"}
    before = owner.call("GET", f"/drive/v3/files/{file_id}", params=params)
    owner.write(file_id, "A1", [["x"]])
    after = owner.call("GET", f"/drive/v3/files/{file_id}", params=params)
    assert len(before["createdTime"]) == len("2026-01-02T03:04:05.678Z")
    assert after["modifiedTime"] >= before["modifiedTime"]
    assert int(after["version"]) == int(before["version"]) + 1


def test_a_rename_goes_both_ways(owner: Person) -> None:
    file_id = owner.sheet("old")
    owner.call("PATCH", f"/drive/v3/files/{file_id}", json={"name": "new"})
    assert owner.call("GET", f"/v4/spreadsheets/{file_id}")["properties"]["title"] == "new"
    title = {"properties": {"title": "newer"}, "fields": "title"}
    owner.batch(file_id, {"updateSpreadsheetProperties": title})
    assert names(owner, "name='newer'") == ["newer"]


def test_changes_tell_of_edits_once_and_of_removals(owner: Person, google: EmbeddedGoogle) -> None:
    first, second = owner.sheet("first"), owner.sheet("second")
    stranger = Person(google, "stranger@example.com")
    token = owner.call("GET", "/drive/v3/changes/startPageToken")["startPageToken"]
    assert owner.call("GET", "/drive/v3/changes", params={"pageToken": token})["changes"] == []
    owner.write(first, "A1", [["x"]])
    owner.write(first, "A1", [["y"]])
    owner.call("DELETE", f"/drive/v3/files/{second}", 204)
    page = owner.call("GET", "/drive/v3/changes", params={"pageToken": token})
    assert [(change["fileId"], change["removed"]) for change in page["changes"]] == [(first, False), (second, True)]
    assert page["changes"][0]["file"]["name"] == "first"
    again = owner.call("GET", "/drive/v3/changes", params={"pageToken": page["newStartPageToken"]})
    assert again["changes"] == []
    assert stranger.call("GET", "/drive/v3/changes", params={"pageToken": token})["changes"] == []


def test_reading_changes_nothing(owner: Person) -> None:
    file_id = owner.sheet()
    token = owner.call("GET", "/drive/v3/changes/startPageToken")["startPageToken"]
    owner.values(file_id)
    owner.batch(file_id, {"addSheet": {"properties": {"title": "Sheet1"}}}, expect=400)
    assert owner.call("GET", "/drive/v3/changes", params={"pageToken": token})["changes"] == []


def test_a_service_account_owns_nothing(owner: Person, google: EmbeddedGoogle, client: Any) -> None:
    file_id = owner.sheet()
    email = client.http_client.auth.service_account_email
    owner.share(file_id, email)
    client.open_by_key(file_id)
    session, base = client.http_client.session, google.url
    for method, path, body in (
        ("POST", "/drive/v3/files", {"name": "x", "mimeType": MIME}),
        ("POST", f"/drive/v3/files/{file_id}/copy", {}),
        ("POST", "/v4/spreadsheets", {}),
    ):
        found = session.request(method, base + path, json=body).json()["error"]
        assert (found["code"], found["message"]) == (403, "The user's Drive storage quota has been exceeded.")


class Hook(BaseHTTPRequestHandler):
    """Notes the pushes that come in."""

    seen: list[dict[str, str]]

    def do_POST(self) -> None:
        self.seen.append({name.lower(): value for name, value in self.headers.items()})
        self.send_response(204)
        self.end_headers()
        if len(self.seen) == 2:
            self.server.done.set()  # type: ignore[attr-defined]

    def log_message(self, *_args: object) -> None:
        """Quiet."""


def test_a_watch_pushes_to_loopback(owner: Person) -> None:
    file_id = owner.sheet()
    hook: Any = type("OneHook", (Hook,), {"seen": []})
    server = HTTPServer(("127.0.0.1", 0), hook)
    server.done = threading.Event()  # type: ignore[attr-defined]
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    body = {"id": "one", "type": "web_hook", "address": f"http://127.0.0.1:{server.server_port}/push", "token": "t"}
    opened = owner.call("POST", "/drive/v3/changes/watch", params={"pageToken": "1"}, json=body)
    assert opened["id"] == "one"
    owner.call("POST", "/drive/v3/changes/watch", 400, params={"pageToken": "1"}, json=body)
    owner.write(file_id, "A1", [["x"]])
    assert server.done.wait(10)  # type: ignore[attr-defined]
    owner.call("POST", "/drive/v3/channels/stop", 204, json={"id": "one", "resourceId": opened["resourceId"]})
    server.shutdown()
    server.server_close()
    assert [push["x-goog-resource-state"] for push in hook.seen[:2]] == ["sync", "change"]
    assert {push["x-goog-channel-token"] for push in hook.seen} == {"t"}


@pytest.mark.parametrize("address", ["http://example.com/x", "http://10.0.0.1/x", "ftp://127.0.0.1/", "javascript:1"])
def test_a_watch_elsewhere_is_refused(owner: Person, address: str) -> None:
    body = {"id": "one", "type": "web_hook", "address": address}
    owner.call("POST", "/drive/v3/changes/watch", 400, params={"pageToken": "1"}, json=body)


def test_about(owner: Person) -> None:
    found = owner.call("GET", "/drive/v3/about", params={"fields": "user(emailAddress)"})
    assert found == {"user": {"emailAddress": OWNER}}
    owner.call("GET", "/drive/v3/about", 400)
