"""What a class is expected to bring in and to cost, in one unit of time, where its units can meet."""

from dataclasses import dataclass
from fractions import Fraction

from rules.catalogue.classes.fills import title
from rules.catalogue.years import year_named
from rules.clock import minutes
from rules.names import fold
from rules.table import Book, Table

MEETING, MONTH, COURSE, YEAR = "מפגש", "חודש", "קורס", "שנה"
HOUR, PARTICIPANT = "שעה", "משתתף"

MEETINGS_A_MONTH = Fraction(433, 100)
PER = {MEETING: "למפגש", MONTH: "לחודש", COURSE: "לקורס", YEAR: "לשנה"}
PER_ENGLISH = {MEETING: "a meeting", MONTH: "a month", COURSE: "a course", YEAR: "a year"}


@dataclass(frozen=True, slots=True)
class Balance:
    """Income and cost in agorot, over `per` (a unit of the price)."""

    income: int
    cost: int
    per: str

    @property
    def gap(self) -> int:
        """What is missing; negative when the class covers itself."""
        return self.cost - self.income


@dataclass(frozen=True, slots=True)
class Terms:
    """What stands in the sheet of a class's price and cost; amounts in agorot."""

    price: int | None
    price_per: str | None
    cost: int | None
    cost_per: str | None
    sessions: int | None
    hours: Fraction | None

    def meetings(self, unit: str) -> Fraction | None:
        """How many meetings a unit has; None when the sheet does not say."""
        if unit == MEETING:
            return Fraction(1)
        if unit == MONTH:
            return MEETINGS_A_MONTH
        if unit == HOUR:
            return 1 / self.hours if self.hours else None
        return Fraction(self.sessions) if self.sessions else None

    def balance(self, participants: int) -> Balance | None:
        """What so many participants bring in against the cost, over the price's unit; None when units do not meet."""
        if self.price is None or self.cost is None or not self.price_per or not self.cost_per:
            return None
        income = self.price * participants
        if self.cost_per == PARTICIPANT:
            return Balance(income, self.cost * participants, self.price_per)
        if self.cost_per == self.price_per:
            return Balance(income, self.cost, self.price_per)
        price_meetings, cost_meetings = self.meetings(self.price_per), self.meetings(self.cost_per)
        if price_meetings is None or cost_meetings is None:
            return None
        return Balance(income, round(self.cost * price_meetings / cost_meetings), self.price_per)


def terms(book: Book, index: int) -> Terms:
    """A class's price and cost; the cost is of `class_costs` where `classes` has none."""
    classes = book["classes"]
    cost, cost_per = classes["instructor_cost"][index], classes["cost_per"][index]
    if cost is None and "class_costs" in book:
        cost, cost_per = _cost_apart(book, index)
    return Terms(
        price=classes["price"][index],
        price_per=classes["price_per"][index],
        cost=cost,
        cost_per=cost_per,
        sessions=classes["sessions"][index],
        hours=_hours(classes, index),
    )


def _cost_apart(book: Book, index: int) -> tuple[int | None, str | None]:
    """What the table of costs says of a class, under its name or its name and group."""
    classes, costs = book["classes"], book["class_costs"]
    names = {fold(classes["name"][index] or ""), fold(title(classes, index))}
    year = year_named(classes, index)
    rows = costs.over("name", "instructor_cost", "cost_per", "year")
    found = [
        (cost, per or "")
        for _, name, cost, per, of in rows
        if cost is not None and fold(name or "") in names and (of is None or of == year)
    ]
    return min(found) if found else (None, None)


def _hours(classes: Table, index: int) -> Fraction | None:
    """How long a meeting is, when its time is written as a range."""
    written = classes["time"][index]
    begin, end = minutes(written) if written else (0, None)
    return Fraction(end - begin, 60) if end else None
