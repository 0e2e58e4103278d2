from datetime import UTC, datetime, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sheets_sync.store import memory, passes
from sheets_sync.store.database import Connection, Engine, writing

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
json = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**63), 2**63 - 1)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)


def test_the_last_pass_is_the_last_that_came_to_its_end(connection: Connection) -> None:
    assert passes.last(connection, "c") is None
    done = passes.begin(connection, "c", NOON, "clock")
    passes.finish(connection, done, NOON + timedelta(seconds=2), 3, {"problems": 4})
    killed = passes.begin(connection, "c", NOON + timedelta(minutes=1))
    passes.begin(connection, "elsewhere", NOON + timedelta(minutes=2))
    last, newest = passes.last(connection, "c"), passes.last(connection, "c", finished=False)
    assert last is not None
    assert (last.id, last.reason, last.calls, last.counts) == (done, "clock", 3, {"problems": 4})
    assert last.finished == NOON + timedelta(seconds=2)
    assert newest is not None
    assert (newest.id, newest.finished) == (killed, None)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(json, json)
def test_what_is_remembered_last_is_recalled(engine: Engine, first: object, second: object) -> None:
    with writing(engine) as connection:
        for value in (first, second):
            memory.remember(connection, "c", "name", value)
            assert memory.recall(connection, "c", "name", "default") == value
        assert memory.recall(connection, "elsewhere", "name", "default") == "default"
        memory.forget(connection, "c", "name")
        assert memory.recall(connection, "c", "name", "default") == "default"
