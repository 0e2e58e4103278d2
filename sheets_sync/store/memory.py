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


def recall_all(connection: Connection, community: str, beginning: str) -> dict[str, Any]:
    """The values kept under names that begin so, by name."""
    names = memory.c.name.startswith(beginning, autoescape=True)
    query = select(memory.c.name, memory.c.value).where(memory.c.community == community, names)
    return {row.name: row.value for row in connection.execute(query)}


def forget(connection: Connection, community: str, *names: str) -> None:
    """Keep nothing under these names."""
    connection.execute(delete(memory).where(memory.c.community == community, memory.c.name.in_(names)))
