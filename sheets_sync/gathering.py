"""The facts a pass gathers where it meets the world, and what it remembers of them for the next."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

import msgspec

from rules.facts import Facts, Sharing, Unread, Unwritten, Waiting
from rules.finding import Role
from rules.table import Table
from sheets_sync.config import SpreadsheetSettings
from sheets_sync.errors import GoogleTrouble, Unavailable
from sheets_sync.facts import Stood
from sheets_sync.google.permissions import Permission, list_permissions
from sheets_sync.look import Picture
from sheets_sync.reading.read import Snapshot
from sheets_sync.store import inbox, memory, outbox
from sheets_sync.store.database import Connection, reading
from sheets_sync.tabs.rule_choices import Lines, remembered
from sheets_sync.telling.deliveries import NO_DELIVERIES, Deliveries, Delivery, Outcome, Shown, of_people, shown_now
from sheets_sync.telling.letter import Instead
from sheets_sync.telling.people_memory import kept_of, people_now, people_of
from sheets_sync.wiring import Service
from sheets_sync.writing.breakers import TAB, recalled

STOOD, UNREAD, SHARING, INSTEAD = "tables", "unread", "sharing", "instead"
"""The names under which is remembered what stood where, since when a file is unread, who sees a restricted one."""
DELIVERIES = "deliveries"
"""The name under which is remembered what became of the last message to each address: the outbox forgets it."""

PEOPLE = "people"
"""The name under which the people to write to are remembered."""

LATELY = timedelta(days=8)
"""How far back the outbox is asked: longer than a message is tried."""

OUTCOMES = {outbox.State.SENT: Outcome.SENT, outbox.State.FAILED: Outcome.FAILED}

ASK_AGAIN = timedelta(hours=1)
"""How often Google is asked with whom a restricted file is shared."""

SHARED = "privacy.shared"


@dataclass(frozen=True)
class Seen:
    """What Google last said of a restricted file's permissions, and when it was asked."""

    at: datetime
    by_link: bool = False
    others: int = 0
    known: bool = True


@dataclass(frozen=True)
class Gathered:
    """The facts, and what is to be remembered: see STOOD, UNREAD, SHARING."""

    facts: Facts
    stood: Stood = field(default_factory=dict)
    unread: Mapping[str, datetime] = field(default_factory=dict)
    sharing: Mapping[str, Seen] = field(default_factory=dict)
    instead: Instead = field(default_factory=dict)
    """In whose stead the coordinator was told in earlier passes."""
    deliveries: Deliveries = field(default_factory=lambda: NO_DELIVERIES)
    people: Table | None = None
    """The people to write to, as they were last read."""


def gather(service: Service, snapshot: Snapshot, lines: Lines) -> Gathered:
    """What is known beside the tables; Google is asked of a restricted file at most once an ASK_AGAIN."""
    now, community = service.now(), service.community
    with reading(service.engine) as connection:
        stood = memory.recall(connection, community, STOOD, {})
        since = msgspec.convert(memory.recall(connection, community, UNREAD, {}), dict[str, datetime])
        known = msgspec.convert(memory.recall(connection, community, SHARING, {}), dict[str, Seen])
        instead = msgspec.convert(memory.recall(connection, community, INSTEAD, {}), dict[str, frozenset[Role]])
        waiting = [*inbox.waiting(connection, community, now), *inbox.left_over(connection, community)]
        lately = outbox.lately(connection, community, now - LATELY)
        people = people_of(memory.recall(connection, community, PEOPLE, {}))
        delivered = msgspec.convert(memory.recall(connection, community, DELIVERIES, {}), dict[str, Shown])
    unread = {name: since.get(name, now) for name in snapshot.troubles}
    sharing = _sharing(service, snapshot, lines, known, now)
    names = {one.id: one.name for one in service.settings.spreadsheets}
    zone = service.settings.community.zone
    facts = Facts(
        unread=tuple(_unread(name, trouble, now - unread[name]) for name, trouble in snapshot.troubles.items()),
        unwritten=_unwritten(service),
        waiting=tuple(Waiting(one.form, one.received.astimezone(zone).date(), now - one.received) for one in waiting),
        sharing=tuple(Sharing(names[id], seen.by_link, seen.others, seen.known) for id, seen in sharing.items()),
    )
    latest = {
        to.casefold(): Delivery(at.astimezone(zone).date(), OUTCOMES.get(state, Outcome.TRIED), reason)
        for to, state, reason, at in lately
    }
    deliveries = shown_now(delivered, latest, now.astimezone(zone).date())
    return Gathered(facts, stood, unread, sharing, instead, deliveries, people)


