"""The clock: passes at their time, and the outbox in between."""

import threading
from collections.abc import Callable, Mapping

import schedule

from sheets_sync.errors import LeaseHeld, Trouble
from sheets_sync.notify.channel import Channel
from sheets_sync.outbox import deliver
from sheets_sync.pass_ import Account, run_pass
from sheets_sync.wiring import Service


def run_clock(
    service: Service,
    channels: Mapping[str, Channel],
    stop: threading.Event,
    told: Callable[[Account], None],
    troubled: Callable[[Trouble], None],
) -> None:
    """Do a pass at once and then every `clock.seconds`, until `stop` is set; the outbox is sent after each.

    A Trouble ends its pass, is told, and the next pass comes at its time.
    """

    def tick() -> None:
        try:
            told(run_pass(service, "clock"))
        except LeaseHeld:
            return
        except Trouble as trouble:
            troubled(trouble)
        finally:
            deliver(service.engine, channels, service.clock)

    clock = schedule.Scheduler()
    clock.every(service.settings.clock.seconds).seconds.do(tick)
    clock.run_all()
    while not stop.wait(1.0):
        clock.run_pending()
