"""The rows that are being typed, kept in the database from pass to pass."""

import msgspec

from sheets_sync.grace import Memory, Seen
from sheets_sync.store import memory
from sheets_sync.store.database import Connection, reading
from sheets_sync.wiring import Service

TYPED = "typed_rows"
"""The name under which they are remembered."""


def recall_typed(service: Service) -> Memory:
    """The unfinished rows that earlier passes saw, by tab."""
    with reading(service.engine) as connection:
        return msgspec.convert(memory.recall(connection, service.community, TYPED, {}), dict[str, Seen])


def remember_typed(connection: Connection, community: str, before: Memory, now: Memory) -> None:
    """Keep what the pass saw, where it differs."""
    if before != now:
        memory.remember(connection, community, TYPED, {tab: _plain(seen) for tab, seen in now.items()})


def _plain(seen: Seen) -> object:
    """In an order that does not change by itself."""
    plain = msgspec.to_builtins(seen)
    return {**plain, "old_rows": sorted(seen.old_rows), "old_keys": sorted(seen.old_keys)}