def remember(connection: Connection, community: str, gathered: Gathered, picture: Picture, instead: Instead) -> None:
    """Keep for the next pass what was gathered, and which tables stand where; what is remembered already stays."""
    there = {
        one.id: sorted(k for k, tab in picture.tabs.items() if tab.place.spreadsheet == one.id)
        for one in picture.snapshot.spreadsheets
    }
    values = {STOOD: {**gathered.stood, **there}, UNREAD: gathered.unread, SHARING: gathered.sharing}
    values[DELIVERIES] = of_people(gathered.deliveries, picture.book.get("people"))
    values[INSTEAD] = {id: sorted(roles) for id, roles in instead.items()}
    people = people_now(picture, picture.settings, gathered.stood, gathered.people)
    values[PEOPLE] = kept_of(people) if people is not None else {}
    for name, value in values.items():
        plain = msgspec.to_builtins(value)
        if memory.recall(connection, community, name, {}) != plain:
            memory.remember(connection, community, name, plain)


def _unread(name: str, trouble: GoogleTrouble, past: timedelta) -> Unread:
    return Unread(name, _stopped(trouble.he), _stopped(trouble.en), isinstance(trouble, Unavailable), past)


def _unwritten(service: Service) -> tuple[Unwritten, ...]:
    """The tabs that Google refused when they were tried last; of a restricted spreadsheet without their titles."""
    found = {tuple(key.split(TAB)): one for key, one in sorted(recalled(service).items()) if TAB in key}
    shown = {one.name: not one.restricted for one in service.settings.spreadsheets}
    return tuple(
        Unwritten(name, tab, one.title if shown[name] else "", _stopped(one.he), _stopped(one.en))
        for (name, tab), one in found.items()
        if name in shown
    )


def _stopped(said: str) -> str:
    """Google's words as a sentence: another follows."""
    return f"{said.rstrip('.')}."


def _sharing(
    service: Service, snapshot: Snapshot, lines: Lines, known: Mapping[str, Seen], now: datetime
) -> dict[str, Seen]:
    """What is known of each restricted file; nothing is asked while the rule is off or the file cannot be read."""
    if SHARED not in {rule.key for rule in remembered(service.settings, lines).rules}:
        return {}
    found: dict[str, Seen] = {}
    for one in service.settings.spreadsheets:
        before = known.get(one.id)
        if not one.restricted:
            continue
        if one.name not in snapshot.troubles and (before is None or not timedelta(0) <= now - before.at < ASK_AGAIN):
            found[one.id] = _asked(service, one, before, now)
        elif before is not None:
            found[one.id] = before
    return found


def _asked(service: Service, file: SpreadsheetSettings, before: Seen | None, now: datetime) -> Seen:
    """What Google says now; what it said last while it is only busy."""
    try:
        permissions = list_permissions(service.gateway.client, file.id)
    except Unavailable:
        return Seen(now, known=False) if before is None else replace(before, at=now)
    except GoogleTrouble:
        return Seen(now, known=False)
    allowed = {address.casefold() for address in (service.gateway.account, *file.shared_with)}
    return seen(permissions, allowed, now, owner_too=bool(file.shared_with))


def seen(permissions: list[Permission], allowed: set[str], now: datetime, *, owner_too: bool) -> Seen:
    """What a file's permissions mean. Where no list is set (`owner_too` is False) its owner is nobody's surprise."""
    by_link = any(one.kind in ("anyone", "domain") for one in permissions)
    persons = [one for one in permissions if one.kind not in ("anyone", "domain")]
    others = [one for one in persons if one.address.casefold() not in allowed and (owner_too or one.role != "owner")]
    return Seen(now, by_link, len(others))
