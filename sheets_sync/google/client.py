"""gspread's HTTP client, made careful: another host, time-outs, reads retried, writes never sent twice blindly."""

import random
import time
from collections import Counter
from collections.abc import Callable, MutableMapping
from typing import Any

import gspread
import requests
from google.auth import exceptions as auth_errors
from google.auth.transport.requests import AuthorizedSession
from google.oauth2.service_account import Credentials
from gspread.exceptions import APIError

from sheets_sync.errors import Unavailable, Unclear
from sheets_sync.google.outcomes import outcome

CONNECT_SECONDS, ANSWER_SECONDS = 10, 190
"""Google may work on a request for 180 s; hearing nothing for longer means the answer is lost."""

READS = (":batchGetByDataFilter", ":getByDataFilter", "developerMetadata:search")
TRY_AGAIN = frozenset({429, 500, 502, 503, 504})


class CarefulClient(gspread.HTTPClient):
    """The client all calls go through. `base_url` sends them to another Google; `calls` counts reads and writes.

    Reads are retried with full jitter until `deadline` seconds have passed. A write is sent again only where nothing
    can have been applied (429, no connection); where its answer is lost, Unclear is raised.
    """

    def __init__(self, credentials: Credentials, base_url: str = "", deadline: float = 60.0) -> None:
        super().__init__(credentials, AuthorizedSession(credentials))  # type: ignore[no-untyped-call]
        self.account = str(credentials.service_account_email)
        self.base_url = base_url.rstrip("/")
        self.deadline = deadline
        self.calls: Counter[str] = Counter()
        self.sleep: Callable[[float], None] = time.sleep
        self.set_timeout((CONNECT_SECONDS, ANSWER_SECONDS))

    def request(
        self,
        method: str,
        endpoint: str,
        params: MutableMapping[str, Any] | None = None,
        data: bytes | None = None,
        json: Any = None,
        files: Any = None,
        headers: MutableMapping[str, str] | None = None,
    ) -> requests.Response:
        """Send one call; raises a GoogleTrouble whose kind says what became of it."""
        reads = method.lower() == "get" or endpoint.endswith(READS)
        until = time.monotonic() + self.deadline
        for attempt in range(1_000):
            try:
                self.calls["reads" if reads else "writes"] += 1
                return super().request(method, self._moved(endpoint), params, data, json, files, headers)
            except (APIError, requests.RequestException, auth_errors.GoogleAuthError) as error:
                self._wait_or_raise(error, reads, attempt, until)
        raise AssertionError("the deadline ends the loop")

    def _moved(self, endpoint: str) -> str:
        """Google's address, or the same path on the other host."""
        if not self.base_url:
            return endpoint
        return self.base_url + "/" + endpoint.split("/", 3)[3]

    def _wait_or_raise(self, error: Exception, reads: bool, attempt: int, until: float) -> None:
        pause = random.uniform(0, min(2.0**attempt, 32))
        if not self._may_repeat(error, reads) or time.monotonic() + pause > until:
            raise self._named(error, reads) from error
        self.sleep(pause)

    def _may_repeat(self, error: Exception, reads: bool) -> bool:
        if isinstance(error, APIError):
            status = error.response.status_code
            return status in TRY_AGAIN if reads else status == 429
        if isinstance(error, auth_errors.GoogleAuthError):
            return _passing(error)
        return reads or isinstance(error, requests.ConnectTimeout) or _never_connected(error)

    def _named(self, error: Exception, reads: bool) -> Exception:
        """The outcome in words: a lost answer to a write is Unclear, all else what the answer says."""
        if isinstance(error, APIError):
            status = error.response.status_code
            lost = not reads and status >= 500
            return _unclear() if lost else outcome(status, error.response.text, self.account)
        if isinstance(error, auth_errors.GoogleAuthError):
            return outcome(401, str(error), self.account) if not _passing(error) else _unreachable()
        if reads or isinstance(error, requests.ConnectTimeout) or _never_connected(error):
            return _unreachable()
        return _unclear()


def _never_connected(error: Exception) -> bool:
    """Whether no connection was made, so that nothing can have been applied."""
    return isinstance(error, requests.ConnectionError) and "NewConnectionError" in repr(error)


def _passing(error: auth_errors.GoogleAuthError) -> bool:
    """Whether the token endpoint is out of reach or busy (the call itself was never sent), and not refusing the key."""
    return isinstance(error, auth_errors.TransportError) or bool(error.retryable)


def _unreachable() -> Unavailable:
    return Unavailable("אין כרגע קשר ל־Google. שום דבר לא השתנה; ננסה שוב.", "Google is out of reach. Nothing changed.")


def _unclear() -> Unclear:
    return Unclear(
        "התשובה של Google לכתיבה אבדה. לפני ניסיון נוסף נבדוק מה כבר נכתב.",
        "Google's answer to a write was lost. What was written is looked up before anything is sent again.",
    )
