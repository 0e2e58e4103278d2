"""The clock's work: hear what changed, do the passes that are due first, send what is to be told."""

import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import replace
from datetime import datetime

from sheets_sync.account import Account
from sheets_sync.clock import beats, due
from sheets_sync.clock.beats import Heard
from sheets_sync.clock.channels import Opener
from sheets_sync.clock.due import Signs, Standing
from sheets_sync.clock.listening import Ear, take_hints
from sheets_sync.clock.member import Member, by_account
from sheets_sync.errors import LeaseHeld, Trouble
from sheets_sync.fault import fault_of
from sheets_sync.pass_ import run_pass
from sheets_sync.store.clocked import with_messages
from sheets_sync.store.database import DatabaseTrouble, Engine, reading, writing
from sheets_sync.tabs.told_memory import is_quiet_now
from sheets_sync.telling.outbox import deliver

PUSH_PAUSE = 5.0
"""Seconds between looks at the feed that pushes ask for, however many come."""

LOOK_SECONDS = 1.0
"""Between looks for what is due while passes are under way."""

HELD_PAUSE = 2.0
"""Seconds until a community is tried again whose lease another holds."""

NEW = Standing()
Due = tuple[Member, str, Standing, Signs]


class Clockwork:
    """The communities of one clock. `told` and `troubled` hear of each pass; `pace` gives seconds.

    Passes of `workers` communities go at a time, so that a Google that hangs for one does not hold the others. Of
    those whose last pass had trouble one worker is always kept free.
    """

    def __init__(
        self,
        members: Sequence[Member],
        told: Callable[[Account], None],
        troubled: Callable[[Trouble, str], None],
        pace: Callable[[], float] = time.monotonic,
        workers: int = 1,
    ) -> None:
        self.members = tuple(members)
        self.told, self.troubled, self.pace = told, troubled, pace
        self.ears = [Ear(shared) for shared in by_account(members)]
        self.openers = {ear: Opener(ear.shared) for ear in self.ears}
        self.seconds = min(one.tick for one in members).total_seconds()
        self.next_tick = self.last_listen = float("-inf")
        self.resting: dict[str, float] = {}
        self.workers = workers
        self.pool = ThreadPoolExecutor(workers, "pass")
        self.under_way: dict[Future[Account], Due] = {}

    def beat(self, stopped: Callable[[], bool] = lambda: False) -> int:
        """Look, and do all passes that are due, oldest first, until `stopped`; how many were done."""
        done, news = 0, False
        while True:
            ticked, ended = self._listen(), self._gather()
            done += ended
            news |= ticked or ended > 0
            self._begin(stopped)
            if news and len(self.under_way) < self.workers:
                self._deliver()
                news = False
            if not self.under_way:
                return done
            wait(self.under_way, LOOK_SECONDS, FIRST_COMPLETED)

    def _begin(self, stopped: Callable[[], bool]) -> None:
        """Begin what is due, while there is a free worker."""
        while len(self.under_way) < self.workers and not stopped() and (found := self._first()):
            self.under_way[self.pool.submit(_pass, *found)] = found

    def _gather(self) -> int:
        """Tell of the passes that have ended; how many they are."""
        ended = [future for future in self.under_way if future.done()]
        for future in ended:
            self._tell(self.under_way.pop(future)[0], future)
        return len(ended)

    def _listen(self) -> bool:
        """Ask the feeds when it is time, or when a push says that there is news; whether it was time."""
        now = self.pace()
        ticks = now >= self.next_tick
        if ticks:
            self.next_tick = now + self.seconds
        for ear in self.ears:
            if ticks or (now - self.last_listen >= PUSH_PAUSE and self._is_pushed(ear)):
                self.last_listen = now
                ear.listen(self._time())
                if ticks:
                    self.openers[ear].open_next(self._time())
        return ticks

    def _is_pushed(self, ear: Ear) -> bool:
        return any(ear.is_pushed(beats.listen(engine)) for engine in ear.shared.engines)

    def _first(self) -> Due | None:
        """The pass to do next: urgent ones first, then what has waited longest."""
        return min(self._due(), key=_order, default=None)

    def _due(self) -> Iterator[Due]:
        for engine in self._engines():
            heard = beats.listen(engine)
            for one in self.members:
                if one.engine is engine and self._is_free(one, heard):
                    found = self._looked(one, heard)
                    if found is not None:
                        yield found

    def _looked(self, one: Member, heard: Heard) -> Due | None:
        """The member's due pass, if any. A fault of the program in it is told, and the others go on."""
        try:
            return _look(one, heard)
        except DatabaseTrouble:
            raise
        except Exception as error:  # noqa: BLE001 - one community's fault must not end the beat of all
            self._rest(one)
            self.troubled(error if isinstance(error, Trouble) else fault_of(error), one.key)
            return None

    def _is_free(self, one: Member, heard: Heard) -> bool:
        """Whether a pass over the community may begin now."""
        going = self.under_way.values()
        if any(other is one for other, *_ in going) or self.resting.get(one.key, float("-inf")) > self.pace():
            return False
        troubled = sum(standing.tries > 0 for _, _, standing, _ in going)
        return not heard.standings.get(one.key, NEW).tries or troubled < max(1, self.workers - 1)

    def _tell(self, one: Member, ended: Future[Account]) -> None:
        """A Trouble ends a pass, is told, and the community rests for a tick. So does a fault of the program."""
        try:
            self.told(ended.result())
        except LeaseHeld:
            self._rest(one, HELD_PAUSE)
        except Trouble as trouble:
            self._rest(one)
            self.troubled(trouble, one.key)
        except Exception as error:  # noqa: BLE001 - the outermost edge of a process that must go on
            self._rest(one)
            self.troubled(fault_of(error), one.key)

    def _rest(self, one: Member, seconds: float | None = None) -> None:
        self.resting[one.key] = self.pace() + (self.seconds if seconds is None else seconds)

    def _deliver(self) -> None:
        """Send what is to be told, in quiet times what pierces; a Trouble of one community's keeps no other waiting."""
        for engine in self._engines():
            with reading(engine) as connection:
                waiting = with_messages(connection, self._time())
            for one in self.members:
                service = one.service
                if one.engine is not engine or one.key not in waiting:
                    continue
                if not (quiet := is_quiet_now(service)) or service.settings.clock.pierce:
                    try:
                        deliver(engine, one.channels, service.clock, one.key, quiet=quiet)
                    except Trouble as trouble:
                        self.troubled(trouble, one.key)

    def _engines(self) -> list[Engine]:
        return list({id(one.engine): one.engine for one in self.members}.values())

    def _time(self) -> datetime:
        return self.members[0].service.clock()


