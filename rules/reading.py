"""Read a tab as a table: headers found, empty rows and totals rows left out, values typed."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from rules.cell import Trouble
from rules.finding import Problem
from rules.headers import Headers, find_headers
from rules.names import fold, year_of
from rules.table import Cell, Grid, Table, TableSpec
from rules.values import finished, read_early

TOTAL = re.compile(r"(?:סהכ|סה כ|סך הכל|סך כל|(?:grand |sub ?)?totals?)(?: |$)|סיכום$|סיכום ביניים")
TOTAL_MARK = re.compile(r"ס[\W_]*[הךי]|otal", re.IGNORECASE)
"""What stands in every label of a totals row, to look for first."""

SIDE_FIELDS = frozenset({"notes", "link", "year"})
"""Fields that do not make a row by themselves."""


@dataclass(frozen=True)
class Reading:
    """A tab as a table, what is wrong with its cells, and what was made of its headers."""

    table: Table
    problems: tuple[Problem, ...]
    headers: Headers


def read_table(
    spec: TableSpec, grid: Grid, *, confirmed: Mapping[str, str] | None = None, year: int | None = None
) -> Reading:
    """Read a tab's cells as a table of this kind.

    A row is none when its cells are empty but for unticked checkboxes, remarks and the service's own columns, or when
    its first filled cell says that it is a total. `columns["year"]` has each row's year as a civil year: its own, else
    the one in the tab's title, else `year`. `confirmed`: see `find_headers`.
    """
    year = year_of(grid.place.title) or year
    headers = find_headers(spec, grid, confirmed=confirmed, year=year)
    first = (headers.row or 0) + 1
    height = max(grid.height - first, 0) if headers.matches else 0
    typed: dict[str, list[Any]] = {}
    troubles: dict[str, dict[int, Trouble]] = {}
    for name, at in headers.at.items():
        cells = _padded(grid.columns[at], first, height)
        typed[name], troubles[name] = read_early(spec.by_field[name], cells, headers.scale.get(name, 1))
    dropped = _empty_rows(spec, typed, troubles, height) | _totals_rows(grid, first, height)
    dropped |= _repeated_headers(grid, headers, first, height)
    problems = tuple(_problems(spec, grid, headers, first, troubles, dropped))
    rows: Sequence[int] = range(first, first + height)
    if dropped:
        kept = [row for row in range(height) if row not in dropped]
        typed = {name: [values[row] for row in kept] for name, values in typed.items()}
        rows = [first + row for row in kept]
    columns = _all_columns(spec, typed, len(rows), year)
    table = Table(spec, grid.place, rows, columns, headers.at, headers.row or 0, year)
    return Reading(table, problems, headers)


def _padded(cells: Sequence[Cell], first: int, height: int) -> Sequence[Cell]:
    below = cells[first:]
    return [*below, *[""] * (height - len(below))] if len(below) < height else below


def _empty_rows(
    spec: TableSpec, typed: Mapping[str, Sequence[Any]], troubles: Mapping[str, Mapping[int, Trouble]], height: int
) -> set[int]:
    """The rows that hold nothing, as positions below the headers."""
    empty: Sequence[int] = range(height)
    for name, values in typed.items():
        if name in SIDE_FIELDS or spec.by_field[name].own:
            continue
        if all(values):
            return set()
        troubled = troubles[name]
        empty = [row for row in empty if (values[row] is None or values[row] is False) and row not in troubled]
    return set(empty)


def _totals_rows(grid: Grid, first: int, height: int) -> set[int]:
    """The rows whose first filled cell is the label of a total."""
    found: set[int] = set()
    blank: Sequence[int] = range(height)
    for column in grid.columns if height else ():
        cells = _padded(column, first, height)
        if len(blank) < height:
            cells = [cells[row] for row in blank]
        if any(map(_is_total, _different_texts(cells))):
            found |= {row for row, cell in zip(blank, cells, strict=True) if _is_total(cell)}
        if all(cells):
            break
        blank = [row for row, cell in zip(blank, cells, strict=True) if not cell]
    return found


def _different_texts(cells: Sequence[Cell]) -> set[str]:
    return {cell for cell in cells if cell.__class__ is str}


def _is_total(cell: Cell) -> bool:
    return isinstance(cell, str) and bool(TOTAL_MARK.search(cell)) and bool(TOTAL.match(fold(cell)))


def _repeated_headers(grid: Grid, headers: Headers, first: int, height: int) -> set[int]:
    """The rows that say the headers again, as at the top of a printed page."""
    if not headers.matches:
        return set()
    name = headers.matches[0]
    cells = grid.columns[name.column]
    if cells.count(grid.cell(first - 1, name.column)) < 2:
        return set()
    return {
        row
        for row in range(height)
        if all(grid.cell(first + row, one.column) == grid.cell(first - 1, one.column) for one in headers.matches)
    }


def _problems(
    spec: TableSpec,
    grid: Grid,
    headers: Headers,
    first: int,
    troubles: Mapping[str, Mapping[int, Trouble]],
    dropped: set[int],
) -> Iterator[Problem]:
    for name, at in headers.at.items():
        cells = grid.columns[at]
        for row, (kind, proposal, hint) in troubles[name].items():
            if row not in dropped:
                here = first + row
                yield Problem(spec.key, grid.place, here, at, name, kind, cells[here], proposal, hint)


def _all_columns(
    spec: TableSpec, typed: Mapping[str, Sequence[Any]], size: int, year: int | None
) -> dict[str, Sequence[Any]]:
    """The columns read, with a column of None for each that the tab does not have, and each row's year."""
    nothing = [None] * size
    columns: dict[str, Sequence[Any]] = dict.fromkeys(spec.by_field, nothing)
    columns |= {name: finished(spec.by_field[name], values) for name, values in typed.items()}
    columns["year"] = [year] * size
    if "year" in typed:
        columns["year"] = [year_of(value or "") or year for value in typed["year"]]
    return columns
