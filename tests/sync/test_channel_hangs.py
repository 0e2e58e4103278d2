"""A Google that hangs while a channel of pushes is opened delays neither the tick nor any pass."""

import time
from collections.abc import Iterator

import pytest

from sheets_sync.clock import channels
from sheets_sync.clock.channel_memory import channels as remembered
from sheets_sync.clock.channels import WAIT, Opener
from sheets_sync.clock.member import by_account, member
from sheets_sync.config import Web
from sheets_sync.store.database import reading
from tests.sync.test_feed import Bench
from tests.world import World

HANG = 30.0


@pytest.fixture
def world(world: World, monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    """It takes pushes; Google is given up after a second."""
    world.with_settings(web=Web(public_url="https://village.example"))
    monkeypatch.setattr(channels, "PATIENCE", 1.0)
    yield world
    world.faults()


def hang(world: World, where: str) -> None:
    world.faults({"match": where, "do": "hang", "seconds": HANG, "times": 9})


@pytest.mark.parametrize("where", ["changes/watch", "changes/startPageToken", "/token"])
def test_a_channel_that_hangs_is_given_up_beside_the_clock(world: World, where: str) -> None:
    opener = Opener(by_account([member(world.service, {})])[0])
    hang(world, where)
    began = time.monotonic()
    opener.open_next(world.now)
    opener.open_next(world.now)  # the next tick, while the first is still under way
    assert time.monotonic() - began < 2 * WAIT + 1
    assert opener.under_way is not None
    opener.under_way.join(10)
    assert not opener.under_way.is_alive()
    with reading(world.service.engine) as connection:
        [refused] = remembered(connection, "test")
    assert refused.digest == ""


def test_the_passes_go_on_while_a_channel_hangs(world: World) -> None:
    bench = Bench(world)
    hang(world, "changes/watch")
    began = time.monotonic()
    assert bench.go(times=2)
    world.fill("people", {"name": "דנה", "email": "לברר"})
    assert bench.go()
    assert time.monotonic() - began < HANG / 2
    bench.clock.members[0].engine.dispose()
