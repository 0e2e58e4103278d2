import os
import signal
import subprocess
import sys
import time

import pytest

from sheets_sync.store import leases
from sheets_sync.store.database import Connection
from sheets_sync.store.holders import is_gone, this_holder

SAY = "from sheets_sync.store.holders import this_holder; print(this_holder(), flush=True); input()"


def other() -> "tuple[subprocess.Popen[str], str]":
    """A process that holds something, and how it calls itself."""
    process = subprocess.Popen([sys.executable, "-c", SAY], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    return process, process.stdout.readline().strip()


def test_a_holder_is_gone_when_it_was_killed_and_not_before(connection: Connection) -> None:
    """Not while it works or is stopped; at once when it ended, even before anybody has waited for it."""
    process, holder = other()
    with process:
        assert leases.acquire(connection, "c", holder, 60) is not None
        for number in (signal.SIGSTOP, signal.SIGCONT):
            process.send_signal(number)
            assert leases.acquire(connection, "c", "next", 60) is None
        process.kill()
        until = time.monotonic() + 20
        while not is_gone(holder) and time.monotonic() < until:
            time.sleep(0.01)
        taken = leases.acquire(connection, "c", this_holder(), 60)
        assert taken is not None
        assert taken.token == 2
        process.wait()
        assert is_gone(holder)
    assert leases.acquire(connection, "c", "next", 60) is None


@pytest.mark.parametrize(
    "holder",
    [
        "a pass at work",
        "5f3c9",
        "",
        "another-machine/pid:[1] 999999999 17 5f3c9",
        pytest.param(this_holder(), id="itself"),
    ],
)
def test_of_others_nothing_is_known(holder: str) -> None:
    assert not is_gone(holder)


def test_a_number_that_went_to_another_process_is_gone() -> None:
    machine, number, _, chance = this_holder().split()
    assert int(number) == os.getpid()
    assert is_gone(f"{machine} {number} 1 {chance}")
