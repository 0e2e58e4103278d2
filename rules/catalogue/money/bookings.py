"""What was ordered and paid: rows of `expenses`, and how much of each commitment is still open.

A payment consumes what is open of the commitment with its order number; where there is none, of commitments without
an order number for the same supplier, line and programme. A programme missing on one side makes that uncertain.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from rules.calendar import work_year
from rules.names import fold
from rules.rule import Settings
from rules.table import Book
from rules.watched import once

COMMITMENT, PAYMENT, CANCELLED = "התחייבות", "תשלום", "בוטל"


@dataclass(frozen=True, slots=True)
class Booking:
    """A row of `expenses` that counts; names are folded, `amount` is in agorot."""

    index: int
    date: date
    kind: str
    amount: int
    line: str
    supplier: str
    program: str
    event: str
    order: str
    invoice: str


@dataclass(frozen=True, slots=True)
class Counted:
    """A booking with what of it is counted: a payment's amount, or what is still open of a commitment."""

    booking: Booking
    amount: int


@dataclass(frozen=True, slots=True)
class Doubt:
    """A payment that was set against a commitment though one of the two names no programme."""

    payment: Booking
    commitment: Booking


@dataclass(frozen=True)
class Bookings:
    """What is counted in a work year, and what is asked: may these have been counted twice?"""

    counted: tuple[Counted, ...] = ()
    doubts: tuple[Doubt, ...] = ()


@once
def bookings(book: Book, settings: Settings, today: date) -> Bookings:
    """The work year's bookings, each commitment less what was paid of it; none without a table `expenses`."""
    if "expenses" not in book:
        return Bookings()
    first, last = work_year(settings.work_year_start, today)
    within = [booking for booking in read(book) if first <= booking.date <= last]
    return settle(within)


@once
def read(book: Book) -> Sequence[Booking]:
    """The rows that count: not cancelled, with a date, a line and an amount; without a kind it is a payment."""
    names = ("date", "amount", "kind", "status", "line", "supplier", "program", "event", "order", "invoice")
    return tuple(
        Booking(index, day, kind or PAYMENT, amount, *[fold(name or "") for name in (line, *others)])
        for index, day, amount, kind, status, line, *others in book["expenses"].over(*names)
        if status != CANCELLED and day is not None and amount is not None and line
    )


def settle(rows: Sequence[Booking]) -> Bookings:
    """Set payments against commitments; in order of date, so that the order of rows makes no difference."""
    ordered = sorted(rows, key=lambda row: (row.date, row.amount, row.supplier, row.invoice, row.program))
    commitments = [row for row in ordered if row.kind == COMMITMENT]
    payments = [row for row in ordered if row.kind != COMMITMENT]
    still = _Open(commitments)
    unsettled = [(payment, still.consume(payment, still.sure(payment))[0]) for payment in payments]
    doubts = tuple(
        Doubt(payment, commitment)
        for payment, rest in unsettled
        for commitment in still.consume(payment, still.doubtful(payment), rest)[1]
    )
    counted = [Counted(payment, payment.amount) for payment in payments]
    counted += [Counted(row, still.amounts[row.index]) for row in commitments if still.amounts[row.index]]
    return Bookings(tuple(counted), doubts)


class _Open:
    """What is open of each commitment, while payments are set against them."""

    def __init__(self, commitments: Iterable[Booking]) -> None:
        self.amounts: dict[int, int] = {}
        self.by_order: dict[str, list[Booking]] = defaultdict(list)
        self.without_order: dict[tuple[str, str], list[Booking]] = defaultdict(list)
        for row in commitments:
            self.amounts[row.index] = row.amount
            if row.order:
                self.by_order[row.order].append(row)
            else:
                self.without_order[row.supplier, row.line].append(row)

    def sure(self, payment: Booking) -> list[Booking]:
        """The commitments a payment certainly belongs to."""
        if payment.order in self.by_order:
            return self.by_order[payment.order]
        return [row for row in self._alike(payment) if row.program == payment.program]

    def doubtful(self, payment: Booking) -> list[Booking]:
        """Those it may belong to: a programme is named on one side only."""
        if payment.order in self.by_order:
            return []
        return [
            row
            for row in self._alike(payment)
            if row.program != payment.program and not (row.program and payment.program)
        ]

    def consume(
        self, payment: Booking, candidates: Sequence[Booking], rest: int | None = None
    ) -> tuple[int, list[Booking]]:
        """Take a payment from commitments, the oldest first: what is left of it, and those it was taken from."""
        rest = payment.amount if rest is None else rest
        touched = []
        for row in candidates:
            taken = min(rest, self.amounts[row.index])
            if taken > 0:
                self.amounts[row.index] -= taken
                rest -= taken
                touched.append(row)
        return rest, touched

    def _alike(self, payment: Booking) -> list[Booking]:
        if not payment.supplier:
            return []
        return self.without_order.get((payment.supplier, payment.line), [])
