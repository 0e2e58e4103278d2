"""Dropdowns follow the lists of the tab `settings`; one that a person changed stays as the person left it."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from sheets_sync.furnishing.furnish import offered, sheet_id
from sheets_sync.pass_ import run_pass
from sheets_sync.store import memory
from sheets_sync.store.database import reading
from sheets_sync.writing.edits import grid_range, set_note
from tests.sync.test_settings_tab import write
from tests.world import SPECS, World

TOPIC = next(at for at, one in enumerate(offered(SPECS["inquiries"])) if one.field == "topic")


@pytest.fixture
def village(tmp_path: Path) -> Iterator[World]:
    made = World(tmp_path, {"main": ("plan",), "own": ("inquiries",)})
    yield made
    made.close()


def column(world: World, book: str, key: str, at: int) -> list[list[str]]:
    """What the cells below a header offer, a row each; [] for nothing."""
    [sheet] = [one for one in world.whole(book)["sheets"] if one["properties"].get("sheetId") == sheet_id(key)]
    rows = sheet["data"][0].get("rowData", [])[1:60]
    cells = [row["values"][at] if at < len(row.get("values", [])) else {} for row in rows]
    return [_offers(cell.get("dataValidation", {})) for cell in cells]


def _offers(rule: dict[str, Any]) -> list[str]:
    return [value["userEnteredValue"] for value in rule.get("condition", {}).get("values", [])]


def validate(world: World, row: int, *values: str) -> None:
    """A person puts a dropdown of their own in a cell of the topics; without values, none."""
    area = {"range": grid_range(sheet_id("inquiries"), row, TOPIC)}
    given = [{"userEnteredValue": value} for value in values]
    rule = {"condition": {"type": "ONE_OF_LIST", "values": given}, "showCustomUi": True, "strict": True}
    world.edit(world.ids["own"], [{"setDataValidation": {**area, "rule": rule} if values else area}])


def topics(world: World, *names: str) -> None:
    """The person's list, and the passes until nothing is left to write."""
    write(world, "topics", ", ".join(names) or None)
    world.run()
    world.run()
    assert world.run().requests == 0


def test_a_list_of_the_settings_becomes_a_dropdown_and_follows_it(village: World) -> None:
    village.run()
    assert not any(column(village, "own", "inquiries", TOPIC))
    topics(village, "פנאי", "חינוך")
    assert column(village, "own", "inquiries", TOPIC) == [["פנאי", "חינוך"]] * 59
    topics(village, "פנאי", "תחבורה", "אחר")
    assert column(village, "own", "inquiries", TOPIC) == [["פנאי", "תחבורה", "אחר"]] * 59
    topics(village)
    assert not any(column(village, "own", "inquiries", TOPIC))


def test_what_a_person_changed_stays(village: World) -> None:
    village.run()
    validate(village, 3, "שלי")
    topics(village, "פנאי")
    validate(village, 5, "פנאי", "גם שלי")
    validate(village, 7)
    topics(village, "חינוך")
    found = column(village, "own", "inquiries", TOPIC)
    own = {3: ["שלי"], 5: ["פנאי", "גם שלי"], 7: []}
    assert found == [own.get(row, ["חינוך"]) for row in range(1, 60)]


def test_the_note_on_the_header_names_the_new_list_unless_a_person_wrote_it(village: World) -> None:
    def note() -> str:
        [sheet] = [
            one for one in village.whole("own")["sheets"] if one["properties"]["sheetId"] == sheet_id("inquiries")
        ]
        return str(sheet["data"][0]["rowData"][0]["values"][TOPIC].get("note", ""))

    village.run()
    topics(village, "פנאי")
    assert "פנאי" in note()
    topics(village, "חינוך")
    assert "חינוך" in note()
    village.edit(village.ids["own"], [set_note(sheet_id("inquiries"), 0, TOPIC, "שלי")])
    topics(village, "רווחה")
    assert note() == "שלי"


def test_google_is_asked_only_while_something_changed(village: World) -> None:
    village.run()
    village.forget_requests()
    village.run()
    assert not asked(village)
    write(village, "topics", "פנאי")
    village.run()
    village.run()
    assert asked(village)
    village.forget_requests()
    village.run()
    assert not asked(village)


def asked(world: World) -> Sequence[Any]:
    return [one for one in world.requests_seen() if "getByDataFilter" in str(one)]


def test_while_a_spreadsheet_is_away_its_dropdowns_wait(village: World) -> None:
    village.run()
    write(village, "topics", "פנאי")
    village.faults({"match": f"/{village.ids['own']}", "do": "status", "code": 403, "times": 99})
    assert run_pass(village.service).troubles
    village.faults()
    village.run()
    village.run()
    assert column(village, "own", "inquiries", TOPIC) == [["פנאי"]] * 59
    with reading(village.service.engine) as connection:
        kept = memory.recall(connection, "test", "offered_lists")
    assert kept == [[["topics", ["פנאי"]]]]
