"""A spreadsheet that only brings trouble is left alone for a while, longer each time; the others go on."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

import msgspec

from sheets_sync import errors
from sheets_sync.errors import BadCredentials, GoogleTrouble, Unavailable, Unclear
from sheets_sync.store import memory
from sheets_sync.store.database import reading, writing
from sheets_sync.wiring import Service

PATIENCE = 3
"""So many troubles in a row, and it is left alone."""

FIRST, LONGEST, LONGEST_OF_GOOGLE = timedelta(minutes=1), timedelta(minutes=30), timedelta(minutes=4)
"""What is Google's or the whole account's to mend is tried again sooner: 5 minutes after it all has caught up."""

MEMORY = "breakers"


@dataclass(frozen=True)
class Breaker:
    """Troubles in a row: how many, since when, when it was tried last, and what was said."""

    count: int
    since: datetime
    tried: datetime
    kind: str
    he: str
    en: str

    @property
    def wait(self) -> timedelta:
        """For how long after the last try it is left alone."""
        if self.count < PATIENCE:
            return timedelta()
        passing = issubclass(_kind(self.kind), Unavailable | Unclear | BadCredentials)
        longer: timedelta = FIRST * 2 ** min(self.count - PATIENCE, 10)
        return min(longer, LONGEST_OF_GOOGLE if passing else LONGEST)

    def is_open(self, now: datetime) -> bool:
        """Whether it is left alone now; a clock that was set back means a try, not a longer wait."""
        return timedelta() <= now - self.tried < self.wait

    def words(self) -> GoogleTrouble:
        """The trouble again, with since when it lasts and when the next try is."""
        since, then = self.since, self.tried + self.wait
        return _kind(self.kind)(
            f"{self.he.rstrip('.')}. כך מאז {since:%d/%m %H:%M}; הניסיון הבא ב־{then:%H:%M}.",
            f"{self.en.rstrip('.')}. So since {since:%d/%m %H:%M}; the next try is at {then:%H:%M}.",
        )


def after(breaker: Breaker | None, trouble: GoogleTrouble, now: datetime, count: int = 1) -> Breaker:
    """The breaker after one more trouble; `count` is what the first counts for."""
    kind, since = type(trouble).__name__, breaker.since if breaker else now
    return Breaker(breaker.count + 1 if breaker else count, since, now, kind, trouble.he, trouble.en)


def left_alone(service: Service) -> dict[str, GoogleTrouble]:
    """The spreadsheets, or parts of them, that are not to be tried now, and in words why."""
    now = service.now()
    return {key: breaker.words() for key, breaker in recalled(service).items() if breaker.is_open(now)}


def note(service: Service, tried: Mapping[str, GoogleTrouble | None], count: int = 1) -> None:
    """Remember how the tries ended, by key; one that went well forgets all that was before."""
    before, now = recalled(service), service.now()
    there = {key: breaker for key, breaker in before.items() if key not in tried}
    there |= {key: after(before.get(key), trouble, now, count) for key, trouble in tried.items() if trouble is not None}
    if there != before:
        with writing(service.engine) as connection:
            memory.remember(connection, service.community, MEMORY, msgspec.to_builtins(there))


def recalled(service: Service) -> dict[str, Breaker]:
    """The breakers by key, their times in the community's zone."""
    with reading(service.engine) as connection:
        found = memory.recall(connection, service.community, MEMORY, {})
    return msgspec.convert(found, dict[str, Breaker])


def _kind(name: str) -> type[GoogleTrouble]:
    found: type[GoogleTrouble] = getattr(errors, name, GoogleTrouble)
    return found
