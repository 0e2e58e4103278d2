"""What goes wrong while a token is fetched has a name, is never taken for a write's lost answer, and is tried again."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import requests
from google.auth import exceptions as auth_errors

from sheets_sync.errors import BadCredentials, GoogleTrouble, Unavailable
from sheets_sync.google.credentials import ServiceAccount
from sheets_sync.google.gateway import SCOPES, Gateway, open_gateway
from tests.proxy import DOWN, UP, Cut, Proxy
from tests.world import World

ADD = {"addSheet": {"properties": {"title": "חדשה"}}}


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = World(tmp_path, {"main": ()})
    yield made
    made.close()


@pytest.fixture
def proxy(world: World) -> Iterator[Proxy]:
    with Proxy(int(world.google.url.rpartition(":")[2])) as made:
        yield made


@pytest.fixture
def gateway(world: World, proxy: Proxy) -> Gateway:
    """Its tokens come through the proxy, its calls do not; it tries once."""
    key = json.loads((world.folder / "key.json").read_text())
    file = world.folder / "key-by-proxy.json"
    file.write_text(json.dumps({**key, "token_uri": f"http://127.0.0.1:{proxy.own}/token"}))
    made = open_gateway(file, world.google.url, deadline=0)
    made.client.sleep = lambda _: None
    return made


def outcome(gateway: Gateway, id: str) -> type[GoogleTrouble] | None:
    """What a write without a token comes to."""
    gateway.client.credentials.token = None
    try:
        gateway.write(id, [ADD])
    except GoogleTrouble as trouble:
        return type(trouble)
    return None


@pytest.mark.parametrize("reset", [False, True])
@pytest.mark.parametrize("start", range(0, 300, 50))
def test_an_answer_cut_at_any_byte(world: World, proxy: Proxy, gateway: Gateway, start: int, reset: bool) -> None:
    for left in range(start, start + 50):
        before = proxy.cuts
        proxy.cut(Cut(DOWN, left, reset=reset))
        found = outcome(gateway, world.ids["main"])
        assert (found, proxy.cuts) == (Unavailable, before + 1), left
        assert gateway.client.calls == {}, left


def test_a_question_cut_is_named(world: World, proxy: Proxy, gateway: Gateway) -> None:
    proxy.cut(Cut(UP, 40))
    assert outcome(gateway, world.ids["main"]) is Unavailable


@pytest.mark.parametrize("left", [0, 17, 120, 280])
def test_it_is_asked_again(world: World, proxy: Proxy, gateway: Gateway, left: int) -> None:
    gateway.client.deadline = 20
    proxy.cut(Cut(DOWN, left))
    assert outcome(gateway, world.ids["main"]) is None
    assert (proxy.cuts, gateway.client.calls) == (1, {"writes": 1})


class Answer:
    """A token endpoint's answer."""

    def __init__(self, status: int, data: bytes) -> None:
        self.status, self.data, self.headers = status, data, dict[str, str]()


@pytest.mark.parametrize(
    "body",
    [b"", b"[]", b"5", b"null", b'"text"', b"<html>", b"\xff\xfe", b'{"access_token": 5}', b'{"access_token": ""}',
     b'{"access_token": "x", "expires_in": "soon"}', b'{"access_token": "x", "expires_in": 1e300}'],
)  # fmt: skip
def test_an_answer_that_is_no_token_is_out_of_reach(world: World, body: bytes) -> None:
    made = ServiceAccount.from_service_account_file(str(world.folder / "key.json"), scopes=SCOPES)  # type: ignore[no-untyped-call]
    with pytest.raises(auth_errors.TransportError):
        made.refresh(lambda *_, **__: Answer(200, body))
    assert not made.valid


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (requests.exceptions.ChunkedEncodingError("cut"), "token service"),
        (requests.ConnectionError("refused"), "token service"),
        (requests.exceptions.SSLError("self signed"), "trusted connection"),
        (OSError("Could not find a suitable TLS CA certificate bundle"), "trusted connection"),
        (auth_errors.TransportError("away"), "token service"),  # type: ignore[no-untyped-call]
        (auth_errors.RefreshError("busy", retryable=True), "token service"),  # type: ignore[no-untyped-call]
    ],
)
def test_what_is_raised_has_words(world: World, gateway: Gateway, error: Exception, words: str) -> None:
    def fails(*_: Any, **__: Any) -> Any:
        raise error

    gateway.client._token_request = fails  # type: ignore[assignment]
    with pytest.raises(Unavailable, match=words):
        gateway.state(world.ids["main"])


def test_a_key_that_was_deleted_is_no_trouble_of_the_line(world: World, gateway: Gateway) -> None:
    def refuses(*_: Any, **__: Any) -> Answer:
        return Answer(400, b'{"error": "invalid_grant", "error_description": "Invalid JWT Signature."}')

    gateway.client._token_request = refuses  # type: ignore[assignment]
    with pytest.raises(BadCredentials, match="no longer good"):
        gateway.state(world.ids["main"])
