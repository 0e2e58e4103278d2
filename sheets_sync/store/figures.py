"""How a database stands, in figures by community: passes and calls of a day, what waits, what is open."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import Connection, Table, func, select

from sheets_sync.store import inbox, journal, outbox
from sheets_sync.store.schema import inbox as answers
from sheets_sync.store.schema import outbox as messages
from sheets_sync.store.schema import passes, writes

DAY = timedelta(days=1)
WAITING = ("waiting", "claimed")


@dataclass
class Figures:
    """One community. Ages are in seconds, None where there is nothing; `calls` are those of the last pass, by kind."""

    passes_in_a_day: int = 0
    calls_in_a_day: int = 0
    last_pass_age: float | None = None
    calls: Mapping[str, int] = field(default_factory=dict)
    answers: dict[str, int] = field(default_factory=lambda: {str(state): 0 for state in inbox.State})
    messages: dict[str, int] = field(default_factory=lambda: {str(state): 0 for state in outbox.State})
    oldest_answer: float | None = None
    oldest_message: float | None = None
    open_writes: int = 0


def figures(connection: Connection, now: datetime) -> dict[str, Figures]:
    """The figures of every community that the database knows."""
    found: dict[str, Figures] = defaultdict(Figures)
    _count_passes(connection, now, found)
    for community, state, number, oldest in _by_state(connection, answers, "received"):
        one = found[community]
        one.answers[state] = number
        one.oldest_answer = _older(one.oldest_answer, state, oldest, now)
    for community, state, number, oldest in _by_state(connection, messages, "created"):
        one = found[community]
        one.messages[state] = number
        one.oldest_message = _older(one.oldest_message, state, oldest, now)
    still_open = select(writes.c.community, func.count()).where(writes.c.state.in_(journal.OPEN))
    for community, number in connection.execute(still_open.group_by(writes.c.community)):
        found[community].open_writes = number
    return dict(found)


def last_ended(connection: Connection, community: str) -> datetime | None:
    """When the newest pass that came to its end did."""
    query = select(func.max(passes.c.finished)).where(passes.c.community == community)
    ended: datetime | None = connection.execute(query).scalar_one()
    return ended


def between(connection: Connection, community: str, start: datetime, end: datetime) -> tuple[int, int]:
    """How many passes began in a span of time, and how many calls to Google they took."""
    within = (passes.c.community == community, passes.c.started >= start, passes.c.started < end)
    number, calls = connection.execute(select(func.count(), func.sum(passes.c.calls)).where(*within)).one()
    return number, calls or 0


def _count_passes(connection: Connection, now: datetime, found: dict[str, Figures]) -> None:
    recent = select(passes.c.community, func.count(), func.sum(passes.c.calls)).where(passes.c.started >= now - DAY)
    for community, number, calls in connection.execute(recent.group_by(passes.c.community)):
        found[community].passes_in_a_day, found[community].calls_in_a_day = number, calls or 0
    newest = select(func.max(passes.c.id)).where(passes.c.finished.is_not(None)).group_by(passes.c.community)
    last = select(passes.c.community, passes.c.finished, passes.c.counts).where(passes.c.id.in_(newest))
    for community, finished, counts in connection.execute(last):
        found[community].last_pass_age = _age(finished, now)
        kinds = {name.removeprefix("calls_"): number for name, number in counts.items() if name.startswith("calls_")}
        found[community].calls = kinds


def _by_state(connection: Connection, table: Table, since: str) -> Iterator[tuple[str, str, int, datetime]]:
    """(community, state, how many, when the oldest came)."""
    query = select(table.c.community, table.c.state, func.count(), func.min(table.c[since]))
    for row in connection.execute(query.group_by(table.c.community, table.c.state)):
        yield row[0], row[1], row[2], row[3]


def _older(known: float | None, state: str, since: datetime, now: datetime) -> float | None:
    """The age of the oldest that still waits."""
    return max(known or 0.0, _age(since, now)) if state in WAITING else known


def _age(moment: datetime, now: datetime) -> float:
    return max(0.0, (now - moment).total_seconds())