def _look(one: Member, heard: Heard) -> Due | None:
    """The member's due pass, if any."""
    standing, service = heard.standings.get(one.key, NEW), one.service
    now = service.now()
    hint = take_hints(one, heard, now)
    signs = Signs(now, one.digest, heard.answers.get(one.key, 0), hint, lambda: is_quiet_now(service))
    why = due.reason(standing, signs, one.tick, one.active)
    return (one, why, standing, signs) if why else None


def _order(found: Due) -> tuple[bool, bool, float]:
    """Urgent passes before others, and re-readings of what may have changed last; each oldest first."""
    _, why, standing, _ = found
    since = min(standing.changed.values(), default=standing.ended)
    return why not in due.URGENT, why == "active", since.timestamp() if since else 0.0


def _pass(one: Member, why: str, standing: Standing, signs: Signs) -> Account:
    """A pass that reads what may have changed, remembered when it has ended."""
    service, known = one.service, one.service.known
    with reading(one.engine) as connection:
        standing = beats.standing_of(connection, one.key)  # with what hints have just added
    wanted = due.to_read(standing, why, signs.now, one.active)
    before = {id: known.last(id) for id in one.ids}
    for id in one.ids if wanted is None else wanted:
        known.doubt(id)
    known.vouch(one.ids)
    try:
        account = run_pass(service, why, due.named(standing))
    finally:
        known.vouch(())
    moved = frozenset(id for id, last in before.items() if one.active and last is not None and known.last(id) != last)
    tries = standing.tries + 1 if account.troubles else 0
    with writing(one.engine) as connection:
        latest = beats.standing_of(connection, one.key)
        ended = due.done(latest, standing, signs, why, tries=tries, moved=moved, ended=service.now(), wake=account.wake)
        beats.keep(connection, one.key, replace(ended, hint=max(signs.hint, latest.hint)))
    return account
