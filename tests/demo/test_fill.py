"""The invented community on the embedded Google, over HTTP: what was entered stands there, and is noticed the same."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pytest

from rules.catalogue import RULES
from rules.checks import check
from rules.engine import judge
from rules.reading import Reading, read_table
from rules.table import Cell
from sheets_sync.demo.draft import SPECS
from sheets_sync.demo.layout import Sheet
from sheets_sync.demo.parts import Formula
from sheets_sync.demo.story import Mistake, fact
from sheets_sync.look import place_tables
from sheets_sync.reading.read import Tab
from tests.demo.conftest import Made


def pairs(made: Made) -> Iterator[tuple[Sheet, Tab]]:
    """Each invented tab with what was read of it."""
    for spreadsheet in made.snapshot.spreadsheets:
        by_id = {tab.place.sheet: tab for tab in spreadsheet.tabs}
        yield from ((sheet, by_id[sheet.sheet]) for sheet in made.community.workbooks[spreadsheet.title])


TABLES = ("budget", "expenses", "classes", "registrations", "people", "families", "followups")


def told(made: Made, table: str) -> Mapping[str, Any]:
    """Google's Sheet of a table's tab."""
    sheets = [sheet for book in made.told.values() for sheet in book["sheets"]]
    wanted = made.community.sheet(table).title
    return next(sheet for sheet in sheets if sheet["properties"]["title"] == wanted)


def trimmed(columns: Sequence[Sequence[Cell]]) -> list[list[Cell]]:
    """Columns without what is empty at the end of each and at the end of all."""
    full = [[None if cell == "" else cell for cell in column] for column in columns]
    for column in full:
        while column and column[-1] is None:
            column.pop()
    while full and not full[-1]:
        full.pop()
    return full


def readings(made: Made) -> dict[str, Reading]:
    return {key: read_table(SPECS[key], tab.grid) for key, tab in place_tables(made.snapshot, 2026).items()}


def test_the_tabs_stand_in_order_and_the_empty_one_is_gone(made: Made) -> None:
    for spreadsheet in made.snapshot.spreadsheets:
        invented = made.community.workbooks[spreadsheet.title]
        assert [tab.title for tab in spreadsheet.tabs] == [sheet.title for sheet in invented]


def test_every_cell_reads_as_it_was_entered(made: Made) -> None:
    for sheet, tab in pairs(made):
        assert trimmed(tab.grid.columns) == trimmed(sheet.grid().columns), sheet.title


def test_formulas_stay_formulas(made: Made) -> None:
    for sheet, tab in pairs(made):
        cells = [(row, column, cell) for row, cells in enumerate(sheet.rows) for column, cell in enumerate(cells)]
        assert tab.formulas == {(row, column) for row, column, cell in cells if isinstance(cell, Formula)}


def test_every_table_is_found_and_the_shopping_list_is_none(made: Made) -> None:
    placed = place_tables(made.snapshot, 2026)
    assert {key: tab.title for key, tab in placed.items()} == {
        sheet.table: sheet.title for sheet, _ in pairs(made) if sheet.table
    }


def test_the_planted_mistakes_and_findings_come_out(made: Made) -> None:
    of, read = made.community, readings(made)
    book = {key: reading.table for key, reading in read.items()}
    verdict = judge(RULES, book, of.settings, {}, of.today)
    checked = [one for reading in read.values() for one in check(reading.table, reading.problems, book)]
    problems = [*checked, *verdict.questions]
    found = Counter(Mistake(one.table, one.row, one.field, one.kind) for one in problems)
    assert found == Counter(of.story.mistakes)
    assert Counter(map(fact, verdict.findings)) == Counter(one.of for one in of.story.findings if not one.after)


def test_the_services_columns_are_marked(made: Made) -> None:
    for sheet, tab in pairs(made):
        if sheet.table:
            headers = sheet.rows[sheet.header_row]
            columns = [column for column in SPECS[sheet.table].columns if column.own and column.offered]
            assert tab.own == {headers.index(column.hebrew): f"{sheet.table}.{column.field}" for column in columns}


@pytest.mark.parametrize("table", TABLES)
def test_tabs_are_right_to_left_with_frozen_headers(made: Made, table: str) -> None:
    properties = told(made, table)["properties"]
    assert properties["rightToLeft"] is True
    assert properties["gridProperties"]["frozenRowCount"] == made.community.sheet(table).header_row + 1


@pytest.mark.parametrize("table", TABLES)
def test_headers_are_protected_where_they_stand(made: Made, table: str) -> None:
    (protected,) = told(made, table)["protectedRanges"]
    row = made.community.sheet(table).header_row
    assert protected["warningOnly"] is True
    assert (protected["range"].get("startRowIndex", 0), protected["range"]["endRowIndex"]) == (row, row + 1)


def test_what_people_did_is_there(made: Made) -> None:
    assert told(made, "registrations")["basicFilter"]["range"]["endRowIndex"] == len(
        made.community.sheet("registrations").rows
    )
    (merge,) = told(made, "expenses")["merges"]
    assert (merge["endRowIndex"], merge["endColumnIndex"]) == (1, 8)
    (rule,) = told(made, "classes")["conditionalFormats"]
    assert rule["booleanRule"]["condition"]["type"] == "TEXT_EQ"
    notes = {note for _, tab in pairs(made) for note in tab.notes.values()}
    assert {"להתקשר רק בערב", "מעדיפה שיעורים עד 18:00", "הוגדל באישור הוועד."} <= notes
