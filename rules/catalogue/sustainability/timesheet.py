"""The coordinator's hours reckoned by month: what was worked, what the month asks, and weekends with work."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from rules.calendar import FRIDAY, ONE_DAY, SATURDAY, WEEKEND_BEGINS, is_working_day
from rules.clock import DAY, minutes
from rules.rule import Settings
from rules.table import Table

WORK = "עבודה"
WEEKEND_FROM = WEEKEND_BEGINS.hour * 60 + WEEKEND_BEGINS.minute


@dataclass(frozen=True, slots=True)
class Shift:
    """A row of work: its day, and when it began and ended in minutes after that day's midnight."""

    row: int
    day: date
    begin: int
    end: int

    @property
    def weekend(self) -> date | None:
        """The Saturday of the weekend it touches: Friday from 13:00 to Saturday's end."""
        if self.day.weekday() == SATURDAY:
            return self.day
        touches = self.day.weekday() == FRIDAY and self.end > WEEKEND_FROM
        return self.day + ONE_DAY if touches else None


@dataclass(frozen=True, slots=True)
class Month:
    """A calendar month by its first and last day."""

    first: date
    last: date

    @property
    def name(self) -> str:
        """`11.2026`."""
        return f"{self.first.month}.{self.first.year}"

    def days(self) -> Iterator[date]:
        """Its days."""
        return (self.first + timedelta(days=at) for at in range((self.last - self.first).days + 1))


def month_of(day: date) -> Month:
    """The month that holds a day."""
    first = day.replace(day=1)
    return Month(first, (first + timedelta(days=31)).replace(day=1) - ONE_DAY)


def shifts(hours: Table) -> list[Shift]:
    """The rows of work, of an empty kind too; an end not after the beginning is of the next day."""
    found = []
    for index, day, start, end, kind in hours.over("date", "start", "end", "kind"):
        if day is None or not start or kind not in (None, WORK):
            continue
        begin, until = minutes(start)
        if end:
            until = minutes(end)[0]
        if until is not None:
            found.append(Shift(index, day, begin, until if until > begin else until + DAY))
    return found


def absences(hours: Table) -> set[date]:
    """The working days for which a row says holiday, illness or feast."""
    rows = hours.over("date", "kind")
    return {day for _, day, kind in rows if day is not None and kind not in (None, WORK) and is_working_day(day)}


def absent(hours: Table, month: Month, role_start: date | None) -> int:
    """How many of a month's working days are absences, those before the role began with them."""
    away = absences(hours)
    return sum(
        day in away or (role_start is not None and day < role_start) for day in month.days() if is_working_day(day)
    )


def quota(month: Month, absent_days: int, settings: Settings) -> Fraction:
    """The hours a month asks: of a full post's, its percent and the share of working days that were no absence."""
    working = sum(map(is_working_day, month.days()))
    full = Fraction(settings.full_month_hours * settings.position_percent, 100)
    return full * (working - absent_days) / working


def hours_worked(worked: list[Shift], first: date, last: date) -> Fraction:
    """The hours of the shifts that began in these days."""
    return Fraction(sum(shift.end - shift.begin for shift in worked if first <= shift.day <= last), 60)
