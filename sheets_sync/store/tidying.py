"""What is forgotten in time: the database is a memory of what goes on, not an archive of what people wrote."""

from datetime import datetime, timedelta

from sqlalchemy import Connection, Table, delete

from sheets_sync.store import inbox
from sheets_sync.store.schema import outbox, passes, writes

KEPT = {writes: timedelta(days=31), outbox: timedelta(days=92), passes: timedelta(days=92)}
"""For how long after they were settled writes (with the cells they wrote), messages and passes are remembered."""

ENDED = {writes: "settled", outbox: "settled", passes: "finished"}


def tidy(connection: Connection, community: str, now: datetime) -> None:
    """Forget what is over and old; what is open is kept however old it is."""
    inbox.forget(connection, community, now)
    for table in KEPT:
        _forget(connection, table, community, now)


def _forget(connection: Connection, table: Table, community: str, now: datetime) -> None:
    ended = table.c[ENDED[table]]
    old = (table.c.community == community, ended.is_not(None), ended < now - KEPT[table])
    connection.execute(delete(table).where(*old))
