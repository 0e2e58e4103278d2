"""One limiter for all workers of a service account: each call to Sheets asks it for its turn.

The calls of the last minute stand in the database, so that processes and machines count together, and a restart
forgets nothing. Calls to Drive have a quota of their own and are not counted.
"""

import random
import time
from collections.abc import Callable, Mapping

from sheets_sync.errors import Unavailable
from sheets_sync.google.kind import Kind
from sheets_sync.google.turns import POLL, Quota, backing, seconds_to_wait
from sheets_sync.store import calls
from sheets_sync.store.calls import Caller, State
from sheets_sync.store.database import Engine, writing

LONGEST_PAUSE = 300.0
TOLD_FROM = 1.0
"""Seconds of waiting that are worth a line in the log."""


class Limiter:
    """A caller's place in the line. `sleep` and `clock` (monotonic seconds) are the process's own."""

    def __init__(
        self,
        engine: Engine,
        caller: Caller,
        quotas: Mapping[Kind, Quota],
        told: Callable[[Kind, float], None] = lambda _kind, _seconds: None,
    ) -> None:
        self.engine = engine
        self.caller = caller
        self.quotas = quotas
        self.told = told
        self.sleep: Callable[[float], None] = time.sleep
        self.clock: Callable[[], float] = time.monotonic

    def take(self, kind: Kind, seconds: float, *, urgent: bool = False) -> float:
        """Wait for a turn, at most `seconds`; how long it took. Raises Unavailable when it would take longer."""
        began = self.clock()
        number, wait = self._ask(kind, urgent=urgent)
        while wait > 0:
            if self.clock() - began + wait > seconds:
                self._leave(number)
                raise _too_long(wait)
            self.sleep(min(wait + 0.01, POLL))
            wait = self._again(kind, number)
        waited = self.clock() - began
        if waited >= TOLD_FROM:
            self.told(kind, waited)
        return waited

    def refused(self, kind: Kind, retry_after: float | None = None) -> float:
        """Google refused a call for the quota all the same: all workers of the project pause; for how many seconds."""
        with writing(self.engine) as connection:
            before = backing(calls.of_project(connection, self.caller.project, kind))
            asked = 2.0 ** min(before + 1, 6) * random.uniform(0.5, 1.0) if retry_after is None else retry_after
            seconds = min(max(asked, 0.0), LONGEST_PAUSE)
            calls.pause(connection, self.caller, kind, seconds)
        self.told(kind, seconds)
        return seconds

    def _ask(self, kind: Kind, *, urgent: bool) -> tuple[int, float]:
        with writing(self.engine) as connection:
            there = calls.of_project(connection, self.caller.project, kind)
            mine = calls.ask(connection, self.caller, kind, urgent=urgent)
            wait = seconds_to_wait(mine, [*there, mine], self.quotas[kind])
            if not wait:
                calls.stand(connection, mine.id, State.GIVEN)
        return mine.id, wait

    def _again(self, kind: Kind, number: int) -> float:
        with writing(self.engine) as connection:
            there = calls.of_project(connection, self.caller.project, kind)
            mine = next((call for call in there if call.id == number), None)
            if mine is None:  # forgotten by another, after a stop of minutes: at the end of the line
                return POLL
            wait = seconds_to_wait(mine, there, self.quotas[kind])
            calls.stand(connection, number, State.WAITING if wait else State.GIVEN)
        return wait

    def _leave(self, number: int) -> None:
        with writing(self.engine) as connection:
            calls.leave(connection, number)


def _too_long(seconds: float) -> Unavailable:
    return Unavailable(
        f"מכסת הקריאות ל־Google לדקה מלאה; יתפנה מקום בעוד {seconds:.0f} שניות. שום דבר לא השתנה, והסיבוב הבא ימשיך.",
        f"The minute's quota of calls to Google is used up; there is room in {seconds:.0f} s. Nothing changed, and the "
        "next pass goes on.",
    )
