"""granian with a way of storing, in a group of processes of its own."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from tests.webhooks.wire import SECRET, get

OPTIONS = "--interface wsgi --factory --workers 1 --blocking-threads 16 --host 127.0.0.1 --port {}"


@contextmanager
def serving(folder: Path, application: str) -> Iterator[tuple[int, int]]:
    """The port and the group of processes; killed (`kill -9`) in the end."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    named = {"SHEETS_SYNC_SETTINGS": str(folder / "settings.toml"), "SHEETS_SYNC_FORM_CLASSES": SECRET}
    command = [sys.executable, "-m", "granian", *OPTIONS.format(port).split(), application]
    with (folder / "web.log").open("ab") as log:
        process = subprocess.Popen(command, env=os.environ | named, stdout=log, stderr=log, start_new_session=True)
    try:
        _wait(port, folder)
        yield port, process.pid
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait(20)


def _wait(port: int, folder: Path) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        with suppress(OSError):
            if get(port, "/health").status == 200:
                return
        time.sleep(0.05)
    raise RuntimeError(f"granian did not start: {(folder / 'web.log').read_text()[-2000:]}")


def worked(group: int) -> float:
    """Seconds of the processor that a group of processes has had (Linux)."""
    ticks = 0
    for file in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):  # one that has just ended
            fields = file.read_text().rpartition(")")[2].split()
            ticks += int(fields[11]) + int(fields[12]) if int(fields[2]) == group else 0
    return ticks / os.sysconf("SC_CLK_TCK")
