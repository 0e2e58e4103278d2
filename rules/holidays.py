"""Holidays by their Hebrew names, and when each is next."""

from collections.abc import Callable, Mapping
from datetime import date
from functools import lru_cache

from pyluach.dates import HebrewDate
from pyluach.hebrewcal import Year

from rules.calendar import holocaust_day, independence_day, memorial_day
from rules.names import fold

IYAR, SIVAN, AV, TISHREI, CHESHVAN, KISLEV, SHEVAT, ADAR, SECOND_ADAR = 2, 3, 5, 7, 8, 9, 11, 12, 13
NISAN = 1
FIRST_DAYS: Mapping[str, tuple[int, int]] = {
    "ראש השנה": (TISHREI, 1),
    "יום כיפור": (TISHREI, 10),
    "יום הכיפורים": (TISHREI, 10),
    "סוכות": (TISHREI, 15),
    "שמחת תורה": (TISHREI, 22),
    "סיגד": (CHESHVAN, 29),
    "חנוכה": (KISLEV, 25),
    'ט"ו בשבט': (SHEVAT, 15),
    "יום המשפחה": (SHEVAT, 30),
    "פורים": (ADAR, 14),
    "פסח": (NISAN, 15),
    'ל"ג בעומר': (IYAR, 18),
    "יום ירושלים": (IYAR, 28),
    "שבועות": (SIVAN, 6),
    "ט' באב": (AV, 9),
    "תשעה באב": (AV, 9),
    'ט"ו באב': (AV, 15),
}
BY_CIVIL_YEAR: Mapping[str, Callable[[int], date]] = {
    "יום העצמאות": independence_day,
    "יום הזיכרון": memorial_day,
    "יום השואה": holocaust_day,
}
HEBREW = {fold(name): day for name, day in FIRST_DAYS.items()}
CIVIL = {fold(name): of for name, of in BY_CIVIL_YEAR.items()}


@lru_cache(maxsize=4096)
def next_holiday(name: str, today: date) -> date | None:
    """The first day of a holiday that begins today or later; None for a name that is not known.

    The day itself, not its eve; Purim of a leap year is in Adar II.
    """
    known = fold(name)
    if known in CIVIL:
        return next(day for year in (today.year, today.year + 1) if (day := CIVIL[known](year)) >= today)
    if known not in HEBREW:
        return None
    month, of_month = HEBREW[known]
    year = HebrewDate.from_pydate(today).year
    return next(day for at in (year, year + 1) if (day := _day(at, month, of_month)) >= today)


def _day(year: int, month: int, day: int) -> date:
    if month == ADAR and Year(year).leap:
        month = SECOND_ADAR
    found: date = HebrewDate(year, month, day).to_pydate()
    return found
