"""The columns the service computes in the person's tabs, in columns that carry its mark, and never over a formula."""

from collections.abc import Iterator, Mapping, Sequence

from rules.catalogue.classes.fills import fills
from rules.catalogue.money.ledger import Position
from rules.names import fold
from rules.table import Book, Cell, Column, Table
from sheets_sync.reading.read import Tab
from sheets_sync.tabs.service_tabs import same
from sheets_sync.writing.edits import Request, set_cells


def budget_columns(budget: Table, positions: Mapping[str, Position]) -> dict[str, list[Cell]]:
    """Committed, paid, remaining (shekels) and share used (a fraction), a value a row of `budget`."""
    columns: dict[str, list[Cell]] = {"committed": [], "paid": [], "remaining": [], "share_used": []}
    by_row = {row: position for position in positions.values() for row in position.rows}
    for row in range(len(budget)):
        position = by_row.get(row)
        for field, cell in zip(columns, _figures(position) if position else [None] * 4, strict=True):
            columns[field].append(cell)
    return columns


def _figures(position: Position) -> tuple[Cell, ...]:
    share = None if position.share is None else position.share / 100
    return _shekels(position.committed), _shekels(position.paid), _shekels(position.remaining), share


def registration_columns(book: Book) -> dict[str, list[Cell]]:
    """The place in line of those who wait for a class, first come first."""
    places: list[Cell] = [None] * len(book["registrations"])
    for fill in fills(book):
        for place, i in enumerate(fill.in_line, start=1):
            places[i] = place
    return {"place_in_line": places}


def column_requests(tab: Tab, table: Table, wanted: Mapping[str, Sequence[Cell]]) -> Iterator[Request]:
    """Writes for the cells of our columns that do not read as wanted; a formula a person put there stays.

    A column whose header a person rewrote is theirs, whatever mark it bears. Rows that were emptied lose our figures.
    """
    ours = {name: column for column, name in tab.own.items()}
    for field, values in wanted.items():
        column = ours.get(f"{table.spec.key}.{field}")
        if column is None or not _is_ours(tab.grid.cell(table.header_row, column), table.spec.by_field[field]):
            continue
        cells = dict(zip(table.rows, values, strict=True)) | dict.fromkeys(_emptied(tab, table))
        for row, value in sorted(cells.items()):
            if (row, column) not in tab.formulas and not same(tab.grid.cell(row, column), value):
                yield set_cells(tab.place.sheet, row, column, [[value]])


def _is_ours(header: Cell, column: Column) -> bool:
    names = {fold(name) for name in (column.hebrew, column.english, *column.aliases)}
    return fold(str(header or "")) in names


def _emptied(tab: Tab, table: Table) -> list[int]:
    """The rows below the headers in which nothing stands but what is ours."""
    theirs = [cells for column, cells in enumerate(tab.grid.columns) if column not in tab.own]
    filled = {row for cells in theirs for row, cell in enumerate(cells) if cell not in (None, "", False)}
    return [row for row in range(table.header_row + 1, tab.grid.height) if row not in filled]


def _shekels(agorot: int) -> int | float:
    return agorot // 100 if agorot % 100 == 0 else agorot / 100
