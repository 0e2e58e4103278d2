"""What the day's writes leave to be told in the tab `summary`, kept in the database until the day is over."""

from collections.abc import Mapping
from datetime import datetime

import msgspec

from sheets_sync.mending import Mended
from sheets_sync.store import memory
from sheets_sync.store.database import Connection
from sheets_sync.summary import Writes

WRITES = "writes"
"""The name under which it is remembered, with its day."""
MOST = 20
"""Cells and tabs of a day that are told one by one."""


def recall_writes(connection: Connection, community: str, today: datetime) -> Writes:
    """What the day's earlier passes left."""
    days = memory.recall(connection, community, WRITES, {})
    return msgspec.convert(days.get(today.date().isoformat(), {}), Writes)


def remember_writes(connection: Connection, community: str, now: datetime, mended: Mapping[str, Mended]) -> None:
    """Add what a pass's writes leave, by the spreadsheet's name; nothing is kept where there is nothing to tell."""
    before = recall_writes(connection, community, now)
    after = _joined(before, mended)
    if after != before:
        memory.remember(connection, community, WRITES, {now.date().isoformat(): msgspec.to_builtins(after)})


def _joined(before: Writes, mended: Mapping[str, Mended]) -> Writes:
    struck = dict.fromkeys([*before.struck, *(place for one in mended.values() for place in one.left)])
    left_out = dict.fromkeys([*before.left_out, *(title for one in mended.values() for title in one.left_out)])
    return Writes(tuple(struck)[:MOST], tuple(left_out)[:MOST])
