"""The token endpoint: who gets a token, and for how long it is good."""

import json
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import requests
from google.auth import crypt, jwt

from sheets_sync.embedded.server import SERVICE_EMAIL, EmbeddedGoogle
from tests.embedded.clients import SCOPES, Person, service_client


@pytest.fixture
def key(google: EmbeddedGoogle, tmp_path: Path) -> dict[str, Any]:
    google.make_key_file(tmp_path / "key.json")
    found: dict[str, Any] = json.loads((tmp_path / "key.json").read_text())
    return found


def claims(key: dict[str, Any], **other: Any) -> dict[str, Any]:
    now = int(time.time())
    usual = {"iss": key["client_email"], "aud": key["token_uri"], "scope": " ".join(SCOPES)}
    return {**usual, "iat": now, "exp": now + 3600, **other}


def ask(key: dict[str, Any], payload: dict[str, Any], private: str = "") -> requests.Response:
    signer = crypt.RSASigner.from_string(private or key["private_key"], key["private_key_id"])  # type: ignore[no-untyped-call]
    assertion = jwt.encode(signer, payload)  # type: ignore[no-untyped-call]
    form = {"grant_type": "urn:ietf:params:oauth:grant-type:jwt-bearer", "assertion": assertion.decode()}
    return requests.post(key["token_uri"], data=form, timeout=10)


def test_a_signed_assertion_gets_a_token(key: dict[str, Any]) -> None:
    answer = ask(key, claims(key)).json()
    assert (answer["expires_in"], answer["token_type"], answer["scope"]) == (3600, "Bearer", " ".join(SCOPES))


@pytest.mark.parametrize(
    "other",
    [
        {"aud": "https://elsewhere.example/token"},
        {"exp": int(time.time()) - 100, "iat": int(time.time()) - 3700},
        {"iat": int(time.time()) + 7200, "exp": int(time.time()) + 10800},
        {"exp": int(time.time()) + 100_000},
        {"iss": "nobody@example.com"},
        {"scope": ""},
    ],
)
def test_wrong_claims(key: dict[str, Any], other: dict[str, Any]) -> None:
    answer = ask(key, claims(key, **other))
    assert answer.status_code == 400
    assert answer.json()["error"] in ("invalid_grant", "invalid_scope")


def test_another_key_is_refused(google: EmbeddedGoogle, key: dict[str, Any], tmp_path: Path) -> None:
    google.make_key_file(tmp_path / "other.json", "other@embedded-google.iam.gserviceaccount.com")
    other = json.loads((tmp_path / "other.json").read_text())
    answer = ask(key, claims(key), other["private_key"])
    assert (answer.status_code, answer.json()["error_description"]) == (400, "Invalid JWT Signature.")


@pytest.mark.parametrize("assertion", ["", "a.b.c", "eyJhbGciOiJub25lIn0.e30."])
def test_nonsense(key: dict[str, Any], assertion: str) -> None:
    form = {"grant_type": "urn:ietf:params:oauth:grant-type:jwt-bearer", "assertion": assertion}
    assert requests.post(key["token_uri"], data=form, timeout=10).status_code == 400


def test_scopes_are_kept(google: EmbeddedGoogle, owner: Person, key: dict[str, Any]) -> None:
    file_id = owner.sheet()
    owner.share(file_id, SERVICE_EMAIL)
    only = "https://www.googleapis.com/auth/spreadsheets.readonly"
    token = ask(key, claims(key, scope=only)).json()["access_token"]
    reader = Person(google, "x@example.com")
    reader.headers["Authorization"] = f"Bearer {token}"
    reader.call("GET", f"/v4/spreadsheets/{file_id}")
    refused = reader.call("POST", f"/v4/spreadsheets/{file_id}:batchUpdate", 403, json={"requests": [{"addSheet": {}}]})
    assert refused["error"]["message"] == "Request had insufficient authentication scopes."


def test_a_token_ends_after_an_hour_and_outlives_a_restart(tmp_path: Path) -> None:
    now = [datetime.now(UTC)]
    with EmbeddedGoogle(tmp_path / "google", clock=lambda: now[0]) as google:
        owner = Person(google, "a@example.com")
        file_id = owner.sheet()
        owner.share(file_id, SERVICE_EMAIL)
        google.make_key_file(tmp_path / "key.json")
        client = service_client(google, tmp_path / "key.json")
        client.open_by_key(file_id)
        token, url = str(client.http_client.auth.token), google.url
    with EmbeddedGoogle(tmp_path / "google", clock=lambda: now[0]) as google:
        assert google.url == url
        guest = Person(google, "x@example.com")
        guest.headers["Authorization"] = f"Bearer {token}"
        guest.call("GET", f"/v4/spreadsheets/{file_id}")
        now[0] += timedelta(hours=1, seconds=1)
        guest.call("GET", f"/v4/spreadsheets/{file_id}", 401)


def test_any_token_is_one_person(tmp_path: Path) -> None:
    with EmbeddedGoogle(tmp_path / "google", any_token=True) as google:
        headers = {"Authorization": "Bearer whatever"}
        made = requests.post(f"{google.url}/v4/spreadsheets", json={}, headers=headers, timeout=10)
        other = {"Authorization": "Bearer else"}
        path = f"{google.url}/v4/spreadsheets/{made.json()['spreadsheetId']}"
        assert requests.get(path, headers=other, timeout=10).status_code == 200
        assert requests.get(path, timeout=10).status_code == 401


def test_the_key_file_is_its_owners_alone(google: EmbeddedGoogle, tmp_path: Path) -> None:
    google.make_key_file(tmp_path / "deep" / "key.json")
    assert (tmp_path / "deep" / "key.json").stat().st_mode & 0o077 == 0
