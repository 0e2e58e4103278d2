"""A write held against its own answer: whatever a person moved meanwhile, all of theirs is as they left it."""

from collections.abc import Callable, Mapping, Sequence
from copy import deepcopy
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.table import Cell
from sheets_sync.config import SpreadsheetSettings
from sheets_sync.reading.grid_data import At
from sheets_sync.reading.read import Spreadsheet, Tab
from sheets_sync.writing.alignment import align
from sheets_sync.writing.edits import Request, delete_row, insert_rows, set_cells, set_note
from sheets_sync.writing.marks import merge_note, persons_note
from sheets_sync.writing.replay import replay
from sheets_sync.writing.verify import Checked, verify
from tests.sync.sheet_model import PLACE, Sheet

SHEET = PLACE.sheet
HEADER = ["שם", "טלפון", "דוא״ל", "שנה", "הערות"]
OURS = "לבדוק את הטלפון"

Edit = Callable[[Sheet], None]


def village(count: int = 6) -> Sheet:
    """Rows of which no two are alike, each with a person's note on its phone."""
    rows: list[list[Cell]] = [[f"שם {n}", f"05{n}", f"a{n}@b", 2000 + n, f"דבר {n}"] for n in range(count)]
    made = Sheet([[*HEADER], *rows], 5)
    for row in range(1, count + 1):
        made.notes[row][1] = f"שלי {row}"
    return made


def read(sheet: Sheet, **changes: Any) -> Tab:
    notes = {(row, column): note for row, noted in enumerate(sheet.notes) for column, note in noted.items() if note}
    return sheet.tab(notes=notes, **changes)


def book(tab: Tab) -> Spreadsheet:
    return Spreadsheet(SpreadsheetSettings("main", PLACE.spreadsheet), "", (tab,))


def check(before: Tab, batch: Sequence[Request], after: Tab, replies: Sequence[Mapping[str, Any]] = ()) -> Checked:
    return verify(book(before), [*zip(batch, replies or [{} for _ in batch], strict=True)], book(after))


def raced(sheet: Sheet, edit: Edit, batch: Sequence[Request]) -> tuple[Sheet, Checked]:
    """A person's edit comes between our reading and the batch; the sheet with what is put back, and what was found."""
    before = read(sheet)
    edit(sheet)
    sheet.apply(batch)
    checked = check(before, batch, read(sheet))
    sheet.apply([*checked.put_back, *checked.rows])
    return sheet, checked


def persons(sheet: Sheet) -> list[tuple[list[Cell], dict[int, str]]]:
    """All that is the person's: cells, and their part of the notes."""
    notes = [{column: said for column, note in noted.items() if (said := persons_note(note))} for noted in sheet.notes]
    return [*zip(sheet.rows, notes, strict=True)]


def reorder(sheet: Sheet, order: Sequence[int]) -> None:
    """The rows of these numbers, in this order; -1 for a new one."""
    sheet.rows = [[None] * sheet.width if row < 0 else sheet.rows[row] for row in order]
    sheet.notes = [{} if row < 0 else sheet.notes[row] for row in order]
    sheet.marks = [[] for _ in order]


def reorder_columns(sheet: Sheet, order: Sequence[int]) -> None:
    sheet.rows = [[row[column] for column in order] for row in sheet.rows]
    sheet.notes = [{new: noted[old] for new, old in enumerate(order) if old in noted} for noted in sheet.notes]


def rename_header(sheet: Sheet) -> None:
    sheet.rows[0][4] = "עוד הערות"


EDITS: dict[str, Edit] = {
    "sorted": lambda sheet: reorder(sheet, [0, 6, 5, 4, 3, 2, 1]),
    "inserted above": lambda sheet: reorder(sheet, [0, -1, 1, 2, 3, 4, 5, 6]),
    "two inserted": lambda sheet: reorder(sheet, [0, 1, 2, -1, -1, 3, 4, 5, 6]),
    "deleted above": lambda sheet: reorder(sheet, [0, 2, 3, 4, 5, 6]),
    "deleted the very row": lambda sheet: reorder(sheet, [0, 1, 2, 4, 5, 6]),
    "moved a row": lambda sheet: reorder(sheet, [0, 2, 3, 4, 1, 5, 6]),
    "moved a column": lambda sheet: reorder_columns(sheet, [1, 2, 0, 3, 4]),
    "sorted and inserted": lambda sheet: reorder(sheet, [0, 4, 2, -1, 6, 1, 3, 5]),
    "renamed a header": rename_header,
}


