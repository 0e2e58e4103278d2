"""A part of the community as it is put together: rows, what is to be noticed in them, and mistakes."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from rules.catalogue import TABLES
from rules.dates import serial
from rules.finding import ProblemKind
from rules.table import Cell, Kind
from sheets_sync.demo.parts import Change, Entry, Formula, Nudge, Part, Record, Slip, Subject

SPECS = {spec.key: spec for spec in TABLES}
MORNING = 0.375
"""Nine o'clock, as a part of a day."""


@dataclass(frozen=True)
class Draft:
    """Rows of some tables. In columns of days a whole number counts from `today`, and a date stands for itself."""

    today: date
    tables: dict[str, list[Record]] = field(default_factory=dict)
    found: list[Subject] = field(default_factory=list)
    spared: list[Subject] = field(default_factory=list)
    slips: list[Slip] = field(default_factory=list)

    def add(self, table: str, **cells: Any) -> Record:
        """Add a row."""
        record: Record = {name: self.entry(table, name, cell) for name, cell in cells.items()}
        self.tables.setdefault(table, []).append(record)
        return record

    def find(self, rule: str, table: str, what: Record | str, *, after: int = 0) -> None:
        """A rule must notice a row, or the whole of that key."""
        self.found.append(_subject(rule, table, what, after, None))

    def spare(
        self,
        rule: str,
        table: str,
        what: Record | str,
        *,
        days: int = 0,
        params: dict[str, int] | None = None,
        settings: dict[str, Any] | None = None,
        change: Change | None = None,
        after: int = 0,
    ) -> None:
        """A rule must leave a row (or a whole) alone, and notice it after the nudge."""
        self.spared.append(_subject(rule, table, what, after, Nudge(days, params or {}, settings or {}, change)))

    def change(self, table: str, record: Record, name: str, cell: Any) -> Change:
        """A cell that somebody changes later."""
        entry = self.entry(table, name, cell)
        assert not isinstance(entry, Formula)
        return Change(table, record, name, entry)

    def slip(self, table: str, record: Record, name: str, kind: ProblemKind, *entry: Entry) -> None:
        """A mistake that stands in a cell, or that is put there."""
        if entry:
            record[name] = entry[0]
        self.slips.append(Slip(table, record, name, kind))

    def entry(self, table: str, name: str, cell: Any) -> Entry:
        """A cell as it is entered."""
        kind = SPECS[table].by_field[name].kind
        if isinstance(cell, date):
            return serial(cell)
        if kind is Kind.DATE and isinstance(cell, int):
            return serial(self.today + timedelta(cell))
        if kind is Kind.DATETIME and isinstance(cell, int):
            return serial(self.today + timedelta(cell)) + MORNING
        return _plain(cell)

    def part(self) -> Part:
        """The part, when it is whole."""
        return Part(self.tables, tuple(self.found), tuple(self.spared), tuple(self.slips))


def _plain(cell: Any) -> Cell | Formula:
    assert cell is None or isinstance(cell, str | int | float | bool | Formula)
    return cell


def _subject(rule: str, table: str, what: Record | str, after: int, nudge: Nudge | None) -> Subject:
    if isinstance(what, str):
        return Subject(rule, table, None, what, after, nudge)
    return Subject(rule, table, what, after=after, nudge=nudge)
