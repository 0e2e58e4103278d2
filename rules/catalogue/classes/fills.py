"""How full each class is: what was registered for it against its minimum, maximum and decision date."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from rules.catalogue.years import year_named
from rules.names import fold
from rules.table import Book, Table
from rules.watched import once

WAITING, TRIAL, CANCELLED = "רשימת המתנה", "שיעור ניסיון", "בוטל"
PLANNED, OPEN, RUNNING, NOT_OPENED, ENDED = "בתכנון", "פתוח להרשמה", "פעיל", "לא נפתח", "הסתיים"
WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Fill:
    """A class and its registrations. `row` is its index in `classes`; registrations are indices in `registrations`.

    `enrolled` count for the minimum; those in `trial` take a place beside them; `in_line` wait, first come first.
    """

    row: int
    name: str
    minimum: int | None
    maximum: int | None
    decision_date: date | None
    start: date | None
    end: date | None
    status: str | None
    enrolled: tuple[int, ...] = ()
    trial: tuple[int, ...] = ()
    in_line: tuple[int, ...] = ()
    dates: tuple[date, ...] = ()
    """The days on which the enrolled registered, where they are known."""

    @property
    def active(self) -> int:
        """Registrations that count for the minimum."""
        return len(self.enrolled)

    @property
    def taken(self) -> int:
        """Places taken, trials with them."""
        return len(self.enrolled) + len(self.trial)

    @property
    def waiting(self) -> int:
        """How many wait for a place."""
        return len(self.in_line)

    @property
    def missing(self) -> int:
        """How many are missing for the minimum; 0 when it is reached or not set."""
        return max(0, (self.minimum or 0) - self.active)

    @property
    def is_undecided(self) -> bool:
        """Whether it was not yet decided if the class opens."""
        return self.status in (None, PLANNED, OPEN)

    def is_over(self, today: date) -> bool:
        """Whether the class ended or did not open."""
        return self.status in (NOT_OPENED, ENDED) or (self.end is not None and self.end < today)

    def registered_since(self, first: date, today: date) -> int:
        """How many of the enrolled registered from a day to today."""
        return sum(first <= day <= today for day in self.dates)

    def last_week(self, today: date) -> int:
        """How many of the enrolled registered in the seven days up to today."""
        return self.registered_since(today - WEEK + timedelta(days=1), today)


@once
def fills(book: Book) -> Sequence[Fill]:
    """How full each class is, in the order of the sheet; none without a table `classes`."""
    if "classes" not in book:
        return ()
    classes = book["classes"]
    registered = _by_class(book)
    fields = ("name", "minimum", "maximum", "decision_date", "start", "end", "status")
    return tuple(_fill(book, i, values, registered.get(i, [])) for i, *values in classes.over(*fields) if values[0])


def title(classes: Table, index: int) -> str:
    """A class as people call it: its name, and its group where there is one."""
    name, group = classes["name"][index] or "", classes["group"][index]
    return f"{name}, {group}" if group else name


def _fill(book: Book, index: int, values: Sequence[Any], rows: Sequence[int]) -> Fill:
    _, minimum, maximum, decision_date, start, end, status = values
    by_status: dict[str, list[int]] = defaultdict(list)
    if rows:
        registrations = book["registrations"]
        states, submitted = registrations["status"], registrations["submitted"]
        for row in sorted(rows, key=lambda row: (submitted[row] is None, submitted[row] or 0, row)):
            by_status[states[row] if states[row] in (WAITING, TRIAL, CANCELLED) else ""].append(row)
    enrolled = by_status[""]
    return Fill(
        row=index,
        name=title(book["classes"], index),
        minimum=minimum,
        maximum=maximum,
        decision_date=decision_date,
        start=start,
        end=end,
        status=status,
        enrolled=tuple(enrolled),
        trial=tuple(by_status[TRIAL]),
        in_line=tuple(by_status[WAITING]),
        dates=tuple(submitted[row].date() for row in enrolled if submitted[row]),
    )


def _by_class(book: Book) -> Mapping[int, list[int]]:
    """The registrations of each class, by its index in `classes`; cancelled ones too."""
    found: dict[int, list[int]] = defaultdict(list)
    if "registrations" not in book:
        return found
    rows = book["registrations"].over("participant")
    for at, (index, participant) in zip(class_of_each(book), rows, strict=True):
        if at is not None and participant:
            found[at].append(index)
    return found


@once
def class_of_each(book: Book) -> Sequence[int | None]:
    """The index in `classes` of the one class that each registration means, None where it means none."""
    registrations, finder = book["registrations"], class_finder(book)
    named = [*zip(registrations["class_name"], registrations["year"], strict=True)]
    found = {(name, year): finder.find(name, year) for name, year in set(named) if name}
    return tuple(map(found.get, named))


@once
def class_finder(book: Book) -> "ClassFinder":
    """What finds the table's classes by name."""
    return ClassFinder(book["classes"])


class ClassFinder:
    """Finds the class that a name in another table means: `name`, or `name, group`, in its year."""

    def __init__(self, classes: Table) -> None:
        self._years = [year_named(classes, index) for index in range(len(classes))]
        self._by_name: dict[str, list[int]] = defaultdict(list)
        for index, name in classes.over("name"):
            if name:
                for written in {fold(name), fold(title(classes, index))}:
                    self._by_name[written].append(index)

    def find(self, name: str, year: int | None = None) -> int | None:
        """The index of the one class that is meant; None when none is, or several groups could be."""
        found = self.all(name, year)
        return found[0] if len(found) == 1 else None

    def all(self, name: str, year: int | None = None) -> list[int]:
        """The indices of all classes that a name could mean: every group of it."""
        return [at for at in self._by_name.get(fold(name), ()) if year is None or self._years[at] in (None, year)]
