"""A spreadsheet that one answer of Google's cannot hold: few reads, nothing comes and goes, and its writes verify."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import orjson
import pytest

from rules.table import Cell
from sheets_sync.account import Account
from sheets_sync.furnishing.furnish import offered, sheet_id
from sheets_sync.google.gateway import Gateway
from sheets_sync.pass_ import run_pass
from sheets_sync.reading.fetch import read_spreadsheet
from sheets_sync.reading.read import Spreadsheet
from sheets_sync.reading.sizes import is_large, weight
from sheets_sync.story import story
from sheets_sync.writing.edits import insert_rows, set_note
from sheets_sync.writing.marks import MARKER, persons_note
from tests.sync.window import Window
from tests.world import SPECS, World

PEOPLE = sheet_id("people")
EMAIL = [column.field for column in offered(SPECS["people"])].index("email")
LONG = "משפחה ותיקה בשכונה המזרחית " * 280
"""13 KB, in the column `recipient`."""
ROWS = range(1, 171)


def person(row: int, **changes: Cell) -> dict[str, Cell]:
    return {"role": "גזבר/ית", "name": f"אדם {row}", "email": f"p{row}@village.example", "recipient": LONG, **changes}


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = World(tmp_path, {"main": ("classes", "people")})
    made.edit(made.ids["main"], [{"appendDimension": {"sheetId": PEOPLE, "dimension": "ROWS", "length": 200}}])
    made.fill("people", *map(person, ROWS))
    yield made
    made.close()


def known(world: World) -> Spreadsheet:
    found = world.service.known.last(world.ids["main"])
    assert found is not None
    return found


def notes(world: World) -> dict[int, str]:
    """The notes at the addresses, by row."""
    mask = "sheets(properties.sheetId,data.rowData.values.note)"
    sheets = world.call("get", f"/v4/spreadsheets/{world.ids['main']}?includeGridData=true&fields={mask}")["sheets"]
    [people] = [one for one in sheets if one["properties"].get("sheetId") == PEOPLE]
    rows = [data.get("values", []) for data in people["data"][0].get("rowData", [])]
    found = {row: cells[EMAIL].get("note", "") for row, cells in enumerate(rows) if row and len(cells) > EMAIL}
    return {row: note for row, note in found.items() if note}


def names(world: World) -> list[str]:
    """The names in the rows, from the top."""
    at = [column.field for column in offered(SPECS["people"])].index("name")
    return [row[at] if len(row) > at else "" for row in world.values("main", SPECS["people"].hebrew)]


def summary(world: World) -> str:
    return str(world.values("main", "תמונת מצב"))


def raced(world: World, *visits: object) -> Account:
    return run_pass(replace(world.service, gateway=Window(world.service.gateway, visits)))  # type: ignore[arg-type]


def test_nothing_comes_and_goes(world: World) -> None:
    """That a spreadsheet is a large one is told from the next day on, and makes no write of its own."""
    world.run()
    world.run()
    echo = world.run()
    assert is_large(known(world))
    assert (echo.requests, echo.calls.get("writes", 0)) == (0, 0)
    assert echo.calls["reads"] == known(world).reads > 1
    assert dict(story(echo))["pass.split"] == {"spreadsheet": "main", "reads": known(world).reads}
    world.with_settings()
    assert world.run().requests == 0
    for _ in range(2):
        world.now += timedelta(days=1)
        world.run()
        assert "נקרא בחלקים" in summary(world)
        assert world.run().requests == 0


@pytest.fixture
def short(tmp_path: Path) -> Iterator[World]:
    """Ordinary cells."""
    made = World(tmp_path, {"main": ("classes", "people")})
    made.fill("people", *(person(row, recipient=None) for row in range(1, 51)))
    yield made
    made.close()


def test_a_spreadsheet_over_the_size_is_two_reads(short: World) -> None:
    """Where its size is known: everything without the values, and the values. What is new is seen."""
    gateway, main = short.service.gateway, short.settings.main
    whole = read_spreadsheet(gateway, main)
    limit = sum(weight(tab).whole for tab in whole.tabs) * 3 // 5
    sheet = {"addSheet": {"properties": {"sheetId": 4242, "title": "חדש"}}}
    short.edit(main.id, [sheet, set_note(PEOPLE, 2, 0, "חדש")])
    short.fill("people", person(2, name="שם חדש"), at=2, book="main")
    before = gateway.client.calls.copy()
    halves = read_spreadsheet(gateway, main, whole, limit)
    assert gateway.client.calls - before == {"reads": 2}
    assert halves == replace(read_spreadsheet(gateway, main), reads=2)
    assert halves.tabs[-1].title == "חדש"


@pytest.fixture
def marked(world: World) -> World:
    """Settled, and then some addresses are spoilt."""
    world.run()
    world.run()
    for row in (3, 40, 90):
        world.fill("people", person(row, email="לברר"), at=row, book="main")
    return world


class Weighing(Gateway):
    """A gateway that weighs the answers to writes."""

    def write(self, spreadsheet: str, requests: Any, **arguments: Any) -> Mapping[str, Any]:
        answer = super().write(spreadsheet, requests, **arguments)
        self.size = len(orjson.dumps(answer))
        return answer


def test_a_write_shows_the_rows_that_it_wrote_and_no_others(marked: World) -> None:
    gateway = Weighing(marked.service.gateway.client)
    account = run_pass(replace(marked.service, gateway=gateway))
    assert 6 * len(LONG.encode()) < gateway.size < 500_000
    assert set(notes(marked)) == {3, 40, 90}
    assert account.calls == {"reads": known(marked).reads, "writes": 1}
    assert account.mended["main"].rounds == 0


def test_a_row_put_in_between_read_and_write_is_mended(marked: World) -> None:
    """The coordinator puts a row in above the spoilt ones, and writes a note where ours would have gone."""
    id = marked.ids["main"]
    marked.edit(id, [set_note(PEOPLE, 39, EMAIL, "להתקשר בערב")])
    account = raced(marked, lambda: marked.edit(id, [insert_rows(PEOPLE, 1, 1, like_above=False)]))
    found, there = notes(marked), names(marked)
    assert {there[row] for row, note in found.items() if MARKER in note} == {"אדם 3", "אדם 40", "אדם 90"}
    assert {there[row]: persons_note(note) for row, note in found.items() if persons_note(note)} == {
        "אדם 39": "להתקשר בערב"
    }
    assert account.mended["main"].rounds == 1
    assert dict(story(account))["pass.mended"]["spreadsheet"] == "main"
    assert marked.run().requests == 0


@pytest.mark.slow
def test_rows_sorted_between_read_and_write_are_mended(marked: World) -> None:
    order = {"dimensionIndex": 1, "sortOrder": "DESCENDING"}
    sort = {"sortRange": {"range": {"sheetId": PEOPLE, "startRowIndex": 1}, "sortSpecs": [order]}}
    raced(marked, lambda: marked.edit(marked.ids["main"], [sort]))
    there = names(marked)
    assert {there[row] for row in notes(marked)} == {"אדם 3", "אדם 40", "אדם 90"}


@pytest.mark.slow
def test_an_edit_far_from_what_was_written_costs_nothing(marked: World) -> None:
    account = raced(marked, lambda: marked.fill("people", person(120, name="שם אחר"), at=120, book="main"))
    assert (account.mended["main"].rounds, account.calls["writes"]) == (0, 1)
    assert set(notes(marked)) == {3, 40, 90}


def test_what_no_answer_has_room_for_is_told(world: World) -> None:
    """All rows are spoilt: the answer would be as large as the spreadsheet."""
    world.run()
    world.run()
    world.fill("people", *(person(row, email="לברר") for row in ROWS), book="main")
    account = world.run()
    title = SPECS["people"].hebrew
    assert account.mended["main"].left_out == (title,)
    assert dict(story(account))["pass.unverified"] == {"spreadsheet": "main", "tabs": 1}
    assert set(notes(world)) == set(ROWS)
    world.run()
    assert "מה שאפשר לאמת" in summary(world)
    assert world.run().requests == 0
