"""What a form answer becomes in a sheet: which cell each answer goes to, normalised. Pure.

A question finds its column by the settings, by a header of the tab that reads the same, or as a header is found by its
aliases. What finds none is kept in `notes`, or in a note on the row, so that nothing a resident wrote is lost.
"""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from rules.dates import serial
from rules.english import Language, chosen, language_of
from rules.headers import find_headers
from rules.names import fold
from rules.reading import Reading
from rules.table import Book, Cell, Column, Grid, Kind, Table
from rules.values import read_cell, write_cell
from sheets_sync.reading.read import Tab
from sheets_sync.writing.edits import Request, append_rows, insert_rows, mark_row, set_cells, set_note

ROW_MARK = "ss"
"""Short on purpose: a sheet holds 30,000 characters of metadata."""

RECEIVED = "התקבל"
"""The status of a registration that nobody has looked at."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A form answer: its message, its id, when it was sent, the answers by question (several joined by a comma).

    An answer that the resident edits keeps its id and comes in another message.
    """

    message: str
    id: str
    submitted: datetime
    answers: Mapping[str, str]


@dataclass(frozen=True)
class Row:
    """The row an answer becomes: cells by 0-based column, its mark, and what found no column."""

    mark: int
    cells: Mapping[int, Cell]
    left_over: str = ""


def mark_of(form: str, message: str) -> int:
    """The metadata id of the row a message made: a positive int32 that depends on form and message alone.

    Google refuses a second metadata with the same id, so even a request that is applied late, after it was given up,
    cannot make a second row.
    """
    digest = hashlib.sha256(f"{form}\n{message}".encode()).digest()
    return int.from_bytes(digest[:4], "big") % (2**31 - 1) + 1


def is_there(form: str, answer: Answer, tab: Tab) -> bool:
    """Whether the tab has the row that this very message made."""
    return mark_of(form, answer.message) in tab.row_marks


def is_known(answer: Answer, table: Table) -> bool:
    """Whether some row has the answer's id: the message is an edit of it, or it came another way."""
    return answer.id in table["response_id"]


def row_of(
    form: str,
    answer: Answer,
    fields: Mapping[str, str],
    tab: Tab,
    reading: Reading,
    book: Book,
    zone: ZoneInfo,
    language: Language = "he",
) -> Row:
    """The row an answer becomes in a tab; `fields` are the settings' questions → fields.

    `language` is that of the words the service adds; what was answered stays in its own.
    """
    places = _places(fields, tab, reading, [*answer.answers])
    cells: dict[int, Cell] = {}
    left_over: list[str] = []
    for question, text in answer.answers.items():
        place = places.get(question)
        if place is None:
            left_over.append(f"{question}: {text}")
        else:
            cells[place.column] = _cell(place.field, text, book)
    at, by_field = reading.table.at, reading.table.spec.by_field
    given: dict[str, Cell] = {
        "submitted": serial(answer.submitted.astimezone(zone).replace(tzinfo=None)),
        "response_id": answer.id,
        "status": chosen(RECEIVED, language),
    }
    taken = {*cells, *computed_columns(tab, reading.table)}
    cells |= {at[name]: value for name, value in given.items() if name in at and at[name] not in taken}
    if left_over and "notes" in at and "notes" in by_field:
        cells[at["notes"]] = "\n".join([*filter(None, [str(cells.get(at["notes"]) or "")]), *left_over])
        left_over = []
    return Row(mark_of(form, answer.message), cells, "\n".join(left_over))


def written(
    answer: Answer, fields: Mapping[str, str], tab: Tab, reading: Reading, book: Book
) -> dict[str, tuple[int, Cell]]:
    """By question: the 0-based column that its answer goes to, and what is written there."""
    places = _places(fields, tab, reading, [*answer.answers])
    return {
        question: (places[question].column, _cell(places[question].field, text, book))
        for question, text in answer.answers.items()
        if question in places
    }


