"""Random inserts, deletes, moves and sorts against a simple model: nothing is lost, formulas keep their targets."""

import copy
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sheets_sync.embedded import a1, batch, defaults, persist
from sheets_sync.embedded.call import Call
from sheets_sync.embedded.database import Database
from sheets_sync.embedded.files import new_id
from sheets_sync.embedded.model import Formula, Spreadsheet

HEIGHT, WIDTH = 6, 4
NOW = datetime(2026, 11, 22, tzinfo=UTC)


class Pointer:
    """A formula in the model: it points at a value, wherever that goes."""

    def __init__(self, target: int) -> None:
        self.target = target


Grid = list[list[Any]]


def start() -> tuple[Spreadsheet, Grid]:
    """Numbers of their own in every cell, and formulas in the last column that point at some of them."""
    book = defaults.new_spreadsheet(new_id(), "x")
    sheet = book.sheets[0]
    sheet.properties["gridProperties"] = {"rowCount": HEIGHT, "columnCount": WIDTH}
    grid: Grid = [[row * WIDTH + column for column in range(WIDTH)] for row in range(HEIGHT)]
    for row in range(HEIGHT):
        to_row, to_column = (row * 5 + 1) % HEIGHT, row % (WIDTH - 1)
        grid[row][-1] = Pointer(to_row * WIDTH + to_column)
        for column in range(WIDTH - 1):
            sheet.edit(row).put(column, grid[row][column])
        signs = ("$" if row % 2 else "", "$" if row % 3 else "")
        text = f"={signs[0]}{a1.column_name(to_column)}{signs[1]}{to_row + 1}"
        sheet.edit(row).put(WIDTH - 1, Formula(text))
        sheet.edit(row).put_extra(0, {"note": f"n{row * WIDTH}"})
    book.has_formulas = True
    return book, grid


EDITS = st.lists(
    st.tuples(st.sampled_from(["insert", "delete", "move"]), st.booleans(), *[st.integers(0, 9)] * 3), max_size=8
)


def request(kind: str, rows: bool, limit: int, a: int, b: int, c: int) -> dict[str, Any] | None:
    """A request that Google would take; None when these numbers make none."""
    first = a % limit
    last = min(limit, first + 1 + b % 3)
    found = {"sheetId": 0, "dimension": "ROWS" if rows else "COLUMNS", "startIndex": first, "endIndex": last}
    if kind == "insert":
        return {"insertDimension": {"range": found}}
    if kind == "delete":
        return None if last - first >= limit else {"deleteDimension": {"range": found}}
    to = c % (limit + 1)
    return {"moveDimension": {"source": found, "destinationIndex": to}}


def edited(grid: Grid, made: dict[str, Any]) -> Grid:
    """The model after a request."""
    kind, body = next(iter(made.items()))
    found = body.get("range") or body["source"]
    first, last = found["startIndex"], found["endIndex"]
    lines = copy.copy(grid) if found["dimension"] == "ROWS" else [list(line) for line in zip(*grid, strict=True)]
    if kind == "insertDimension":
        lines[first:first] = [[None] * len(lines[0]) for _ in range(last - first)]
    elif kind == "deleteDimension":
        del lines[first:last]
    else:
        to = body["destinationIndex"]
        if not first <= to <= last:
            block = lines[first:last]
            del lines[first:last]
            to = to - (last - first) if to >= last else to
            lines[to:to] = block
    return lines if found["dimension"] == "ROWS" else [list(line) for line in zip(*lines, strict=True)]


def check(book: Spreadsheet, grid: Grid) -> None:
    sheet = book.sheets[0]
    assert (sheet.height, sheet.width) == (len(grid), len(grid[0]))
    places = {value: (r, c) for r, line in enumerate(grid) for c, value in enumerate(line) if isinstance(value, int)}
    for r, line in enumerate(grid):
        row = sheet.row(r)
        for c, expected in enumerate(line):
            found = row.get(c) if row else None
            if isinstance(expected, Pointer):
                assert isinstance(found, Formula)
                assert re.sub(r"[=$]", "", found.text) == shown(places.get(expected.target))
            else:
                assert found == expected
            note = row.extra(c).get("note") if row else None
            noted = isinstance(expected, int) and expected % WIDTH == 0
            assert note == (f"n{expected}" if noted else None)


def shown(place: tuple[int, int] | None) -> str:
    return "#REF!" if place is None else f"{a1.column_name(place[1])}{place[0] + 1}"


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    made = Database(Path(tmp_path_factory.mktemp("model")) / "x.sqlite3")
    yield made
    made.close()


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(EDITS)
def test_nothing_is_lost_and_formulas_keep_their_targets(
    database: Database, edits: list[tuple[str, bool, int, int, int]]
) -> None:
    book, grid = start()
    call = Call(book, "a@example.com", True, NOW)
    for kind, rows, *numbers in edits:
        limit = len(grid) if rows else len(grid[0])
        made = request(kind, rows, limit, *numbers)
        if made is not None:
            batch.apply(call, [made])
            grid = edited(grid, made)
            with database.transaction() as connection:
                persist.save(connection, book)
    check(book, grid)
    with database.transaction() as connection:
        persist.save(connection, book)
    check(persist.load(database, book.id), grid)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.one_of(st.none(), st.integers(-5, 5), st.text(max_size=3), st.booleans()), st.integers())))
def test_sorting_is_python_sorting_with_blanks_last(lines: list[tuple[Any, int]]) -> None:
    book = defaults.new_spreadsheet(new_id(), "x")
    sheet = book.sheets[0]
    for index, (key, tag) in enumerate(lines):
        sheet.edit(index).put(0, key if key != "" else None)
        sheet.edit(index).put(1, tag)
    area = {"sheetId": 0, "startColumnIndex": 0, "endColumnIndex": 2, "startRowIndex": 0, "endRowIndex": 1000}
    batch.apply(Call(book, "a", True, NOW), [{"sortRange": {"range": area, "sortSpecs": [{"dimensionIndex": 0}]}}])
    found = [(row.get(0), row.get(1)) for row in sheet.rows]
    assert sorted(map(repr, found)) == sorted(repr((key if key != "" else None, tag)) for key, tag in lines)
    kinds = [3 if k is None else 2 if isinstance(k, bool) else 0 if isinstance(k, int) else 1 for k, _ in found]
    assert kinds == sorted(kinds)
    numbers = [key for key, _ in found if type(key) is int]
    assert numbers == sorted(numbers)
