"""A community's tables as they stood on an earlier day, as far as the dates in them tell. Pure."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from rules.history import HISTORIES, Came, History
from rules.table import Book, Table

NO_HISTORY = History()


@dataclass(frozen=True, slots=True)
class Unknown:
    """What the tables do not tell of the past: `undated` fields are as they are today, `newest` dates had others."""

    table: str
    undated: tuple[str, ...]
    newest: tuple[str, ...]


def as_of(book: Book, day: date, today: date) -> Book:
    """The tables as they stood on a day: what came about after it, up to today, is not there yet.

    A date that is still ahead today says when something is meant to happen, and stays. Tables in which nothing
    happened since are the same objects.
    """
    return {key: _table_as_of(table, HISTORIES.get(key, NO_HISTORY), day, today) for key, table in book.items()}


def unknown(book: Book, tables: Collection[str]) -> Iterator[Unknown]:
    """What of these tables' past the book does not tell: columns that are there and hold something."""
    for key in sorted(tables & book.keys(), key=list(book).index):
        history = HISTORIES.get(key, NO_HISTORY)
        found = Unknown(key, _held(book[key], history.undated), _held(book[key], history.newest))
        if found.undated or found.newest:
            yield found


def _held(table: Table, fields: Iterable[str]) -> tuple[str, ...]:
    return tuple(name for name in fields if any(value not in (None, False, ()) for value in table[name]))


def _table_as_of(table: Table, history: History, day: date, today: date) -> Table:
    if history.since:
        later = {i for i, value in enumerate(table[history.since]) if _came_later(value, day, today)}
        if later:
            table = _without(table, later)
    for came in (*history.came, *map(Came, history.newest)):
        rows = [i for i, value in enumerate(table[came.date]) if _came_later(value, day, today)]
        if rows:
            table = replace(table, columns={**table.columns, **_undone(table, came, rows)})
    return table


def _came_later(value: date | None, day: date, today: date) -> bool:
    if value is None:
        return False
    return day < (value.date() if isinstance(value, datetime) else value) <= today


def _without(table: Table, rows: Collection[int]) -> Table:
    kept = [i for i in range(len(table)) if i not in rows]
    columns = {name: [values[i] for i in kept] for name, values in table.columns.items()}
    return replace(table, rows=[table.rows[i] for i in kept], columns=columns)


def _undone(table: Table, came: Came, rows: Sequence[int]) -> Mapping[str, Sequence[Any]]:
    """The columns that change when what came on a date is taken back in some rows."""
    before: dict[str, Mapping[Any, Any] | tuple[()]] = {**came.undone} if came.stays else {**came.undone, came.date: ()}
    columns = {name: [*table[name]] for name in before}
    for name, was in before.items():
        for row in rows:
            value = columns[name][row]
            columns[name][row] = was.get(value, value) if isinstance(was, Mapping) else None
    return columns
