"""A clock over many communities of which one in a hundred changes each minute: calls, waits, time, memory."""

import resource
import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

import msgspec

from bench.clocks import MINUTE, Clocked
from bench.figure import Figure, figure, goal
from bench.wire import KINDS, most_in_a_minute
from sheets_sync import beats, wiring
from sheets_sync.config import Community, Settings
from sheets_sync.due import Standing, day_of
from sheets_sync.feed import poll
from sheets_sync.member import member
from sheets_sync.store.database import writing
from tests.world import World

QUOTA, FRESH = 60, 60.0


def settings_of(world: World) -> list[Settings]:
    """A community a spreadsheet."""
    return [
        msgspec.structs.replace(
            world.settings,
            community=Community(f"כפר {one.name}", key=one.name),
            spreadsheets=[msgspec.structs.replace(one, name="main")],
            forms=[],
        )
        for one in world.settings.spreadsheets
    ]


def calm(world: World, clocked: Clocked) -> None:
    """As a restart finds them: each had its pass, and the feed was read to its end."""
    token = poll(world.service.gateway.client, "").token
    with writing(clocked.services[0].engine) as connection:
        for service in clocked.services:
            digest = member(service, {}).digest
            beats.keep(
                connection, service.community, Standing(ended=world.now, whole=day_of(world.now), settings=digest)
            )
        beats.keep_feed_token(connection, world.account, token, world.now)
    for ear in clocked.clock.ears:
        ear.token = token


def edits(world: World, chance: Random, keys: list[str], tick: int) -> dict[str, datetime]:
    """One community in a hundred changes, at moments of the minute to come."""
    changed = chance.sample(keys, max(1, len(keys) // 100))
    for key in changed:
        world.fill("people", {"name": f"אדם {tick}", "email": "לברר"}, at=1 + tick % 50, book=key)
    return {key: world.now + timedelta(seconds=chance.uniform(0, 60)) for key in changed}


def waits(clocked: Clocked, changed: dict[str, datetime], since: int) -> list[float]:
    """Seconds from each change to the end of the pass that marks it: of virtual time, and of the work itself."""
    marked: dict[str, float] = {}
    for community, at, worked in clocked.ended[since:]:
        if community in changed and community not in marked:
            marked[community] = (at - changed[community]).total_seconds() + worked
    assert marked.keys() == changed.keys(), "a change was not heard of"
    return [*marked.values()]


def thousand(folder: Path, count: int, ticks: int, seed: int = 1) -> Iterator[Figure]:
    """Warm ticks until the busiest communities are known, then `ticks` that are measured."""
    chance, keys = Random(seed), [f"village-{n}" for n in range(count)]
    world = World(folder, dict.fromkeys(keys, ("people",)))
    services = wiring.open_services(settings_of(world), lambda: world.now)
    clocked = Clocked(world, services)
    calm(world, clocked)
    waited, busy, spent = [], [], []
    for tick in range(ticks):
        changed, since = edits(world, chance, keys, tick), len(clocked.ended)
        spent_before, began = time.process_time(), time.perf_counter()
        clocked.tick(MINUTE.total_seconds())
        busy.append(time.perf_counter() - began)
        spent.append(time.process_time() - spent_before)
        waited += waits(clocked, changed, since)
    name = f"{count} communities, {len(changed)} changed a minute"
    yield figure(f"{name}: ticks", ticks, "ticks")
    for kind in KINDS:
        yield goal(f"{name}: most {kind}s in a minute", most_in_a_minute(clocked.wire.sent, kind), "calls", QUOTA)
    yield figure(f"{name}: Drive calls", sum(one.kind == "drive" for one in clocked.wire.sent) / ticks, "calls a tick")
    yield figure(f"{name}: passes", len(clocked.accounts) / ticks, "passes a tick")
    yield goal(f"{name}: longest from a change to its mark", max(waited), "s", FRESH)
    yield figure(
        f"{name}: processor time, Google's included",
        sum(spent) / ticks,
        "s a tick",
        "a minute",
        sum(spent) / ticks / 60,
    )
    yield goal(f"{name}: longest tick", max(busy), "s", 60)
    yield figure(
        f"{name}: peak memory, Google's included", resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, "MB"
    )
    clocked.close()
    services[0].engine.dispose()
    world.close()
