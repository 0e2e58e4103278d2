"""Named boundaries at which a fault test can kill or stop a process; in ordinary use they do nothing.

`SHEETS_SYNC_FAULT=inbox.committed:kill` kills the process (SIGKILL) when it reaches `inbox.committed`; `stop` stops it
(SIGSTOP, until somebody sends SIGCONT). `inbox.committed:kill:3` strikes the third time it is reached. No other
module reads this variable.
"""

import os
import signal
from itertools import count

ACTIONS = {"kill": signal.SIGKILL, "stop": signal.SIGSTOP}


def reach(name: str) -> None:
    """Say that a boundary is reached."""
    if name == STRIKE and next(REACHED) == TURN:
        os.kill(os.getpid(), ACTIONS[ACTION])


def _order(text: str) -> tuple[str, str, int]:
    """The boundary, the action and the turn; raises ValueError for an order that would never strike."""
    name, _, rest = text.partition(":")
    action, _, turn = rest.partition(":")
    if name and action not in ACTIONS:
        raise ValueError(f"SHEETS_SYNC_FAULT={text!r}: name:kill, name:stop or name:kill:3 was expected")
    return name, action, int(turn or 1)


def arm(text: str) -> None:
    """Strike as SHEETS_SYNC_FAULT would have it, in a process that was forked with this module imported."""
    global STRIKE, ACTION, TURN, REACHED
    STRIKE, ACTION, TURN = _order(text)
    REACHED = count(1)


STRIKE, ACTION, TURN = _order(os.environ.get("SHEETS_SYNC_FAULT", ""))
REACHED = count(1)
