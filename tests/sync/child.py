"""One pass in a process of its own, to be killed or stopped: `python -m tests.sync.child SETTINGS MOMENT [LEASE]`.

LEASE is the time by the clock that leases go by, else MOMENT too.
"""

import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import requests

from sheets_sync.config import load
from sheets_sync.errors import LeaseHeld
from sheets_sync.pass_ import run_pass
from sheets_sync.store.leases import LeaseLost
from sheets_sync.wiring import open_service
from tests.sync.window import Window

DONE, LOST, HELD = 0, 10, 11
"""How it ends: to its end, with its lease lost, or without one."""


def main(file: str, moment: str, lease: str) -> int:
    now, by_lease = datetime.fromisoformat(moment), datetime.fromisoformat(lease)
    try:
        run_pass(open_service(load(Path(file)), lambda: now, lambda: by_lease))
    except LeaseLost:
        return LOST
    except LeaseHeld:
        return HELD
    return DONE


def raced(file: str, moment: str, edits: Sequence[tuple[str, Any]], headers: Mapping[str, str]) -> None:
    """A pass in which these edits (an address, a request) are made just before its first write is sent."""
    now = datetime.fromisoformat(moment)
    service = open_service(load(Path(file)), lambda: now, lambda: now)

    def edit() -> None:
        for address, request in edits:
            requests.post(address, json={"requests": [request]}, headers=headers, timeout=30).raise_for_status()

    run_pass(replace(service, gateway=Window(service.gateway, [edit])))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2], sys.argv[-1]))
