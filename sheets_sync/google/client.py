"""gspread's HTTP client, made careful: another host, time-outs, reads retried, writes never sent twice blindly."""

import functools
import random
import time
from collections import Counter
from collections.abc import Callable, Iterator, MutableMapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, Protocol

import gspread
import requests
from google.auth import exceptions as auth_errors
from google.auth.transport.requests import AuthorizedSession, Request
from google.oauth2.service_account import Credentials
from gspread.exceptions import APIError

from sheets_sync.google import network
from sheets_sync.google.kind import Kind
from sheets_sync.google.outcomes import busy, outcome

CONNECT_SECONDS, ANSWER_SECONDS = 10, 190
"""Google may work on a request for 180 s; hearing nothing for longer means the answer is lost."""

DEADLINE_SECONDS = 100.0
LEAST_READ_SECONDS, TOKEN_SECONDS = 10.0, 20.0
"""A read that hangs is given up when half of what is left of its deadline is over, and asked again."""

READS = (":batchGetByDataFilter", ":getByDataFilter", "developerMetadata:search")
SHEETS = "/v4/spreadsheets"
PASSING = frozenset({500, 502, 503, 504})
AMBIGUOUS = frozenset({408, 409, 499})
"""Time-out, aborted, closed: a write may have been applied all the same."""
NO_CONTENT = 204
"""Any other success has a body. Where a connection ends within the head, http.client takes what came for all of it."""

_urgent: ContextVar[bool] = ContextVar("urgent", default=False)


class Gate(Protocol):
    """What gives each call to Sheets its turn, and hears of those that Google refused for its quota."""

    def take(self, kind: Kind, seconds: float, *, urgent: bool = False) -> float:
        """Wait for a turn, at most `seconds`; raises Unavailable."""

    def refused(self, kind: Kind, retry_after: float | None = None) -> float:
        """All workers pause; for how many seconds."""


@contextmanager
def urgently() -> Iterator[None]:
    """Calls made within go before ordinary ones."""
    token = _urgent.set(True)
    try:
        yield
    finally:
        _urgent.reset(token)


class CarefulClient(gspread.HTTPClient):
    """The client all calls go through. `base_url` sends them to another Google; `calls` counts them by kind.

    Reads are retried with full jitter until `deadline` seconds have passed. A write is sent again only where nothing
    can have been applied (429, no connection); where its answer is lost, Unclear is raised. `gate` is asked before each
    call to Sheets; Drive's have a quota of their own.
    """

    def __init__(
        self,
        credentials: Credentials,
        base_url: str = "",
        deadline: float = DEADLINE_SECONDS,
        gate: Gate | None = None,
    ) -> None:
        super().__init__(credentials, AuthorizedSession(credentials))  # type: ignore[no-untyped-call]
        self.credentials = credentials
        self.account = str(credentials.service_account_email)
        self.project = str(credentials.project_id or self.account)
        self.base_url = base_url.rstrip("/")
        self.deadline = deadline
        self.gate = gate
        self._token_request = functools.partial(Request(), timeout=TOKEN_SECONDS)
        self.calls: Counter[str] = Counter()
        self.sleep: Callable[[float], None] = time.sleep
        self.clock: Callable[[], float] = time.monotonic
        self.set_timeout((CONNECT_SECONDS, ANSWER_SECONDS))

    def hurry(self, seconds: float) -> None:
        """Give up after so many seconds, and wait for no answer or token longer."""
        self.deadline = seconds
        self._token_request = functools.partial(Request(), timeout=seconds)
        self.set_timeout((seconds, seconds))

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
        kind = Kind.READ if method.lower() == "get" or endpoint.endswith(READS) else Kind.WRITE
        given = {"params": params, "data": data, "json": json, "files": files, "headers": headers}
        until = self.clock() + self.deadline
        for attempt in range(1_000):
            gate = self.gate if SHEETS in endpoint else None
            if gate is not None:
                gate.take(kind, until - self.clock(), urgent=_urgent.get())
            try:
                return self._send(method, endpoint, kind, until, given)
            except (APIError, requests.RequestException, auth_errors.GoogleAuthError) as error:
                if gate is not None and _over_quota(error):
                    gate.refused(kind, _retry_after(error))
                self._wait_or_raise(error, kind, attempt, until)
        raise AssertionError("the deadline ends the loop")

    def _send(
        self, method: str, endpoint: str, kind: Kind, until: float, given: MutableMapping[str, Any]
    ) -> requests.Response:
        """One call, with a token that was fetched before: a token's trouble is none of the call's."""
        if not self.credentials.valid:
            self.credentials.refresh(self._token_request)  # type: ignore[no-untyped-call]
        self.calls[f"{kind}s" if SHEETS in endpoint else "drive"] += 1
        connect, answer = self.timeout  # type: ignore[misc]
        if kind is Kind.READ:
            answer = min(answer, max((until - self.clock()) / 2, LEAST_READ_SECONDS))
        response = self.session.request(method, self._moved(endpoint), timeout=(connect, answer), **given)
        if not response.ok:
            raise APIError(response)
        if not response.content and response.status_code != NO_CONTENT:
            raise requests.ConnectionError("the connection ended within the head of the answer")
        if response.content and not (response.content.startswith(b"{") and response.content.rstrip().endswith(b"}")):
            raise requests.exceptions.InvalidJSONError("the answer is not Google's")
        return response

    def _moved(self, endpoint: str) -> str:
        """Google's address, or the same path on the other host."""
        if not self.base_url:
            return endpoint
        return self.base_url + "/" + endpoint.split("/", 3)[3]

    def _wait_or_raise(self, error: Exception, kind: Kind, attempt: int, until: float) -> None:
        pause = random.uniform(0, min(2.0**attempt, 32))
        if not self._may_repeat(error, kind) or self.clock() + pause > until:
            raise self._named(error, kind) from error
        self.sleep(pause)

    def _may_repeat(self, error: Exception, kind: Kind) -> bool:
        if isinstance(error, APIError):
            return _over_quota(error) or (kind is Kind.READ and error.response.status_code in PASSING)
        if isinstance(error, auth_errors.GoogleAuthError):
            return network.is_passing(error)
        return kind is Kind.READ or network.never_connected(error)

    def _named(self, error: Exception, kind: Kind) -> Exception:
        """The outcome in words: a lost answer to a write is Unclear, all else what the answer says."""
        if isinstance(error, APIError):
            status = error.response.status_code
            lost = kind is Kind.WRITE and (status >= 500 or status in AMBIGUOUS)
            return network.unclear() if lost else outcome(status, error.response.text, self.account)
        if isinstance(error, auth_errors.GoogleAuthError):
            return network.no_token(error, self.account)
        if kind is Kind.READ or network.never_connected(error):
            return network.unreachable(error)
        return network.unclear()


def _over_quota(error: Exception) -> bool:
    """Whether Google turned the call away before doing anything: 429, or Drive's 403 of the same meaning."""
    return isinstance(error, APIError) and busy(error.response.status_code, error.response.text)


def _retry_after(error: Exception) -> float | None:
    """The seconds that Google asks to wait, if it says so; a date, which it never sends, counts as nothing said."""
    said = error.response.headers.get("Retry-After", "") if isinstance(error, APIError) else ""
    return float(said) if said.isdigit() else None
