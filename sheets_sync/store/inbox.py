"""Form answers on their way to a sheet: taken in once, claimed, placed in a row or left for a person to look at."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, delete, func, or_, select, update

from sheets_sync.store.arrivals import Arrival, Taken, take_all
from sheets_sync.store.schema import inbox

KEPT = timedelta(days=31)
"""For how long a message's id is remembered after it was placed."""


class State(StrEnum):
    """Where an answer stands; a claimed one waits again when its claim runs out."""

    WAITING = "waiting"
    CLAIMED = "claimed"
    PLACED = "placed"
    LEFT = "left"
    DISCARDED = "discarded"


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer as it came. `tries` counts how often it was claimed; `reason` says why it was left.

    `conflicts` counts how often another body came under its id.
    """

    row: int
    form: str
    message_id: str
    body: bytes
    received: datetime
    tries: int
    reason: str = ""
    state: State = State.WAITING
    conflicts: int = 0


def take(connection: Connection, community: str, form: str, message_id: str, body: bytes, received: datetime) -> Taken:
    """Take one answer in; see `arrivals.take_all`."""
    return take_all(connection, [Arrival(community, form, message_id, body, received)])[0]


def waiting(connection: Connection, community: str, now: datetime, limit: int = 500) -> list[Answer]:
    """The answers that nobody is placing, oldest first."""
    return _answers(connection, and_(inbox.c.community == community, _free(now)), limit)


def claim(
    connection: Connection,
    community: str,
    now: datetime,
    seconds: float,
    limit: int = 500,
    *,
    form: str | None = None,
    alone: bool = False,
) -> list[Answer]:
    """Take the oldest waiting answers, of one form or all, for `seconds`, to place them.

    `alone`: whoever asks holds the lease, so that what is claimed was claimed by one that places nothing any more.
    """
    free = inbox.c.state.in_([State.WAITING, State.CLAIMED]) if alone else _free(now)
    ours = and_(inbox.c.community == community, free, *([] if form is None else [inbox.c.form == form]))
    answers = _answers(connection, ours, limit, to_claim=True)
    until = now + timedelta(seconds=seconds)
    _set(
        connection,
        [answer.row for answer in answers],
        state=State.CLAIMED,
        claimed_until=until,
        tries=inbox.c.tries + 1,
    )
    return answers


def unclaim(connection: Connection, rows: Iterable[int]) -> None:
    """Give claimed answers back before their claim runs out: they were surely not placed."""
    mine = and_(inbox.c.id.in_(list(rows)), inbox.c.state == State.CLAIMED)
    connection.execute(update(inbox).where(mine).values(state=State.WAITING, claimed_until=None))


def placed(connection: Connection, row: int, row_identity: str, now: datetime, trace: bytes | None = None) -> None:
    """The answer stands in the sheet's row of that identity; what the resident wrote is no longer kept here.

    In its place stands the trace (digests), by which a later edit of the same answer is told from a person's.
    """
    _set(connection, [row], state=State.PLACED, row_identity=row_identity, settled=now, body=trace, reason="")


def trace(connection: Connection, community: str, form: str, row_identity: str) -> bytes | None:
    """What `placed` last kept of an answer, None where nothing is kept of it any more."""
    of = and_(inbox.c.community == community, inbox.c.form == form, inbox.c.row_identity == row_identity)
    query = (
        select(inbox.c.body)
        .where(of, inbox.c.state == State.PLACED)
        .order_by(inbox.c.settled.desc(), inbox.c.id.desc())
    )
    return connection.execute(query.limit(1)).scalar_one_or_none()


def again(connection: Connection, row: int) -> None:
    """An answer that was left waits again."""
    _set(connection, [row], state=State.WAITING, settled=None, reason="")


def discarded(connection: Connection, row: int, now: datetime) -> None:
    """A person decided that the answer becomes no row; it is kept as long as the ids of those that were placed."""
    _set(connection, [row], state=State.DISCARDED, settled=now, claimed_until=None)


def noted(connection: Connection, row: int) -> None:
    """A person has seen that another body came under this id."""
    _set(connection, [row], conflicts=0)


def to_decide(connection: Connection, community: str, limit: int = 500) -> list[Answer]:
    """The answers that a person may have to decide about: left, waiting, or with another body under their id."""
    waits = inbox.c.state.in_([State.LEFT, State.WAITING])
    return _answers(connection, and_(inbox.c.community == community, or_(waits, inbox.c.conflicts > 0)), limit)


def left(connection: Connection, row: int, reason: str, now: datetime) -> None:
    """The answer cannot be placed: it is kept as it came, with the reason, for a person to look at."""
    _set(connection, [row], state=State.LEFT, reason=reason, settled=now)


def left_over(connection: Connection, community: str, limit: int = 500) -> list[Answer]:
    """The answers that a person has to look at."""
    return _answers(connection, and_(inbox.c.community == community, inbox.c.state == State.LEFT), limit)


def forget(connection: Connection, community: str, now: datetime) -> int:
    """Forget answers that were placed or discarded and came more than 31 days ago; how many."""
    over = inbox.c.state.in_([State.PLACED, State.DISCARDED])
    old = and_(inbox.c.community == community, over, inbox.c.received < now - KEPT)
    return connection.execute(delete(inbox).where(old)).rowcount


def counts(connection: Connection, community: str) -> dict[State, int]:
    """How many answers stand in each state."""
    query = select(inbox.c.state, func.count()).where(inbox.c.community == community).group_by(inbox.c.state)
    found = {State(state): number for state, number in connection.execute(query)}
    return {state: found.get(state, 0) for state in State}


def conflicts(connection: Connection, community: str) -> dict[str, int]:
    """How often another body came under a known id, by form."""
    query = select(inbox.c.form, func.sum(inbox.c.conflicts)).where(
        inbox.c.community == community, inbox.c.conflicts > 0
    )
    return {form: int(number) for form, number in connection.execute(query.group_by(inbox.c.form))}


def _free(now: datetime) -> ColumnElement[bool]:
    return or_(inbox.c.state == State.WAITING, and_(inbox.c.state == State.CLAIMED, inbox.c.claimed_until <= now))


def _answers(
    connection: Connection, condition: ColumnElement[bool], limit: int, *, to_claim: bool = False
) -> list[Answer]:
    query = select(inbox).where(condition).order_by(inbox.c.id).limit(limit)
    found = connection.execute(query.with_for_update(skip_locked=True) if to_claim else query)
    return [
        Answer(
            row.id,
            row.form,
            row.message_id,
            row.body,
            row.received,
            row.tries,
            row.reason,
            State(row.state),
            row.conflicts,
        )
        for row in found
    ]


def _set(connection: Connection, rows: Collection[int], **values: Any) -> None:
    connection.execute(update(inbox).where(inbox.c.id.in_(rows)).values(**values))