@pytest.mark.parametrize("edit", EDITS.values(), ids=[*EDITS])
def test_what_stood_where_we_struck_is_put_back(edit: Edit) -> None:
    """Our note and the ticked repair go to the third row's phone; elsewhere nothing of the person's has changed."""
    batch = [set_note(SHEET, 3, 1, merge_note("שלי 3", OURS)), set_cells(SHEET, 3, 1, [["0501234567"]])]
    alone = village()
    edit(alone)
    done, checked = raced(village(), edit, batch)
    assert checked.moved == {SHEET}
    assert checked.left == ()
    wanted = persons(alone)
    if edit is rename_header:  # the row stands where it stood: the repair is right
        wanted[3][0][1] = "0501234567"
    assert persons(done) == wanted
    assert checked.truth.tabs[0].notes == read(done).notes
    assert [*checked.truth.tabs[0].grid.columns] == [*read(done).grid.columns]


@pytest.mark.parametrize(
    "batch",
    [
        [],
        [set_note(SHEET, 3, 1, merge_note("שלי 3", OURS))],
        [set_cells(SHEET, 2, 3, [[1999]])],
        [set_note(SHEET, 2, 1, ""), insert_rows(SHEET, 1, 2, like_above=False), set_cells(SHEET, 1, 0, [["א"], ["ב"]])],
        [delete_row(SHEET, 4), set_note(SHEET, 4, 1, OURS)],
    ],
)
def test_where_nothing_moved_nothing_is_mended(batch: list[Request]) -> None:
    _, checked = raced(village(), lambda _: None, batch)
    assert checked == Checked(checked.truth)


def test_a_tab_that_was_renamed_is_the_same_tab() -> None:
    sheet = village()
    before = read(sheet)
    batch = [set_note(SHEET, 3, 1, OURS)]
    sheet.apply(batch)
    after = read(sheet)
    renamed = replace(after, place=replace(PLACE, title="שם חדש"))
    assert check(before, batch, renamed).moved == frozenset()


def test_what_cannot_be_known_is_named() -> None:
    """A value of ours struck a row that came in filled: what stood in that cell nobody has seen."""

    def paste(sheet: Sheet) -> None:
        reorder(sheet, [0, 1, 2, -1, 3, 4, 5, 6])
        sheet.rows[3] = ["חדש לגמרי", "077", "c@d", 1950, "אחר"]

    _, checked = raced(village(), paste, [set_cells(SHEET, 3, 1, [["0501234567"]])])
    assert checked.left == ("לשונית B4",)
    assert checked.put_back == ()


def rule(text: str) -> dict[str, Any]:
    condition = {"type": "CUSTOM_FORMULA", "values": [{"userEnteredValue": text}]}
    return {"ranges": [{"sheetId": SHEET}], "booleanRule": {"condition": condition}}


OUR_RULE = rule('=LEN("sheets-sync:problem")>0')
FIRST, SECOND, NEW = rule("=A1"), rule("=B1"), rule("=C1")


@pytest.mark.parametrize(
    ("struck", "after", "index"),
    [(SECOND, [NEW, FIRST, OUR_RULE], 2), (FIRST, [SECOND, OUR_RULE], 0), (FIRST, [NEW, SECOND, OUR_RULE], 0)],
)
def test_a_colour_rule_that_was_deleted_in_place_of_ours_comes_back(
    struck: Mapping[str, Any], after: list[dict[str, Any]], index: int
) -> None:
    sheet = village()
    batch = [{"deleteConditionalFormatRule": {"sheetId": SHEET, "index": 2}}]
    replies = [{"deleteConditionalFormatRule": {"rule": struck}}]
    checked = check(read(sheet, rules=[FIRST, SECOND, OUR_RULE]), batch, read(sheet, rules=after), replies)
    assert checked.put_back == ({"addConditionalFormatRule": {"rule": struck, "index": index}},)
    assert checked.truth.tabs[0].rules == [*after[:index], struck, *after[index:]]


