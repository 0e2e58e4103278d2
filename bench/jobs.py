"""Locked passes a second on several worker processes over PostgreSQL: all that a pass costs beside its own work.

`uv run python -m bench.jobs [--json] [--communities 1000] [--seconds 6] [--workers 1 2 4]`. A pass takes its
community's lease; holding it, it reads how the community stands and writes that it began; holding it still, it writes
how it ended and how the community stands now, and lets go: three durable commits (fsync is on). Every worker goes over
all communities in an order of its own. Afterwards each community's fencing token has risen by its passes, no less.
The measure is psycopg alone with three commits, each of one row's update.
"""

import argparse
import random
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import cycle
from multiprocessing import get_context
from multiprocessing.queues import SimpleQueue
from multiprocessing.synchronize import Barrier

import psycopg

from bench.figure import Figure, figure, goal, show
from sheets_sync.clock import beats
from sheets_sync.clock.due import Standing
from sheets_sync.store import leases, passes
from sheets_sync.store.database import Engine, open_database, writing
from sheets_sync.store.migrate import upgrade
from tests.postgres import Server

GOAL, COMMITS = 500, 3


@dataclass(frozen=True)
class Work:
    """What a worker is given: a database, communities, and for how long."""

    url: str
    communities: int
    seed: int
    seconds: float
    is_plain: bool


def community(number: int) -> str:
    return f"village-{number}"


def work(given: Work, ready: Barrier, said: "SimpleQueue[tuple[int, int]]") -> None:
    """When all are ready, pass after pass until the time is over: says how many, and how many that another held."""
    engine, plain = open_database(given.url), psycopg.connect(given.url, autocommit=True)
    order = [community(number) for number in range(given.communities)]
    random.Random(given.seed).shuffle(order)
    done = held = 0
    ready.wait()
    end = time.monotonic() + given.seconds
    for key in cycle(order):
        if time.monotonic() >= end:
            break
        is_done = three_commits(plain, key) if given.is_plain else one_pass(engine, key, f"worker {given.seed}")
        done, held = done + is_done, held + (not is_done)
    engine.dispose()
    plain.close()
    said.put((done, held))


def one_pass(engine: Engine, key: str, holder: str) -> bool:
    """A pass without work of its own; False where another holds the lease."""
    with writing(engine) as connection:
        lease = leases.acquire(connection, key, holder, 25)
    if lease is None:
        return False
    with writing(engine) as connection:
        leases.hold(connection, lease)
        standing = beats.standing_of(connection, key)
        number = passes.begin(connection, key, datetime.now(UTC), "bench")
    now = datetime.now(UTC)
    with writing(engine) as connection:
        leases.hold(connection, lease)
        passes.finish(connection, number, now, 0, {})
        beats.keep(connection, key, Standing(standing.changed, standing.active, now))
        leases.release(connection, lease)
    return True


def three_commits(connection: "psycopg.Connection[tuple[object, ...]]", key: str) -> bool:
    """What the server itself takes for as many durable commits."""
    for _ in range(COMMITS):
        connection.execute("UPDATE plain SET value = value + 1 WHERE community = %s", (key,))
    return True


def tokens(engine: Engine, communities: int) -> int:
    """The sum of the fencing tokens of all communities before this look."""
    found = 0
    with writing(engine) as connection:
        for number in range(communities):
            lease = leases.acquire(connection, community(number), "bench", 1)
            assert lease is not None, "a lease was left behind"
            found += lease.token - 1
    return found


def at_work(url: str, workers: int, communities: int, seconds: float, *, is_plain: bool) -> tuple[int, int]:
    """So many workers at a time: what they did, and what another held."""
    context = get_context("spawn")
    ready, said = context.Barrier(workers), context.SimpleQueue()
    for seed in range(workers):
        given = Work(url, communities, seed, seconds, is_plain)
        context.Process(target=work, args=(given, ready, said), daemon=True).start()
    done, held = zip(*(said.get() for _ in range(workers)), strict=True)
    return sum(done), sum(held)


def measure(server: Server, workers: int, communities: int, seconds: float) -> Iterator[Figure]:
    """So many workers on a database of their own."""
    url = server.new()
    engine = open_database(url)
    upgrade(engine)
    with psycopg.connect(url) as connection:
        connection.execute("CREATE TABLE plain (community text PRIMARY KEY, value int)")
        connection.execute("INSERT INTO plain SELECT 'village-' || n, 0 FROM generate_series(0, %s) n", (communities,))
    least, _ = at_work(url, workers, communities, seconds, is_plain=True)
    done, held = at_work(url, workers, communities, seconds, is_plain=False)
    doubled = done - tokens(engine, communities)
    engine.dispose()
    against = f"three bare commits {least / seconds:.0f}/s; goal: {GOAL} passes/s"
    yield figure(f"{workers} workers: passes", done / seconds, "passes/s", against, done / least)
    yield figure(f"{workers} workers: met another's lease", held / seconds, "a second")
    yield goal(f"{workers} workers: passes without a token of their own", doubled, "passes", 0)


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true", help="one JSON object a line")
    parser.add_argument("--communities", type=int, default=1_000)
    parser.add_argument("--seconds", type=float, default=6.0)
    parser.add_argument("--workers", type=int, nargs="*", default=[1, 2, 4])
    options = parser.parse_args()
    server = Server(options=()).begin()
    try:
        for workers in options.workers:
            show(measure(server, workers, options.communities, options.seconds), as_json=options.json)
    finally:
        server.end()


if __name__ == "__main__":
    main()
