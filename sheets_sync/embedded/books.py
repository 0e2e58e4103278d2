"""The open spreadsheets: one lock each, loaded when first asked for, committed before the answer."""

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime

from sheets_sync.embedded import persist
from sheets_sync.embedded.database import Database
from sheets_sync.embedded.engine import Calculator
from sheets_sync.embedded.model import Formula, Sheet, Spreadsheet, Value

# Above this many changed rows, filling the calculator anew is quicker.
REFILL_ROWS = 2_000


@dataclass
class _Open:
    lock: threading.RLock = field(default_factory=threading.RLock)
    book: Spreadsheet | None = None
    calculator: Calculator | None = None


class Books:
    """The spreadsheets in memory, over the database."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._clock = clock
        self._guard = threading.Lock()
        self._opened: dict[str, _Open] = {}

    def _slot(self, file_id: str) -> _Open:
        with self._guard:
            return self._opened.setdefault(file_id, _Open())

    @contextmanager
    def reading(self, file_id: str) -> Iterator[Spreadsheet]:
        """The spreadsheet to look at, its formulas worked out; it is locked for the block."""
        slot = self._slot(file_id)
        with slot.lock:
            yield self._current(slot, file_id)

    def _current(self, slot: _Open, file_id: str) -> Spreadsheet:
        if slot.book is None:
            slot.book = persist.load(self._database, file_id)
            slot.calculator = None
        if slot.book.has_formulas and (slot.calculator is None or slot.calculator.stale(self._clock())):
            slot.calculator = Calculator(slot.book, self._clock())
        return slot.book

    @contextmanager
    def changing(self, file_id: str, record: Callable[[], None]) -> Iterator[Spreadsheet]:
        """The spreadsheet to change: all of the block is committed at its end, or nothing of it applies.

        `record` writes what else belongs to the same transaction.
        """
        slot = self._slot(file_id)
        with slot.lock:
            book = self._current(slot, file_id)
            try:
                yield book
                with self._database.transaction() as connection:
                    changed = _changed_rows(book)
                    persist.save(connection, book)
                    record()
                self._recalculate(slot, book, changed)
            except BaseException:
                slot.book, slot.calculator = None, None  # read again what the database holds
                raise

    def _recalculate(self, slot: _Open, book: Spreadsheet, changed: dict[int, set[int]]) -> None:
        if not book.has_formulas:
            slot.calculator = None  # one made for conditions alone knows nothing of this change
            return
        calculator = slot.calculator
        many = sum(map(len, changed.values())) > REFILL_ROWS
        if calculator is None or many or not calculator.fits() or not calculator.update(changed, self._clock()):
            slot.calculator = Calculator(book, self._clock())

    def evaluate(self, book: Spreadsheet, formulas: list[str]) -> list[Value]:
        """Work out formulas that stand in no cell, for a spreadsheet that is being read."""
        slot = self._slot(book.id)
        if slot.calculator is None:
            slot.calculator = Calculator(book, self._clock())
        return slot.calculator.evaluate(formulas)

    def recalculated(self, book: Spreadsheet) -> None:
        """Work out the formulas in the middle of a change, for an answer that shows values."""
        slot = self._slot(book.id)
        _changed_rows(book)
        if book.has_formulas:
            slot.calculator = Calculator(book, self._clock())

    def add(self, book: Spreadsheet, record: Callable[[], None]) -> None:
        """Store a new spreadsheet, with what `record` writes."""
        _changed_rows(book)
        with self._database.transaction() as connection:
            persist.save(connection, book)
            record()

    def forget(self, file_id: str) -> None:
        """Drop a spreadsheet from memory."""
        with self._guard:
            self._opened.pop(file_id, None)


def _changed_rows(book: Spreadsheet) -> dict[int, set[int]]:
    """The places of the rows that changed, by sheet; notices whether the spreadsheet has formulas now."""
    for sheet in book.sheets:
        if not book.has_formulas and any(_has_formula(row.values) for row in sheet.dirty.values()):
            book.has_formulas = True
    if not book.has_formulas:
        return {}
    return {sheet.id: _places(sheet) for sheet in book.sheets if sheet.dirty}


def _has_formula(values: Sequence[object]) -> bool:
    return any(type(value) is Formula for value in values)


def _places(sheet: Sheet) -> set[int]:
    return {index for index, row in enumerate(sheet.rows) if row.id in sheet.dirty}
