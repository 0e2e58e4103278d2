"""The clock: passes at their time, and the outbox in between."""

import threading
import traceback
from collections.abc import Callable, Mapping
from pathlib import Path

import schedule

from sheets_sync.errors import LeaseHeld, Trouble
from sheets_sync.notify.channel import Channel
from sheets_sync.outbox import deliver
from sheets_sync.pass_ import Account, run_pass
from sheets_sync.told_memory import is_quiet_now
from sheets_sync.wiring import Service


def run_clock(
    service: Service,
    channels: Mapping[str, Channel],
    stop: threading.Event,
    told: Callable[[Account], None],
    troubled: Callable[[Trouble], None],
) -> None:
    """Do a pass at once and then every `clock.seconds`, until `stop` is set; the outbox is sent after each.

    A Trouble ends its pass, is told, and the next pass comes at its time; so does a fault of the program: one cell that
    it does not bear must not keep form answers and alerts of all the rest waiting.
    """

    def tick() -> None:
        try:
            told(run_pass(service, "clock"))
        except LeaseHeld:
            return
        except Trouble as trouble:
            troubled(trouble)
        except Exception as error:  # noqa: BLE001 - the outermost edge of a process that must go on
            fault = _fault(error)
            fault.__cause__ = error
            troubled(fault)
        if not is_quiet_now(service):
            deliver(service.engine, channels, service.clock)

    clock = schedule.Scheduler()
    clock.every(service.settings.clock.seconds).seconds.do(tick)
    clock.run_all()
    while not stop.wait(1.0):
        clock.run_pending()


def _fault(error: Exception) -> Trouble:
    """A fault of the program in words: its kind and place, not its text, which may quote a cell."""
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if "site-packages" not in frame.filename]
    where = f"{type(error).__name__}, {Path(frames[-1].filename).name}:{frames[-1].lineno}"
    return Trouble(
        f"תקלה בתוכנה ({where}). הגיליונות לא נפגעו; הסיבוב הבא יבוא בזמנו. כדאי להעביר את השורה הזו למי שמתחזק.",
        f"A fault of the program ({where}). No sheet was harmed; the next pass comes at its time. Please report this.",
    )
