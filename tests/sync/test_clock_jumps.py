"""The time of day jumps by minutes or by a day: no storm of alerts, nothing lost, and no second pass beside one."""

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from sheets_sync.errors import LeaseHeld
from sheets_sync.leasing import leased
from sheets_sync.pass_ import run_pass
from sheets_sync.store.database import open_database, reading
from sheets_sync.store.schema import outbox
from sheets_sync.wiring import Service
from tests.faults import fresh_random, runs
from tests.village import Village
from tests.world import World

pytestmark = pytest.mark.slow

JUMPS = [timedelta(minutes=10), timedelta(minutes=-10), timedelta(days=1), timedelta(days=-1)]


def messages(village: Village) -> int:
    with reading(village.service.engine) as connection:
        found: int = connection.execute(select(func.count()).select_from(outbox)).scalar_one()
    return found


@pytest.mark.parametrize("run", runs(20))
def test_a_jump_there_and_back(tmp_path: Path, run: int) -> None:
    """Leases go by the machine's monotonic clock, as they do at work."""
    random, world = fresh_random(), World(tmp_path)
    jump = JUMPS[(run + random.randrange(4)) % 4]
    memory = open_database(world.settings.database.url)
    village = Village(world, Service(world.settings, world.service.gateway, memory, lambda: world.now))
    for _ in range(random.randint(1, 4)):
        village.news()
    village.settle()
    for way in (jump, -jump):
        before = messages(village)
        with leased(village.service):
            world.now += way
            with pytest.raises(LeaseHeld):
                run_pass(village.service)
        village.settle()
        assert messages(village) == before
        village.news()
        village.settle()
        assert messages(village) == before + 1
    village.check()
    memory.dispose()
    world.close()
