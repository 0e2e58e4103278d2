"""Faults on demand, and the log of requests: for tests, and only when the server is started with `admin`."""

import re
import socket
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

import orjson

from sheets_sync.embedded.errors import JSON, GoogleError

App = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]
DOINGS = ("status", "html", "portal", "hang", "hold_answer", "lose_answer", "apply_late")
READING = re.compile(r":(batchGetByDataFilter|getByDataFilter|search)$")
MESSAGES = {
    429: "Quota exceeded for quota metric 'Read requests' and limit 'Read requests per minute per user' of service "
    "'sheets.googleapis.com' for consumer 'project_number:1'.",
    500: "Internal error encountered.",
    503: "The service is currently unavailable.",
}
HTML_502 = (
    "<!DOCTYPE html><html lang=en><title>Error 502 (Server Error)!!1</title><p><b>502.</b> <ins>That's an error.</ins>"
    "<p>The server encountered a temporary error and could not complete your request."
)
PORTAL = "<!DOCTYPE html><html lang=en><title>Sign in to the network</title><p>Please sign in to go on."


@dataclass
class Fault:
    """One line of the script: what to do to the next `times` requests that match."""

    match: str
    do: str
    method: str = ""
    code: int = 503
    seconds: float = 0.0
    times: int = 1
    after: int = 0

    def takes(self, method: str, path: str) -> bool:
        """Whether it strikes this request; counts down."""
        if self.times <= 0 or not re.search(self.match, path) or (self.method and self.method != method):
            return False
        if self.after > 0:
            self.after -= 1
            return False
        self.times -= 1
        return True


@dataclass
class Faults:
    """The script in force, and what has been asked for."""

    script: list[Fault] = field(default_factory=list)
    log: deque[JSON] = field(default_factory=lambda: deque(maxlen=100_000))
    quota: dict[str, int] = field(default_factory=dict)
    calls: dict[tuple[str, str], deque[float]] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def load(self, script: object) -> None:
        """Replace the script. Raises a 400 for a line that cannot be read."""
        if not isinstance(script, list):
            raise GoogleError(400, "A script is a list of faults.")
        try:
            made = [Fault(**line) for line in script]
            for fault in made:
                re.compile(fault.match)
        except (TypeError, re.error) as error:
            raise GoogleError(400, f"This fault cannot be read: {error}") from None
        if any(fault.do not in DOINGS for fault in made):
            raise GoogleError(400, f"A fault does one of {', '.join(DOINGS)}.")
        with self.lock:
            self.script = made

    def limit(self, quota: object) -> None:
        """Set the Sheets calls a minute and a user: {"read": 60, "write": 60}; {} for none. Raises a 400."""
        if not isinstance(quota, dict) or not all(k in ("read", "write") and type(v) is int for k, v in quota.items()):
            raise GoogleError(400, 'A quota is {"read": calls a minute, "write": calls a minute}.')
        with self.lock:
            self.quota = quota
            self.calls.clear()

    def over_quota(self, user: str, method: str, path: str, at: float) -> Fault | None:
        """The refusal of a Sheets call that is one too many in the last minute."""
        kind = "read" if method == "GET" or READING.search(path) else "write"
        if kind not in self.quota or not path.startswith("/v4/"):
            return None
        with self.lock:
            calls = self.calls.setdefault((user, kind), deque())
            while calls and calls[0] <= at - 60:
                calls.popleft()
            if len(calls) >= self.quota[kind]:
                return Fault("", "status", code=429)
            calls.append(at)
            return None

    def strike(self, method: str, path: str, at: float) -> Fault | None:
        """Log a request; the fault that strikes it, if any."""
        with self.lock:
            found = next((fault for fault in self.script if fault.takes(method, path)), None)
            self.log.append({"method": method, "path": path, "time": at, "fault": found.do if found else None})
            return found


class FaultyApp:
    """The WSGI app with faults before it."""

    def __init__(self, app: App, faults: Faults) -> None:
        self._app = app
        self._faults = faults

    def __call__(self, environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        """Answer a request, or strike it."""
        path = str(environ.get("PATH_INFO", ""))
        if path.startswith("/admin/"):
            return self._app(environ, start)
        method, now = str(environ["REQUEST_METHOD"]), time.time()
        user = str(environ.get("HTTP_AUTHORIZATION", ""))
        fault = self._faults.strike(method, path, now) or self._faults.over_quota(user, method, path, now)
        if fault is None:
            return self._app(environ, start)
        return self._struck(fault, environ, start)

    def _struck(self, fault: Fault, environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        if fault.do == "status":
            return _refusal(fault, start)
        if fault.do == "html":
            start("502 Bad Gateway", [("Content-Type", "text/html; charset=UTF-8")])
            return [HTML_502.encode()]
        if fault.do == "portal":  # what stands between answers in Google's stead, with its own page
            start("200 OK", [("Content-Type", "text/html; charset=UTF-8")])
            return [PORTAL.encode()]
        if fault.do == "hang":  # not applied, never answered
            time.sleep(fault.seconds)
        elif fault.do in ("lose_answer", "hold_answer"):
            self._apply(environ)
            time.sleep(fault.seconds)
        else:
            threading.Timer(fault.seconds, self._apply, [environ]).start()
        hang_up(environ)
        return []

    def _apply(self, environ: dict[str, Any]) -> None:
        for _ in self._app(environ, lambda *_args: None):
            pass


def _refusal(fault: Fault, start: Callable[..., Any]) -> Iterable[bytes]:
    error = GoogleError(fault.code, MESSAGES.get(fault.code, "The request was refused on demand."))
    start(f"{fault.code} Refused", [("Content-Type", "application/json; charset=UTF-8")])
    return [orjson.dumps(error.body())]


def hang_up(environ: dict[str, Any]) -> None:
    """Close the connection without an answer."""
    connection: socket.socket = environ["embedded.socket"]
    connection.shutdown(socket.SHUT_RDWR)
