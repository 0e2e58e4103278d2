"""A clock over 1,000 communities of which one in a hundred changes each minute: calls, waits, time, memory.

`uv run python -m bench.thousand [--json] [--communities 1000] [--minutes 10] [--ticks 30 60]`. Each community is a
spreadsheet of one tab; the embedded Google is a process of its own, time is virtual, and the work itself is added.
"""

import argparse
import tempfile
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

import msgspec

from bench.apart import Apart
from bench.clocks import Clocked
from bench.figure import Figure, figure, goal, show
from bench.stopwatch import forget_peak, peak
from bench.wire import KINDS, most_in_a_minute
from sheets_sync import wiring
from sheets_sync.clock import beats
from sheets_sync.clock.due import Standing, day_of
from sheets_sync.clock.feed import poll
from sheets_sync.clock.member import member
from sheets_sync.config import Community, Database, Settings
from sheets_sync.store.database import writing
from tests.world import World

MINUTE, QUOTA, FRESH = 60, 60, 60.0


@dataclass
class Counted:
    """What each change waited, what each tick took, in seconds of the machine, and of the processor."""

    waited: list[float] = field(default_factory=list)
    busy: list[float] = field(default_factory=list)
    spent: list[float] = field(default_factory=list)


def settings_of(world: Apart, tick: int, database: Path) -> list[Settings]:
    """A community a spreadsheet."""
    return [
        msgspec.structs.replace(
            world.settings,
            community=Community(f"כפר {one.name}", key=one.name),
            spreadsheets=[msgspec.structs.replace(one, name="main")],
            clock=msgspec.structs.replace(world.settings.clock, seconds=tick),
            database=Database(f"sqlite:///{database}"),
            forms=[],
        )
        for one in world.settings.spreadsheets
    ]


def calm(world: Apart, clocked: Clocked) -> None:
    """As a restart finds them: each had its pass, and the feed was read to its end."""
    services = clocked.services
    token = poll(services[0].gateway.client, "").token
    with writing(services[0].engine) as connection:
        for service in services:
            digest = member(service, {}).digest
            standing = Standing(ended=world.now, whole=day_of(world.now), settings=digest)
            beats.keep(connection, service.community, standing)
        beats.keep_feed_token(connection, world.account, token, world.now)
    for ear in clocked.clock.ears:
        ear.token = token


def edit(world: World, keys: list[str], row: int, tick: int) -> None:
    """The persons of some communities type a row."""
    for key in keys:
        world.fill("people", {"name": f"אדם {row}", "email": f"לברר {tick}"}, at=1 + row % 50, book=key)


def waits(clocked: Clocked, changed: Mapping[str, datetime], since: int) -> list[float]:
    """Seconds from each change to the end of the pass that marks it: of virtual time, and of the work itself."""
    marked: dict[str, float] = {}
    for community, at, worked in clocked.ended[since:]:
        if community in changed and community not in marked:
            marked[community] = (at - changed[community]).total_seconds() + worked
    assert marked.keys() == changed.keys(), "a change was not heard of"
    return [*marked.values()]


def minute(clocked: Clocked, chance: Random, keys: list[str], number: int, tick: int, counted: Counted) -> int:
    """One in a hundred changes, at a moment of the minute, and the clock ticks; how many changed."""
    left = {key: chance.uniform(0, MINUTE) for key in chance.sample(keys, max(1, len(keys) // 100))}
    changes = len(left)
    for end in range(tick, MINUTE + 1, tick):
        now = {key: clocked.world.now - timedelta(seconds=end - tick - at) for key, at in left.items() if at <= end}
        left = {key: at for key, at in left.items() if key not in now}
        clocked.world.has(edit, [*now], number, tick)
        since, spent, began = len(clocked.ended), time.process_time(), time.perf_counter()
        clocked.tick(tick)
        counted.busy.append(time.perf_counter() - began)
        counted.spent.append(time.process_time() - spent)
        counted.waited += waits(clocked, now, since)
    return changes


def ticking(world: Apart, folder: Path, minutes: int, tick: int, seed: int = 1) -> Iterator[Figure]:
    """So many minutes of a clock that looks every `tick` seconds."""
    services = wiring.open_services(settings_of(world, tick, folder / f"{tick}.db"), lambda: world.now)
    clocked, chance, counted = Clocked(world, services), Random(seed), Counted()
    keys = [service.community for service in services]
    calm(world, clocked)
    forget_peak()
    changes = [minute(clocked, chance, keys, number, tick, counted) for number in range(minutes)]
    name = f"{len(keys)} communities, {changes[0]} changed a minute, a tick of {tick} s"
    for kind in KINDS:
        yield goal(f"{name}: most {kind}s in a minute", most_in_a_minute(clocked.wire.sent, kind), "calls", QUOTA)
    drive = sum(one.kind == "drive" for one in clocked.wire.sent)
    yield figure(f"{name}: Drive calls", drive / minutes, "calls a minute")
    yield figure(f"{name}: passes", clocked.passes / minutes, "passes a minute")
    yield goal(f"{name}: longest from a change to its mark", max(counted.waited), "s", FRESH)
    spent = sum(counted.spent) / len(counted.spent)
    yield figure(f"{name}: processor time a tick", spent, "s", f"a tick of {tick} s", spent / tick)
    yield goal(f"{name}: longest tick", max(counted.busy), "s", tick)
    yield figure(f"{name}: peak memory of the process", peak(), "MB")
    clocked.close()


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true", help="one JSON object a line")
    parser.add_argument("--communities", type=int, default=1_000)
    parser.add_argument("--minutes", type=int, default=10)
    parser.add_argument("--ticks", type=int, nargs="*", default=[30, 60], help="seconds, that divide a minute")
    options = parser.parse_args()
    books = {f"village-{n}": ("people",) for n in range(options.communities)}
    with tempfile.TemporaryDirectory() as name, Apart(Path(name, "google"), books) as world:
        for tick in options.ticks:
            show(ticking(world, Path(name), options.minutes, tick), as_json=options.json)


if __name__ == "__main__":
    main()
