"""The calls to Google of the last minutes, and those that wait for their turn: what all workers count together.

Time is the database's (`database.moment`), one for all processes, and no time of day where the database is SQLite.
"""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from sqlalchemy import Connection, and_, delete, insert, select, text, update

from sheets_sync.google.kind import Kind
from sheets_sync.store.database import moment
from sheets_sync.store.schema import calls

KEPT = timedelta(minutes=5)


class State(StrEnum):
    """WAITING for its turn (heard of last at its time), GIVEN its turn, or a PAUSE that closes the gate for all."""

    WAITING = "waiting"
    GIVEN = "given"
    PAUSE = "pause"


@dataclass(frozen=True, slots=True)
class Caller:
    """Who calls: a community's worker, by a service account of a Google project."""

    community: str
    account: str
    project: str


@dataclass(frozen=True, slots=True)
class Call:
    """A call or a pause; `age` is in seconds, `seconds` how long a pause lasts."""

    id: int
    community: str
    account: str
    state: State
    urgent: bool
    age: float
    seconds: float = 0.0


def of_project(connection: Connection, project: str, kind: Kind) -> list[Call]:
    """The project's calls of the last minutes, oldest first; until this transaction ends nobody else asks."""
    _alone(connection)
    now = moment(connection)
    same = and_(calls.c.project == project, calls.c.kind == kind)
    connection.execute(delete(calls).where(calls.c.project == project, calls.c.at < now - KEPT))
    # From before the machine was started anew, or the database server's clock set back: they count from now.
    connection.execute(update(calls).where(same, calls.c.at > now).values(at=now))
    found = connection.execute(select(calls).where(same).order_by(calls.c.id))
    return [
        Call(
            row.id,
            row.community,
            row.account,
            State(row.state),
            row.urgent,
            (now - row.at).total_seconds(),
            row.seconds,
        )
        for row in found
    ]


def ask(connection: Connection, caller: Caller, kind: Kind, *, urgent: bool) -> Call:
    """Stand in line."""
    return _put(connection, caller, kind, State.WAITING, urgent=urgent)


def pause(connection: Connection, caller: Caller, kind: Kind, seconds: float) -> None:
    """Close the gate of a project for all its workers."""
    _put(connection, caller, kind, State.PAUSE, seconds=seconds)


def stand(connection: Connection, call: int, state: State) -> None:
    """Go on waiting, or go: its time is now."""
    connection.execute(update(calls).where(calls.c.id == call).values(state=state, at=moment(connection)))


def leave(connection: Connection, call: int) -> None:
    """Wait no longer."""
    connection.execute(delete(calls).where(calls.c.id == call))


def _put(
    connection: Connection, caller: Caller, kind: Kind, state: State, *, urgent: bool = False, seconds: float = 0.0
) -> Call:
    values = {
        "community": caller.community,
        "account": caller.account,
        "project": caller.project,
        "kind": kind,
        "state": state,
        "urgent": urgent,
        "at": moment(connection),
        "seconds": seconds,
    }
    number = int(connection.execute(insert(calls).values(**values).returning(calls.c.id)).scalar_one())
    return Call(number, caller.community, caller.account, state, urgent, 0.0, seconds)


def _alone(connection: Connection) -> None:
    """Let no other process count until this transaction ends; SQLite's writers are alone by themselves."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("LOCK TABLE calls IN EXCLUSIVE MODE"))
