"""Which rows of a table keyed by year belong to the work year."""

from datetime import date

from rules.calendar import work_year
from rules.rule import Settings
from rules.table import Table


def year_named(table: Table, index: int) -> int | None:
    """The civil year in which a row's year or season begins; None when neither the row nor the tab names one."""
    named: int | None = table["year"][index]
    return named


def is_of_year(table: Table, index: int, settings: Settings, today: date) -> bool:
    """Whether a row belongs to the work year that holds today; a row that names no year does."""
    named = year_named(table, index)
    return named is None or named == work_year(settings.work_year_start, today)[0].year
