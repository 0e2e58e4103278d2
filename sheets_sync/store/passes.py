"""The passes that ran: when, why, with how many calls, and what they counted."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert, select, update

from sheets_sync.store.schema import passes


@dataclass(frozen=True, slots=True)
class Pass:
    """One pass; `finished` is None while it runs and for ever if it was killed."""

    id: int
    reason: str
    started: datetime
    finished: datetime | None
    calls: int
    counts: Mapping[str, Any]


def begin(connection: Connection, community: str, started: datetime, reason: str = "") -> int:
    """Write down that a pass began; its id."""
    values = {"community": community, "reason": reason, "started": started, "calls": 0, "counts": {}}
    return int(connection.execute(insert(passes).values(**values).returning(passes.c.id)).scalar_one())


def finish(connection: Connection, pass_id: int, finished: datetime, calls: int, counts: Mapping[str, Any]) -> None:
    """Write down how it ended: calls to Google, and counts by name."""
    values = {"finished": finished, "calls": calls, "counts": dict(counts)}
    connection.execute(update(passes).where(passes.c.id == pass_id).values(**values))


def last(connection: Connection, community: str, *, finished: bool = True) -> Pass | None:
    """The newest pass, by default among those that came to their end."""
    query = select(passes).where(passes.c.community == community).order_by(passes.c.id.desc()).limit(1)
    row = connection.execute(query.where(passes.c.finished.is_not(None)) if finished else query).one_or_none()
    return None if row is None else Pass(row.id, row.reason, row.started, row.finished, row.calls, row.counts)
