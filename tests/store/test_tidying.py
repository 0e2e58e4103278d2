from datetime import datetime, timedelta

import pytest
from sqlalchemy import func, select

from sheets_sync.notify.message import Message
from sheets_sync.store import inbox, journal, outbox, passes, schema
from sheets_sync.store.database import Connection
from sheets_sync.store.tidying import tidy
from tests.store.conftest import NOON


def fill(connection: Connection, community: str, came: datetime, *, ended: bool) -> None:
    """An answer, a message, a write and a pass, each brought to its end or left open."""
    inbox.take(connection, community, "classes", "1", b"{}", came)
    outbox.put(connection, Message(community, "fact", "mail", "dana@example.org", "נושא", "גוף", ""), came)
    write = journal.planned(connection, community, "sheet", 1, [], [], came)
    number = passes.begin(connection, community, came)
    if ended:
        [answer] = inbox.claim(connection, community, came, 60)
        inbox.placed(connection, answer.row, "17", came)
        claimed = outbox.claim(connection, came, 60, community)
        assert claimed is not None
        outbox.sent(connection, claimed, came)
        journal.done(connection, write, came)
        passes.finish(connection, number, came, 1, {})


def left(connection: Connection, community: str) -> set[str]:
    tables = (schema.inbox, schema.outbox, schema.writes, schema.passes)
    query = select(func.count())
    counts = {
        table.name: connection.execute(query.select_from(table).where(table.c.community == community)).scalar_one()
        for table in tables
    }
    return {name for name, number in counts.items() if number}


@pytest.mark.parametrize(
    ("days", "kept"),
    [
        (30, {"inbox", "outbox", "writes", "passes"}),
        (32, {"outbox", "passes"}),
        (91, {"outbox", "passes"}),
        (93, set()),
    ],
)
def test_what_is_over_is_forgotten_in_its_time(connection: Connection, days: int, kept: set[str]) -> None:
    for community in ("c", "elsewhere"):
        fill(connection, community, NOON - timedelta(days=days), ended=True)
    tidy(connection, "c", NOON)
    assert left(connection, "c") == kept
    assert left(connection, "elsewhere") == {"inbox", "outbox", "writes", "passes"}


def test_what_is_open_is_kept_however_old(connection: Connection) -> None:
    fill(connection, "c", NOON - timedelta(days=900), ended=False)
    tidy(connection, "c", NOON)
    assert left(connection, "c") == {"inbox", "outbox", "writes", "passes"}
