"""A spreadsheet that only brings trouble is left alone for a while, longer each time; the others go on."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
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
TAB = "#"
"""Between a spreadsheet's name and the sheetId, in the key of a tab that Google lets nobody of ours write."""


NO_TITLES: Mapping[str, str] = {}


@dataclass(frozen=True)
class Breaker:
    """Troubles in a row: how many, since when, when it was tried last, and what was said."""

    count: int
    since: datetime
    tried: datetime
    kind: str
    he: str
    en: str
    title: str = ""
    """Of a tab: what it was called when it was tried."""

    @property
    def wait(self) -> timedelta:
        """For how long after the last try it is left alone."""
        if self.count < PATIENCE:
            return timedelta()
        longer: timedelta = FIRST * 2 ** min(self.count - PATIENCE, 10)
        return min(longer, LONGEST_OF_GOOGLE if self.is_passing else LONGEST)

    @property
    def is_passing(self) -> bool:
        """Whether it is Google's or the whole account's to mend, and no change of the spreadsheet helps."""
        return issubclass(_kind(self.kind), Unavailable | Unclear | BadCredentials)

    @property
    def next_try(self) -> datetime:
        """Until when it is left alone."""
        return self.tried + self.wait

    def is_open(self, now: datetime) -> bool:
        """Whether it is left alone now; a clock that was set back means a try, not a longer wait."""
        return timedelta() <= now - self.tried < self.wait

    def words(self) -> GoogleTrouble:
        """The trouble again, with since when it lasts and when the next try is."""
        since, then = self.since, self.next_try
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


def note(
    service: Service,
    tried: Mapping[str, GoogleTrouble | None],
    count: int = 1,
    titles: Mapping[str, str] = NO_TITLES,
) -> None:
    """Remember how the tries ended, by key; one that went well forgets all that was before. `titles` are of tabs."""
    before, now = recalled(service), service.now()
    there = {key: breaker for key, breaker in before.items() if key not in tried}
    there |= {
        key: replace(after(before.get(key), trouble, now, count), title=titles.get(key, ""))
        for key, trouble in tried.items()
        if trouble is not None
    }
    if there != before:
        _keep(service, there)


def hasten(service: Service, names: Collection[str], *, passing: bool = True) -> None:
    """Let these spreadsheets and their tabs be tried now; without `passing`, what Google has to mend waits its turn."""
    before, now = recalled(service), service.now()
    wanted = {
        key: replace(one, tried=now - one.wait)
        for key, one in before.items()
        if key.split(TAB)[0] in names and one.is_open(now) and (passing or not one.is_passing)
    }
    if wanted:
        _keep(service, {**before, **wanted})


def settle_tabs(service: Service, looked_at: Collection[str], waiting: Iterable[str]) -> datetime | None:
    """Forget the tabs of spreadsheets `looked_at` for which nothing waits any more; when the next pass is due by that.

    `waiting`: the keys of the tabs for which something does. Now, where some are forgotten: it is to be told.
    """
    before, still, now = recalled(service), set(waiting), service.now()
    tabs = {key: one for key, one in before.items() if TAB in key}
    over = {key for key in tabs if key.split(TAB)[0] in looked_at and key not in still}
    if over:
        _keep(service, {key: one for key, one in before.items() if key not in over})
        return now
    tries = [one.next_try for one in tabs.values() if one.is_open(now)]
    return min(tries, default=None)


def recalled(service: Service) -> dict[str, Breaker]:
    """The breakers by key, their times in the community's zone."""
    with reading(service.engine) as connection:
        found = memory.recall(connection, service.community, MEMORY, {})
    return msgspec.convert(found, dict[str, Breaker])


def _keep(service: Service, breakers: Mapping[str, Breaker]) -> None:
    with writing(service.engine) as connection:
        memory.remember(connection, service.community, MEMORY, msgspec.to_builtins(breakers))


def _kind(name: str) -> type[GoogleTrouble]:
    found: type[GoogleTrouble] = getattr(errors, name, GoogleTrouble)
    return found
