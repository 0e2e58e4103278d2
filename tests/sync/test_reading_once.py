"""One read a spreadsheet: grid data gives the values as the values API does; large ones come by parts."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import orjson
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rules.table import Cell
from sheets_sync.furnishing.furnish import sheet_id
from sheets_sync.google.gateway import STATE
from sheets_sync.reading.fetch import read_spreadsheet
from sheets_sync.reading.read import Spreadsheet, spreadsheet_of
from sheets_sync.reading.sizes import batches, packed, row_spans, tab_bytes
from sheets_sync.story import story
from sheets_sync.writing.edits import Request, set_cells, set_note
from tests.world import World

CELLS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**6), 10**6),
    st.floats(-1e6, 1e6, allow_nan=False).map(lambda n: round(n, 3)),
    st.sampled_from(
        ["", "שלום", "0501234567", "=1/0", "=NA()", "=A1", "=SUM(A1:B2)", '=""', "=SEQUENCE(2,2)", "#REF!"]
    ),
)
GRIDS = st.lists(st.lists(CELLS, max_size=5), max_size=6)


def entered(value: Cell) -> dict[str, Any]:
    match value:
        case None | "":
            return {}
        case bool():
            return {"userEnteredValue": {"boolValue": value}}
        case int() | float():
            return {"userEnteredValue": {"numberValue": value}}
        case _:
            kind = "formulaValue" if value.startswith("=") else "stringValue"
            return {"userEnteredValue": {kind: value}}


def put(world: World, rows: Sequence[Sequence[Cell]]) -> None:
    """The rows, and nothing else, in a tab of its own."""
    world.edit(
        world.ids["main"],
        [
            {"updateCells": {"range": {"sheetId": 77}, "fields": "userEnteredValue,note"}},
            {
                "updateCells": {
                    "start": {"sheetId": 77, "rowIndex": 0, "columnIndex": 0},
                    "rows": [{"values": [entered(cell) for cell in row]} for row in rows],
                    "fields": "userEnteredValue",
                }
            },
        ],
    )


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Any:
    made = World(tmp_path_factory.mktemp("bare"), {"main": ()})
    made.edit(made.ids["main"], [{"addSheet": {"properties": {"sheetId": 77, "title": "נתונים"}}}])
    yield made
    made.close()


def tab_of(spreadsheet: Spreadsheet, sheet: int = 77) -> Any:
    return next(tab for tab in spreadsheet.tabs if tab.place.sheet == sheet)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=GRIDS)
def test_grid_data_gives_what_the_values_api_gives(bare: World, rows: list[list[Cell]]) -> None:
    put(bare, rows)
    gateway, main = bare.service.gateway, bare.settings.main
    [values] = gateway.values(main.id, [{"sheetId": 77}])
    tab = tab_of(spreadsheet_of(main, gateway.state(main.id)))
    assert list(tab.grid.columns) == values
    assert [list(map(type, column)) for column in tab.grid.columns] == [list(map(type, column)) for column in values]


@pytest.mark.slow
@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=GRIDS, limit=st.integers(500, 60_000))
def test_parts_make_the_same_whole(bare: World, rows: list[list[Cell]], limit: int) -> None:
    put(bare, [["כותרת"], *rows])
    gateway, main = bare.service.gateway, bare.settings.main
    bare.edit(main.id, [set_note(77, 2, 1, "הערה")])
    whole = read_spreadsheet(gateway, main)
    parts = read_spreadsheet(gateway, main, whole, limit)
    assert (parts.title, parts.last_write) == (whole.title, whole.last_write)
    for one, other in zip(whole.tabs, parts.tabs, strict=True):
        assert (one.place, list(one.grid.columns), one.notes) == (other.place, list(other.grid.columns), other.notes)
        assert one.formulas >= other.formulas


@pytest.mark.parametrize(("limit", "reads"), [(40_000, 2), (9_000, 8), (4_000, 13)])
def test_a_large_tab_is_read_by_rows(bare: World, limit: int, reads: int) -> None:
    rows: list[list[Cell]] = [[f"משק {n}", n] for n in range(300)]
    put(bare, [["שם", "סכום"], *rows, [None, "=SUM(B2:B301)"]])
    bare.edit(bare.ids["main"], [set_note(77, 250, 1, "לבדוק")])
    gateway, main = bare.service.gateway, bare.settings.main
    whole = read_spreadsheet(gateway, main)
    before = gateway.client.calls.copy()
    parts = read_spreadsheet(gateway, main, whole, limit)
    calls = gateway.client.calls - before
    assert calls == {"reads": reads}
    tab = tab_of(parts)
    assert tab == tab_of(whole)
    assert tab.formulas == {(301, 1)}
    assert tab.notes == {(250, 1): "לבדוק"}


def test_a_known_spreadsheet_is_one_read_and_always_fresh(world: World) -> None:
    gateway, main = world.service.gateway, world.settings.main
    first = read_spreadsheet(gateway, main)
    world.edit(
        main.id,
        [
            set_note(first.tabs[0].place.sheet, 1, 0, "נכתבה רגע קודם"),
            {
                "updateSheetProperties": {
                    "properties": {"sheetId": first.tabs[0].place.sheet, "title": "שם אחר"},
                    "fields": "title",
                }
            },
            {"addSheet": {"properties": {"sheetId": 4242, "title": "חדש"}}},
        ],
    )
    before = gateway.client.calls.copy()
    again = read_spreadsheet(gateway, main, first)
    assert gateway.client.calls - before == {"reads": 1}
    assert again.tabs[0].notes[1, 0] == "נכתבה רגע קודם"
    assert again.tabs[0].title == "שם אחר"
    assert again.tabs[-1].title == "חדש"


def test_a_write_can_answer_with_the_spreadsheet(bare: World) -> None:
    put(bare, [["a", 1], [True, "=B1*2"]])
    gateway, main = bare.service.gateway, bare.settings.main
    answer = gateway.write(main.id, [set_cells(77, 0, 2, [["x"], ["y"]])], with_state=True)
    assert spreadsheet_of(main, answer["updatedSpreadsheet"]) == spreadsheet_of(main, gateway.state(main.id))
    answer = gateway.write(main.id, [set_note(77, 0, 0, "n")], with_state=True, ranges=["'נתונים'!A1:A2"])
    [tab] = spreadsheet_of(main, answer["updatedSpreadsheet"]).tabs
    assert (list(tab.grid.columns), tab.notes) == ([["a", True]], {(0, 0): "n"})


def test_a_reading_in_parts_is_told(world: World) -> None:
    """A tab of very many rows, of which nothing is known: by its rows, until it is known to be mostly blank."""
    dimension = {"sheetId": sheet_id("people"), "dimension": "ROWS", "length": 25_000}
    world.edit(world.ids["main"], [{"appendDimension": dimension}])
    account = world.run()
    [split] = [fields for name, fields in story(account) if name == "pass.split"]
    assert split["spreadsheet"] == "main"
    again = world.run()
    assert "pass.split" not in dict(story(again))
    assert again.calls["reads"] == 3


REQUESTS = st.lists(st.tuples(st.integers(0, 2), st.sampled_from(["cells", "insert"]), st.integers(1, 30)), max_size=12)


def request_of(sheet: int, kind: str, size: int) -> Request:
    if kind == "insert":
        return {"insertDimension": {"range": {"sheetId": sheet, "dimension": "ROWS", "startIndex": 1, "endIndex": 2}}}
    return set_cells(sheet, 0, 0, [["x" * size]])


@given(REQUESTS, st.integers(200, 1_500))
def test_batches_keep_the_order_and_what_belongs_together(drawn: list[tuple[int, str, int]], limit: int) -> None:
    requests = [request_of(*one) for one in drawn]
    made = batches(requests, limit)
    assert [request for batch in made for request in batch] == requests
    assert all(made)
    for one, other in pairwise(made):
        last, first = one[-1], other[0]
        cut_inside = sheet_of(last) == sheet_of(first)
        assert not (cut_inside and ("insertDimension" in last or "insertDimension" in first))


def sheet_of(request: Request) -> int:
    [body] = request.values()
    found: int = (body.get("range") or body["start"])["sheetId"]
    return found


@given(st.dictionaries(st.integers(), st.integers(0, 100), max_size=9), st.integers(1, 150))
def test_groups_stay_within_the_limit(sizes: dict[int, int], limit: int) -> None:
    groups = packed(sizes, limit)
    assert [key for group in groups for key in group] == list(sizes)
    assert all(len(group) == 1 or sum(sizes[key] for key in group) <= limit for group in groups)


@given(st.integers(0, 10**6), st.integers(1, 200))
def test_spans_cover_all_rows_once(rows: int, columns: int) -> None:
    spans = row_spans(rows, 40 * columns)
    assert [start for start, _ in spans] == [0, *(end for _, end in spans[:-1])][: len(spans)]
    assert not rows or spans[-1][1] == rows
    assert all(40 * columns * (end - start) <= 2_000_000 for start, end in spans)


def test_the_estimate_is_near_the_truth(world: World) -> None:
    world.fill("people", *({"name": f"אדם מספר {n}", "email": f"p{n}@village.example"} for n in range(40)))
    spreadsheet = read_spreadsheet(world.service.gateway, world.settings.main)
    path = f"/v4/spreadsheets/{world.ids['main']}?includeGridData=true&fields={STATE}"
    size = len(orjson.dumps(world.call("get", path)))
    assert size * 0.9 < sum(map(tab_bytes, spreadsheet.tabs)) < size * 1.2
