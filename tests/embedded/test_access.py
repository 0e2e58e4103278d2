"""Who may do what: every call as every role, and how sharing and owning change hands."""

from typing import Any

import pytest

from sheets_sync.embedded.app import make_app
from sheets_sync.embedded.server import EmbeddedGoogle
from tests.embedded.clients import OWNER, Person

GUEST = "guest@example.com"
RAW: dict[str, Any] = {"params": {"valueInputOption": "RAW"}}
ADD: dict[str, Any] = {"json": {"requests": [{"addSheet": {}}]}}
LOOKUP = {"developerMetadataLookup": {"metadataId": 1}}
BY: dict[str, Any] = {"json": {"dataFilters": [{"a1Range": "A1"}]}}
VALUES = {"json": {"values": [["x"]]}}
ROLES = ("", "reader", "commenter", "writer", "owner")

# What is called, with what, and the least role that may; {0} is the spreadsheet, {1} a permission of another's.
CALLS: list[tuple[str, str, dict[str, Any], str]] = [
    ("GET", "/v4/spreadsheets/{0}", {}, "reader"),
    ("POST", "/v4/spreadsheets/{0}:getByDataFilter", BY, "reader"),
    ("POST", "/v4/spreadsheets/{0}:batchUpdate", ADD, "writer"),
    ("GET", "/v4/spreadsheets/{0}/developerMetadata/1", {}, "reader"),
    ("POST", "/v4/spreadsheets/{0}/developerMetadata:search", {"json": {"dataFilters": [LOOKUP]}}, "reader"),
    ("GET", "/v4/spreadsheets/{0}/values/A1", {}, "reader"),
    ("GET", "/v4/spreadsheets/{0}/values:batchGet", {"params": {"ranges": "A1"}}, "reader"),
    ("POST", "/v4/spreadsheets/{0}/values:batchGetByDataFilter", BY, "reader"),
    ("PUT", "/v4/spreadsheets/{0}/values/A1", {**RAW, **VALUES}, "writer"),
    ("POST", "/v4/spreadsheets/{0}/values/A1:append", {**RAW, **VALUES}, "writer"),
    ("POST", "/v4/spreadsheets/{0}/values/A1:clear", {}, "writer"),
    ("POST", "/v4/spreadsheets/{0}/values:batchUpdate", {"json": {"valueInputOption": "RAW"}}, "writer"),
    ("POST", "/v4/spreadsheets/{0}/values:batchClear", {"json": {"ranges": ["A1"]}}, "writer"),
    ("POST", "/v4/spreadsheets/{0}/values:batchUpdateByDataFilter", {"json": {"valueInputOption": "RAW"}}, "writer"),
    ("POST", "/v4/spreadsheets/{0}/values:batchClearByDataFilter", BY, "writer"),
    ("POST", "/v4/spreadsheets/{0}/sheets/0:copyTo", {"json": {"destinationSpreadsheetId": "{0}"}}, "writer"),
    ("GET", "/spreadsheets/d/{0}/export", {}, "reader"),
    ("GET", "/drive/v3/files/{0}", {}, "reader"),
    ("GET", "/drive/v3/files/{0}/export", {"params": {"mimeType": "text/csv"}}, "reader"),
    ("POST", "/drive/v3/files/{0}/copy", {"json": {}}, "reader"),
    ("PATCH", "/drive/v3/files/{0}", {"json": {"name": "new"}}, "writer"),
    ("PATCH", "/drive/v3/files/{0}", {"json": {"trashed": True}}, "owner"),
    ("PATCH", "/upload/drive/v3/files/{0}", {"data": b"x", "headers": {"Content-Type": "text/csv"}}, "writer"),
    ("GET", "/drive/v3/files/{0}/permissions", {}, "writer"),
    ("GET", "/drive/v3/files/{0}/permissions/{1}", {}, "writer"),
    ("POST", "/drive/v3/files/{0}/permissions", {"json": {"type": "anyone", "role": "reader"}}, "writer"),
    ("PATCH", "/drive/v3/files/{0}/permissions/{1}", {"json": {"role": "reader"}}, "writer"),
    ("DELETE", "/drive/v3/files/{0}/permissions/{1}", {}, "writer"),
    ("GET", "/drive/v3/files/{0}/comments", {}, "reader"),
    ("DELETE", "/drive/v3/files/{0}", {}, "owner"),
]
PARTS = {
    "<file_id>": "{0}",
    "<permission_id>": "{1}",
    "<int:metadata_id>": "1",
    "<int:sheet_id>": "0",
    "<path:text>": "A1",
}
IDS = [f"{method} {path}" for method, path, _, _ in CALLS]


def marked(owner: Person) -> str:
    file_id = owner.sheet()
    mark = {"metadataId": 1, "metadataKey": "k", "visibility": "DOCUMENT", "location": {"sheetId": 0}}
    owner.batch(file_id, {"createDeveloperMetadata": {"developerMetadata": mark}})
    return file_id


@pytest.fixture
def book(owner: Person) -> str:
    return owner.sheet()


def share(owner: Person, book: str, email: str, role: str = "writer", expect: int = 200, **options: str) -> Any:
    body = {"type": "user", "role": role, "emailAddress": email}
    return owner.call("POST", f"/drive/v3/files/{book}/permissions", expect, json=body, params=options)


