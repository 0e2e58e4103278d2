"""The web process as it runs at work: granian, with a settings file."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sheets_sync.store.database import Engine, open_database
from sheets_sync.store.migrate import upgrade
from tests.webhooks.wire import OLD_SECRET, SECRET, Answer, Request, get, send

SETTINGS = """
[community]
name = "כפר לדוגמה"
key = "kfar"

[[spreadsheets]]
name = "main"
url = "https://docs.google.com/spreadsheets/d/1234567890123456789012345"

[database]
url = "sqlite:///memory.db"

[[forms]]
name = "classes"
"""


@dataclass(frozen=True)
class Web:
    """A running web process."""

    port: int
    process: subprocess.Popen[bytes]

    def send(self, message_id: str = "m-1", **changes: object) -> Answer:
        return send(self.port, Request(message_id=message_id, seconds=str(int(time.time()))).but(**changes))

    def ended(self) -> None:
        """Wait until it ended by itself."""
        self.process.wait(20)

    def kill(self) -> None:
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(20)


def database(folder: Path) -> Engine:
    """The settings file, and the database it names."""
    (folder / "settings.toml").write_text(SETTINGS, encoding="utf-8")
    engine = open_database(f"sqlite:///{folder / 'memory.db'}")
    upgrade(engine)
    return engine


@contextmanager
def web(folder: Path, fault: str = "") -> Iterator[Web]:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    options = f"--interface wsgi --factory --workers 1 --blocking-threads 16 --host 127.0.0.1 --port {port}"
    environment = os.environ | {
        "SHEETS_SYNC_SETTINGS": str(folder / "settings.toml"),
        "SHEETS_SYNC_FORM_CLASSES": f"{SECRET} {OLD_SECRET}",
        "SHEETS_SYNC_FAULT": fault,
    }
    command = [sys.executable, "-m", "granian", *options.split(), "webhooks.wsgi:application"]
    with (folder / "web.log").open("ab") as log:
        process = subprocess.Popen(command, env=environment, stdout=log, stderr=log, start_new_session=True)
    try:
        _wait(folder, port, process)
        yield Web(port, process)
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait(20)


def _wait(folder: Path, port: int, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + 30
    while time.monotonic() < until and process.poll() is None:
        try:
            if get(port, "/health").status == 200:
                return
        except OSError:
            time.sleep(0.05)
    raise AssertionError(f"the web process did not start: {(folder / 'web.log').read_text()[-2000:]}")
