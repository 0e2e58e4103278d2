"""A Google that hangs for one community holds no other; the beats go on when the machine's clock is set back."""

import threading
import time
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from schedule import Scheduler

from sheets_sync import wiring
from sheets_sync.clock.clockwork import Clockwork
from sheets_sync.clock.member import FEED_SECONDS, by_account, member
from sheets_sync.clock.schedule import in_time, planned
from sheets_sync.furnishing.furnish import sheet_id
from sheets_sync.wiring import Service
from tests.sync.test_feed import Told
from tests.sync.test_many import settings_of
from tests.world import World

KEYS = ("village-0", "village-1", "village-2", "village-3")
HANG = 30.0


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = World(tmp_path, dict.fromkeys(KEYS, ("people",)))
    yield made
    made.close()


@pytest.fixture
def services(world: World) -> Iterator[list[Service]]:
    made = wiring.open_services(settings_of(world), lambda: world.now)
    yield made
    made[0].engine.dispose()


def clock_of(services: list[Service], told: Told, workers: int) -> Clockwork:
    """A clock that listens to the feed every second of the machine's."""
    clock = Clockwork(
        [member(service, {}) for service in services], told.accounts.append, told.trouble, workers=workers
    )
    clock.seconds = 1.0
    return clock


def marked(world: World, key: str) -> bool:
    mask = "sheets(properties.sheetId,data.rowData.values.note)"
    sheets = world.call("get", f"/v4/spreadsheets/{world.ids[key]}?includeGridData=true&fields={mask}")["sheets"]
    [people] = [one for one in sheets if one["properties"].get("sheetId") == sheet_id("people")]
    rows = people["data"][0].get("rowData", [])
    return len(rows) > 1 and any(cell.get("note") for cell in rows[1].get("values", []))


def hang(world: World, *keys: str) -> None:
    world.faults(*({"match": world.ids[key], "do": "hang", "seconds": HANG, "times": 99} for key in keys))


@pytest.mark.slow
@pytest.mark.parametrize(("hanging", "workers"), [(1, 2), (2, 3)])
def test_where_google_hangs_for_some_the_others_are_marked(
    world: World, services: list[Service], hanging: int, workers: int
) -> None:
    told = Told()
    clock = clock_of(services, told, workers)
    clock.beat()  # the first passes
    clock.beat()
    for key in KEYS[:hanging]:
        world.fill("people", {"name": "דנה", "email": "לא כתובת"}, book=key)
    hang(world, *KEYS[:hanging])
    stop = threading.Event()
    beats = threading.Thread(target=_beat, args=(clock, stop))
    beats.start()
    try:
        until(lambda: len(clock.under_way) == hanging, 10)
        world.fill("people", {"name": "דנה", "email": "לא כתובת"}, book=KEYS[-1])
        began = time.monotonic()
        until(lambda: marked(world, KEYS[-1]), 20)
        assert time.monotonic() - began < HANG
        assert {one.key for one, *_ in clock.under_way.values()} >= set(KEYS[:hanging])
    finally:
        world.faults()
        stop.set()
        beats.join(60)
    assert not beats.is_alive()
    assert not told.troubles


def _beat(clock: Clockwork, stop: threading.Event) -> None:
    while not stop.wait(0.1):
        clock.beat(stop.is_set)


def until(holds: Callable[[], bool], seconds: float) -> None:
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.2)


def test_a_clock_that_was_set_back_stops_no_beat() -> None:
    """In autumn the machine's time of day goes back an hour: what was planned for it would wait so long."""
    done: list[int] = []
    scheduler = planned(Scheduler(), lambda: done.append(1))
    [beat] = scheduler.jobs
    beat.next_run = datetime.now() + timedelta(hours=1)
    in_time(scheduler, lambda: done.append(2)).run_pending()
    assert done == []
    assert (scheduler.idle_seconds or 0) <= 1
    [beat] = scheduler.jobs
    beat.next_run = datetime.now()
    in_time(scheduler, lambda: done.append(3)).run_pending()
    assert done == [2]


@pytest.mark.parametrize(("deadline", "of_feed"), [(100.0, FEED_SECONDS), (3.0, 3.0)])
def test_a_feed_is_not_waited_for_longer(services: list[Service], deadline: float, of_feed: float) -> None:
    services[0].gateway.client.deadline = deadline
    [shared] = by_account([member(service, {}) for service in services])
    assert shared.client.deadline == of_feed
    assert services[0].gateway.client.deadline == deadline