def shared(owner: Person, role: str) -> str:
    """A spreadsheet with one piece of metadata, in which the guest has that role."""
    file_id = marked(owner)
    if role == "owner":
        share(owner, file_id, GUEST, "owner", transferOwnership="true")
    elif role:
        share(owner, file_id, GUEST, role)
    return file_id


@pytest.mark.parametrize(("method", "path", "given", "least"), CALLS, ids=IDS)
def test_every_call_as_every_role(
    owner: Person, google: EmbeddedGoogle, method: str, path: str, given: Any, least: str
) -> None:
    guest = Person(google, GUEST)
    for role in ROLES:
        file_id = shared(owner, role)
        other = share(owner, file_id, "other@example.com")["id"]
        sent = {**given, "json": {"destinationSpreadsheetId": file_id}} if path.endswith(":copyTo") else given
        answer = guest.request(method, guest.base + path.format(file_id, other), timeout=30, **sent)
        if ROLES.index(role) >= ROLES.index(least):
            assert answer.status_code in (200, 204), (role, answer.text)
        else:
            hidden = 404 if not role and "/drive/" in path else 403  # Drive does not say that a file is there
            assert answer.status_code == hidden, (role, answer.text)


def test_the_table_has_every_route_of_a_file(google: EmbeddedGoogle) -> None:
    """A new route must say who may; those of the page, and of older paths, have their own tests."""
    rules = make_app(google.service, google.url, google.faults).url_map.iter_rules()
    routes = [rule.rule for rule in rules if "<file_id>" in rule.rule]
    elsewhere = ("/edit", "/view", "/htmlview", "/version", "/d/<file_id>")
    wanted = {rule for rule in routes if not rule.endswith(elsewhere) and "/v2/" not in rule}
    for name, value in PARTS.items():
        wanted = {rule.replace(name, value) for rule in wanted}
    assert wanted == {path for _, path, _, _ in CALLS}


def roles(owner: Person, book: str) -> dict[str, str]:
    fields = {"fields": "permissions(emailAddress,role)"}
    found = owner.call("GET", f"/drive/v3/files/{book}/permissions", params=fields)["permissions"]
    return {each["emailAddress"]: each["role"] for each in found}


def test_an_owner_gives_the_file_away(owner: Person, book: str) -> None:
    refused = share(owner, book, GUEST, "owner", 403)["error"]
    assert "transferOwnership parameter must be enabled" in refused["message"]
    share(owner, book, GUEST, "owner", transferOwnership="true")
    assert roles(owner, book) == {GUEST: "owner", OWNER: "writer"}


def test_an_offer_is_taken_by_whom_it_was_made_to(owner: Person, book: str, google: EmbeddedGoogle) -> None:
    guest = Person(google, GUEST)
    path = f"/drive/v3/files/{book}/permissions/{share(owner, book, GUEST)['id']}"
    take: dict[str, Any] = {"json": {"role": "owner"}, "params": {"transferOwnership": "true"}}
    guest.call("PATCH", path, 403, **take)
    guest.call("PATCH", path, 403, json={"role": "writer", "pendingOwner": True})
    owner.call("PATCH", path, json={"role": "writer", "pendingOwner": True})
    guest.call("PATCH", path, **take)
    assert roles(owner, book) == {GUEST: "owner", OWNER: "writer"}


def test_the_owner_stays(owner: Person, book: str, google: EmbeddedGoogle) -> None:
    guest = Person(google, GUEST)
    share(owner, book, GUEST)
    fields = {"fields": "permissions(id,role)"}
    held = owner.call("GET", f"/drive/v3/files/{book}/permissions", params=fields)["permissions"]
    path = f"/drive/v3/files/{book}/permissions/{held[0]['id']}"
    guest.call("DELETE", path, 403)
    guest.call("PATCH", path, 403, json={"role": "reader"})
    share(guest, book, OWNER, "reader")
    assert roles(owner, book) == {OWNER: "owner", GUEST: "writer"}


def test_a_reader_leaves_by_himself(owner: Person, book: str, google: EmbeddedGoogle) -> None:
    guest = Person(google, GUEST)
    permission = share(owner, book, GUEST, "reader")["id"]
    guest.call("DELETE", f"/drive/v3/files/{book}/permissions/{permission}", 204)
    guest.call("GET", f"/drive/v3/files/{book}", 404)


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"role": "reader"}, 400),
        ({"type": "user", "role": "boss", "emailAddress": GUEST}, 400),
        ({"type": "user", "role": "reader", "emailAddress": "nobody"}, 400),
        ({"type": "user", "role": "reader"}, 400),
        ({"type": "domain", "role": "reader", "domain": "example.com"}, 501),
    ],
)
def test_what_cannot_be_shared(owner: Person, book: str, body: dict[str, str], code: int) -> None:
    owner.call("POST", f"/drive/v3/files/{book}/permissions", code, json=body)
    assert roles(owner, book) == {OWNER: "owner"}


def test_a_permission_that_is_not_there(owner: Person, book: str) -> None:
    for method, body in (("GET", None), ("PATCH", {"role": "reader"}), ("DELETE", None)):
        owner.call(method, f"/drive/v3/files/{book}/permissions/123", 404, json=body)
