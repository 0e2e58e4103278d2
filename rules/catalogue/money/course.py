"""How much of a line should be used by today: by the plan's dates, else by last year's course, else by the calendar."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from fractions import Fraction

from rules.calendar import anniversary, work_year
from rules.catalogue.money.ahead import Activity, planned_costs
from rules.catalogue.money.bookings import PAYMENT, Counted, bookings
from rules.catalogue.money.ledger import Position
from rules.rule import Given
from rules.table import Book

BEGINNING = timedelta(days=31)
"""Within so many days of a work year its first expense is written down, where expenses are written down at all."""


class Basis(StrEnum):
    """What an expectation rests on."""

    PLAN = "plan"
    LAST_YEAR = "last_year"
    CALENDAR = "calendar"


@dataclass(frozen=True, slots=True)
class Expected:
    """The share of a line that should be used by today, and what that rests on."""

    share: Fraction
    basis: Basis


@dataclass(frozen=True)
class Course:
    """What is known of the year's course: planned costs and last year's payments by line, and the days gone."""

    today: date
    planned: Mapping[str, Sequence[Activity]]
    paid_last_year: Mapping[str, Sequence[Counted]]
    gone: Fraction

    def expected(self, line: str, position: Position, cover: int) -> Expected:
        """By the plan where its dated costs are at least `cover` percent of the line."""
        dated = [activity for activity in self.planned.get(line, ()) if activity.day and activity.cost]
        planned = sum(activity.cost for activity in dated)
        if planned and planned * 100 >= cover * position.planned:
            due = sum(activity.cost for activity in dated if activity.day and activity.day <= self.today)
            return Expected(Fraction(due, planned), Basis.PLAN)
        return self._as_last_year(line) or Expected(self.gone, Basis.CALENDAR)

    def _as_last_year(self, line: str) -> Expected | None:
        paid = self.paid_last_year.get(line, ())
        whole = sum(one.amount for one in paid)
        same_day = anniversary(self.today, self.today.year - 1)
        until = sum(one.amount for one in paid if one.booking.date <= same_day)
        return Expected(Fraction(until, whole), Basis.LAST_YEAR) if whole > 0 else None


def course(book: Book, given: Given) -> Course:
    """The course of the work year up to today."""
    first, last = work_year(given.settings.work_year_start, given.today)
    a_year_ago = anniversary(given.today, given.today.year - 1)
    last_year = bookings(book, given.settings, a_year_ago).counted
    is_whole = _was_kept_from(anniversary(first, first.year - 1), last_year)
    return Course(
        today=given.today,
        planned=planned_costs(book, given.settings, given.today),
        paid_last_year=_payments_by_line(last_year) if is_whole else {},
        gone=Fraction((given.today - first).days, (last - first).days + 1),
    )


def _payments_by_line(booked: Sequence[Counted]) -> Mapping[str, Sequence[Counted]]:
    found: dict[str, list[Counted]] = defaultdict(list)
    for one in booked:
        if one.booking.kind == PAYMENT:
            found[one.booking.line].append(one)
    return found


def _was_kept_from(first: date, booked: Sequence[Counted]) -> bool:
    """Whether the expenses of a year were written down from its beginning: a part of a year has no curve to follow."""
    return any(one.booking.date <= first + BEGINNING for one in booked)
