"""Nothing a person wrote is disturbed: every tab of the invented community before and after a pass, over the API."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from sheets_sync.demo.community import invent
from sheets_sync.demo.fill import fill
from sheets_sync.reading.read import OWN_COLUMN
from sheets_sync.writing.marks import MARKER, persons_note
from tests.world import JERUSALEM, World

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=JERUSALEM)
COMMUNITY = invent(NOW.date())
OURS = {"תמונת מצב", "התראות", "לתיקון בגיליון", "כללי התראה"}


@pytest.fixture
def village(tmp_path: Path) -> Iterator[World]:
    world = World(tmp_path, dict.fromkeys(COMMUNITY.workbooks, ()), NOW)
    for name, changes in fill(COMMUNITY, rows=400).items():
        world.edit(world.ids[name], changes)
    yield world
    world.close()


def persons(spreadsheet: Any) -> dict[str, Any]:
    """A spreadsheet without what is ours: our tabs, notes below the marker, colour rules, and computed columns."""
    return {
        sheet["properties"]["title"]: _persons_tab(sheet)
        for sheet in spreadsheet["sheets"]
        if sheet["properties"]["title"] not in OURS
    }


def _persons_tab(sheet: Any) -> dict[str, Any]:
    [data] = sheet["data"]
    own = {
        column
        for column, metadata in enumerate(data.get("columnMetadata", ()))
        if any(mark["metadataKey"] == OWN_COLUMN for mark in metadata.get("developerMetadata", ()))
    }
    rows = [
        {column: _persons_cell(cell) for column, cell in enumerate(row.get("values", ())) if column not in own}
        for row in data.get("rowData", ())
    ]
    rules = [rule for rule in sheet.get("conditionalFormats", ()) if "sheets-sync:" not in str(rule)]
    properties = {name: value for name, value in sheet["properties"].items() if name != "index"}
    rest = {name: value for name, value in sheet.items() if name not in ("data", "conditionalFormats", "properties")}
    return {"rows": rows, "rules": rules, "properties": properties, "dimensions": _dimensions(data), **rest}


def _persons_cell(cell: Any) -> Any:
    """A cell but for our note and the colour our rule gives it; the person's colour is the entered format."""
    note = persons_note(cell.get("note", ""))
    kept = {name: value for name, value in cell.items() if name not in ("note", "effectiveFormat")}
    return {**kept, "note": note} if note else kept


def _dimensions(data: Any) -> Any:
    return [data.get("columnMetadata"), data.get("rowMetadata")]


def whole(world: World) -> dict[str, dict[str, Any]]:
    return {name: persons(world.whole(name)) for name in world.ids}


def test_the_demo_has_something_of_a_persons_in_every_table(village: World) -> None:
    """What the comparison below would miss if it were not there."""
    seen = {name: str(village.whole(name)) for name in village.ids}
    for what in ("'note'", "'conditionalFormats'", "'basicFilter'", "'formulaValue'", "'merges'", "'hiddenByUser'"):
        assert any(what in text for text in seen.values()), what


def test_a_pass_leaves_everything_of_the_persons(village: World) -> None:
    before = whole(village)
    account = village.run()
    assert account.picture.problems
    after = whole(village)
    for name in before:
        for title, tab in before[name].items():
            assert after[name][title] == tab, title
    assert any(MARKER in str(village.whole(name)) for name in village.ids)


def test_marks_go_when_their_problems_do(village: World) -> None:
    """The mended cell's note and colour are as before the first pass."""
    village.run()
    [problem] = [one for one in village.run().picture.problems if one.value == 990]
    cell = {"userEnteredValue": {"numberValue": 99}}
    start = {"sheetId": problem.place.sheet, "rowIndex": problem.row, "columnIndex": problem.column}
    fix = {"updateCells": {"start": start, "rows": [{"values": [cell]}], "fields": "userEnteredValue"}}
    village.edit(problem.place.spreadsheet, [fix])
    village.run()
    tab = next(s for s in village.whole("main")["sheets"] if s["properties"]["sheetId"] == problem.place.sheet)
    assert "sheets-sync:problem" not in str(tab.get("conditionalFormats", ""))
    assert MARKER not in str(tab["data"][0]["rowData"][problem.row])
    assert not any("990" in row for row in village.values("main", "לתיקון בגיליון"))


def test_a_tick_makes_the_proposed_repair_and_nothing_else(village: World) -> None:
    village.run()
    rows = village.values("main", "לתיקון בגיליון")
    at = next(i for i, row in enumerate(rows) if "התעמלות בוקר" in row)
    sheet = village.tab("main", "לתיקון בגיליון")
    start = {"sheetId": sheet["properties"]["sheetId"], "rowIndex": at, "columnIndex": rows[0].index("תקן")}
    tick = {
        "start": start,
        "rows": [{"values": [{"userEnteredValue": {"boolValue": True}}]}],
        "fields": "userEnteredValue",
    }
    village.edit(village.ids["main"], [{"updateCells": tick}])
    before = village.values("main", "נרשמים")
    village.run()
    changed = [
        (old, new)
        for one, other in zip(before, village.values("main", "נרשמים"), strict=True)
        for old, new in zip(one, other, strict=True)
        if old != new
    ]
    assert changed == [("התעמלות בקר", "התעמלות בוקר")]
    village.run()  # what the repair brings with it: the class has one registration more
    assert village.run().requests == 0


def test_what_a_person_wrote_beside_a_problem_stays(village: World) -> None:
    """In a column of their own in the tab of problems; the row says that it was mended, and others go."""
    village.run()
    rows = village.values("main", "לתיקון בגיליון")
    at = next(i for i, row in enumerate(rows) if "990" in row)
    sheet = village.tab("main", "לתיקון בגיליון")
    start = {"sheetId": sheet["properties"]["sheetId"], "rowIndex": at, "columnIndex": len(rows[0]) + 1}
    said = {"start": start, "rows": [{"values": [{"userEnteredValue": {"stringValue": "שאלתי את מיה"}}]}]}
    village.edit(village.ids["main"], [{"updateCells": {**said, "fields": "userEnteredValue"}}])
    [problem] = [one for one in village.run().picture.problems if one.value == 990]
    start = {"sheetId": problem.place.sheet, "rowIndex": problem.row, "columnIndex": problem.column}
    fix = {"start": start, "rows": [{"values": [{"userEnteredValue": {"numberValue": 99}}]}]}
    village.edit(problem.place.spreadsheet, [{"updateCells": {**fix, "fields": "userEnteredValue"}}])
    village.run()
    [row] = [row for row in village.values("main", "לתיקון בגיליון") if "שאלתי את מיה" in row]
    assert "✓ הסתדר" in row
    assert village.run().requests == 0
