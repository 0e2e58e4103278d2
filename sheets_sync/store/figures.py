"""How a database stands, in figures by community: passes and calls of a day, what waits, what is open."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import Connection, Table, func, select

from sheets_sync.store import inbox, journal, outbox
from sheets_sync.store.schema import inbox as answers
from sheets_sync.store.schema import memory, passes, writes
from sheets_sync.store.schema import outbox as messages

DAY = timedelta(days=1)
WAITING = ("waiting", "claimed")
BEAT, BREAKERS = "beat", "breakers"
"""Under these names the clock remembers when it last looked, and a pass the spreadsheets that bring trouble."""


@dataclass
class Figures:
    """One community. Ages are in seconds, None where there is nothing; `calls` are those of the last pass, by kind."""

    passes_in_a_day: int = 0
    calls_in_a_day: int = 0
    last_pass_age: float | None = None
    calls: Mapping[str, int] = field(default_factory=dict)
    parts: Mapping[str, int] = field(default_factory=dict)
    """In how many parts the last pass read and wrote what one call could not hold."""
    answers: dict[str, int] = field(default_factory=lambda: {str(state): 0 for state in inbox.State})
    messages: dict[str, int] = field(default_factory=lambda: {str(state): 0 for state in outbox.State})
    oldest_answer: float | None = None
    oldest_message: float | None = None
    open_writes: int = 0
    in_trouble: int = 0


@dataclass(frozen=True, slots=True)
class Signs:
    """A clock's signs of life: its last one, and since when no pass that it began has come to its end, if so."""

    last: datetime | None = None
    failing_since: datetime | None = None


@dataclass(frozen=True, slots=True)
class Taken:
    """Passes, with their reads and writes at Google, and in how many parts the most divided pass wrote; 0: in none."""

    passes: int = 0
    reads: int = 0
    writes: int = 0
    parts: int = 0


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
    in_trouble = select(memory.c.community, memory.c.value).where(memory.c.name == BREAKERS)
    for community, troubles in connection.execute(in_trouble):
        found[community].in_trouble = len(troubles)
    return dict(found)


def signs(connection: Connection, community: str) -> Signs:
    """The clock's: passes that ended, and the beat between them, when there is nothing to do."""
    ours = passes.c.community == community
    ended = connection.execute(select(func.max(passes.c.finished)).where(ours)).scalar_one()
    beat = connection.execute(select(memory.c.value).where(memory.c.community == "", memory.c.name == BEAT)).scalar()
    broken = select(func.min(passes.c.started)).where(ours, passes.c.finished.is_(None))
    failing = connection.execute(broken if ended is None else broken.where(passes.c.started >= ended)).scalar_one()
    moments = [ended, *([datetime.fromisoformat(beat)] if beat else [])]
    return Signs(max((one for one in moments if one is not None), default=None), failing)


def between(connection: Connection, community: str, start: datetime, end: datetime) -> Taken:
    """What the passes that began in a span of time took."""
    within = (passes.c.community == community, passes.c.started >= start, passes.c.started < end)
    found = connection.execute(select(passes.c.counts).where(*within)).scalars().all()
    reads, writes_ = (sum(counts.get(f"calls_{kind}", 0) for counts in found) for kind in ("reads", "writes"))
    return Taken(len(found), reads, writes_, max((counts.get("parts_writes", 0) for counts in found), default=0))


def _count_passes(connection: Connection, now: datetime, found: dict[str, Figures]) -> None:
    recent = select(passes.c.community, func.count(), func.sum(passes.c.calls)).where(passes.c.started >= now - DAY)
    for community, number, calls in connection.execute(recent.group_by(passes.c.community)):
        found[community].passes_in_a_day, found[community].calls_in_a_day = number, calls or 0
    newest = select(func.max(passes.c.id)).where(passes.c.finished.is_not(None)).group_by(passes.c.community)
    last = select(passes.c.community, passes.c.finished, passes.c.counts).where(passes.c.id.in_(newest))
    for community, finished, counts in connection.execute(last):
        found[community].last_pass_age = _age(finished, now)
        found[community].calls = _of_kind("calls_", counts)
        found[community].parts = _of_kind("parts_", counts)


def _of_kind(prefix: str, counts: Mapping[str, int]) -> dict[str, int]:
    return {name.removeprefix(prefix): number for name, number in counts.items() if name.startswith(prefix)}


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
