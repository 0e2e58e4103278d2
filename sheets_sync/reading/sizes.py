"""How large a reading or a batch is, and where to cut it: Google advises at most 2 MB a request or answer. Pure."""

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

import orjson

from sheets_sync.reading.read import Spreadsheet, Tab
from sheets_sync.writing.edits import Request

ADVISED = 2_000_000
"""Bytes of an answer or a request."""

CELL, BLANK, FORMULA, NOTE, ROW, MARKS = 62, 3, 17, 10, 14, 3
"""Bytes, without the texts: of a cell that shows something, of one that does not, of its formula, of its note; of a row
that holds something, and of every row's place for marks. A cell without a formula counts as if Google said so."""
BARE, PLAIN, QUOTES = 27, 18, 3
"""Bytes of a cell that shows something where its value is not read; of a number or a tick, and around a text, where its
value alone is."""
VALUE, MANY_ROWS = 40, 20_000
"""Bytes of a cell of an unread tab, where only its value or only its formula is read; rows from which such a tab counts
as large."""
SLACK = 1.25
"""Of a large tab's rows some are longer than others."""
STRUCTURE = frozenset({"insertDimension", "appendDimension", "deleteDimension", "createDeveloperMetadata", "addSheet"})
"""What must stand in one batch with the changes around it: they count on its rows, or must not stand without it."""


@dataclass(frozen=True, slots=True)
class Weight:
    """About how many bytes a tab has in an answer: with all that is read of it, without its values, by them alone."""

    whole: int
    lean: int
    values: int


def weight(tab: Tab) -> Weight:
    """A tab's weight, by what stood in it at its last reading."""
    columns = tab.grid.columns
    said = ["".join(cell for cell in column if isinstance(cell, str)) for column in columns]
    texts = sum(map(text_bytes, said))
    cells, blank = sum(map(len, columns)), sum(column.count("") + column.count(None) for column in columns)
    worded = sum(isinstance(cell, str) for column in columns for cell in column)
    formulas = sum(FORMULA + text_bytes(text) for text in tab.formula_texts.values())
    notes = sum(NOTE + text_bytes(text) for text in tab.notes.values())
    rows = ROW * max(map(len, columns), default=0) + MARKS * tab.row_count
    beside = BLANK * blank + formulas + notes + rows
    return Weight(
        CELL * (cells - blank) + texts + beside,
        BARE * (cells - blank) + beside,
        PLAIN * (cells - worded) + QUOTES * worded + texts,
    )


def tab_bytes(tab: Tab) -> int:
    """About how large a tab's part of an answer is, by what stood in it at its last reading."""
    return weight(tab).whole


def is_large(spreadsheet: Spreadsheet, requests: Sequence[Request] = ()) -> bool:
    """Whether one answer cannot hold a spreadsheet as it was read, with what requests add to it."""
    added = sum(len(orjson.dumps(request)) for request in requests)
    return added + sum(map(tab_bytes, spreadsheet.tabs)) > ADVISED


def text_bytes(text: str) -> int:
    """How many bytes a text has: a Hebrew letter has two."""
    return len(text) if text.isascii() else len(text.encode(errors="replace"))


def packed(sizes: Mapping[int, int], limit: int = ADVISED) -> list[list[int]]:
    """Keys in groups, in their order, each group within the limit or of one key alone."""
    groups: list[list[int]] = []
    room = -1
    for key, size in sizes.items():
        if size > room:
            groups.append([])
            room = limit
        groups[-1].append(key)
        room -= size
    return groups


def row_spans(rows: int, row_bytes: int, limit: int = ADVISED) -> list[tuple[int, int]]:
    """A tab's rows in spans, each a part within the limit if every row has so many bytes."""
    step = max(1, limit // max(1, row_bytes))
    return [(start, min(start + step, rows)) for start in range(0, rows, step)]


def tab_spans(tab: Tab, rows: int, size: int, limit: int = ADVISED) -> list[tuple[int, int]]:
    """The rows of a tab that had `size` bytes at its last reading; those that were blank go with the last span."""
    used = min(rows, tab.grid.height)
    spans = row_spans(used, math.ceil(SLACK * size / max(1, used)), limit)
    return [*spans[:-1], (spans[-1][0], rows)] if spans else [(0, rows)]


def batches(requests: Sequence[Request], limit: int = ADVISED) -> list[list[Request]]:
    """Requests in their order, in batches within the limit; mostly one.

    It is cut between requests, but not among those of one tab of which some insert or remove rows or set marks: each
    batch stands or falls alone, and row numbers must be true in it.
    """
    pieces = [list(piece) for piece in _pieces(requests)]
    sizes = {index: sum(len(orjson.dumps(request)) for request in piece) for index, piece in enumerate(pieces)}
    return [[request for index in group for request in pieces[index]] for group in packed(sizes, limit)]


def _pieces(requests: Sequence[Request]) -> Iterator[Sequence[Request]]:
    """The requests that stay together."""
    for _, found in groupby(requests, _sheet):
        together = list(found)
        if any(STRUCTURE & one.keys() for one in together):
            yield together
        else:
            yield from ([one] for one in together)


def _sheet(part: Any) -> int | None:
    """The sheetId of the tab that a request changes, found wherever its kind holds it."""
    if isinstance(part, Mapping):
        if isinstance(part.get("sheetId"), int):
            return int(part["sheetId"])
        return _first(part.values())
    return _first(part) if isinstance(part, list) else None


def _first(parts: Iterable[Any]) -> int | None:
    return next((sheet for part in parts if (sheet := _sheet(part)) is not None), None)
