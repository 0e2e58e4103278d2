import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from sheets_sync.store import leases
from sheets_sync.store.database import DatabaseTrouble, Engine, open_database, writing
from sheets_sync.store.leases import Lease
from tests.postgres import Server
from tests.store.holding import CUT_OFF


def acquired(engine: Engine) -> Lease | None:
    try:
        with writing(engine) as connection:
            return leases.acquire(connection, "c", "next", 60)
    except DatabaseTrouble:  # the row is locked
        return None


@pytest.mark.slow
def test_postgresql_lets_go_of_a_process_stopped_in_a_transaction(postgres: Server) -> None:
    """Its locks end after 20 s, and what it had not committed is not there when it goes on."""
    url = postgres.new("migrated")
    engine = open_database(url, busy_seconds=1)
    line = [sys.executable, "-m", "tests.store.holding", url]
    stopped = subprocess.Popen(line, cwd=Path(__file__).parents[2])
    try:
        os.waitpid(stopped.pid, os.WUNTRACED)
        began, lease = time.monotonic(), acquired(engine)
        assert lease is None
        while lease is None and time.monotonic() < began + 40:
            lease = acquired(engine)
        assert lease is not None
        assert lease.token == 1
        assert time.monotonic() - began > 10
    finally:
        stopped.send_signal(signal.SIGCONT)
    assert stopped.wait(60) == CUT_OFF
    engine.dispose()
