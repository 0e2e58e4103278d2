"""A column whose values are made when somebody looks."""

from datetime import datetime

from rules.dates import as_moment
from rules.late import Late
from rules.table import Column, Kind
from rules.values import read_column

MOMENTS = Column("submitted", Kind.DATETIME, "חותמת זמן")


def test_nothing_is_made_before_somebody_looks_and_then_once() -> None:
    made: list[float] = []

    def make(value: float) -> float:
        made.append(value)
        return value * 2

    column = Late([1.0, 2.0, 3.0], make)
    assert len(column) == 3
    assert made == []
    assert column[1] == 4.0
    assert [*column] == [2.0, 4.0, 6.0] == column[:]
    assert made == [1.0, 2.0, 3.0]


def test_it_equals_the_list_of_its_values() -> None:
    column = Late([1.0], as_moment)
    assert column == [datetime(1899, 12, 31)]
    assert [datetime(1899, 12, 31)] == column
    assert column == Late([datetime(1899, 12, 31)], as_moment)
    assert column != [1.0]
    assert repr(column) == repr([datetime(1899, 12, 31)])


def test_moments_of_a_column_are_to_the_second() -> None:
    values, troubles = read_column(MOMENTS, [46322.5, 46322, None, "27.10.2026 17:00", 46322.0000058])
    day = datetime(2026, 10, 27)
    assert values == [day.replace(hour=12), day, None, day.replace(hour=17), day.replace(second=1)]
    assert [*troubles] == [3]
