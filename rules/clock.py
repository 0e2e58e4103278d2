"""Times of day: a cell's hour, or its range of hours, as one text `17:00` or `17:00–19:00`."""

import re
from typing import Any

from rules.cell import Read, out_of_range, unreadable
from rules.table import Cell

DAY = 24 * 60
HOUR = r"(\d{1,2})(?:[:.](\d{2})(?::\d{2})?)?\s?([AaPp][Mm])?"
SPAN = re.compile(
    rf"(?:בשעה|משעה|בשעות|שעה|בין|מ-?)?\s*{HOUR}(?:\s?(?:-ל|עד|ל-|ל|to|[-–—־])\s?(?:השעה\s)?{HOUR})?", re.ASCII
)


def read_time(cell: Cell) -> Read:
    """A time or a range of times as text: `17:00`, `17:00–19:00`.

    A number is a fraction of a day as Google keeps a time, a datetime's serial, or a bare hour (17, 1730).
    """
    if isinstance(cell, str):
        return _from_text(cell)
    if cell is None or not 0 <= cell < 2_958_466:
        return out_of_range()
    if cell < 1 or (cell > 366 and cell != int(cell)):
        return text_of(round(cell % 1 * DAY) % DAY), None
    if cell != int(cell):
        return unreadable()
    return _typed_hour(int(cell))


def minutes(value: str) -> tuple[int, int | None]:
    """Minutes after midnight at which a time, as `read_time` gives it, begins and ends (None: no end is written).

    An end not after its beginning is of the next day, so that it is over 1440.
    """
    begin, _, end = value.partition("–")
    first = _minutes(begin)
    if not end:
        return first, None
    last = _minutes(end)
    return first, last if last > first else last + DAY


def text_of(minute: int) -> str:
    """Minutes after midnight as `17:00`."""
    return f"{minute // 60:02}:{minute % 60:02}"


def _minutes(clock: str) -> int:
    hour, _, minute = clock.partition(":")
    return int(hour) * 60 + int(minute)


def _typed_hour(number: int) -> Read:
    """17 and 1730; 4 may be the afternoon, so it is only proposed."""
    hour, minute = (number, 0) if number < 24 else divmod(number, 100)
    if not hour < 24 or minute > 59:
        return unreadable()
    return unreadable(text_of((hour + 12) * 60)) if hour < 5 and number < 24 else (text_of(hour * 60 + minute), None)


def _from_text(text: str) -> Read:
    match = SPAN.fullmatch(text)
    if not match:
        return unreadable()
    ends = [_clock(*match.groups()[at : at + 3]) for at in (0, 3) if match[at + 1]]
    if None in ends:
        return unreadable()
    return "–".join(text_of(end) for end in ends if end is not None), None


def _clock(hour: str, minute: str | None, half: Any) -> int | None:
    hours, past = int(hour), int(minute or 0)
    if half:
        hours = hours % 12 + (12 if half.lower() == "pm" else 0)
    return (hours % 24) * 60 + past if hours <= 24 and past < 60 else None
