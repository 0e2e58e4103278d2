"""A write whose answer is lost: looked up, and shut out where it does not stand, before anything else is sent."""

import time
from datetime import timedelta
from typing import Any

import msgspec
import pytest

from rules.table import Cell
from sheets_sync.errors import Unavailable, Unclear
from sheets_sync.pass_ import run_pass
from sheets_sync.store import inbox, journal
from sheets_sync.store.database import reading, writing
from sheets_sync.writing.fences import FENCE_KEY
from tests.world import World

LINE: dict[str, Cell] = {"line": "חגים", "planned": 100}
SPENT: dict[str, Cell] = {"line": "חגים", "supplier": "גל", "amount": 900, "kind": "תשלום"}
LATE = 1.0
"""Seconds of the machine's time after which a given-up write is applied all the same."""


@pytest.fixture
def world(world: World) -> World:
    world.fill("people", {"role": "רכז/ת קהילה", "name": "דנה כהן", "email": "dana@village.example"})
    world.run()
    world.fill("budget", LINE)
    world.fill("expenses", {**SPENT, "date": 46_300})
    return world


def answer(world: World, message: str) -> None:
    submission = {"id": message, "submitted": "2026-11-23T09:00:00+02:00", "answers": {"חוג": "יוגה"}}
    with writing(world.service.engine) as connection:
        body = msgspec.json.encode({"submission": submission})
        inbox.take(connection, "test", "registrations", message, body, world.now)


def open_writes(world: World) -> list[journal.Write]:
    with reading(world.service.engine) as connection:
        return journal.open_writes(connection, "test")


def unclear(world: World, **fault: Any) -> None:
    """A pass all of whose writes are given up."""
    world.faults({"match": ":batchUpdate", "times": 9, **fault})
    assert Unclear in {type(trouble) for trouble in run_pass(world.service).troubles.values()}
    world.faults()


def books(world: World) -> list[Any]:
    return [world.whole(name) for name in world.ids]


@pytest.mark.parametrize("delay", [1, 60, 170, 3_600])
def test_a_write_applied_late_finds_itself_shut_out(world: World, delay: int) -> None:
    """Whenever the next pass comes after it was given up: it writes at once, and what comes later changes nothing."""
    unclear(world, do="apply_late", seconds=LATE)
    world.now += timedelta(seconds=delay)
    if delay > 200:
        time.sleep(2 * LATE)  # Google works on nothing for an hour: it was applied long ago
    world.run()
    before = books(world)
    assert open_writes(world) == []
    time.sleep(2 * LATE)
    assert books(world) == before
    assert len(world.values("main", "התראות")) == 2
    assert world.run().requests == 0


@pytest.mark.parametrize("late", [True, False], ids=["applied late", "never applied"])
def test_a_row_is_placed_once_however_late_its_write_comes(world: World, late: bool) -> None:
    answer(world, "m-1")
    unclear(world, **({"do": "apply_late", "seconds": LATE} if late else {"do": "hang"}))
    world.now += timedelta(seconds=30)
    answer(world, "m-2")
    assert world.run().placed == 2
    time.sleep(2 * LATE)
    rows = world.values("main", "נרשמים")
    assert len(rows) == 3
    assert world.run().placed == 0


def test_a_write_that_stands_is_found_standing(world: World) -> None:
    unclear(world, do="lose_answer")
    writes = open_writes(world)
    assert writes
    world.run()
    assert open_writes(world) == []
    assert world.run().requests == 0


def test_nothing_is_written_while_it_is_not_known_what_stands(world: World) -> None:
    """The look-up itself fails: the spreadsheet waits, whole, and the others go on."""
    unclear(world, do="hang")
    [main, *_] = [write.spreadsheet for write in open_writes(world)]
    before = world.call("get", f"/v4/spreadsheets/{main}?includeGridData=true")
    world.faults({"match": f"{main}:batchUpdate", "do": "status", "code": 503, "times": 99})
    world.now += timedelta(seconds=60)
    troubles = run_pass(world.service).troubles
    assert {type(trouble) for trouble in troubles.values()} <= {Unclear, Unavailable}
    world.faults()
    assert world.call("get", f"/v4/spreadsheets/{main}?includeGridData=true") == before
    world.run()
    assert open_writes(world) == []


def test_fences_are_taken_away_in_time(world: World) -> None:
    for amount in (900, 50, 900):
        world.fill("expenses", {**SPENT, "date": 46_300, "amount": amount})
        unclear(world, do="hang")
        world.now += timedelta(hours=2)
        world.run()
    marks = [mark for id in world.ids.values() for mark in world.service.gateway.marks(id)]
    fences = [mark for mark in marks if mark["metadataKey"] == FENCE_KEY]
    assert 1 <= len(fences) <= len(world.ids)


@pytest.mark.parametrize("jump", [timedelta(minutes=10), timedelta(days=1), timedelta(minutes=-10), timedelta(days=-1)])
def test_a_jump_of_the_time_of_day_lets_no_late_write_in(world: World, jump: timedelta) -> None:
    unclear(world, do="apply_late", seconds=LATE)
    world.now += jump
    world.service = world.open_service()
    run_pass(world.service)
    before = books(world)
    time.sleep(2 * LATE)
    assert books(world) == before
    assert open_writes(world) == []
