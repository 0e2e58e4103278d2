"""What the annual plan still asks of each line of the budget. All in agorot."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from rules.catalogue.money.bookings import CANCELLED, Bookings
from rules.catalogue.years import is_of_year
from rules.names import fold
from rules.rule import Settings
from rules.table import Book

DONE, HELD = "בוצע", "התקיים"


@dataclass(frozen=True, slots=True)
class Ahead:
    """What is planned ahead on a line: how much it still asks, and for how many activities."""

    amount: int = 0
    activities: int = 0


@dataclass(frozen=True, slots=True)
class Activity:
    """A programme of the plan or an event that is still to come; names are folded."""

    name: str
    line: str
    cost: int
    program: str = ""


def ahead(book: Book, booked: Bookings, settings: Settings, today: date) -> Mapping[str, Ahead]:
    """What each line, by its folded name, is still asked for.

    A programme asks its planned cost less what is booked on it, and what its coming events cost beyond that plan; an
    event without a programme asks its cost less what is booked on it.
    """
    programs = {program.name: program for program in coming_programs(book, settings, today)}
    events = list(coming_events(book, today))
    spent = _booked(booked)
    asks: dict[str, list[int]] = defaultdict(list)
    for program in programs.values():
        held_by = sum(event.cost for event in events if event.program == program.name)
        asks[program.line].append(
            max(0, program.cost - spent["program", program.name]) + max(0, held_by - program.cost)
        )
    for event in events:
        if event.program not in programs:
            asks[event.line].append(max(0, event.cost - spent["event", event.name]))
    return {line: Ahead(sum(each), sum(ask > 0 for ask in each)) for line, each in asks.items() if line}


def coming_programs(book: Book, settings: Settings, today: date) -> Iterator[Activity]:
    """The year's programmes that are neither done nor cancelled; one that was put off is still to come."""
    if "plan" not in book:
        return
    plan = book["plan"]
    for index, name, line, cost, status in plan.over("program", "budget_line", "planned_cost", "status"):
        if name and status not in (DONE, CANCELLED) and is_of_year(plan, index, settings, today):
            yield Activity(fold(name), fold(line or ""), cost or 0)


def coming_events(book: Book, today: date) -> Iterator[Activity]:
    """Events not yet held; one that was put off is still to come whatever its date says."""
    if "events" not in book:
        return
    rows = book["events"].over("name", "date", "budget_line", "program", "planned_cost", "status")
    for _, name, day, line, program, cost, status in rows:
        over = status in (HELD, CANCELLED) or (day is not None and day < today and status != "נדחה")
        if name and not over:
            yield Activity(fold(name), fold(line or ""), cost or 0, fold(program or ""))


def _booked(booked: Bookings) -> Counter[tuple[str, str]]:
    """What is booked on each programme and on each event."""
    spent: Counter[tuple[str, str]] = Counter()
    for counted in booked.counted:
        spent["program", counted.booking.program] += counted.amount
        spent["event", counted.booking.event] += counted.amount
    return spent
