"""Lines of one name with codes of their own, as in a municipal budget: each is a line of itself."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import openpyxl
import pytest

from rules.catalogue.money.ledger import Position, positions
from rules.catalogue.money.tables import BUDGET
from rules.checks import check
from rules.finding import ProblemKind
from rules.reading import read_table
from rules.rule import Settings
from rules.table import Cell, Table
from sheets_sync.writing.own_columns import budget_columns
from tests.cli.files import DATA
from tests.rules.grids import grid
from tests.rules.sheets import TODAY, book, found, keys

REAL = DATA / "budget_elad_2022.xlsx"
"""624 lines, of which 89 names stand twice (an income and an expense, or two departments); no code stands twice."""

MADE: Sequence[Sequence[Cell]] = (
    ("מס כרטיס", "שם כרטיס", "מספר משרות", "תקציב באלפי שח"),
    (1113000190, "הנחות מימון", 0, 350),
    (1621000860, "הנחות מימון", 0, -350),
    (1611000110, "שכר הנהלה", 4.5, -1234),
)


def municipal(file: Path) -> Table:
    rows = openpyxl.load_workbook(file).worksheets[0].iter_rows(values_only=True) if file.exists() else MADE
    return read_table(BUDGET, grid(*[[*row] for row in rows], title="תקציב")).table


def test_a_municipal_budget_has_no_doubled_line() -> None:
    table = municipal(REAL)
    names = list(table["line"])
    assert len(set(names)) < len(names)
    assert not [one for one in check(table, (), {}) if one.kind is ProblemKind.UNIQUE]
    standing = positions({"budget": table}, Settings(), TODAY)
    assert sorted(one.row for one in standing.values()) == list(range(len(table)))
    assert [standing_of(standing, row).planned for row in range(len(table))] == list(table["planned"])
    assert len({one.line for one in standing.values()}) == len(table)


def standing_of(standing: Mapping[str, Position], row: int) -> Position:
    [position] = [one for one in standing.values() if row in one.rows]
    return position


def unique(drawn: str) -> list[int]:
    """The rows of the budget that are said to be doubled."""
    table = book(drawn)["budget"]
    return [one.row for one in check(table, (), {}) if one.kind is ProblemKind.UNIQUE]


@pytest.mark.parametrize(
    ("codes", "doubled"),
    [(("11", "12"), []), (("11", "11"), [1, 2]), (("", ""), [1, 2]), (("11", ""), [])],
    ids=["two codes", "one code twice", "no codes", "one without a code"],
)
def test_rows_are_doubled_by_code_and_name(codes: tuple[str, str], doubled: list[int]) -> None:
    first, second = codes
    assert unique(f"budget\ncode | line | planned\n{first} | שכר | 100\n{second} | שכר | 200") == doubled


def test_without_a_column_of_codes_the_name_alone_counts() -> None:
    assert unique("budget\nline | planned\nשכר | 100\nשכר | 200") == [1, 2]


LINES = """
budget
code | line | planned
11   | שכר  | 100
12   | שכר  | 1,000
"""


@pytest.mark.parametrize("written", ["11", "שכר, 11"])
def test_what_is_booked_on_a_code_is_of_its_line(written: str) -> None:
    spent = f"{LINES}\nexpenses\ndate | line | supplier | amount | kind\n1.3 | {written} | גל | 400 | תשלום"
    assert keys(found("budget.overrun", spent)) == ["urgent: שכר, 11"]
    assert paid(spent) == [400, 0]


def test_what_is_booked_on_the_shared_name_keeps_the_lines_one_and_is_asked_about() -> None:
    """400 of 1,100: nobody can say that the line of 100 is overrun."""
    spent = f"{LINES}\nexpenses\ndate | line | supplier | amount | kind\n1.3 | שכר | גל | 400 | תשלום"
    assert found("budget.overrun", spent) == []
    assert paid(spent) == [400, 400]
    drawn = book(spent)
    [asked] = check(drawn["expenses"], (), drawn)
    assert (asked.kind, asked.field, asked.row) == (ProblemKind.QUESTION, "line", 1)
    assert "11, 12" in asked.hint


def test_a_code_is_a_name_that_is_known() -> None:
    drawn = book(f"{LINES}\nexpenses\ndate | line | supplier | amount\n1.3 | 12 | גל | 4\n1.3 | 13 | דן | 5")
    assert [(one.kind, one.row) for one in check(drawn["expenses"], (), drawn)] == [(ProblemKind.REFERENCE, 2)]


def paid(drawn: str) -> list[Cell]:
    """The column `paid` of the budget, in shekels."""
    tables = book(drawn)
    return budget_columns(tables["budget"], positions(tables, Settings(), TODAY))["paid"]
