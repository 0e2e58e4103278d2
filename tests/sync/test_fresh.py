"""What a person types between our read and our write, where the reading is no more fresh or a repair was asked for."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from sheets_sync.furnishing.furnish import offered, sheet_id
from sheets_sync.google.gateway import STATE, Gateway
from sheets_sync.pass_ import run_pass
from sheets_sync.writing import mending
from sheets_sync.writing.edits import set_cells
from tests.sync.window import Window
from tests.world import SPECS, World

RAW = "501234567"


class Once(Gateway):
    """A gateway that lets somebody in right after a spreadsheet was first read."""

    def __init__(self, gateway: Gateway, spreadsheet: str, visit: Callable[[], object]) -> None:
        super().__init__(gateway.client)
        self.spreadsheet, self.visits, self.reads = spreadsheet, [visit], 0

    def state(self, spreadsheet: str, mask: str = STATE) -> Mapping[str, Any]:
        answer = super().state(spreadsheet, mask)
        self.reads += 1
        if spreadsheet == self.spreadsheet and self.visits:
            self.visits.pop()()
        return answer


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = World(tmp_path)
    yield made
    made.close()


def at(key: str, field: str) -> int:
    return [column.field for column in offered(SPECS[key])].index(field)


def value(world: World, book: str, key: str, row: int, field: str) -> Any:
    tab = next(one for one in world.whole(book)["sheets"] if one["properties"].get("sheetId", 0) == sheet_id(key))
    return tab["data"][0]["rowData"][row]["values"][at(key, field)].get("userEnteredValue")


def tick(world: World) -> None:
    tabs = {one["properties"]["title"]: one["properties"]["sheetId"] for one in world.whole("main")["sheets"]}
    head, *_ = world.values("main", "לתיקון בגיליון")
    world.edit(world.ids["main"], [set_cells(tabs["לתיקון בגיליון"], 1, head.index("תקן"), [[True]])])


@pytest.mark.parametrize(("typed", "stands"), [("052-7654321", "052-7654321"), (RAW, "050-1234567")])
def test_a_repair_holds_only_for_what_stands_when_it_sets_out(world: World, typed: str, stands: str) -> None:
    world.fill("people", {"role": "רכז/ת קהילה", "name": "דנה כהן", "email": "dana@village.example", "phone": RAW})
    world.run()
    tick(world)
    edit = set_cells(sheet_id("people"), 1, at("people", "phone"), [[typed]])
    visit = Once(world.service.gateway, world.ids["main"], lambda: world.edit(world.ids["main"], [edit]))
    run_pass(replace(world.service, gateway=visit))
    assert value(world, "main", "people", 1, "phone") == {"stringValue": stands}


@pytest.mark.parametrize(("bound", "stands"), [(0.0, {"formulaValue": "=D2-7"}), (60.0, {"numberValue": 50})])
def test_a_reading_that_is_no_more_fresh_is_made_again(
    world: World, monkeypatch: pytest.MonkeyPatch, bound: float, stands: object
) -> None:
    monkeypatch.setattr(mending, "FRESH_SECONDS", bound)
    world.fill("budget", {"line": "א", "planned": 100})
    world.run()
    world.fill("expenses", {"date": 46349, "line": "א", "supplier": "גל", "amount": 50, "kind": "תשלום"})
    here = {"sheetId": sheet_id("budget"), "rowIndex": 1, "columnIndex": at("budget", "remaining")}
    formula = {"rows": [{"values": [{"userEnteredValue": {"formulaValue": "=D2-7"}}]}], "fields": "userEnteredValue"}
    book = world.ids["budget"]
    visit = Once(world.service.gateway, book, lambda: world.edit(book, [{"updateCells": {"start": here, **formula}}]))
    run_pass(replace(world.service, gateway=visit))
    assert value(world, "budget", "budget", 1, "remaining") == stands


def test_a_repair_in_a_row_of_its_own_stands_whatever_else_is_edited(world: World) -> None:
    """The row shows nothing but the repaired cell, and is so known by its place alone."""
    lone = set_cells(sheet_id("people"), 9, at("people", "phone"), [[RAW]])
    world.edit(world.ids["main"], [lone])
    world.run()
    head, *rows = world.values("main", "לתיקון בגיליון")
    proposed = next(row for row, cells in enumerate(rows, 1) if cells[head.index("הצעה")])
    tab = next(one for one in world.whole("main")["sheets"] if one["properties"]["title"] == "לתיקון בגיליון")
    world.edit(world.ids["main"], [set_cells(tab["properties"]["sheetId"], proposed, head.index("תקן"), [[True]])])
    condition = {"type": "TEXT_CONTAINS", "values": [{"userEnteredValue": "דנה"}]}
    areas = [{"sheetId": sheet_id("people"), "startRowIndex": 1}]
    rule = {"ranges": areas, "booleanRule": {"condition": condition, "format": {"textFormat": {"bold": True}}}}
    visit = partial(world.edit, world.ids["main"], [{"addConditionalFormatRule": {"rule": rule, "index": 0}}])
    account = run_pass(replace(world.service, gateway=Window(world.service.gateway, [visit])))
    assert account.mended["main"].rounds
    assert value(world, "main", "people", 9, "phone") == {"stringValue": "050-1234567"}
