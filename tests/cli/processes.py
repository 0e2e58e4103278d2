"""Commands in processes of their own: what they say as they say it, and who descends from them."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sheets_sync.processes import PARENT

WAIT = 60.0
"""Seconds, for a machine under load; nothing waits for them to pass."""


@dataclass(frozen=True)
class Running:
    """A command at work; what it says goes to a file, so that nobody must read along."""

    process: "subprocess.Popen[bytes]"
    log: Path

    @property
    def said(self) -> str:
        return self.log.read_text(encoding="utf-8")

    def until(self, words: str) -> str:
        """Wait until it has said something; all it said."""
        wait_for(lambda: words in self.said or self.process.poll() is not None)
        assert words in self.said, self.said
        return self.said

    def end(self, number: signal.Signals) -> int:
        """Send a signal and wait for the end; the exit status."""
        self.process.send_signal(number)
        return self.process.wait(WAIT)

    def children(self) -> set[int]:
        """The processes that descend from it."""
        return descendants(self.process.pid)


@contextmanager
def running(log: Path, *arguments: object, **environment: str) -> Iterator[Running]:
    """`sheets-sync ARGUMENTS`; what is left of it at the end of the block is killed."""
    surroundings = {**os.environ, "PYTHONUNBUFFERED": "1", "LANG": "C.UTF-8", **environment}
    for name in ("LC_ALL", "LC_MESSAGES", PARENT):
        surroundings.pop(name, None)
    command = [sys.executable, "-m", "sheets_sync", *map(str, arguments)]
    with log.open("wb") as out:
        process = subprocess.Popen(command, env=surroundings, stdout=out, stderr=out, start_new_session=True)
    one = Running(process, log)
    family: set[int] = set()
    try:
        yield one
    finally:
        family = one.children() | {process.pid}
        if process.poll() is None:
            for pid in family:
                os.kill(pid, signal.SIGKILL)
            process.wait(WAIT)


def wait_for(holds: Callable[[], bool], seconds: float = WAIT) -> None:
    until = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < until, "waited in vain"
        time.sleep(0.05)


def descendants(pid: int) -> set[int]:
    """The living processes below one."""
    parents = _parents()
    found: set[int] = set()
    front = {pid}
    while front:
        front = {child for child, parent in parents.items() if parent in front} - found
        found |= front
    return found


def living(pids: set[int]) -> set[int]:
    """Those that still run: one that ended and was not waited for does not."""
    return pids & _parents().keys()


def _parents() -> dict[int, int]:
    """The parent of each process that runs, by `ps`, which every Unix has in its own way, or by /proc."""
    stats = [*Path("/proc").glob("[0-9]*/stat")]
    if not stats:
        lines = subprocess.run(["ps", "-axo", "pid=,ppid=,stat="], capture_output=True, text=True, check=True).stdout
        rows = [line.split() for line in lines.splitlines()]
        return {int(pid): int(parent) for pid, parent, state in rows if not state.startswith("Z")}
    found = {}
    for stat in stats:
        try:
            state, parent = stat.read_text().rpartition(")")[2].split()[:2]
        except OSError:  # it ended meanwhile
            continue
        if state != "Z":
            found[int(stat.parent.name)] = int(parent)
    return found
