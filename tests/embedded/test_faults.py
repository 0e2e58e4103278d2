"""Faults on demand: what the client sees, and whether the write was applied."""

import time
from typing import Any

import pytest
import requests

from sheets_sync.embedded.server import SERVICE_EMAIL, EmbeddedGoogle
from tests.embedded.clients import Person


@pytest.fixture
def book(owner: Person) -> str:
    return owner.sheet()


def script(google: EmbeddedGoogle, *faults: dict[str, Any]) -> None:
    requests.post(f"{google.url}/admin/faults", json=list(faults), timeout=10).raise_for_status()


def write(owner: Person, book: str) -> requests.Response:
    path = f"{owner.base}/v4/spreadsheets/{book}/values/A1"
    return owner.put(path, params={"valueInputOption": "RAW"}, json={"values": [["x"]]}, timeout=5)


@pytest.mark.parametrize("code", [429, 500, 503])
def test_a_status_applies_nothing(owner: Person, google: EmbeddedGoogle, book: str, code: int) -> None:
    script(google, {"match": "values/A1", "do": "status", "code": code, "times": 1})
    assert write(owner, book).json()["error"]["code"] == code
    assert owner.values(book) is None
    assert write(owner, book).status_code == 200


def test_a_502_is_html(owner: Person, google: EmbeddedGoogle, book: str) -> None:
    script(google, {"match": "values", "do": "html"})
    answer = write(owner, book)
    assert (answer.status_code, answer.headers["Content-Type"]) == (502, "text/html; charset=UTF-8")


def test_a_lost_answer_was_applied(owner: Person, google: EmbeddedGoogle, book: str) -> None:
    script(google, {"match": "values/A1", "do": "lose_answer", "method": "PUT"})
    with pytest.raises(requests.ConnectionError):
        write(owner, book)
    assert owner.values(book) == [["x"]]


def test_a_hang_applies_nothing(owner: Person, google: EmbeddedGoogle, book: str) -> None:
    script(google, {"match": "values/A1", "do": "hang", "seconds": 0.2, "method": "PUT"})
    with pytest.raises(requests.ConnectionError):
        write(owner, book)
    assert owner.values(book) is None


def test_a_late_write_lands_later(owner: Person, google: EmbeddedGoogle, book: str) -> None:
    script(google, {"match": "values/A1", "do": "apply_late", "seconds": 0.5, "method": "PUT"})
    with pytest.raises(requests.ConnectionError):
        write(owner, book)
    assert owner.values(book) is None
    for _ in range(100):
        if owner.values(book):
            break
        time.sleep(0.05)
    assert owner.values(book) == [["x"]]


def test_a_script_can_wait_for_the_nth_call(owner: Person, google: EmbeddedGoogle, book: str) -> None:
    script(google, {"match": "values", "do": "status", "code": 503, "after": 2})
    assert [write(owner, book).status_code for _ in range(4)] == [200, 200, 503, 200]


def test_calls_are_counted(owner: Person, google: EmbeddedGoogle, book: str) -> None:
    requests.delete(f"{google.url}/admin/requests", timeout=10)
    write(owner, book)
    owner.values(book)
    log = requests.get(f"{google.url}/admin/requests", timeout=10).json()["requests"]
    assert [(line["method"], line["path"].rpartition("/")[2]) for line in log] == [("PUT", "A1"), ("GET", "Sheet1")]


def test_quotas_a_minute(owner: Person, google: EmbeddedGoogle, book: str) -> None:
    requests.post(f"{google.url}/admin/quota", json={"write": 2}, timeout=10).raise_for_status()
    assert [write(owner, book).status_code for _ in range(3)] == [200, 200, 429]
    error = write(owner, book).json()["error"]
    assert error["status"] == "RESOURCE_EXHAUSTED"
    assert owner.values(book) == [["x"]]


def test_revoked_tokens(owner: Person, google: EmbeddedGoogle, book: str, client: Any) -> None:
    owner.share(book, SERVICE_EMAIL)
    sheet = client.open_by_key(book).sheet1
    token = client.http_client.auth.token
    requests.post(f"{google.url}/admin/revoke", json={"email": SERVICE_EMAIL}, timeout=10).raise_for_status()
    headers = {"Authorization": f"Bearer {token}"}
    assert requests.get(f"{google.url}/v4/spreadsheets/{book}", headers=headers, timeout=10).status_code == 401
    assert sheet.row_values(1) == []  # google-auth fetches another


@pytest.mark.parametrize(
    "bad", [{}, [{"match": "(", "do": "hang"}], [{"match": "x", "do": "explode"}], [{"do": "hang"}], [1]]
)
def test_a_bad_script_is_refused(google: EmbeddedGoogle, bad: Any) -> None:
    assert requests.post(f"{google.url}/admin/faults", json=bad, timeout=10).status_code == 400


def test_the_admin_address_exists_only_when_asked_for(tmp_path: Any) -> None:
    with EmbeddedGoogle(tmp_path / "plain") as google:
        assert requests.post(f"{google.url}/admin/faults", json=[], timeout=10).status_code == 404