def righted(tab: Tab, wanted: Row, meant: Row) -> Iterator[Request]:
    """What to change in a row that was written where columns had moved: its cells, and those that hold strays of it."""
    row = tab.row_marks.get(wanted.mark)
    if row is None:
        return
    for column, cell in wanted.cells.items():
        if not _alike(tab.grid.cell(row, column), cell) and (row, column) not in tab.formulas:
            yield set_cells(tab.place.sheet, row, column, [[cell]])
    strays = {column: cell for column, cell in meant.cells.items() if column not in wanted.cells}
    for column, cell in strays.items():
        if _alike(tab.grid.cell(row, column), cell) and cell not in (None, ""):
            yield set_cells(tab.place.sheet, row, column, [[None]])


def _alike(one: Cell, other: Cell) -> bool:
    return one == other or (one in (None, "") and other in (None, ""))


def requests_of(rows: Sequence[Row], tab: Tab, reading: Reading) -> Iterator[Request]:
    """Insert rows below the last one that holds something, and fill, mark and annotate them."""
    table, sheet = reading.table, tab.place.sheet
    at = (table.rows[-1] if table.rows else table.header_row) + 1
    if at >= tab.row_count:
        yield append_rows(sheet, len(rows))
    else:
        yield insert_rows(sheet, at, len(rows), like_above=bool(table.rows))
    for row, number in zip(rows, range(at, at + len(rows)), strict=True):
        for column, cells in _runs(row.cells):
            yield set_cells(sheet, number, column, [cells])
        if row.left_over:
            yield set_note(sheet, number, min(row.cells, default=0), row.left_over)
        yield mark_row(sheet, number, row.mark, ROW_MARK)


def computed_columns(tab: Tab, table: Table) -> set[int]:
    """The columns that formulas fill, by the table's last row: a value there would break what a person computes."""
    last = table.rows[-1] if table.rows else table.header_row
    return {column for row, column in tab.formulas if row in (last, table.header_row)}


@dataclass(frozen=True, slots=True)
class _Place:
    column: int
    field: Column | None


def _places(fields: Mapping[str, str], tab: Tab, reading: Reading, questions: Sequence[str]) -> dict[str, _Place]:
    """The column of each question that has one; each column once."""
    table = reading.table
    known = {column: name for name, column in table.at.items()}
    headers = {
        fold(str(tab.grid.cell(table.header_row, column) or "")): column for column in range(len(tab.grid.columns))
    }
    asked = find_headers(table.spec, Grid(tab.place, [[question] for question in questions]))
    by_words = {questions[match.column]: table.at.get(match.field) for match in asked.matches}
    computed = computed_columns(tab, table)
    found: dict[str, _Place] = {}
    for question in questions:
        column = table.at.get(fields.get(question, ""))
        if column is None:
            column = headers.get(fold(question), by_words.get(question))
        name = known.get(column) if column is not None else None
        if name and table.spec.by_field[name].own:  # the service's to write, whatever a form asks
            continue
        if column in computed:
            continue
        if column is not None and all(place.column != column for place in found.values()):
            found[question] = _Place(column, table.spec.by_field[name] if name else None)
    return found


def _cell(column: Column | None, text: str, book: Book) -> Cell:
    """An answer as it is written: normalised where it can be read, else as the resident wrote it; never a formula."""
    if column is None:
        return text
    value, _ = read_cell(column, text)
    if value is None:
        return text
    if column.kind is Kind.TEXT:  # hidden characters are kept: the checks flag them
        return " ".join(text.split())
    if column.kind is Kind.LONGTEXT:
        return text
    if column.table in book:  # as the other table spells it, when it is surely the same name
        return book[column.table].known_by.get(fold(str(value)), str(value))
    return write_cell(column, value, language=language_of(text))


def _runs(cells: Mapping[int, Cell]) -> list[tuple[int, list[Cell]]]:
    """Cells as runs of neighbouring columns: (first column, cells)."""
    runs: list[tuple[int, list[Cell]]] = []
    for column in sorted(cells):
        if runs and runs[-1][0] + len(runs[-1][1]) == column:
            runs[-1][1].append(cells[column])
        else:
            runs.append((column, [cells[column]]))
    return runs
