"""Who was told what, kept in the database from pass to pass."""

import msgspec

from sheets_sync.store import memory
from sheets_sync.store.database import Connection, reading
from sheets_sync.telling.digest import Memory
from sheets_sync.wiring import Service

DIGESTS = "digests"
"""The name under which it is remembered."""


def recall_digests(service: Service) -> Memory:
    """What earlier passes remembered; moments in the community's zone."""
    with reading(service.engine) as connection:
        return msgspec.convert(memory.recall(connection, service.community, DIGESTS, {}), Memory)


def remember_digests(connection: Connection, community: str, before: Memory, now: Memory) -> None:
    """Keep what the pass leaves, where it differs."""
    if before != now:
        plain = msgspec.to_builtins(now)
        kept = {"hushed": sorted(now.hushed), "heard": {state: sorted(who) for state, who in now.heard.items()}}
        memory.remember(connection, community, DIGESTS, {**plain, **kept})
