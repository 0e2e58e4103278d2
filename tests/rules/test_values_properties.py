"""What holds of any cell and any value."""

from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.clock import minutes, text_of
from rules.finding import REMARKS
from rules.names import without_hidden
from rules.table import Cell, Column, Kind
from rules.values import read_cell, read_column, write_cell

COLUMNS = [Column("x", kind, "איקס", choices=("א׳", "ב׳", "רשום/ה") if kind is Kind.MULTI else ()) for kind in Kind]
COLUMNS.append(Column("x", Kind.CHOICE, "איקס", choices=("פעיל/ה", "לא פעיל/ה")))
BY_KIND = {column.kind: column for column in COLUMNS}

written = st.text(alphabet="0123456789.,-/:()₪% אבגינורש@xV*+\u200f\u00a0\n'\"", max_size=20)
cells: st.SearchStrategy[Cell] = (
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=30) | written
)
likely: st.SearchStrategy[Cell] = st.sampled_from(
    (
        *("דנה לוי", " בן-דוד", "א\nב", "-", "— ", "#REF!", "#1", "Loading...", "טוען…", "a\u200f", "פעיל/ה", "פעיל.ה"),
        *("050-1234567", "0501234567", "02-6543210", "050-123456", "050-1234567\n050-7654321", 501234567),
        *("dana@example.org", "a.b+c@ex-am.ple.com", "dana@example", "x@a.-b.com", f"{'x' * 49}@example.org"),
        *(f"{'x' * 48}@example.org", f"{'x' * 70}@example.org", "a@b.com\n", "a@b.com\nc@d.com"),
        *(46_000, 46_000.5, 46_000.0, 3, 3.5, 0, 1, 1.0, True, False, 20261027, -1, "46000", "12.5"),
    )
)
"""Cells as columns have them: those read at a glance, and their neighbours."""


@pytest.mark.parametrize("column", COLUMNS, ids=lambda column: str(column.kind))
@given(cell=cells)
def test_no_cell_can_break_the_reading(column: Column, cell: Cell) -> None:
    value, trouble = read_cell(column, cell)
    assert trouble is None or (value is not None) == (trouble.kind in REMARKS)


@pytest.mark.parametrize("column", COLUMNS, ids=lambda column: str(column.kind))
@given(column_cells=st.lists(cells | likely, max_size=12))
def test_a_column_is_read_as_each_of_its_cells(column: Column, column_cells: list[Cell]) -> None:
    column_cells = [cell for cell in column_cells if cell == cell]  # nan: never sent by Google
    each = [read_cell(column, cell) for cell in column_cells]
    values, troubles = read_column(column, column_cells)
    assert values == [value for value, _ in each]
    assert [type(value) for value in values] == [type(value) for value, _ in each]
    assert troubles == {at: trouble for at, (_, trouble) in enumerate(each) if trouble}


@pytest.mark.parametrize("column", COLUMNS, ids=lambda column: str(column.kind))
@given(cell=cells)
def test_what_is_written_reads_as_the_same_value(column: Column, cell: Cell) -> None:
    value, _ = read_cell(column, cell)
    again, trouble = read_cell(column, write_cell(column, value))
    assert again == value
    assert trouble is None


VALUES: dict[Kind, st.SearchStrategy[Any]] = {
    Kind.INT: st.integers(-(10**12), 10**12),
    Kind.MONEY: st.integers(-(10**14), 10**14),
    Kind.PERCENT: st.integers(-100_000, 100_000),
    Kind.DATE: st.dates(date(1911, 1, 1), date(2199, 12, 30)),
    Kind.DATETIME: st.datetimes(datetime(1911, 1, 1), datetime(2199, 12, 30)).map(
        lambda one: one.replace(microsecond=0)
    ),
    Kind.TIME: st.integers(0, 24 * 60 - 1).map(text_of),
    Kind.BOOL: st.booleans(),
    Kind.PHONE: st.from_regex(r"\A(05[0-9]|0[23489]|07[0-9])-[0-9]{7}\Z").filter(str.isascii),
    Kind.MULTI: st.lists(st.sampled_from(["א׳", "ב׳", "רשום/ה"]), unique=True, min_size=1).map(tuple),
    Kind.CHOICE: st.sampled_from(["פעיל/ה", "לא פעיל/ה"]),
}


@pytest.mark.parametrize("kind", VALUES, ids=str)
@given(data=st.data())
def test_a_value_written_is_read_again(kind: Kind, data: st.DataObject) -> None:
    value = data.draw(VALUES[kind])
    assert read_cell(BY_KIND[kind], write_cell(BY_KIND[kind], value)) == (value, None)


@given(st.integers(-(10**11), 10**11), st.sampled_from([1, 1000]))
def test_thousands_written_are_read_again(agorot: int, scale: int) -> None:
    column = BY_KIND[Kind.MONEY]
    assert read_cell(column, write_cell(column, agorot * 1000, scale), scale) == (agorot * 1000, None)


@given(st.decimals(-(10**9), 10**9, places=4), st.sampled_from([float, str]))
def test_money_is_exact(shekels: Decimal, kind: type[float] | type[str]) -> None:
    cell = kind(shekels) if kind is float else f"{shekels:,} ₪"
    exact = (Decimal(repr(cell)) if isinstance(cell, float) else shekels) * 100
    assert read_cell(BY_KIND[Kind.MONEY], cell)[0] == int(exact.quantize(Decimal(1), ROUND_HALF_UP))


@given(st.integers(0, 1439), st.integers(0, 1439))
def test_a_range_of_hours_ends_after_it_begins(first: int, last: int) -> None:
    value, _ = read_cell(BY_KIND[Kind.TIME], f"{text_of(first)}-{text_of(last)}")
    begin, end = minutes(value)
    assert end is not None
    assert begin == first < end <= first + 24 * 60
    assert end % (24 * 60) == last


@given(st.text(), st.sampled_from("\u200b\u200f\u202e\u2066"))
def test_hidden_characters_never_stay_in_a_value(text: str, mark: str) -> None:
    value, _ = read_cell(BY_KIND[Kind.TEXT], text + mark + "א")
    assert without_hidden(value) == value
