"""Functions of single values inside ARRAYFORMULA: worked out for each cell of their ranges.

formualizer spreads operators and IF, but hardly a function. So inside ARRAYFORMULA a call of `LEN` is written
`EACH_LEN`, which is ours: it lays its arguments out in a workbook of its own and asks formualizer for each cell.
"""

import re
from collections.abc import Callable
from typing import Any, Final

import formualizer

from sheets_sync.embedded.a1 import column_name

PREFIX: Final = "EACH_"
EVERY: Final = None
# Which arguments are spread; the others are tables, or the same for all.
SINGLE: Final = (
    "LEN UPPER LOWER PROPER TRIM LEFT RIGHT MID TEXT VALUE SUBSTITUTE SEARCH FIND EXACT REPT CONCATENATE CHAR ROUND",
    "ROUNDUP ROUNDDOWN INT MOD ABS SQRT POWER CEILING FLOOR TRUNC SIGN NOT YEAR MONTH DAY WEEKDAY HOUR MINUTE DATE",
    "EDATE EOMONTH DAYS DATEDIF DATEVALUE ISBLANK ISNUMBER ISTEXT ISERROR ISNA N T IFS SWITCH",
)
SPREAD: Final[dict[str, frozenset[int] | None]] = {
    **dict.fromkeys(" ".join(SINGLE).split(), EVERY),
    **dict.fromkeys(["VLOOKUP", "HLOOKUP", "XLOOKUP", "MATCH"], frozenset({0})),
    **dict.fromkeys(["COUNTIF", "SUMIF", "AVERAGEIF"], frozenset({1})),
    "COUNTIFS": frozenset({1, 3, 5}),
    "SUMIFS": frozenset({2, 4, 6}),
}
LOOKS_AT_ERRORS: Final = frozenset({"ISERROR", "ISNA", "ISBLANK", "ISNUMBER", "ISTEXT"})
MOST_CELLS: Final = 100_000
CALL = re.compile(r"\"(?:[^\"]|\"\")*\"|\b(" + "|".join(sorted(SPREAD, key=len, reverse=True)) + r")(?=\s*\()", re.I)
Grid = list[list[Any]]


def marked(formula: str) -> str:
    """The formula with the calls inside ARRAYFORMULA written as ours."""
    at = formula.upper().find("ARRAYFORMULA(")
    if at < 0:
        return formula
    return formula[:at] + CALL.sub(lambda m: PREFIX + m[1].upper() if m[1] else m[0], formula[at:])


def spread(name: str) -> Callable[..., Any]:
    """The function that EACH_ and the name stand for."""
    positions = SPREAD[name]

    def function(*arguments: Any) -> Any:
        grids = [_grid(argument) for argument in arguments]
        moving = [i for i, g in enumerate(grids) if (positions is EVERY or i in positions) and _size(g) != (1, 1)]
        height = max([1, *(len(grids[i]) for i in moving)])
        width = max([1, *(len(grids[i][0]) for i in moving)])
        if height * width > MOST_CELLS:
            return {"type": "Error", "kind": "Value"}
        return _computed(name, grids, set(moving), height, width)

    return function


def _grid(argument: Any) -> Grid:
    if not isinstance(argument, list):
        return [[argument]]
    return [row if isinstance(row, list) else [row] for row in argument] or [[None]]


def _size(grid: Grid) -> tuple[int, int]:
    return len(grid), len(grid[0])


def _computed(name: str, grids: list[Grid], moving: set[int], height: int, width: int) -> Any:
    workbook = formualizer.Workbook(config=formualizer.WorkbookConfig(mode=formualizer.WorkbookMode.Ephemeral))
    workbook.add_sheet("out")
    for index, grid in enumerate(grids):
        _lay_out(workbook, f"a{index}", grid)
    found: Grid = [[None] * width for _ in range(height)]
    places = []
    for row in range(height):
        for column in range(width):
            failed = None if name in LOOKS_AT_ERRORS else _error(grids, moving, row, column)
            if failed is not None:
                found[row][column] = failed
                continue
            references = (_reference(i, grid, i in moving, row, column) for i, grid in enumerate(grids))
            workbook.set_formula("out", row + 1, column + 1, f"={name}({','.join(references)})")
            places.append((row, column))
    targets = [("out", row + 1, column + 1) for row, column in places]
    for (row, column), value in zip(places, workbook.evaluate_cells(targets) if targets else [], strict=True):
        found[row][column] = value
    return found if height * width > 1 else found[0][0]


def _lay_out(workbook: Any, sheet: str, grid: Grid) -> None:
    workbook.add_sheet(sheet)
    for row, line in enumerate(grid, 1):
        for column, value in enumerate(line, 1):
            if isinstance(value, dict):
                workbook.set_formula(sheet, row, column, "=NA()")
            elif value is not None:
                workbook.set_value(sheet, row, column, value)


def _error(grids: list[Grid], moving: set[int], row: int, column: int) -> Any:
    """The error that one of a cell's arguments is, or the lack of one."""
    for index in moving:
        height, width = _size(grids[index])
        if (height > 1 and row >= height) or (width > 1 and column >= width):
            return {"type": "Error", "kind": "Na"}
        value = grids[index][row if height > 1 else 0][column if width > 1 else 0]
        if isinstance(value, dict):
            return value
    return None


def _reference(index: int, grid: Grid, moves: bool, row: int, column: int) -> str:
    height, width = _size(grid)
    if moves:
        return f"a{index}!{column_name(column if width > 1 else 0)}{(row if height > 1 else 0) + 1}"
    return f"a{index}!$A$1" + ("" if (height, width) == (1, 1) else f":${column_name(width - 1)}${height}")


FUNCTIONS: Final = {PREFIX + name: (spread(name), 1, None) for name in SPREAD}
