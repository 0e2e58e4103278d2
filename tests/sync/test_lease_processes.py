"""A process stopped past its lease, over either database: what it sends after is only what had passed its check."""

import os
import signal
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from multiprocessing.context import ForkServerProcess
from pathlib import Path

import msgspec
import pytest
from _pytest.mark import ParameterSet

from rules.dates import serial
from sheets_sync.store import inbox, leases
from sheets_sync.store.database import writing
from tests.cli.processes import wait_for
from tests.forked import ended, fork, is_stopped
from tests.sync import child
from tests.sync.child import DONE, HELD, LOST
from tests.world import World

BOUNDARIES = {
    "pass.read": 0,
    "intake.claimed": 0,
    "pass.remembered": 0,
    "write.before_journal": 0,
    "write.journalled": 1,
    "write.answered": 0,
}
"""Where the process is stopped, and how many writes it may send when it goes on: one that was journalled before."""


def often(value: str | int, at_every_run: bool) -> ParameterSet:
    """A case of every run, or of the long ones only."""
    return pytest.param(value, marks=[] if at_every_run else pytest.mark.slow)


@pytest.fixture
def village(tmp_path: Path, database_url: str) -> Iterator[World]:
    """An answer waits, and a line of the budget is overrun: a pass writes twice at least."""
    world = World(tmp_path, database=database_url)
    world.fill("people", {"role": "רכז/ת קהילה", "name": "דנה כהן", "email": "dana@village.example"})
    world.run()
    world.fill("budget", {"line": "חגים", "planned": 100})
    paid = {"date": serial(date(2026, 11, 23)), "line": "חגים", "supplier": "גל", "invoice": "7", "kind": "תשלום"}
    world.fill("expenses", {**paid, "amount": 900})
    answers = {"שם המשתתף/ת": "נועה כץ", "טלפון": "050-1234567", "חוג": "קרמיקה"}
    body = {"submission": {"id": "a-1", "submitted": "2026-11-23T09:00:00+02:00", "answers": answers}}
    with writing(world.service.engine) as connection:
        inbox.take(connection, "test", "registrations", "m-1", msgspec.json.encode(body), world.now)
    yield world
    world.close()


def start(world: World, fault: str, clock: str = "") -> ForkServerProcess:
    file, moment = str(world.settings_file()), clock or world.now.isoformat()
    return fork(child.main, file, moment, world.now.isoformat(), fault=fault)


@contextmanager
def stopped(world: World, boundary: str) -> Iterator[ForkServerProcess]:
    """A pass that is stopped at a boundary, and goes on at the end of the block."""
    process = start(world, f"{boundary}:stop")
    wait_for(lambda: is_stopped(process))
    try:
        yield process
    finally:
        assert process.pid is not None
        os.kill(process.pid, signal.SIGCONT)


def writes(world: World) -> int:
    return sum(":batchUpdate" in request["path"] for request in world.requests_seen())


def column(world: World, title: str, header: str) -> Counter[str]:
    rows = world.values("main", title)
    at = rows[0].index(header)
    return Counter(str(row[at]) for row in rows[1:] if len(row) > at and row[at])


@pytest.mark.slow
@pytest.mark.parametrize("boundary", [often(one, one == "write.journalled") for one in BOUNDARIES])
def test_stopped_past_its_lease_it_sends_nothing_unchecked(village: World, boundary: str) -> None:
    """Another pass runs meanwhile; afterwards everything stands once, and a further pass has nothing to do."""
    with stopped(village, boundary) as process:
        village.now += timedelta(seconds=26)
        village.run()
        before = writes(village)
    status = ended(process)
    assert writes(village) - before <= BOUNDARIES[boundary]
    assert status in ({LOST, DONE} if boundary == "write.answered" else {LOST})
    for _ in range(2):
        village.now += timedelta(seconds=30)
        last = village.run()
    assert last.requests == 0
    assert column(village, "נרשמים", "מזהה תשובה (מערכת)") == {"a-1": 1}
    assert set(column(village, "התראות", "מזהה (מערכת)").values()) == {1}


@pytest.mark.slow
@pytest.mark.parametrize("minutes", [often(one, one == -10) for one in (-1440, -10, 10, 1440)])
def test_a_jump_of_a_process_s_time_of_day_takes_no_lease(village: World, minutes: int) -> None:
    """Its own clock says that the lease ran out, or was given tomorrow: by the database's clock it holds."""
    with writing(village.service.engine) as connection:
        lease = leases.acquire(connection, "test", "a pass at work", 25)
    assert lease is not None
    jumped = (village.now + timedelta(minutes=minutes)).isoformat()
    assert ended(start(village, "", jumped)) == HELD
    with writing(village.service.engine) as connection:
        leases.hold(connection, lease)


@pytest.mark.parametrize("minutes", [often(one, one == -10) for one in (-1440, -10, 10, 1440)])
def test_a_jump_of_the_database_s_own_clock_lets_one_through(village: World, minutes: int) -> None:
    """It may end a lease early; of the two that then hold one, the first sends nothing more."""
    with stopped(village, "write.before_journal") as process:
        village.now += timedelta(minutes=minutes)
        village.run()
        before = writes(village)
    assert ended(process) == LOST
    assert writes(village) == before
