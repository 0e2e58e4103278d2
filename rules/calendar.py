"""The community's calendar: the work year, working days, and when nothing may be sent.

Days off are Shabbat, yom-tov and its eve, and Independence Day; Hanukkah, Purim, Sigd and chol ha-moed work.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache, lru_cache
from zoneinfo import ZoneInfo

from astral import Observer
from astral.sun import dusk, sunset
from pyluach.dates import HebrewDate

ZONE = ZoneInfo("Asia/Jerusalem")
ONE_DAY = timedelta(days=1)
FRIDAY, SATURDAY, SUNDAY, MONDAY = 4, 5, 6, 0
NISAN, IYAR = 1, 2

WEEKEND_BEGINS = time(13, 0)
NIGHTFALL = 8.5
"""Degrees of the sun below the horizon at which Shabbat ends: three small stars."""


@dataclass(frozen=True, slots=True)
class Spot:
    """Where the community is, and how long before sunset its candles are lit (Jerusalem: 40)."""

    latitude: float = 32.08
    longitude: float = 34.78
    candle_minutes: int = 20


@dataclass(frozen=True, slots=True)
class QuietHours:
    """The hours of the night in which nothing is sent."""

    begin: time = time(22, 0)
    end: time = time(7, 0)

    def holds(self, moment: time) -> bool:
        """Whether a time of day is a quiet one."""
        if self.begin <= self.end:
            return self.begin <= moment < self.end
        return moment >= self.begin or moment < self.end


@lru_cache(maxsize=256)
def work_year(start: date, today: date) -> tuple[date, date]:
    """The first and the last day of the work year that holds `today`, when one of its years began on `start`."""
    first = anniversary(start, today.year)
    if first > today:
        first = anniversary(start, today.year - 1)
    return first, anniversary(start, first.year + 1) - ONE_DAY


def anniversary(day: date, year: int) -> date:
    """The same day in another year; 29 February becomes 1 March where there is none."""
    try:
        return day.replace(year=year)
    except ValueError:
        return date(year, 3, 1)


@cache
def is_yom_tov(day: date) -> bool:
    """Whether work is forbidden on this day as a festival in Israel, Yom Kippur with them."""
    return HebrewDate.from_pydate(day).festival(israel=True, include_working_days=False) is not None


@cache
def is_rest_day(day: date) -> bool:
    """Whether the day is Shabbat or yom-tov."""
    return day.weekday() == SATURDAY or is_yom_tov(day)


def rest_names(day: date) -> tuple[str, str]:
    """What a rest day is called, in Hebrew and in English."""
    if not is_yom_tov(day):
        return "שבת", "Shabbat"
    of = HebrewDate.from_pydate(day)
    return of.festival(israel=True, hebrew=True), of.festival(israel=True)


@cache
def is_working_day(day: date) -> bool:
    """Sunday to Thursday, but for yom-tov, its eve and Independence Day."""
    if day.weekday() in (FRIDAY, SATURDAY):
        return False
    return not (is_yom_tov(day) or is_yom_tov(day + ONE_DAY) or day == independence_day(day.year))


@cache
def nth_working_day_after(day: date, n: int) -> date:
    """The nth working day after a day, which itself is not counted; the day itself for 0."""
    for _ in range(n):
        day += ONE_DAY
        while not is_working_day(day):
            day += ONE_DAY
    return day


@cache
def independence_day(year: int) -> date:
    """5 Iyar, moved so that neither it nor its eve touches Shabbat (law of 1949, as amended in 2004)."""
    day = _hebrew_day(year, IYAR, 5)
    return day + timedelta(days={FRIDAY: -1, SATURDAY: -2, MONDAY: 1}.get(day.weekday(), 0))


def memorial_day(year: int) -> date:
    """The eve of Independence Day."""
    return independence_day(year) - ONE_DAY


@cache
def holocaust_day(year: int) -> date:
    """27 Nisan, moved away from Shabbat on either side (law of 1959, as amended in 1997)."""
    day = _hebrew_day(year, NISAN, 27)
    return day + timedelta(days={FRIDAY: -1, SUNDAY: 1}.get(day.weekday(), 0))


@cache
def is_day_of_mourning(day: date) -> bool:
    """Whether the day is Holocaust Day, Memorial Day or Tisha B'Av."""
    if day in (holocaust_day(day.year), memorial_day(day.year)):
        return True
    return bool(HebrewDate.from_pydate(day).fast_day() == "9 of Av")


def quiet_until(now: datetime, spot: Spot, hours: QuietHours) -> datetime | None:
    """When the quiet that holds `now` (aware) ends; None when there is none. Another quiet may begin just there."""
    local = now.astimezone(ZONE)
    for begin, end in _solemn_times(local.date(), spot):
        if begin <= local < end:
            return end
    if not hours.holds(local.time()):
        return None
    end = datetime.combine(local.date(), hours.end, ZONE)
    return end if end > local else datetime.combine(local.date() + ONE_DAY, hours.end, ZONE)


def _solemn_times(day: date, spot: Spot) -> Iterator[tuple[datetime, datetime]]:
    """The times of rest and mourning that may hold a moment of this day."""
    for solemn in (day, day + ONE_DAY):
        if is_rest_day(solemn):
            yield _begin_of_rest(solemn, spot), nightfall(solemn, spot)
        elif is_day_of_mourning(solemn):
            yield sunset_on(solemn - ONE_DAY, spot), nightfall(solemn, spot)


def _begin_of_rest(day: date, spot: Spot) -> datetime:
    """Friday 13:00 for Shabbat, else (or where it is earlier) candle lighting on the eve."""
    lighting = candle_lighting(day - ONE_DAY, spot)
    if day.weekday() != SATURDAY:
        return lighting
    return min(lighting, datetime.combine(day - ONE_DAY, WEEKEND_BEGINS, ZONE))


def candle_lighting(eve: date, spot: Spot) -> datetime:
    """When candles are lit on an eve of Shabbat or yom-tov."""
    return sunset_on(eve, spot) - timedelta(minutes=spot.candle_minutes)


@cache
def sunset_on(day: date, spot: Spot) -> datetime:
    """Sunset at the community's place."""
    return sunset(Observer(spot.latitude, spot.longitude), day, tzinfo=ZONE)


@cache
def nightfall(day: date, spot: Spot) -> datetime:
    """When Shabbat, yom-tov or a day of mourning ends at the community's place."""
    return dusk(Observer(spot.latitude, spot.longitude), day, NIGHTFALL, tzinfo=ZONE)


def _hebrew_day(year: int, month: int, day: int) -> date:
    """A day of spring (Nisan, Iyar) in a civil year."""
    found: date = HebrewDate(year + 3760, month, day).to_pydate()
    return found
