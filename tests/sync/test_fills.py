"""The cells that array formulas fill are known as computed under the light mask, as under a full one."""

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rules.table import Cell
from sheets_sync.config import SpreadsheetSettings
from sheets_sync.reading.fetch import read_spreadsheet
from sheets_sync.reading.known import Known
from sheets_sync.reading.read import Tab, spreadsheet_of
from sheets_sync.reading.spilling import may_spill
from sheets_sync.writing.edits import set_note
from tests.sync.test_reading_once import put, tab_of
from tests.world import World

FULL = "sheets(properties,data(startRow,startColumn,rowData/values(userEnteredValue,effectiveValue)))"
PLAIN = st.sampled_from([None, 1, 2.5, True, "שלום", "", "=1/0", "=$A$1", "=SUM($A$1:$A$3)", '=""', '="טקסט"'])
ARRAYS = st.sampled_from(
    [
        "=SEQUENCE(2,2)",
        "={1,2;3,4}",
        "=ARRAYFORMULA(A1:A3)",
        "=TRANSPOSE(A1:B2)",
        '=FILTER(A1:A4,A1:A4<>"")',
        "=SORT(A1:A3)",
        "=UNIQUE(A1:B3)",
        "=IFERROR(SEQUENCE(3),0)",
    ]
)
AT = st.tuples(st.integers(0, 4), st.integers(2, 5))


@st.composite
def grids(draw: st.DrawFn) -> list[list[Cell]]:
    """Two columns of cells, and right of them array formulas and what may stand in their way."""
    made: list[list[Cell]] = [[draw(PLAIN), draw(PLAIN), *[None] * 4] for _ in range(5)]
    made[0][0] = 7
    for cell in (draw(ARRAYS), draw(st.one_of(st.none(), ARRAYS)), "בדרך" if draw(st.booleans()) else None):
        row, column = draw(AT)
        made[row][column] = cell
    return made


GRIDS = grids()


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    made = World(tmp_path_factory.mktemp("fills"), {"main": ()})
    made.edit(made.ids["main"], [{"addSheet": {"properties": {"sheetId": 77, "title": "נתונים"}}}])
    yield made
    made.close()


def computed(world: World) -> set[tuple[int, int]]:
    """The computed cells of the tab by the full mask: a formula, or a value that nobody entered."""
    answer = world.call("get", f"/v4/spreadsheets/{world.ids['main']}?includeGridData=true&fields={FULL}")
    [sheet] = [one for one in answer["sheets"] if one["properties"].get("sheetId") == 77]
    return {
        (row, column)
        for block in sheet.get("data", ())
        for row, data in enumerate(block.get("rowData", ()), block.get("startRow", 0))
        for column, cell in enumerate(data.get("values", ()), block.get("startColumn", 0))
        if _is_computed(cell)
    }


def _is_computed(cell: dict[str, Any]) -> bool:
    if entered := cell.get("userEnteredValue"):
        return "formulaValue" in entered
    return cell.get("effectiveValue") not in (None, {}, {"stringValue": ""})


@settings(max_examples=40, deadline=None)
@given(rows=GRIDS)
def test_computed_cells_are_those_of_the_full_mask(bare: World, rows: list[list[Cell]]) -> None:
    put(bare, rows)
    spreadsheet = read_spreadsheet(bare.service.gateway, bare.settings.main)
    assert tab_of(spreadsheet).formulas == computed(bare)


@pytest.mark.slow
@settings(max_examples=10, deadline=None)
@given(rows=GRIDS, limit=st.integers(400, 4_000))
def test_so_they_are_where_it_is_read_in_parts(bare: World, rows: list[list[Cell]], limit: int) -> None:
    put(bare, [["כותרת"], *rows])
    gateway, main = bare.service.gateway, bare.settings.main
    parts = read_spreadsheet(gateway, main, read_spreadsheet(gateway, main), limit)
    assert tab_of(parts).formulas == computed(bare)


SPILLED: list[list[Cell]] = [["סכום", "כפול"], [1, "=ARRAYFORMULA(A2:A4*2)"], [2], [3]]
FILLED = {(1, 1), (2, 1), (3, 1)}


@pytest.mark.parametrize(
    ("formula", "reads"), [("=ARRAYFORMULA(A2:A4*2)", 2), ("=A2*2", 1), ("=IF(A2>1,SUM(A:A),0)", 1)]
)
def test_only_array_formulas_cost_a_read(bare: World, formula: str, reads: int) -> None:
    put(bare, [["סכום", "כפול"], [1, formula], [2], [3]])
    gateway, main = bare.service.gateway, bare.settings.main
    known, before = read_spreadsheet(gateway, main), gateway.client.calls.copy()
    assert read_spreadsheet(gateway, main, known) == known
    assert gateway.client.calls - before == {"reads": reads}
    assert known.reads == 1


def test_a_writes_answer_keeps_what_was_known(bare: World) -> None:
    """It carries the formulas alone; the cells they fill are those of the last reading."""
    put(bare, SPILLED)
    gateway, main, known = bare.service.gateway, bare.settings.main, Known()
    before = known.keep(read_spreadsheet(gateway, main))
    answer = gateway.write(main.id, [set_note(77, 0, 0, "הערה")], with_state=True)
    after = known.keep(spreadsheet_of(main, answer["updatedSpreadsheet"]))
    assert tab_of(before).formulas == tab_of(after).formulas == FILLED
    assert tab_of(known.last(main.id) or before).notes == {(0, 0): "הערה"}


def test_an_empty_object_in_place_of_an_entered_value_is_the_same() -> None:
    """Whether Google shows `{}` or nothing where only formulas are asked for, is not written anywhere."""
    shown = [{"effectiveValue": {"numberValue": 1}}, {"effectiveValue": {"numberValue": 2}}]
    with_formula = {"userEnteredValue": {"formulaValue": "=A1*2"}, **shown[1]}
    bare_cells = [[shown[0], with_formula], [{"userEnteredValue": {}, **shown[0]}, with_formula]]
    one, other = (_tab(cells) for cells in bare_cells)
    assert one == other
    assert one.formulas == {(0, 1)}


def _tab(cells: list[Any]) -> Tab:
    properties = {"sheetId": 1, "title": "t", "gridProperties": {"rowCount": 1, "columnCount": 2}}
    sheet = {"properties": properties, "data": [{"rowData": [{"values": cells}]}]}
    made = SpreadsheetSettings("main", f"https://docs.google.com/spreadsheets/d/{'x' * 44}/edit")
    return spreadsheet_of(made, {"properties": {"title": "s"}, "sheets": [sheet]}).tabs[0]


@pytest.mark.parametrize(
    ("formula", "may"),
    [
        ("=SUM(A1:B2)", False),
        ('=IF(A1>2;sum(B:B);"x")', False),
        ("='חוגים'!A1+1", False),
        ("=VLOOKUP(A1,Sheet2!A:B,2,FALSE)", False),
        ("=arrayformula(A1:A3)", True),
        ("={1,2}", True),
        ("=A1:A3", True),
        ("=SUM(FILTER(A:A,B:B=1))", True),
        ("=Orders[Total]", True),
        ("=MY_OWN(A1)", True),
        ("=1+סכום_שלי(A1)", True),
    ],
)
def test_what_may_spill(formula: str, may: bool) -> None:
    assert may_spill(formula) is may
