"""Requests as a form sends them, over real sockets; signed here by hand, as an oracle beside the library."""

import base64
import hashlib
import hmac
import http.client
import json
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

SECRET, OLD_SECRET, OTHER_SECRET, RETIRED_SECRET = (
    f"whsec_{base64.b64encode(bytes([n]) * 32).decode()}" for n in (1, 2, 3, 4)
)
NOON = 1_795_348_800
"""2026-11-22 12:00 UTC."""


def signature(message_id: str, seconds: str, body: bytes, secret: str = SECRET) -> str:
    key = base64.b64decode(secret.removeprefix("whsec_"))
    content = f"{message_id}.{seconds}.".encode() + body
    return "v1," + base64.b64encode(hmac.digest(key, content, hashlib.sha256)).decode()


def submission(**answers: Any) -> bytes:
    one = {"id": "r-1", "submitted": "2026-11-22T13:59:00+02:00", "answers": answers or {"שם": "נועה"}}
    return json.dumps({"submission": one}, ensure_ascii=False).encode()


@dataclass(frozen=True)
class Request:
    """A request to be sent; `headers` set to None are left out."""

    body: bytes = field(default_factory=submission)
    message_id: str = "m-1"
    seconds: str = str(NOON)
    secret: str = SECRET
    form: str = "classes"
    method: str = "POST"
    chunked: bool = False
    headers: dict[str, str | bytes | None] = field(default_factory=dict)

    def but(self, **changes: Any) -> "Request":
        return replace(self, **changes)

    def sent_headers(self) -> dict[str, str | bytes]:
        signed: dict[str, str | bytes | None] = {
            "Content-Type": "application/json",
            "webhook-id": self.message_id,
            "webhook-timestamp": self.seconds,
            "webhook-signature": signature(self.message_id, self.seconds, self.body, self.secret),
        }
        return {name: value for name, value in (signed | self.headers).items() if value is not None}


@dataclass(frozen=True)
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)

    @property
    def code(self) -> str:
        """The code of an error, after its shape was checked."""
        [(name, error)] = self.json.items()
        assert (name, sorted(error)) == ("error", ["code", "message_en", "message_he"])
        return str(error["code"])


def send(port: int, request: Request, timeout: float = 20) -> Answer:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=timeout)
    try:
        body = _pieces(request.body) if request.chunked else request.body
        path = f"/forms/{request.form}"
        connection.request(request.method, path, body, request.sent_headers(), encode_chunked=request.chunked)
        return _read(connection)
    finally:
        connection.close()


def get(port: int, path: str, **headers: str) -> Answer:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    try:
        connection.request("GET", path, headers=headers)
        return _read(connection)
    finally:
        connection.close()


def _read(connection: http.client.HTTPConnection) -> Answer:
    response = connection.getresponse()
    return Answer(response.status, dict(response.getheaders()), response.read())


def _pieces(body: bytes) -> Iterator[bytes]:
    for start in range(0, len(body), 10_000):
        yield body[start : start + 10_000]
