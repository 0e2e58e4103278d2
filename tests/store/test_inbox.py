from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from sheets_sync.store import inbox, schema
from sheets_sync.store.arrivals import Arrival, Taken, take_all
from sheets_sync.store.database import Connection, Engine, writing
from sheets_sync.store.inbox import State

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


def after(seconds: float) -> datetime:
    return NOON + timedelta(seconds=seconds)


def take(connection: Connection, message_id: str = "1", body: bytes = b"{}", form: str = "classes") -> Taken:
    return inbox.take(connection, "c", form, message_id, body, NOON)


def test_an_id_is_taken_once_a_form(connection: Connection) -> None:
    comings = [("1", b"a", "x"), ("1", b"a", "x"), ("1", b"b", "x"), ("1", b"b", "y"), ("2", b"a", "x")]
    found = [take(connection, *coming) for coming in comings]
    assert found == [Taken.NEW, Taken.SAME, Taken.OTHER_BODY, Taken.NEW, Taken.NEW]
    assert inbox.conflicts(connection, "c") == {"x": 1}
    assert [answer.body for answer in inbox.waiting(connection, "c", NOON)] == [b"a", b"b", b"a"]


def test_an_answer_goes_its_way(connection: Connection) -> None:
    take(connection)
    [answer] = inbox.claim(connection, "c", NOON, 60)
    assert inbox.waiting(connection, "c", after(59)) == []
    assert [again.tries for again in inbox.claim(connection, "c", after(60), 60)] == [1]
    inbox.placed(connection, answer.row, "metadata 17", after(61))
    assert inbox.waiting(connection, "c", after(999)) == []
    assert inbox.counts(connection, "c") == {
        State.WAITING: 0,
        State.CLAIMED: 0,
        State.PLACED: 1,
        State.LEFT: 0,
        State.DISCARDED: 0,
    }


def test_who_is_alone_takes_what_another_had_claimed(connection: Connection) -> None:
    take(connection)
    inbox.claim(connection, "c", NOON, 60)
    assert inbox.claim(connection, "c", after(1), 60) == []
    assert [again.tries for again in inbox.claim(connection, "c", after(1), 60, alone=True)] == [1]


def test_what_a_resident_wrote_is_erased_when_it_stands_in_the_sheet_and_still_recognised(
    connection: Connection,
) -> None:
    take(connection, body=b"secret")
    inbox.placed(connection, inbox.waiting(connection, "c", NOON)[0].row, "17", NOON)
    assert connection.execute(select(schema.inbox.c.body)).scalar_one() is None
    assert (take(connection, body=b"secret"), take(connection, body=b"other")) == (Taken.SAME, Taken.OTHER_BODY)


def test_what_cannot_be_placed_is_kept_for_a_person(connection: Connection) -> None:
    take(connection, body=b"as it came")
    [answer] = inbox.claim(connection, "c", NOON, 60)
    inbox.left(connection, answer.row, "no such class", after(1))
    assert inbox.waiting(connection, "c", after(999)) == []
    [kept] = inbox.left_over(connection, "c")
    assert (kept.body, kept.reason) == (b"as it came", "no such class")


def test_claims_given_back_wait_again_but_not_what_was_placed(connection: Connection) -> None:
    for number in "12":
        take(connection, number)
    first, second = inbox.claim(connection, "c", NOON, 60)
    inbox.placed(connection, first.row, "17", NOON)
    inbox.unclaim(connection, [first.row, second.row])
    assert [answer.message_id for answer in inbox.waiting(connection, "c", NOON)] == ["2"]


@pytest.mark.parametrize(
    ("days", "state", "known"),
    [(31, "placed", True), (32, "placed", False), (400, "left", True), (400, "waiting", True)],
)
def test_ids_are_forgotten_a_month_after_they_came(connection: Connection, days: int, state: str, known: bool) -> None:
    take(connection)
    row = inbox.waiting(connection, "c", NOON)[0].row
    if state == "placed":
        inbox.placed(connection, row, "17", NOON)
    elif state == "left":
        inbox.left(connection, row, "reason", NOON)
    assert inbox.forget(connection, "c", NOON + timedelta(days=days)) == (not known)
    assert (take(connection) is Taken.SAME) == known


def test_one_batch_may_hold_anything(connection: Connection) -> None:
    """Known ids, doubled ones and new ones side by side; each is judged in its turn."""
    take(connection, "known", b"a")
    batch = [("known", b"a"), ("1", b"a"), ("1", b"a"), ("known", b"b"), ("1", b"b"), ("2", b"b")]
    arrivals = [Arrival("c", "classes", message_id, body, NOON) for message_id, body in batch]
    new, same, other = Taken.NEW, Taken.SAME, Taken.OTHER_BODY
    assert take_all(connection, arrivals) == [same, new, same, other, other, new]
    assert [(a.message_id, a.body) for a in inbox.waiting(connection, "c", NOON)] == [
        ("known", b"a"),
        ("1", b"a"),
        ("2", b"b"),
    ]
    assert inbox.conflicts(connection, "c") == {"classes": 2}


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    st.lists(st.sampled_from(["a", "b"]).flatmap(lambda i: st.tuples(st.just(i), st.sampled_from([b"1", b"2"])))),
)
def test_the_first_body_of_an_id_is_the_one_that_is_kept(engine: Engine, comings: list[tuple[str, bytes]]) -> None:
    community, first = uuid4().hex, dict[str, bytes]()
    for message_id, body in comings:
        first.setdefault(message_id, body)
    with writing(engine) as connection:
        for message_id, body in comings:
            inbox.take(connection, community, "f", message_id, body, NOON)
        kept = {answer.message_id: answer.body for answer in inbox.waiting(connection, community, NOON)}
    assert kept == first
