from datetime import UTC, datetime

import pytest

from sheets_sync.store import journal
from sheets_sync.store.database import Connection
from sheets_sync.store.journal import State

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
REQUESTS = [{"updateCells": {"rows": [{"values": [{"note": "חסר תאריך"}]}]}}]


def plan(connection: Connection, spreadsheet: str = "sheet", community: str = "c") -> int:
    return journal.planned(connection, community, spreadsheet, 7, REQUESTS, {"0": [None, 1.5, "א"]}, NOON)


@pytest.mark.parametrize(
    ("steps", "state"),
    [
        ("", State.PLANNED),
        ("sent", State.SENT),
        ("sent unclear", State.UNCLEAR),
        ("sent done", None),
        ("sent unclear done", None),
        ("sent unclear dropped", None),
        ("dropped", None),
    ],
)
def test_a_write_is_open_until_it_is_known_how_it_stands(
    connection: Connection, steps: str, state: State | None
) -> None:
    write = plan(connection)
    for step in steps.split():
        getattr(journal, step)(connection, write, NOON)
    assert [one.state for one in journal.open_writes(connection, "c")] == ([state] if state else [])


def test_what_was_meant_and_what_stood_there_come_back_as_they_were(connection: Connection) -> None:
    plan(connection)
    [write] = journal.open_writes(connection, "c")
    assert (write.spreadsheet, write.token, write.planned) == ("sheet", 7, NOON)
    assert (write.requests, write.before) == (REQUESTS, {"0": [None, 1.5, "א"]})


def test_open_writes_come_in_their_order_and_of_one_community(connection: Connection) -> None:
    for spreadsheet, community in [("b", "c"), ("x", "elsewhere"), ("a", "c")]:
        plan(connection, spreadsheet, community)
    assert [write.spreadsheet for write in journal.open_writes(connection, "c")] == ["b", "a"]
