"""Messages to be sent: put once, claimed before sending, their words erased when they are settled."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, and_, func, or_, select, update

from sheets_sync.notify.message import PIERCING, Message
from sheets_sync.store.database import insert_new
from sheets_sync.store.schema import outbox


class State(StrEnum):
    """Where a message stands; a claimed one is due again when its claim runs out."""

    WAITING = "waiting"
    CLAIMED = "claimed"
    SENT = "sent"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Claimed:
    """A message that is ours to send now; `tries` counts this one."""

    row: int
    message: Message
    tries: int
    created: datetime


FIRST_WAIT, LONGEST_WAIT = timedelta(minutes=1), timedelta(minutes=30)


def put(connection: Connection, message: Message, now: datetime) -> bool:
    """Leave a message to be sent; False when one with its key was put before, whatever became of that one."""
    values = {
        "community": message.community,
        "key": message.key,
        "channel": message.channel,
        "recipient": message.recipient,
        "subject": message.subject,
        "text": message.text,
        "html": message.html,
        "state": State.WAITING,
        "created": now,
        "next_try": now,
        "tries": 0,
        "reason": "",
    }
    return insert_new(connection, outbox, values)


def claim(
    connection: Connection,
    now: datetime,
    seconds: float,
    community: str | None = None,
    without: tuple[str, ...] = (),
    *,
    quiet: bool = False,
) -> Claimed | None:
    """Take the message that has been due longest, for `seconds`; `without` are channels to leave alone.

    While it is `quiet` only messages that pierce are taken.
    """
    due = _due(now, community, without)
    row = connection.execute(due.where(outbox.c.key.startswith(PIERCING)) if quiet else due).one_or_none()
    if row is None:
        return None
    until = now + timedelta(seconds=seconds)
    values = {"state": State.CLAIMED, "next_try": until, "tries": row.tries + 1}
    connection.execute(update(outbox).where(outbox.c.id == row.id).values(**values))
    return Claimed(row.id, _message(row), row.tries + 1, row.created)


def sent(connection: Connection, claimed: Claimed, now: datetime) -> State:
    """It was sent: only that it was, and to whom, is kept. How it stands now."""
    return _end(connection, outbox.c.id == claimed.row, State.SENT, now, "")


def failed(connection: Connection, claimed: Claimed, now: datetime, reason: str, *, permanent: bool) -> State:
    """It was not sent: never again if `permanent`, else after 1, 2, 4 … 30 minutes. How it stands now."""
    ours = and_(outbox.c.id == claimed.row, outbox.c.state == State.CLAIMED, outbox.c.tries == claimed.tries)
    if permanent:
        return _end(connection, ours, State.FAILED, now, reason)
    wait = min(FIRST_WAIT * 2 ** min(claimed.tries - 1, 10), LONGEST_WAIT)
    again = {"state": State.WAITING, "next_try": now + wait, "reason": reason}
    connection.execute(update(outbox).where(ours).values(**again))
    return State.WAITING


def counts(connection: Connection, community: str | None = None) -> dict[State, int]:
    """How many messages stand in each state."""
    query = select(outbox.c.state, func.count()).group_by(outbox.c.state)
    if community is not None:
        query = query.where(outbox.c.community == community)
    found = {State(state): number for state, number in connection.execute(query)}
    return {state: found.get(state, 0) for state in State}


def lately(connection: Connection, community: str, since: datetime) -> list[tuple[str, State, str, datetime]]:
    """Recipient, state, reason and moment of messages put `since`, the oldest first.

    Of those that were sent, that failed, or that were tried and still wait (these by the moment they were put).
    """
    moment = func.coalesce(outbox.c.settled, outbox.c.created)
    query = (
        select(outbox.c.recipient, outbox.c.state, outbox.c.reason, outbox.c.settled, outbox.c.created)
        .where(outbox.c.community == community, outbox.c.created >= since)
        .where(or_(outbox.c.settled.is_not(None), outbox.c.reason != ""))
        .order_by(moment, outbox.c.id)
    )
    return [
        (row.recipient, State(row.state), row.reason, row.settled or row.created) for row in connection.execute(query)
    ]


def _due(now: datetime, community: str | None, without: tuple[str, ...]) -> Select[Any]:
    query = select(outbox).where(
        or_(outbox.c.state == State.WAITING, outbox.c.state == State.CLAIMED),
        outbox.c.next_try <= now,
        outbox.c.channel.not_in(without),
    )
    if community is not None:
        query = query.where(outbox.c.community == community)
    return query.order_by(outbox.c.next_try, outbox.c.id).limit(1).with_for_update(skip_locked=True)


def _end(connection: Connection, which: ColumnElement[bool], state: State, now: datetime, reason: str) -> State:
    erased = {"subject": "", "text": "", "html": ""}
    connection.execute(update(outbox).where(which).values(state=state, settled=now, reason=reason, **erased))
    return state


def _message(row: Row[Any]) -> Message:
    return Message(row.community, row.key, row.channel, row.recipient, row.subject, row.text, row.html)
