"""Pushes that never come, a Google that was away, a service that was killed: all is caught up with in its time."""

import os
import signal
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Any

import msgspec
import pytest

from sheets_sync.clock.channel_memory import channels
from sheets_sync.config import Web
from sheets_sync.store.database import reading
from tests.cli.processes import Running, wait_for
from tests.cli.test_serve import free_port, is_healthy, names, serve, settings, started
from tests.faults import fresh_random, ran, runs
from tests.sync.test_databases import answer
from tests.sync.test_feed import Bench
from tests.village import Village
from tests.webhooks.wire import Request, send
from tests.world import SPECS, World

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]

SWEPT, CAUGHT_UP, RESUMED = 300, 300, 30
"""Seconds: until a change is marked that no push told of, until all stands after Google recovers, until a service that
was killed has gone on.
"""

AWAY: list[dict[str, Any]] = [
    {"do": "status", "code": 503},
    {"do": "html"},
    {"do": "hang"},
    {"do": "status", "code": 429},
]


@pytest.fixture
def bench(world: World) -> Iterator[Bench]:
    """Pushes are asked for, and go to an address where nobody listens."""
    world.settings = msgspec.structs.replace(world.settings, web=Web(public_url="http://127.0.0.1:9"))
    made = Bench(world)
    made.go(times=3)
    yield made
    made.clock.members[0].engine.dispose()


def marked(world: World, row: int) -> bool:
    """Whether the cell of the e-mail in a row of the people is marked."""
    header, *_ = world.values("main", "אנשי קשר ותפקידים")
    column = header.index(SPECS["people"].by_field["email"].hebrew)
    [sheet] = [one for one in world.whole("main")["sheets"] if one["properties"]["title"] == "אנשי קשר ותפקידים"]
    cells = sheet["data"][0]["rowData"][row].get("values", [])
    return len(cells) > column and "note" in cells[column]


@pytest.mark.parametrize("run", runs(20))
def test_without_a_push_the_sweep_finds_it(bench: Bench, run: int) -> None:
    """Every push is lost; in every other run the watch has expired, and Google refuses to open another."""
    random, world = fresh_random(), bench.world
    if run % 2:
        world.faults({"match": "/changes/watch", "do": "status", "code": 403, "times": 99})
        bench.go(timedelta(days=8).total_seconds())
        bench.go(times=2)
        with reading(world.service.engine) as connection:
            assert not [one for one in channels(connection, "test") if one.digest and one.ends > world.now]
    bench.go(random.uniform(1, 59))
    world.fill("people", {"name": "דנה", "email": "לא כתובת"}, at=3)
    waited = 0.0
    while not marked(world, 3):
        step = random.uniform(1, 30)
        waited += step
        assert waited <= SWEPT
        bench.go(step)
    ran(seconds=round(waited))


@pytest.mark.parametrize("run", runs(20))
def test_after_google_was_away_all_stands_in_time(world: World, run: int) -> None:
    random = fresh_random()
    village, bench = Village(world, world.service), Bench(world)
    bench.go(times=3)
    away(bench, random, AWAY[run % len(AWAY)], village)
    begun = bench.seconds
    while bench.seconds - begun < CAUGHT_UP:
        bench.world.now += timedelta(seconds=20)
        bench.seconds += 20
        bench.clock.beat()
    village.check()
    bench.clock.members[0].engine.dispose()


def away(bench: Bench, random: Random, fault: dict[str, Any], village: Village) -> None:
    """For up to hours nothing of Google's answers; meanwhile people type, and forms are sent."""
    client = bench.clock.members[0].service.gateway.client
    client.deadline = 0.1
    for shared in (ear.shared for ear in bench.clock.ears):
        shared.client.deadline = 0.1
    for _ in range(random.randint(2, 8)):
        if random.random() < 0.6:
            village.world.faults()
            village.news()
        village.world.faults({"match": "^/(v4|drive)/", "times": 10_000, **fault})
        minutes = random.choice([1, 1, 5, 30])
        bench.world.now += timedelta(minutes=minutes)
        bench.seconds += 60 * minutes
        bench.clock.beat()
    village.world.faults()
    client.deadline = 3


@pytest.mark.parametrize("run", runs(20))
def test_a_service_that_was_killed_goes_on_in_time(tmp_path: Path, run: int) -> None:
    """Killed at work, with its lease held; it is started again, and an answer taken in before stands in its row."""
    random, world, port = fresh_random(), World(tmp_path), free_port()
    assert settings(world, port)
    with serve(world, port) as first:
        started(first, port)
        world.faults({"match": ":batchUpdate", "do": random.choice(["hold_answer", "hang"]), "seconds": 60})
        assert send(port, now(world, 1)).status == 202
        wait_for(lambda: any(one["fault"] for one in world.requests_seen()))
        kill(first)
    world.faults()
    begun = time.monotonic()
    with serve(world, port) as second:
        wait_for(lambda: names(world) == ["משתתף 1"] and is_healthy(port), 2 * RESUMED)
        took = time.monotonic() - begun
        second.end(signal.SIGINT)
    world.close()
    ran(seconds=round(took))
    assert took <= RESUMED


def kill(one: Running) -> None:
    """All its processes at once."""
    for pid in (*one.children(), one.process.pid):
        os.kill(pid, signal.SIGKILL)
    one.process.wait(30)


def now(world: World, number: int) -> Request:
    """An answer of this moment: the web goes by the machine's time."""
    return answer(world, number).but(seconds=str(int(time.time())))
