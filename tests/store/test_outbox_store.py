from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from sheets_sync.notify.message import Message
from sheets_sync.store import outbox, schema
from sheets_sync.store.database import Connection
from sheets_sync.store.outbox import Claimed, State

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
MESSAGE = Message("c", "fact", "mail", "dana@example.org", "נושא", "גוף", "<p>גוף</p>")


def after(seconds: float) -> datetime:
    return NOON + timedelta(seconds=seconds)


def claim(connection: Connection, now: datetime, **limits: str | tuple[str, ...]) -> Claimed:
    claimed = outbox.claim(connection, now, 60, **limits)  # type: ignore[arg-type]
    assert claimed is not None
    return claimed


def test_the_same_fact_is_put_once_whatever_became_of_it(connection: Connection) -> None:
    assert outbox.put(connection, MESSAGE, NOON)
    assert not outbox.put(connection, replace(MESSAGE, text="אחר"), NOON)
    claimed = claim(connection, NOON)
    assert claimed.message == MESSAGE
    outbox.sent(connection, claimed, NOON)
    assert not outbox.put(connection, MESSAGE, after(86_400 * 400))
    assert outbox.put(connection, replace(MESSAGE, community="elsewhere"), NOON)
    assert outbox.counts(connection, "c") == {State.WAITING: 0, State.CLAIMED: 0, State.SENT: 1, State.FAILED: 0}


@pytest.mark.parametrize("settled", ["sent", "refused"])
def test_the_words_are_erased_when_it_is_settled(connection: Connection, settled: str) -> None:
    outbox.put(connection, MESSAGE, NOON)
    claimed = claim(connection, NOON)
    if settled == "sent":
        outbox.sent(connection, claimed, NOON)
    else:
        outbox.failed(connection, claimed, NOON, "550", permanent=True)
    row = connection.execute(select(schema.outbox)).one()
    assert (row.subject, row.text, row.html, row.recipient) == ("", "", "", "dana@example.org")
    assert outbox.claim(connection, after(86_400), 60) is None


def test_what_is_claimed_is_due_again_when_its_sender_was_killed(connection: Connection) -> None:
    outbox.put(connection, MESSAGE, NOON)
    first = claim(connection, NOON)
    assert outbox.claim(connection, after(59), 60) is None
    second = claim(connection, after(60))
    assert (second.tries, second.message.id) == (2, first.message.id)


def test_a_sender_that_was_too_late_cannot_bring_back_what_is_settled(connection: Connection) -> None:
    outbox.put(connection, MESSAGE, NOON)
    late = claim(connection, NOON)
    outbox.sent(connection, claim(connection, after(61)), after(62))
    outbox.failed(connection, late, after(63), "time-out", permanent=False)
    assert outbox.claim(connection, after(86_400), 60) is None
    assert outbox.counts(connection)[State.SENT] == 1


def test_tries_come_further_and_further_apart(connection: Connection) -> None:
    outbox.put(connection, MESSAGE, NOON)
    now, waits = NOON, list[float]()
    for _ in range(8):
        outbox.failed(connection, claim(connection, now), now, "450", permanent=False)
        due = connection.execute(select(schema.outbox.c.next_try)).scalar_one()
        assert outbox.claim(connection, due - timedelta(seconds=1), 60) is None
        waits.append((due - now).total_seconds() / 60)
        now = due
    assert waits == [1, 2, 4, 8, 16, 30, 30, 30]


def test_the_longest_due_goes_first_and_some_can_be_left_out(connection: Connection) -> None:
    outbox.put(connection, replace(MESSAGE, key="2", channel="chat"), after(1))
    outbox.put(connection, replace(MESSAGE, key="1", community="d"), NOON)
    outbox.put(connection, replace(MESSAGE, key="3"), after(2))
    assert claim(connection, after(9), community="c", without=("chat",)).message.key == "3"
    assert [claim(connection, after(9)).message.key for _ in "12"] == ["1", "2"]
