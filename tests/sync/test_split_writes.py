"""A pass whose write would pass the advised size sends several, each of which stands with true row numbers."""

from collections.abc import Sequence

import pytest

from sheets_sync.furnishing.furnish import offered, sheet_id
from sheets_sync.reading.sizes import batches
from sheets_sync.writing import journal
from sheets_sync.writing.edits import Request
from tests.world import SPECS, World

LIMIT = 20_000
BAD = range(1, 50, 2)
"""The rows whose address is none."""


def test_a_large_write_of_a_pass_is_split_and_stands(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    world.run()
    addresses = ["לא כתובת" if row in BAD else f"p{row}@village.example" for row in range(1, 51)]
    world.fill("people", *({"name": f"אדם {n}", "email": address} for n, address in enumerate(addresses)))
    sent: list[list[list[Request]]] = []

    def small(requests: Sequence[Request]) -> list[list[Request]]:
        sent.append(batches(requests, LIMIT))
        return sent[-1]

    monkeypatch.setattr(journal, "batches", small)
    account = world.run()
    assert max(map(len, sent)) > 1
    assert account.calls["writes"] == sum(map(len, sent))
    assert noted(world) == set(BAD)
    again = world.run()
    assert (again.requests, again.calls.get("writes", 0)) == (0, 0)


def noted(world: World) -> set[int]:
    """The rows of people with a note at the address."""
    email = [column.field for column in offered(SPECS["people"])].index("email")
    mask = "sheets(properties.sheetId,data.rowData.values.note)"
    sheets = world.call("get", f"/v4/spreadsheets/{world.ids['main']}?includeGridData=true&fields={mask}")["sheets"]
    [people] = [one for one in sheets if one["properties"].get("sheetId") == sheet_id("people")]
    rows = [data.get("values", []) for data in people["data"][0].get("rowData", [])]
    return {row for row, cells in enumerate(rows) if row and len(cells) > email and cells[email].get("note")}
