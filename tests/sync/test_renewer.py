"""The lease of a pass at work, while its database is away for less than the lease, for more, or for good."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from sheets_sync import leasing
from sheets_sync.leasing import leased
from sheets_sync.store import leases
from sheets_sync.store.database import writing
from sheets_sync.store.leases import LeaseLost
from sheets_sync.wiring import Service, open_service
from tests.postgres import Server
from tests.world import World

pytestmark = pytest.mark.slow


@pytest.fixture
def server() -> Iterator[Server]:
    server = Server().begin()
    yield server
    server.end()


@pytest.fixture
def service(tmp_path: Path, server: Server, monkeypatch: pytest.MonkeyPatch) -> Iterator[Service]:
    """A service by the database's own clock, whose leases are a quarter as long as at work."""
    for name, seconds in (("LEASE_SECONDS", 6.0), ("RENEW_SECONDS", 2.0), ("AGAIN_SECONDS", 0.1)):
        monkeypatch.setattr(leasing, name, seconds)
    world = World(tmp_path, {"main": ()}, database=server.new())
    service = open_service(world.settings)
    yield service
    service.engine.dispose()
    world.close()


def test_it_is_held_through_a_short_absence(service: Service, server: Server) -> None:
    with leased(service) as lease:
        server.stop()
        time.sleep(1.2)
        server.start()
        time.sleep(6)
        with writing(service.engine) as connection:
            leases.hold(connection, lease)


def test_it_is_lost_by_a_long_absence_and_the_next_gets_it(service: Service, server: Server) -> None:
    with leased(service) as lease:
        server.stop()
        time.sleep(6.2)
        server.start()
        with pytest.raises(LeaseLost), writing(service.engine) as connection:
            leases.hold(connection, lease)
        with leased(service) as following:
            assert following.token == lease.token + 1


def test_a_pass_that_ends_while_it_is_away_ends_in_its_own_words(service: Service, server: Server) -> None:
    """Letting go fails then, and must not hide why the pass ended; the lease runs out by itself."""

    def work() -> None:
        with leased(service):
            server.stop()
            raise KeyError("why")

    with pytest.raises(KeyError, match="why"):
        work()
    server.start()
    time.sleep(6.2)
    with leased(service):
        pass
