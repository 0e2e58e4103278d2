"""Yesterday's calls to Google in the tab summary: there from the day's first pass on, at the cost of no write."""

from datetime import timedelta

import pytest

from sheets_sync.store.database import reading
from sheets_sync.store.figures import between
from tests.world import World


def told(world: World) -> list[list[object]]:
    return [line for line in world.values("main", "תמונת מצב") if line and line[0] == "פניות ל־Google אתמול"]


@pytest.mark.parametrize("later", [timedelta(days=1), timedelta(hours=13)])
def test_yesterdays_calls_stand_in_the_summary(world: World, later: timedelta) -> None:
    world.run()
    second = world.run()
    assert (second.requests, told(world)) == (0, [])
    midnight = world.now.replace(hour=0)
    with reading(world.service.engine) as connection:
        taken = between(connection, "test", midnight, midnight + timedelta(days=1))
    assert taken.passes == 2
    world.now += later
    world.run()
    assert told(world) == [["פניות ל־Google אתמול", f"קריאות: {taken.reads} · כתיבות: {taken.writes} · סיבובים: 2"]]
    assert world.run().requests == 0
    world.now += timedelta(hours=2)
    assert world.run().requests == 0


def test_a_day_without_passes_is_not_told_of(world: World) -> None:
    world.run()
    world.now += timedelta(days=2)
    world.run()
    assert told(world) == []
