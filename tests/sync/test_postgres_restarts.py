"""PostgreSQL restarts again and again under two workers of one community: nothing lost, nothing doubled, one writer."""

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from threading import Event, Thread

import msgspec
import pytest
from sqlalchemy import select

from sheets_sync.store import inbox
from sheets_sync.store.arrivals import Arrival, Taken, take_all
from sheets_sync.store.database import DatabaseTrouble, Engine, open_database, reading, writing
from sheets_sync.store.inbox import State
from sheets_sync.store.schema import writes
from tests.cli.processes import wait_for
from tests.faults import fresh_random, ran, runs
from tests.postgres import Server
from tests.world import World

pytestmark = pytest.mark.slow

ITEMS = 5_000 if len(runs(10)) == 10 else 300
PAUSES = (5, 40) if len(runs(10)) == 10 else (2, 5)
"""Seconds between restarts."""


@pytest.fixture
def server() -> Iterator[Server]:
    server = Server(options=()).begin()
    yield server
    server.end()


@pytest.fixture
def world(tmp_path: Path, server: Server) -> Iterator[World]:
    world = World(tmp_path, database=server.new())
    world.run()
    yield world
    world.close()


def settings(world: World) -> Path:
    """Without a quota: the embedded Google has none, and the test is not about it."""
    file = world.settings_file()
    quota = "".join(
        f"{name} = 100000\n"
        for name in ("reads_a_minute", "writes_a_minute", "project_reads_a_minute", "project_writes_a_minute")
    )
    file.write_text(file.read_text(encoding="utf-8").replace("[google]\n", f"[google]\n{quota}"), encoding="utf-8")
    return file


def restarts(server: Server, random: Random, ended: Event, done: list[str]) -> None:
    """By turns a fast shutdown and a crash, each followed by a start."""
    while not ended.wait(random.uniform(*PAUSES)):
        crash = len(done) % 2 == 1
        if crash:
            postmaster = int((server.data / "postmaster.pid").read_text().split()[0])
            os.kill(postmaster, signal.SIGQUIT)
        server.stop()
        time.sleep(random.uniform(0, 1))
        server.start()
        done.append("crash" if crash else "stop")


def feed(engine: Engine, random: Random) -> set[str]:
    """Answers as the web takes them in: sent again until they are acknowledged; the acknowledged ids."""
    acknowledged: set[str] = set()
    while len(acknowledged) < ITEMS:
        batch = [len(acknowledged) + n for n in range(min(random.randint(1, 12), ITEMS - len(acknowledged)))]
        while not _taken(engine, batch):
            time.sleep(0.1)
        acknowledged |= {f"a-{n}" for n in batch}
        time.sleep(random.uniform(0, 0.5) if ITEMS < 1_000 else 0.05)
    return acknowledged


def _taken(engine: Engine, batch: list[int]) -> bool:
    try:
        with writing(engine) as connection:
            found = take_all(connection, [_arrival(n) for n in batch])
    except DatabaseTrouble:
        return False
    assert Taken.OTHER_BODY not in found
    return True


def _arrival(number: int) -> Arrival:
    answers = {"שם המשתתף/ת": f"משתתף {number}", "טלפון": "050-1234567", "חוג": "קרמיקה"}
    submission = {"id": f"a-{number}", "submitted": "2026-11-23T09:00:00+02:00", "answers": answers}
    body = msgspec.json.encode({"submission": submission})
    return Arrival("test", "registrations", f"m-{number}", body, datetime.now(UTC))


def all_settled(engine: Engine) -> bool:
    try:
        with reading(engine) as connection:
            counts = inbox.counts(connection, "test")
    except DatabaseTrouble:
        return False
    return counts[State.PLACED] == ITEMS


def worker(stack: ExitStack, file: Path, log: Path) -> "subprocess.Popen[bytes]":
    out = stack.enter_context(log.open("wb"))
    line = [sys.executable, "-m", "tests.sync.worker", str(file)]
    root = Path(__file__).parents[2]
    process = subprocess.Popen(line, cwd=root, stdin=subprocess.PIPE, stdout=out, stderr=out)
    stack.callback(process.wait, 60)
    assert process.stdin is not None
    stack.callback(process.stdin.close)
    return process


@pytest.mark.timeout(3_600)
def test_restarts_under_load(world: World, server: Server, tmp_path: Path) -> None:
    random = fresh_random()
    engine = open_database(world.settings.database.url)
    ended, done = Event(), list[str]()
    logs = [tmp_path / f"worker{n}.log" for n in "12"]
    with ExitStack() as stack:
        workers = [worker(stack, settings(world), log) for log in logs]
        wait_for(lambda: all("done" in log.read_text() for log in logs))
        restarting = Thread(target=restarts, args=(server, random, ended, done))
        restarting.start()
        stack.callback(restarting.join)
        stack.callback(ended.set)
        acknowledged = feed(engine, random)
        until = time.monotonic() + 60 + ITEMS / 10
        while not all_settled(engine) and time.monotonic() < until:
            assert [process.poll() for process in workers] == [None, None], [log.read_text()[-2000:] for log in logs]
            time.sleep(0.2)
    said = Counter(line.split()[0] for log in logs for line in log.read_text().splitlines())
    print(f"restarts: {Counter(done)}; passes: {said}")
    header, *rows = world.values("main", "נרשמים")
    at = header.index("מזהה תשובה (מערכת)")
    found = Counter(row[at] for row in rows if len(row) > at and row[at])
    assert (acknowledged - set(found), [one for one, times in found.items() if times > 1]) == (set(), [])
    assert len(found) == ITEMS
    ran(len(found), restarts=len(done))
    with reading(engine) as connection:
        tokens = list(connection.execute(select(writes.c.token).order_by(writes.c.id)).scalars())
    assert tokens == sorted(tokens)
    assert done
    assert said["DatabaseTrouble"] > 0
    engine.dispose()
