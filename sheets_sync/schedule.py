"""The clock: it looks every second, and does what is due."""

import threading
from collections.abc import Callable, Sequence

from sheets_sync.clockwork import Clockwork
from sheets_sync.errors import Trouble
from sheets_sync.fault import fault_of
from sheets_sync.member import Member
from sheets_sync.pass_ import Account

BEAT_SECONDS = 1.0


def run_clock(
    members: Sequence[Member],
    stop: threading.Event,
    told: Callable[[Account], None],
    troubled: Callable[[Trouble, str], None],
) -> None:
    """Do the passes of the members as they fall due, until `stop` is set; what is to be told is sent after them.

    A Trouble is told, and the clock goes on; so it does after a fault of the program: one cell that it does not bear
    must not keep form answers and alerts of all the rest waiting.
    """
    clock: Clockwork | None = None
    while not stop.is_set():
        try:
            clock = clock or Clockwork(members, told, troubled)
            clock.beat(stop.is_set)
        except Trouble as trouble:
            troubled(trouble, "")
            stop.wait(members[0].tick.total_seconds() / 4)
        except Exception as error:  # noqa: BLE001 - the outermost edge of a process that must go on
            troubled(fault_of(error), "")
            stop.wait(members[0].tick.total_seconds() / 4)
        stop.wait(BEAT_SECONDS)
