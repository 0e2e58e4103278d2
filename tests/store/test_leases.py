from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sheets_sync.store import leases
from sheets_sync.store.database import Connection, Engine, writing
from sheets_sync.store.leases import Lease, LeaseLost

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


def after(seconds: float) -> datetime:
    return NOON + timedelta(seconds=seconds)


def taken(connection: Connection, now: datetime, holder: str = "a") -> Lease:
    lease = leases.acquire(connection, "c", holder, now, 60)
    assert lease is not None
    return lease


@pytest.mark.parametrize(
    ("seconds", "free"),
    [
        (0, False),
        (59, False),
        (60, True),
        (86_400, True),
        (-60, False),
        pytest.param(-61, True, id="the clock was set back: nobody waits for yesterday's noon"),
        (-86_400, True),
    ],
)
def test_a_lease_is_anothers_only_when_it_ran_out(connection: Connection, seconds: float, free: bool) -> None:
    taken(connection, NOON)
    assert (leases.acquire(connection, "c", "b", after(seconds), 60) is not None) == free


def test_a_lease_let_go_is_free_at_once(connection: Connection) -> None:
    leases.release(connection, taken(connection, NOON), after(1))
    assert taken(connection, after(1), "b").token == 2


def test_letting_go_late_takes_nothing_from_the_next(connection: Connection) -> None:
    first = taken(connection, NOON)
    second = taken(connection, after(61), "b")
    leases.release(connection, first, after(62))
    leases.hold(connection, second, after(62))


def test_renewing_holds_on(connection: Connection) -> None:
    lease = leases.renew(connection, taken(connection, NOON), after(50), 60)
    assert lease.expires == after(110)
    leases.hold(connection, lease, after(100))
    assert leases.acquire(connection, "c", "b", after(100), 60) is None


def renewed(connection: Connection, lease: Lease, now: datetime) -> None:
    leases.renew(connection, lease, now, 60)


@pytest.mark.parametrize("act", [leases.hold, renewed])
@pytest.mark.parametrize("lost", ["ran out", "taken over", "never was"])
def test_who_lost_the_lease_is_told(
    connection: Connection, act: Callable[[Connection, Lease, datetime], None], lost: str
) -> None:
    lease = Lease("elsewhere", "a", 1, after(60)) if lost == "never was" else taken(connection, NOON)
    if lost == "taken over":
        taken(connection, after(61), "b")
    with pytest.raises(LeaseLost) as caught:
        act(connection, lease, after(61))
    assert "סבב אחר" in caught.value.he


def test_communities_do_not_wait_for_each_other(connection: Connection) -> None:
    taken(connection, NOON)
    assert leases.acquire(connection, "other", "b", NOON, 60) is not None


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(st.tuples(st.sampled_from("abc"), st.integers(-90, 90), st.booleans())))
def test_tokens_only_rise_and_one_holder_at_most_may_write(engine: Engine, moves: list[tuple[str, int, bool]]) -> None:
    """Whatever holders come at whatever times: of all the leases ever given, only the last may hold."""
    now, given_out = NOON, list[Lease]()
    with writing(engine) as connection:
        for holder, step, let_go in moves:
            now += timedelta(seconds=step)
            lease = leases.acquire(connection, "c", holder, now, 60)
            if lease is None:
                continue
            given_out.append(lease)
            for old in given_out[:-1]:
                with pytest.raises(LeaseLost):
                    leases.hold(connection, old, now)
            leases.hold(connection, lease, now)
            if let_go:
                leases.release(connection, lease, now)
    tokens = [lease.token for lease in given_out]
    assert tokens == sorted(set(tokens))
