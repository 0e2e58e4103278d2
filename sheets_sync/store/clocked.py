"""What the clock looks at every second, for all communities of a database at once."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, func, select

from sheets_sync.store.schema import inbox, memory, outbox

WAITING = ("waiting", "claimed")


def named(connection: Connection, name: str) -> dict[str, Any]:
    """What is remembered under a name, by community."""
    query = select(memory.c.community, memory.c.value).where(memory.c.name == name)
    return {row.community: row.value for row in connection.execute(query)}


def newest_answers(connection: Connection) -> dict[str, int]:
    """The number of the newest form answer that waits, by community."""
    query = select(inbox.c.community, func.max(inbox.c.id)).where(inbox.c.state.in_(WAITING))
    return {community: int(number) for community, number in connection.execute(query.group_by(inbox.c.community))}


def with_messages(connection: Connection, now: datetime) -> set[str]:
    """The communities that have a message to send whose time has come."""
    query = select(outbox.c.community).where(outbox.c.state.in_(WAITING), outbox.c.next_try <= now).distinct()
    return set(connection.execute(query).scalars())
