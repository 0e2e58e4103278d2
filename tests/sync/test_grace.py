"""A row being typed: what is wrong in it is said after its grace, and the clock wakes for it."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.checks import check
from rules.table import Cell, Table
from sheets_sync.config import Clock
from sheets_sync.grace import PASTED, Memory, Seen, grace, tab_of
from sheets_sync.tabs.checks_tab import problem_id
from tests.rules.sheets import book
from tests.world import World

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
HEAD = "name | phone | email"
DONE = "דנה כהן | 050-1234567 | dana@v.example"


def volunteers(*rows: str) -> Table:
    return book("\n".join(["volunteers", HEAD, *rows]))["volunteers"]


class Typist:
    """Looks at a sheet again and again; what is said of it, as `field kind`."""

    def __init__(self, *rows: str, clock: Clock | None = None) -> None:
        self.memory: Memory = {}
        self.clock = clock or Clock()
        self.wake: datetime | None = None
        self.ids: set[str] = set()
        self.look(NOW - HOUR, *rows)

    def look(self, now: datetime, *rows: str) -> list[str]:
        tables = {"volunteers": volunteers(*rows)}
        problems = list(check(tables["volunteers"], (), tables))
        found = grace(problems, tables, ["volunteers"], self.memory, self.clock, now)
        self.memory, self.wake = found.memory, found.wake
        self.ids = {problem_id(one, tables["volunteers"]) for one in found.problems}
        return sorted(f"{one.field} {one.kind}" for one in found.problems)


HALF = "דנה | | "


@pytest.mark.parametrize(
    ("row", "after", "said"),
    [
        (HALF, timedelta(), []),
        (HALF, 24 * HOUR - MINUTE, []),
        (HALF, 24 * HOUR, ["phone required"]),
        ("רון | 052-1234567 | ", timedelta(), []),
    ],
    ids=["just typed", "a minute under a day", "a day later", "complete"],
)
def test_a_missing_cell_is_said_after_a_day(row: str, after: timedelta, said: list[str]) -> None:
    typist = Typist(DONE)
    assert typist.look(NOW, DONE, row) == []
    assert typist.look(NOW + after, DONE, row) == said


def test_the_clock_is_told_when_the_next_grace_ends() -> None:
    typist = Typist(DONE)
    assert typist.wake is None
    typist.look(NOW, DONE, HALF)
    assert typist.wake == NOW + 24 * HOUR
    typist.look(NOW + 24 * HOUR, DONE, HALF)
    assert typist.wake is None


def test_no_grace_by_setting() -> None:
    typist = Typist(DONE, clock=Clock(grace_minutes=0, grace_hours=0))
    assert typist.look(NOW, DONE, HALF) == ["phone required"]


def test_what_stood_there_at_the_first_reading_is_said_at_once() -> None:
    typist = Typist(HALF)
    assert typist.look(NOW, HALF) == ["phone required"]
    assert typist.look(NOW, DONE, HALF) == ["phone required"], "and also when it was moved"


def test_a_row_begun_is_the_same_while_its_key_is_typed() -> None:
    typist = Typist(DONE)
    typist.look(NOW, DONE, "ד | |")
    typist.look(NOW + HOUR, DONE, "דנה | |")
    assert typist.look(NOW + 24 * HOUR, DONE, "דנה לוי | |") == ["phone required"]
    [before] = typist.ids
    assert typist.look(NOW + 25 * HOUR, DONE, "דנה לוי-כהן | | d@v.example") == ["phone required"]
    assert typist.ids == {before}
    assert typist.look(NOW + 25 * HOUR, "דנה לוי-כהן | |", DONE) == ["phone required"], "and when it was moved"
    assert typist.ids == {before}


def test_a_paste_is_not_typed() -> None:
    typist = Typist(DONE)
    assert len(typist.look(NOW, *(f"שם {at} | |" for at in range(PASTED)))) == PASTED
    assert Typist(DONE).look(NOW, *(f"שם {at} | |" for at in range(PASTED - 1))) == []


def test_what_is_complete_is_forgotten() -> None:
    typist = Typist(HALF)
    typist.look(NOW, DONE, "רון | |")
    typist.look(NOW, DONE)
    assert set(typist.memory.values()) == {Seen()}


def test_no_name_is_remembered() -> None:
    typist = Typist("שרה | |")
    typist.look(NOW, "שרה | |", HALF)
    assert "דנה" not in repr(typist.memory)
    assert "שרה" not in repr(typist.memory)


ROWS = st.lists(st.sampled_from(["א | |", "ב | |", "| 050-1234567 |", DONE, "ג | |"]), max_size=6)


@given(ROWS, ROWS, st.permutations(range(6)))
def test_all_is_said_in_the_end_and_nothing_else(first: list[str], then: list[str], order: list[int]) -> None:
    typist = Typist(*first)
    typist.look(NOW, *then)
    moved = [then[at] for at in order if at < len(then)]
    tables = {"volunteers": volunteers(*moved)}
    every = sorted(f"{one.field} {one.kind}" for one in check(tables["volunteers"], (), tables))
    said = typist.look(NOW + HOUR, *moved)
    assert all(said.count(one) <= every.count(one) for one in said)
    assert typist.look(NOW + 26 * HOUR, *moved) == every
    assert tab_of(tables["volunteers"]) in typist.memory


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = World(tmp_path)
    made.with_settings(clock=Clock(quiet=False))
    yield made
    made.close()


def notes(world: World) -> int:
    """The cells of the budget's expenses that bear a note of ours."""
    rows: list[Any] = [row for tab in world.whole("budget")["sheets"] for row in tab["data"][0].get("rowData", [])]
    return sum("Sheets Sync" in cell.get("note", "") for row in rows for cell in row.get("values", []))


GOOD: dict[str, Cell] = {"date": 46100, "line": "חגים", "supplier": "דפוס גל", "amount": 100, "kind": "תשלום"}


def test_a_row_typed_over_half_an_hour_through_the_whole_way(world: World) -> None:
    world.fill("budget", {"line": "חגים", "planned": 1000})
    world.run()
    world.fill("expenses", {"date": "מחר"})
    start = world.now
    assert (world.run().wake, notes(world)) == (start + 10 * MINUTE, 0)
    world.service = world.open_service()
    world.now = start + 10 * MINUTE
    assert world.run().wake == start + 24 * HOUR
    assert notes(world) == 1
    world.fill("expenses", {**GOOD, "kind": "אחר לגמרי"})
    world.run()
    assert notes(world) == 1, "a complete row is marked at once"
    world.fill("expenses", GOOD)
    world.run()
    assert notes(world) == 0
