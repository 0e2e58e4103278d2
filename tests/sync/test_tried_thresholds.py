"""The column 'with this threshold' of the tab `rules`: what a threshold makes now, beside what the default makes."""

from typing import Any

import pytest

from rules.dates import serial
from rules.table import Cell
from sheets_sync.pass_ import run_pass
from sheets_sync.tabs.service_tabs import RULES_TAB, TRIED_FIELD
from tests.sync.test_rules_tab import OVERRUN, SHARE, TITLE, TODAY, overrun, rows, write
from tests.world import World

HEADER = RULES_TAB.by_field[TRIED_FIELD].hebrew
COMPANION = "family.no_companion:days"


def families(world: World, *days: int) -> None:
    """Families that came so many days ago and have no companion."""
    came: list[dict[str, Cell]] = [
        {"family": name, "arrival": serial(TODAY) - ago, "stage": "בליווי"}
        for name, ago in zip("אבגד", days, strict=False)
    ]
    world.fill("families", *came)


def settled(world: World) -> bool:
    """Whether a pass has nothing more to write."""
    return not run_pass(world.service).requests


def test_the_default_shows_one_number(world: World) -> None:
    families(world, 1, 3, 9)
    world.run()
    row = rows(world)[COMPANION]
    assert (row["threshold"], row["findings"], row[TRIED_FIELD]) == (2, 2, 2)
    assert settled(world)


def test_another_threshold_shows_both(world: World) -> None:
    families(world, 1, 3, 9)
    world.run()
    write(world, COMPANION, "threshold", 7)
    world.run()
    row = rows(world)[COMPANION]
    assert (row["findings"], row[TRIED_FIELD]) == (1, "1 (עם ברירת המחדל: 2)")
    assert settled(world)
    write(world, COMPANION, "threshold", 2)
    world.run()
    assert rows(world)[COMPANION][TRIED_FIELD] == 2


def test_a_rule_turned_off_says_what_it_would_find(world: World) -> None:
    families(world, 1, 3, 9)
    world.run()
    write(world, COMPANION, "on", False)
    write(world, COMPANION, "threshold", 0)
    world.run()
    row = rows(world)[COMPANION]
    assert (row["findings"], row[TRIED_FIELD], row["in_use"]) == ("", "3 (עם ברירת המחדל: 2)", "לא: כבוי")
    assert settled(world)


def test_each_row_with_the_other_thresholds_as_they_stand(world: World) -> None:
    """A threshold that changes only who hears changes no number."""
    overrun(world)
    world.run()
    write(world, OVERRUN, "threshold", 100_000)
    world.run()
    found = rows(world)
    assert (found[OVERRUN][TRIED_FIELD], found[SHARE][TRIED_FIELD]) == ("1 (עם ברירת המחדל: 1)", 1)


@pytest.mark.parametrize("cell", [-1, "הרבה"])
def test_a_threshold_that_cannot_be_read_is_not_tried(world: World, cell: Cell) -> None:
    families(world, 3)
    world.run()
    write(world, COMPANION, "threshold", cell)
    world.run()
    assert rows(world)[COMPANION][TRIED_FIELD] == 1


def test_a_rule_without_its_table_says_nothing(world: World) -> None:
    world.run()
    assert rows(world)["goal.no_program:days"][TRIED_FIELD] == ""


def older(world: World) -> None:
    """Take the column out, as a tab of an earlier version lacks it."""
    sheet, at = place(world)
    span = {"sheetId": sheet["properties"]["sheetId"], "dimension": "COLUMNS", "startIndex": at, "endIndex": at + 1}
    world.edit(world.ids["main"], [{"deleteDimension": {"range": span}}])


def place(world: World) -> tuple[dict[str, Any], int]:
    sheet = world.tab("main", TITLE)
    return sheet, world.values("main", TITLE)[0].index(HEADER)


def test_a_tab_of_an_earlier_version_gets_the_column_and_nothing_else_moves(world: World) -> None:
    families(world, 1, 3)
    world.run()
    older(world)
    mine = ["שלי", *("הערה" for _ in range(3))]
    old = world.values("main", TITLE)
    sheet = world.tab("main", TITLE)
    start = {"sheetId": sheet["properties"]["sheetId"], "rowIndex": 0, "columnIndex": len(old[0])}
    cells = [{"values": [{"userEnteredValue": {"stringValue": text}}]} for text in mine]
    world.edit(world.ids["main"], [{"updateCells": {"start": start, "rows": cells, "fields": "userEnteredValue"}}])
    before = world.values("main", TITLE)
    world.run()
    after = world.values("main", TITLE)
    width = len(before[0])
    assert after[0] == [*before[0], HEADER]
    assert [(line + [""] * width)[:width] for line in after] == [(line + [""] * width)[:width] for line in before]
    assert rows(world)[COMPANION][TRIED_FIELD] == 1
    assert settled(world)
    made, at = place(world)
    [mark] = made["data"][0]["columnMetadata"][at]["developerMetadata"]
    assert mark["metadataValue"] == f"rules.{TRIED_FIELD}"


def test_a_tab_that_is_full_grows_by_a_column(world: World) -> None:
    world.run()
    older(world)
    sheet = world.tab("main", TITLE)
    grid = sheet["properties"]["gridProperties"]
    width = len(world.values("main", TITLE)[0])
    span = {"sheetId": sheet["properties"]["sheetId"], "dimension": "COLUMNS"}
    cut = {**span, "startIndex": width, "endIndex": grid["columnCount"]}
    world.edit(world.ids["main"], [{"deleteDimension": {"range": cut}}])
    world.run()
    assert world.values("main", TITLE)[0][-1] == HEADER
    assert settled(world)
