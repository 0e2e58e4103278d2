"""What the invented community is to show of each rule: its findings, and near misses with what tips them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

from rules.engine import judge
from rules.finding import Finding, ProblemKind
from rules.reading import read_table
from rules.rule import Rule, Settings
from rules.table import Book, Cell
from sheets_sync.demo.draft import SPECS
from sheets_sync.demo.layout import Sheet
from sheets_sync.demo.parts import Change, Part, Record, Subject


@dataclass(frozen=True, slots=True)
class Expected:
    """What a rule must notice: a row (0-based, in the sheet) of a table, or (row None) the whole that `key` names."""

    rule: str
    table: str
    row: int | None
    key: str = ""


@dataclass(frozen=True, slots=True)
class Telling:
    """A finding, and in how many days from the community's day its rule speaks of it: 0 but where the calendar says."""

    of: Expected
    after: int = 0


@dataclass(frozen=True, slots=True)
class Place:
    """A cell of a table's tab, 0-based, and what is entered there."""

    table: str
    row: int
    column: int
    entry: Cell


@dataclass(frozen=True, slots=True)
class NearMiss:
    """What a rule looks at and leaves alone `after` so many days, and what tips it.

    That is `days` more, other `params` or `settings`, or a cell changed.
    """

    of: Expected
    after: int = 0
    days: int = 0
    params: Mapping[str, int] = field(default_factory=dict)
    settings: Mapping[str, Any] = field(default_factory=dict)
    change: Place | None = None


@dataclass(frozen=True, slots=True)
class Mistake:
    """A cell with something wrong: the table, the 0-based row in the sheet, the field, and the kind of problem."""

    table: str
    row: int
    field: str
    kind: ProblemKind


@dataclass(frozen=True)
class Story:
    """All that is to be noticed in a community's tabs."""

    findings: tuple[Telling, ...]
    near_misses: tuple[NearMiss, ...]
    mistakes: tuple[Mistake, ...]


def story(part: Part, sheets: Mapping[str, Sheet]) -> Story:
    """The declarations of a part by where its rows stand."""
    rows = {id(record): at for table, sheet in sheets.items() for record, at in _rows(part, table, sheet)}
    return Story(
        tuple(Telling(_expected(one, rows), one.after) for one in part.found),
        tuple(_near_miss(one, rows, sheets) for one in part.spared),
        tuple(Mistake(slip.table, rows[id(slip.record)], slip.field, slip.kind) for slip in part.slips),
    )


def fact(finding: Finding) -> Expected:
    """A finding as it is expected."""
    return Expected(finding.rule, finding.table, finding.row, finding.key if finding.row is None else "")


def book_of(sheets: Iterable[Sheet]) -> Book:
    """The tables of tabs."""
    return {sheet.table: read_table(SPECS[sheet.table], sheet.grid()).table for sheet in sheets}


def changed(book: Book, sheets: Iterable[Sheet], change: Place | None) -> Book:
    """The tables with one cell changed."""
    return {**book, **book_of(_changed(sheet, change) for sheet in sheets if change and change.table == sheet.table)}


def noticed(rule: Rule, book: Book, settings: Settings, day: date, near: NearMiss | None = None) -> set[Expected]:
    """What one rule notices on a day, or, given a near miss, once that is tipped (but for its cell)."""
    params = {rule.key: dict(near.params)} if near else {}
    told = replace(settings, **near.settings) if near else settings
    later = timedelta(near.days if near else 0)
    return set(map(fact, judge([rule], book, told, params, day + later).findings))


def _rows(part: Part, table: str, sheet: Sheet) -> Iterator[tuple[Record, int]]:
    for at, record in enumerate(part.tables.get(table, ()), start=sheet.header_row + 1):
        yield record, at


def _expected(subject: Subject, rows: Mapping[int, int]) -> Expected:
    row = None if subject.record is None else rows[id(subject.record)]
    return Expected(subject.rule, subject.table, row, subject.key)


def _near_miss(subject: Subject, rows: Mapping[int, int], sheets: Mapping[str, Sheet]) -> NearMiss:
    nudge = subject.nudge
    assert nudge, f"what tips the near miss of {subject.rule}?"
    place = _place(nudge.change, rows, sheets) if nudge.change else None
    return NearMiss(_expected(subject, rows), subject.after, nudge.days, nudge.params, nudge.settings, place)


def _place(change: Change, rows: Mapping[int, int], sheets: Mapping[str, Sheet]) -> Place:
    return Place(change.table, rows[id(change.record)], sheets[change.table].at[change.field], change.entry)


def _changed(sheet: Sheet, change: Place) -> Sheet:
    rows: list[Sequence[Any]] = list(sheet.rows)
    cells = list(rows[change.row])
    cells[change.column] = change.entry
    rows[change.row] = cells
    return replace(sheet, rows=rows)
