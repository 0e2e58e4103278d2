"""A person sorts or puts in a row just as an edited answer is written: it goes to its row, and theirs stays theirs."""

from collections.abc import Callable
from dataclasses import replace

import msgspec
import pytest

from sheets_sync.furnishing.furnish import sheet_id
from sheets_sync.pass_ import run_pass
from sheets_sync.store import inbox
from sheets_sync.store.database import writing
from sheets_sync.writing.edits import insert_rows
from tests.sync.window import Window
from tests.world import World

NAME, PHONE, CLASS = "שם המשתתף/ת", "טלפון", "חוג"
SHEET = sheet_id("registrations")
TITLE = "טפסים שממתינים לשיבוץ"


def send(world: World, message: str, id: str, name: str, phone: str) -> None:
    answers = {NAME: name, PHONE: phone, CLASS: "יוגה"}
    body = {"submission": {"id": id, "submitted": "2026-11-23T09:00:00+02:00", "answers": answers}}
    with writing(world.service.engine) as connection:
        inbox.take(connection, "test", "registrations", message, msgspec.json.encode(body), world.now)


def phones(world: World) -> dict[str, str]:
    header, *rows = world.values("main", "נרשמים")
    at = [header.index(name) for name in (NAME, PHONE)]
    return {row[at[0]]: str(row[at[1]]) for row in rows if any(row)}


def sort(world: World) -> None:
    spec = {"dimensionIndex": 0, "sortOrder": "DESCENDING"}
    columns = world.values("main", "נרשמים")[0]
    spec["dimensionIndex"] = columns.index(NAME)
    first = world.values("main", "נרשמים")[1][columns.index(NAME)]
    spec["sortOrder"] = "DESCENDING" if first.startswith("א") else "ASCENDING"
    area = {"sheetId": SHEET, "startRowIndex": 1, "endRowIndex": 3}
    world.edit(world.ids["main"], [{"sortRange": {"range": area, "sortSpecs": [spec]}}])


def insert(world: World) -> None:
    world.edit(world.ids["main"], [insert_rows(SHEET, 1, 1, like_above=False)])


def move_column(world: World) -> None:
    at = world.values("main", "נרשמים")[0].index(PHONE)
    span = {"sheetId": SHEET, "dimension": "COLUMNS", "startIndex": at, "endIndex": at + 1}
    world.edit(world.ids["main"], [{"moveDimension": {"source": span, "destinationIndex": 0}}])


@pytest.mark.parametrize("visit", [insert, move_column])
def test_a_new_answer_stands_under_its_own_headers(world: World, visit: Callable[[World], None]) -> None:
    send(world, "m-1", "a-1", "נועה", "050-1234567")
    world.run()
    send(world, "m-2", "a-2", "איתי", "050-7654321")
    run_pass(replace(world.service, gateway=Window(world.service.gateway, [lambda: visit(world)])))
    world.run()
    assert phones(world) == {"נועה": "050-1234567", "איתי": "050-7654321"}
    assert [str(row).count("050-7654321") for row in world.values("main", "נרשמים") if "איתי" in row] == [1]


@pytest.mark.parametrize("visit", [sort, insert, move_column])
def test_an_edited_answer_goes_to_its_own_row(world: World, visit: Callable[[World], None]) -> None:
    send(world, "m-1", "a-1", "נועה", "050-1234567")
    send(world, "m-2", "a-2", "איתי", "050-7654321")
    world.run()
    send(world, "m-3", "a-1", "נועה", "052-1111111")
    world.run()
    at = next(at for at, row in enumerate(world.values("main", TITLE)) if any("052-1111111" in str(c) for c in row))
    path = f"/v4/spreadsheets/{world.ids['main']}/values/'{TITLE}'!F{at + 1}?valueInputOption=RAW"
    world.call("put", path, {"values": [["לשבץ"]]})
    run_pass(replace(world.service, gateway=Window(world.service.gateway, [lambda: visit(world)])))
    world.run()
    assert phones(world) == {"נועה": "052-1111111", "איתי": "050-7654321"}
