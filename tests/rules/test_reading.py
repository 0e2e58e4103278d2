"""Tabs drawn as sheets, and the tables read of them."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from rules.finding import ProblemKind as P
from rules.reading import Reading, read_table
from rules.table import Cell, Grid, Place, TableSpec
from tests.rules.grids import BUDGET, CLASSES, EXPENSES, REGISTRATIONS, grid, read

HEADERS = ["תאריך", "סעיף", "ספק", "סכום"]


def kinds(reading: Reading) -> list[tuple[int, str, P]]:
    return [(problem.row, problem.field, problem.kind) for problem in reading.problems]


def test_values_are_typed_and_rows_keep_their_place() -> None:
    """
    | תאריך      | סעיף  | ספק  | סכום    |
    | 46322      | חגים  | דפוס | 1,240 ₪ |
    |            |       |      |         |
    | 27.10.2026 | נוער  | אולם | 80.5    |
    """
    reading = read(EXPENSES, HEADERS, [46322, "חגים", "דפוס", "1,240 ₪"], [], ["27.10.2026", "נוער", "אולם", 80.5])
    table = reading.table
    assert list(table.rows) == [1, 3]
    assert list(table["date"]) == [date(2026, 10, 27)] * 2
    assert list(table["amount"]) == [124000, 8050]
    assert list(table["notes"]) == [None, None]
    assert table.at == {"date": 0, "line": 1, "supplier": 2, "amount": 3}
    assert kinds(reading) == [(3, "date", P.TEXT_DATE), (1, "amount", P.TEXT_NUMBER)]
    assert [(one.column, one.value, one.proposal) for one in reading.problems] == [
        (0, "27.10.2026", 46322),
        (3, "1,240 ₪", 1240),
    ]


def test_totals_rows_are_no_rows() -> None:
    reading = read(
        EXPENSES,
        HEADERS,
        ['סה"כ', None, None, 500],
        [46322, "חגים", "דפוס", 200],
        [None, "סך הכל חגים:", None, 200],
        [46322, "נוער", 'סה"כ שיווק בע"מ', 300],
        ["Total", "", "", 500],
        ["סה״כ", None, None, 500],
        [None, None, None, 500],
    )
    assert list(reading.table.rows) == [2, 4, 7]
    assert list(reading.table["supplier"]) == ["דפוס", 'סה"כ שיווק בע"מ', None]
    assert not reading.problems


def test_a_header_that_begins_like_a_total_is_a_column() -> None:
    reading = read(REGISTRATIONS, ['סה"כ לתשלום', "שם מלא"], [230, "נועה"])
    assert list(reading.table["amount_due"]) == [23000]


def test_ticks_remarks_and_our_own_columns_make_no_row() -> None:
    reading = read(
        BUDGET,
        ["סעיף", "תקציב מאושר", "הערות", "יתרה"],
        ["חגים", 100, None, 100],
        [None, False, None, None],
        [" ", "-", None, None],
        [None, None, "עד כאן", None],
        [None, None, None, 0],
        [None, 0, None, None],
    )
    assert list(reading.table.rows) == [1, 6]
    assert not reading.problems


def test_an_unreadable_cell_makes_a_row() -> None:
    reading = read(EXPENSES, HEADERS, [None, None, None, "#REF!"])
    assert list(reading.table.rows) == [1]
    assert kinds(reading) == [(1, "amount", P.FORMULA_ERROR)]
    assert list(reading.table["amount"]) == [None]


def test_headers_repeated_among_the_rows_are_no_row() -> None:
    reading = read(EXPENSES, HEADERS, [46322, "חגים", "דפוס", 200], HEADERS, [46323, "חגים", "דפוס", 200])
    assert list(reading.table.rows) == [1, 3]
    assert not reading.problems


def test_a_budget_of_the_bookkeeping_in_thousands() -> None:
    reading = read(
        BUDGET,
        ["דוח EPR", None, None, None],
        ["מס כרטיס", "שם כרטיס", "מספר משרות", "תקציב באלפי שח"],
        [1811100, "חינוך", 3.5, 1240.5],
        ['סה"כ', None, None, 1240.5],
    )
    table = reading.table
    assert (table.header_row, list(table["code"]), list(table["line"])) == (1, ["1811100"], ["חינוך"])
    assert list(table["planned"]) == [1_240_500_00]
    assert [one.header for one in reading.headers.unknown] == ["מספר משרות"]
    assert [one.field for one in reading.headers.uncertain] == ["planned"]


def test_the_year_of_a_row_is_its_own_or_the_tab_s() -> None:
    reading = read(BUDGET, ["סעיף", "שנה"], ["חגים", 2025], ["נוער", None], ["חוגים", 'תשפ"ח'], title="תקציב 2026")
    assert reading.table.year == 2026
    assert list(reading.table["year"]) == [2025, 2026, 2027]
    assert read(CLASSES, ["שם החוג"], ["ג׳ודו"], title='חוגים תשפ"ז').table.year == 2026
    untold = read_table(BUDGET, grid(["סעיף"], ["חגים"]), year=2026)
    assert list(untold.table["year"]) == [2026]


def test_a_tab_without_headers_has_no_rows() -> None:
    reading = read(EXPENSES, ["שלום"], ["עולם"])
    assert len(reading.table) == 0
    assert list(reading.table["amount"]) == []
    assert reading.headers.missing


def test_columns_may_be_shorter_than_others() -> None:
    place = Place("spreadsheet", 7, "הוצאות")
    reading = read_table(EXPENSES, Grid(place, [["תאריך"], ["ספק", "דפוס", "אולם"], [], ["סכום", 5]]))
    assert list(reading.table["supplier"]) == ["דפוס", "אולם"]
    assert list(reading.table["amount"]) == [500, None]
    assert list(reading.table["date"]) == [None, None]


cells: st.SearchStrategy[Cell] = (
    st.none() | st.booleans() | st.integers(-5, 50_000) | st.floats(0, 5) | st.text(max_size=5)
)
rows = st.lists(st.lists(cells, min_size=4, max_size=4), max_size=6)


@given(rows, st.permutations(range(4)))
def test_the_order_of_columns_does_not_matter(below: list[list[Cell]], order: list[int]) -> None:
    def shown(reading: Reading) -> tuple[object, ...]:
        problems = {(one.row, one.field, one.kind, one.proposal) for one in reading.problems}
        return list(reading.table.rows), dict(reading.table.columns), problems

    drawn: list[list[Cell]] = [[*HEADERS], *below]
    mixed = [[row[at] for at in order] for row in drawn]
    assert shown(read(EXPENSES, *mixed)) == shown(read(EXPENSES, *drawn))


@given(rows)
def test_every_row_of_the_table_is_a_row_of_the_sheet(below: list[list[Cell]]) -> None:
    reading = read(EXPENSES, HEADERS, *below)
    table = reading.table
    assert all(len(values) == len(table) for values in table.columns.values())
    assert list(table.rows) == sorted(set(table.rows))
    assert {problem.row for problem in reading.problems} <= set(table.rows)
    for problem in reading.problems:
        assert problem.value is below[problem.row - 1][problem.column]


def everything(spec: TableSpec) -> list[str]:
    return [column.hebrew for column in spec.columns]


def test_an_empty_template_reads_as_an_empty_table() -> None:
    for spec in (BUDGET, EXPENSES, CLASSES, REGISTRATIONS):
        reading = read(spec, everything(spec), *[[False, None, ""]] * 20)
        assert (len(reading.table), reading.problems, reading.headers.missing) == (0, (), ())
