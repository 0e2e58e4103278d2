"""The embedded Google as one object: a local HTTP server over a data directory."""

import io
import signal
import threading
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from werkzeug.serving import ThreadedWSGIServer, WSGIRequestHandler

from sheets_sync.embedded.accounts import new_key
from sheets_sync.embedded.app import MOST_BODY, make_app
from sheets_sync.embedded.faults import Faults, FaultyApp
from sheets_sync.embedded.service import Service, Settings, system_clock

HOST = "127.0.0.1"
SERVICE_EMAIL = "sheets-sync@embedded-google.iam.gserviceaccount.com"


class _Handler(WSGIRequestHandler):
    """HTTP/1.1 with connections kept open, which werkzeug's own handler does not do."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = -1  # head and body in one packet
    timeout = 600

    def run_wsgi(self) -> None:
        """Read the whole body, run the app, answer with a length."""
        if self.headers.get("Expect", "").lower() == "100-continue":
            self.wfile.write(b"HTTP/1.1 100 Continue\r\n\r\n")
            self.wfile.flush()
        environ: dict[str, Any] = self.make_environ()
        environ["embedded.socket"] = self.connection
        if "chunked" not in self.headers.get("Transfer-Encoding", "").lower():
            environ["wsgi.input"] = io.BytesIO(self._body())
        started: list[Any] = []

        def start(status: str, headers: list[tuple[str, str]], _error: object = None) -> Callable[[bytes], object]:
            started.extend((status, headers))
            return lambda _data: None

        found = self.server.app(environ, start)
        body = b"".join(found)
        close = getattr(found, "close", None)
        if close is not None:
            close()
        if started:
            self._answer(*started, body=body)
        else:
            self.close_connection = True

    def _body(self) -> bytes:
        length = int(self.headers.get("Content-Length") or 0)
        if length > MOST_BODY:
            self.close_connection = True
            length = 0
        return self.rfile.read(length) if length else b""

    def _answer(self, status: str, headers: list[tuple[str, str]], *, body: bytes) -> None:
        code, _, reason = status.partition(" ")
        self.send_response(int(code), reason)
        for name, value in headers:
            if name.lower() not in ("content-length", "connection"):
                self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        if self.close_connection:  # a client that keeps connections would use this one again
            self.send_header("Connection", "close")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)
        self.wfile.flush()

    def log(self, type: str, message: str, *args: Any) -> None:
        """Keep quiet: the log of requests is at /admin/requests."""


class EmbeddedGoogle:
    """Sheets, Drive and the token endpoint on loopback; a context manager serves from a thread of its own.

    `data` is the directory of the state, made when it is not there; port 0 takes the port of the last time when it
    is free, so that key files stay good. Raises AlreadyServed when another process serves the directory.
    """

    def __init__(
        self,
        data: Path,
        port: int = 0,
        *,
        any_token: bool = False,
        service_accounts_may_own: bool = False,
        admin: bool = False,
        clock: Callable[[], datetime] = system_clock,
    ) -> None:
        self.data = data
        self.service = Service(data, Settings(any_token, service_accounts_may_own, admin), clock)
        self.faults = Faults()
        try:
            self._server = self._listen(port)
        except OSError:
            self.service.close()
            raise
        self.port = int(self._server.server_address[1])
        self.url = f"http://{HOST}:{self.port}"
        self.service.database.set("port", str(self.port))
        app = make_app(self.service, self.url, self.faults)
        self._server.app = FaultyApp(app, self.faults) if admin else app
        self._thread: threading.Thread | None = None

    def _listen(self, port: int) -> ThreadedWSGIServer:
        last = int(self.service.database.get("port") or 0)
        if port == 0 and last:
            try:
                return _listening(last)
            except OSError:
                pass  # taken by another program since
        return _listening(port)

    def start(self) -> Self:
        """Serve from a thread."""
        self._thread = threading.Thread(target=self._serve, name="embedded-google", daemon=True)
        self._thread.start()
        return self

    def _serve(self) -> None:
        self._server.serve_forever(poll_interval=0.05)

    def serve_forever(self, ready: Callable[[str], None]) -> None:
        """Serve until SIGINT or SIGTERM, which only the main thread can wait for; the state is closed then.

        `ready` is told the address once calls are taken and the signals are heeded.

        A shell without job control starts what it leaves in the background with SIGINT ignored; it ends all the same.
        """
        ended = threading.Event()
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: ended.set())
        with self:
            ready(self.url)
            ended.wait()

    def stop(self) -> None:
        """End serving and close the state; may be called twice."""
        if self._thread is not None:
            self._server.shutdown()
            self._thread.join()
            self._thread = None
        self._server.server_close()
        self.service.close()

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def make_key_file(self, path: Path, email: str = SERVICE_EMAIL, key: RSAPrivateKey | None = None) -> str:
        """Make a service account with a real RSA key (a new one by default), write its key file; its address."""
        self.service.accounts.make_key_file(path, email, f"{self.url}/token", key or new_key())
        return email

    def person_token(self, email: str) -> str:
        """A bearer token with which a person acts over HTTP; persons may own files."""
        return self.service.accounts.person_token(email)


def _listening(port: int) -> ThreadedWSGIServer:
    server = ThreadedWSGIServer(HOST, port, _no_app, _Handler)
    server.daemon_threads = True
    server.block_on_close = False
    return server


def _no_app(_environ: dict[str, Any], start: Callable[..., Any]) -> list[bytes]:
    start("503 Service Unavailable", [])
    return []


def serve(
    data: Path,
    port: int = 0,
    *,
    any_token: bool = False,
    service_accounts_may_own: bool = False,
    admin: bool = False,
    ready: Callable[[str], None] = print,
) -> None:
    """Serve in this process until SIGINT or SIGTERM; `ready` is told the address."""
    google = EmbeddedGoogle(
        data, port, any_token=any_token, service_accounts_may_own=service_accounts_may_own, admin=admin
    )
    google.serve_forever(ready)
