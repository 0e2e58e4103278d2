"""A form answer that its resident edited: which cells of its row may take the new words. Pure.

Of an answer that was placed only digests are kept: of what was sent, and of what was written for it. A cell takes an
edited answer only while it still holds what the earlier one wrote there.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import msgspec

from rules.reading import Reading
from rules.table import Book, Cell
from sheets_sync.answers.placing import Answer, written
from sheets_sync.reading.read import Tab

Trace = dict[str, tuple[str, str]]
"""By question: the digests of what was sent and of the cell that was written."""


@dataclass(frozen=True)
class Edit:
    """What an edit becomes: cells by 0-based column, and the questions whose new answer was not put in."""

    cells: Mapping[int, Cell]
    left: tuple[str, ...] = ()


def trace_of(answer: Answer, fields: Mapping[str, str], tab: Tab, reading: Reading, book: Book) -> bytes:
    """What is kept of an answer once it is placed."""
    cells = written(answer, fields, tab, reading, book)
    trace: Trace = {
        question: (digest(text), digest(cells[question][1] if question in cells else None))
        for question, text in answer.answers.items()
    }
    return msgspec.json.encode(trace)


def edit_of(
    answer: Answer, trace: bytes | None, row: int, fields: Mapping[str, str], tab: Tab, reading: Reading, book: Book
) -> Edit:
    """What to write in the row of the earlier answer; without its trace only cells that are empty take anything."""
    earlier = msgspec.json.decode(trace, type=Trace) if trace else {}
    places = written(answer, fields, tab, reading, book)
    cells: dict[int, Cell] = {}
    left: list[str] = []
    for question, text in answer.answers.items():
        sent, wrote = earlier.get(question, ("", digest(None)))
        if sent == digest(text):
            continue
        column, cell = places.get(question, (None, None))
        if column is None:
            left.append(question)
            continue
        stands = digest(tab.grid.cell(row, column))
        if stands == digest(cell):
            continue
        if stands != wrote or (row, column) in tab.formulas:
            left.append(question)
        else:
            cells[column] = cell
    return Edit(cells, tuple(left))


def rows_of(answer: Answer, reading: Reading) -> Sequence[int]:
    """The 0-based rows that bear the answer's id."""
    table = reading.table
    return [table.rows[at] for at, id in table.over("response_id") if id == answer.id]


def digest(value: Cell) -> str:
    """A short digest of a cell; of an empty one ''."""
    if value is None or value == "":
        return ""
    plain = f"{float(value)!r}" if isinstance(value, int | float) and not isinstance(value, bool) else str(value)
    return hashlib.sha256(plain.encode()).hexdigest()[:16]
