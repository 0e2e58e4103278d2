"""What a pass remembers for the next one: values of JSON by name."""

from typing import Any

from sqlalchemy import Connection, delete, select

from sheets_sync.store.database import put_all
from sheets_sync.store.schema import memory


def remember(connection: Connection, community: str, name: str, value: Any) -> None:
    """Keep a value, in place of what stood under its name."""
    put_all(connection, memory, [{"community": community, "name": name, "value": value}])


def recall(connection: Connection, community: str, name: str, default: Any = None) -> Any:
    """The value last kept under a name."""
    query = select(memory.c.value).where(memory.c.community == community, memory.c.name == name)
    row = connection.execute(query).one_or_none()
    return default if row is None else row.value


def forget(connection: Connection, community: str, name: str) -> None:
    """Keep nothing under a name."""
    connection.execute(delete(memory).where(memory.c.community == community, memory.c.name == name))
