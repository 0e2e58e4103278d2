"""One pass in a process of its own, to be killed: `python -m tests.sync.child SETTINGS MOMENT`."""

import sys
from datetime import datetime
from pathlib import Path

from sheets_sync.config import load
from sheets_sync.pass_ import run_pass
from sheets_sync.wiring import open_service

if __name__ == "__main__":
    file, moment = sys.argv[1:]

    def clock() -> datetime:
        return datetime.fromisoformat(moment)

    run_pass(open_service(load(Path(file)), clock, clock))
