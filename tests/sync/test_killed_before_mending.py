"""A process is killed between its write and the mending: the next one puts back what that write displaced.

The oracle is a twin in which the same is edited and no service ever writes.
"""

import signal
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from sheets_sync.furnishing.furnish import offered, sheet_id
from sheets_sync.pass_ import run_pass
from sheets_sync.reading.known import Known
from sheets_sync.store.database import reading
from sheets_sync.writing.edits import set_cells, set_note
from sheets_sync.writing.unmended import recall
from tests.cli.processes import wait_for
from tests.faults import fresh_random, ran, shares
from tests.forked import ended, fork
from tests.sync import child
from tests.sync.editor import BAD, TABS, Editor
from tests.sync.test_races import settled
from tests.sync.window import Window
from tests.world import SPECS, World

PEOPLE = sheet_id("people")
PHONE = [column.field for column in offered(SPECS["people"])].index("phone")
ROWS = {"sheetId": PEOPLE, "dimension": "ROWS"}
EVERY_ROW = {"sheetId": PEOPLE, "startRowIndex": 1}
CONDITION = {"type": "CUSTOM_FORMULA", "values": [{"userEnteredValue": "=1=2"}]}
RULE = {"ranges": [EVERY_ROW], "booleanRule": {"condition": CONDITION, "format": {"backgroundColor": {"blue": 1}}}}

RACES: Mapping[str, Any] = {
    "a row put in": {"insertDimension": {"range": {**ROWS, "startIndex": 1, "endIndex": 2}}},
    "a row deleted": {"deleteDimension": {"range": {**ROWS, "startIndex": 1, "endIndex": 2}}},
    "a row moved": {"moveDimension": {"source": {**ROWS, "startIndex": 1, "endIndex": 2}, "destinationIndex": 9}},
    "a rule put in": {"addConditionalFormatRule": {"rule": RULE, "index": 0}},
}
IN_FLIGHT = "in flight"


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = World(tmp_path, {"main": TABS})
    made.ids["twin"] = made.make("twin", TABS)
    yield made
    made.close()


@pytest.fixture
def editor(world: World) -> Editor:
    """Notes of the person's stand in every row; then some telephones, all of them right until then, are spoilt."""
    made = Editor(world, fresh_random())
    settle_in(made)
    made.both([set_cells(PEOPLE, row, PHONE, [["050-1234567"]]) for row in range(1, 13)])
    settled(world)
    made.both([set_cells(PEOPLE, row, PHONE, [[f"00{row}" if row % 3 else "050-1234567"]]) for row in range(1, 13, 2)])
    return made


def settle_in(editor: Editor) -> None:
    """With a note of the person's on every cell in which something is ever wrong."""
    editor.settle_in()
    for key in TABS:
        columns = [at for at, column in enumerate(offered(SPECS[key])) if column.field in BAD]
        cells = [(row, column) for row in range(1, 13) for column in columns]
        editor.both([set_note(sheet_id(key), *cell, f"הערה {key} {cell}") for cell in cells])


@pytest.mark.slow
@pytest.mark.parametrize("boundary", ["write.answered", "write.committed", IN_FLIGHT])
@pytest.mark.parametrize("race", RACES)
def test_what_was_displaced_comes_back(world: World, editor: Editor, race: str, boundary: str) -> None:
    edits = [(f"{world.google.url}/v4/spreadsheets/{world.ids[one]}:batchUpdate", RACES[race]) for one in editor.books]
    file, moment = str(world.settings_file()), world.now.isoformat()
    if boundary == IN_FLIGHT:
        world.faults({"match": ":batchUpdate", "do": "hold_answer", "seconds": 15, "after": len(edits)})
    fault = "" if boundary == IN_FLIGHT else f"{boundary}:kill"
    process = fork(child.raced, file, moment, edits, world.headers, fault=fault)
    if boundary == IN_FLIGHT:
        wait_for(lambda: any(one["fault"] for one in world.requests_seen()))
        process.kill()
    assert ended(process) == -signal.SIGKILL
    world.faults()
    assert editor.differences() != []
    settled(world)
    assert editor.differences() == []
    with reading(world.service.engine) as connection:
        assert recall(connection, "test") == {}
    ran(struck=1)


class Killed(BaseException):
    """The process is gone."""


class Dying(Window):
    """Lets somebody in before a write; the process dies when the write stands, and nobody learns its answer."""

    def write(self, spreadsheet: str, requests: Any, **arguments: Any) -> Mapping[str, Any]:
        super().write(spreadsheet, requests, **arguments)
        raise Killed


@pytest.mark.slow
@pytest.mark.parametrize("share", shares(100, 10))
def test_whatever_was_edited(world: World, share: int) -> None:
    """Any edit but a new colour rule: the service never saw one that it then struck."""
    chance = fresh_random()
    editor, counts = Editor(world, chance), Counter[str]()
    deeds = [
        *[editor.sort, editor.insert, editor.delete, editor.move_row] * 2,
        editor.move_column,
        editor.insert_column,
        editor.note,
        editor.drop_rule,
        editor.type,
        editor.hide,
        editor.rename_tab,
    ]
    settle_in(editor)
    editor.problems = settled(world)
    for _ in range(share):
        key = chance.choice(TABS)
        for _ in range(4):
            editor.type(key)
            editor.note_anywhere(key)
        deed = chance.choice(deeds)
        died = dies(world, partial(deed, key))
        counts += Counter(died=died, struck=died and editor.differences() != [])
        editor.problems = settled(world)
        assert editor.differences() == [], (deed.__name__, key)
    print(dict(counts))
    ran(share, **counts)
    assert counts["died"]


def dies(world: World, visit: Callable[[], object]) -> bool:
    """A pass that somebody visits; it dies after its first write, unless there is none or Google refuses it."""
    try:
        run_pass(replace(world.service, gateway=Dying(world.service.gateway, [visit]), known=Known()))
    except Killed:
        return True
    return False
