"""What is wrong in a row that is still being typed is not said at once. Pure.

A row is being typed while a required cell of it is empty, unless it stood there when its tab was first read.
"""

import hashlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from rules.finding import Problem, ProblemKind
from rules.table import Book, Table
from sheets_sync.config import Clock

PASTED = 50
"""So many unfinished rows that are new in one pass were pasted, not typed: they get no grace."""


@dataclass(frozen=True)
class Typed:
    """A row that is being typed: where it stands, its key hashed, its own id, and since when each field is wrong."""

    row: int
    key: str
    id: str
    since: Mapping[str, datetime] = field(default_factory=dict)


@dataclass(frozen=True)
class Seen:
    """What is remembered of a tab's unfinished rows: those without a grace, by place and by hashed key; the others."""

    old_rows: frozenset[int] = frozenset()
    old_keys: frozenset[str] = frozenset()
    typed: tuple[Typed, ...] = ()


Memory = Mapping[str, Seen]
"""By tab; a tab that is not in it was never read."""


@dataclass(frozen=True)
class Graced:
    """The problems to be said now, what is to be remembered, and when the next grace ends."""

    problems: tuple[Problem, ...]
    memory: Memory
    wake: datetime | None = None


def grace(
    problems: Sequence[Problem], book: Book, checked: Collection[str], memory: Memory, clock: Clock, now: datetime
) -> Graced:
    """Leave out what is not to be said yet of rows being typed in the `checked` tables of a book.

    A problem of such a row bears the row's own id: its key is still changing. Tabs that cannot be read now are
    remembered as they were.
    """
    unfinished: dict[str, dict[int, list[Problem]]] = {key: {} for key in checked}
    for one in problems:
        if one.kind is ProblemKind.REQUIRED and one.table in unfinished:
            unfinished[one.table][one.row] = []
    for one in problems:
        if one.kind is not ProblemKind.QUESTION and one.row in unfinished.get(one.table, {}):
            unfinished[one.table][one.row].append(one)
    seen = dict(memory)
    rows: dict[tuple[str, int], Typed] = {}
    for key, wrong in unfinished.items():
        tab = tab_of(book[key])
        seen[tab] = _seen(book[key], wrong, memory.get(tab), now)
        rows |= {(key, one.row): one for one in seen[tab].typed}
    said = [_said(one, rows.get((one.table, one.row)), clock, now) for one in problems]
    ends = (end for _, end in said if end is not None)
    return Graced(tuple(one for one, end in said if end is None), seen, min(ends, default=None))


def tab_of(table: Table) -> str:
    """A tab's name in the memory."""
    return f"{table.place.spreadsheet}/{table.place.sheet}"


def _said(problem: Problem, typed: Typed | None, clock: Clock, now: datetime) -> tuple[Problem, datetime | None]:
    """A problem, and when it is to be said; None for now."""
    if typed is None or problem.kind is ProblemKind.QUESTION:
        return problem, None
    is_missing = problem.kind is ProblemKind.REQUIRED
    wait = timedelta(hours=clock.grace_hours) if is_missing else timedelta(minutes=clock.grace_minutes)
    end = typed.since[problem.field] + wait
    return problem._replace(row_id=typed.id), end if end > now else None


def _seen(table: Table, wrong: Mapping[int, Sequence[Problem]], before: Seen | None, now: datetime) -> Seen:
    """What is now known of a tab's unfinished rows (`wrong`: their problems by row)."""
    place = {row: index for index, row in enumerate(table.rows) if row in wrong}
    keys = {row: _hashed(table.key(index)) for row, index in place.items()}
    if before is None:
        return _old(keys, keys)
    old = [row for row, key in keys.items() if key in before.old_keys or (not key and row in before.old_rows)]
    known = _known(before.typed, {row: key for row, key in keys.items() if row not in old})
    new = [row for row in keys if row not in known and row not in old]
    if len(new) >= PASTED:
        old, new = [*old, *new], []
    typed = [_typed(row, keys[row], known.get(row), table, wrong[row], now) for row in (*known, *new)]
    return replace(_old(keys, old), typed=tuple(typed))


def _old(keys: Mapping[int, str], rows: Iterable[int]) -> Seen:
    rows = frozenset(rows)
    return Seen(frozenset(row for row in rows if not keys[row]), frozenset(keys[row] for row in rows) - {""})


def _known(before: Sequence[Typed], keys: Mapping[int, str]) -> dict[int, Typed]:
    """The rows that were being typed before: of the same key in the same place, of the same key, in the same place."""
    found: dict[int, Typed] = {}
    left = {one.id: one for one in before}
    for same in (_same_both, _same_key, _same_row):
        for row, key in keys.items():
            if row not in found and (one := next((one for one in left.values() if same(one, row, key)), None)):
                found[row] = left.pop(one.id)
    return found


def _same_both(one: Typed, row: int, key: str) -> bool:
    return one.row == row and one.key == key


def _same_key(one: Typed, _row: int, key: str) -> bool:
    return bool(key) and one.key == key


def _same_row(one: Typed, row: int, _key: str) -> bool:
    return one.row == row


def _typed(row: int, key: str, before: Typed | None, table: Table, wrong: Sequence[Problem], now: datetime) -> Typed:
    """A row being typed, with since when each of its fields is wrong; a clock put back begins anew."""
    known = before.since if before else {}
    since = {one.field: min(known.get(one.field, now), now) for one in wrong}
    own = before.id if before else _hashed(f"{tab_of(table)}/{row}/{key}/{now.isoformat()}")
    return Typed(row, key, own, since)


def _hashed(text: str) -> str:
    """Of a key, which may be a person's name, only this is kept; '' of none."""
    return hashlib.sha256(text.encode()).hexdigest()[:12] if text else ""
