"""A write over Google's advised 2 MB really goes in parts, and that is told: log, story, summary, figures."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from sheets_sync.furnishing.furnish import sheet_id
from sheets_sync.pass_ import run_pass
from sheets_sync.store.database import reading
from sheets_sync.store.figures import figures
from sheets_sync.story import story
from sheets_sync.writing.marks import MARKER
from tests.world import World

ROWS = 1_000
PEOPLE = sheet_id("people")


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """Two doubtful cells in each of very many rows."""
    made = World(tmp_path, {"main": ("people",)})
    made.edit(made.ids["main"], [{"appendDimension": {"sheetId": PEOPLE, "dimension": "ROWS", "length": ROWS}}])
    rows = ({"role": "גזבר/ית", "name": f"אדם {n}", "email": "לברר", "phone": "12"} for n in range(ROWS))
    made.fill("people", *rows, book="main")
    yield made
    made.close()


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_a_write_over_two_megabytes_is_told_by_its_parts(world: World) -> None:
    world.forget_requests()
    account = run_pass(world.service)
    assert not account.troubles
    parts = account.mended["main"].batches
    written = [one for one in world.requests_seen() if one["path"].endswith(":batchUpdate")]
    assert parts == len(written) == account.calls["writes"] > 1
    assert dict(story(account))["pass.cut"] == {"spreadsheet": "main", "writes": parts}
    with reading(world.service.engine) as connection:
        assert figures(connection, world.now)["test"].parts["writes"] == parts
    mask = "sheets(data.rowData.values.note)"
    state = world.call("get", f"/v4/spreadsheets/{world.ids['main']}?includeGridData=true&fields={mask}")
    assert str(state).count(MARKER) >= 2 * ROWS
    assert world.run().requests == 0
    world.now += timedelta(days=1)
    world.run()
    assert f"כתיבה גדולה נשלחה ב־{parts} חלקים" in str(world.values("main", "תמונת מצב"))
    assert world.run().requests == 0
