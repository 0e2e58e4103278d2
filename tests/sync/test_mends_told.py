"""What a write that met an edit did is told: in the log, to who asked for the pass, and in the summary."""

from dataclasses import replace
from datetime import timedelta

import pytest

from sheets_sync.account import Account
from sheets_sync.cli.account import tell
from sheets_sync.furnishing.furnish import sheet_id
from sheets_sync.pass_ import run_pass
from sheets_sync.story import story
from sheets_sync.writing.edits import insert_rows, set_cells
from tests.sync.window import Window
from tests.world import SPECS, World

SHEET = sheet_id("registrations")
FIX = [column.field for column in SPECS["checks"].columns].index("fix")


def ticked(world: World) -> None:
    """A registration whose phone lost its zero, and the box of its repair."""
    world.fill("registrations", {"participant": "איתי", "phone": 501234567})
    world.run()
    title = SPECS["checks"].hebrew
    row = next(at for at, cells in enumerate(world.values("main", title)) if "050-1234567" in cells)
    sheets = {one["properties"]["title"]: one["properties"]["sheetId"] for one in world.whole("main")["sheets"]}
    world.edit(world.ids["main"], [set_cells(sheets[title], row, FIX, [[True]])])


def raced(world: World, *, is_filled: bool) -> Account:
    """A row is put in above, just before the repair is written."""

    def visit() -> None:
        world.edit(world.ids["main"], [insert_rows(SHEET, 1, 1, like_above=False)])
        if is_filled:
            world.fill("registrations", {"participant": "נועה", "phone": "03-5551234"})

    return run_pass(replace(world.service, gateway=Window(world.service.gateway, [visit])))


def summary(world: World) -> str:
    return str(world.values("main", "תמונת מצב"))


def test_a_write_that_met_an_edit_is_told_with_its_counts(world: World) -> None:
    ticked(world)
    account = raced(world, is_filled=False)
    told = dict(story(account))["pass.mended"]
    assert (told["spreadsheet"], told["tabs"], told["left"]) == ("main", 1, 0)
    assert told["put_back"] >= 1
    assert "pass.mended" not in dict(story(world.run()))
    assert "וייתכן שבמקום" not in summary(world)


def test_a_cell_of_which_nothing_is_known_is_named_for_a_day(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    ticked(world)
    account = raced(world, is_filled=True)
    [place] = account.mended["main"].left
    assert place.startswith(SPECS["registrations"].hebrew)
    assert dict(story(account))["pass.mended"]["left"] == 1
    tell(account)
    assert place in capsys.readouterr().out
    world.run()
    assert place in summary(world)
    assert "וייתכן שבמקום" in summary(world)
    world.now += timedelta(days=1)
    world.run()
    assert place not in summary(world)


def test_a_write_that_came_too_late_is_told_without_counts(world: World) -> None:
    """Google refuses the whole batch, as a tab that it names is gone: what to write is decided anew."""
    ticked(world)

    def visit() -> None:
        world.edit(world.ids["main"], [{"deleteSheet": {"sheetId": SHEET}}])

    account = run_pass(replace(world.service, gateway=Window(world.service.gateway, [visit])))
    events = dict(story(account))
    assert events["pass.anew"] == {"spreadsheet": "main"}
    assert "pass.mended" not in events
    assert account.mended["main"].rounds == 1
    assert "pass.anew" not in dict(story(run_pass(world.service)))
