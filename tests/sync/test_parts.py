"""A person protects a tab hard: only that tab goes without, it is named, and it catches up when it may."""

from datetime import timedelta
from typing import Any

import pytest

from sheets_sync.errors import Protected
from sheets_sync.pass_ import run_pass
from sheets_sync.writing.marks import MARKER
from sheets_sync.writing.parts import by_tab
from tests.world import OWNER, World

CLASSES, REGISTRATIONS = "חוגים, סדנאות וקורסים", "נרשמים"


def protect(world: World, book: str, title: str) -> int:
    """A protection that lists only the owner; its id."""
    sheets = world.sheet_ids(book)
    protected = {"range": {"sheetId": sheets[title]}, "editors": {"users": [OWNER]}}
    answer = world.edit(world.ids[book], [{"addProtectedRange": {"protectedRange": protected}}])
    return int(answer["replies"][0]["addProtectedRange"]["protectedRange"]["protectedRangeId"])


@pytest.fixture
def world(world: World) -> World:
    """Doubtful cells in two tabs of one spreadsheet."""
    world.fill("classes", {"name": "יוגה", "phone": "12"})
    world.fill("registrations", {"participant": "איתי", "phone": "12", "class_name": "יוגה"})
    return world


def notes(world: World, title: str) -> int:
    tab = world.tab("main", title)
    return str(tab["data"][0].get("rowData", [])).count(MARKER)


def test_the_protected_tab_alone_goes_without_and_is_named(world: World) -> None:
    protection = protect(world, "main", CLASSES)
    troubles = run_pass(world.service).troubles
    [(name, trouble)] = troubles.items()
    assert (name, type(trouble)) == ("main", Protected)
    assert CLASSES in trouble.he
    assert world.account in trouble.he
    assert notes(world, CLASSES) == 0
    assert notes(world, REGISTRATIONS) > 0
    assert world.values("main", "תמונת מצב")
    # Told once, and not asked again with every pass.
    later = run_pass(world.service, "clock")
    assert later.troubles == {}
    assert later.calls["writes"] <= 1
    # A person mends it: within the next try the tab has its marks.
    world.edit(world.ids["main"], [{"deleteProtectedRange": {"protectedRangeId": protection}}])
    world.now += timedelta(minutes=2)
    world.run()
    assert notes(world, CLASSES) > 0
    world.run()  # its line in the summary goes
    assert world.run().requests == 0


def test_requests_are_grouped_by_the_tab_they_change() -> None:
    requests: list[dict[str, Any]] = [
        {"updateCells": {"start": {"sheetId": 5, "rowIndex": 1}, "rows": [{"sheetId": 9}]}},
        {"addConditionalFormatRule": {"rule": {"ranges": [{"sheetId": 7}]}, "index": 0}},
        {"deleteConditionalFormatRule": {"sheetId": 5, "index": 1}},
        {"addSheet": {"properties": {"sheetId": 8, "title": "x"}}},
        {"updateSpreadsheetProperties": {"properties": {"title": "x"}, "fields": "title"}},
        {"createDeveloperMetadata": {"developerMetadata": {"location": {"dimensionRange": {"sheetId": 8}}}}},
    ]
    parts = by_tab(requests)
    assert {sheet: len(part) for sheet, part in parts.items()} == {5: 2, 7: 1, 8: 2, None: 1}
    assert [request for part in parts.values() for request in part] != []
