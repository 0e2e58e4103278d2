"""An upgrade in a process of its own, killed after a statement: `python -m tests.store.upgrading URL STATEMENT`.

0 kills it at no statement.
"""

import os
import signal
import sys
from itertools import count
from typing import Any

from sqlalchemy import event

from sheets_sync.store.database import open_database
from sheets_sync.store.migrate import upgrade

if __name__ == "__main__":
    url, last = sys.argv[1], int(sys.argv[2])
    engine, done = open_database(url), count(1)

    def after(*_: Any) -> None:
        if next(done) == last:
            os.kill(os.getpid(), signal.SIGKILL)

    event.listen(engine, "after_cursor_execute", after)
    print("begins", flush=True)
    upgrade(engine, copied=True)
