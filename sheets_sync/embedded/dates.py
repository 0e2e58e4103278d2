"""Serial days from 1899-12-30, as Sheets counts them."""

from datetime import date, datetime, timedelta, tzinfo
from functools import cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

EPOCH = date(1899, 12, 30)


def serial_of(day: date | datetime) -> int | float:
    """A date as its serial; a time of day becomes the fraction (time zones are not looked at)."""
    if not isinstance(day, datetime):
        return (day - EPOCH).days
    days = (day.date() - EPOCH).days
    seconds = day.hour * 3600 + day.minute * 60 + day.second + day.microsecond / 1e6
    return days + seconds / 86400 if seconds else days


def date_of(serial: float) -> datetime:
    """The moment of a serial, to the millisecond; raises OverflowError beyond the years 1 to 9999."""
    milliseconds = round(serial * 86_400_000)
    return datetime(EPOCH.year, EPOCH.month, EPOCH.day) + timedelta(milliseconds=milliseconds)  # noqa: DTZ001


@cache
def zone(name: str) -> tzinfo:
    """The time zone of that name; UTC when it is not known."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo("UTC")
