"""When a community is due for a pass, and why. Pure."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta

NIGHT = time(3)
"""From then on, by the community's clock, the day's whole reading is due."""

KEPT = timedelta(days=1)
"""How long it is remembered when a spreadsheet changed."""

LONGEST_PAUSE = timedelta(minutes=4)
"""Between tries while there is trouble: within five minutes of Google's recovery all has caught up."""

DOUBLINGS = 10
"""Of the pause; more would pass what a timedelta holds, where trouble lasts for hours."""

WHOLE = frozenset({"start", "settings", "night"})
"""The reasons for which everything is read, whatever is known of it."""

URGENT = frozenset({"answers", "hint", "changed"})
"""A person is waiting for it."""


@dataclass(frozen=True)
class Standing:
    """What the clock remembers of a community, in the database."""

    changed: Mapping[str, datetime] = field(default_factory=dict)
    """Spreadsheets by id that changed and were not read since, and when that was heard."""
    active: Mapping[str, datetime] = field(default_factory=dict)
    """When each spreadsheet was last seen to change."""
    ended: datetime | None = None
    """When the last pass ended; None before the first."""
    whole: date | None = None
    """The day of the last whole reading, none before NIGHT of a day counts for it."""
    settings: str = ""
    """The digest of the settings and the program's version at the last pass."""
    quiet: bool = False
    tries: int = 0
    """Passes in a row that had trouble."""
    answer: int = 0
    """The number of the newest form answer that the last pass saw waiting."""
    hint: str = ""
    """The last hint that was heeded."""
    wake: datetime | None = None
    """When a digest or the end of a grace makes a pass due."""


@dataclass(frozen=True)
class Signs:
    """What is seen of a community at a moment, without asking Google."""

    now: datetime
    """In the community's zone."""
    settings: str
    answer: int = 0
    hint: str = ""
    is_quiet: Callable[[], bool] = lambda: False
    """Asked only where it matters: it takes a calendar."""


def reason(standing: Standing, signs: Signs, tick: timedelta, active: timedelta) -> str:
    """Why a pass is due now; '' for none. `active` is how long a spreadsheet is read again after it changed."""
    if standing.ended is None:
        return "start"
    if standing.settings != signs.settings:
        return "settings"
    if signs.answer > standing.answer:
        return "answers"
    if signs.hint != standing.hint:
        return "hint"
    if standing.changed:
        return "changed"
    return _by_time(standing, signs, standing.ended, tick, active)


def _by_time(standing: Standing, signs: Signs, ended: datetime, tick: timedelta, active: timedelta) -> str:
    """The reasons that only time brings."""
    now = signs.now
    if day_of(now) != standing.whole:
        return "night"
    if ended.astimezone(now.tzinfo).date() < now.date():
        return "day"
    if standing.tries and now - ended >= min(tick * 2 ** min(standing.tries - 1, DOUBLINGS), LONGEST_PAUSE):
        return "retry"
    if signs.answer and now - ended >= tick:
        return "answers"
    if standing.wake is not None and standing.wake <= now:
        return "due"
    if standing.quiet and not signs.is_quiet():
        return "quiet"
    return "active" if now - ended >= tick and recent(standing, now, active) else ""


def recent(standing: Standing, now: datetime, active: timedelta) -> frozenset[str]:
    """The spreadsheets that changed so lately that they are read again, as Drive's feed may be late."""
    return frozenset(id for id, at in standing.active.items() if now - at < active)


def to_read(standing: Standing, why: str, now: datetime, active: timedelta) -> frozenset[str] | None:
    """Which spreadsheets a pass must read, by id; None for all."""
    return None if why in WHOLE else recent(standing, now, active).union(standing.changed)


def named(standing: Standing) -> frozenset[str]:
    """The spreadsheets of which the feed or a hint said by name that they changed; not those that only may have."""
    return frozenset(id for id, at in standing.changed.items() if standing.active.get(id) == at)


def day_of(now: datetime) -> date:
    """The day whose whole reading holds now: until NIGHT that of the day before."""
    return now.date() if now.time() >= NIGHT else now.date() - timedelta(days=1)


def heard(standing: Standing, changed: frozenset[str], now: datetime, *, is_active: bool = True) -> Standing:
    """With the spreadsheets of the community that the feed, or a hint, says changed; perhaps, unless `is_active`."""
    new = dict.fromkeys(changed, now)
    active = {**standing.active, **new} if is_active else standing.active
    return replace(standing, changed={**standing.changed, **new}, active=active)


def done(
    latest: Standing,
    before: Standing,
    signs: Signs,
    why: str,
    *,
    tries: int,
    moved: frozenset[str],
    ended: datetime,
    wake: datetime | None = None,
) -> Standing:
    """After a pass that began from `before`; what was heard meanwhile, as `latest` has it, stays."""
    active = {**latest.active, **dict.fromkeys(moved, ended)}
    return Standing(
        changed={id: at for id, at in latest.changed.items() if before.changed.get(id) != at},
        active={id: at for id, at in active.items() if ended - at < KEPT},
        ended=ended,
        whole=day_of(signs.now) if why in WHOLE else latest.whole,
        settings=signs.settings,
        quiet=signs.is_quiet(),
        tries=tries,
        answer=signs.answer,
        hint=signs.hint,
        wake=wake,
    )