@pytest.mark.parametrize(
    ("name", "edges"),
    [
        ("inserted above", (3, 5, 1, 3)),
        ("deleted above", (1, 3, 1, 3)),
        ("two inserted", (2, 6, 1, 3)),
        ("sorted", None),
    ],
)
def test_a_rule_put_back_while_rows_come_goes_where_it_would_have_gone(
    name: str, edges: tuple[int, ...] | None
) -> None:
    """It spans rows 3 and 4 when it is put back; the person's edit comes just before."""

    def ruled(rows_from: int, rows_to: int, columns_from: int, columns_to: int) -> dict[str, Any]:
        area = {"startRowIndex": rows_from, "endRowIndex": rows_to}
        across = {"startColumnIndex": columns_from, "endColumnIndex": columns_to}
        return {**FIRST, "ranges": [{"sheetId": SHEET, **area, **across}]}

    sheet, put_back = village(), ruled(2, 4, 1, 3)
    before = read(sheet, rules=[put_back, OUR_RULE])
    EDITS[name](sheet)
    batch = [{"addConditionalFormatRule": {"rule": put_back, "index": 0}}]
    checked = check(before, batch, read(sheet, rules=[put_back, OUR_RULE]))
    wanted = put_back if edges is None else ruled(*edges)
    assert checked.truth.tabs[0].rules == [wanted, OUR_RULE]
    assert len(checked.put_back) == (0 if edges is None else 2)
    if edges is not None:
        replies = [{"deleteConditionalFormatRule": {"rule": put_back}}, {}]
        after = read(sheet, rules=[wanted, OUR_RULE])
        assert check(checked.truth.tabs[0], checked.put_back, after, replies).put_back == ()


@pytest.mark.parametrize("edit", [one for name, one in EDITS.items() if "renamed" not in name])
def test_rows_and_columns_are_known_wherever_they_stand(edit: Edit) -> None:
    sheet = village()
    before = read(sheet)
    edit(sheet)
    after = read(sheet)
    found = align(before, after, replay([], SHEET, after.row_count))
    for row, cells in enumerate(sheet.rows):
        for column, cell in enumerate(cells):
            stood = found.before((row, column))
            assert (before.grid.cell(*stood) if stood else None) == cell


ours: st.SearchStrategy[tuple[At, bool]] = st.tuples(st.tuples(st.integers(1, 6), st.integers(0, 4)), st.booleans())


@given(
    st.permutations([1, 2, 3, 4, 5, 6, -1, -1]),
    st.integers(3, 8),
    st.lists(ours, max_size=2, unique_by=lambda one: one[0][0]),
)
def test_after_any_shuffle_all_that_is_the_persons_is_as_they_left_it(
    order: list[int], count: int, writes: list[tuple[At, bool]]
) -> None:
    """Rows are sorted, deleted and inserted; we write notes and repairs by the places of before, one in a row.

    Of a blank new row in which two repairs landed nothing is known: it is left, and said.
    """

    def edit(sheet: Sheet) -> None:
        reorder(sheet, [0, *order[:count], *[-1] * (8 - count)])

    before, alone = village(), village()
    edit(alone)
    batch = [
        set_cells(SHEET, *at, [["שלנו"]])
        if is_repair
        else set_note(SHEET, *at, merge_note(before.notes[at[0]].get(at[1], ""), OURS))
        for at, is_repair in writes
    ]
    wanted = deepcopy(persons(alone))
    for (row, column), is_repair in writes:
        if is_repair and order[row - 1] == row and row <= count:
            wanted[row][0][column] = "שלנו"
    done, checked = raced(village(), edit, batch)
    assert checked.left == ()
    assert persons(done) == wanted
