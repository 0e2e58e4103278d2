"""Random tables: any rows that a reader could give, few names so that rows meet, and dates around today."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any

from hypothesis import strategies as st

from rules.catalogue import TABLES
from rules.rule import Settings
from rules.table import Book, Column, Kind, Place, Table, TableSpec
from tests.rules.sheets import TODAY

NAMES = ("חגים", "קרמיקה", "משפחת לוי", 'צח"י', "=1+1")
TIMES = ("17:00", "17:00–19:00", "23:00–01:00")
OF_FIELD: Mapping[str, Sequence[str]] = {
    "cadence": ("שבועי", "חודשי", "30", "לפי הצורך"),
    "target_value": ("100", "80%", "הרבה"),
    "actual_value": ("3", "1.5", "-2", "מעט"),
    "topic": NAMES[:2],
}
"""Texts of fields in which names would mean nothing to any rule."""

MOST_ROWS = 12
SELDOM = 0.15


def random_book(seed: int) -> Book:
    """A book of all tables but a few, the same for the same seed."""
    chance = Random(seed)
    present = [(sheet, spec) for sheet, spec in enumerate(TABLES) if chance.random() > SELDOM]
    return {spec.key: _table(spec, sheet, chance) for sheet, spec in present}


BOOKS: st.SearchStrategy[Book] = st.integers(0, 2**32).map(random_book)

TOLD = Settings(
    role_start=TODAY - timedelta(days=400),
    populations=NAMES,
    topics=NAMES,
    fields=NAMES,
    holidays=("חנוכה", "חגים = 2026-12-05"),
    pauses=((TODAY - timedelta(days=20), TODAY - timedelta(days=10)),),
    school_holidays=((TODAY - timedelta(days=300), TODAY - timedelta(days=290)),),
    weekly_answer_day=2,
    monthly_letter_to="קרמיקה",
)
"""Settings in which everything is said, so that rules that ask for one run."""

SETTINGS: st.SearchStrategy[Settings] = st.sampled_from((Settings(), TOLD))
DAYS: st.SearchStrategy[date] = st.sampled_from((TODAY, date(2027, 1, 1), date(2028, 2, 29), date(2026, 3, 27)))
"""Today, the first of a year and of a quarter, a leap day, and a Friday on which clocks go forward."""


def _table(spec: TableSpec, sheet: int, chance: Random) -> Table:
    rows = chance.randrange(MOST_ROWS + 1)
    columns = {column.field: [_cell(column, chance) for _ in range(rows)] for column in spec.columns}
    columns["year"] = [chance.choice((None, TODAY.year - 1, TODAY.year, TODAY.year)) for _ in range(rows)]
    at = {column.field: at for at, column in enumerate(spec.columns) if column.key or chance.random() > SELDOM}
    for absent in columns.keys() - at.keys():
        columns[absent] = [None] * rows
    return Table(spec, Place("book", sheet, spec.hebrew), range(1, 1 + rows), columns, at)


def _cell(column: Column, chance: Random) -> Any:
    return None if chance.random() < SELDOM else _value(column, chance)


def _value(column: Column, chance: Random) -> Any:
    match column.kind:
        case Kind.INT | Kind.PERCENT:
            least = -20 if column.minimum is None else column.minimum
            return least + chance.randrange(min(column.maximum or 100, 100) + 1)
        case Kind.MONEY:
            return chance.choice((0, 1, 50_00, 100_00, 100_00, 2_000_00, -30_00, 10**9))
        case Kind.DATE:
            return _day(chance)
        case Kind.DATETIME:
            return datetime.combine(_day(chance), time(9, 30))
        case Kind.TIME:
            return chance.choice(TIMES)
        case Kind.BOOL:
            return chance.random() < 0.5
        case Kind.MULTI:
            return tuple(chance.sample(column.choices or NAMES, chance.randrange(3)))
    return chance.choice(column.choices or OF_FIELD.get(column.field, NAMES))


def _day(chance: Random) -> date:
    return TODAY + timedelta(days=chance.choice((chance.randint(-40, 40), chance.randint(-500, 500))))


def shuffled(table: Table, order: Sequence[int]) -> Table:
    """The same rows in another order."""
    columns = {field: [column[at] for at in order] for field, column in table.columns.items()}
    return Table(table.spec, table.place, table.rows, columns, table.at, table.header_row, table.year)
