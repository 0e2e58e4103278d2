"""Processes that belong together: started by one, ended with it, however it ends."""

import os
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from types import TracebackType

import requests

PARENT = "SHEETS_SYNC_PARENT"


class Children:
    """Child processes of this one; leaving the block ends them, first by asking."""

    def __init__(self) -> None:
        self.running: list[subprocess.Popen[bytes]] = []

    def __enter__(self) -> "Children":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for child in self.running:
            child.terminate()
        for child in self.running:
            try:
                child.wait(timeout=10)
            except subprocess.TimeoutExpired:
                child.kill()
                child.wait()

    def start(self, module: str, arguments: Sequence[str], environment: Mapping[str, str] | None = None) -> int:
        """Start `python -m module arguments` in a group of its own, so that Ctrl-C reaches only us; its process id."""
        surroundings = {**os.environ, **(environment or {}), PARENT: str(os.getpid())}
        command = [sys.executable, "-m", module, *arguments]
        child = subprocess.Popen(command, env=surroundings, stdin=subprocess.DEVNULL, start_new_session=True)
        self.running.append(child)
        return child.pid

    def ended(self) -> int | None:
        """The exit status of a child that ended, None while all run."""
        return next((child.returncode for child in self.running if child.poll() is not None), None)

    def wait_for(self, url: str, seconds: float = 20.0) -> None:
        """Wait until a child answers at an address; raises RuntimeError when one ended or none answered."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            if (status := self.ended()) is not None:
                raise RuntimeError(f"a process ended with status {status} before {url} answered")
            with suppress(requests.ConnectionError):  # nothing listens yet
                requests.get(url, timeout=2)
                return
            time.sleep(0.05)
        raise RuntimeError(f"{url} did not answer within {seconds:.0f} s")


def end_with_parent() -> None:
    """From now on this process ends at once when the one that started it is gone; does nothing without one."""
    if parent := os.environ.get(PARENT):
        threading.Thread(target=_watch, args=(int(parent), os.getppid()), daemon=True).start()


def _watch(parent: int, starter: int) -> None:
    """End when the parent is gone, or the process between, which adopts us away when it ends: a parent that was killed
    and that nobody has waited for still has its number."""
    while _lives(parent) and os.getppid() == starter:
        time.sleep(0.5)
    os._exit(0)


def _lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except (ProcessLookupError, PermissionError):  # gone, or its number went to another user's process
        return False
    return True
