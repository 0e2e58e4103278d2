"""The journal of writes to spreadsheets: what was meant, whether it was sent, whether it is known to stand."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, insert, select, update

from sheets_sync.store.schema import writes


class State(StrEnum):
    """How far a write came.

    PLANNED was never sent. SENT got no answer yet, UNCLEAR lost it: either may stand in the sheet or not, which is to
    be looked up. DONE stands; DROPPED was refused or never sent, and does not.
    """

    PLANNED = "planned"
    SENT = "sent"
    UNCLEAR = "unclear"
    DONE = "done"
    DROPPED = "dropped"


OPEN = (State.PLANNED, State.SENT, State.UNCLEAR)


@dataclass(frozen=True, slots=True)
class Write:
    """One batch of requests to a spreadsheet, and what stood there before; `token` is its lease's."""

    id: int
    spreadsheet: str
    token: int
    state: State
    requests: Any
    before: Any
    planned: datetime


def planned(
    connection: Connection, community: str, spreadsheet: str, token: int, requests: Any, before: Any, now: datetime
) -> int:
    """Write down what is about to be sent, and what stands there now; the write's id. Both are kept as JSON."""
    values = {
        "community": community,
        "spreadsheet": spreadsheet,
        "token": token,
        "state": State.PLANNED,
        "requests": requests,
        "before": before,
        "planned": now,
    }
    result = connection.execute(insert(writes).values(**values).returning(writes.c.id))
    return int(result.scalar_one())


def sent(connection: Connection, write: int, now: datetime) -> None:
    """It is about to leave: from now on it may stand in the sheet."""
    _set(connection, write, state=State.SENT, sent=now)


def done(connection: Connection, write: int, now: datetime) -> None:
    """It stands in the sheet."""
    _set(connection, write, state=State.DONE, settled=now)


def unclear(connection: Connection, write: int, now: datetime) -> None:
    """Its answer was lost."""
    _set(connection, write, state=State.UNCLEAR, settled=now)


def dropped(connection: Connection, write: int, now: datetime) -> None:
    """It does not stand in the sheet and will not be sent."""
    _set(connection, write, state=State.DROPPED, settled=now)


def open_writes(connection: Connection, community: str) -> list[Write]:
    """The writes not known to stand or not to stand, oldest first."""
    query = select(writes).where(writes.c.community == community, writes.c.state.in_(OPEN)).order_by(writes.c.id)
    return [
        Write(row.id, row.spreadsheet, row.token, State(row.state), row.requests, row.before, row.planned)
        for row in connection.execute(query)
    ]


def _set(connection: Connection, write: int, **values: Any) -> None:
    connection.execute(update(writes).where(writes.c.id == write).values(**values))
