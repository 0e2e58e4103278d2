"""Which rows belong to the work year, and the year a row names."""

from datetime import date

from rules.calendar import work_year
from rules.names import year_of
from rules.rule import Settings
from rules.table import Table


def year_named(table: Table, index: int) -> int | None:
    """The civil year in which a row's year or season begins: its own cell's, else the tab's, else None."""
    own = table["year"][index]
    return (year_of(str(own)) if own else None) or table.year


def is_of_year(table: Table, index: int, settings: Settings, today: date) -> bool:
    """Whether a row of a table keyed by year belongs to the work year that holds today; one that names none does."""
    named = year_named(table, index)
    return named is None or named == work_year(settings.work_year_start, today)[0].year
