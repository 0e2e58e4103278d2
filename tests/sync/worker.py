"""A worker as on a machine of many: pass after pass until its input ends; `python -m tests.sync.worker SETTINGS`.

Each line it says is how a pass ended: `done`, or the kind of its trouble.
"""

import sys
from pathlib import Path
from threading import Event, Thread

from sheets_sync.config import load
from sheets_sync.errors import Trouble
from sheets_sync.pass_ import run_pass
from sheets_sync.wiring import open_service


def main(file: str) -> None:
    ended = Event()

    def watch() -> None:
        sys.stdin.read()
        ended.set()

    Thread(target=watch, daemon=True).start()
    service = open_service(load(Path(file)))
    while not ended.wait(0.05):
        try:
            account = run_pass(service, "worker")
            print("done", *account.troubles.values(), flush=True)
        except Trouble as trouble:
            print(type(trouble).__name__, trouble, flush=True)


if __name__ == "__main__":
    main(sys.argv[1])
