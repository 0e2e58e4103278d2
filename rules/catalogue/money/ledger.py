"""Where each line of the budget stands: what was planned, paid and ordered, and what is left. All in agorot."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from rules.catalogue.money.bookings import PAYMENT, Bookings, Counted, bookings
from rules.catalogue.years import is_of_year
from rules.names import fold
from rules.rule import Settings
from rules.table import Book, Table
from rules.watched import once


@dataclass(frozen=True)
class Position:
    """A line of the budget: `row` is its index in the table; `bookings` are what its figures are made of.

    `line` is its name, with its code where other lines share the name; `rows` are all its rows, `row` the last.
    """

    line: str
    row: int
    category: str
    planned: int
    paid: int
    committed: int
    one_off: bool = False
    rows: tuple[int, ...] = ()
    bookings: tuple[Counted, ...] = ()

    @property
    def used(self) -> int:
        """What was paid and what is still open of what was ordered."""
        return self.paid + self.committed

    @property
    def remaining(self) -> int:
        """What is left; negative when the line is overrun."""
        return self.planned - self.used

    @property
    def share(self) -> int | None:
        """Percent used, rounded away from 100 so that only a line used to the agora says so; None without a plan."""
        if not self.planned:
            return None
        return self.used * 100 // self.planned if self.used <= self.planned else -(-self.used * 100 // self.planned)


@once
def positions(book: Book, settings: Settings, today: date) -> Mapping[str, Position]:
    """Where each line of the work year stands, by its folded name; {} without a table `budget`.

    Paid is the sum of payments; where there is no table `expenses`, what is typed in `actual`. Two rows of one line
    are one line, at the later row. Rows of one name that all have codes are a line a code, by `name, code`; they stay
    one while something is booked on the name alone, as nobody can tell on which of them it is.
    """
    if "budget" not in book:
        return {}
    booked = bookings(book, settings, today)
    return positions_of(book["budget"], booked, settings, today, typed="expenses" not in book)


def positions_of(
    budget: Table, booked: Bookings, settings: Settings, today: date, *, typed: bool = False
) -> dict[str, Position]:
    """The positions of a budget's lines, given what was booked; `typed` takes what was paid from `actual`."""
    named = {one.booking.line for one in booked.counted}
    rows: dict[str, Sequence[int]] = {}
    for line, at in _rows_by_line(budget, settings, today).items():
        rows |= {line: at} if line in named else _apart(budget, line, at)
    codes = _lines_by_code(budget, rows)
    by_line: dict[str, list[Counted]] = defaultdict(list)
    for counted in booked.counted:
        line = counted.booking.line
        by_line[line if line in rows else codes.get(line, line)].append(counted)
    return {line: _position(budget, line, at, by_line.get(line, []), typed) for line, at in rows.items()}


def _rows_by_line(budget: Table, settings: Settings, today: date) -> Mapping[str, Sequence[int]]:
    """The rows of each line that has a planned amount, in the order of the sheet."""
    rows: dict[str, list[int]] = defaultdict(list)
    for index, line, planned in budget.over("line", "planned"):
        if line and planned is not None and is_of_year(budget, index, settings, today):
            rows[fold(line)].append(index)
    return rows


def _apart(budget: Table, line: str, at: Sequence[int]) -> Mapping[str, Sequence[int]]:
    """The rows of a name by `name, code`; as they are where one lacks a code, or all have the same."""
    rows: dict[str, list[int]] = defaultdict(list)
    for row in at:
        rows[fold(budget["code"][row] or "")].append(row)
    if "" in rows or len(rows) == 1:
        return {line: at}
    return {fold(_with_code(budget, group[0])): group for group in rows.values()}


def _with_code(budget: Table, row: int) -> str:
    return f"{budget['line'][row]}, {budget['code'][row]}"


def _lines_by_code(budget: Table, rows: Mapping[str, Sequence[int]]) -> Mapping[str, str]:
    """The line that a code, or a name with its code, means; a code of two lines means neither."""
    lines: dict[str, set[str]] = defaultdict(set)
    for line, at in rows.items():
        for row in at:
            if code := fold(budget["code"][row] or ""):
                lines[code].add(line)
                lines[fold(_with_code(budget, row))].add(line)
    return {code: min(named) for code, named in lines.items() if len(named) == 1}


def _position(budget: Table, key: str, at: Sequence[int], booked: Sequence[Counted], typed: bool) -> Position:
    paid = sum(one.amount for one in booked if one.booking.kind == PAYMENT)
    if typed:
        paid = sum(budget["actual"][row] or 0 for row in at)
    last = at[-1]
    name = budget["line"][last]
    return Position(
        line=name if fold(name) == key else _with_code(budget, last),
        row=last,
        rows=tuple(at),
        category=min((name for row in at if (name := budget["category"][row])), default=""),
        planned=sum(budget["planned"][row] for row in at),
        paid=paid,
        committed=sum(one.amount for one in booked if one.booking.kind != PAYMENT),
        one_off=any(budget["one_off"][row] for row in at),
        bookings=tuple(booked),
    )


def largest(position: Position, most: int) -> Iterator[Counted]:
    """The line's largest bookings, the newest first among equals."""
    spent = (one for one in position.bookings if one.amount > 0)
    yield from sorted(spent, key=lambda one: (-one.amount, -one.booking.date.toordinal(), one.booking.index))[:most]
