"""What a day's passes leave to be told in the tab `summary`, kept in the database until it was told."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta

import msgspec

from sheets_sync.account import Account
from sheets_sync.store import memory
from sheets_sync.store.database import Connection
from sheets_sync.tabs.summary import Writes

WRITES = "writes"
"""The name under which it is remembered, with its day."""
DAY = timedelta(days=1)
MOST = 20
"""Cells and tabs of a day that are told one by one."""


def recall_writes(connection: Connection, community: str, today: datetime) -> Writes:
    """What the day's earlier passes left, with what the day before found too large for one read.

    Of a size it is told a day later, with the page's date: told at once, it would make a write more, and its echo.
    """
    days = _days(connection, community)
    return replace(_of(days, today), large=_of(days, today - DAY).large)


def remember_writes(connection: Connection, community: str, now: datetime, account: Account) -> None:
    """Add what a pass leaves; nothing is kept where there is nothing to tell."""
    days = _days(connection, community)
    before, earlier = _of(days, now), _of(days, now - DAY)
    after = _joined(before, account)
    if after != before:
        kept = {_name(now): after, **({_name(now - DAY): earlier} if earlier != Writes() else {})}
        memory.remember(connection, community, WRITES, msgspec.to_builtins(kept))


def _days(connection: Connection, community: str) -> dict[str, Writes]:
    return msgspec.convert(memory.recall(connection, community, WRITES, {}), dict[str, Writes])


def _of(days: Mapping[str, Writes], day: datetime) -> Writes:
    return days.get(_name(day), Writes())


def _name(day: datetime) -> str:
    return day.date().isoformat()


def _joined(before: Writes, account: Account) -> Writes:
    mended = account.mended.values()
    struck = dict.fromkeys([*before.struck, *(place for one in mended for place in one.left)])
    left_out = dict.fromkeys([*before.left_out, *(title for one in mended for title in one.left_out)])
    large = dict.fromkeys([*before.large, *(one.settings.name for one in account.divided)])
    return Writes(tuple(struck)[:MOST], tuple(left_out)[:MOST], tuple(large))
