"""A process that is stopped in the middle of a transaction with the lease's row locked: `… tests.store.holding URL`."""

import os
import signal
import sys

from sheets_sync.store import leases
from sheets_sync.store.database import DatabaseTrouble, open_database, writing

CUT_OFF = 12

if __name__ == "__main__":
    engine = open_database(sys.argv[1])
    try:
        with writing(engine) as connection:
            leases.acquire(connection, "c", "stopped", 1)
            os.kill(os.getpid(), signal.SIGSTOP)
    except DatabaseTrouble:
        sys.exit(CUT_OFF)
