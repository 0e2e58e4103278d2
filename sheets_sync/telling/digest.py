"""Whose digest is due, and when the next one is: once a day a person, at the person's hour. Pure."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from rules.calendar import QuietHours
from sheets_sync.config import Clock, Settings
from sheets_sync.telling.quiet import is_quiet
from sheets_sync.telling.recipients import Recipient

ONE_DAY = timedelta(days=1)
AHEAD = 14
"""Days to look ahead for the next digest; no holiday is longer."""


@dataclass(frozen=True)
class Mark:
    """What is remembered of a person: the day whose digest is over (sent, or nothing was new), and the last sent."""

    day: date
    at: datetime | None = None


@dataclass(frozen=True)
class Memory:
    """What is remembered from pass to pass of who was told.

    `marks` are by address, folded. `heard` are the addresses that were told of an alert's state while others of the
    same role still wait for their hour. `hushed` are the alerts that opened when their spreadsheet was taken over.
    """

    marks: Mapping[str, Mark] = field(default_factory=dict)
    heard: Mapping[str, frozenset[str]] = field(default_factory=dict)
    hushed: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Turns:
    """Who may be told what in a pass. `due` are the addresses whose digest is now, and whether it is the weekly."""

    at_once: bool = True
    due: Mapping[str, bool] = field(default_factory=dict)
    heard: Mapping[str, frozenset[str]] = field(default_factory=dict)
    since: Mapping[str, datetime] = field(default_factory=dict)
    """When each person's last digest was."""


AT_ONCE = Turns()


def turns(memory: Memory, people: Iterable[Recipient], settings: Settings, now: datetime, *, quiet: bool) -> Turns:
    """Whose digest is due at a moment, in the community's zone. What is told while it is `quiet` is not held."""
    if settings.letters.at_once or quiet:
        return Turns(at_once=True, heard=memory.heard)
    hours = _hours(people, settings.letters.digest_hour)
    due = {
        address: _is_weekly(now.date(), hour, settings.clock, now)
        for address, hour in hours.items()
        if _is_due(memory.marks.get(address), hour, settings.clock, now)
    }
    return Turns(False, due, memory.heard, {who: mark.at for who, mark in memory.marks.items() if mark.at})


def marked(
    marks: Mapping[str, Mark], turns: Turns, people: Iterable[Recipient], sent: Collection[str], now: datetime
) -> Mapping[str, Mark]:
    """The marks after a pass that `sent` digests to some; who is no longer among the people is forgotten."""
    if turns.at_once:
        return marks
    here = {one.address.casefold() for one in people}
    due = {who: Mark(now.date(), now if who in sent else turns.since.get(who)) for who in turns.due}
    return {who: mark for who, mark in marks.items() if who in here} | due


def next_digest(people: Iterable[Recipient], settings: Settings, now: datetime) -> datetime | None:
    """When the next digest after `now` is due; None where there are none."""
    if settings.letters.at_once:
        return None
    hours = set(_hours(people, settings.letters.digest_hour).values())
    found = (_next(hour, settings.clock, now) for hour in hours)
    return min((moment for moment in found if moment is not None), default=None)


def moment(day: date, hour: time, clock: Clock, now: datetime) -> datetime | None:
    """When the digest of a day goes out, in the zone of `now`; None on a day on which nothing is sent at that hour.

    An hour of the night becomes the night's end.
    """
    night = QuietHours(*clock.night)
    at = datetime.combine(day, night.end if clock.quiet and night.holds(hour) else hour, now.tzinfo)
    return None if is_quiet(clock, at) else at


def _hours(people: Iterable[Recipient], usual: time) -> dict[str, time]:
    """The hour of each address; of one that stands in several rows the earliest."""
    hours: dict[str, time] = {}
    for one in people:
        address, hour = one.address.casefold(), one.digest_hour or usual
        hours[address] = min(hour, hours.get(address, hour))
    return hours


def _is_due(mark: Mark | None, hour: time, clock: Clock, now: datetime) -> bool:
    at = moment(now.date(), hour, clock, now)
    return at is not None and at <= now and (mark is None or mark.day < now.date())


def _is_weekly(day: date, hour: time, clock: Clock, now: datetime) -> bool:
    """Whether it is the week's first digest: Sunday's, or the next one where none goes out on Sunday."""
    gone = (day.weekday() + 1) % 7
    return all(moment(day - ONE_DAY * back, hour, clock, now) is None for back in range(1, gone + 1))


def _next(hour: time, clock: Clock, now: datetime) -> datetime | None:
    days = (moment(now.date() + ONE_DAY * ahead, hour, clock, now) for ahead in range(AHEAD))
    return next((at for at in days if at is not None and at > now), None)
