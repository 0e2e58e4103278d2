"""Google's GridData as Python columns, notes, computed cells and marks. Pure."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any, TypeAlias

from rules.table import Cell
from sheets_sync.reading.spilling import may_spill

At: TypeAlias = tuple[int, int]
"""A 0-based row and column."""
Data: TypeAlias = Mapping[str, Any]
"""A GridData as Google sends it."""

ERRORS = {
    "DIVIDE_BY_ZERO": "#DIV/0!",
    "LOADING": "Loading...",
    "NAME": "#NAME?",
    "NULL_VALUE": "#NULL!",
    "NUM": "#NUM!",
    "N_A": "#N/A",
    "REF": "#REF!",
    "VALUE": "#VALUE!",
}
"""What a cell shows for each of Google's ErrorType; the rest show #ERROR!."""
NOTHING: Mapping[str, Any] = {}
EMPTY: Mapping[str, Any] = {"": None}
"""What stands for the value of a cell that shows none."""


@dataclass(frozen=True)
class Cells:
    """What stands in a tab's cells: the values by column, notes, and cells with a formula of their own."""

    columns: Sequence[Sequence[Cell]]
    notes: Mapping[At, str]
    formulas: frozenset[At]
    spills: bool
    """Whether one of the formulas may fill cells beside its own."""
    texts: Mapping[At, str]
    """The formulas."""


def cells_of(blocks: Sequence[Data], columns: Sequence[Sequence[Cell]] | None = None) -> Cells:
    """The cells of a tab's GridData blocks; `columns`, read apart, stand where the blocks carry no values."""
    notes: dict[At, str] = {}
    formulas: dict[At, str] = {}
    for row, column, cell in _telling(blocks):
        if note := cell.get("note"):
            notes[row, column] = note
        if formula := cell.get("userEnteredValue", NOTHING).get("formulaValue"):
            formulas[row, column] = formula
    shown = _columns(blocks) if columns is None else columns
    return Cells(shown, notes, frozenset(formulas), any(map(may_spill, formulas.values())), formulas)


def entered_in(blocks: Iterable[Data]) -> frozenset[At]:
    """The cells of GridData blocks in which somebody entered something."""
    return frozenset((row, column) for row, column, cell in _telling(blocks) if cell.get("userEnteredValue"))


def marks_of(blocks: Iterable[Data], dimension: str) -> Iterator[tuple[int, Mapping[str, Any]]]:
    """Each developer metadata entry with the row (`rowMetadata`) or column (`columnMetadata`) it stands on."""
    start = "startRow" if dimension == "rowMetadata" else "startColumn"
    for block in blocks:
        for index, properties in enumerate(block.get(dimension, ()), block.get(start, 0)):
            for mark in properties.get("developerMetadata", ()):
                yield index, mark


def trimmed(lines: Iterable[Sequence[Cell]]) -> list[list[Cell]]:
    """Columns as the values API gives them: no empty cells or columns at the end, '' for those inside."""
    grid: list[list[Cell]] = []
    for line in lines:
        end = len(line)
        while end and line[end - 1] is None:
            end -= 1
        grid.append(["" if value is None else value for value in line[:end]])
    while grid and not grid[-1]:
        grid.pop()
    return grid


def _columns(blocks: Sequence[Data]) -> list[list[Cell]]:
    """The shown values by column; the blocks lie one under the other, in any order."""
    rows: list[list[Cell]] = []
    for block in blocks:
        found = [_shown(row.get("values", ())) for row in block.get("rowData", ())]
        start, left = block.get("startRow", 0), [None] * block.get("startColumn", 0)
        rows.extend([] for _ in range(start + len(found) - len(rows)))
        rows[start : start + len(found)] = [[*left, *row] for row in found] if left else found
    return trimmed(zip_longest(*rows))


def _telling(blocks: Iterable[Data]) -> Iterator[tuple[int, int, Mapping[str, Any]]]:
    """The cells that hold more than the value they show."""
    for block in blocks:
        left = block.get("startColumn", 0)
        for row, data in enumerate(block.get("rowData", ()), block.get("startRow", 0)):
            for column, cell in enumerate(data.get("values", ()), left):
                if cell.get("userEnteredValue") or "note" in cell:
                    yield row, column, cell


def _shown(cells: Iterable[Mapping[str, Any]]) -> list[Cell]:
    """The unformatted values: an ExtendedValue has one field; an error as the cell shows it, None for an empty cell."""
    return [
        ERRORS.get(value.get("type", ""), "#ERROR!") if value.__class__ is dict else value
        for cell in cells
        for value in (cell.get("effectiveValue") or EMPTY).values()
    ]
