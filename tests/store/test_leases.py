from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, timedelta
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sheets_sync.store import leases
from sheets_sync.store.database import Connection, Engine, moment, open_database, reading, writing
from sheets_sync.store.leases import Lease, LeaseLost
from tests.store.conftest import NOON, Clock


def taken(connection: Connection, holder: str = "a") -> Lease:
    lease = leases.acquire(connection, "c", holder, 60)
    assert lease is not None
    return lease


@pytest.mark.parametrize(
    ("seconds", "free"),
    [
        (0, False),
        (59, False),
        (60, True),
        (86_400, True),
        (-1, False),
        pytest.param(-2, True, id="the machine started anew, or its server's clock was set back: nobody waits"),
        (-86_400, True),
    ],
)
def test_a_lease_is_anothers_only_when_it_ran_out(
    connection: Connection, clock: Clock, seconds: float, free: bool
) -> None:
    taken(connection)
    clock.at(seconds)
    assert (leases.acquire(connection, "c", "b", 60) is not None) == free


def test_a_lease_let_go_is_free_at_once(connection: Connection) -> None:
    leases.release(connection, taken(connection))
    assert taken(connection, "b").token == 2


def test_letting_go_late_takes_nothing_from_the_next(connection: Connection, clock: Clock) -> None:
    first = taken(connection)
    clock.at(61)
    second = taken(connection, "b")
    leases.release(connection, first)
    leases.hold(connection, second)


def test_renewing_holds_on(connection: Connection, clock: Clock) -> None:
    lease = taken(connection)
    clock.at(50)
    lease = leases.renew(connection, lease, 60)
    assert lease.expires == NOON + timedelta(seconds=110)
    clock.at(100)
    leases.hold(connection, lease)
    assert leases.acquire(connection, "c", "b", 60) is None


def renewed(connection: Connection, lease: Lease) -> None:
    leases.renew(connection, lease, 60)


@pytest.mark.parametrize("act", [leases.hold, renewed])
@pytest.mark.parametrize("lost", ["ran out", "taken over", "never was"])
def test_who_lost_the_lease_is_told(
    connection: Connection, clock: Clock, act: Callable[[Connection, Lease], object], lost: str
) -> None:
    later = NOON + timedelta(seconds=60)
    lease = Lease("elsewhere", "a", 1, later) if lost == "never was" else taken(connection)
    clock.at(61)
    if lost == "taken over":
        taken(connection, "b")
    with pytest.raises(LeaseLost) as caught:
        act(connection, lease)
    assert "סבב אחר" in caught.value.he


def test_communities_do_not_wait_for_each_other(connection: Connection) -> None:
    taken(connection)
    assert leases.acquire(connection, "other", "b", 60) is not None


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(st.tuples(st.sampled_from("abc"), st.integers(-90, 90) | st.integers(-90_000, 90_000), st.booleans())))
def test_tokens_only_rise_and_one_holder_at_most_may_write(
    engine: Engine, clock: Clock, moves: list[tuple[str, int, bool]]
) -> None:
    """However the clock jumps and whoever comes: of all the leases ever given, only the last may hold."""
    given_out = list[Lease]()
    clock.at(0)
    community = uuid4().hex
    with writing(engine) as connection:
        for holder, step, let_go in moves:
            clock.now += timedelta(seconds=step)
            lease = leases.acquire(connection, community, holder, 60)
            if lease is None:
                continue
            given_out.append(lease)
            for old in given_out[:-1]:
                with pytest.raises(LeaseLost):
                    leases.hold(connection, old)
            leases.hold(connection, lease)
            if let_go:
                leases.release(connection, lease)
    tokens = [lease.token for lease in given_out]
    assert tokens == sorted(set(tokens))


def test_one_of_many_takes_it_at_the_same_moment(engine: Engine) -> None:
    """Eight at once, round after round, each with a connection of its own: one gets it, and its token is the next."""
    patient = open_database(engine.url.render_as_string(hide_password=False), busy_seconds=30)

    def come(holder: str) -> Lease | None:
        with writing(patient) as connection:
            return leases.acquire(connection, "c", holder, 60)

    with ThreadPoolExecutor(8) as pool:
        for token in range(1, 6):
            [lease] = filter(None, pool.map(come, map(str, range(8))))
            assert lease.token == token
            with writing(patient) as connection:
                leases.release(connection, lease)
    patient.dispose()


def test_the_databases_own_clock_goes_on_and_is_one_for_all(engine: Engine) -> None:
    """Two connections of two engines, as two processes have: neither is ever behind what the other saw before."""
    engines = [open_database(engine.url.render_as_string(hide_password=False)) for _ in "12"]
    seen = []
    for turn in range(6):
        with reading(engines[turn % 2]) as connection:
            seen.append(moment(connection))
    assert seen == sorted(set(seen))
    assert all(one.tzinfo is UTC for one in seen)
    for one in engines:
        one.dispose()
