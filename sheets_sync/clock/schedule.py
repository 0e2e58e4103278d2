"""The clock: it looks every second, and does what is due."""

import threading
from collections.abc import Callable, Sequence

from schedule import Scheduler

from sheets_sync.account import Account
from sheets_sync.clock.clockwork import Clockwork
from sheets_sync.clock.member import Member
from sheets_sync.errors import Trouble
from sheets_sync.fault import fault_of

BEAT_SECONDS = 1
WORKERS = 4
"""Passes at a time, each of another community."""


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

    def beat() -> None:
        nonlocal clock
        try:
            clock = clock or Clockwork(members, told, troubled, workers=WORKERS)
            clock.beat(stop.is_set)
        except Trouble as trouble:
            troubled(trouble, "")
            stop.wait(members[0].tick.total_seconds() / 4)
        except Exception as error:  # noqa: BLE001 - the outermost edge of a process that must go on
            troubled(fault_of(error), "")
            stop.wait(members[0].tick.total_seconds() / 4)

    scheduler = planned(Scheduler(), beat)
    scheduler.run_all()
    while not stop.is_set():
        in_time(scheduler, beat).run_pending()
        stop.wait(max(scheduler.idle_seconds or 0, 0))


def planned(scheduler: Scheduler, beat: Callable[[], None]) -> Scheduler:
    """The scheduler with its beat, from now on."""
    scheduler.clear()
    scheduler.every(BEAT_SECONDS).seconds.do(beat)
    return scheduler


def in_time(scheduler: Scheduler, beat: Callable[[], None]) -> Scheduler:
    """The scheduler, planned anew where the next beat is further off than a beat.

    It goes by the machine's time of day, which is set back an hour in autumn, and may be set by anyone.
    """
    return planned(scheduler, beat) if (scheduler.idle_seconds or 0) > BEAT_SECONDS else scheduler
