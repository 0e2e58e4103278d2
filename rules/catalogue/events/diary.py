"""The diary of events: when each begins and ends, whose it is, and what is still to come."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from rules.calendar import ZONE
from rules.clock import minutes
from rules.table import Book
from rules.watched import once

OURS, HELD, CANCELLED, PUT_OFF = "אנחנו", "התקיים", "בוטל", "נדחה"
HOLIDAY, CEREMONY, CULTURE, COMMUNITY = "חג", "טקס", "תרבות", "קהילה"
USUAL_LENGTH = 120
"""Minutes an event lasts when its end is not written."""


@dataclass(frozen=True, slots=True)
class Event:
    """An event that was not cancelled; `row` is its index in `events`, `begin` and `end` minutes after midnight."""

    row: int
    name: str
    day: date
    kind: str | None
    status: str | None
    is_ours: bool
    people: int
    begin: int | None = None
    end: int | None = None

    def is_ahead(self, today: date) -> bool:
        """Whether it is still to be held."""
        return self.day >= today and self.status != HELD

    def moment(self, minute: int) -> datetime:
        """A minute of its day as a moment in the community's zone."""
        return datetime.combine(self.day, datetime.min.time(), ZONE) + timedelta(minutes=minute)


@once
def diary(book: Book) -> Sequence[Event]:
    """The events with a name and a date that were not cancelled; one that names no leader is ours."""
    rows = book["events"].over("name", "date", "kind", "status", "lead", "participants", "time")
    return tuple(
        Event(row, name, day, kind, status, lead in (None, OURS), people or 0, *_held(time))
        for row, name, day, kind, status, lead, people, time in rows
        if name and day is not None and status != CANCELLED
    )


def _held(time: str | None) -> tuple[int | None, int | None]:
    """When an event begins and ends, in minutes after midnight."""
    begin, end = minutes(time) if time else (None, None)
    return begin, begin + USUAL_LENGTH if begin is not None and end is None else end
