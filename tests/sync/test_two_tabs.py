"""Two tabs of one table: which counts is said, and it goes on counting wherever the tabs are dragged."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from rules.lifecycle import Step
from sheets_sync.cli.account import tell
from sheets_sync.furnishing.furnish import sheet_id
from sheets_sync.previewing import preview
from tests.world import World

BUDGET = sheet_id("budget")


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = World(tmp_path)
    made.fill("budget", {"line": "א", "planned": 100})
    made.fill("expenses", {"date": 46349, "line": "א", "supplier": "גל", "amount": 900, "kind": "תשלום"})
    yield made
    made.close()


def copied(world: World, title: str) -> int:
    copy = {"sourceSheetId": BUDGET, "insertSheetIndex": 1, "newSheetName": title}
    answer = world.edit(world.ids["budget"], [{"duplicateSheet": copy}])
    return int(answer["replies"][0]["duplicateSheet"]["properties"]["sheetId"])


def changed(world: World, sheet: int, **properties: object) -> None:
    change = {"properties": {"sheetId": sheet, **properties}, "fields": ",".join(properties)}
    world.edit(world.ids["budget"], [{"updateSheetProperties": change}])


@pytest.mark.parametrize("title", ["תקציב", "תקציב חלופה", "תקציב 2020"])
def test_the_tab_that_counted_goes_on_counting(world: World, title: str) -> None:
    world.run()
    changed(world, BUDGET, title="תקציב בסיס")
    copy = copied(world, title)
    for place in (0, 2, 0):
        changed(world, copy, index=place)
        account = world.run()
        assert account.picture.tabs["budget"].place.sheet == BUDGET
        assert not account.steps[Step.OPENED] + account.steps[Step.CLOSED]


@pytest.mark.parametrize(("title", "is_told"), [("תקציב חלופה", True), ("תקציב 2020", False)])
def test_the_tab_that_is_left_aside_is_told(
    world: World, capsys: pytest.CaptureFixture[str], title: str, is_told: bool
) -> None:
    world.run()
    assert world.run().picture.aside == {}
    copied(world, title)
    world.run()
    page = str(world.values("main", "תמונת מצב"))
    tell(preview(world.service), wrote=False)
    assert [f"'{title}', 'נראית כמו" in page, f"! {title}" in capsys.readouterr().out] == [is_told, is_told]


def test_another_tab_counts_once_the_one_that_did_is_gone(world: World) -> None:
    world.run()
    copy = copied(world, "תקציב חלופה")
    world.edit(world.ids["budget"], [{"deleteSheet": {"sheetId": BUDGET}}])
    for _ in range(2):
        assert world.run().picture.tabs["budget"].place.sheet == copy
