"""Columns of the tab `rules` that were deleted come back, the person's with what stood in them."""

from typing import Any

import pytest

from rules.finding import Role
from sheets_sync.tabs.service_tabs import RULES_TAB
from sheets_sync.writing.edits import set_cells
from tests.sync.test_rules_tab import (
    AT,
    HEADERS,
    IDS,
    OVERRUN,
    SHARE,
    TITLE,
    cell,
    overrun,
    rows,
    sheet,
    spot,
    told,
    write,
)
from tests.world import World

PERSONS = [column.field for column in RULES_TAB.columns if not column.own]


def delete(world: World, field: str) -> None:
    """A person deletes a column."""
    where, _, column = spot(world, OVERRUN, field)
    span = {"sheetId": where, "dimension": "COLUMNS", "startIndex": column, "endIndex": column + 1}
    world.edit(world.ids["main"], [{"deleteDimension": {"range": span}}])


def headers(world: World) -> list[Any]:
    return world.values("main", TITLE)[0]


@pytest.mark.parametrize("field", ["findings", "on", "roles"])
def test_a_deleted_column_comes_back_at_the_end(world: World, field: str) -> None:
    overrun(world)
    world.run()
    write(world, OVERRUN, "threshold", 300)
    world.run()
    before = rows(world)
    delete(world, field)
    world.run()
    assert headers(world) == [*(name for name in HEADERS if name != HEADERS[AT[field]]), HEADERS[AT[field]]]
    assert rows(world) == before
    assert world.run().requests == 0


def test_what_was_chosen_in_it_holds_and_can_be_changed_again(world: World) -> None:
    overrun(world)
    world.run()
    write(world, OVERRUN, "on", False)
    write(world, OVERRUN, "threshold", 1000)
    world.run()
    for field in PERSONS:
        delete(world, field)
    assert told(world) == {}
    kept = rows(world)
    assert (kept[OVERRUN]["on"], kept[OVERRUN]["threshold"], kept[SHARE]["on"]) == (False, 1000, True)
    assert sorted(kept) == sorted(IDS)
    assert "ברירת המחדל: 250" in cell(world, OVERRUN, "threshold")["note"]
    offered = {field: cell(world, OVERRUN, field)["dataValidation"]["condition"]["type"] for field in PERSONS[:2]}
    assert offered == {"on": "BOOLEAN", "threshold": "NUMBER_BETWEEN"}
    write(world, OVERRUN, "on", True)
    assert told(world)["budget.overrun"][0] == {Role.COORDINATOR}


def test_a_wrong_cell_in_a_deleted_column_is_wrong_again_when_it_is_back(world: World) -> None:
    world.run()
    write(world, OVERRUN, "threshold", "הרבה")
    world.run()
    delete(world, "threshold")
    world.run()
    assert rows(world)[OVERRUN]["threshold"] == "הרבה"
    [problem] = world.run().picture.problems
    assert problem.field == "threshold"


def test_a_column_of_the_persons_stays_where_it_is(world: World) -> None:
    world.run()
    id = sheet(world)["properties"]["sheetId"]
    width = len(HEADERS)
    _, at, _ = spot(world, OVERRUN, "on")
    world.edit(world.ids["main"], [set_cells(id, 0, width + 1, [["שלי"]]), set_cells(id, at, width + 1, [["לשאול"]])])
    delete(world, "on")
    world.run()
    assert headers(world)[width:] == ["שלי", "פועל"]
    assert world.values("main", TITLE)[at][width] == "לשאול"
    assert world.run().requests == 0


def test_a_header_that_stands_twice_or_none_at_all_brings_no_column(world: World) -> None:
    world.run()
    id = sheet(world)["properties"]["sheetId"]
    world.edit(world.ids["main"], [set_cells(id, 0, len(HEADERS), [["פועל"]])])
    assert world.run().requests == 0
    world.edit(world.ids["main"], [set_cells(id, 0, 0, [[None] * (len(HEADERS) + 1)])])
    world.run()
    assert not any(headers(world))
