"""What the annual plan asks of each line of the budget. All in agorot."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from rules.calendar import work_year
from rules.catalogue.money.bookings import CANCELLED, Bookings, bookings
from rules.catalogue.years import is_of_year
from rules.names import fold
from rules.rule import Settings
from rules.table import Book
from rules.watched import once

DONE, HELD, PUT_OFF = "בוצע", "התקיים", "נדחה"


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
    day: date | None = None


@once
def ahead(book: Book, settings: Settings, today: date) -> Mapping[str, Ahead]:
    """What each line, by its folded name, is still asked for.

    A programme asks its planned cost less what is booked on it, and what its coming events cost beyond that plan; an
    event without a programme asks its cost less what is booked on it.
    """
    coming = _by_name(program for program, status in programs(book, settings, today) if status != DONE)
    to_hold = list(coming_events(book, today))
    spent = _booked(bookings(book, settings, today))
    asks: dict[str, list[int]] = defaultdict(list)
    for program in coming.values():
        held_by = sum(event.cost for event in to_hold if event.program == program.name)
        still = max(0, program.cost - spent["program", program.name])
        asks[_line(program, to_hold)].append(still + max(0, held_by - program.cost))
    for event in to_hold:
        if event.program not in coming:
            asks[event.line].append(max(0, event.cost - spent["event", event.name]))
    return {line: Ahead(sum(each), sum(ask > 0 for ask in each)) for line, each in asks.items() if line}


def _by_name(activities: Iterable[Activity]) -> dict[str, Activity]:
    """Programmes by name; rows of one name are one programme, of all their costs."""
    found: dict[str, Activity] = {}
    for each in sorted(activities, key=lambda one: (one.name, one.line, one.day or date.max, one.cost)):
        known = found.get(each.name)
        found[each.name] = replace(known, cost=known.cost + each.cost) if known else each
    return found


@once
def programs(book: Book, settings: Settings, today: date) -> Sequence[tuple[Activity, str | None]]:
    """The year's programmes that were not cancelled, each dated by its start, with its status."""
    if "plan" not in book:
        return ()
    plan = book["plan"]
    return tuple(
        (Activity(fold(name), fold(line or ""), cost or 0, day=start or end), status)
        for index, name, line, cost, status, start, end in plan.over(
            "program", "budget_line", "planned_cost", "status", "start", "end"
        )
        if name and status != CANCELLED and is_of_year(plan, index, settings, today)
    )


def coming_events(book: Book, today: date) -> Iterator[Activity]:
    """Events not yet held; one that was put off is still to come whatever its date says."""
    for event, status in events(book):
        past = event.day is not None and event.day < today and status != PUT_OFF
        if status != HELD and not past:
            yield event


@once
def events(book: Book) -> Sequence[tuple[Activity, str | None]]:
    """The events that were not cancelled, with their status."""
    if "events" not in book:
        return ()
    rows = book["events"].over("name", "date", "budget_line", "program", "planned_cost", "status")
    return tuple(
        (Activity(fold(name), fold(line or ""), cost or 0, fold(program or ""), day), status)
        for _, name, day, line, program, cost, status in rows
        if name and status != CANCELLED
    )


@once
def planned_costs(book: Book, settings: Settings, today: date) -> Mapping[str, Sequence[Activity]]:
    """All that the year's plan and events ask of each line: events, and of a programme what is beyond its events."""
    first, last = work_year(settings.work_year_start, today)
    held = [event for event, _ in events(book) if event.day is None or first <= event.day <= last]
    found: dict[str, list[Activity]] = defaultdict(list)
    lines = {}
    for program in _by_name(program for program, _ in programs(book, settings, today)).values():
        lines[program.name] = line = _line(program, held)
        by_events = sum(event.cost for event in held if event.program == program.name)
        if program.cost > by_events:
            found[line].append(replace(program, cost=program.cost - by_events))
    for event in held:
        found[lines.get(event.program, event.line)].append(event)
    found.pop("", None)
    return found


def _line(program: Activity, events: Iterable[Activity]) -> str:
    """A programme's line, or where it names none, the one its events name."""
    if program.line:
        return program.line
    return min((event.line for event in events if event.program == program.name and event.line), default="")


def _booked(booked: Bookings) -> Counter[tuple[str, str]]:
    """What is booked on each programme and on each event."""
    spent: Counter[tuple[str, str]] = Counter()
    for counted in booked.counted:
        spent["program", counted.booking.program] += counted.amount
        spent["event", counted.booking.event] += counted.amount
    return spent
