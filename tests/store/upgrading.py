"""An upgrade to be killed: in a process of its own, after a statement or at a boundary of the copying before it."""

import os
import signal
from datetime import date
from itertools import count
from typing import Any

from sqlalchemy import event

from sheets_sync.store.database import open_database
from sheets_sync.store.migrate import upgrade

DAY = date(2026, 11, 23)


def bring_up(url: str, last: int = 0, copied: bool = True) -> None:
    """Upgrade; killed after the statement of that number, 0 for none."""
    engine, done = open_database(url), count(1)

    def after(*_: Any) -> None:
        if next(done) == last:
            os.kill(os.getpid(), signal.SIGKILL)

    event.listen(engine, "after_cursor_execute", after)
    upgrade(engine, DAY, copied=copied)
