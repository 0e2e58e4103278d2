"""How records stand in a tab as its people keep it: titles above, headers in their words, own columns, totals."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from rules.table import Cell, Column, Grid, Place, TableSpec
from sheets_sync.demo.parts import Entry, Formula, Record
from sheets_sync.furnishing.furnish import offered, sheet_id
from sheets_sync.writing.edits import Request, a1, column_letters


@dataclass(frozen=True)
class Sheet:
    """A tab as people entered it, from A1 on. `table` is '' for a tab of their own that is no table.

    `touches` are what people did beside entering: notes, colours, filters, merges.
    """

    table: str
    title: str
    rows: Sequence[Sequence[Entry]]
    header_row: int = 0
    touches: Sequence[Request] = ()
    at: Mapping[str, int] = field(default_factory=dict)
    """The column of each field."""

    @property
    def sheet(self) -> int:
        """The tab's sheetId."""
        return sheet_id(self.table or self.title)

    def grid(self, spreadsheet: str = "demo") -> Grid:
        """The tab as Google gives it unformatted, formulas as what they come to."""
        width = max(map(len, self.rows), default=0)
        columns = [[shown(row[at]) if at < len(row) else None for row in self.rows] for at in range(width)]
        return Grid(Place(spreadsheet, self.sheet, self.title), columns)


@dataclass(frozen=True)
class OwnColumn:
    """A column a person added: its header, its formula with `{field}` for the row's cells, what it comes to."""

    header: str
    formula: str
    value: Callable[[Record], Cell]


@dataclass(frozen=True)
class Layout:
    """How one table's tab is kept. `renamed` has headers in people's words; `total` is the field that is summed up.

    `touched` makes the requests of what people did to the tab, once it is known where everything stands.
    """

    spec: TableSpec
    title: str
    above: Sequence[str] = ()
    renamed: Mapping[str, str] = field(default_factory=dict)
    own: OwnColumn | None = None
    total: str = ""
    touched: Callable[["Standing"], Sequence[Request]] = lambda standing: ()


@dataclass(frozen=True)
class Standing:
    """Where things stand in a tab: the column of each field, the header row, how many rows and columns are filled."""

    sheet: int
    at: Mapping[str, int]
    header_row: int
    height: int
    width: int


def lay_out(layout: Layout, records: Sequence[Record]) -> Sheet:
    """The tab's cells: titles, headers, a row a record, the total."""
    columns = offered(layout.spec)
    header_row = len(layout.above)
    at = {column.field: index for index, column in enumerate(columns)}
    rows: list[list[Entry]] = [[line] for line in layout.above]
    rows.append(_headers(layout, columns))
    for record in records:
        rows.append(_row(layout, columns, record, len(rows)))
    if layout.total:
        rows.append(_total(layout.total, at, header_row, records))
    standing = Standing(sheet_id(layout.spec.key), at, header_row, len(rows), len(rows[header_row]))
    return Sheet(layout.spec.key, layout.title, rows, header_row, layout.touched(standing), at)


def shown(entry: Entry) -> Cell:
    """What an entry's cell comes to."""
    return entry.shows if isinstance(entry, Formula) else entry


def _headers(layout: Layout, columns: Sequence[Column]) -> list[Entry]:
    own = [layout.own.header] if layout.own else []
    return [*(layout.renamed.get(column.field, column.hebrew) for column in columns), *own]


def _row(layout: Layout, columns: Sequence[Column], record: Record, row: int) -> list[Entry]:
    cells: list[Entry] = [record.get(column.field) for column in columns]
    if layout.own and record:
        names = {column.field: a1(row, index) for index, column in enumerate(columns)}
        cells.append(Formula(layout.own.formula.format(**names), layout.own.value(record)))
    return cells


def _total(name: str, at: Mapping[str, int], header_row: int, records: Sequence[Record]) -> list[Entry]:
    """A row of `סה"כ` in the second column and a sum under the named one."""
    letters = column_letters(at[name])
    first, last = header_row + 2, header_row + 1 + len(records)
    amounts: list[Any] = [shown(record.get(name)) for record in records]
    cells: list[Entry] = [None] * (at[name] + 1)
    cells[1] = 'סה"כ'
    cells[at[name]] = Formula(f"=SUM({letters}{first}:{letters}{last})", sum(amount for amount in amounts if amount))
    return cells
